"""Cells as they are written are what openpyxl itself writes, but for the values beside formulas."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl.styles import Font

from formflow.service.sheets import formulas, steady
from formflow.service.sheets.book import Book

ROWS_OF = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\ufffe\uffff")).map(
    lambda text: openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("", text)
)
VALUES = st.one_of(
    st.none(),
    TEXTS,
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.decimals(-1_000_000, 1_000_000, places=2),
    st.dates(date(1990, 1, 1), date(2090, 1, 1)),
    st.booleans().map(lambda is_one: "是" if is_one else " 否 \n"),
)


def rows_of(data: bytes) -> bytes:
    """The rows of the first page, as they stand in the file."""
    part = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    return part[part.index(b"<sheetData") : part.index(b"</sheetData>")]


def by_the_library(book: Any) -> bytes:
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def fill(book: Any, lines: list[list[Any]]) -> None:
    page = book.active
    for row, line in enumerate(lines, 2):
        for column, value in enumerate(line, 3):
            cell = page.cell(row, column)
            if isinstance(value, str):
                cell.value, cell.data_type, cell.quotePrefix = value, "s", True
            else:
                cell.value = value
            if (row + column) % 3 == 0:
                cell.font = Font(bold=True)
        if row % 2:
            page.row_dimensions[row].height = 12.5 * row
    page.row_dimensions[40].height = 3


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(VALUES, max_size=5), max_size=5))
def test_the_same_as_the_library_writes(lines: list[list[Any]]) -> None:
    ours, theirs = Book(), openpyxl.Workbook()
    for book in (ours, theirs):
        fill(book, lines)
    assert rows_of(ours.saved()) == rows_of(by_the_library(theirs))


@pytest.mark.parametrize(
    ("value", "shown"), [(Decimal("1.25"), 1.25), (3, 3), ("", None), ("壹万元整<&", "壹万元整<&")]
)
def test_a_formula_is_written_with_what_it_gives(value: Any, shown: Any) -> None:
    book = Book()
    formulas.put(book.active["B2"], 'IF(A1>0,"&",SUM(A1:A3))', value)
    data = book.saved()
    assert openpyxl.load_workbook(io.BytesIO(data)).active["B2"].value == '=IF(A1>0,"&",SUM(A1:A3))'
    assert openpyxl.load_workbook(io.BytesIO(data), data_only=True).active["B2"].value == shown


@pytest.mark.parametrize("odd", ["\ufffe", "\uffff", "\ud800", "\x01"])
def test_what_no_file_can_hold_is_left_out(odd: str) -> None:
    """A PDF's text has U+FFFE where a line was broken within a word."""
    book = Book()
    steady.put(book.active["A1"], f"赋能{odd}创优")
    part = zipfile.ZipFile(io.BytesIO(book.saved())).read("xl/worksheets/sheet1.xml")
    assert [text.text for text in etree.fromstring(part).iter(f"{ROWS_OF}t")] == ["赋能创优"]


def test_other_kinds_of_cells_are_refused() -> None:
    book = Book()
    book.active["A1"].value = True
    with pytest.raises(TypeError, match="this kind"):
        book.saved()
