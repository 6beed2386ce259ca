"""Rows that were struck out or hidden, and sums that a formula could not give: nothing is paid on them, or counted as paid, without a person."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
import openpyxl
import pytest
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from formflow.forms.honours import honours_lists
from formflow.forms.ledgers import ledger_of
from formflow.reading import read_document
from support.honours_lists import word, workbook
from support.office import packs

HEADS = ["项目名称", "实施单位", "级别", "命名时间", "已补助（元）", "联系电话"]
ROWS = [
    ["暖心驿站", "甲中心", "省级", "2022-03-01", "10000", "0532-00000000"],
    ["海燕课堂", "乙中心", "市级", "2022-03-01", "", "0532-00000000"],
]
Change = Callable[[Worksheet], object]


def changed(change: Change) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(workbook([HEADS, *ROWS])))
    change(book.worksheets[0])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def hide_row(sheet: Worksheet) -> None:
    sheet.row_dimensions[3].hidden = True


def hide_column(letter: str) -> Change:
    def change(sheet: Worksheet) -> None:
        sheet.column_dimensions[letter].hidden = True

    return change


def strike(place: str) -> Change:
    def change(sheet: Worksheet) -> None:
        sheet[place].font = Font(strike=True)

    return change


def fail(place: str) -> Change:
    def change(sheet: Worksheet) -> None:
        sheet[place] = "#N/A"
        sheet[place].data_type = "e"

    return change


@pytest.mark.parametrize(
    ("change", "held"),
    [
        (hide_row, [False, True]),
        (hide_column("C"), [True, True]),
        (hide_column("F"), [False, False]),
        (strike("A3"), [False, True]),
        (strike("C2"), [True, False]),
        (strike("F3"), [False, False]),
        (fail("E3"), [False, True]),
        (fail("F3"), [False, False]),
    ],
    ids=["row", "levels", "telephones", "name", "level", "telephone", "sum", "number that failed"],
)
def test_a_row_of_a_sheet_is_held_for_what_it_says_and_no_other(change: Change, held: list[bool]) -> None:
    (found,) = honours_lists(read_document(changed(change)), packs())
    assert [(honour.project, bool(honour.doubts)) for honour in found.honours] == list(
        zip(("暖心驿站", "海燕课堂"), held, strict=True)
    )


def test_a_struck_row_of_a_word_file_is_held() -> None:
    document = docx.Document(io.BytesIO(word("优秀项目荣誉名单", [HEADS, *ROWS])))
    for cell in document.tables[0].rows[2].cells:
        for run in cell.paragraphs[0].runs:
            run.font.strike = True
    buffer = io.BytesIO()
    document.save(buffer)
    (found,) = honours_lists(read_document(buffer.getvalue()), packs())
    assert [bool(honour.doubts) for honour in found.honours] == [False, True]
    assert "删除线" in found.findings[-1].message


@pytest.mark.parametrize(
    ("change", "doubtful"),
    [(hide_row, []), (strike("A2"), ["暖心驿站"]), (strike("E2"), ["暖心驿站"]), (fail("E2"), ["暖心驿站"])],
    ids=["row without a sum", "name", "sum", "sum that failed"],
)
def test_a_payment_that_may_have_been_taken_back_makes_its_project_doubtful(
    change: Change, doubtful: list[str]
) -> None:
    policy = next(pack.honours for pack in packs() if pack.honours)
    ledger = ledger_of(read_document(changed(change)), policy)
    assert ledger is not None
    assert [project for project, _ in ledger.doubtful] == doubtful
    assert [payment.project for payment in ledger.payments] == ([] if doubtful else ["暖心驿站"])
