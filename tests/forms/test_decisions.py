"""A 评分汇总 that comes back says what was decided about each unit."""

from __future__ import annotations

from typing import Any

import pytest

from formflow.forms.decisions import HEAD_WORDS, returned_summary
from formflow.model.scoring import ReturnedSummary
from formflow.reading import read_document
from support.sheets import xlsx

HEAD = {"B3": HEAD_WORDS[0], "C3": "demo", "D3": HEAD_WORDS[1], "E3": "2022", "F3": HEAD_WORDS[2], "G3": "4"}
HEADS = {"A6": "名次", "B6": "案卷号", "C6": "单位", "D6": "总分", "E6": "拟命名", "F6": "理由", "G6": "延期至"}
LINE = {"A7": 1, "B7": "202200012", "C7": "青禾镇职工服务中心", "D7": 91.5}


def returned(*cells: dict[str, Any]) -> ReturnedSummary | None:
    return returned_summary(read_document(xlsx({place: value for part in cells for place, value in part.items()})))


def test_whose_it_is_and_what_was_decided() -> None:
    second = {"B8": "202200013", "C8": "柳湾镇职工服务中心", "E8": "延期", "F8": "资料不全", "G8": "2023年12月31日"}
    found = returned({"A1": "评分汇总"}, HEAD, HEADS, LINE, {"E7": "是"}, second)
    assert found is not None
    assert (found.programme_id, found.year, found.revision) == ("demo", 2022, 4)
    assert [(r.unit, r.case_number, r.decision, r.until, r.reason, r.doubt) for r in found.rows] == [
        ("青禾镇职工服务中心", 202200012, "name", None, "", ""),
        ("柳湾镇职工服务中心", 202200013, "extend", "2023-12-31", "资料不全", ""),
    ]
    assert found.rows[0].locator is not None
    assert found.rows[0].locator.part == "sheet 1, row 7, column 5"


@pytest.mark.parametrize(
    ("said", "decision", "is_doubtful"),
    [("是", "name", False), (" 否 ", "refuse", False), ("×", "refuse", False), ("√", "name", False), ("", None, False), ("—", None, False),
     ("待定", None, True), ("是否", None, True)],
)  # fmt: skip
def test_words_of_a_decision(said: str, decision: str | None, is_doubtful: bool) -> None:
    found = returned(HEAD, HEADS, LINE, {"E7": said})
    assert found is not None
    (row,) = found.rows
    assert (row.decision, bool(row.doubt)) == (decision, is_doubtful)


def test_an_end_that_is_no_day_is_a_doubt() -> None:
    found = returned(HEAD, HEADS, LINE, {"E7": "延期", "G7": "明年"})
    assert found is not None
    assert found.rows[0].until is None
    assert "看不出年月日" in found.rows[0].doubt


def test_columns_may_be_moved_and_rows_left_empty() -> None:
    heads = {"A6": "拟命名", "B6": "单位", "C6": "案卷号"}
    found = returned(HEAD, heads, {"A9": "否", "B9": "青禾镇职工服务中心", "C9": "202200012"})
    assert found is not None
    assert [(r.unit, r.case_number, r.decision) for r in found.rows] == [("青禾镇职工服务中心", 202200012, "refuse")]


@pytest.mark.parametrize("missing", ["D3", "G3", "E6", "C6"])
def test_other_workbooks_are_none_of_ours(missing: str) -> None:
    cells = {**HEAD, **HEADS, **LINE}
    assert returned(cells) is not None
    assert returned({place: value for place, value in cells.items() if place != missing}) is None


def test_a_year_that_is_no_number_is_none_of_ours() -> None:
    assert returned({**HEAD, "E3": "二〇二二"}, HEADS, LINE) is None


def test_a_decision_beside_no_unit_is_not_passed_over() -> None:
    found = returned(HEAD, HEADS, LINE, {"E7": "是"}, {"E8": "否"}, {"A9": "合计", "E9": "—"})
    assert found is not None
    assert [(row.unit, row.case_number, row.decision) for row in found.rows] == [
        ("青禾镇职工服务中心", 202200012, "name"),
        ("", None, "refuse"),
    ]


def test_a_row_that_was_copied_is_doubtful_with_its_copy() -> None:
    other = {"B9": "202200013", "C9": "柳湾镇职工服务中心", "E9": "是"}
    copy = {place.replace("7", "8"): value for place, value in LINE.items() if place != "D7"}
    numberless = {"C10": "甲", "C11": "乙"}
    found = returned(HEAD, HEADS, LINE, {"E7": "是"}, copy, {"E8": "是"}, other, numberless)
    assert found is not None
    assert ["不止一次" in row.doubt for row in found.rows] == [True, True, False, False, False]
