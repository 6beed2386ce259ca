"""A document → its lines as a newspaper has them: headings, text, bylines, captions, furniture, each with its place.

Lines that were only broken to fit a column are joined first; whose article a line is, is not decided here. Tables that hold figures or
names are left out: they are no running text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from formflow.forms import articles_marks as marks
from formflow.model.document import Document, Locator, Paragraph, Table

Kind = Literal["head", "number", "text", "byline", "caption", "credit", "author_unit", "furniture"]

_LONGEST_HEAD = 42
# A heading has no full stop; one with a pause in it is short, or is told by what follows it.
_STOPS = "。；;"
_PAUSES = "，,：:"
_ENDS = frozenset("。！？!?；;…")
_CLOSING = "”’」』》)）】\"'"
_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．](?!\d)|[①-⑩]|第[一二三四五六七八九十]+[,，、]|[一二三四五六七八九十]是)"
)
_HEADING_STYLE = re.compile(r"^(?:heading|title|subtitle|标题|大标题|正标题|副标题)", re.IGNORECASE)
# How many lines in a row, of nearly one width, are lines of one column; how near, in ems; and what they must say between them.
_RUN, _NEAR, _NARROWEST, _WIDEST = 3, 2.0, 8, 60
# A column is looked through no further than this at once.
_LONGEST_RUN = 120
_SAYS = re.compile(r"[，。、；,;]")
_PROSE = 60
# What a paper asks again and again of its lines; of thousands of papers nothing is worth keeping.
_REMEMBERED = 2048


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its text without indent, whether it was indented, its size in points (None where the paper does not tell), the level of
    heading its style gives it (1 is the highest, 0 none), and its place. `who` is whom a byline or credit names."""

    text: str
    kind: Kind
    locator: Locator
    is_indented: bool = False
    size: float | None = None
    level: int = 0
    who: str = ""
    confidence: float = 1.0

    @property
    def is_ended(self) -> bool:
        """Whether the text ends with its sentence."""
        return is_ended(self.text)


def lines_of(document: Document) -> tuple[Line, ...]:
    """The document's lines in reading order."""
    raw = list(_raw(document.blocks))
    lines = [replace(line, kind="text") for line in _reflowed(raw)]
    told = [_told(line) for line in lines]
    return tuple(_by_what_follows(told))


@lru_cache(maxsize=_REMEMBERED)
def is_ended(text: str) -> bool:
    """Whether a text ends with its sentence, closing quotes, brackets and a name in brackets aside."""
    if marks.signature_of(text):
        return True
    bare = text.rstrip(_CLOSING + " 　")
    return bare[-1:] in _ENDS or text[-1:] in "：:" or not bare


def _raw(blocks: Iterable[Paragraph | Table]) -> Iterator[Line]:
    for block in blocks:
        if isinstance(block, Table):
            for cell in block.cells:
                if "。" in cell.text and len(cell.text) >= _PROSE:
                    yield from _raw(cell.blocks)
            continue
        level = _level(block.style or "")
        number = block.numbering or ""
        for at, text in enumerate(block.text.split("\n")):
            if bare := text.strip(" 　\t\xa0"):
                is_indented = text[:1] in "　 \t\xa0" or (number == "" and text.startswith("  "))
                said = f"{number}{bare}" if number and at == 0 else bare
                yield Line(said, "text", block.locator, is_indented, _size(block), level, "", block.confidence)


def _level(style: str) -> int:
    """The level of heading a style stands for."""
    found = _HEADING_STYLE.match(style)
    if found is None:
        return 0
    digits = re.search(r"\d", style)
    return int(digits[0]) or 1 if digits else 2 if re.match(r"subtitle|副标题", style, re.IGNORECASE) else 1


def _size(paragraph: Paragraph) -> float | None:
    """How large the characters are, in points, by the room they take; None where no box says."""
    box, text = paragraph.locator.box, paragraph.text
    ems = width(text)
    if box is None or ems < 1:
        return None
    across, down = box.x1 - box.x0, box.y1 - box.y0
    alone = across / ems
    # One line is as high as its characters; of several, each takes its leading, too.
    return alone if alone > 0.55 * down else math.sqrt(across * down / (1.45 * ems))


@lru_cache(maxsize=_REMEMBERED)
def width(text: str) -> float:
    """A text's width in ems: Latin letters and digits take half of one."""
    return sum(1.0 if character > "\u2000" else 0.5 for character in text)


def _reflowed(lines: list[Line]) -> Iterator[Line]:
    """The lines, those of one column joined to paragraphs."""
    at = 0
    while at < len(lines):
        end = _column_end(lines, at)
        if end - at < _RUN:
            yield lines[at]
            at += 1
            continue
        yield from _joined(lines[at:end])
        at = end


def _column_end(lines: list[Line], start: int) -> int:
    """Where a column of broken lines that begins at `start` ends; `start` itself where none does."""
    full = _full(lines[start])
    if not _NARROWEST <= full <= _WIDEST or lines[start].level or _is_set_apart(lines, start, full):
        return start
    end, count = start, 0
    while end < min(len(lines), start + _LONGEST_RUN) and not lines[end].level and _full(lines[end]) <= full + _NEAR:
        if end > start and (_is_set_apart(lines, end, full) or _begins_anew(lines, start, end, full)):
            break
        if abs(_full(lines[end]) - full) <= _NEAR:
            count += 1
        elif end == start or not _goes_on(lines, end, full):
            break
        end += 1
    text = "".join(line.text for line in lines[start:end])
    is_prose = len(_SAYS.findall(text)) * 40 >= len(text)
    return end if count >= _RUN and is_prose else start


def _is_set_apart(lines: list[Line], at: int, full: float) -> bool:
    """Whether a line is none of a column's: a byline, or one that ends no sentence before a byline, a subtitle or a paragraph set in."""
    line = lines[at]
    if marks.byline_of(line.text) or marks.is_author_unit(line.text):
        return True
    if at + 1 == len(lines) or line.is_indented or line.is_ended:
        return False
    following = lines[at + 1]
    return following.is_indented or following.text.startswith("——") or bool(marks.byline_of(following.text))


def _begins_anew(lines: list[Line], start: int, at: int, full: float) -> bool:
    """Whether, where paragraphs are set in, a line behind the end of one is not."""
    return lines[start].is_indented and not lines[at].is_indented and _is_last(lines[at - 1], full)


def _goes_on(lines: list[Line], at: int, full: float) -> bool:
    """Whether a shorter line ends a paragraph of the column: its sentence ends with it, and a full line stood before it."""
    return lines[at].is_ended and abs(_full(lines[at - 1]) - full) <= _NEAR


def _full(line: Line) -> float:
    return width(line.text) + (2 if line.is_indented else 0)


def _joined(lines: list[Line]) -> Iterator[Line]:
    """The paragraphs of a column's lines."""
    full = max(_full(line) for line in lines)
    current, before = lines[0], lines[0]
    for line in lines[1:]:
        if line.is_indented or _is_last(before, full):
            yield current
            current = line
        else:
            text = spliced(current.text, line.text)
            current = replace(current, text=text, confidence=min(current.confidence, line.confidence))
        before = line
    yield current


def _is_last(line: Line, full: float) -> bool:
    return line.is_ended and _full(line) < full - _NEAR


def spliced(text: str, more: str) -> str:
    """Two pieces of one sentence: Latin words get their space back."""
    are_words = text[-1:].isascii() and text[-1:].isalpha() and more[:1].isascii() and more[:1].isalpha()
    return f"{text} {more}" if are_words else text + more


def _told(line: Line) -> Line:
    """The line with what it is by itself."""
    text = line.text
    if line.level and not marks.byline_of(text):
        return replace(line, kind="head")
    if marks.lead_of(text) is not None or (marks.signature_of(text) and not marks.without_signature(text)):
        return line
    if marks.is_author_unit(text):
        return replace(line, kind="author_unit")
    if who := marks.byline_of(text):
        return replace(line, kind="byline", who=who)
    if len(text) <= 30 and (who := marks.credit_of(text)) and not marks.without_credit(text).strip("。 "):
        return replace(line, kind="credit", who=who)
    if marks.is_furniture(text):
        return replace(line, kind="furniture")
    if marks.is_caption(text) or (len(text) <= 120 and marks.credit_of(text)):
        return replace(line, kind="caption", who=marks.credit_of(text) or "")
    if _NUMBERED.match(text) and len(text) <= _LONGEST_HEAD and not line.is_ended:
        return replace(line, kind="number")
    return replace(line, kind="head") if is_like_a_head(line) else line


def is_like_a_head(line: Line) -> bool:
    """Whether a line has the form of a heading: short, no sentence."""
    text = line.text
    if line.is_indented and line.size is None and width(text) > 20:
        return False
    if not 2 <= len(text) <= _LONGEST_HEAD or any(stop in text for stop in _STOPS) or text[-1] in _PAUSES + "、":
        return False
    if any(pause in text.rstrip("，,") for pause in "，,"):
        return False
    return not line.is_ended or (text[-1] in "！？!?" and width(text) <= 24 and text[0] not in '“"‘')


def _by_what_follows(lines: list[Line]) -> Iterator[Line]:
    """Names alone are a byline between a heading and a text; a short line with a pause is a heading where a byline follows it."""
    for at, line in enumerate(lines):
        before = lines[at - 1] if at else None
        after = lines[at + 1] if at + 1 < len(lines) else None
        is_under_head = before is not None and before.kind == "head"
        if line.kind == "head" and is_under_head and not line.level and (who := marks.names_alone(line.text)):
            yield replace(line, kind="byline", who=who)
        elif line.kind == "text" and _is_paused_head(line, before, after):
            yield replace(line, kind="head")
        else:
            yield line


def _is_paused_head(line: Line, before: Line | None, after: Line | None) -> bool:
    if len(line.text) > _LONGEST_HEAD or line.is_ended or line.is_indented or any(s in line.text for s in _STOPS):
        return False
    is_free = before is None or before.kind != "text" or before.is_ended
    is_led = after is not None and (after.kind == "byline" or marks.lead_of(after.text) is not None)
    return is_free and (is_led or before is None) and line.text[-1] not in _PAUSES + "、"
