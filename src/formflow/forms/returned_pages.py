"""A page of a workbook of ours that came back: whose it is, by the names above its table, and what stands in the table.

In: a `Table`, and the words our sheets of that kind print. Out: the values beside the names, where each column stands, the lines. What was
decided in a line is for others (`corrections`, `decisions`, `approvals`). Words are taken whole, never folded: these pages are ours.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from formflow.model.case import CASE_NUMBER, case_code
from formflow.model.document import Cell, Table
from formflow.model.text import tidy


@dataclass(frozen=True, slots=True)
class ReturnedLine:
    """One line of the table: its cells by column, and the columns by their headings."""

    columns: Mapping[str, int]
    cells: Mapping[int, Cell]

    def cell(self, heading: str) -> Cell | None:
        column = self.columns.get(heading)
        return self.cells.get(column) if column is not None else None

    def text(self, heading: str) -> str:
        """What stands under a heading; "" where nothing does, or where the page has no such column."""
        cell = self.cell(heading)
        return tidy(cell.text) if cell else ""


@dataclass(frozen=True, slots=True)
class ReturnedPage:
    """`programme_id` and, in the order of their names, the numbers the page says of itself, a 案卷号 as `case_code` has it; the lines under its
    headings, empty ones too."""

    programme_id: str
    numbers: tuple[int, ...]
    lines: tuple[ReturnedLine, ...]


def returned_page(table: Table, names: Sequence[str], headings: Collection[str]) -> ReturnedPage | None:
    """The page, if a row of the table has all `headings`, and a row above it each of `names` before its value: the first names a programme,
    the others whole numbers. None if it is another table."""
    if table.columns < 2 * len(names):
        return None
    rows: dict[int, dict[int, Cell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, {})[cell.column] = cell
    order = sorted(rows)
    at = next(
        (at for at, row in enumerate(order) if set(headings) <= {_word(cell) for cell in rows[row].values()}), None
    )
    if at is None:
        return None
    above = ([_word(rows[row][column]) for column in sorted(rows[row])] for row in order[:at])
    said = next((values for words in above if (values := _values(names, words))), None)
    if said is None:
        return None
    columns = {_word(cell): column for column, cell in rows[order[at]].items()}
    lines = tuple(ReturnedLine(columns, rows[row]) for row in order[at + 1 :])
    numbers = (_number(name, value) for name, value in zip(names[1:], said[1:], strict=True))
    return ReturnedPage(said[0], tuple(number or 0 for number in numbers), lines)


def _values(names: Sequence[str], words: list[str]) -> list[str] | None:
    """What stands behind each name; None unless all of them are there, with a number behind all but the first."""
    said = [words[at + 1] for name in names if name in words and (at := words.index(name)) + 1 < len(words)]
    if len(said) < len(names):
        return None
    numbers = (_number(name, value) for name, value in zip(names[1:], said[1:], strict=True))
    return None if any(number is None for number in numbers) else said


def _number(name: str, value: str) -> int | None:
    """A whole number; a case's may be written with its year."""
    if name == CASE_NUMBER:
        return case_code(value)
    return int(value) if value.isdecimal() else None


def _word(cell: Cell) -> str:
    return cell.text.strip()
