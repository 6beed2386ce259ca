"""The lines of an evaluation sheet: which cell is which home's number, in the shapes sheets come in.

Comes in: a table. Goes out: `Line`s, one for each home (or for 合计), each with its cells by what they mean. Homes stand in rows under one to
three rows of heads, in columns beside labels, or one on a sheet with its numbers beside their labels. Values are not read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from formflow.forms.ballots import HOME, ITEM, Meaning, Vocabulary, is_number
from formflow.forms.grid import Grid
from formflow.model.document import Cell, Locator, Table
from formflow.model.evaluation import BALLOT_COUNTS
from formflow.model.text import fold, is_blank

_MOST_HEAD_ROWS = 3
# So many different counts must be asked for before a table is taken for an evaluation.
LEAST_COUNTS = 3
_SUMS = re.compile(r"(?:合计|总计|共计|累计|总数|合计数|全部)(?:\(.*\))?")
_PARTIAL_SUMS = re.compile(r"(?:小计|平均|平均数|均值)(?:\(.*\))?")
_OVERALL = re.compile(r"总体|综合|整体|总评|总的")
_NOTE = re.compile(r"注|说明|备注|填表|制表|审核|负责人|填报|计票|监票|唱票|日期|联系")


@dataclass(slots=True)
class Line:
    """The cells of one home: `name` as written, `is_total` for the sheet's 合计. `cells` are (meaning, cell), an empty place included."""

    name: str
    locator: Locator
    cells: list[tuple[Meaning, Cell]] = field(default_factory=list)
    is_total: bool = False
    item: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What a table holds: its lines, and whether it asks for ballots at all (a sheet that was handed out and not filled in does)."""

    lines: tuple[Line, ...]
    is_evaluation: bool


def lines_of(table: Table, words: Vocabulary) -> Found:
    """The lines of a table; `is_evaluation` False where it is something else."""
    if not any(is_answer(words.meaning(cell.text)) for cell in table.cells):
        return Found((), False)
    grid = _Grid(table)
    if band := _band(grid, words, 0):
        return Found(tuple(_named_once(_under_heads(grid, words, band))), True)
    pairs = tuple(_pairs(grid, words))
    if not is_enough(meaning for meaning, _ in pairs):
        return Found((), False)
    return Found(tuple(_beside_labels(grid, words, pairs)), True)


def is_answer(meaning: Meaning | None) -> bool:
    """Whether a label stands for an answer of the members: 满意, or the share of it."""
    return meaning is not None and meaning.subject not in _NOT_COUNTED and meaning.subject not in BALLOT_COUNTS


def is_enough(meanings: Iterable[Meaning]) -> bool:
    """Whether counts of so many kinds are asked for that it can only be an evaluation."""
    subjects = {meaning.subject for meaning in meanings if not meaning.is_rate}
    ballots = subjects & set(BALLOT_COUNTS)
    answers = {subject for subject in subjects if subject not in _NOT_COUNTED and subject not in ballots}
    return len(answers) >= 1 and len(ballots) + len(answers) >= LEAST_COUNTS


_NOT_COUNTED = frozenset((HOME, ITEM, "serial", "rank", "remark"))


class _Grid:
    """A table by row and column."""

    def __init__(self, table: Table) -> None:
        grid = Grid(table)
        self.table = table
        self.rows = [grid.row(row) for row in range(table.rows)]
        self._at = [
            {column: cell for cell in row for column in range(cell.column, cell.column + cell.column_span)}
            for row in self.rows
        ]

    def at(self, row: int, column: int) -> Cell | None:
        return self._at[row].get(column)


# Homes in rows -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Band:
    """Rows of heads `first`..`last`; `columns` are what the columns under them mean."""

    first: int
    last: int
    columns: dict[int, Meaning]


def _band(grid: _Grid, words: Vocabulary, start: int) -> _Band | None:
    """The first heads from row `start` on: of the ways to take rows together the one that tells most columns apart."""
    for first in range(start, len(grid.rows)):
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


def _scored(grid: _Grid, words: Vocabulary, first: int, height: int) -> tuple[int, _Band] | None:
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


def _path(grid: _Grid, first: int, last: int, column: int) -> tuple[str, ...]:
    """The words over a column from top to bottom, a merged head once."""
    cells: list[Cell] = []
    for row in range(first, last + 1):
        cell = grid.at(row, column)
        if cell is not None and fold(cell.text) and (not cells or cells[-1] is not cell):
            cells.append(cell)
    return tuple(cell.text for cell in cells)


def _under_heads(grid: _Grid, words: Vocabulary, band: _Band) -> Iterator[Line]:
    """Each row under the heads; heads that are printed again count from there on."""
    row = band.last + 1
    while row < len(grid.rows):
        again = _band_at(grid, words, row)
        if again:
            band, row = again, again.last + 1
            continue
        if line := _line(grid, words, band, row):
            yield line
        row += 1


def _band_at(grid: _Grid, words: Vocabulary, row: int) -> _Band | None:
    found = [scored for height in range(1, _MOST_HEAD_ROWS + 1) if (scored := _scored(grid, words, row, height))]
    return max(found, key=lambda entry: entry[0])[1] if found else None


def _line(grid: _Grid, words: Vocabulary, band: _Band, row: int) -> Line | None:
    cells = [cell for cell in grid.rows[row] if fold(cell.text)]
    if not cells or (len(cells) == 1 and cells[0].column_span > 1 and not is_number(cells[0].text)):
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
        elif meaning.subject not in _NOT_COUNTED:
            line.cells.append((meaning, cell))
    first_words = {fold(cell.text).rstrip(":") for cell in cells[:2]}
    if any(_PARTIAL_SUMS.fullmatch(word) for word in first_words) or _is_note(line):
        return None
    line.is_total = any(_SUMS.fullmatch(word) for word in first_words)
    return line


def _is_note(line: Line) -> bool:
    """A row without figures that says something to the reader: 注：…, 填表人：…."""
    has_figures = any(fold(cell.text) for _, cell in line.cells)
    words = fold(line.name)
    return not has_figures and (not words or bool(_NOTE.match(words)) or len(words) > 40 or ":" in words)


def _home_column(grid: _Grid, words: Vocabulary, band: _Band) -> int | None:
    """The column of names: the head the pack puts first, else the first column of words under a head nobody knows."""
    heads = [
        (words.home_order(meaning.words), column) for column, meaning in band.columns.items() if meaning.subject == HOME
    ]
    if heads:
        return min(heads)[1]
    if any(meaning.subject == ITEM for meaning in band.columns.values()):
        return None
    for column in range(min((c for c, m in band.columns.items() if m.subject not in _NOT_COUNTED), default=0)):
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


# Numbers beside their labels -----------------------------------------------------------------------------------------

_Pair = tuple[Meaning, list[Cell]]


def _pairs(grid: _Grid, words: Vocabulary) -> Iterator[_Pair]:
    """Each label with the cells behind it up to the next label, row by row; a label may have a group's head before it."""
    for cells in grid.rows:
        path: list[str] = []
        meaning: Meaning | None = None
        values: list[Cell] = []
        for cell in cells:
            text = cell.text
            is_name = meaning is not None and meaning.subject == HOME and not values and words.meaning(text) is None
            if is_name or is_number(text) or is_blank(text) or re.match(r"\s*[约近]?[-+]?\d", text):
                if meaning is not None:
                    values.append(cell)
                continue
            if values and meaning:
                yield meaning, values
            path = [text] if values else [*path, text]
            values, meaning = [], words.meaning(*path)
        if values and meaning:
            yield meaning, values


def _beside_labels(grid: _Grid, words: Vocabulary, pairs: tuple[_Pair, ...]) -> Iterator[Line]:
    counted = [(meaning, values) for meaning, values in pairs if meaning.subject not in _NOT_COUNTED]
    columns = _home_columns(grid, words, counted)
    if len(columns) > 1:
        yield from _homes_in_columns(grid, words, counted, columns)
        return
    homes = [
        " ".join(values[0].text.split())
        for meaning, values in pairs
        if meaning.subject == HOME and fold(values[0].text)
    ]
    line = Line(homes[0] if len(set(homes)) == 1 else "", counted[0][1][0].locator)
    for meaning, values in counted:
        line.cells.append((meaning, values[0]))
        line.cells.extend(
            (_as_rate(meaning), cell) for cell in values[1:2] if not meaning.is_rate and _says_rate(grid, cell)
        )
    yield line


def _as_rate(meaning: Meaning) -> Meaning:
    return Meaning(meaning.subject, meaning.words, True, True)


def _says_rate(grid: _Grid, cell: Cell) -> bool:
    """Whether a second value beside a label is its share: it bears the sign, or its column's head does."""
    above = [other.text for row in range(cell.row) if (other := grid.at(row, cell.column)) and fold(other.text)]
    return "%" in fold(cell.text) or any(re.search("率|比|%", fold(text)) for text in above[:3])


def _home_columns(grid: _Grid, words: Vocabulary, counted: list[_Pair]) -> list[int]:
    """The columns in which a value of nearly every label stands: homes side by side."""
    held: dict[int, set[str]] = {}
    for meaning, values in counted:
        if not meaning.is_rate:
            for cell in values:
                if not _says_rate(grid, cell):
                    held.setdefault(cell.column, set()).add(meaning.subject)
    all_subjects = {meaning.subject for meaning, _ in counted if not meaning.is_rate}
    full = [
        column
        for column, subjects in sorted(held.items())
        if len(subjects) >= max(LEAST_COUNTS, 0.8 * len(all_subjects))
    ]
    return full if len(full) > 1 else full[:1]


def _homes_in_columns(grid: _Grid, words: Vocabulary, counted: list[_Pair], columns: list[int]) -> Iterator[Line]:
    top = min(values[0].row for _, values in counted)
    for column in columns:
        names = [
            cell for row in range(top) if (cell := grid.at(row, column)) and cell.column_span == 1 and fold(cell.text)
        ]
        name = names[-1] if names else None
        line = Line(" ".join(name.text.split()) if name else "", name.locator if name else counted[0][1][0].locator)
        line.is_total = bool(_SUMS.fullmatch(fold(line.name)))
        if _PARTIAL_SUMS.fullmatch(fold(line.name)):
            continue
        line.cells = [(meaning, cell) for meaning, values in counted for cell in values if cell.column == column]
        yield line
