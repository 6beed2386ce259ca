"""What stands round a label's cell in its table: the cells beside it, the rows below it, the row it goes on in.

Comes in: a table and a cell of it. Goes out: pieces of text as typed, each with its place and pictures. It stops where the next label stands
and does not decide which of the pieces answer: that is `regions`'.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from formflow.forms.grid import Grid
from formflow.model.document import Cell, Locator, Picture, Table
from formflow.model.text import fold, is_blank

# A row that carries a signature label or a date's printed skeleton.
_SIGNED = re.compile(r"签\s*[名字章]|盖\s*章|负\s*责\s*人|年[\s\d]*月[\s\d]*日|\d{4}[./-]\d{1,2}[./-]\d{1,2}")


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that stands together (a cell, a paragraph, a row as a line), its place and the pictures in it."""

    text: str
    locator: Locator
    pictures: tuple[Picture, ...] = ()


class Neighbours:
    """The surroundings of cells. `is_taken`: whether a label, or a paper behind the form, begins in a cell; `pictures`: those in a cell,
    nested tables included."""

    def __init__(self, is_taken: Callable[[Cell], bool], pictures: Callable[[Cell], tuple[Picture, ...]]) -> None:
        self._is_taken = is_taken
        self._pictures = pictures
        self._grids: dict[int, tuple[Table, Grid]] = {}

    def beside(self, table: Table, label: Cell) -> list[Piece]:
        """The cells right of a label in the rows it spans, up to the next label; an inserted pair (unknown label, value) is left out."""
        pieces: list[Piece] = []
        for cells in self.rows_beside(table, label):
            if len(cells) > 2 and _looks_like_label(cells[1].text) and not is_blank(cells[0].text):
                cells = cells[:1]
            pieces.extend(Piece(cell.text, cell.locator, self._pictures(cell)) for cell in cells)
        return pieces

    def rows_beside(self, table: Table, label: Cell) -> Iterator[list[Cell]]:
        """The cells right of a label, row by row of those it spans, each cell once, up to the next label."""
        seen: set[int] = set()
        grid = self._grid(table)
        for row in range(label.row, min(label.row + label.row_span, table.rows)):
            cells = []
            for cell in grid.row(row):
                if cell.column < label.column + label.column_span or id(cell) in seen:
                    continue
                if self._is_taken(cell):
                    break
                cells.append(cell)
            seen.update(id(cell) for cell in cells)
            if cells:
                yield cells

    def below(self, table: Table, label: Cell) -> list[Piece]:
        """The cells under a label in its columns up to the next label; under a label that spans the table only rows of one cell."""
        grid = self._grid(table)
        left, right = label.column, label.column + label.column_span
        single: list[Piece] = []
        many: list[Piece] = []
        seen: set[int] = set()
        for row in range(label.row + label.row_span, table.rows):
            cells = [cell for cell in grid.row(row) if cell.column < right and cell.column + cell.column_span > left]
            if any(self._is_taken(cell) for cell in grid.row(row)):
                break
            fresh = [cell for cell in cells if id(cell) not in seen]
            seen.update(id(cell) for cell in fresh)
            target = single if len(cells) == 1 else many
            target.extend(Piece(cell.text, cell.locator, self._pictures(cell)) for cell in fresh)
        return single if any(fold(piece.text) for piece in single) else [*single, *many]

    def continued(self, table: Table, label: Cell) -> list[Piece]:
        """An answer that goes on in the next row, whose label is left empty or says 续."""
        pieces: list[Piece] = []
        grid = self._grid(table)
        words = fold(label.text).rstrip(":")
        for row in range(label.row + label.row_span, table.rows):
            cells = grid.row(row)
            heads = [cell for cell in cells if cell.column == label.column and cell.column_span == label.column_span]
            if not heads or any(self._is_taken(cell) for cell in cells):
                break
            head = fold(heads[0].text).rstrip(":")
            if head and head not in (f"{words}(续)", f"{words}续", "(续)", "续"):
                break
            texts = [cell for cell in cells if cell is not heads[0] and cell.row == row]
            if not any(fold(cell.text) for cell in texts):
                break
            pieces.extend(Piece(cell.text, cell.locator, self._pictures(cell)) for cell in texts)
        return pieces

    def lines_below(self, table: Table, label: Cell) -> list[Piece]:
        """The rows under a label's cell up to the next label, each as one line."""
        grid = self._grid(table)
        pieces: list[Piece] = []
        right = label.column + label.column_span
        for row in range(label.row + label.row_span, table.rows):
            cells = [
                c
                for c in grid.row(row)
                if c.row == row and c.column < right and c.column + c.column_span > label.column
            ]
            # A side head that reaches down from above ends nothing.
            if any(self._is_taken(cell) for cell in grid.row(row) if cell.row == row):
                break
            if cells:
                pieces.append(self.as_line(cells))
        return pieces

    def signed_below(self, table: Table, label: Cell) -> list[Piece]:
        """Rows under an opinion that hold its signature or date, up to the next label."""
        grid = self._grid(table)
        pieces: list[Piece] = []
        for row in range(label.row + label.row_span, table.rows):
            cells = [cell for cell in grid.row(row) if cell.row == row]
            if any(self._is_taken(cell) for cell in cells) or not _SIGNED.search("".join(cell.text for cell in cells)):
                break
            pieces.append(self.as_line(cells))
        return pieces

    def as_line(self, cells: list[Cell]) -> Piece:
        """A row's cells as one line: a signature's label, name and date may stand in cells of their own."""
        return Piece(
            "　　".join(cell.text for cell in cells),
            cells[0].locator,
            tuple(p for c in cells for p in self._pictures(c)),
        )

    def _grid(self, table: Table) -> Grid:
        """The table's grid, made once: many labels stand in one table."""
        if id(table) not in self._grids:
            self._grids[id(table)] = (table, Grid(table))
        return self._grids[id(table)][1]


def _looks_like_label(text: str) -> bool:
    words = fold(text)
    return 2 <= len(words.rstrip(":")) <= 8 and not any(character.isdigit() for character in words)
