"""The score sheet of one unit as it is handed to a judge: the blank with the unit's name, and beside it what was counted, as a proposal.

In: a programme and what is proposed for a case. Out: the workbook. The columns of scores are empty: what is proposed stands to the right of
the sheet, under heads of its own, and is no score when the sheet comes back. Two pages behind it show what it was counted from.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from formflow.model.evidence import MediaRegistry, Report
from formflow.model.programme import Programme
from formflow.model.proposals import CaseProposals
from formflow.model.rubric import Rubric
from formflow.service.sheets import steady
from formflow.service.sheets.book import Book
from formflow.service.sheets.score_blank import HEAD_ROW, HEADINGS, UNIT_CELL, WIDTHS, draw_score_sheet

PROPOSED, WORKING, QUESTIONS = "测算建议分", "计算过程", "需核对"
MATERIALS, CLUES = "材料", "数据线索"
_ADVICE = "以下三栏由系统按申请表和收到的材料测算，只供参考，不是得分，不计入合计；材料是否符合要求、评多少分，由评分人定。依据见后面的页。"
_BESIDE, _BESIDE_WIDTHS = (PROPOSED, WORKING, QUESTIONS), (10, 34, 40)
_FIRST, _LAST = len(HEADINGS) + 1, len(HEADINGS) + len(_BESIDE)
_TEXT = steady.Look(border=steady.FRAME, alignment=Alignment(wrap_text=True, vertical="center"))
_NUMBER = steady.Look(border=steady.FRAME, alignment=Alignment(horizontal="center", vertical="center"))
_ASKED = steady.Look(fill=steady.DOUBT, border=steady.FRAME, alignment=Alignment(wrap_text=True, vertical="center"))
_TICKS: Mapping[bool | None, str] = {True: "已勾选", False: "没有勾选", None: "没有读出"}
_REPORT_HEADS = ("标题", "媒体", "级别", "日期", "从哪一句看出是这个单位", "说明")
_CLUE_HEADS = ("指标", "约数", "数量", "单位", "原文语句", "出自哪一篇")
_CLUE_WIDTHS = (26.0, 8.0, 14.0, 9.0, 70.0, 34.0)
_CLUE_HELP = "报道里写到的数字，供评分人核对；系统没有用它们计算任何分数。"


def build_handout(programme: Programme, case: CaseProposals) -> bytes:
    """The workbook; the first page alone is read when it comes back."""
    copied: tuple[Book, dict[str, int]] = pickle.loads(_drawn(programme.name, programme.rubrics[0]))
    book, rows = copied
    page = book.active
    steady.put(page[UNIT_CELL], case.unit)
    _write_beside(page, rows, case)
    _write_materials(book.create_sheet(MATERIALS), case, programme.media)
    if case.evidence and case.evidence.claims:
        _write_clues(book.create_sheet(CLUES), case)
    return book.saved()


@lru_cache(maxsize=8)
def _drawn(programme_name: str, rubric: Rubric) -> bytes:
    """The blank with the heads of what is proposed, drawn once: a copy of it costs an eighth of drawing it again. With the row of
    each criterion. Widths of columns are set here: a copy of openpyxl's takes no new ones."""
    book = Book()
    page = book.active
    rows = draw_score_sheet(page, programme_name, rubric)
    steady.write_headings(page, HEAD_ROW, (*HEADINGS, *_BESIDE), (*WIDTHS, *_BESIDE_WIDTHS))
    advice = steady.put(page.cell(HEAD_ROW - 1, _FIRST), _ADVICE)
    advice.font, advice.alignment = steady.HELP, Alignment(wrap_text=True, vertical="center")
    page.merge_cells(start_row=HEAD_ROW - 1, end_row=HEAD_ROW - 1, start_column=_FIRST, end_column=_LAST)
    page.print_area = f"A1:{get_column_letter(_LAST)}{page.max_row}"
    steady.set_print(page, HEAD_ROW)
    return pickle.dumps((book, rows), pickle.HIGHEST_PROTOCOL)


# Beside the scores ------------------------------------------------------------------------------------------------------


def _write_beside(page: Any, rows: Mapping[str, int], case: CaseProposals) -> None:
    for proposal in case.proposals:
        row = rows[proposal.criterion]
        if proposal.points is not None:
            page.cell(row, _FIRST, _number(proposal.points))
        steady.put(page.cell(row, _FIRST + 1), proposal.working)
        steady.put(page.cell(row, _FIRST + 2), "；".join(proposal.questions))
        steady.dress(page.cell(row, _FIRST), _NUMBER)
        steady.dress(page.cell(row, _FIRST + 1), _TEXT)
        steady.dress(page.cell(row, _FIRST + 2), _ASKED if proposal.questions else _TEXT)
        steady.fit_rows(page, row, row, columns=range(_FIRST + 1, _LAST + 1))


# What it was counted from -----------------------------------------------------------------------------------------------


def _write_materials(page: Any, case: CaseProposals, registry: MediaRegistry | None) -> None:
    writer = _Tables(page, f"{case.unit}：{MATERIALS}")
    titles = {proposal.criterion: proposal.title for proposal in case.proposals}
    if case.materials:
        told = ((one.label, _TICKS[one.is_ticked], _counts_for(one.criteria, titles)) for one in case.materials)
        writer.table("表中勾选的材料", ("材料", "申请表上", "用于哪一项"), told)
    for listed in case.listed:
        head = f"表中所填的{listed.label}（{listed.criterion} {titles[listed.criterion]}）"
        writer.table(head, listed.heads, listed.rows)
    if case.evidence:
        reports = (_report_row(report, registry) for report in case.evidence.reports)
        writer.table("收到的报道材料", _REPORT_HEADS, reports)
    writer.finish()


def _counts_for(criteria: Sequence[str], titles: Mapping[str, str]) -> str:
    return "、".join(f"{criterion} {titles[criterion]}" for criterion in criteria) or "不直接计分，供评分人判断"


def _report_row(report: Report, registry: MediaRegistry | None) -> tuple[str, ...]:
    article = report.attribution.article
    level = registry.label(article.level) if registry and article.level else ("不计分" if article.is_below else "")
    kind = ("表彰决定，不按报道计",) if article.genre == "commendation" else ()
    said = "；".join((*kind, *article.questions, *report.said))
    return (
        article.title or "（没有标题）",
        article.medium or "",
        level,
        article.date or "",
        report.attribution.sentence,
        said,
    )


class _Tables:
    """Writes tables under each other on one page."""

    _WIDTHS = (34.0, 20.0, 24.0, 14.0, 46.0, 30.0)

    def __init__(self, page: Any, title: str) -> None:
        self.page = page
        self.row = 1
        for column, width in enumerate(self._WIDTHS, 1):
            page.column_dimensions[get_column_letter(column)].width = width
        steady.put(page.cell(1, 1), title).font = Font(bold=True, size=14)
        self.row = 3

    def table(
        self, title: str, heads: Sequence[str], rows: Iterator[tuple[str, ...]] | Sequence[tuple[str, ...]]
    ) -> None:
        """A table with its title; it says so where there is nothing in it."""
        self._title(title)
        for column, head in enumerate(heads, 1):
            cell = steady.put(self.page.cell(self.row, column), head)
            cell.font, cell.fill, cell.border = Font(bold=True), steady.GREY, steady.FRAME
        first = self.row = self.row + 1
        for row in rows:
            for column, text in enumerate(row, 1):
                steady.dress(steady.put(self.page.cell(self.row, column), text), _TEXT)
            self.row += 1
        if self.row == first:
            steady.put(self.page.cell(self.row, 1), "没有")
            self.row += 1
        self.row += 1

    def _title(self, title: str) -> None:
        steady.put(self.page.cell(self.row, 1), title).font = Font(bold=True)
        self.row += 1

    def finish(self) -> None:
        steady.fit_rows(self.page, 4, self.row)
        steady.protect(self.page)
        steady.set_print(self.page, 1)


def _write_clues(page: Any, case: CaseProposals) -> None:
    """The figures of running text, each with its sentence."""
    steady.put(page.cell(1, 1), _CLUE_HELP).font = steady.HELP
    steady.write_headings(page, 2, _CLUE_HEADS, _CLUE_WIDTHS)
    claims = case.evidence.claims if case.evidence else ()
    for row, (title, claim) in enumerate(claims, 3):
        texts = (claim.what, claim.bound, f"{claim.number:f}", claim.unit, claim.sentence, title)
        for column, text in enumerate(texts, 1):
            steady.dress(steady.put(page.cell(row, column), text), _TEXT)
    steady.fit_rows(page, 3, 2 + len(claims))
    page.freeze_panes = page.cell(3, 1)
    steady.protect(page)
    steady.set_print(page, 2)


def _number(points: Decimal) -> int | float:
    return int(points) if points == points.to_integral_value() else float(points)
