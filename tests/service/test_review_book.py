"""审核表.xlsx: what a clerk opens, and that it comes back as it went out."""

from __future__ import annotations

import math
import zipfile
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from PIL import Image

from formflow.forms.corrections import returned_sheet
from formflow.forms.review_lines import HEADINGS, PICTURE
from formflow.model.review import Correction, ReviewHead, ReviewLine, ReviewSheet
from formflow.reading import read_document
from formflow.service.review_book import as_text, build, from_text

HEAD = ReviewHead("friends", "职工之友", 2022, 7, 2, "海风镇总工会 <甲> & 乙")
LINES = (
    ReviewLine("industry", "所属行业", '=HYPERLINK("http://x")', "table 1", 0.99, ""),
    ReviewLine("state", "现状", "+1\x07\ud800", "", 0.5, "", is_doubtful=True),
    ReviewLine("money", "经费来源", "一行\n 两行 _x0041_", "", None, "没有填写"),
    ReviewLine("opinion.sealed", "意见 盖章", "", "", 0.99, ""),
)
SHEET = ReviewSheet(HEAD, LINES)


def png(width: int, height: int) -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, height), (200, 30, 30)).save(out, "PNG")
    return out.getvalue()


def page_of(data: bytes) -> Any:
    return load_workbook(BytesIO(data)).active


def test_the_same_sheet_is_the_same_bytes_and_survives_the_register() -> None:
    first = build(SHEET)
    for number in (2, 3):  # what was kept of the first is gone
        build(ReviewSheet(replace(HEAD, number=number), LINES))
    assert from_text(as_text(SHEET)) == SHEET
    assert build(from_text(as_text(SHEET))) == first


def test_it_says_whose_it_is_and_everything_that_was_read() -> None:
    page = page_of(build(SHEET))
    assert page["A1"].value == "职工之友 审核表"
    assert page["B2"].value == "海风镇总工会 <甲> & 乙"
    assert [cell.value for cell in page[3]] == [
        "项目编码",
        "friends",
        "年度",
        "2022",
        "案卷号",
        "2022-0007",
        "版次",
        "2",
    ]
    assert [cell.value for cell in page[6]] == [heading for heading in HEADINGS if heading != PICTURE]
    assert [cell.value for cell in page["D"][6:]] == ['=HYPERLINK("http://x")', "+1", "一行\n 两行 _x005F_x0041_", None]
    assert [cell.value for cell in page["F"][6:]] == ["99%", "50%", None, "99%"]
    assert page["G9"].value == "没有填写"


def test_only_the_corrections_can_be_written_and_nothing_is_a_formula() -> None:
    page = page_of(build(SHEET))
    assert page.protection.sheet
    free = {cell.coordinate for row in page.iter_rows() for cell in row if not cell.protection.locked}
    assert free == {"H7", "H8", "H9", "H10"}
    cells = [cell for row in page.iter_rows() for cell in row if cell.value is not None]
    assert not [cell.coordinate for cell in cells if cell.data_type != "s" or not cell.quotePrefix]
    assert {page[place].number_format for place in free} == {"@"}


def test_it_can_be_worked_with_and_printed() -> None:
    page = page_of(build(SHEET))
    assert page.freeze_panes == "D7"
    assert (page.print_title_rows, page.page_setup.orientation, page.page_setup.paperSize) == (
        "$6:$6",
        "landscape",
        9,
    )
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight, page.sheet_properties.pageSetUpPr.fitToPage) == (
        1,
        0,
        True,
    )
    assert page.column_dimensions["D"].width == 60
    [choice] = page.data_validations.dataValidation
    assert (str(choice.sqref), choice.formula1, choice.showErrorMessage) == ("H10", '"有,无"', False)


def test_what_needs_a_look_is_marked() -> None:
    page = page_of(build(SHEET))
    fills = [page[f"D{row}"].fill.fgColor.rgb for row in range(7, 11)]
    assert fills[0] == fills[3] != fills[1] == fills[2]


def test_pictures_stand_on_their_rows_in_a_column_of_their_own() -> None:
    page = page_of(build(SHEET, {"state": png(600, 300), "gone": png(9, 9), "money": png(100, 20)}))
    assert [cell.value for cell in page[6]] == list(HEADINGS)
    column = HEADINGS.index(PICTURE)
    anchors = [(image.anchor._from.col, image.anchor._from.row + 1) for image in page._images]
    assert anchors == [(column, 8), (column, 9)]
    sizes = [(image.anchor.ext.width // 9525, image.anchor.ext.height // 9525) for image in page._images]
    assert sizes == [(300, 150), (100, 20)]
    # In points, of which there are three for four pixels.
    assert page.row_dimensions[8].height >= 150 * 0.75
    assert page.row_dimensions[7].height is None
    free = {cell.coordinate for row in page.iter_rows() for cell in row if not cell.protection.locked}
    assert free == {"I7", "I8", "I9", "I10"}


def test_nothing_but_the_sheet_differs_between_two_workbooks() -> None:
    def parts(data: bytes) -> dict[str, bytes]:
        with zipfile.ZipFile(BytesIO(data)) as book:
            return {name: book.read(name) for name in book.namelist()}

    one, other = parts(build(SHEET)), parts(build(ReviewSheet(HEAD, LINES[:1])))
    assert [name for name in one if one[name] != other[name]] == ["xl/worksheets/sheet1.xml"]
    assert b"2022-01-01T00:00:00Z" in one["docProps/core.xml"]
    assert b"lastModifiedBy" not in one["docProps/core.xml"]


@pytest.mark.parametrize("pictures", [{}, {"state": png(30, 20)}])
def test_what_a_clerk_writes_comes_back(pictures: dict[str, bytes]) -> None:
    book = load_workbook(BytesIO(build(SHEET, pictures)))
    letter = "I" if pictures else "H"
    book.active[f"{letter}7"] = "服装业"
    book.active[f"{letter}9"] = "（空）"
    book.properties.lastModifiedBy = "王敏"
    saved = BytesIO()
    book.save(saved)
    found = returned_sheet(read_document(saved.getvalue()))
    assert found is not None
    assert (found.programme_id, found.year, found.number, found.version) == ("friends", 2022, 7, 2)
    assert found.corrections == (Correction("industry", "服装业"), Correction("money", "（空）"))
    assert found.saved_by == "王敏"


def test_an_untouched_sheet_brings_no_corrections() -> None:
    found = returned_sheet(read_document(build(SHEET)))
    assert found is not None
    assert (found.corrections, found.saved_by) == ((), "")


def test_the_case_s_number_is_shown_whole() -> None:
    """The cell behind it is taken: what does not fit is cut."""
    page = page_of(build(SHEET))
    (cell,) = [cell for cell in page[3] if cell.value == "2022-0007"]
    assert page.column_dimensions[cell.column_letter].width > len("2022-00007")


def test_rows_are_as_high_as_their_texts() -> None:
    """Not every programme works that out; a text longer than a page of rows is no reason for more than Excel allows."""
    texts = ("一行", "字" * 200, "一\n二\n三", "字" * 30_000)
    lines = tuple(ReviewLine(f"field{n}", "栏目", text, "", 0.99, "") for n, text in enumerate(texts))
    page = page_of(build(ReviewSheet(HEAD, lines)))
    width = page.column_dimensions["D"].width
    short, long, broken, endless = (page.row_dimensions[row].height for row in (7, 8, 9, 10))
    assert short is None
    assert long >= 15 * math.ceil(400 / width)
    assert 45 <= broken < 62
    assert endless == 409
    tall = page_of(build(ReviewSheet(HEAD, lines), {"field0": png(300, 300)}))
    assert tall.row_dimensions[7].height > 60
    assert tall.row_dimensions[8].height == long
