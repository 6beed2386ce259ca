"""Evaluation sheets with numbers beside their labels: one home on a table, or homes side by side in columns.

Comes in: a table. Goes out: its `Line`s. Values are not read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from formflow.forms.ballots import HOME, Meaning, Vocabulary, is_number
from formflow.forms.tally_grid import (
    LEAST_COUNTS,
    NOT_COUNTED,
    PARTIAL_SUMS,
    SUMS,
    Line,
    TallyGrid,
    home_named,
    is_enough,
)
from formflow.model.document import Cell, Paragraph
from formflow.model.text import fold, is_blank

_Pair = tuple[Meaning, list[Cell]]
# What a row of numbers under answers is called.
_COUNTING = re.compile(
    r"(?:得|投|测评|评议|实得|所得)?(?:票|份|张|人|人次)数?|数量|票数量|得票情况|票数\([张票份]\)|结果|测评结果|评议结果"
)


def lines_beside_labels(grid: TallyGrid, words: Vocabulary) -> list[Line] | None:
    """The homes of a table of labels and numbers; None if it asks for too little to be an evaluation."""
    pairs = tuple(_pairs(grid, words))
    return list(_beside_labels(grid, pairs)) if is_enough(meaning for meaning, _ in pairs) else None


def _pairs(grid: TallyGrid, words: Vocabulary) -> Iterator[_Pair]:
    """Each label with its cells from top to bottom: those behind it, or those under it in a row of nothing but labels."""
    row = 0
    while row < len(grid.rows):
        heads = _heads(grid.rows[row], words)
        below = row + 1
        while heads and below < len(grid.rows) and (under := _under(grid, heads, below, words)):
            yield from under
            below += 1
        if below == row + 1:
            yield from _pairs_in(grid.rows[row], words)
        row = below


def _heads(cells: list[Cell], words: Vocabulary) -> list[Cell]:
    """The answers and counts that a row names side by side (评价等次 | 满意 | 不满意); empty if places for values stand among them."""
    known = [cell for cell in cells if (meaning := words.meaning(cell.text)) and meaning.subject not in NOT_COUNTED]
    others = [cell for cell in cells if not any(cell is other for other in known)]
    # One cell before them says what they are.
    is_row = others == cells[: len(others)] and len(others) < 2 and not any(is_number(cell.text) for cell in others)
    return known if len(known) >= 2 and is_row else []


def _under(grid: TallyGrid, heads: list[Cell], row: int, words: Vocabulary) -> list[_Pair]:
    """What a row says under each head: numbers, or shares if that is what its own label says; empty if it says something else."""
    cells = [(head, grid.at(row, head.column)) for head in heads]
    own = [(head, cell) for head, cell in cells if cell is not None and cell.row == row]
    beside = [cell for cell in grid.rows[row] if not any(cell is under for _, under in own)]
    if len(beside) > 1:
        return []
    label = beside[0].text if beside else ""
    meanings = [words.meaning(head.text, label) for head in heads]
    is_shares = words.meaning(label) is None and all(meaning and meaning.is_rate for meaning in meanings)
    is_known = bool(_COUNTING.fullmatch(fold(label))) or is_shares
    are_values = [_is_value(cell.text, words) for _, cell in own]
    # Under a label of its own a row may hold a word where a number belongs; without one only numbers tell it.
    if len(own) < len(heads) or not (any(are_values) if is_known else is_blank(label) and all(are_values)):
        return []
    return [(meaning, [cell]) for meaning, (_, cell) in zip(meanings, own, strict=True) if meaning]


def _pairs_in(cells: list[Cell], words: Vocabulary) -> Iterator[_Pair]:
    """Each label of a row with the cells behind it up to the next label; a label may have a group's head before it."""
    path: list[str] = []
    meaning: Meaning | None = None
    values: list[Cell] = []
    for cell in cells:
        text = cell.text
        if name := home_named(text, words):
            yield Meaning(HOME, text), [replace(cell, blocks=(Paragraph(name, cell.locator),))]
            continue
        is_name = meaning is not None and meaning.subject == HOME and not values and words.meaning(text) is None
        if is_name or _is_value(text, words):
            if meaning is not None:
                values.append(cell)
            continue
        if values and meaning:
            yield meaning, values
        path = [text] if values else [*path, text]
        values, meaning = [], words.meaning(*path)
    if values and meaning:
        yield meaning, values


def _is_value(text: str, words: Vocabulary) -> bool:
    """Whether a cell is a place for a number, filled or not, right or wrong."""
    return (
        is_number(text) or is_blank(text) or bool(re.match(r"\s*[约近]?[-+]?\d", text) and words.meaning(text) is None)
    )


def _beside_labels(grid: TallyGrid, pairs: tuple[_Pair, ...]) -> Iterator[Line]:
    counted = [(meaning, values) for meaning, values in pairs if meaning.subject not in NOT_COUNTED]
    columns = _home_columns(grid, counted)
    if len(columns) > 1:
        yield from _homes_in_columns(grid, counted, columns)
        return
    for block in _blocks(pairs):
        homes = {" ".join(values[0].text.split()) for meaning, values in block if meaning.subject == HOME}
        of_home = [(meaning, values) for meaning, values in block if meaning.subject not in NOT_COUNTED]
        line = Line(homes.pop() if len(homes) == 1 else "", of_home[0][1][0].locator)
        for meaning, values in of_home:
            line.cells.append((meaning, values[0]))
            line.cells.extend(
                (_as_rate(meaning), cell) for cell in values[1:2] if not meaning.is_rate and _says_rate(grid, cell)
            )
        yield line


def _blocks(pairs: tuple[_Pair, ...]) -> Iterator[list[_Pair]]:
    """The homes of a table one under another: each begins where a home is named, or a label comes again."""
    block: list[_Pair] = []
    for meaning, values in pairs:
        counted = [_asked(other) for other, _ in block if other.subject not in NOT_COUNTED]
        if counted and (meaning.subject == HOME or _asked(meaning) in counted):
            yield block
            block = []
        block.append((meaning, values))
    if any(meaning.subject not in NOT_COUNTED for meaning, _ in block):
        yield block


def _asked(meaning: Meaning) -> tuple[str, str, bool]:
    return meaning.subject, fold(meaning.words), meaning.is_rate


def _as_rate(meaning: Meaning) -> Meaning:
    return Meaning(meaning.subject, meaning.words, True, True)


def _says_rate(grid: TallyGrid, cell: Cell) -> bool:
    """Whether a second value beside a label is its share: it bears the sign, or its column's head does."""
    above = [other.text for row in range(cell.row) if (other := grid.at(row, cell.column)) and fold(other.text)]
    return "%" in fold(cell.text) or any(re.search("率|比|%", fold(text)) for text in above[:3])


def _home_columns(grid: TallyGrid, counted: list[_Pair]) -> list[int]:
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


def _homes_in_columns(grid: TallyGrid, counted: list[_Pair], columns: list[int]) -> Iterator[Line]:
    top = min(values[0].row for _, values in counted)
    for column in columns:
        names = [
            cell for row in range(top) if (cell := grid.at(row, column)) and cell.column_span == 1 and fold(cell.text)
        ]
        name = names[-1] if names else None
        line = Line(" ".join(name.text.split()) if name else "", name.locator if name else counted[0][1][0].locator)
        line.is_total = bool(SUMS.fullmatch(fold(line.name)))
        if PARTIAL_SUMS.fullmatch(fold(line.name)):
            continue
        line.cells = [(meaning, cell) for meaning, values in counted for cell in values if cell.column == column]
        yield line
