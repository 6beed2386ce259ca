"""Evaluation sheets with a row for each home, under one to three rows of heads.

Comes in: a table. Goes out: the `Line`s under its heads; sub-totals, notes and heads printed again left out. Values are not read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from formflow.forms.ballots import HOME, ITEM, Meaning, Vocabulary, is_number
from formflow.forms.tally_grid import NOT_COUNTED, PARTIAL_SUMS, SUMS, Line, TallyGrid, home_named, is_enough
from formflow.model.document import Cell
from formflow.model.text import fold

_MOST_HEAD_ROWS = 3
_OVERALL = re.compile(r"总体|综合|整体|总评|总的")
_NOTE = re.compile(r"注|说明|备注|填表|制表|审核|负责人|填报|计票|监票|唱票|日期|联系")


def lines_in_rows(grid: TallyGrid, words: Vocabulary) -> list[Line] | None:
    """The homes under a table's heads; None if it has no such heads."""
    band = _band(grid, words)
    return list(_named_once(_under_heads(grid, words, band))) if band else None


@dataclass(frozen=True, slots=True)
class _Band:
    """Rows of heads `first`..`last`; `columns` are what the columns under them mean."""

    first: int
    last: int
    columns: dict[int, Meaning]


def _band(grid: TallyGrid, words: Vocabulary) -> _Band | None:
    """The first heads: of the ways to take rows together the one that tells most columns apart."""
    for first in range(len(grid.rows)):
        found = [
            (score, row, -height, band)
            for row in range(first, min(first + _MOST_HEAD_ROWS, len(grid.rows)))
            for height in range(1, _MOST_HEAD_ROWS + 1)
            if (scored := _scored(grid, words, row, height)) is not None
            for score, band in (scored,)
        ]
        if found and any(row == first for _, row, _, _ in found):
            return max(found, key=lambda entry: entry[:3])[3]
    return None


def _scored(grid: TallyGrid, words: Vocabulary, first: int, height: int) -> tuple[int, _Band] | None:
    last = first + height - 1
    if last >= len(grid.rows):
        return None
    for row in range(first, last + 1):
        written = [cell for cell in grid.rows[row] if fold(cell.text)]
        if len(written) < 2 or any(is_number(cell.text) for cell in written):
            return None
    columns: dict[int, Meaning] = {}
    paths: set[tuple[str, ...]] = set()
    for column in range(grid.table.columns):
        path = _path(grid, first, last, column)
        meaning = words.meaning(*path)
        # Two columns under one head that nothing tells apart: there is another row of heads.
        if meaning and path not in paths:
            columns[column] = meaning
        paths.add(path)
    return (len(columns), _Band(first, last, columns)) if is_enough(columns.values()) else None


def _path(grid: TallyGrid, first: int, last: int, column: int) -> tuple[str, ...]:
    """The words over a column from top to bottom, a merged head once."""
    cells: list[Cell] = []
    for row in range(first, last + 1):
        cell = grid.at(row, column)
        if cell is not None and fold(cell.text) and (not cells or cells[-1] is not cell):
            cells.append(cell)
    return tuple(cell.text for cell in cells)


def _under_heads(grid: TallyGrid, words: Vocabulary, band: _Band) -> Iterator[Line]:
    """Each row under the heads; heads that are printed again count from there on."""
    row = band.last + 1
    over = _named_over(grid, words, 0, band.last)
    while row < len(grid.rows):
        over = _named_over(grid, words, row, row) or over
        again = _band_at(grid, words, row)
        if again:
            band, row = again, again.last + 1
            continue
        if line := _line(grid, words, band, row):
            line.name = line.name or ("" if line.is_total else over)
            yield line
        row += 1


def _named_over(grid: TallyGrid, words: Vocabulary, first: int, last: int) -> str:
    """The home that a line of its own names for the rows under it; the last of several."""
    cells = [cell for row in range(first, last + 1) for cell in grid.rows[row] if cell.row == row]
    return next((name for cell in reversed(cells) if (name := home_named(cell.text, words))), "")


def _band_at(grid: TallyGrid, words: Vocabulary, row: int) -> _Band | None:
    found = [scored for height in range(1, _MOST_HEAD_ROWS + 1) if (scored := _scored(grid, words, row, height))]
    return max(found, key=lambda entry: entry[0])[1] if found else None


def _line(grid: TallyGrid, words: Vocabulary, band: _Band, row: int) -> Line | None:
    cells = [cell for cell in grid.rows[row] if fold(cell.text)]
    is_note = len(cells) == 1 and cells[0].column_span > 1 and not is_number(cells[0].text)
    if not cells or is_note or any(home_named(cell.text, words) for cell in cells):
        return None
    home_column = _home_column(grid, words, band)
    home = grid.at(row, home_column) if home_column is not None else None
    name = " ".join(home.text.split()) if home else ""
    place = home.locator if home and home.row == row else cells[0].locator
    line = Line(name, place)
    seen: set[int] = set()
    for column, meaning in band.columns.items():
        cell = grid.at(row, column)
        if cell is None or cell is home or id(cell) in seen:
            continue
        seen.add(id(cell))
        if meaning.subject == ITEM:
            line.item = cell.text
        elif meaning.subject not in NOT_COUNTED:
            line.cells.append((meaning, cell))
    first_words = {fold(cell.text).rstrip(":") for cell in cells[:2]}
    if any(PARTIAL_SUMS.fullmatch(word) for word in first_words) or _is_note(line):
        return None
    line.is_total = any(SUMS.fullmatch(word) for word in first_words)
    return line


def _is_note(line: Line) -> bool:
    """A row without figures that says something to the reader: 注：…, 填表人：…."""
    has_figures = any(fold(cell.text) for _, cell in line.cells)
    words = fold(line.name)
    return not has_figures and (not words or bool(_NOTE.match(words)) or len(words) > 40 or ":" in words)


def _home_column(grid: TallyGrid, words: Vocabulary, band: _Band) -> int | None:
    """The column of names: the head the pack puts first, else the first column of words under a head nobody knows."""
    heads = [
        (words.home_order(meaning.words), column) for column, meaning in band.columns.items() if meaning.subject == HOME
    ]
    if heads:
        return min(heads)[1]
    if any(meaning.subject == ITEM for meaning in band.columns.values()):
        return None
    for column in range(min((c for c, m in band.columns.items() if m.subject not in NOT_COUNTED), default=0)):
        below = [
            cell.text
            for row in range(band.last + 1, len(grid.rows))
            if (cell := grid.at(row, column)) and fold(cell.text)
        ]
        if column not in band.columns and below and not any(is_number(text) for text in below):
            return column
    return None


def _named_once(lines: Iterator[Line]) -> Iterator[Line]:
    """A home asked item by item has one line that counts: the one on the whole; without one all of them stay, for a person."""
    kept = list(lines)
    by_name: dict[str, list[Line]] = {}
    for line in kept:
        by_name.setdefault(line.name, []).append(line)
    for line in kept:
        rest = by_name[line.name]
        overall = [other for other in rest if _OVERALL.search(other.item)]
        if not line.item or len(rest) == 1 or len(overall) != 1 or line is overall[0]:
            yield line
