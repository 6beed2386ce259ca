"""Ruling lines → tables as true grids: cells with their pixels, rows, columns and spans.

In: `Ruling`. Out: `RuledTable`s in reading order, cells in row-major order. A cell is a white area that rules enclose; sides that a form
leaves open (no outer verticals, a row cut by the page's end) are closed first. Knows nothing of text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

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
    lines = _closed(ruling)
    tables = []
    for group in _groups(lines):
        if areas := _white_areas(lines, group):
            tables.append(_gridded(group, areas))
    return sorted(tables, key=lambda table: (table.area.y0, table.area.x0))


def _groups(lines: Pixels) -> list[Area]:
    """The boxes around rules that hang together and could hold a cell; what stands inside of another group belongs to it."""
    found = []
    for contour in cv2.findContours(lines, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]:
        x, y, w, h = cv2.boundingRect(contour)
        if w > 2 * _LEAST_CELL and h > _LEAST_CELL:
            found.append(Area(x, y, x + w, y + h))
    return found


def _closed(ruling: Ruling) -> Pixels:
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


def _gridded(area: Area, areas: list[Area]) -> RuledTable:
    """The grid that areas stand in: edges that lie together are one grid line."""
    down = _merged([edge for cell in areas for edge in (cell.x0, cell.x1)])
    across = _merged([edge for cell in areas for edge in (cell.y0, cell.y1)])
    cells = []
    for cell in areas:
        left, right = _nearest(down, cell.x0), _nearest(down, cell.x1)
        top, bottom = _nearest(across, cell.y0), _nearest(across, cell.y1)
        cells.append(RuledCell(top, left, max(1, bottom - top), max(1, right - left), cell))
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return RuledTable(area, across, down, tuple(cells))


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
