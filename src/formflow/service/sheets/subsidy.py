"""补助测算.xlsx as bytes: what each project is due, with the working, and the columns in which a person decides. Pages behind it ask about
names, show every honour as it was read, the ledger, and what districts add.

In: a `SettlementSheet`. Out: the workbook, with live formulas that give our exact sums. The same sheet is the same bytes; no text from
outside becomes a formula. `forms.settlements` reads it when it comes back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from formflow.forms.settlements import (
    HEADINGS,
    PAID_ON,
    PAYABLE,
    REASON,
    RECOVERED,
    TITLE,
    VERDICT,
)
from formflow.model.money import Fen, capital
from formflow.model.settlement import SUM_WORDS, SettlementRow, SettlementSheet
from formflow.service.sheets import formulas, steady
from formflow.service.sheets.book import Book
from formflow.service.sheets.capitals import capital_formula
from formflow.service.sheets.subsidy_pages import write_head, write_pages
from formflow.service.sheets.yuan import MONEY, chinese_day, yuan

_WIDTHS = (5, 26, 30, 24, 9, 12, 12, 12, 16, 26, 14, 10, 34, 7, 15, 11, 16)
_HEAD_ROW = 6
_SUMS = ("应补助（元）", "已补助（元）", PAYABLE)
_HELP = (
    f"只填浅黄色的格子。“{VERDICT}”：同意拨付的写“是”，不拨的写“否”；金额由系统按政策和台账算出，不能改。“{PAID_ON}”可以现在写，也可以拨付以后再补。"
    f"款项退回的，写“{RECOVERED}”和“{REASON}”。名称、荣誉有疑问的，在后面几页答复。填好保存后放回收件箱；核定的项目随即拟出补助通知，签发后记入台账。"
)
_PLAIN = steady.Look(border=steady.FRAME, alignment=Alignment(wrap_text=True, vertical="top"))
_DOUBTFUL = replace(_PLAIN, fill=steady.DOUBT)
_COLUMN = {heading: number for number, heading in enumerate(HEADINGS, 1)}
_LETTER = {heading: get_column_letter(number) for heading, number in _COLUMN.items()}


def build_settlement(sheet: SettlementSheet) -> bytes:
    """The workbook."""
    book = Book()
    page = book.active
    page.title = TITLE
    write_head(page, sheet.head, TITLE, _HELP)
    steady.write_headings(page, _HEAD_ROW, HEADINGS, _WIDTHS)
    page.freeze_panes = page.cell(_HEAD_ROW + 1, 3)
    for row, line in enumerate(sheet.rows, _HEAD_ROW + 1):
        _Line(page, row).write(line, row - _HEAD_ROW)
        steady.fit_rows(page, row, row)
        page.finish(row)
    last = _HEAD_ROW + len(sheet.rows)
    _write_totals(page, sheet.rows, last)
    _choose(page, last)
    steady.protect(page)
    steady.set_print(page, _HEAD_ROW)
    page.page_setup.paperSize = page.PAPERSIZE_A3
    write_pages(book, sheet)
    return book.saved(is_filled_on_every_page=True)


class _Line:
    """Writes one project's row."""

    def __init__(self, page: Any, row: int) -> None:
        self.page = page
        self.row = row

    def write(self, line: SettlementRow, number: int) -> None:
        texts = (str(number), line.project, line.organisation, line.honours, line.highest)
        for column, text in enumerate(texts, 1):
            steady.put(self.page.cell(self.row, column), text)
        self._sums(line)
        for heading, text in (
            ("计算过程", line.working), ("依据", line.clause), ("状态", line.state), ("疑问", "\n".join(line.questions)),
        ):  # fmt: skip
            steady.put(self._cell(heading), text)
        self._open(line)
        self._finish(is_doubtful=line.is_held or line.overpaid > 0)

    def _cell(self, heading: str) -> Any:
        return self.page.cell(self.row, _COLUMN[heading])

    def _sums(self, line: SettlementRow) -> None:
        due, paid = (self._cell(heading) for heading in _SUMS[:2])
        due.value, paid.value = yuan(line.entitlement), yuan(line.paid)
        payable = self._cell(PAYABLE)
        if line.is_held:
            payable.value = 0
        else:
            formulas.put(payable, f"MAX(0,{due.coordinate}-{paid.coordinate})", yuan(line.payable))
        for cell in (due, paid, payable):
            cell.number_format = MONEY
        formulas.put(self._cell("大写"), capital_formula(payable.coordinate), capital(line.payable))

    def _open(self, line: SettlementRow) -> None:
        """The cells that may be filled in: only where there is something to decide."""
        is_due = line.payable > 0 and not line.is_held
        verdict = SUM_WORDS[line.verdict] if line.verdict else ""
        for heading, text, is_open in (
            (VERDICT, verdict, is_due),
            (PAID_ON, chinese_day(line.paid_on), is_due or line.is_undated),
            (RECOVERED, "", line.booked > 0),
            (REASON, "", line.booked > 0),
        ):
            cell = steady.put(self._cell(heading), text)
            if is_open:
                steady.unlock(cell)

    def _finish(self, *, is_doubtful: bool) -> None:
        for column in range(1, len(HEADINGS) + 1):
            is_marked = is_doubtful and column < _COLUMN[VERDICT]
            steady.dress(self.page.cell(self.row, column), _DOUBTFUL if is_marked else _PLAIN)


def _write_totals(page: Any, lines: Sequence[SettlementRow], last: int) -> None:
    """The sums of the columns, and of what has been approved so far, as it is being filled in."""
    total, approved = last + 1, last + 2
    steady.put(page.cell(total, 2), "合计").font = Font(bold=True)
    steady.put(page.cell(approved, 2), f"其中{VERDICT}“是”").font = Font(bold=True)
    sums = {heading: Fen(sum(fens)) for heading, fens in zip(_SUMS, _columns(lines), strict=True)}
    for heading, fen in sums.items():
        _total(page.cell(total, _COLUMN[heading]), f"SUM({_span(heading, last)})" if lines else "0", fen)
    chosen = Fen(sum(line.payable for line in lines if line.verdict == "approve"))
    by_word = f'SUMIF({_span(VERDICT, last)},"{SUM_WORDS["approve"]}",{_span(PAYABLE, last)})' if lines else "0"
    _total(page.cell(approved, _COLUMN[PAYABLE]), by_word, chosen)
    for row, fen in ((total, sums[PAYABLE]), (approved, chosen)):
        words = capital_formula(f"{_LETTER[PAYABLE]}{row}")
        formulas.put(page.cell(row, _COLUMN["大写"]), words, capital(fen)).font = Font(bold=True)


def _columns(lines: Sequence[SettlementRow]) -> tuple[list[Fen], ...]:
    return [line.entitlement for line in lines], [line.paid for line in lines], [line.payable for line in lines]


def _span(heading: str, last: int) -> str:
    return f"{_LETTER[heading]}{_HEAD_ROW + 1}:{_LETTER[heading]}{last}"


def _total(cell: Any, formula: str, fen: Fen) -> None:
    formulas.put(cell, formula, yuan(fen)).number_format = MONEY
    cell.font = Font(bold=True)


def _choose(page: Any, last: int) -> None:
    """Only the words we understand can be chosen."""
    words = ",".join(SUM_WORDS.values())
    choice = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True, showErrorMessage=True)
    choice.errorTitle, choice.error = VERDICT, f"请从 {words.replace(',', '、')} 中选一个。"
    page.add_data_validation(choice)
    if last > _HEAD_ROW:
        choice.add(_span(VERDICT, last))
