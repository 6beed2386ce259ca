"""Repeating blocks of a blank's table: a row of heads with rows to be filled under it, or heads alone where rows are added by hand.

Comes in: a table. Goes out: the block that begins at a row. One row of heads or several levels (a head over heads); rows may be numbered or
begin with a printed item.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from formflow.forms.places import is_label, is_numbered, is_place
from formflow.model.document import Cell, Table
from formflow.model.text import fold, is_blank

# A first column of numbers or of 合计 says that the rows are a list.
_COUNTS = re.compile(r"^(?:\(?[0-9一二三四五六七八九十]{1,3}[).,]*|合计|总计|小计|共计|\.+|…+)$")
_MOST_LEVELS = 3
_LIST_HEADS = frozenset(("序号", "编号", "备注", "项次", "年度", "起止时间", "起止年月"))


@dataclass(frozen=True, slots=True)
class Block:
    """`heads` are the cells the columns stand under, `labels` their printed words ("上级-下级" where heads stand over heads), `first` the row
    under them, `rows` how many rows the blank prints."""

    heads: tuple[Cell, ...]
    labels: tuple[str, ...]
    first: int
    rows: int


class Rows:
    """The cells that begin in each row of a table."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._rows: dict[int, list[Cell]] = {}
        for cell in table.cells:
            self._rows.setdefault(cell.row, []).append(cell)

    def __getitem__(self, row: int) -> list[Cell]:
        return self._rows.get(row, [])

    def is_heading(self, row: int) -> bool:
        """Whether one filled cell takes the row's whole width."""
        cells = self[row]
        return len(cells) == 1 and cells[0].column_span == self.table.columns and not is_blank(cells[0].text)


def block_at(rows: Rows, row: int) -> Block | None:
    """The block whose heads begin in a row, behind labels that reach down beside it."""
    cells = rows[row]
    for skipped in range(len(cells) - 1):
        if any(cell.row_span == 1 for cell in cells[:skipped]):
            return None
        block = _block(rows, cells[skipped:])
        if block and _is_list(rows, row, block, beside_label=skipped > 0):
            return block
    return None


def layered_heads(rows: Rows, row: int) -> tuple[tuple[Cell, ...], tuple[str, ...]] | None:
    """The lowest heads and their words where heads stand over heads from a row on, labels beside them left out; else None."""
    cells = rows[row]
    if not (any(c.row_span > 1 for c in cells) or len(cells) > 1) or not any(c.column_span > 1 for c in cells):
        return None
    tall = max(cell.row_span for cell in cells)
    for skipped in range(len(cells)):
        tops = cells[skipped:]
        found = heads_of(rows, tops) if max(c.row_span for c in tops) <= min(tall, _MOST_LEVELS) else None
        if found and any("-" in label for label in found[1]):
            return found
    return None


def open_rows_under(rows: Rows, leaves: tuple[Cell, ...]) -> range:
    """The rows under heads that the blank leaves to be filled."""
    first = last = max(leaf.row + leaf.row_span for leaf in leaves)
    while last < rows.table.rows and _is_open(rows[last], leaves):
        last += 1
    return range(first, last)


def is_count(text: str) -> bool:
    """Whether a cell only numbers its row."""
    return bool(_COUNTS.match(fold(text)))


def composite(parents: list[Cell], leaf: Cell) -> str:
    """A head's words with those of the heads over it."""
    words = [re.sub(r"\s+", "", cell.text) for cell in (*parents, leaf)]
    return "-".join(dict.fromkeys(word for word in words if word))


def heads_of(rows: Rows, tops: list[Cell]) -> tuple[tuple[Cell, ...], tuple[str, ...]] | None:
    """The lowest heads under (or among) a row of top heads, and their words; None if they do not tile the same columns."""
    bottom = max(cell.row + cell.row_span for cell in tops)
    if bottom - tops[0].row > _MOST_LEVELS:
        return None
    left, right = tops[0].column, tops[-1].column + tops[-1].column_span
    band = [
        *tops,
        *(cell for row in range(tops[0].row + 1, bottom) for cell in rows[row] if left <= cell.column < right),
    ]
    leaves = sorted((cell for cell in band if cell.row + cell.row_span == bottom), key=lambda cell: cell.column)
    if [cell.column for cell in leaves] != _tiles(leaves, left) or sum(c.column_span for c in leaves) != right - left:
        return None
    if any(
        is_blank(leaf.text) and any(_is_over(p, leaf) and p.column_span == leaf.column_span for p in band)
        for leaf in leaves
    ):
        return None  # an empty cell under a head of its own width is a place to write, no head
    labels = tuple(composite([p for p in band if p is not leaf and _is_over(p, leaf)], leaf) for leaf in leaves)
    return tuple(leaves), labels


def _tiles(cells: list[Cell], left: int) -> list[int]:
    columns = []
    for cell in cells:
        columns.append(left)
        left += cell.column_span
    return columns


def _is_over(upper: Cell, lower: Cell) -> bool:
    return (
        upper.row < lower.row
        and upper.column <= lower.column
        and lower.column + lower.column_span <= upper.column + upper.column_span
    )


def _block(rows: Rows, tops: list[Cell]) -> Block | None:
    if len(tops) < 2 or not all(is_label(cell.text) for cell in tops):
        return None
    found = heads_of(rows, tops)
    if found is None or not all(found[1]):
        return None
    leaves, labels = found
    if any(not is_blank(leaf.text) and not is_label(leaf.text) for leaf in leaves):
        return None
    under = open_rows_under(rows, leaves)
    return Block(leaves, labels, under.start, len(under))


def _is_open(cells: list[Cell], leaves: tuple[Cell, ...]) -> bool:
    """Whether a row is parted as the heads are and left to be filled, but for a number or an item at its beginning."""
    if [cell.column for cell in cells] != [leaf.column for leaf in leaves]:
        return False
    begins = cells[0].text
    # "一 在建项目 …": a number with the kind of rows that follow.
    printed = 2 if len(leaves) > 4 and _COUNTS.match(fold(begins)) else 1
    if any(cell.row_span > 1 for cell in cells) or not all(is_place(cell.text) for cell in cells[printed:]):
        return False
    return is_place(begins) or bool(_COUNTS.match(fold(begins))) or (len(leaves) > 2 and is_label(begins))


def _is_list(rows: Rows, row: int, block: Block, *, beside_label: bool) -> bool:
    """Whether the rows under heads repeat. One empty row under labels is their answers rather than a list, unless something says so."""
    above = row > 0 and rows.is_heading(row - 1)
    if block.rows > 1:
        return True
    if block.rows == 0:
        ends = block.first >= rows.table.rows or rows.is_heading(block.first)
        return ends and not beside_label and (len(block.heads) > 2 or above)
    first = rows[block.first][0].text
    says_list = any(fold(label) in _LIST_HEADS for label in block.labels) or not is_place(first)
    is_whole = row <= 1 and block.first + 1 == rows.table.rows
    return says_list or is_whole or (above and is_numbered(rows[row - 1][0].text))
