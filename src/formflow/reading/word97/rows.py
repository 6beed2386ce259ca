"""A row of a table as its end mark describes it ([MS-DOC] 2.9.315): where its cells begin and end, and how they are merged.

Modifiers come in, in the order in which they were made; cells with places in twentieths of a point go out. What is in the cells is not
looked at.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass

from formflow.reading.word97 import sprms as s
from formflow.reading.word97.sprms import Sprm

# 2.9.327 TCGRF: the lowest bits tell of merging across, two further ones of merging down.
_MERGE, _CELL = 3, 20
_DOWN_SHIFT = 5
_DOWN, _FIRST_DOWN = 1, 3
_MOST_CELLS = 64


@dataclass(slots=True)
class RowCell:
    """A cell from `left` to `right`. `down`: "restart" or "continue" where it is merged with those below or above, "" where it stands alone;
    `is_covered`: the cell to its left has been merged over it."""

    left: int
    right: int
    down: str = ""
    is_covered: bool = False


def row_cells(modifiers: Iterable[Sprm]) -> list[RowCell]:
    """The cells of a row; none where the row does not say what cells it has."""
    cells: list[RowCell] = []
    for code, operand in modifiers:
        if code == s.T_DEFINITION:
            cells = _defined(operand)
        elif code in _CHANGES and cells and len(operand) >= 2:
            _CHANGES[code](cells, operand)
    return cells


def _defined(operand: bytes) -> list[RowCell]:
    count = min(operand[0], _MOST_CELLS) if operand else 0
    if len(operand) < 1 + 2 * (count + 1):
        return []
    edges = struct.unpack_from(f"<{count + 1}h", operand, 1)
    start = 1 + 2 * (count + 1)
    flags = [_flags(operand, start + at * _CELL) for at in range(count)]
    covered = _covered([flag & _MERGE for flag in flags])
    cells: list[RowCell] = []
    for at in range(count):
        # No cell is without width, nor does one begin before the end of the one before it.
        left = cells[-1].right if cells else edges[0]
        right = max(edges[at + 1], left + 1)
        cells.append(RowCell(left, right, _down(flags[at] >> _DOWN_SHIFT), covered[at]))
    return cells


def _flags(operand: bytes, at: int) -> int:
    """The flags of a cell; a row may describe fewer cells than it has, the others have none."""
    return s.word(operand[at : at + 2])


def _covered(merges: list[int]) -> list[bool]:
    """Which cells have been merged over by the one to their left. What programs write is 1 for the first of merged cells and 2 for the
    others, what [MS-DOC] says is the other way round: either way the first of a run is first, and those unlike it are not."""
    covered, first = [], 0
    for merge in merges:
        is_covered = first != 0 and merge not in (0, first)
        covered.append(is_covered)
        if not is_covered:
            first = merge
    return covered


def _down(flags: int) -> str:
    return {_DOWN: "continue", _FIRST_DOWN: "restart"}.get(flags & _MERGE, "")


def _merge_down(cells: list[RowCell], operand: bytes) -> None:
    at, flags = operand[0], operand[1]
    if at < len(cells):
        cells[at].down = _down(flags)


def _merge(cells: list[RowCell], operand: bytes) -> None:
    for cell in cells[operand[0] + 1 : operand[1]]:
        cell.is_covered = True


def _split(cells: list[RowCell], operand: bytes) -> None:
    for cell in cells[operand[0] : operand[1]]:
        cell.is_covered = False


def _insert(cells: list[RowCell], operand: bytes) -> None:
    first, count, width = struct.unpack("<BBH", operand)
    at = min(first, len(cells))
    left = cells[at].left if at < len(cells) else cells[-1].right
    count = min(count, _MOST_CELLS - len(cells))
    cells[at:at] = [RowCell(left + number * width, left + (number + 1) * width) for number in range(count)]
    _move(cells[at + count :], count * width)


def _delete(cells: list[RowCell], operand: bytes) -> None:
    gone = cells[operand[0] : operand[1]]
    if gone and len(gone) < len(cells):
        del cells[operand[0] : operand[1]]
        _move(cells[operand[0] :], gone[0].left - gone[-1].right)


def _resize(cells: list[RowCell], operand: bytes) -> None:
    first, end, width = struct.unpack("<BBH", operand)
    for at in range(first, min(end, len(cells))):
        change = width - (cells[at].right - cells[at].left)
        cells[at].right += change
        _move(cells[at + 1 :], change)


def _move(cells: list[RowCell], by: int) -> None:
    for cell in cells:
        cell.left += by
        cell.right += by


_CHANGES = {
    s.T_MERGE_DOWN: _merge_down,
    s.T_MERGE: _merge,
    s.T_SPLIT: _split,
    s.T_INSERT: _insert,
    s.T_DELETE: _delete,
    s.T_WIDTH: _resize,
}
