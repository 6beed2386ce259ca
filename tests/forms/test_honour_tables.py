"""Rows of honours lists that look like something else, and tables in which several lists stand side by side."""

from __future__ import annotations

import pytest

from formflow.forms.honours import honours_lists
from formflow.reading import read_document
from support.honours_lists import Grid, word, workbook
from support.office import packs

HEADS = ["序号", "项目名称", "实施单位", "级别", "命名时间", "已补助（元）"]
SIDE = ["项目名称", "级别", "命名时间"]


def projects(data: bytes) -> list[str]:
    return [honour.project for found in honours_lists(read_document(data), packs()) for honour in found.honours]


@pytest.mark.parametrize("name", ["小计划大梦想", "总计划师进车间", "合计共赢职工服务", "累计一小时志愿行动"])
def test_a_project_may_be_called_almost_like_a_sum(name: str) -> None:
    grid: Grid = [HEADS, [1, name, "甲中心", "市级", "2022-03-01", None], ["合计", None, None, None, None, 0]]
    assert projects(workbook(grid)) == [name]
    assert projects(word("全国优秀项目名单", [["序号", "项目名称"], ["1", name], ["2", "暖心驿站"]])) == [
        name,
        "暖心驿站",
    ]


@pytest.mark.parametrize(
    "words", ["合计", "合 计", "总计：", "小计（元）", "合计4个项目", "共4个项目", "本页小计", "总计人民币", "合计金额"]
)
def test_a_row_of_sums_is_no_project(words: str) -> None:
    row = [1, "暖心驿站", "甲中心", "市级", "2022-03-01", 10000]
    assert projects(workbook([HEADS, row, [words, None, None, None, None, 10000]])) == ["暖心驿站"]
    assert projects(workbook([HEADS[1:], row[1:], [words, None, None, None, 10000]])) == ["暖心驿站"]


def test_lists_side_by_side_are_both_read() -> None:
    left, right = ["甲项目", "全国", "2022-03-01"], ["乙项目", "青岛市", "2023-04-02"]
    data = workbook([["优秀项目名单"], [*SIDE, *SIDE], [*left, *right], ["丙项目", "市级", "2022-05-06"]], ["A1:F1"])
    (found,) = honours_lists(read_document(data), packs())
    told = [(honour.project, honour.level, honour.date) for honour in found.honours]
    assert told == [
        ("甲项目", "national", "2022-03-01"),
        ("丙项目", "municipal", "2022-05-06"),
        ("乙项目", "municipal", "2023-04-02"),
    ]


def test_lists_side_by_side_go_on_in_a_table_without_heads() -> None:
    first = [[*SIDE, *SIDE], ["甲项目", "全国", "2022-03-01", "乙项目", "市级", "2022-03-02"]]
    second = [["丙项目", "省级", "2022-03-03", "丁项目", "市级", "2022-03-04"]]
    assert projects(word("优秀项目名单", first, second)) == ["甲项目", "乙项目", "丙项目", "丁项目"]


def test_a_head_that_only_begins_alike_makes_no_lists_side_by_side() -> None:
    heads = ["项目名称", "实施单位", "级别", "命名时间", "原项目名称", "备注"]
    assert projects(workbook([heads, ["甲项目", "甲中心", "市级", "2022-03-01", "旧名称", "无"]])) == ["甲项目"]
