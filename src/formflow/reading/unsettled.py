"""Text that stands in a file and may not count: struck out, or in rows and columns that are hidden.

Whether it was taken back nobody can tell but who wrote it. It is read, and is as unsure as what was recognised badly: everything that
follows from it is put before a person.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from formflow.model.document import Cell, Paragraph

# Of a paragraph with such text: far below what is taken without a look.
UNSETTLED = 0.5
STRUCK_OUT = "有的文字划了删除线，可能已经作废：仍按原文读取，一律请人核对"


@dataclass(frozen=True, slots=True)
class Unsettled:
    """What of a sheet is unsettled: rows and columns that are hidden, as (first, last) in their order and apart (see `stretches`), cells with
    struck-out text; all 0-based."""

    rows: tuple[tuple[int, int], ...] = ()
    columns: tuple[tuple[int, int], ...] = ()
    cells: frozenset[tuple[int, int]] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.rows or self.columns or self.cells)

    @property
    def is_hidden_in_part(self) -> bool:
        return bool(self.rows or self.columns)

    def marked(self, cells: Sequence[Cell | None], errors: Iterable[tuple[int, int]]) -> Sequence[Cell | None]:
        """The cells of the sheet, their text unsure where it is unsettled, and unsure that there is none where there is an error."""
        wrong = frozenset(errors)
        if not (self or wrong):
            return cells
        return [cell if cell is None else self._marked(cell, (cell.row, cell.column) in wrong) for cell in cells]

    def _marked(self, cell: Cell, is_error: bool) -> Cell:
        if not (is_error or (cell.text.strip() and self._holds(cell))):
            return cell
        return replace(
            cell,
            blocks=tuple(replace(block, confidence=UNSETTLED) for block in cell.blocks if isinstance(block, Paragraph)),
        )

    def _holds(self, cell: Cell) -> bool:
        """Of a merged cell something is seen while one of its rows and columns is."""
        return (
            (cell.row, cell.column) in self.cells
            or _is_within(self.rows, cell.row, cell.row_span)
            or _is_within(self.columns, cell.column, cell.column_span)
        )


SETTLED = Unsettled()


def _is_within(hidden: Sequence[tuple[int, int]], first: int, count: int) -> bool:
    at = bisect_right(hidden, first, key=lambda stretch: stretch[0]) - 1
    return at >= 0 and hidden[at][1] >= first + count - 1


def stretches(found: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Stretches (first, last) in their order, those that touch as one."""
    joined: list[tuple[int, int]] = []
    for first, last in sorted(found):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = joined[-1][0], max(joined[-1][1], last)
        else:
            joined.append((first, last))
    return tuple(joined)
