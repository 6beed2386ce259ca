"""发文审批表.xlsx as bytes: one line a letter, protected but for what whoever signs fills in. The same sheet is the same bytes.

In: an `ApprovalSheet`. Out: the workbook. `forms.approvals` reads it when it comes back.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from formflow.forms.approvals import HEAD_WORDS, HEADINGS, TITLE, VERDICT
from formflow.model.approval import VERDICT_WORDS, ApprovalHead, ApprovalLine, ApprovalSheet
from formflow.service.sheets import steady
from formflow.service.sheets.book import Book

_WIDTHS = (6, 12, 36, 14, 30, 8, 18, 7, 10, 15, 24)
_HEAD_ROW = 6
_FIRST_OPEN = HEADINGS.index(VERDICT) + 1
_VERDICT_LETTER = get_column_letter(_FIRST_OPEN)
_LINE = steady.Look(border=steady.FRAME, alignment=Alignment(wrap_text=True, vertical="top"))
_HELP = (
    "只填最右边四栏。拟稿同意印发的，“批准”写“是”；不同意的写“否”并写明理由；已经编号的文书确需撤回的写“作废”并写明理由，原编号保留。"
    "“成文日期”是领导签发的日期，空着时按本表放回收件箱的当天。填好保存后放回收件箱即可。"
)


def build_approval(sheet: ApprovalSheet) -> bytes:
    """The workbook."""
    book = Book()
    page = book.active
    page.title = TITLE
    _write_head(page, sheet.head)
    steady.write_headings(page, _HEAD_ROW, HEADINGS, _WIDTHS)
    page.freeze_panes = page.cell(_HEAD_ROW + 1, 4)
    _choose(page, ("approve", "hold"), [not line.number for line in sheet.lines])
    _choose(page, ("approve", "void"), [bool(line.number) for line in sheet.lines])
    for number, line in enumerate(sheet.lines, 1):
        row = _HEAD_ROW + number
        _write_line(page, row, number, line)
        steady.fit_rows(page, row, row)
        page.finish(row)
    steady.protect(page)
    steady.set_print(page, _HEAD_ROW)
    return book.saved()


def _write_head(page: Any, head: ApprovalHead) -> None:
    values = (head.programme_id, head.year, head.revision)
    steady.write_head(page, f"{head.programme_name} {head.year}年度{TITLE}", HEAD_WORDS, values, _HELP)


def _choose(page: Any, verdicts: tuple[Any, ...], is_theirs: Sequence[bool]) -> None:
    """The words that may be chosen in those lines that are theirs. Numbered letters keep 是: they were approved."""
    words = ",".join(VERDICT_WORDS[verdict] for verdict in verdicts)
    choice = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True, showErrorMessage=True)
    choice.errorTitle, choice.error = VERDICT, f"请从 {words.replace(',', '、')} 中选一个。"
    page.add_data_validation(choice)
    first = _HEAD_ROW + 1
    for is_one_of_them, lines in groupby(is_theirs):
        last = first + len(list(lines)) - 1
        if is_one_of_them:
            choice.add(f"{_VERDICT_LETTER}{first}:{_VERDICT_LETTER}{last}")
        first = last + 1


def _write_line(page: Any, row: int, number: int, line: ApprovalLine) -> None:
    dated = f"{line.dated.year}年{line.dated.month}月{line.dated.day}日" if line.dated else ""
    verdict = VERDICT_WORDS[line.verdict] if line.verdict else ""
    values = (str(number), line.document, line.title, line.key, line.file, line.state, line.number,
              verdict, line.signer, dated, line.reason)  # fmt: skip
    for column, value in enumerate(values, 1):
        cell = steady.put(page.cell(row, column), value)
        steady.dress(cell, _LINE)
        if column >= _FIRST_OPEN:
            steady.unlock(cell)
