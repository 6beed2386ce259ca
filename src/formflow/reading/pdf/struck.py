"""Which characters of a page are struck out: a line runs through their middle, or somebody has marked them so.

A page's ink comes in and goes out, these characters unsure. A line that does nothing else is no border and no underline, and is taken out.
Lines drawn askew or by hand are not looked at.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from formflow.model.document import Box
from formflow.reading.pdf.ink import Glyph, PageInk, Rule
from formflow.reading.pdf.lines import is_wide

# How far above the line they are written on characters are struck out, in ems; below that they are underlined.
_LOWEST, _HIGHEST = 0.15, 0.6
# Points; larger are titles on posters.
_LARGEST_EM = 48.0
# The share of a line that lies over characters if it is there to strike them out.
_OVER_TEXT = 0.6


def with_struck(ink: PageInk, marked: Iterable[Box] = ()) -> PageInk:
    """The page with what is struck out unsure. `marked` are the places somebody has struck out with a program, as the page is read."""
    levels = [rule for rule in ink.rules if rule.is_level]
    struck = {at for box in marked for at in _inside(box, ink.glyphs)}
    strokes: set[Rule] = set()
    written = _written(ink.glyphs) if levels else []
    bases = [base for base, _ in written]
    for rule in levels:
        near = written[bisect_left(bases, rule.at) : bisect_right(bases, rule.at + _HIGHEST * _LARGEST_EM)]
        found = [at for base, line in near if base - rule.at < _HIGHEST * line.em for at in line.struck_by(rule)]
        struck.update(found)
        if sum(ink.glyphs[at].x1 - ink.glyphs[at].x0 for at in found) >= _OVER_TEXT * rule.length:
            strokes.add(rule)
    if not struck:
        return ink
    glyphs = tuple(glyph._replace(is_unsure=True) if at in struck else glyph for at, glyph in enumerate(ink.glyphs))
    rules = tuple(rule for rule in ink.rules if rule not in strokes)
    return replace(ink, glyphs=glyphs, rules=rules, has_struck_text=True)


class _Written:
    """The characters on one height, by their numbers."""

    def __init__(self, glyphs: Sequence[Glyph]) -> None:
        self._glyphs = glyphs
        self.numbers: list[int] = []

    @cached_property
    def em(self) -> float:
        """That of the largest."""
        return max(_em(self._glyphs[at]) for at in self.numbers)

    def struck_by(self, rule: Rule) -> Iterator[int]:
        for at in self.numbers:
            glyph = self._glyphs[at]
            em, middle = _em(glyph), (glyph.x0 + glyph.x1) / 2
            if _LOWEST * em < glyph.base - rule.at < _HIGHEST * em and rule.start <= middle <= rule.end:
                yield at


def _written(glyphs: Sequence[Glyph]) -> list[tuple[float, _Written]]:
    """The characters by the height of the line they are written on, in its order."""
    found: dict[float, _Written] = {}
    for at, glyph in enumerate(glyphs):
        line = found.get(glyph.base)
        if line is None:
            line = found[glyph.base] = _Written(glyphs)
        line.numbers.append(at)
    return sorted(found.items(), key=lambda one: one[0])


def _em(glyph: Glyph) -> float:
    """Narrow characters are about half as wide as high; fonts may claim any height."""
    width = glyph.x1 - glyph.x0
    return width if is_wide(glyph.text) else min(2 * width, glyph.y1 - glyph.y0)


def _inside(box: Box, glyphs: Sequence[Glyph]) -> Iterator[int]:
    for at, glyph in enumerate(glyphs):
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2
        if box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1:
            yield at
