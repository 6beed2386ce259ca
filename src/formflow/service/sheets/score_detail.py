"""The sheet 明细 of a 评分汇总: each reviewer's points for each criterion, with live sums and means; sheets that were trimmed are grey.

In: a page and the lines of a round. Out: where the means, totals and points stand, for the formulas of other sheets.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from formflow.model.rubric import Criterion, Group, Rubric
from formflow.model.scoring import CentreResult, SummaryLine
from formflow.rules.aggregate import half_up
from formflow.service.sheets import formulas, steady

TITLE = "明细"
_LEADING = ("序号", "评分内容", "分值")
_TRAILING = ("平均", "自评", "自评减平均")
_FIRST_REVIEWER = len(_LEADING) + 1
_LEADING_WIDTHS = (8, 30, 8)
_WIDTH = 11
_TITLE = steady.Look(Font(bold=True, size=12))
_TRIMMED = PatternFill("solid", fgColor="D9D9D9")
# By whether it is a sum, and of a sheet that was left out.
_LOOKS = {
    (is_sum, is_trimmed): steady.Look(Font(bold=is_sum), _TRIMMED if is_trimmed else None, steady.FRAME)
    for is_sum in (False, True)
    for is_trimmed in (False, True)
}


@dataclass(frozen=True, slots=True)
class Block:
    """Where one unit stands: the cells of its groups' means and of its total, and the row of each criterion. `reviewers` are the columns
    of all sheets, as letters; empty without a sheet."""

    group_means: Mapping[str, str]
    total: str
    rows: Mapping[str, int]
    reviewers: tuple[str, ...]

    def mean_of(self, criterion_id: str) -> str:
        """The cell of a criterion's mean: it stands over that of the total."""
        return f"{self.total.rstrip('0123456789')}{self.rows[criterion_id]}"


def number(value: Decimal | Fraction | int) -> int | float:
    """As a cell holds it."""
    return int(value) if value == int(value) else float(value)


def write_detail(page: Any, rubric: Rubric, lines: Sequence[SummaryLine]) -> Mapping[str, Block]:
    """Writes the page; the blocks by `unit_key`."""
    page.title = TITLE
    steady.put(page.cell(1, 1), "每位评分人的得分；灰色的评分表按规则去掉，不计入平均。").font = steady.HELP
    widest = max((len(line.result.sheets) for line in lines), default=0)
    widths = (*_LEADING_WIDTHS, *[_WIDTH] * (widest + len(_TRAILING)))
    for column, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(column)].width = width
    page.freeze_panes = page.cell(1, _FIRST_REVIEWER)
    blocks: dict[str, Block] = {}
    row = 3
    for line in lines:
        writer = _Writer(page, rubric, line.result, row)
        blocks[line.result.unit_key] = writer.write()
        row = writer.row + 1
        page.finish(writer.row)
    steady.protect(page)
    steady.set_print(page, 1)
    return blocks


class _Writer:
    """Writes one unit's block from `row` on."""

    def __init__(self, page: Any, rubric: Rubric, result: CentreResult, row: int) -> None:
        self.page = page
        self.rubric = rubric
        self.result = result
        self.row = row
        self.letters = tuple(get_column_letter(_FIRST_REVIEWER + at) for at in range(len(result.sheets)))
        self.counted = tuple(letter for at, letter in enumerate(self.letters) if at not in result.trimmed)
        self.last = _FIRST_REVIEWER + len(self.letters)

    def write(self) -> Block:
        self._heading()
        if not self.letters:
            return Block({}, "", {}, ())
        rows: dict[str, int] = {}
        sums: dict[str, int] = {}
        for group in self.rubric.groups:
            for criterion in group.criteria:
                rows[criterion.id] = self.row
                self._criterion(criterion)
            sums[group.id] = self.row
            self._group(group, rows)
        total = self.row
        self._total(list(sums.values()))
        mean = get_column_letter(self.last)
        return Block({key: f"{mean}{row}" for key, row in sums.items()}, f"{mean}{total}", rows, self.letters)

    def _heading(self) -> None:
        result = self.result
        title = result.centre_name + (f"（{result.explanation}）" if result.explanation else "")
        steady.dress(steady.put(self.page.cell(self.row, 1), title), _TITLE)
        self.row += 1
        if not self.letters:
            steady.put(self.page.cell(self.row, 1), "没有计入的评分表")
            self.row += 1
            return
        names = [checked.sheet.reviewer.value or "" for checked in result.sheets]
        for column, heading in enumerate((*_LEADING, *names, *_TRAILING), 1):
            steady.dress(steady.put(self.page.cell(self.row, column), heading), steady.HEADING)
        self.row += 1

    def _criterion(self, criterion: Criterion) -> None:
        self._leading(criterion.id, criterion.title, criterion.points)
        for at, checked in enumerate(self.result.sheets):
            value = checked.sheet.scores[criterion.id].value
            if value is not None:
                self.page.cell(self.row, _FIRST_REVIEWER + at, number(value))
        own = self.result.self_comparison
        self._mean(self.result.means[criterion.id])
        if own:
            self._own(own.scores[criterion.id], own.differences[criterion.id])
        self._finish()

    def _group(self, group: Group, rows: Mapping[str, int]) -> None:
        ids = [criterion.id for criterion in group.criteria]
        self._leading("", f"{group.title} 小计", group.points)
        for at, letter in enumerate(self.letters):
            scores = self.result.sheets[at].sheet.scores
            value = sum((scores[key].value or Decimal(0) for key in ids), Decimal(0))
            self._sum(letter, f"SUM({letter}{rows[ids[0]]}:{letter}{rows[ids[-1]]})", value)
        self._mean(sum((self.result.means[key] for key in ids), Fraction(0)))
        if own := self.result.self_comparison:
            self._own(
                sum((own.scores[key] for key in ids), Decimal(0)),
                sum((own.differences[key] for key in ids), Fraction(0)),
            )
        self._finish(is_sum=True)

    def _total(self, sums: Sequence[int]) -> None:
        self._leading("", "总分", self.rubric.points)
        for at, letter in enumerate(self.letters):
            self._sum(letter, f"SUM({','.join(f'{letter}{row}' for row in sums)})", self.result.sheets[at].sheet.sum)
        self._mean(sum(self.result.means.values(), Fraction(0)))
        if own := self.result.self_comparison:
            self._own(own.total, own.total_difference)
        self._finish(is_sum=True)

    def _leading(self, number_: str, words: str, points: Decimal) -> None:
        steady.put(self.page.cell(self.row, 1), number_)
        steady.put(self.page.cell(self.row, 2), words)
        self.page.cell(self.row, 3, number(points))

    def _sum(self, letter: str, formula: str, value: Decimal) -> None:
        formulas.put(self.page[f"{letter}{self.row}"], formula, value)

    def _mean(self, exact: Fraction) -> None:
        """The mean of the sheets that count, rounded once."""
        cells = ",".join(f"{letter}{self.row}" for letter in self.counted)
        cell = self.page.cell(self.row, self.last)
        formulas.put(cell, f"ROUND(AVERAGE({cells}),2)", half_up(exact)).number_format = "0.00"

    def _own(self, value: Decimal, difference: Fraction) -> None:
        """What the unit gave itself, and by how much more or less that is."""
        own, mean = get_column_letter(self.last + 1), ",".join(f"{letter}{self.row}" for letter in self.counted)
        self.page.cell(self.row, self.last + 1, number(value))
        cell = self.page.cell(self.row, self.last + 2)
        formula = f"ROUND({own}{self.row}-AVERAGE({mean}),2)"
        formulas.put(cell, formula, half_up(difference)).number_format = "0.00"

    def _finish(self, *, is_sum: bool = False) -> None:
        for column in range(1, self.last + len(_TRAILING)):
            is_trimmed = column - _FIRST_REVIEWER in self.result.trimmed
            steady.dress(self.page.cell(self.row, column), _LOOKS[is_sum, is_trimmed])
        self.row += 1
