"""A table's cells row by row, merged cells in every row they reach into. Knows nothing of labels."""

from __future__ import annotations

from formflow.model.document import Cell, Table


class Grid:
    """A table's cells by row, those that reach into a row from above included."""

    def __init__(self, table: Table) -> None:
        self._rows: dict[int, list[Cell]] = {}
        for cell in table.cells:
            for row in range(cell.row, cell.row + cell.row_span):
                self._rows.setdefault(row, []).append(cell)

    def row(self, row: int) -> list[Cell]:
        return sorted(self._rows.get(row, ()), key=lambda cell: cell.column)
