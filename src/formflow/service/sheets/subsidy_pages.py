"""The pages behind a 补助测算: names to be answered, every honour as it was read, the ledger, and what districts add."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from formflow.forms.settlements import (
    DIFFERENT,
    HEAD_WORDS,
    HONOUR_HEADINGS,
    HONOURS_TITLE,
    NAME_HEADINGS,
    NAMES_TITLE,
    SAME,
)
from formflow.model.settlement import EntryLine, HonourLine, MatchingLine, NameLine, SettlementHead, SettlementSheet
from formflow.service.sheets import steady
from formflow.service.sheets.yuan import MONEY, chinese_day, yuan

_HEAD_ROW = 6
_PLAIN = steady.Look(border=steady.FRAME, alignment=Alignment(wrap_text=True, vertical="top"))
_DOUBTFUL = replace(_PLAIN, fill=steady.DOUBT)
_STRUCK = steady.Look(font=Font(strike=True, color="888888"))
_LEDGER_HEADINGS = ("序号", "种类", "项目名称", "单位", "荣誉", "金额（元）", "文号", "登记日期", "拨付日期", "备注")
_MATCHING_HEADINGS = ("区市", "级别", "配套标准（元）", "起始日期", "依据")
_NAMES_HELP = f"名称相近，或者一个名称写在几个单位名下的，请逐行答复“{SAME}”或“{DIFFERENT}”；答复以前有关项目不予补助。"
_HONOURS_HELP = (
    "这里是名单上读到的每一项荣誉。读错的、重复交来已经更正的，在“作废”一栏写“是”，再把更正后的名单放进收件箱。"
)


def write_pages(book: Any, sheet: SettlementSheet) -> None:
    """Adds the pages that have something to show."""
    pages = _Pages(book, sheet.head)
    if sheet.names:
        _write_names(pages, sheet.names)
    if sheet.honours:
        _write_honours(pages, sheet.honours)
    if sheet.entries:
        _write_entries(pages, sheet.entries)
    if sheet.matching:
        _write_matching(pages, sheet.matching)


def write_head(page: Any, head: SettlementHead, title: str, note: str) -> None:
    """What stands above the table of every page: it says which sheet it is of."""
    values = (head.programme_id, head.year, head.revision)
    steady.write_head(page, f"{head.programme_name} {head.year}年度{title}", HEAD_WORDS, values, note)


class _Pages:
    """Makes the pages of one workbook."""

    def __init__(self, book: Any, head: SettlementHead) -> None:
        self.book, self.head = book, head

    def page(self, title: str, note: str, headings: Sequence[str], widths: Sequence[float]) -> Any:
        page = self.book.create_sheet(title)
        write_head(page, self.head, title, note)
        return _headed(page, headings, widths)


def _headed(page: Any, headings: Sequence[str], widths: Sequence[float]) -> Any:
    steady.write_headings(page, _HEAD_ROW, headings, widths)
    page.freeze_panes = page.cell(_HEAD_ROW + 1, 1)
    return page


def _write_row(page: Any, row: int, texts: Iterable[str], *, is_doubtful: bool = False) -> None:
    for column, text in enumerate(texts, 1):
        steady.dress(steady.put(page.cell(row, column), text), _DOUBTFUL if is_doubtful else _PLAIN)


def _finish_row(page: Any, row: int) -> None:
    steady.fit_rows(page, row, row)
    page.finish(row)


def _finish(page: Any) -> None:
    steady.protect(page)
    steady.set_print(page, _HEAD_ROW)


def _choose(page: Any, words: Sequence[str], column: int, count: int) -> None:
    """A column may be filled in, with these words only."""
    choice = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True, showErrorMessage=True)
    choice.errorTitle, choice.error = "请核对", f"请写{'或'.join(f'“{word}”' for word in words)}。"
    page.add_data_validation(choice)
    letter = get_column_letter(column)
    choice.add(f"{letter}{_HEAD_ROW + 1}:{letter}{_HEAD_ROW + count}")


def _write_names(pages: _Pages, names: Sequence[NameLine]) -> None:
    page = pages.page(NAMES_TITLE, _NAMES_HELP, NAME_HEADINGS, (6, 36, 30, 36, 30, 14))
    for number, line in enumerate(names, 1):
        asked = line.question
        answer = "" if line.is_same is None else SAME if line.is_same else DIFFERENT
        texts = (
            str(number),
            asked.one,
            asked.one_organisation or "",
            asked.other,
            asked.other_organisation or "",
            answer,
        )
        row = _HEAD_ROW + number
        _write_row(page, row, texts, is_doubtful=line.is_same is None)
        steady.unlock(page.cell(row, len(NAME_HEADINGS)))
        _finish_row(page, row)
    _choose(page, (SAME, DIFFERENT), len(NAME_HEADINGS), len(names))
    _finish(page)


def _write_honours(pages: _Pages, honours: Sequence[HonourLine]) -> None:
    page = pages.page(HONOURS_TITLE, _HONOURS_HELP, HONOUR_HEADINGS, (9, 26, 32, 26, 10, 14, 22, 14, 36, 8))
    for number, line in enumerate(honours, 1):
        texts = (
            str(line.code), line.file, line.project, line.organisation, line.level, line.date, line.document, line.paid,
            "\n".join(line.doubts), "是" if line.is_struck else "",
        )  # fmt: skip
        row = _HEAD_ROW + number
        _write_row(page, row, texts, is_doubtful=bool(line.doubts) and not line.is_struck)
        if line.is_struck:
            for column in range(1, len(HONOUR_HEADINGS) + 1):
                steady.dress(page.cell(row, column), _STRUCK)
        steady.unlock(page.cell(row, len(HONOUR_HEADINGS)))
        _finish_row(page, row)
    _choose(page, ("是",), len(HONOUR_HEADINGS), len(honours))
    _finish(page)


def _write_entries(pages: _Pages, entries: Sequence[EntryLine]) -> None:
    page = pages.page(
        "补助台账",
        "已经登记的拨付、冲销和收回，只增不改。",
        _LEDGER_HEADINGS,
        (6, 8, 32, 28, 10, 14, 22, 15, 15, 30),
    )
    for number, line in enumerate(entries, 1):
        days = chinese_day(line.entered_on), chinese_day(line.paid_on)
        texts = (
            str(line.number),
            line.kind,
            line.project,
            line.organisation,
            line.level,
            "",
            line.document,
            *days,
            line.note,
        )
        _write_row(page, _HEAD_ROW + number, texts)
        amount = page.cell(_HEAD_ROW + number, 6)
        amount.value, amount.number_format = yuan(line.amount), MONEY
        _finish_row(page, _HEAD_ROW + number)
    _finish(page)


def _write_matching(pages: _Pages, matching: Sequence[MatchingLine]) -> None:
    note = "各区市总工会自行配套的标准，供参考，不计入本表金额。"
    page = pages.page("区市配套标准", note, _MATCHING_HEADINGS, (18, 12, 16, 16, 50))
    for number, line in enumerate(matching, 1):
        texts = (line.district, line.level, "", chinese_day(line.since), line.clause)
        _write_row(page, _HEAD_ROW + number, texts)
        amount = page.cell(_HEAD_ROW + number, 3)
        amount.value, amount.number_format = yuan(line.amount), MONEY
        _finish_row(page, _HEAD_ROW + number)
    _finish(page)
