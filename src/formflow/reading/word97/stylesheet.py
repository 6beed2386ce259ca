"""The styles of a Word file ([MS-DOC] 2.9.271) → styles.xml: names, what each is based on, and what matters of what it says."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from formflow.reading.word97.looks import RunLook, paragraph_look, run_look
from formflow.reading.word97.sprms import sprms
from formflow.reading.word97.xml import part, quoted, switch, value, wrapped

_KINDS = {1: "paragraph", 2: "character"}
_PARAGRAPH = 1
_NOTHING = 0xFFF


@dataclass(frozen=True, slots=True)
class _Style:
    number: int
    kind: int
    based_on: int
    name: str
    properties: tuple[bytes, ...]


def shown(look: RunLook) -> str:
    """How text shows, as far as it matters to reading: elements of a w:rPr."""
    under, over = switch("u", look.underlined, "single", "none"), switch("vanish", look.hidden)
    return under + over + switch("strike", look.struck) + switch("dstrike", look.struck_twice)


def style_id(number: int) -> str:
    """What a style is called in the XML: by its number."""
    return f"s{number}"


def styles_part(structure: bytes) -> bytes:
    """styles.xml for the structure "styles" of the table stream."""
    return part("styles", "".join(map(_written, _styles(structure))))


def _written(style: _Style) -> str:
    default = ' w:default="1"' if style.number == 0 else ""
    base = "" if style.based_on == _NOTHING else value("basedOn", style_id(style.based_on))
    paragraph = runs = b""
    if style.kind == _PARAGRAPH:
        # Its own number stands before the modifiers of paragraphs.
        paragraph, runs = (*style.properties, b"", b"")[:2]
        paragraph = paragraph[2:]
    elif style.properties:
        runs = style.properties[0]
    look = run_look(sprms(runs))
    return (
        f'<w:style w:type="{_KINDS[style.kind]}"{default} w:styleId="{style_id(style.number)}"><w:name w:val={quoted(style.name)}/>'
        f"{base}{paragraph_properties(0, paragraph)}{wrapped('rPr', shown(look))}</w:style>"
    )


def paragraph_properties(style: int, modifiers: bytes) -> str:
    """The w:pPr of a style's modifiers of paragraphs, "" where they say nothing that matters."""
    look = paragraph_look(style, sprms(modifiers))
    return wrapped("pPr", list_place(look.list_use, look.level) + tab_stops(look.has_underscored_tabs))


def list_place(list_use: int | None, level: int | None) -> str:
    """A w:numPr; "" where nothing is said of a list."""
    inner = "" if level is None else value("ilvl", level)
    return wrapped("numPr", inner + ("" if list_use is None else value("numId", list_use)))


def tab_stops(has_underscores: bool) -> str:
    """A w:tabs with a stop that draws a line, where there is one."""
    return '<w:tabs><w:tab w:val="left" w:leader="underscore" w:pos="0"/></w:tabs>' if has_underscores else ""


def _styles(structure: bytes) -> Iterator[_Style]:
    if len(structure) < 6:
        return
    head, count, base = struct.unpack_from("<HHH", structure)
    at = 2 + head
    for number in range(count):
        if at + 2 > len(structure):
            return
        (size,) = struct.unpack_from("<H", structure, at)
        style = _style(number, structure[at + 2 : at + 2 + size], base) if size else None
        if style is not None:
            yield style
        at += 2 + size + size % 2


def _style(number: int, data: bytes, base: int) -> _Style | None:
    """A style of paragraphs or runs, None for one of tables or lists, or one that is cut off."""
    if len(data) < base + 2:
        return None
    kind_and_base, count = struct.unpack_from("<HH", data, 2)
    kind = kind_and_base & 0xF
    if kind not in _KINDS:
        return None
    (length,) = struct.unpack_from("<H", data, base)
    at = base + 2 + 2 * length + 2
    name = data[base + 2 : at - 2].decode("utf-16-le", "ignore")
    return _Style(number, kind, kind_and_base >> 4, name, tuple(_properties(data[at:], count & 0xF)))


def _properties(data: bytes, count: int) -> Iterator[bytes]:
    at = 0
    for _ in range(count):
        if at + 2 > len(data):
            return
        (size,) = struct.unpack_from("<H", data, at)
        yield data[at + 2 : at + 2 + size]
        at += 2 + size + size % 2
