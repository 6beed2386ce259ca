"""Check boxes put together from what a page draws: a square, perhaps with a tick in it, becomes one ☐ or ☑ among the characters.

Comes in: a page's ink. Goes out: its characters with the boxes among them, and the rules, to which squares that stand wall to wall (one
for each digit of a number) are given back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from formflow.model.document import Box
from formflow.reading.pdf.ink import Glyph, PageInk, Rule, boxed

_OPEN = frozenset("□☐▢")
_TICKED = frozenset("☑☒■🗹🗷")
_TICKS = frozenset("√✓✔×✗✘xXvV●■")
_WALL = 1.6
MAX_BOXES = 1_000


def with_marks(ink: PageInk) -> tuple[list[Glyph], list[Rule]]:
    """Characters and rules of a page, check boxes told."""
    rules = list(ink.rules)
    squares = []
    for square in ink.squares:
        # So many are no boxes to tick.
        if len(ink.squares) > MAX_BOXES or any(_touch(square, other) for other in ink.squares if other is not square):
            rules.extend(_sides(square))
        else:
            squares.append(square)
    # Most pages have neither boxes nor anything that could be a tick over one.
    printed = [glyph for glyph in ink.glyphs if glyph.text in _OPEN or glyph.text in _TICKED]
    if len(printed) > MAX_BOXES or (not squares and not (printed and _can_be_ticked(ink, printed))):
        return list(ink.glyphs), rules
    return _merged(ink, squares), rules


def _can_be_ticked(ink: PageInk, printed: list[Glyph]) -> bool:
    return bool(ink.scribbles) or len(printed) > 1 or any(glyph.text in _TICKS for glyph in ink.glyphs)


@dataclass(slots=True)
class _Mark:
    """A check box being put together."""

    box: Box
    is_ticked: bool
    is_spaced: bool = False


def _merged(ink: PageInk, squares: list[Box]) -> list[Glyph]:
    marks: list[_Mark] = []
    others: list[Glyph] = []
    for glyph in ink.glyphs:
        if glyph.text in _OPEN or glyph.text in _TICKED:
            _add(marks, Box(glyph.x0, glyph.y0, glyph.x1, glyph.y1), glyph.text in _TICKED, glyph.is_spaced)
        else:
            others.append(glyph)
    for square in squares:
        _add(marks, square, False, False)
    for scribble in ink.scribbles[:MAX_BOXES]:
        for mark in marks:
            mark.is_ticked |= _holds(mark.box, scribble)
    left = []
    for glyph in others:
        around = next((m for m in marks if _holds(m.box, glyph)), None) if glyph.text in _TICKS else None
        if around is None:
            left.append(glyph)
        else:
            around.is_ticked = True
    return [*left, *_glyphs(marks)]


def _add(marks: list[_Mark], box: Box, is_ticked: bool, is_spaced: bool) -> None:
    """One more box, or the same one drawn again: a form field over a printed □."""
    for mark in marks:
        if _holds(mark.box, box) or _holds(box, mark.box):
            mark.is_ticked |= is_ticked
            return
    marks.append(_Mark(box, is_ticked, is_spaced))


def _glyphs(marks: list[_Mark]) -> Iterator[Glyph]:
    for mark in marks:
        box = mark.box
        yield boxed("☑" if mark.is_ticked else "☐", box.x0, box.y0, box.x1, box.y1, mark.is_spaced)


def _holds(box: Box, other: Box | Glyph) -> bool:
    x, y = (other.x0 + other.x1) / 2, (other.y0 + other.y1) / 2
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1


def _touch(one: Box, other: Box) -> bool:
    is_beside = min(abs(one.x1 - other.x0), abs(other.x1 - one.x0)) <= _WALL and abs(one.y0 - other.y0) <= _WALL
    is_under = min(abs(one.y1 - other.y0), abs(other.y1 - one.y0)) <= _WALL and abs(one.x0 - other.x0) <= _WALL
    return is_beside or is_under


def _sides(box: Box) -> Iterator[Rule]:
    yield Rule(True, box.y0, box.x0, box.x1)
    yield Rule(True, box.y1, box.x0, box.x1)
    yield Rule(False, box.x0, box.y0, box.y1)
    yield Rule(False, box.x1, box.y0, box.y1)
