"""The lists of a Word file ([MS-DOC] 2.9.147, 2.9.131) → numbering.xml: how each level is counted and printed."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from formflow.reading.word97.looks import run_look
from formflow.reading.word97.sprms import sprms
from formflow.reading.word97.xml import part, quoted, value, wrapped

_LEVELS = 9
_LIST, _LEVEL, _USE, _OVERRIDE = 28, 28, 16, 8
_IS_SIMPLE = 0x01
_IS_LEGAL, _NO_RESTART = 0x04, 0x08
_STARTS, _HAS_LEVEL = 0x10, 0x20
# The names of OOXML for the numbers of number formats ([MS-OSHARED] 2.2.1.3), in order.
_FORMATS = (
    *("decimal", "upperRoman", "lowerRoman", "upperLetter", "lowerLetter", "ordinal", "cardinalText", "ordinalText"),
    *("hex", "chicago", "ideographDigital", "japaneseCounting", "aiueo", "iroha", "decimalFullWidth", "decimalHalfWidth"),
    *("japaneseLegal", "japaneseDigitalTenThousand", "decimalEnclosedCircle", "decimalFullWidth2", "aiueoFullWidth"),
    *("irohaFullWidth", "decimalZero", "bullet", "ganada", "chosung", "decimalEnclosedFullstop", "decimalEnclosedParen"),
    *("decimalEnclosedCircleChinese", "ideographEnclosedCircle", "ideographTraditional", "ideographZodiac"),
    *("ideographZodiacTraditional", "taiwaneseCounting", "ideographLegalTraditional", "taiwaneseCountingThousand"),
    *("taiwaneseDigital", "chineseCounting", "chineseLegalSimplified", "chineseCountingThousand"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Level:
    """A level as XML, and how many bytes it took."""

    inner: str
    size: int


def numbering_part(lists: bytes, uses: bytes, fonts: tuple[str, ...]) -> bytes:
    """numbering.xml for the structures "lists" and "list uses" of the table stream. A use is called by its number, from 1."""
    if len(lists) < 2:
        return part("numbering", "")
    return part("numbering", "".join((*_abstract(lists, fonts), *_used(uses, fonts))))


def _abstract(lists: bytes, fonts: tuple[str, ...]) -> Iterator[str]:
    (count,) = struct.unpack_from("<h", lists)
    at = 2 + max(0, count) * _LIST
    for number in range(count):
        if 2 + (number + 1) * _LIST > len(lists):
            return
        identity, flags = struct.unpack_from("<I22xB", lists, 2 + number * _LIST)
        levels = []
        for index in range(1 if flags & _IS_SIMPLE else _LEVELS):
            level = _level(lists, at, fonts)
            if level is None:
                break
            at += level.size
            levels.append(f'<w:lvl w:ilvl="{index}">{level.inner}</w:lvl>')
        yield f'<w:abstractNum w:abstractNumId="{identity}">{"".join(levels)}</w:abstractNum>'


def _level(data: bytes, at: int, fonts: tuple[str, ...]) -> _Level | None:
    """2.9.150 LVL: numbers, modifiers of the paragraph, modifiers of the number, the text with places for the levels' numbers."""
    if at + _LEVEL > len(data):
        return None
    start, form, flags = struct.unpack_from("<iBB", data, at)
    run_size, paragraph_size, limit = struct.unpack_from("<BBB", data, at + 24)
    runs_at = at + _LEVEL + paragraph_size
    text_at = runs_at + run_size
    if text_at + 2 > len(data):
        return None
    (length,) = struct.unpack_from("<H", data, text_at)
    text = data[text_at + 2 : text_at + 2 + 2 * length].decode("utf-16-le", "replace")
    font = run_look(sprms(data[runs_at:text_at])).font
    inner = value("start", start) + value("numFmt", _FORMATS[form] if form < len(_FORMATS) else "none")
    inner += value("lvlText", "".join(f"%{ord(c) + 1}" if ord(c) < _LEVELS else c for c in text))
    inner += value("isLgl", 1) if flags & _IS_LEGAL else ""
    inner += value("lvlRestart", limit) if flags & _NO_RESTART else ""
    if font is not None and font < len(fonts):
        inner += wrapped("rPr", f"<w:rFonts w:ascii={quoted(fonts[font])}/>")
    return _Level(inner, text_at + 2 + 2 * length - at)


def _used(uses: bytes, fonts: tuple[str, ...]) -> Iterator[str]:
    """2.9.132 PlfLfo: which list each use counts by, then what each changes of it."""
    if len(uses) < 4:
        return
    (count,) = struct.unpack_from("<I", uses)
    at = 4 + count * _USE
    for number in range(count):
        if 4 + (number + 1) * _USE > len(uses):
            return
        identity, overrides = struct.unpack_from("<I8xB", uses, 4 + number * _USE)
        at += 4  # 2.9.134 LFOData begins with a position that means nothing any more
        changes = []
        for _ in range(overrides):
            if at + _OVERRIDE > len(uses):
                break
            change, size = _override(uses, at, fonts)
            changes.append(change)
            at += size
        inner = value("abstractNumId", identity) + "".join(changes)
        yield f'<w:num w:numId="{number + 1}">{inner}</w:num>'


def _override(uses: bytes, at: int, fonts: tuple[str, ...]) -> tuple[str, int]:
    start, flags = struct.unpack_from("<iI", uses, at)
    index, size = flags & 0xF, _OVERRIDE
    inner = value("startOverride", start) if flags & _STARTS and not flags & _HAS_LEVEL else ""
    if flags & _HAS_LEVEL and (level := _level(uses, at + _OVERRIDE, fonts)) is not None:
        inner += f'<w:lvl w:ilvl="{index}">{level.inner}</w:lvl>'
        size += level.size
    return f'<w:lvlOverride w:ilvl="{index}">{inner}</w:lvlOverride>', size
