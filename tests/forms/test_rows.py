"""The rows of a repeating block, whatever grid a clerk's rows have and wherever they go on."""

from __future__ import annotations

from typing import Any

import pytest

from formflow.forms.align import align
from formflow.model.document import Document
from formflow.model.record import Answer
from support.papers import FORM, CellLike, document, table

HEAD: list[CellLike] = [("时间", 2), "阶段工作内容", "负责单位"]
ONE = {"time": "2022年3月", "content": "调研", "who": "中心"}
TWO = {"time": "2022年4月", "content": "实施", "who": "镇工会"}


def steps(paper: Document) -> Answer:
    return align(paper, FORM).answers["steps"]


def form(*rows: list[CellLike], after: Any = ()) -> Document:
    top: list[CellLike] = [("三、计划（1—2年，写明重点任务和工作举措）", 4)]
    return document(table(["所属行业", ("纺织业", 3)], top, HEAD, *rows), *after)


@pytest.mark.parametrize(
    "row",
    [
        [("2022年3月", 2), "调研", "中心"],
        ["2022年3月", "调研", "中心", ""],  # a row added by hand: the grid's cells, none of them merged
        ["2022年3月", "调研", "中心"],  # a row with fewer cells than the grid
        ["2022年3月", "", "调研", "中心"],
    ],
)
def test_a_row_need_not_have_the_heads_grid(row: list[CellLike]) -> None:
    assert steps(form(row, [("2022年4月", 2), "实施", "镇工会"])).value == [ONE, TWO]


def test_no_cell_feeds_two_columns() -> None:
    [row] = steps(form(["2022年3月", ("调研", 2), "中心"])).value
    assert sorted(text for text in row.values() if text) == sorted(["2022年3月", "调研", "中心"])


@pytest.mark.parametrize("word", ["合计", "总计：", "备 注", "小计"])
def test_sums_and_notes_are_no_rows(word: str) -> None:
    assert steps(form([("2022年3月", 2), "调研", "中心"], [(word, 2), "1个阶段", ""])).value == [ONE]


def test_rows_go_on_in_the_next_table_up_to_the_next_label() -> None:
    later = table(["时间", "阶段工作内容", "负责单位"], ["2022年4月", "实施", "镇工会"], number=2)
    rest = table(["2022年5月", "总结", "中心"], [("四、经费保障情况", 3)], ["1.经费来源", ("工会经费", 2)], number=3)
    paper = form([("2022年3月", 2), "调研", "中心"], after=("（续表）", later, "2023年度", rest))
    assert steps(paper).value == [ONE, TWO, {"time": "2022年5月", "content": "总结", "who": "中心"}]
    assert align(paper, FORM).value("money") == "工会经费"


def test_a_table_behind_other_text_is_not_the_blocks() -> None:
    other = table(["姓名", "职务", "电话"], ["张三", "主席", "0513"], number=2)
    assert steps(
        form([("2022年3月", 2), "调研", "中心"], after=("以下是领导小组成员名单，供审核时参考使用。", other))
    ).value == [ONE]


def test_a_column_parted_in_two_is_one_again() -> None:
    paper = document(
        table(
            ["开始时间", "结束时间", "阶段工作内容", "负责单位"],
            ["2022年3月", "2022年5月", "调研", "中心"],
            ["2022年6月", "", "实施", ""],
        )
    )
    assert [row["time"] for row in steps(paper).value] == ["2022年3月—2022年5月", "2022年6月"]


def test_rows_without_printed_heads_are_read_and_doubted() -> None:
    answer = steps(
        document(
            table(
                [("三、计划", 3)],
                ["2022年3月", "调研", "中心"],
                ["2022年4月", "实施", "镇工会"],
                [("四、经费保障情况", 3)],
            )
        )
    )
    assert answer.value == [ONE, TWO]
    assert answer.confidence < 0.9


def test_no_heading_no_heads_no_rows() -> None:
    answer = steps(document(table(["所属行业", "纺织业"])))
    assert (answer.value, answer.locator) == ([], None)
