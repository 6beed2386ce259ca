"""审核表.xlsx: what a clerk opens, and that it comes back as it went out."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook

from formflow.forms.corrections import returned_sheet
from formflow.model.review import Correction, ReviewHead, ReviewLine, ReviewSheet
from formflow.reading import read_document
from formflow.service.review_book import as_text, build, from_text

HEAD = ReviewHead("friends", "职工之友", 2022, 7, 2, "海风镇总工会")
LINES = (
    ReviewLine("industry", "所属行业", '=HYPERLINK("http://x")', "table 1", 0.99, ""),
    ReviewLine("state", "现状", "+1\x07", "", 0.5, "没有填写"),
    ReviewLine("money", "经费来源", "", "", None, ""),
)
SHEET = ReviewSheet(HEAD, LINES)


def test_the_same_sheet_is_the_same_bytes_and_survives_the_register() -> None:
    assert build(SHEET) == build(from_text(as_text(SHEET)))


def test_only_the_corrections_can_be_written_and_nothing_is_a_formula() -> None:
    page = load_workbook(BytesIO(build(SHEET))).active
    assert page.protection.sheet
    free = {cell.coordinate for row in page.iter_rows() for cell in row if not cell.protection.locked}
    assert free == {"H7", "H8", "H9"}
    cells = [cell for row in page.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in (page["D7"], page["D8"]))
    assert page["D7"].value == '=HYPERLINK("http://x")'
    assert page["D8"].value == "+1"


def test_what_a_clerk_writes_comes_back() -> None:
    book = load_workbook(BytesIO(build(SHEET)))
    book.active["H7"] = "服装业"
    book.active["H9"] = "（空）"
    saved = BytesIO()
    book.save(saved)
    found = returned_sheet(read_document(saved.getvalue()))
    assert found is not None
    assert (found.programme_id, found.year, found.number, found.version) == ("friends", 2022, 7, 2)
    assert found.corrections == (Correction("industry", "服装业"), Correction("money", "（空）"))


def test_an_untouched_sheet_brings_no_corrections() -> None:
    found = returned_sheet(read_document(build(SHEET)))
    assert found is not None
    assert found.corrections == ()
