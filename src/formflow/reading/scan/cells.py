"""Ruling lines → tables as true grids: cells with their pixels, rows, columns and spans.

In: `Ruling`. Out: `RuledTable`s in reading order, cells in row-major order. A cell is a white area that rules enclose; sides that a form
leaves open (no outer verticals, a row cut by the page's end) are closed first. Knows nothing of text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np

from formflow.reading.scan.areas import MM, Area, Pixels
from formflow.reading.scan.ruling import Ruling

_LEAST_CELL = round(2.5 * MM)
# Edges closer than this are one grid line; wider than a rule, narrower than a cell.
_SAME_EDGE = round(1.6 * MM)
_SIDE = round(2 * MM)
# The share of its box that a cell's white takes.
_WHITE = 0.6
# Of a table of fewer cells nothing is completed; the share of a place's side along which a rule runs if there is one, and how far off its
# grid line it is looked for (pixels).
_LEAST_CELLS, _PARTED, _NEAR = 3, 0.5, round(0.8 * MM)


@dataclass(frozen=True, slots=True)
class RuledCell:
    """A cell of the grid: 0-based position, spans, and the pixels inside its rules."""

    row: int
    column: int
    row_span: int
    column_span: int
    area: Area


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table: the pixels its frame takes, its grid lines (`across` are y, `down` are x; one more than rows and columns), its cells."""

    area: Area
    across: tuple[float, ...]
    down: tuple[float, ...]
    cells: tuple[RuledCell, ...]

    @property
    def rows(self) -> int:
        return len(self.across) - 1

    @property
    def columns(self) -> int:
        return len(self.down) - 1


def find_tables(ruling: Ruling) -> list[RuledTable]:
    """The tables of a page from top to bottom. A lone frame around nothing but itself (one cell) is a table, too."""
    lines = closed(ruling)
    tables = []
    for group in _groups(lines):
        if areas := _white_areas(lines, group):
            table = _gridded(group, areas)
            table = _gridded(group, areas, _loose_ends(ruling, table))
            tables.append(_completed(table, lines))
    return sorted(tables, key=lambda table: (table.area.y0, table.area.x0))


def _groups(lines: Pixels) -> list[Area]:
    """The boxes around rules that hang together and could hold a cell; what stands inside of another group belongs to it."""
    found = []
    for contour in cv2.findContours(lines, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]:
        x, y, w, h = cv2.boundingRect(contour)
        if w > 2 * _LEAST_CELL and h > _LEAST_CELL:
            found.append(Area(x, y, x + w, y + h))
    return found


def closed(ruling: Ruling) -> Pixels:
    """The rules with the open sides of each group drawn in."""
    # A crossing may just not meet: a pixel or two more of each rule's end makes it.
    lines = cv2.bitwise_or(
        cv2.dilate(ruling.across, np.ones((1, 9), np.uint8)), cv2.dilate(ruling.down, np.ones((9, 1), np.uint8))
    )
    for group in _groups(lines):
        _close_sides(lines, group)
    return lines


def _close_sides(lines: Pixels, area: Area) -> None:
    """Draws a side of a group of rules where two or more of its rules end in the open and no rule runs along."""
    own = lines[area.y0 : area.y1, area.x0 : area.x1]
    left, right, top, bottom = area.x0, area.x1 - 1, area.y0, area.y1 - 1
    sides = (
        (own[:, :_SIDE], (left, top), (left, bottom)),
        (own[:, -_SIDE:], (right, top), (right, bottom)),
        (own[:_SIDE].T, (left, top), (right, top)),
        (own[-_SIDE:].T, (left, bottom), (right, bottom)),
    )
    for band, start, end in sides:
        has_ink = band.any(axis=1)
        ends = int(np.count_nonzero(np.diff(np.concatenate(([False], has_ink))) & has_ink))
        if ends >= 2 and float(has_ink.mean()) < 0.5:
            cv2.line(lines, start, end, (255,), 2)


def _white_areas(lines: Pixels, group: Area) -> list[Area]:
    """The pieces of white that a group of rules encloses; what another piece goes around (a frame drawn inside of a cell) is left out."""
    own = lines[group.y0 : group.y1, group.x0 : group.x1]
    white = cv2.copyMakeBorder(255 - own, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=(255,))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(white, connectivity=4)
    outside = int(labels[0, 0])
    areas = []
    for label, (x, y, w, h, size) in enumerate(stats.tolist()):
        if label not in (0, outside) and w >= _LEAST_CELL and h >= _LEAST_CELL and size >= _WHITE * w * h:
            areas.append(Area(group.x0 + x - 1, group.y0 + y - 1, group.x0 + x - 1 + w, group.y0 + y - 1 + h))
    return [area for area in areas if not any(other != area and other.common(area) == area for other in areas)]


def _gridded(area: Area, areas: list[Area], more: tuple[list[int], list[int]] = ([], [])) -> RuledTable:
    """The grid that areas stand in, and `more` lines across and down: edges that lie together are one grid line."""
    across = _merged([*more[0], *(edge for cell in areas for edge in (cell.y0, cell.y1))])
    down = _merged([*more[1], *(edge for cell in areas for edge in (cell.x0, cell.x1))])
    cells = []
    for cell in areas:
        left, right = _nearest(down, cell.x0), _nearest(down, cell.x1)
        top, bottom = _nearest(across, cell.y0), _nearest(across, cell.y1)
        cells.append(RuledCell(top, left, max(1, bottom - top), max(1, right - left), cell))
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return RuledTable(area, across, down, tuple(cells))


def _loose_ends(ruling: Ruling, table: RuledTable) -> tuple[list[int], list[int]]:
    """Where rules run inside of a table that are no cell's edge, across and down: rules that begin at a grid line and break off."""
    across = _starting(ruling.across, table.area, table.across, table.down)
    area = Area(table.area.y0, table.area.x0, table.area.y1, table.area.x1)
    return across, _starting(cv2.transpose(ruling.down), area, table.down, table.across)


def _starting(lines: Pixels, area: Area, known: tuple[float, ...], crossing: tuple[float, ...]) -> list[int]:
    """The heights of lines across that begin or end at one that crosses them, and are not known."""
    found = []
    inside = lines[area.y0 : area.y1, area.x0 : area.x1]
    for contour in cv2.findContours(inside, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]:
        x, y, w, h = cv2.boundingRect(contour)
        middle, ends = area.y0 + y + h // 2, (area.x0 + x, area.x0 + x + w)
        is_known = any(abs(middle - line) <= _SAME_EDGE for line in known)
        if not is_known and h <= _SAME_EDGE and any(abs(end - line) <= _SAME_EDGE for end in ends for line in crossing):
            found.append(middle)
    return found


def _completed(table: RuledTable, lines: Pixels) -> RuledTable:
    """The table with its cells where rules were broken (under a seal, at a fold), so that white ran from one into the next: places of the
    grid that no cell takes, or one that rules part, joined where no rule parts them, if rules run round most of what comes out."""
    gaps = _Gaps(table, lines)
    whole = tuple(cell for cell in table.cells if not gaps.is_several(cell))
    taken = {place for cell in whole for place in places_of(cell)}
    free = {(row, column) for row in range(table.rows) for column in range(table.columns)} - taken
    if not free or len(table.cells) < _LEAST_CELLS:
        return table
    added = []
    while free:
        cell = gaps.cell(_rectangle(_connected(min(free), free, gaps)))
        free -= set(places_of(cell))
        if gaps.is_enclosed(cell):
            added.append(cell)
    cells = sorted((*whole, *added), key=lambda cell: (cell.row, cell.column))
    return replace(table, cells=tuple(cells))


_Place = tuple[int, int]  # row, column


def places_of(cell: RuledCell) -> Iterator[_Place]:
    for row in range(cell.row, cell.row + cell.row_span):
        for column in range(cell.column, cell.column + cell.column_span):
            yield row, column


def _connected(start: _Place, free: set[_Place], gaps: _Gaps) -> set[_Place]:
    """The free places that no rule parts from a first one."""
    found, rest = {start}, [start]
    while rest:
        row, column = rest.pop()
        for place in ((row, column + 1), (row, column - 1), (row + 1, column), (row - 1, column)):
            if place in free and place not in found and not gaps.is_parted((row, column), place):
                found.add(place)
                rest.append(place)
    return found


def _rectangle(places: set[_Place]) -> set[_Place]:
    """The largest stretch of rows and columns from the first place on that holds nothing else."""
    row, first = min(places)
    last = first
    while (row, last + 1) in places:
        last += 1
    end = row
    while all((end + 1, column) in places for column in range(first, last + 1)):
        end += 1
    return {(r, c) for r in range(row, end + 1) for c in range(first, last + 1)}


@dataclass(frozen=True, slots=True)
class _Gaps:
    """A table's grid laid over the rules there are."""

    table: RuledTable
    lines: Pixels

    def is_parted(self, one: _Place, other: _Place) -> bool:
        """Whether a rule runs between two neighbouring places."""
        (row, column), (later_row, later_column) = min(one, other), max(one, other)
        if row == later_row:
            return self._share_down(later_column, row, row + 1) >= _PARTED
        return self._share_across(later_row, column, column + 1) >= _PARTED

    def is_several(self, cell: RuledCell) -> bool:
        """Whether rules part the places of what was taken for one cell."""
        places = set(places_of(cell))
        return any(
            self.is_parted(place, other)
            for place in places
            for other in ((place[0] + 1, place[1]), (place[0], place[1] + 1))
            if other in places
        )

    def is_enclosed(self, cell: RuledCell) -> bool:
        """Whether rules run along most of a cell's four sides."""
        top, bottom, left, right = cell.row, cell.row + cell.row_span, cell.column, cell.column + cell.column_span
        sides = (
            self._share_across(top, left, right), self._share_across(bottom, left, right),
            self._share_down(left, top, bottom), self._share_down(right, top, bottom),
        )  # fmt: skip
        return min(sides) >= _PARTED / 2 and sum(sides) >= 4 * _PARTED

    def cell(self, places: set[_Place]) -> RuledCell:
        """The cell that takes a rectangle of places."""
        (top, left), (bottom, right) = min(places), max(places)
        down, across = self.table.down, self.table.across
        area = Area(
            round(down[left]) + 2, round(across[top]) + 2, round(down[right + 1]) - 2, round(across[bottom + 1]) - 2
        )
        return RuledCell(top, left, bottom - top + 1, right - left + 1, area)

    def _share_down(self, column: int, top: int, bottom: int) -> float:
        """Along how much of a grid line down the page a rule runs, between two grid lines across."""
        x, across = round(self.table.down[column]), self.table.across
        return ruled_share(self.lines[round(across[top]) : round(across[bottom]), max(0, x - _NEAR) : x + _NEAR + 1], 1)

    def _share_across(self, row: int, left: int, right: int) -> float:
        y, down = round(self.table.across[row]), self.table.down
        return ruled_share(self.lines[max(0, y - _NEAR) : y + _NEAR + 1, round(down[left]) : round(down[right])], 0)


def ruled_share(strip: Pixels, axis: int) -> float:
    """The share of a strip's length with a rule in it. A line that touches neither end is drawn to be written on, and no side of a cell."""
    has_ink = np.atleast_1d(np.any(strip, axis=axis))
    end = min(len(has_ink), 2 * _NEAR)
    return float(has_ink.mean()) if len(has_ink) and (has_ink[:end].any() or has_ink[-end:].any()) else 0.0


def _merged(edges: Iterable[int]) -> tuple[float, ...]:
    """Positions that lie within `_SAME_EDGE` of their neighbour as one, at their middle."""
    groups: list[list[int]] = []
    for edge in sorted(edges):
        if groups and edge - groups[-1][-1] <= _SAME_EDGE:
            groups[-1].append(edge)
        else:
            groups.append([edge])
    return tuple(sum(group) / len(group) for group in groups)


def _nearest(lines: tuple[float, ...], edge: float) -> int:
    return min(range(len(lines)), key=lambda at: abs(lines[at] - edge))
