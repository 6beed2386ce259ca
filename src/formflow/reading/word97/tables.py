"""Paragraphs that say how deep in tables they stand, and where cells and rows end → w:tbl elements, tables in cells included.

In a Word 97 file a table is no thing of its own: it is a stretch of paragraphs. Rows say where their cells' edges are; the grid they share
is worked out here, edges a hair apart being taken as one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from formflow.reading.refusals import refuse
from formflow.reading.word97.looks import ParagraphLook
from formflow.reading.word97.rows import RowCell, row_cells
from formflow.reading.word97.trouble import Unfamiliar
from formflow.reading.word97.xml import value, wrapped

# Edges closer than that (twentieths of a point, 0.7 mm) are one: rows are drawn by hand.
_HAIR = 40
_DEEPEST = 64
_BROKEN = "表格的结构不完整"
_EMPTY = "<w:p/>"


@dataclass(frozen=True, slots=True)
class _Row:
    cells: Sequence[RowCell]
    contents: Sequence[str]
    is_deleted: bool


@dataclass(slots=True)
class _Open:
    """A table that is being read: its rows, the cells of the row begun, the blocks of the cell begun; and whether something in the row is
    deleted, and something not."""

    rows: list[_Row] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)
    has_deletions: bool = False
    is_alive: bool = False


class Blocks:
    """Takes paragraphs in order, gives the blocks they make."""

    def __init__(self) -> None:
        self._body: list[str] = []
        self._open: list[_Open] = []

    def add(self, paragraph: str, look: ParagraphLook, *, has_deletions: bool = False, is_alive: bool = True) -> None:
        """The next paragraph, as XML; whether something in it is deleted, and whether it says anything that is not. Raises `UnreadableError`
        where cells and rows do not come out even: what belongs to which would be a guess."""
        if look.depth > _DEEPEST:
            raise Unfamiliar("tables too deep")
        self._come_to(look.depth)
        if not self._open:
            if look.ends_cell or look.ends_row:
                raise refuse("damaged", _BROKEN)
            self._body.append(paragraph)
            return
        for one in self._open:
            one.has_deletions |= has_deletions
            one.is_alive |= is_alive
        table = self._open[-1]
        if look.ends_row:
            self._end_row(table, look)
            return
        table.blocks.append(paragraph)
        if look.ends_cell:
            table.cells.append("".join(table.blocks))
            table.blocks = []

    def done(self) -> str:
        """All blocks, once the last paragraph is in."""
        self._come_to(0)
        return "".join(self._body)

    def _end_row(self, table: _Open, look: ParagraphLook) -> None:
        cells = row_cells(look.table)
        if table.blocks or len(cells) != len(table.cells):
            raise refuse("damaged", _BROKEN)
        # Marks of deleted rows are not marked alike by all programs: a row is gone when all that it said is.
        is_deleted = table.has_deletions and not table.is_alive
        table.rows.append(_Row(cells, table.cells, is_deleted))
        table.cells, table.has_deletions, table.is_alive = [], False, False

    def _come_to(self, depth: int) -> None:
        while len(self._open) > depth:
            table = self._open.pop()
            if table.cells or table.blocks:
                raise refuse("damaged", _BROKEN)
            blocks = self._open[-1].blocks if self._open else self._body
            blocks.append(_table(table.rows))
        while len(self._open) < depth:
            self._open.append(_Open())


def _table(rows: Sequence[_Row]) -> str:
    edges = _edges(rows)
    return wrapped("tbl", "".join(_row(row, edges) for row in rows))


def _edges(rows: Sequence[_Row]) -> list[int]:
    """The edges of the grid all rows share; of edges a hair apart the first, unless a cell would vanish."""
    every = sorted({edge for row in rows for cell in row.cells for edge in (cell.left, cell.right)})
    few: list[int] = []
    for edge in every:
        if not few or edge - few[-1] > _HAIR:
            few.append(edge)
    vanishes = any(_at(few, cell.left) == _at(few, cell.right) for row in rows for cell in row.cells)
    return every if vanishes else few


def _at(edges: Sequence[int], place: int) -> int:
    return bisect_right(edges, place) - 1


def _row(row: _Row, edges: Sequence[int]) -> str:
    before = _at(edges, row.cells[0].left)
    properties = (value("gridBefore", before) if before else "") + ("<w:del/>" if row.is_deleted else "")
    return f"<w:tr>{wrapped('trPr', properties)}{''.join(_cells(row, edges))}</w:tr>"


def _cells(row: _Row, edges: Sequence[int]) -> Iterator[str]:
    for at, (cell, content) in enumerate(zip(row.cells, row.contents, strict=True)):
        if cell.is_covered and at:
            continue
        right = cell.right
        for after in row.cells[at + 1 :]:
            if not after.is_covered:
                break
            right = after.right
        span = _at(edges, right) - _at(edges, cell.left)
        properties = (value("gridSpan", span) if span > 1 else "") + (value("vMerge", cell.down) if cell.down else "")
        yield f"<w:tc>{wrapped('tcPr', properties)}{content or _EMPTY}</w:tc>"
