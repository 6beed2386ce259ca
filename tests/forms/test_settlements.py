"""A 补助测算 that comes back: what was filled in, on every page, and every line that cannot be taken."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from formflow.forms.settlements import returned_settlement
from formflow.model.honours import NameQuestion
from formflow.model.money import Fen
from formflow.model.settlement import (
    HonourLine,
    NameLine,
    ReturnedSettlement,
    ReturnedSum,
    SettlementHead,
    SettlementRow,
    SettlementSheet,
)
from formflow.reading import read_document
from formflow.service.sheets.subsidy import build_settlement

HEAD = SettlementHead("paying", "优秀项目", 2022, 3)
STATION = SettlementRow(
    "新驿站", "“新驿站”项目", "暖阳中心", "青岛市 2022-03-15", "青岛市", Fen(1_000_000), Fen(0), Fen(1_000_000), "青岛市 10,000 − 已补助 0 = 10,000",
    "三", "待核定",
)  # fmt: skip
SCHOOL = SettlementRow(
    "乐学堂", "乐学堂", "童心中心", "山东省 2022-05-15", "山东省", Fen(2_000_000), Fen(1_000_050), Fen(999_950), "…", "三", "待核定",
    booked=Fen(1_000_050), is_undated=True,
)  # fmt: skip
SHEET = SettlementSheet(
    HEAD,
    (STATION, SCHOOL),
    (NameLine(NameQuestion("新驿站", "新驿站项目", "暖阳中心")), NameLine(NameQuestion("甲", "甲", "乙", "丙"), True)),
    (HonourLine(7, "名单.xlsx", "新驿站", "暖阳中心", "青岛市", "2022-03-15", "", "", ("看不清",)),),
)
# Columns of the first page.
VERDICT, PAID_ON, RECOVERED, REASON = "N", "O", "P", "Q"


def filled(**cells: Any) -> ReturnedSettlement:
    """The sheet as it comes back; `s_N7` is a cell of the first page, `n_…` of the names, `h_…` of the honours."""
    book = load_workbook(BytesIO(build_settlement(SHEET)))
    pages = dict(zip("snh", book.worksheets, strict=True))
    for place, value in cells.items():
        pages[place[0]][place[2:]] = value
    written = BytesIO()
    book.save(written)
    found = returned_settlement(read_document(written.getvalue()))
    assert found is not None
    return found


def test_an_untouched_sheet_decides_nothing_but_what_was_answered_before() -> None:
    found = returned_settlement(read_document(build_settlement(SHEET)))
    assert found == ReturnedSettlement("paying", 2022, 3, answers=((2, True),))


def test_what_was_filled_in_comes_back() -> None:
    found = filled(s_N7="是", s_O7="2022年12月8日", s_N8="否", s_P8=500.5, s_Q8="退回", n_F7="不同项目", h_J7="是")
    # The workbook was saved by a program that computes nothing: the sums are not there.
    assert found.sums == (
        ReturnedSum(1, "“新驿站”项目", None, "approve", date(2022, 12, 8)),
        ReturnedSum(2, "乐学堂", None, "refuse", None, Fen(50_050), "退回"),
    )
    assert (found.answers, found.struck, found.problems) == (((1, False), (2, True)), (7,), ())


def test_a_sum_that_was_written_over_is_told() -> None:
    (one,) = filled(s_N7="√", s_H7=20000).sums
    assert (one.verdict, one.payable) == ("approve", Fen(2_000_000))


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"s_N7": "也许"}, "“也许”，请写“是”或“否”"),
        ({"s_N7": "是", "s_O7": "下周"}, "看不出是哪一天"),
        ({"s_N7": "是", "s_H7": "两万左右"}, "不能更改"),
        ({"s_P8": "一些", "s_Q8": "退回"}, "请写收回了多少元"),
        ({"s_P8": 0, "s_Q8": "退回"}, "请写收回了多少元"),
        ({"s_P8": 100}, "请写明收回理由"),
        ({"s_Q8": "退回"}, "没有写收回金额"),
        ({"s_N12": "是"}, "没有序号"),
        ({"s_A8": "1", "s_N7": "是", "s_N8": "是"}, "出现了两次"),
        ({"n_F7": "也许"}, "请写“同一项目”或“不同项目”"),
        ({"n_F20": "同一项目"}, "没有序号"),
        ({"h_J7": "也许"}, "作废的请写“是”"),
        ({"h_J20": "是"}, "没有荣誉编号"),
        ({"n_G3": "2"}, "从另一份测算表上来的"),
    ],
)
def test_what_cannot_be_taken_is_told(cells: dict[str, Any], said: str) -> None:
    assert any(said in problem for problem in filled(**cells).problems)


def test_another_workbook_is_none() -> None:
    book = load_workbook(BytesIO(build_settlement(SHEET)))
    book.worksheets[0]["B3"] = "别的"
    written = BytesIO()
    book.save(written)
    assert returned_settlement(read_document(written.getvalue())) is None
