"""佐证材料.xlsx as bytes: every article with whose it seems to be, and the columns in which a person decides. Behind it the figures that
running text tells, and the units that may be written.

In: an `EvidenceSheet`. Out: the workbook. The same sheet is the same bytes; no text from outside becomes a formula.
`forms.evidence_sheets` reads it when it comes back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from formflow.forms.evidence_sheets import (
    CLAIMS_TITLE,
    COUNTED,
    COUNTED_WORDS,
    HEAD_WORDS,
    HEADINGS,
    LEVEL,
    OWNER,
    TITLE,
    UNITS_TITLE,
)
from formflow.model.evidence_sheet import NOBODY, ArticleLine, ClaimLine, EvidenceHead, EvidenceSheet, UnitLine
from formflow.service.sheets import steady
from formflow.service.sheets.book import Book

_HEAD_ROW = 6
_WIDTHS = (7, 20, 30, 9, 14, 10, 12, 24, 40, 34, 9, 18, 26, 11, 7)
_TOP = Alignment(wrap_text=True, vertical="top")
_PLAIN = steady.Look(border=steady.FRAME, alignment=_TOP)
_DOUBTFUL = steady.Look(fill=steady.DOUBT, border=steady.FRAME, alignment=_TOP)
_COLUMN = {heading: number for number, heading in enumerate(HEADINGS, 1)}
_HELP = (
    f"只填浅黄色的格子，空着的维持系统的判断。“{OWNER}”：照“{UNITS_TITLE}”一页的名称写，与哪一家都无关的写“{NOBODY}”；“{LEVEL}”：识读不出或不对的填写；"
    f"“{COUNTED}”：写“是”即认可本行的归属和级别，写“否”则不计入。填好保存后放回收件箱。这里的计入只作评分的参考，不直接改分。"
)
_CLAIM_HEADINGS = ("编号", "标题", "归属", "指标", "约数", "数量", "单位", "原文语句")
_CLAIMS_HELP = "报道正文里写到的数字，供评分时核对；系统不据此计算任何分数。"
_UNIT_HEADINGS = ("名称（填写用）", "也称", "年度")
_UNITS_HELP = f"“{OWNER}”一栏可以写的名称。"


def build_evidence(sheet: EvidenceSheet) -> bytes:
    """The workbook."""
    book = Book()
    page = book.active
    page.title = TITLE
    _write_head(page, sheet.head, TITLE, _HELP)
    steady.write_headings(page, _HEAD_ROW, HEADINGS, _WIDTHS)
    for row, line in enumerate(sheet.articles, _HEAD_ROW + 1):
        _write_article(page, row, line)
        _finish_row(page, row)
    last = _HEAD_ROW + len(sheet.articles)
    _choose(page, OWNER, f"'{UNITS_TITLE}'!$A${_HEAD_ROW + 1}:$A${_HEAD_ROW + 1 + len(sheet.units)}", last)
    _choose(page, LEVEL, f'"{",".join(sheet.levels)}"', last)
    _choose(page, COUNTED, f'"{",".join(COUNTED_WORDS.values())}"', last)
    _finish(page, frozen_columns=3)
    page.page_setup.paperSize = page.PAPERSIZE_A3
    _write_claims(book, sheet.head, sheet.claims)
    _write_units(book, sheet.head, sheet.units)
    return book.saved()


def _write_head(page: Any, head: EvidenceHead, title: str, note: str) -> None:
    """What stands above the table of every page: it says which sheet it is of."""
    values = (head.programme_id, head.year, head.revision)
    steady.write_head(page, f"{head.programme_name} {head.year}年度{title}", HEAD_WORDS, values, note)


def _write_article(page: Any, row: int, line: ArticleLine) -> None:
    texts = (
        str(line.code), line.file, line.title, line.genre, line.medium, line.level, line.date, line.about, line.sentence,
        "\n".join(line.questions), "、".join(map(str, line.copies)), line.state,
    )  # fmt: skip
    _write_row(page, row, texts, is_doubtful=line.is_doubtful)
    said = "" if line.is_counted is None else COUNTED_WORDS[line.is_counted]
    for heading, text in ((OWNER, line.owner), (LEVEL, line.level_said), (COUNTED, said)):
        steady.dress(steady.unlock(steady.put(page.cell(row, _COLUMN[heading]), text)), _PLAIN)


def _write_row(page: Any, row: int, texts: Iterable[str], *, is_doubtful: bool = False) -> None:
    for column, text in enumerate(texts, 1):
        steady.dress(steady.put(page.cell(row, column), text), _DOUBTFUL if is_doubtful else _PLAIN)


def _choose(page: Any, heading: str, words: str, last: int) -> None:
    """What can be chosen in a column; `words` is a list or a range of cells."""
    choice = DataValidation(type="list", formula1=words, allow_blank=True, showErrorMessage=True)
    choice.errorTitle, choice.error = heading, "请从列出的选项中选一个。"
    page.add_data_validation(choice)
    letter = get_column_letter(_COLUMN[heading])
    choice.add(f"{letter}{_HEAD_ROW + 1}:{letter}{last}")


def _finish_row(page: Any, row: int) -> None:
    steady.fit_rows(page, row, row)
    page.finish(row)


def _finish(page: Any, *, frozen_columns: int = 0) -> None:
    page.freeze_panes = f"{get_column_letter(frozen_columns + 1)}{_HEAD_ROW + 1}"
    steady.protect(page)
    steady.set_print(page, _HEAD_ROW)


def _write_claims(book: Any, head: EvidenceHead, claims: Sequence[ClaimLine]) -> None:
    if not claims:
        return
    page = book.create_sheet(CLAIMS_TITLE)
    _write_head(page, head, CLAIMS_TITLE, _CLAIMS_HELP)
    steady.write_headings(page, _HEAD_ROW, _CLAIM_HEADINGS, (7, 30, 24, 22, 7, 14, 9, 70))
    for row, line in enumerate(claims, _HEAD_ROW + 1):
        number = f"{line.number:f}"
        texts = (str(line.code), line.title, line.about, line.what, line.bound, number, line.unit, line.sentence)
        _write_row(page, row, texts)
        _finish_row(page, row)
    _finish(page)


def _write_units(book: Any, head: EvidenceHead, units: Sequence[UnitLine]) -> None:
    page = book.create_sheet(UNITS_TITLE)
    _write_head(page, head, UNITS_TITLE, _UNITS_HELP)
    steady.write_headings(page, _HEAD_ROW, _UNIT_HEADINGS, (40, 60, 8))
    _write_row(page, _HEAD_ROW + 1, (NOBODY, "", ""))
    steady.fit_rows(page, _HEAD_ROW + 1, _HEAD_ROW + 1)
    for row, unit in enumerate(units, _HEAD_ROW + 2):
        _write_row(page, row, (unit.label, "、".join(unit.names), str(unit.year)))
        _finish_row(page, row)
    _finish(page)
