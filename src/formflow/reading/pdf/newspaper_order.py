"""The lines of a page set in columns → the order in which they are read: every headline, then the text it governs.

A headline governs the text right under it, and the text beside that which begins at the same height; what no headline stands over goes on
from above it in its column, or from the column at its left.
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from formflow.reading.pdf.ink import Glyph

# Headlines stacked no further apart than this share of their size are one's.
_STACKED = 1.6
# A gap in a column, in its leading; how near under a headline text begins, and how near one height stretches of one text do, in ems.
_APART, _NEAR, _SAME_TOP = 2.2, 4.0, 3.0
# A line in the middle under a headline, in ems: how far off the middle, how far from the headline.
_CENTRED, _UNDER = 3.0, 3.0
# How far in a paragraph begins, and how exactly lines stand where they should, in ems.
_PARAGRAPH, _EXACT = 2.0, 0.35
# Headlines whose tops are so near, in points, stand beside each other.
_ROW = 6

# A column's left and right edge.
Column = tuple[float, float]


@dataclass(slots=True, eq=False)
class Run:
    """Characters beside each other on one line."""

    glyphs: list[Glyph]
    base: float
    em: float
    x1: float

    @property
    def x0(self) -> float:
        return self.glyphs[0].x0

    @property
    def y0(self) -> float:
        return min(glyph.y0 for glyph in self.glyphs)

    @property
    def y1(self) -> float:
        return max(glyph.y1 for glyph in self.glyphs)

    @property
    def text(self) -> str:
        return "".join(glyph.text for glyph in self.glyphs)


@dataclass(slots=True, eq=False)
class Head:
    """Headlines that stand over each other, or a line that goes over several columns."""

    runs: list[Run]

    @property
    def x0(self) -> float:
        return min(run.x0 for run in self.runs)

    @property
    def x1(self) -> float:
        return max(run.x1 for run in self.runs)

    @property
    def y0(self) -> float:
        return min(run.y0 for run in self.runs)

    @property
    def y1(self) -> float:
        return max(run.y1 for run in self.runs)


def heads_of(runs: list[Run], texts: Mapping[Column, list[Run]]) -> list[Head]:
    """What goes over columns as headlines, those that stand over each other as one; a line set in the middle under one (who wrote it) is
    taken out of its column's text."""
    heads = _stacked(runs)
    for column, lines in texts.items():
        for head in heads:
            below = [run for run in lines if run.base > head.y1]
            first = min(below, key=lambda run: run.base, default=None)
            if first and _is_centred_under(first, head, column):
                head.runs.append(first)
                lines.remove(first)
    return heads


def _is_centred_under(run: Run, head: Head, column: Column) -> bool:
    """Whether a line stands about the middle of a headline right above it, and neither where lines of its column begin nor where
    paragraphs do."""
    off = abs((run.x0 + run.x1) / 2 - (head.x0 + head.x1) / 2)
    in_ems = (run.x0 - column[0]) / run.em
    is_set = min(abs(in_ems), abs(in_ems - _PARAGRAPH)) <= _EXACT
    return off <= _CENTRED * run.em and not is_set and run.y0 - head.y1 <= _UNDER * run.em


def _stacked(runs: list[Run]) -> list[Head]:
    heads: list[Head] = []
    for run in sorted(runs, key=lambda run: (run.y0, run.x0)):
        above = [
            head
            for head in heads
            if run.y0 - head.y1 <= _STACKED * max(run.em, min(r.em for r in head.runs))
            and min(run.x1, head.x1) - max(run.x0, head.x0) > 0
        ]
        if above:
            max(above, key=lambda head: head.y1).runs.append(run)
        else:
            heads.append(Head([run]))
    return heads


@dataclass(slots=True, eq=False)
class _Stretch:
    """Lines of one column without a headline or a gap among them, and the headline they belong to."""

    column: Column
    runs: list[Run]
    owner: Head | None = None

    @property
    def y0(self) -> float:
        return self.runs[0].y0

    @property
    def y1(self) -> float:
        return self.runs[-1].y1


def in_order(heads: list[Head], texts: Mapping[Column, list[Run]]) -> list[list[Run]]:
    """Every headline with the stretches under it from left to right."""
    stretches = [one for column in sorted(texts) for one in _stretches(column, texts[column], heads)]
    _own(stretches, heads)
    first = Head([])
    owned: dict[int, list[_Stretch]] = {}
    for stretch in stretches:
        owned.setdefault(id(stretch.owner or first), []).append(stretch)
    ordered = [first, *sorted(heads, key=lambda head: (round(head.y0 / _ROW), head.x0))]
    return [
        runs
        for head in ordered
        for runs in (head.runs, *(one.runs for one in sorted(owned.get(id(head), ()), key=lambda s: (s.column, s.y0))))
        if runs
    ]


def _stretches(column: Column, runs: list[Run], heads: list[Head]) -> list[_Stretch]:
    """A column's lines parted at the headlines over it and at gaps."""
    lines = sorted(runs, key=lambda run: run.base)
    over = [head for head in heads if _is_over(head, column)]
    leading = statistics.median([b.base - a.base for a, b in pairwise(lines) if b.base - a.base > 1] or [1.0])
    parts: list[_Stretch] = []
    for run in lines:
        before = parts[-1].runs[-1] if parts else None
        is_parted = before is not None and any(before.base < head.y1 and head.y0 < run.base for head in over)
        if before is None or is_parted or run.base - before.base > _APART * leading:
            parts.append(_Stretch(column, []))
        parts[-1].runs.append(run)
    return parts


def _own(stretches: list[_Stretch], heads: list[Head]) -> None:
    """Gives each stretch its headline: the one right above it; else that of the stretch beside it which begins at one height with it; else
    that of the stretch above it in its column; else that of the stretch at its left."""
    for stretch in stretches:
        above = [head for head in heads if _is_over(head, stretch.column) and head.y0 < stretch.y0]
        nearest = max(above, key=lambda head: head.y1, default=None)
        if (
            nearest
            and stretch.y0 - nearest.y1 <= _NEAR * stretch.runs[0].em
            and not _is_between(nearest, stretch, stretches)
        ):
            stretch.owner = nearest
    for find in (_level_with, _below, _right_of):
        for stretch in stretches:
            if stretch.owner is None:
                stretch.owner = find(stretch, stretches, heads)


def _is_between(head: Head, stretch: _Stretch, stretches: list[_Stretch]) -> bool:
    return any(
        other is not stretch and other.column == stretch.column and head.y0 < other.y0 < stretch.y0
        for other in stretches
    )


def _level_with(stretch: _Stretch, stretches: list[_Stretch], heads: list[Head]) -> Head | None:
    """The headline of the nearest stretch that begins at the same height, no other column's text standing between them there."""
    level = [one for one in stretches if one.owner and abs(one.y0 - stretch.y0) <= _SAME_TOP * stretch.runs[0].em]
    found = min(level, key=lambda one: abs(one.column[0] - stretch.column[0]), default=None)
    return found.owner if found else None


def _below(stretch: _Stretch, stretches: list[_Stretch], heads: list[Head]) -> Head | None:
    """The headline of the text above in the column, which a picture parts."""
    above = [one for one in stretches if one.column == stretch.column and one.owner and one.y1 <= stretch.y0]
    nearest = max(above, key=lambda one: one.y1, default=None)
    if nearest is None or any(_is_over(h, stretch.column) and nearest.y1 <= h.y0 <= stretch.y0 for h in heads):
        return None
    return nearest.owner


def _right_of(stretch: _Stretch, stretches: list[_Stretch], heads: list[Head]) -> Head | None:
    """The headline of the text at the left."""
    left = [
        one
        for one in stretches
        if one.owner and one.column[0] < stretch.column[0] and one.y0 < stretch.y1 and one.y1 > stretch.y0
    ]
    nearest = max(left, key=lambda one: one.column[0], default=None)
    return nearest.owner if nearest else None


def _is_over(head: Head, column: Column) -> bool:
    shared = min(head.x1, column[1]) - max(head.x0, column[0])
    return shared > 0.3 * min(head.x1 - head.x0, column[1] - column[0])
