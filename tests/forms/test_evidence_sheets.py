"""A 佐证材料 sheet that comes back: what was filled in, and every line that cannot be taken."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from formflow.forms.evidence_sheets import returned_evidence
from formflow.model.evidence_sheet import (
    ArticleLine,
    ClaimLine,
    EvidenceHead,
    EvidenceSheet,
    ReturnedArticle,
    ReturnedEvidence,
    UnitLine,
)
from formflow.model.settlement import SettlementHead, SettlementSheet
from formflow.reading import read_document
from formflow.service.sheets.evidence import build_evidence
from formflow.service.sheets.subsidy import build_settlement
from support import offices

HEAD = EvidenceHead("paying", "优秀项目", 2022, 3)
FIRST = ArticleLine(
    7, "晨讯.txt", "驿站送清凉", "报道", "青岛晨讯", "", "2021-07-03", "新驿站", "句子。", ("级别不明",), (), "暂不计入"
)
SECOND = ArticleLine(
    8, "晨讯.txt", "=1+1", "报道", "", "", "", "", "", (), (9,), "没有归属", owner="无关", level_said="省部级", is_counted=False
)  # fmt: skip
CLAIM = ClaimLine(7, "驿站送清凉", "新驿站", "建成驿站", "", Decimal(18), "个", "建成驿站18个。")
SHEET = EvidenceSheet(
    HEAD, (FIRST, SECOND), (UnitLine("新驿站", ("暖阳中心",), 2022),), ("设区市级", "省部级"), (CLAIM,)
)
OWNER, LEVEL, COUNTED = "M", "N", "O"


def filled(**cells: str) -> ReturnedEvidence:
    book = load_workbook(BytesIO(build_evidence(SHEET)))
    for place, value in cells.items():
        book.worksheets[0][place] = value
    written = BytesIO()
    book.save(written)
    found = returned_evidence(read_document(written.getvalue()))
    assert found is not None
    return found


def test_an_untouched_sheet_says_what_was_said_before() -> None:
    said = ReturnedArticle(8, "=1+1", "无关", "省部级", False)
    assert filled() == ReturnedEvidence("paying", 2022, 3, (said,))


def test_what_was_filled_in_comes_back() -> None:
    found = filled(M7="新驿站", N7="设区市级", O7="√")
    assert found.articles[0] == ReturnedArticle(7, "驿站送清凉", "新驿站", "设区市级", True)
    assert found.problems == ()


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"O7": "也许"}, "7号的“计入”一栏写的是“也许”，请写“是”或“否”"),
        ({"A7": "8", "O7": "是"}, "8号在表里出现了两次，请只留一行"),
        ({"A7": "", "O7": "是"}, "有一行填了内容，但没有编号，不知道是哪一篇"),
        ({"A7": "七", "M7": "无关"}, "有一行填了内容，但编号一栏写的是“七”，不知道是哪一篇"),
    ],
)
def test_lines_that_cannot_be_taken(cells: dict[str, str], said: str) -> None:
    assert said in filled(**cells).problems


def test_another_workbook_is_none() -> None:
    settlement = SettlementSheet(SettlementHead("paying", "优秀项目", 2022, 3), ())
    assert returned_evidence(read_document(build_settlement(settlement))) is None
    assert returned_evidence(read_document(offices.COMPLETE.read_bytes())) is None
