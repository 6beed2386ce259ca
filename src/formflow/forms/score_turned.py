"""A table with a unit in each row and the criteria as heads, turned so that it reads like any other sheet.

Comes in: a table and a rubric's words. Goes out: the turned table with its columns; None if it is no such table. Places stay the paper's.
"""

from __future__ import annotations

from dataclasses import replace

from formflow.forms.grid import Grid
from formflow.forms.score_heads import Column, Columns, Role, role_of
from formflow.forms.score_labels import label_alone
from formflow.forms.score_names import Kind
from formflow.forms.score_words import Wording
from formflow.model.document import Cell, Table
from formflow.model.text import fold

# Of the criteria this share must stand in one row.
_SHARE = 0.5


def turned(table: Table, wording: Wording) -> tuple[Table, Columns, int] | None:
    """The table from its heads on with rows and columns exchanged, and the row its heads are in: what stands above them is no part of it."""
    grid = Grid(table)
    rows = [[cell for cell in grid.row(at) if cell.row == at] for at in range(table.rows)]
    heads = next((at for at, row in enumerate(rows) if _are_criteria(row, wording)), None)
    if heads is None:
        return None
    head = next((cell for cell in rows[heads] if label_alone(cell) in ("centre_name", "reviewer")), None)
    if head is None:
        return None
    named = head.column
    kind: Kind = "unit" if label_alone(head) == "centre_name" else "reviewer"
    roles: dict[int, Role] = {heads: "content"}
    marks = []
    for at in range(heads + 1, table.rows):
        name = next((cell.text for cell in rows[at] if cell.column == named), "")
        if role_of(name) == "points":
            roles[at] = "points"
        elif fold(name):
            roles[at] = "score"
            marks.append(Column(at, "score", "".join(name.split()), kind))
    columns = Columns(roles, tuple(marks), 0, table.rows)
    return _exchanged(table, named, heads), columns, heads


def _are_criteria(row: list[Cell], wording: Wording) -> bool:
    told = {wording.printed_id(cell.text) or _id_of(cell, wording) for cell in row if fold(cell.text)}
    return len(told - {None}) >= _SHARE * len(wording.ids)


def _id_of(cell: Cell, wording: Wording) -> str | None:
    told = wording.criterion(cell.text)
    return told.id if told else None


def _exchanged(table: Table, named: int, heads: int) -> Table:
    """Without the column of names, which became heads, and the rows above."""
    cells = (
        replace(cell, row=cell.column, column=cell.row, row_span=cell.column_span, column_span=cell.row_span)
        for cell in table.cells
        if cell.column != named and cell.row >= heads
    )
    ordered = tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))
    return Table(table.columns, table.rows, ordered, table.locator)
