"""年度台账.xlsx as bytes: a page for each programme's year, one line a unit, and what has found no unit. The same content is the same
bytes. In: `Ledger` values. Out: the workbook; it is read by people and never comes back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from formflow.model.case import case_number
from formflow.model.ledger import Ledger, LedgerRow, LoosePaper
from formflow.service.sheets import steady
from formflow.service.sheets.book import Book

TITLE = "年度台账"
_COLUMNS: tuple[tuple[str, float], ...] = (
    ("案卷号", 11), ("所属地区", 12), ("单位", 22), ("申请单位", 18), ("收到日期", 11), ("版次", 5), ("办理结果", 9), ("待补内容", 24),
    ("补正期限", 11), ("逾期工作日", 7), ("评分表", 7), ("退回评分表", 7), ("得分", 7), ("决定", 6), ("等次", 8), ("延期至", 11), ("文书", 28),
    ("案卷文件夹", 18),
)  # fmt: skip
_PAPER_COLUMNS: tuple[tuple[str, float], ...] = (("文件", 40), ("收到日期", 12), ("状态", 12), ("原因", 80))
_PAPERS = "没有归入案卷的来件"
_HEAD_ROW = 4
_FROZEN_COLUMN = 4
_MARGIN_INCHES = 0.4
_DATE_FORMAT = "yyyy-mm-dd"
_NAME_LIMIT = 31  # characters of a page's name, by Excel
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def build_ledger(ledgers: Iterable[Ledger], papers: Iterable[LoosePaper] = ()) -> bytes:
    """The workbook, of ledgers that are taken one after the other; without any, one empty page, for a workbook must have one."""
    book = Book()
    del book["Sheet"]
    for ledger in ledgers:
        _write_ledger(book.create_sheet(_page_name(book, f"{ledger.year} {ledger.programme_name}")), ledger)
    if not book.sheetnames:
        _write_table(book.create_sheet(TITLE), 1, _COLUMNS, ())
    if lines := [(paper.name, paper.received_on, paper.state, paper.reason) for paper in papers]:
        _write_table(book.create_sheet(_PAPERS), 1, _PAPER_COLUMNS, lines)
    return book.saved()


def _page_name(book: Any, wanted: str) -> str:
    """A name that Excel takes and that is not there yet."""
    plain = " ".join(wanted.translate(_NOT_IN_NAMES).split())[: _NAME_LIMIT - 3]
    taken = {name.casefold() for name in book.sheetnames}
    names = (plain, *(f"{plain} {number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name.casefold() not in taken)


def _write_ledger(page: Any, ledger: Ledger) -> None:
    steady.put(page.cell(1, 1), f"{ledger.programme_name} {ledger.year}{TITLE}").font = Font(bold=True, size=16)
    day = ledger.as_of
    steady.put(
        page.cell(2, 1),
        f"截至{day.year}年{day.month}月{day.day}日。{_summary(ledger.rows)}{''.join(f'{said}。' for said in ledger.remarks)}",
    ).font = steady.HELP
    overdue = [column for column, _ in _COLUMNS].index("逾期工作日")
    _write_table(
        page, _HEAD_ROW, _COLUMNS, (_values(row, ledger.year) for row in ledger.rows), _FROZEN_COLUMN, doubtful=overdue
    )


def _summary(rows: Sequence[LedgerRow]) -> str:
    """共5个单位：已受理3个，待补正2个（逾期1个）；决定：是2个。"""
    outcomes = Counter(row.outcome for row in rows)
    decisions = Counter(row.decision for row in rows if row.decision)
    late = sum(bool(row.days_overdue) for row in rows)
    said = f"共{len(rows)}个单位" + (f"：{_counted(outcomes)}" if outcomes else "")
    return said + (f"；逾期{late}个" if late else "") + (f"；决定：{_counted(decisions)}" if decisions else "") + "。"


def _counted(counts: Counter[str]) -> str:
    return "，".join(f"{word}{count}个" for word, count in sorted(counts.items()))


def _values(row: LedgerRow, year: int) -> tuple[Any, ...]:
    letters = "\n".join(
        f"{letter.title} {letter.number} {letter.on.year}年{letter.on.month}月{letter.on.day}日{'（作废）' if letter.is_void else ''}"
        for letter in row.letters
    )
    return (case_number(year, row.number), row.county, row.unit, row.applicant, row.opened_on, row.version, row.outcome, "；".join(row.missing),
            row.deadline, row.days_overdue, row.sheets, row.returned, row.score, row.decision, row.grade, row.until, letters,
            row.folder)  # fmt: skip


def _write_table(
    page: Any,
    head_row: int,
    columns: Sequence[tuple[str, float]],
    lines: Iterable[tuple[Any, ...]],
    frozen_column: int = 1,
    doubtful: int | None = None,
) -> None:
    """A table, frozen left of a column; in the one that is `doubtful` (from 0), whatever is not 0 or empty is marked."""
    steady.write_headings(page, head_row, [name for name, _ in columns], [width for _, width in columns])
    page.freeze_panes = page.cell(head_row + 1, frozen_column)
    last = head_row
    for last, values in enumerate(lines, head_row + 1):
        for column, value in enumerate(values, 1):
            _write(page.cell(last, column), value)
        if doubtful is not None and values[doubtful]:
            page.cell(last, doubtful + 1).fill = steady.DOUBT
        steady.fit_rows(page, last, last)
        page.finish(last)
    page.auto_filter.ref = f"A{head_row}:{get_column_letter(len(columns))}{last}"
    steady.set_print(page, head_row)
    page.page_margins.left = page.page_margins.right = _MARGIN_INCHES


def _write(cell: Any, value: str | int | date | None) -> None:
    """Figures and days as such, so that they can be sorted; every text as text."""
    if isinstance(value, str):
        steady.put(cell, value)
    else:
        cell.value = value
    if isinstance(value, date):
        cell.number_format = _DATE_FORMAT
    steady.dress(cell, _PLAIN)


_PLAIN = steady.Look(border=steady.FRAME, alignment=Alignment(wrap_text=True, vertical="top"))
