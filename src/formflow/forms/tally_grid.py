"""What the shapes of evaluation sheets have in common: lines, tables by row and column, and when a table asks for ballots at all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from formflow.forms.ballots import HOME, ITEM, RANK, REMARK, SERIAL, Meaning, Vocabulary
from formflow.forms.grid import Grid
from formflow.model.document import Cell, Locator, Table
from formflow.model.evaluation import BALLOT_COUNTS
from formflow.model.text import is_blank

# So many different counts must be asked for before a table is taken for an evaluation.
LEAST_COUNTS = 3
NOT_COUNTED = frozenset((HOME, ITEM, SERIAL, RANK, REMARK))
SUMS = re.compile(r"(?:合计|总计|共计|累计|总数|合计数|全部)(?:\(.*\))?")
PARTIAL_SUMS = re.compile(r"(?:小计|平均|平均数|均值)(?:\(.*\))?")


@dataclass(slots=True)
class Line:
    """The cells of one home: `name` as written, `is_total` for the sheet's 合计, `item` what was asked where homes are asked item by item.
    `cells` are (meaning, cell), an empty place included."""

    name: str
    locator: Locator
    cells: list[tuple[Meaning, Cell]] = field(default_factory=list)
    is_total: bool = False
    item: str = ""


class TallyGrid:
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
        """The cell that covers a place, None where the table has none."""
        return self._at[row].get(column)


def home_named(text: str, words: Vocabulary) -> str:
    """The home that a line "职工之家名称：甲厂职工之家" names; "" where it names none."""
    label, colon, name = text.replace("：", ":").partition(":")
    meaning = words.meaning(label) if colon else None
    return " ".join(name.split()) if meaning and meaning.subject == HOME and not is_blank(name) else ""


def is_answer(meaning: Meaning | None) -> bool:
    """Whether a label stands for an answer of the members: 满意, or the share of it."""
    return meaning is not None and meaning.subject not in NOT_COUNTED and meaning.subject not in BALLOT_COUNTS


def is_enough(meanings: Iterable[Meaning]) -> bool:
    """Whether counts of so many kinds are asked for that it can only be an evaluation. Ballots must be among them, or a rate of them: a
    paper with answers alone is one member's own."""
    found = list(meanings)
    counted = {meaning.subject for meaning in found if not meaning.is_rate} - NOT_COUNTED
    ballots = counted & set(BALLOT_COUNTS)
    has_rate = any(meaning.is_rate for meaning in found)
    return counted > ballots and len(counted) >= LEAST_COUNTS and (bool(ballots) or has_rate)
