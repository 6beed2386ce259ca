"""Text that stands in a file and may not count: struck out, or in rows and columns that are hidden.

Whether it was taken back nobody can tell but who wrote it. It is read, and is as unsure as what was recognised badly: everything that
follows from it is put before a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from formflow.model.document import Cell, Paragraph

# Of a paragraph with such text: far below what is taken without a look.
UNSETTLED = 0.5
STRUCK_OUT = "有的文字划了删除线，可能已经作废：仍按原文读取，一律请人核对"


@dataclass(frozen=True, slots=True)
class Unsettled:
    """What of a sheet is unsettled: rows and columns that are hidden, as (first, last), cells with struck-out text; all 0-based."""

    rows: tuple[tuple[int, int], ...] = ()
    columns: tuple[tuple[int, int], ...] = ()
    cells: frozenset[tuple[int, int]] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.rows or self.columns or self.cells)

    @property
    def is_hidden_in_part(self) -> bool:
        return bool(self.rows or self.columns)

    def marked(self, cells: Sequence[Cell | None]) -> list[Cell | None]:
        """The cells of the sheet, their text unsure where it is unsettled."""
        return [cell if cell is None or not self._holds(cell) else _unsure(cell) for cell in cells]

    def _holds(self, cell: Cell) -> bool:
        """Of a merged cell something is seen while one of its rows and columns is."""
        return (
            (cell.row, cell.column) in self.cells
            or _is_within(self.rows, cell.row, cell.row_span)
            or _is_within(self.columns, cell.column, cell.column_span)
        )


SETTLED = Unsettled()


def _is_within(hidden: Sequence[tuple[int, int]], first: int, count: int) -> bool:
    return all(any(start <= at <= end for start, end in hidden) for at in range(first, first + count))


def _unsure(cell: Cell) -> Cell:
    blocks = tuple(
        replace(block, confidence=UNSETTLED) if isinstance(block, Paragraph) and block.text.strip() else block
        for block in cell.blocks
    )
    return replace(cell, blocks=blocks)
