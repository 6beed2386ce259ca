"""The tables of a paper as lists: where the heads are, what stands above and between the rows, and the rows by column.

Comes in: a table's grid and the policy's words. Goes out: `Block`s of rows, each text with the cell it stands in. Decides nothing about
what a row means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from formflow.forms.honour_columns import Columns, columns_of, role_of
from formflow.model.document import Cell, Locator, Paragraph, Table
from formflow.model.policy import HonoursPolicy
from formflow.model.text import fold, is_blank

# A row of sums says no more than that it is one; a project's name may begin with the same words (小计划…).
_SUMS = re.compile(
    r"^(?:本页|本表|以上|全部|各项)?(?:合计|总计|小计|共计|累计|总额)(?:$|[^\u4e00-\u9fff]|[一二三四五六七八九十百]+[个项]|[数额]$|金额|资金|经费|人民币|项目(?:数|个数|\d|$)|[已应]?[补付拨])"
    r"|^共\d+[个项]"
)
_NOTE = re.compile(
    r"^(?:备?注|说明|填表说明|填报说明|附注)\d?[:.]|^(?:备注|注|说明)$|^(?:填报|填表|制表|审核|经办|联系|负责|单位负责|报送|复核)[\u4e00-\u9fff]{0,6}:"
)
_LONGEST_HEAD = 24
# Some columns of a table: the first, and how many.
Part = tuple[int, int]
_MOST_HEAD_ROWS = 3
# Words that mean: as in the row above.
_DITTO = frozenset(("同上", '"', "〃", "″", "''"))
# What is less sure is counted, or paid, only when a person has looked.
SURE = 0.9


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in one column of a row. `is_shared`: the cell reaches down from a row above, or says "as above"."""

    text: str
    cell: Cell
    is_shared: bool = False

    @property
    def confidence(self) -> float:
        paragraphs = (block for block in self.cell.blocks if isinstance(block, Paragraph) and block.text.strip())
        return min((paragraph.confidence for paragraph in paragraphs), default=1.0)

    @property
    def is_surely_empty(self) -> bool:
        """Whether nothing stands there, and not merely nothing that could be read (an error of a formula)."""
        lines = (block for block in self.cell.blocks if isinstance(block, Paragraph))
        return is_blank(self.text) and all(line.confidence == 1 for line in lines)


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row: its entries by column index, and the heading inside the table it stands under ("" if none)."""

    entries: Mapping[int, Entry]
    heading: str
    locator: Locator


@dataclass(frozen=True, slots=True)
class Block:
    """Rows under one row of heads. `above` are the lines over the heads, `notes` those among and below the rows, `heads` the
    words over each column ("" where there are none), `part` the columns of the table it stands in, if others stand beside it."""

    table: Table
    columns: Columns
    rows: tuple[ListRow, ...]
    above: tuple[str, ...]
    notes: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    part: Part | None = None


@dataclass(slots=True)
class _Grid:
    """A table's cells by row and column, merged cells at each place they cover."""

    table: Table
    places: dict[tuple[int, int], Cell] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for cell in self.table.cells:
            for row in range(cell.row, cell.row + cell.row_span):
                for column in range(cell.column, cell.column + cell.column_span):
                    self.places[row, column] = cell

    def row(self, row: int) -> dict[int, Cell]:
        """The cells of a row, each at its first column."""
        found = ((column, self.places.get((row, column))) for column in range(self.table.columns))
        return {column: cell for column, cell in found if cell is not None and cell.column == column}


def blocks_in(table: Table, policy: HonoursPolicy, carried: tuple[Block, ...] = ()) -> tuple[Block, ...]:
    """The lists in a table; none if no row of it heads one. `carried` are the last lists (see `going_on`) of a table before it, of the
    same width, that go on in this one without heads of their own. A list lying on its side is turned; lists side by side are read
    one by one."""
    found = _blocks(_Grid(table), policy) or _carried_on(table, carried)
    parts = _side_by_side(table, found)
    if parts:
        found = tuple(
            replace(block, part=part) for part in parts for block in _blocks(_Grid(_columns_of(table, part)), policy)
        )
    found = found or _blocks(_Grid(_turned(table)), policy)
    return tuple(replace(block, table=table) for block in found)


def going_on(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Of a table's lists those that a table behind it may go on with: the last, or all that stand side by side."""
    return blocks if blocks and blocks[-1].part else blocks[-1:]


def _carried_on(table: Table, carried: tuple[Block, ...]) -> tuple[Block, ...]:
    found = []
    for block in carried:
        grid = _Grid(_columns_of(table, block.part) if block.part else table)
        rows, notes = _rows(grid, 0, table.rows, block.columns)
        if rows:
            found.append(Block(table, block.columns, rows, (), notes, part=block.part))
    return tuple(found)


def _side_by_side(table: Table, blocks: tuple[Block, ...]) -> list[Part]:
    """The parts of a table whose heads say the same several times from left to right; none if they do not."""
    if len(blocks) != 1 or not blocks[0].heads:
        return []
    heads = [fold(head) for head in blocks[0].heads]
    project = fold(blocks[0].columns.by_role["project"].head)
    starts = [column for column, head in enumerate(heads) if head == project]
    first = next(column for column, head in enumerate(heads) if head)
    if len(starts) < 2:
        return []
    width = starts[1] - starts[0]
    edges = range(first, len(heads), width)
    parts = [[head for head in heads[edge : edge + width] if head] for edge in edges]
    if len(parts) != len(starts) or any(part != parts[0] for part in parts):
        return []
    return [(edge, width) for edge in edges]


def _columns_of(table: Table, part: Part) -> Table:
    """Some columns of a table as one of its own; a cell that reaches in from outside is cut."""
    first, width = part
    cells = []
    for cell in table.cells:
        start, end = max(cell.column, first), min(cell.column + cell.column_span, first + width)
        if start < end:
            cells.append(replace(cell, column=start - first, column_span=end - start))
    return replace(table, columns=width, cells=tuple(cells))


def _blocks(grid: _Grid, policy: HonoursPolicy) -> tuple[Block, ...]:
    starts = list(_heads(grid, policy))
    blocks = []
    for number, (first, bottom, columns) in enumerate(starts):
        heads = tuple(_head_texts(grid, first, bottom))
        end = starts[number + 1][0] if number + 1 < len(starts) else grid.table.rows
        above = _lines(grid, starts[number - 1][1] if number else 0, first)
        rows, notes = _rows(grid, bottom, end, columns)
        blocks.append(Block(grid.table, columns, rows, above if number == 0 else above[-2:], notes, heads))
    return tuple(blocks)


def _heads(grid: _Grid, policy: HonoursPolicy) -> Iterator[tuple[int, int, Columns]]:
    """Each run of rows that heads a list: its first row, the row under it, its columns. The same heads again are passed over."""
    row, seen = 0, None
    while row < grid.table.rows:
        found = _head_at(grid, row, policy)
        if found is None:
            row += 1
            continue
        bottom, columns = found
        heads = _head_texts(grid, row, bottom)
        if heads != seen:
            yield row, bottom, columns
        row, seen = bottom, heads


def _head_at(grid: _Grid, row: int, policy: HonoursPolicy) -> tuple[int, Columns] | None:
    cells = [cell for cell in grid.row(row).values() if fold(cell.text)]
    if len(cells) < 2 or any(len(fold(cell.text)) > _LONGEST_HEAD for cell in cells):
        return None
    if any(cell.row < row for cell in cells) or not any(role_of(cell.text)[0] == "project" for cell in cells):
        return None
    bottom = min(max(cell.row + cell.row_span for cell in cells), row + _MOST_HEAD_ROWS, grid.table.rows)
    if bottom == row + 1 and _has_subheads(grid, row):
        bottom += 1
    columns = columns_of(_head_texts(grid, row, bottom), policy)
    known = {role for role in columns.by_role if role not in ("other", "number", "status")}
    if "project" not in columns or (len(known) < 2 and not columns.by_level and "number" not in columns):
        return None
    return bottom, columns


def _has_subheads(grid: _Grid, row: int) -> bool:
    """Whether a head reaches over several columns in which the next row names heads of their own."""
    wide = [cell for cell in grid.row(row).values() if 1 < cell.column_span < grid.table.columns and fold(cell.text)]
    below = [
        grid.places.get((row + 1, column))
        for cell in wide
        for column in range(cell.column, cell.column + cell.column_span)
    ]
    texts = [fold(cell.text) for cell in below if cell is not None]
    return bool(wide) and all(texts) and not any(re.search(r"\d", text) or len(text) > _LONGEST_HEAD for text in texts)


def _head_texts(grid: _Grid, first: int, bottom: int) -> list[str]:
    """By column the words of its heads, those above first; a head over several columns is said for each."""
    heads = []
    for column in range(grid.table.columns):
        cells = dict.fromkeys(grid.places.get((row, column)) for row in range(first, bottom))
        own = [cell for cell in cells if cell is not None]
        # A head over columns without heads of their own is that of the first of them.
        if own and all(cell.column_span > 1 and cell.column < column for cell in own):
            own = []
        heads.append("".join(fold(cell.text) if len(own) > 1 else cell.text for cell in own))
    return heads


def _lines(grid: _Grid, first: int, end: int) -> tuple[str, ...]:
    """What stands in rows that are no list: titles, notes, each cell a line."""
    return tuple(
        cell.text for row in range(first, end) for cell in grid.row(row).values() if cell.row == row and fold(cell.text)
    )


def _rows(grid: _Grid, first: int, end: int, columns: Columns) -> tuple[tuple[ListRow, ...], tuple[str, ...]]:
    """The rows of a list, and the lines among them that are none (notes, remarks below)."""
    rows: list[ListRow] = []
    notes: list[str] = []
    heading = ""
    for row in range(first, end):
        cells = grid.row(row)
        filled = [cell for cell in cells.values() if not is_blank(cell.text)]
        if not filled or _is_sum(filled) or _repeats_heads(cells, columns):
            continue
        if (line := _line(filled, columns, grid)) is not None:
            if _NOTE.match(fold(line)):
                notes.append(line)
            else:
                heading = line
            continue
        entries = _entries(grid, row, rows[-1] if rows else None)
        rows.append(ListRow(entries, heading, _place(cells.values(), row, grid)))
    return tuple(rows), tuple(notes)


def _is_sum(filled: list[Cell]) -> bool:
    return any(_SUMS.match(fold(cell.text)) and len(fold(cell.text)) <= 12 for cell in filled[:2])


def _repeats_heads(cells: Mapping[int, Cell], columns: Columns) -> bool:
    project = columns.by_role["project"]
    cell = cells.get(project.index)
    return cell is not None and fold(cell.text) == fold(project.head)


def _line(filled: list[Cell], columns: Columns, grid: _Grid) -> str | None:
    """The text of a row that is a heading or a note and no entry: one cell alone, over most of the row or outside of the project's
    column; or a note's beginning."""
    first = filled[0]
    if _NOTE.match(fold(first.text)):
        return " ".join(cell.text for cell in filled)
    if len(filled) > 1:
        return None
    is_project = first.column == columns.by_role["project"].index and first.column_span == 1
    is_wide = first.column_span * 2 > grid.table.columns and first.column_span > 1
    return first.text if is_wide or not is_project else None


def _entries(grid: _Grid, row: int, before: ListRow | None) -> dict[int, Entry]:
    entries: dict[int, Entry] = {}
    for column in range(grid.table.columns):
        cell = grid.places.get((row, column))
        if cell is None or (cell.column != column and cell.column_span > 1):
            continue
        above = before.entries.get(column) if before else None
        if above and fold(cell.text) in _DITTO:
            entries[column] = replace(above, is_shared=True)
        else:
            entries[column] = Entry(cell.text, cell, is_shared=cell.row < row)
    return entries


def _place(cells: Iterator[Cell] | object, row: int, grid: _Grid) -> Locator:
    own = (cell.locator for cell in grid.row(row).values() if cell.row == row)
    return next(own, grid.table.locator)


def _turned(table: Table) -> Table:
    """The table with rows for columns."""
    cells = (
        replace(c, row=c.column, column=c.row, row_span=c.column_span, column_span=c.row_span) for c in table.cells
    )
    return Table(table.columns, table.rows, tuple(sorted(cells, key=lambda c: (c.row, c.column))), table.locator)
