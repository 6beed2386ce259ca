"""付款清单.xlsx as bytes: what the finance office pays by one 补助通知, with the columns of the accounts left open.

In: a `PaymentList`. Out: the workbook. The same list is the same bytes.
"""

from __future__ import annotations

from typing import Any

from openpyxl.styles import Alignment, Font

from formflow.model.money import Fen, capital
from formflow.model.settlement import PaymentLine, PaymentList
from formflow.service.sheets import formulas, steady
from formflow.service.sheets.book import Book
from formflow.service.sheets.capitals import capital_formula
from formflow.service.sheets.yuan import MONEY, chinese_day, yuan

TITLE = "付款清单"
_HEADINGS = (
    "序号",
    "单位",
    "项目名称",
    "金额（元）",
    "大写",
    "文号",
    "拨付日期",
    "收款账户名称",
    "开户银行",
    "账号",
    "备注",
)
_WIDTHS = (6, 28, 32, 14, 22, 20, 15, 24, 24, 24, 16)
_HEAD_ROW = 5
_AMOUNT, _WORDS, _OPEN = 4, 5, 8
_LINE = steady.Look(border=steady.FRAME, alignment=Alignment(wrap_text=True, vertical="top"))
_HELP = "浅黄色的格子由财务部门填写：收款账户以单位提供的为准，请与单位核对后付款。本表不用放回收件箱。"


def build_payment_list(payments: PaymentList) -> bytes:
    """The workbook."""
    book = Book()
    page = book.active
    page.title = TITLE
    title = f"{payments.programme_name}{TITLE}（{payments.document}）"
    steady.put(page.cell(1, 1), title).font = Font(bold=True, size=16)
    steady.put(page.cell(2, 1), f"成文日期：{chinese_day(payments.issued_on)}　　单位：元")
    steady.put(page.cell(3, 1), _HELP).font = steady.HELP
    steady.write_headings(page, _HEAD_ROW, _HEADINGS, _WIDTHS)
    page.freeze_panes = page.cell(_HEAD_ROW + 1, 3)
    for number, line in enumerate(payments.lines, 1):
        _write_line(page, number, line, payments.document)
        steady.fit_rows(page, _HEAD_ROW + number, _HEAD_ROW + number)
        page.finish(_HEAD_ROW + number)
    last = _HEAD_ROW + len(payments.lines)
    steady.put(page.cell(last + 1, 2), "合计").font = Font(bold=True)
    total = Fen(sum(line.amount for line in payments.lines))
    _write_sum(page, last + 1, f"SUM(D{_HEAD_ROW + 1}:D{last})", total)
    steady.protect(page)
    steady.set_print(page, _HEAD_ROW)
    return book.saved()


def _write_line(page: Any, number: int, line: PaymentLine, document: str) -> None:
    row = _HEAD_ROW + number
    texts = (str(number), line.payee, line.project, "", "", document, chinese_day(line.paid_on), "", "", "", "")
    for column, text in enumerate(texts, 1):
        cell = steady.put(page.cell(row, column), text)
        steady.dress(cell, _LINE)
        if column >= _OPEN:
            steady.unlock(cell)
    _write_sum(page, row, "", line.amount)


def _write_sum(page: Any, row: int, formula: str, fen: Fen) -> None:
    """A sum, by a formula or as it is, with its words beside it."""
    cell = page.cell(row, _AMOUNT)
    if formula:
        formulas.put(cell, formula, yuan(fen)).font = Font(bold=True)
    else:
        cell.value = yuan(fen)
    cell.number_format = MONEY
    formulas.put(page.cell(row, _WORDS), capital_formula(cell.coordinate), capital(fen))
