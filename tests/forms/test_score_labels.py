"""The lines around a table of marks."""

from __future__ import annotations

import pytest

from formflow.forms.score_labels import (
    date_alone,
    date_beside,
    goes_on_with,
    is_head_row,
    said_below,
    said_beside,
    said_in,
)
from formflow.model.document import Cell, Locator, Paragraph

PLACE = Locator("paragraph 1")


def cells(*texts: str, row: int = 0) -> list[Cell]:
    places = [Locator(f"row {row}, column {at}") for at in range(len(texts))]
    return [
        Cell(row, at, 1, 1, (Paragraph(text, place),), place)
        for at, (text, place) in enumerate(zip(texts, places, strict=True))
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("单位名称：青山镇职工服务中心　　评分人：张三　　评分日期：2022年11月3日",
         [("centre_name", "青山镇职工服务中心"), ("reviewer", "张三"), ("score_date", "2022年11月3日")]),
        ("被评单位:青山镇职工服务中心评分人：李四 日期：2022.11.3",
         [("centre_name", "青山镇职工服务中心"), ("reviewer", "李四"), ("score_date", "2022.11.3")]),
        ("评分人（签名）：张三    2022年11月3日", [("reviewer", "张三"), ("score_date", "2022年11月3日")]),
        ("评委：王建国 2023年11月8日", [("reviewer", "王建国"), ("score_date", "2023年11月8日")]),
        ("评分人：王建国2023.11.8", [("reviewer", "王建国"), ("score_date", "2023.11.8")]),
        ("评委：王建国 日期 二〇二三年十一月八日", [("reviewer", "王建国"), ("score_date", "二〇二三年十一月八日")]),
        ("评委：王建国 李明 （2023-11-8）", [("reviewer", "王建国 李明"), ("score_date", "（2023-11-8）")]),
        ("评委：陈一 2023 年 11 月 8 日", [("reviewer", "陈一"), ("score_date", "2023 年 11 月 8 日")]),
        ("专家（签字）：________   年  月  日", [("reviewer", "")]),
        ("评 分 人：王　五", [("reviewer", "王五")]),
        ("单位名称：______（盖章）", [("centre_name", "")]),
        ("满意率：92%  总分：85.5", [("rate", "92%"), ("total", "85.5")]),
        ("职工满意度 92.5％", [("rate", "92.5％")]),
        ("满意度测评满意率：91.8％", [("rate", "91.8％")]),
        ("职工和基层工会满意率92%", [("rate", "92%")]),
        ("满意率80%-89%的得6-10分；满意度90%以上", []),
        ("职工服务中心赋能创优评分表（总分：100分）", []),
        ("调研时间：2022年", []),
        ("依托职工服务中心：略" * 60, []),
    ],
)  # fmt: skip
def test_lines(line: str, said: list[tuple[str, str]]) -> None:
    assert [(one.key, one.text) for one in said_in(line, PLACE)] == said


def test_labels_and_values_in_cells() -> None:
    row = cells("单位名称", "青山镇职工服务中心", "评分人：", "", "张三", "满意率", "")
    assert [(one.key, one.text, one.locator.part) for one in said_beside(row)] == [
        ("centre_name", "青山镇职工服务中心", "row 0, column 1"),
        ("reviewer", "张三", "row 0, column 4"),
        ("rate", "", "row 0, column 6"),
    ]


def test_an_empty_place_is_not_filled_with_the_next_label() -> None:
    row = cells("评分人", "", "评分日期", "2022-11-03")
    assert [(one.key, one.text) for one in said_beside(row)] == [("reviewer", ""), ("score_date", "2022-11-03")]


def test_labels_over_values() -> None:
    heads, below = cells("单位名称", "评分人", "评分日期"), cells("青山镇职工服务中心", "张三", "2022-11-03", row=1)
    assert is_head_row(heads)
    assert [one.text for one in said_below(heads, below)] == ["青山镇职工服务中心", "张三", "2022-11-03"]
    assert not is_head_row(cells("评分人", "", "评分日期", ""))
    assert not is_head_row(cells("评分人", "张三"))


@pytest.mark.parametrize(
    ("text", "is_date"),
    [("2022年11月3日", True), ("（二〇二二年十一月三日）", True), ("2022.11.3", True), ("截至2022年11月3日", False), ("2022年11月", False)],
)  # fmt: skip
def test_a_line_that_is_a_date(text: str, is_date: bool) -> None:
    assert date_alone(text) == is_date


@pytest.mark.parametrize(
    ("texts", "day"),
    [
        (("二〇二三年十一月八日",), "二〇二三年十一月八日"),
        (("评委：王建国", "", "2023年11月8日"), "2023年11月8日"),
        (("评委", "王建国", "2023-11-08"), "2023-11-08"),
        (("评委", "王建国", "评分日期", "2023-11-08"), None),
        (("单位名称", "青山镇职工服务中心", "成立时间", "2019年1月1日"), None),
        (("说明", "2019年1月1日"), None),
    ],
)
def test_the_day_of_a_row_without_a_label(texts: tuple[str, ...], day: str | None) -> None:
    row = cells(*texts)
    found = date_beside(row, tuple(said_beside(row)))
    assert (found.text if found else None) == day


@pytest.mark.parametrize(
    ("line", "following", "expected"),
    [
        ("打分日期：2022 年 10", "月 12 日", True),
        ("评委：秦涛 二〇二二年十", "月十二日", True),
        ("打分日期：2022 年 1", "0 月 12 日", True),
        ("打分日期：", "2022年10月12日", False),
        ("打分日期：2022年10月12日", "2022年10月13日", False),
        ("打分日期：2022年10月", "12", False),
        ("打分日期：2022年10月", "第 12 日", False),
    ],
)
def test_a_date_cut_by_the_end_of_a_line(line: str, following: str, expected: bool) -> None:
    assert goes_on_with(line, following) is expected
