"""Ruling lines → grids: which rectangles of the page are cells, and which rows and columns each spans.

Straightened lines come in; each group of lines that cross or touch is a `Lattice` of its own, however close to another it lies. Sides that
were left open (no line down the left or right, a page break through a row) are closed. Lines that touch no other line are given back.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace

from formflow.reading.pdf.ink import Rule
from formflow.reading.pdf.regions import rectangles

# Points: lines that far apart touch; parallel lines that close are one (a double border).
_TOUCH, _SAME = 2.8, 3.5
# Beyond its crossings a line must stick out this far to show an open side.
_OPEN = 6.0
# Lines of a form; a page with more is a drawing.
MAX_RULES = 6_000
# Fields between the lines of one grid; graph paper is no form.
MAX_FIELDS = 100_000


@dataclass(frozen=True, slots=True)
class Area:
    """A cell of the grid: 0-based place, spans, and its box."""

    row: int
    column: int
    row_span: int
    column_span: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Lattice:
    """One table's lines: the positions of its columns' and rows' edges, its cells in row-major order, and whether it was left open."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    areas: tuple[Area, ...]
    index: dict[tuple[int, int], Area]
    # No line was drawn there, though upright lines run on: the page ends within a row.
    is_open_above: bool = False
    is_open_below: bool = False

    def area_at(self, x: float, y: float) -> Area | None:
        """The cell a point lies in."""
        return self.index.get((bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1))

    @property
    def size(self) -> float:
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])


def lattices(rules: list[Rule]) -> tuple[list[Lattice], list[Rule]]:
    """The grids, smallest first, and the level lines that are part of none."""
    if len(rules) > MAX_RULES:
        return [], []
    level = sorted((rule for rule in rules if rule.is_level), key=lambda rule: rule.at)
    upright = sorted((rule for rule in rules if not rule.is_level), key=lambda rule: rule.at)
    groups, alone = _groups(level, upright)
    found: list[Lattice] = []
    for levels, uprights in groups:
        beside = _closed_beside(levels, uprights, alone)
        above, below = _open_ends(*beside)
        lattice = _lattice([*beside[0], *above, *below], beside[1])
        if lattice is not None:
            found.append(replace(lattice, is_open_above=bool(above), is_open_below=bool(below)))
        else:
            alone.extend(levels)
    found.sort(key=lambda lattice: lattice.size)
    return found, alone


_Group = tuple[list[Rule], list[Rule]]


def _groups(level: list[Rule], upright: list[Rule]) -> tuple[list[_Group], list[Rule]]:
    """Lines that hang together, and the level ones that touch nothing."""
    leader = list(range(len(level) + len(upright)))

    def find(item: int) -> int:
        while leader[item] != item:
            leader[item] = leader[leader[item]]
            item = leader[item]
        return item

    places = [rule.at for rule in upright]
    for number, rule in enumerate(level):
        first = bisect_left(places, rule.start - _TOUCH)
        last = bisect_right(places, rule.end + _TOUCH)
        for other in range(first, last):
            if upright[other].start - _TOUCH <= rule.at <= upright[other].end + _TOUCH:
                leader[find(len(level) + other)] = find(number)
    groups: dict[int, _Group] = {}
    for number, rule in enumerate(level):
        groups.setdefault(find(number), ([], []))[0].append(rule)
    for number, rule in enumerate(upright):
        groups.setdefault(find(len(level) + number), ([], []))[1].append(rule)
    whole = [group for group in groups.values() if group[0] and group[1]]
    return whole, [group[0][0] for group in groups.values() if not group[1]]


def _closed_beside(levels: list[Rule], uprights: list[Rule], alone: list[Rule]) -> _Group:
    """The lines with open sides closed at the left and right; where these are open, level lines of the same width are taken in from
    `alone`."""
    left, right = min(rule.start for rule in levels), max(rule.end for rule in levels)
    top, bottom = min(rule.start for rule in uprights), max(rule.end for rule in uprights)
    is_open_left = left < uprights[0].at - _OPEN and _agree((rule.start for rule in levels), left)
    is_open_right = right > uprights[-1].at + _OPEN and _agree((rule.end for rule in levels), right)
    levels, uprights = list(levels), list(uprights)
    if is_open_left or is_open_right:
        taken = [rule for rule in alone if abs(rule.start - left) < 4 and abs(rule.end - right) < 4]
        levels.extend(taken)
        gone = set(taken)
        alone[:] = [rule for rule in alone if rule not in gone]
        top, bottom = min([top, *(r.at for r in levels)]), max([bottom, *(r.at for r in levels)])
    if is_open_left:
        uprights.append(Rule(False, left, top, bottom))
    if is_open_right:
        uprights.append(Rule(False, right, top, bottom))
    return levels, uprights


def _open_ends(levels: list[Rule], uprights: list[Rule]) -> _Group:
    """The line missing at the top and the one missing at the bottom, none where a line is."""
    left, right = min(rule.start for rule in levels), max(rule.end for rule in levels)
    top, bottom = min(rule.start for rule in uprights), max(rule.end for rule in uprights)
    is_above = top < min(rule.at for rule in levels) - _OPEN and _agree((rule.start for rule in uprights), top)
    is_below = bottom > max(rule.at for rule in levels) + _OPEN and _agree((rule.end for rule in uprights), bottom)
    return [Rule(True, top, left, right)] * is_above, [Rule(True, bottom, left, right)] * is_below


def _agree(ends: Iterable[float], place: float) -> bool:
    """Whether two lines at least reach out to the same place: one alone sticks out by chance."""
    return sum(abs(end - place) <= _SAME for end in ends) >= 2


def _lattice(levels: list[Rule], uprights: list[Rule]) -> Lattice | None:
    xs, ys = _positions(uprights), _positions(levels)
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) > MAX_FIELDS:
        return None
    # walls[row][edge]: a line stands at column edge `edge` beside row `row`; floors[edge][column]: one lies over column `column`.
    walls = [[False] * len(xs) for _ in range(len(ys) - 1)]
    floors = [[False] * (len(xs) - 1) for _ in range(len(ys))]
    for rule in uprights:
        edge = _nearest(xs, rule.at)
        for row in _covered(ys, rule):
            walls[row][edge] = True
    for rule in levels:
        edge = _nearest(ys, rule.at)
        for column in _covered(xs, rule):
            floors[edge][column] = True
    areas = tuple(
        Area(row, column, rows, columns, xs[column], ys[row], xs[column + columns], ys[row + rows])
        for row, column, rows, columns in rectangles(walls, floors)
    )
    return _compact(Lattice(xs, ys, areas, {})) if areas else None


def _compact(lattice: Lattice) -> Lattice:
    """Without edges at which no cell begins or ends."""
    rows = sorted({edge for area in lattice.areas for edge in (area.row, area.row + area.row_span)})
    columns = sorted({edge for area in lattice.areas for edge in (area.column, area.column + area.column_span)})
    row_at, column_at = ({edge: at for at, edge in enumerate(edges)} for edges in (rows, columns))
    areas = []
    for area in lattice.areas:
        row, column = row_at[area.row], column_at[area.column]
        row_span = row_at[area.row + area.row_span] - row
        column_span = column_at[area.column + area.column_span] - column
        areas.append(replace(area, row=row, column=column, row_span=row_span, column_span=column_span))
    index = {
        (row, column): area
        for area in areas
        for row in range(area.row, area.row + area.row_span)
        for column in range(area.column, area.column + area.column_span)
    }
    xs, ys = tuple(lattice.xs[edge] for edge in columns), tuple(lattice.ys[edge] for edge in rows)
    return Lattice(xs, ys, tuple(areas), index)


def _positions(rules: Iterable[Rule]) -> tuple[float, ...]:
    """The places of lines, those too close to each other as one."""
    groups: list[list[float]] = []
    for at in sorted(rule.at for rule in rules):
        if groups and at - groups[-1][0] <= _SAME:
            groups[-1].append(at)
        else:
            groups.append([at])
    return tuple(sum(group) / len(group) for group in groups)


def _nearest(edges: tuple[float, ...], at: float) -> int:
    right = bisect_left(edges, at)
    if right == 0:
        return 0
    if right == len(edges):
        return right - 1
    return right if edges[right] - at < at - edges[right - 1] else right - 1


def _covered(edges: tuple[float, ...], rule: Rule) -> Iterable[int]:
    """The stretches between edges that a line covers for more than half."""
    for number in range(max(0, bisect_left(edges, rule.start) - 1), min(len(edges) - 1, bisect_right(edges, rule.end))):
        low, high = edges[number], edges[number + 1]
        if min(high, rule.end) - max(low, rule.start) > 0.5 * (high - low):
            yield number
