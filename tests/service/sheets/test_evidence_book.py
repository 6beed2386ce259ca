"""佐证材料.xlsx: what can be written, what can be chosen, and that text from outside stays text."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook

from formflow.model.evidence_sheet import ArticleLine, ClaimLine, EvidenceHead, EvidenceSheet, UnitLine
from formflow.service.sheets.evidence import build_evidence

LINE = ArticleLine(
    7, "晨讯.txt", "=HYPERLINK(\"http://x\")", "报道", "+青岛晨讯", "设区市级", "2021-07-03", "-新驿站", "@句子。", ("=级别不明",), (8,), "=暂不计入",
)  # fmt: skip
SECOND = replace(
    LINE, code=8, title="巧手", questions=(), copies=(7,), owner="无关", level_said="省部级", is_counted=False
)
CLAIM = ClaimLine(7, "=1+1", "新驿站", "建成驿站", "余", Decimal("42000"), "个", "=句子")
SHEET = EvidenceSheet(
    EvidenceHead("p", "优秀项目", 2022, 1),
    (LINE, SECOND),
    (UnitLine("新驿站", ("=暖阳中心", "新驿站项目"), 2022), UnitLine("托管班（2021年）", (), 2021)),
    ("设区市级", "省部级", "国家级"),
    (CLAIM,),
)


def opened(sheet: EvidenceSheet = SHEET) -> Workbook:
    return load_workbook(BytesIO(build_evidence(sheet)))


def test_the_same_sheet_is_the_same_bytes() -> None:
    assert build_evidence(SHEET) == build_evidence(replace(SHEET))


def test_only_what_is_to_be_decided_can_be_written() -> None:
    book = opened()
    free = {
        (page.title, cell.coordinate)
        for page in book.worksheets
        for row in page.iter_rows()
        for cell in row
        if not cell.protection.locked
    }
    assert free == {("佐证材料", f"{column}{row}") for column in "MNO" for row in (7, 8)}
    assert all(page.protection.sheet for page in book.worksheets)


def test_nothing_from_outside_is_a_formula() -> None:
    cells = [cell for page in opened().worksheets for row in page.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert opened()["佐证材料"]["C7"].value == LINE.title


def test_what_can_be_chosen_is_what_is_understood() -> None:
    book = opened()
    chosen = {str(choice.sqref): choice.formula1 for choice in book["佐证材料"].data_validations.dataValidation}
    assert chosen["N7:N8"] == '"设区市级,省部级,国家级"'
    assert chosen["O7:O8"] == '"是,否"'
    page, _, span = chosen["M7:M8"].partition("!")
    assert page == "'单位名单'"
    assert [row[0].value for row in book["单位名单"][span.replace("$", "")]] == ["无关", "新驿站", "托管班（2021年）"]


def test_what_was_said_before_stands_there() -> None:
    page = opened()["佐证材料"]
    assert [page[f"{column}8"].value for column in "MNO"] == ["无关", "省部级", "否"]
    assert [page[f"{column}7"].value for column in "MNO"] == [None, None, None]


def test_what_has_to_be_looked_at_is_marked() -> None:
    page: Any = opened()["佐证材料"]
    assert page["C7"].fill.fgColor.rgb != page["C8"].fill.fgColor.rgb


def test_the_figures_stand_on_a_page_of_their_own() -> None:
    row = [cell.value for cell in opened()["数据线索"][7]]
    assert row == ["7", "=1+1", "新驿站", "建成驿站", "余", "42000", "个", "=句子"]
    assert opened(replace(SHEET, claims=())).sheetnames == ["佐证材料", "单位名单"]
