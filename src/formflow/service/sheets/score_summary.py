"""评分汇总.xlsx as bytes: every unit of a round with its means, total and rank, and the column 拟命名 in which a person decides.

In: a `ScoreSummary`. Out: the workbook, 汇总, 明细 and 分歧, with live formulas that give our exact numbers. The same round is the same
bytes; no text from outside becomes a formula. `forms.decisions` reads it when it comes back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from formflow.forms.decisions import DECISION, HEAD_WORDS, NUMBER, REASON, TITLE, UNIT, UNTIL
from formflow.letters.phrases import chinese_date
from formflow.model.case import CODE_STEP, case_number
from formflow.model.proposals import ComparedSummary
from formflow.model.rubric import Rubric
from formflow.model.scoring import DECISION_LABELS, CentreResult, ScoreSummary, SummaryLine
from formflow.rules.aggregate import group_means, half_up
from formflow.service.sheets import formulas, score_detail, steady
from formflow.service.sheets.book import Book
from formflow.service.sheets.score_apart import write_apart
from formflow.service.sheets.score_compared import write_compared
from formflow.service.sheets.score_detail import Block, number, write_detail

_PAGE = "汇总"
_HEAD_ROW = 6
_PREFILLED, _OPEN = f"系统按项目规则预填了“{DECISION}”", f"“{DECISION}”没有预填"
_HELP = (
    f"，请逐个核定：是、否或延期；延期的写明“{UNTIL}”（如 2023年12月31日）。只填浅黄色的格子，"
    "保存后把本表放回收件箱，就是决定，系统会记下是谁改的。"
)
_PLAIN = steady.Look(border=steady.FRAME, alignment=Alignment(wrap_text=True, vertical="top"))
_DOUBTFUL = replace(_PLAIN, fill=steady.DOUBT)
_NO_BLOCK = Block({}, "", {}, ())
_STANDING: Mapping[bool | None, str] = {True: "", False: "满意率不够，不具备命名资格", None: "满意率不明"}


def sheet_title(*, has_points: bool) -> str:
    """What the workbook is called: a programme that gives no points has nothing to add up, only to decide."""
    return TITLE if has_points else "核定表"


def build_summary(shown: ScoreSummary | ComparedSummary) -> bytes:
    """The workbook; with a page of comparison where something was proposed to the judges."""
    summary, proposals = (shown.summary, shown.proposals) if isinstance(shown, ComparedSummary) else (shown, None)
    book = Book()
    page = book.active
    page.title = _PAGE
    blocks: Mapping[str, Block] = {}
    if summary.rubric.groups:
        blocks = write_detail(book.create_sheet(), summary.rubric, summary.lines)
        write_apart(book.create_sheet(), summary.rubric, summary.lines, blocks)
    if proposals:
        write_compared(book.create_sheet(), summary.lines, proposals, blocks)
    _write_head(page, summary)
    headings, widths = _headings(summary.rubric)
    steady.write_headings(page, _HEAD_ROW, headings, widths)
    columns = _Columns(headings)
    page.freeze_panes = page.cell(_HEAD_ROW + 1, columns[UNIT] + 1)
    for row, line in enumerate(summary.lines, _HEAD_ROW + 1):
        _Line(page, row, columns, summary).write(line, blocks.get(line.result.unit_key, _NO_BLOCK))
        page.finish(row)
    _choose(page, columns, len(summary.lines))
    steady.protect(page)
    steady.set_print(page, _HEAD_ROW)
    return book.saved()


class _Columns:
    """Where each head stands."""

    def __init__(self, headings: Sequence[str]) -> None:
        self._places = {heading: place for place, heading in enumerate(headings, 1)}

    def __getitem__(self, heading: str) -> int:
        return self._places[heading]

    def letter(self, heading: str) -> str:
        return str(get_column_letter(self._places[heading]))

    def __len__(self) -> int:
        return len(self._places)


def _headings(rubric: Rubric) -> tuple[tuple[str, ...], tuple[float, ...]]:
    groups = [_group_heading(rubric, at) for at in range(len(rubric.groups))]
    heads = ("名次", NUMBER, UNIT, "份数", "退回", *groups, "总分", "满意率", "自评", "提示", DECISION, REASON, UNTIL)
    widths = (6, 12, 32, 6, 6, *[11] * len(groups), 9, 9, 8, 36, 9, 30, 16)
    return heads, widths


def _group_heading(rubric: Rubric, at: int) -> str:
    group = rubric.groups[at]
    return f"{group.id}.{group.title}（{group.points}）"


def _write_head(page: Any, summary: ScoreSummary) -> None:
    has_points = bool(summary.rubric.groups)
    title, help_ = sheet_title(has_points=has_points), (_PREFILLED if has_points else _OPEN) + _HELP
    values = (summary.programme_id, summary.year, summary.revision)
    steady.write_head(page, f"{summary.programme_name} {summary.year}年度{title}", HEAD_WORDS, values, help_)
    steady.put(page.cell(2, 1), "；".join(summary.remarks)).font = Font(bold=True)


class _Line:
    """Writes one unit's row."""

    def __init__(self, page: Any, row: int, columns: _Columns, summary: ScoreSummary) -> None:
        self.page = page
        self.row = row
        self.columns = columns
        self.summary = summary

    def write(self, line: SummaryLine, block: Block) -> None:
        result = line.result
        self._text(NUMBER, "" if line.case_number is None else case_number(*divmod(line.case_number, CODE_STEP)))
        self._text(UNIT, result.centre_name)
        self.page.cell(self.row, self.columns["份数"], len(result.sheets))
        self.page.cell(self.row, self.columns["退回"], len(result.returned))
        if result.total is not None and result.rank is not None:
            self._numbers(result, block, result.total, result.rank)
        if result.rate is not None:
            cell = self.page.cell(self.row, self.columns["满意率"], number(result.rate / 100))
            cell.number_format = "0.00%"
        if result.self_comparison:
            self.page.cell(self.row, self.columns["自评"], number(result.self_comparison.total))
        self._text("提示", self._note(line))
        self._decide(line)
        self._finish(is_doubtful=result.satisfaction_ok is False or line.proposal.decision is None)

    def _numbers(self, result: CentreResult, block: Block, total: Decimal, rank: int) -> None:
        """The means of the groups, the total and the rank, as formulas on 明细."""
        rubric = self.summary.rubric
        means = group_means(rubric, result)
        for at, group in enumerate(rubric.groups):
            cell = self.page.cell(self.row, self.columns[_group_heading(rubric, at)])
            formula = f"'{score_detail.TITLE}'!{block.group_means[group.id]}"
            formulas.put(cell, formula, half_up(means[group.id])).number_format = "0.00"
        cell = self.page.cell(self.row, self.columns["总分"])
        formulas.put(cell, f"'{score_detail.TITLE}'!{block.total}", total).number_format = "0.00"
        letter, last = self.columns.letter("总分"), _HEAD_ROW + len(self.summary.lines)
        ranked = f"RANK({letter}{self.row},${letter}${_HEAD_ROW + 1}:${letter}${last})"
        formulas.put(self.page.cell(self.row, self.columns["名次"]), ranked, rank)

    def _note(self, line: SummaryLine) -> str:
        standing = "" if line.result.total is None else _STANDING[line.result.satisfaction_ok]
        odd = [f.message for f in line.result.findings if f.field == "satisfaction" and f.code == "inconsistent"]
        parts = (line.proposal.reason, standing if standing not in line.proposal.reason else "", *odd)
        return "；".join(part for part in parts if part)

    def _decide(self, line: SummaryLine) -> None:
        decision = line.proposal.decision
        for heading, text in (
            (DECISION, DECISION_LABELS[decision] if decision else ""),
            (REASON, ""),
            (UNTIL, _chinese(line.until)),
        ):
            steady.unlock(self._text(heading, text))

    def _text(self, heading: str, text: str) -> Any:
        return steady.put(self.page.cell(self.row, self.columns[heading]), text)

    def _finish(self, *, is_doubtful: bool) -> None:
        for column in range(1, len(self.columns) + 1):
            is_marked = is_doubtful and column < self.columns[DECISION]
            steady.dress(self.page.cell(self.row, column), _DOUBTFUL if is_marked else _PLAIN)


def _chinese(day: str) -> str:
    """The day as the sheet asks for it, 2023年12月31日; "" for none."""
    return chinese_date(date.fromisoformat(day)) if day else ""


def _choose(page: Any, columns: _Columns, count: int) -> None:
    """Only the words we understand can be chosen."""
    words = ",".join(DECISION_LABELS.values())
    choice = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True, showErrorMessage=True)
    choice.errorTitle, choice.error = DECISION, f"请从 {words.replace(',', '、')} 中选一个。"
    page.add_data_validation(choice)
    letter = columns.letter(DECISION)
    if count:
        choice.add(f"{letter}{_HEAD_ROW + 1}:{letter}{_HEAD_ROW + count}")
