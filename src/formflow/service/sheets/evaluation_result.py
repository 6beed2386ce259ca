"""会员评议结果.xlsx as bytes: every home with its counts, its rates, its rank and what follows. To be looked at, not filled in.

In: an `EvaluationResult`. Out: the workbook; the same content is the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from openpyxl.styles import Alignment, Font

from formflow.model.evaluation import BALLOT_LABELS, EvaluationRules, HomeOutcome, HomeResult
from formflow.model.ratio import percent
from formflow.service.sheets import steady
from formflow.service.sheets.book import Book

TITLE = "会员评议结果"
_OUTCOMES: dict[HomeOutcome, str] = {
    "passed": "会员满意",
    "rectify": "限期整改",
    "repeat": "重新评议",
    "unassessed": "不能评定",
}
_HEAD_ROW = 4
_PLAIN = steady.Look(border=steady.FRAME, alignment=Alignment(wrap_text=True, vertical="top"))
_DOUBTFUL = replace(_PLAIN, fill=steady.DOUBT)
# Counts every sheet has; the others are left out where no home has them.
_SHOWN = ("members", "issued", "returned", "valid")


@dataclass(frozen=True, slots=True)
class EvaluationResult:
    """A year's 会员评议 of one programme."""

    programme_name: str
    year: int
    revision: int
    rules: EvaluationRules
    homes: tuple[HomeResult, ...]


def build_evaluation_result(result: EvaluationResult) -> bytes:
    """The workbook."""
    book = Book()
    page = book.active
    page.title = TITLE
    _write_head(page, result)
    counts = [key for key in _SHOWN if any(home.tally.value(key) is not None for home in result.homes)]
    headings = _headings(result.rules, counts)
    steady.write_headings(page, _HEAD_ROW, headings, _widths(len(headings)))
    page.freeze_panes = page.cell(_HEAD_ROW + 1, 3)
    for number, home in enumerate(result.homes, 1):
        _write_home(page, _HEAD_ROW + number, number, home, result.rules, counts)
        page.finish(_HEAD_ROW + number)
    steady.set_print(page, _HEAD_ROW)
    return book.saved()


def _write_head(page: Any, result: EvaluationResult) -> None:
    title = f"{result.programme_name} {result.year}年度{TITLE}"
    steady.put(page.cell(1, 1), title).font = Font(bold=True, size=16)
    rules = result.rules
    said = f"参评率低于 {rules.participation_floor}% 的重新评议，满意率低于 {rules.satisfaction_floor}% 的限期整改。第{result.revision}稿"
    steady.put(page.cell(2, 1), said).font = steady.HELP


def _headings(rules: EvaluationRules, counts: list[Any]) -> tuple[str, ...]:
    answers = tuple(choice.label for choice in rules.choices)
    return (
        "序号",
        "职工之家",
        *(BALLOT_LABELS[key] for key in counts),
        *answers,
        "参评率",
        "满意率",
        "名次",
        "结论",
        "说明",
    )


def _widths(columns: int) -> tuple[float, ...]:
    return (6, 36, *([11.0] * (columns - 3)), 60)


def _write_home(page: Any, row: int, number: int, home: HomeResult, rules: EvaluationRules, counts: list[Any]) -> None:
    answers = [home.tally.value(choice.id) for choice in rules.choices]
    rates = [percent(rate) if rate is not None else "" for rate in (home.participation, home.satisfaction)]
    said = "；".join([*(point.problem for point in home.points), *(finding.message for finding in home.findings)])
    numbers = [home.tally.value(key) for key in counts] + answers
    values = [number, home.home_name, *numbers, *rates, home.rank, _OUTCOMES[home.outcome], said]
    for column, value in enumerate(values, 1):
        cell = page.cell(row, column)
        if isinstance(value, str):
            steady.put(cell, value)
        else:
            cell.value = value
        steady.dress(cell, _PLAIN if home.outcome == "passed" else _DOUBTFUL)
