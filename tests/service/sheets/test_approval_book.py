"""发文审批表.xlsx: what whoever signs opens, and that it comes back as it was filled in."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from openpyxl import load_workbook

from formflow.forms.approvals import returned_approval
from formflow.model.approval import ApprovalDecision, ApprovalHead, ApprovalLine, ApprovalSheet
from formflow.reading import read_document
from formflow.service.sheets.approval import build_approval

HEAD = ApprovalHead("friends", "职工之友", 2026, 3)
DRAFT = ApprovalLine("命名决定", "海风市总工会关于命名职工之友的决定", "letter-7", "拟稿/命名决定（拟稿）.docx", "拟稿")
ISSUED = ApprovalLine("通报", '=HYPERLINK("http://x")', "letter-3", "通报.docx", "已发文", "海工发〔2026〕3号", "approve", "张三", date(2026, 3, 4))  # fmt: skip
SHEET = ApprovalSheet(HEAD, (DRAFT, ISSUED))


def filled(**cells: object) -> bytes:
    """The sheet with cells written by a clerk."""
    book = load_workbook(BytesIO(build_approval(SHEET)))
    for place, value in cells.items():
        book.active[place] = value
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def test_the_same_sheet_is_the_same_bytes() -> None:
    assert build_approval(SHEET) == build_approval(ApprovalSheet(HEAD, (DRAFT, ISSUED)))


def test_only_what_is_decided_can_be_written_and_nothing_is_a_formula() -> None:
    page = load_workbook(BytesIO(build_approval(SHEET))).active
    assert page.protection.sheet
    free = {cell.coordinate for row in page.iter_rows() for cell in row if not cell.protection.locked}
    assert free == {f"{column}{row}" for column in "HIJK" for row in (7, 8)}
    assert {cell.data_type for row in page.iter_rows() for cell in row if cell.value is not None} == {"s"}
    assert page["C8"].value == '=HYPERLINK("http://x")'


def test_a_draft_is_approved_or_held_an_issued_letter_only_withdrawn() -> None:
    page = load_workbook(BytesIO(build_approval(SHEET))).active
    choices = {str(choice.sqref): choice.formula1 for choice in page.data_validations.dataValidation}
    assert choices == {"H7": '"是,否"', "H8": '"是,作废"'}


def test_an_untouched_sheet_says_what_was_decided_before() -> None:
    found = returned_approval(read_document(build_approval(SHEET)))
    assert found is not None
    assert (found.programme_id, found.year, found.revision, found.problems) == ("friends", 2026, 3, ())
    assert found.decisions == (ApprovalDecision("letter-3", "approve", "张三", date(2026, 3, 4)),)


def test_what_was_filled_in_comes_back() -> None:
    data = filled(H7="是", I7="李四", J7="2026年12月9日", H8="作废", K8="名单有误")
    found = returned_approval(read_document(data))
    assert found is not None
    assert found.decisions == (
        ApprovalDecision("letter-7", "approve", "李四", date(2026, 12, 9)),
        ApprovalDecision("letter-3", "void", "张三", date(2026, 3, 4), "名单有误"),
    )
    assert found.problems == ()


def test_a_date_typed_as_a_date_is_a_date() -> None:
    found = returned_approval(read_document(filled(H7="是", J7=date(2026, 12, 9))))
    assert found is not None
    assert found.decisions[0].dated == date(2026, 12, 9)


def test_the_heads_repeat_and_the_sheet_prints_on_a4() -> None:
    page = load_workbook(BytesIO(build_approval(SHEET))).active
    assert (page.print_title_rows, page.page_setup.orientation, str(page.page_setup.paperSize)) == (
        "$6:$6",
        "landscape",
        "9",
    )
    assert page.freeze_panes == "D7"
