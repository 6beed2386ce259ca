"""The rows of a repeating block: which rows of which tables belong to it, and which cell stands under which head.

Comes in: the ground and the hit of the heads. Goes out: rows of text by column. Clerks add rows by hand, so a row's grid need not be the
heads'; a block goes on in the next table where a page or a year parts it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from formflow.forms.candidates import Hit
from formflow.forms.grid import Grid
from formflow.forms.layout import Unit
from formflow.forms.printed import bare_label
from formflow.forms.regions import Ground
from formflow.model.document import Cell, Locator, Table
from formflow.model.period import arabic
from formflow.model.programme import Field
from formflow.model.text import fold, is_blank

# Rows that sum up or comment; their first cell says so.
_SUMS = frozenset(("合计", "总计", "小计", "共计", "累计", "备注", "注", "说明"))
_DATED = re.compile(r"\d{4}|\d月")
# A line between two tables of one block: 续表, 2022年度.
_LONGEST_LINK = 16


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the text under each column's id (None where no cell stands), and its place."""

    texts: dict[str, str | None]
    locator: Locator


def rows_under(ground: Ground, hit: Hit) -> Iterator[Row]:
    """The rows under the heads of a block, those of following tables that carry it on included; empty and summing rows too are left out."""
    table = ground.sheet.units[hit.unit].table
    if table is None:
        return
    heads = _Heads(hit, table)
    first = _bottom(hit)
    yield from _rows(ground, table, first, heads)
    if not _is_cut(ground, table, first):
        for later in _tables_that_follow(ground, table):
            yield from _rows(ground, later, 0, heads)


def rows_without_heads(ground: Ground, heading: Hit, field: Field) -> Iterator[Row]:
    """Rows under a block's heading where nobody printed the heads: rows of as many cells as the block has columns."""
    unit = ground.sheet.units[heading.unit]
    ids = [column.id for column in field.columns]
    tables = [(unit.table, unit.cell.row + unit.cell.row_span)] if unit.table and unit.cell else []
    tables += [(table, 0) for table in _tables_that_follow(ground, unit.table, unit.index)]
    is_first = True
    for table, first in tables:
        for row, cells in _open_rows(ground, table, first):
            if len(cells) != len(ids) or _says_nothing(cells):
                continue
            # Heads in words of the office's own say no time and no number.
            is_head = is_first and not any(re.search(r"\d", arabic(cell.text)) for cell in cells)
            is_first = False
            if not is_head:
                yield Row(dict(zip(ids, (cell.text for cell in cells), strict=True)), _place(cells, row, table))


class _Heads:
    """The heads of a block: which cell of a row stands under which."""

    def __init__(self, hit: Hit, table: Table) -> None:
        self.columns = hit.cells
        self._across = [
            cell for cell in Grid(table).row(_bottom(hit) - 1) if cell.column >= min(c.column for _, c in hit.cells)
        ]
        self._words = {bare_label(cell.text) for _, cell in hit.cells}

    def is_repeated_in(self, cells: list[Cell]) -> bool:
        return {bare_label(cell.text) for cell in cells if fold(cell.text)} <= self._words

    def texts(self, cells: list[Cell]) -> dict[str, str | None]:
        """By column id; two columns of one id are joined, times (开始时间, 结束时间) by a dash."""
        cells = [cell for cell in cells if cell.column + cell.column_span > self._across[0].column]
        under = self._by_place(cells) if len(cells) != len(self._across) else None
        if under is None:
            under = dict(zip((id(head) for head in self._across), ([cell] for cell in cells), strict=False))
        texts: dict[str, str | None] = {}
        for column, head in self.columns:
            # A head may stand over several heads of the row below it.
            found = [
                cell
                for leaf in self._across
                if leaf is head or _overlap(leaf, head)
                for cell in under.get(id(leaf), ())
            ]
            text = "\n".join(cell.text for cell in found) if found else None
            earlier = texts.get(column)
            joint = "—" if _DATED.search(f"{earlier}{text}") else "、"
            texts[column] = f"{earlier}{joint}{text}" if earlier and text and fold(text) else earlier or text
        return texts

    def _by_place(self, cells: list[Cell]) -> dict[int, list[Cell]] | None:
        """Each cell under the head it overlaps most; None if two filled cells fall under one head while another has none."""
        under: dict[int, list[Cell]] = {}
        for cell in cells:
            head = max(self._across, key=lambda head: _overlap(cell, head))
            if _overlap(cell, head):
                under.setdefault(id(head), []).append(cell)
        is_crowded = any(sum(1 for cell in found if fold(cell.text)) > 1 for found in under.values())
        has_gap = any(not any(fold(cell.text) for cell in under.get(id(head), ())) for head in self._across)
        return None if is_crowded and has_gap else under


def _bottom(hit: Hit) -> int:
    """The row under the heads."""
    return max(cell.row + cell.row_span for _, cell in hit.cells)


def _overlap(one: Cell, other: Cell) -> int:
    return (
        min(one.column + one.column_span, other.column + other.column_span) - max(one.column, other.column)
        if (one.column < other.column + other.column_span and other.column < one.column + one.column_span)
        else 0
    )


def _rows(ground: Ground, table: Table, first: int, heads: _Heads) -> Iterator[Row]:
    for row, cells in _open_rows(ground, table, first):
        if len(cells) > 1 and not _says_nothing(cells) and not heads.is_repeated_in(cells):
            yield Row(heads.texts(cells), _place(cells, row, table))


def _open_rows(ground: Ground, table: Table, first: int) -> Iterator[tuple[int, list[Cell]]]:
    """The rows of a table from `first` up to one in which a label or heading begins."""
    grid = Grid(table)
    for row in range(first, table.rows):
        cells = grid.row(row)
        if any(cell.row == row and ground.is_labelled(cell) for cell in cells):
            return
        yield row, [cell for cell in cells if not ground.is_labelled(cell)]


def _is_cut(ground: Ground, table: Table, first: int) -> bool:
    """Whether a label ends the block inside its table."""
    return sum(1 for _ in _open_rows(ground, table, first)) < table.rows - first


def _says_nothing(cells: list[Cell]) -> bool:
    return all(is_blank(cell.text) for cell in cells) or fold(cells[0].text).rstrip(":") in _SUMS


def _place(cells: list[Cell], row: int, table: Table) -> Locator:
    return next((cell.locator for cell in cells if cell.row == row), table.locator)


def _tables_that_follow(ground: Ground, table: Table | None, after: int = -1) -> Iterator[Table]:
    """Top-level tables behind one, up to the first label outside of them; short lines between them are passed over."""
    seen = {id(table)}
    units = ground.sheet.units
    start = max((unit.index for unit in units if table is not None and unit.table is table), default=after)
    for unit in units[start + 1 :]:
        if unit.table is None:
            if ground.is_stop(unit) or len(unit.folded) > _LONGEST_LINK:
                return
        elif id(unit.table) not in seen and len(unit.cells) == 1:
            seen.add(id(unit.table))
            yield unit.table
            if _has_label(ground, unit.table, units):
                return


def _has_label(ground: Ground, table: Table, units: tuple[Unit, ...]) -> bool:
    return any(ground.is_stop(unit) for unit in units if unit.table is table)
