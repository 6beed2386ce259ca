"""Which cells of a page's tables are not sure to be what they seem: rules missing along a side, places of the grid that no cell takes.

In: tables and the rules they were made of. Out: the areas in which text may have been given to the wrong cell, however well it was read.
Repairs nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from formflow.reading.scan.areas import MM, Area, Pixels, whole
from formflow.reading.scan.cells import RuledCell, RuledTable, closed, places_of, ruled_share
from formflow.reading.scan.ruling import Ruling

# The share of each side of a cell along which a rule runs: on intact print all of it, whatever the scanner. How far off it may lean, pixels.
_RULED, _REACH = 0.9, 6
# How far the end of a rule outside of a cell may seem to reach into it.
_END = round(2 * MM)
# Of the cells of a table: when so many are doubtful, all are.
_MOST = 0.25


def doubtful_areas(tables: list[RuledTable], ruling: Ruling) -> list[Area]:
    """The cells with a side that no rule draws, with their neighbours in the same rows (a label's answer stands there); where that is a good
    part of a table, or its grid has holes, all between its top and bottom."""
    if not tables:
        return []
    lines = closed(ruling)
    page = whole(lines)
    return [area for table in tables for area in _doubtful(table, lines, page)]


def _doubtful(table: RuledTable, lines: Pixels, page: Area) -> Iterator[Area]:
    weak = [cell for cell in table.cells if _weakest_side(cell.area, lines) < _RULED or _is_parted(cell, table, lines)]
    taken = {place for cell in table.cells for place in places_of(cell)}
    if len(taken) < table.rows * table.columns or len(weak) > _MOST * len(table.cells):
        yield Area(page.x0, table.area.y0, page.x1, table.area.y1)
    else:
        yield from (cell.area for cell in table.cells if any(_shares_row(cell, other) for other in weak))


def _shares_row(one: RuledCell, other: RuledCell) -> bool:
    return one.row < other.row + other.row_span and other.row < one.row + one.row_span


def _weakest_side(cell: Area, lines: Pixels) -> float:
    """The least share of a side of a cell along which a rule runs."""
    return min(
        _across(cell, cell.y0, lines),
        _across(cell, cell.y1, lines),
        _down(cell, cell.x0, lines),
        _down(cell, cell.x1, lines),
    )


def _is_parted(cell: RuledCell, table: RuledTable, lines: Pixels) -> bool:
    """Whether the rest of a rule stands between the rows or columns of one cell: it may have been two."""
    area = cell.area
    if min(area.width, area.height) <= 2 * _END:
        return False
    inner = area.grown(-_END, area)
    rests = [
        _across(area, round(y), lines) and _across(inner, round(y), lines)
        for y in table.across[cell.row + 1 : cell.row + cell.row_span]
    ]
    rests += [
        _down(area, round(x), lines) and _down(inner, round(x), lines)
        for x in table.down[cell.column + 1 : cell.column + cell.column_span]
    ]
    return any(rests)


def _across(cell: Area, y: int, lines: Pixels) -> float:
    """Along how much of a cell's width a rule runs at a height."""
    return ruled_share(lines[max(0, y - _REACH) : y + _REACH + 1, cell.x0 : cell.x1], 0)


def _down(cell: Area, x: int, lines: Pixels) -> float:
    return ruled_share(lines[cell.y0 : cell.y1, max(0, x - _REACH) : x + _REACH + 1], 1)
