"""A w:tbl → its true grid: which cell covers which rows and columns.

Spans (w:gridSpan), both kinds of merging (w:vMerge, w:hMerge), offsets (w:gridBefore) and tracked changes of rows and cells are
resolved; each cell comes out once, at its top left. Rows need not add up. What is in the cells is not looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from formflow.model.quick import maker
from formflow.reading import names as n
from formflow.reading.content import Mute
from formflow.reading.markup import Markup


@dataclass(slots=True)
class Placed:
    """A cell of the grid, 0-based; the spans grow while the rows below are laid out. `own_span` is what its first row gave it."""

    row: int
    column: int
    row_span: int
    column_span: int
    own_span: int
    element: etree._Element
    mute: Mute


@dataclass(frozen=True, slots=True)
class _CellFacts:
    """A cell's own word on how it stands. Merges: None, "restart" or "continue"."""

    span: int = 1
    vertical: str | None = None
    horizontal: str | None = None
    is_deleted: bool = False


_facts = maker(_CellFacts)


class Grid:
    """The layout of one table: `rows`, `columns`, and the cells in row-major order."""

    def __init__(self, table: etree._Element, markup: Markup, max_columns: int) -> None:
        self.rows = 0
        self.columns = 0
        self.cells: list[Placed] = []
        self._markup, self._max_columns = markup, max_columns
        # Cells that the row below may continue, by column.
        self._open: dict[int, Placed] = {}
        for row, mute in markup.content(table):
            if row.tag == n.TR:
                self._row(row, mute)

    def _row(self, row: etree._Element, mute: Mute) -> None:
        said = self._markup.properties(row)
        before, is_deleted = _row_facts(said) if said else (0, False)
        if is_deleted:
            return
        column = min(before, self._max_columns)
        still_open: dict[int, Placed] = {}
        left: Placed | None = None
        for element, cell_mute in self._markup.content(row, mute):
            if element.tag != n.TC:
                continue
            properties = self._markup.properties(element)
            if not properties:
                left = Placed(self.rows, column, 1, 1, 1, element, cell_mute)
                self.cells.append(left)
                column += 1
                continue
            facts = _cell_facts(properties)
            if facts.is_deleted:
                continue
            span = min(facts.span, self._max_columns)
            if facts.horizontal == "continue" and left is not None:
                # Below the first row of a merge both ways, the cell above has already taken the columns.
                if left.row == self.rows:
                    left.column_span += span
            else:
                left = self._place(element, cell_mute, facts, column, span)
                if facts.vertical is not None:
                    still_open[column] = left
            column += span
        self._open = still_open
        self.columns = max(self.columns, column)
        self.rows += 1

    def _place(self, element: etree._Element, mute: Mute, facts: _CellFacts, column: int, span: int) -> Placed:
        """The cell above if this one continues it, else a new one. One that continues nothing stands for itself."""
        above = self._open.get(column)
        if facts.vertical == "continue" and above is not None and above.own_span == span:
            above.row_span = self.rows - above.row + 1
            return above
        placed = Placed(self.rows, column, 1, span, span, element, mute)
        self.cells.append(placed)
        return placed


def _row_facts(properties: Sequence[etree._Element]) -> tuple[int, bool]:
    """(grid columns left out before the first cell, whether the row is deleted)."""
    before, is_deleted = 0, False
    for child in properties:
        if child.tag == n.DEL:
            is_deleted = True
        elif child.tag == n.GRID_BEFORE:
            before = max(0, n.number(child.get(n.VAL)))
    return before, is_deleted


def _cell_facts(properties: Sequence[etree._Element]) -> _CellFacts:
    span, vertical, horizontal, is_deleted = 1, None, None, False
    for child in properties:
        tag = child.tag
        if tag == n.GRID_SPAN:
            span = max(1, n.number(child.get(n.VAL), 1))
        elif tag == n.V_MERGE:
            vertical = _merge(child)
        elif tag == n.H_MERGE:
            horizontal = _merge(child)
        elif tag == n.CELL_DEL:
            is_deleted = True
        elif tag == n.CELL_MERGE:
            # A tracked merge says how the cell is merged once accepted: "cont" or "rest".
            vertical = "continue" if child.get(n.V_MERGE) == "cont" else "restart"
    return _facts(span, vertical, horizontal, is_deleted)


def _merge(element: etree._Element) -> str:
    return "restart" if element.get(n.VAL) == "restart" else "continue"
