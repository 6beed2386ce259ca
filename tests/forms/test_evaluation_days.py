"""The year of a vote, from the places offices write it in."""

from __future__ import annotations

import pytest

from formflow.forms.evaluations import evaluation_sheets
from formflow.model.document import Block
from formflow.model.evaluation import EvaluationSheet
from support.evaluation_rules import with_evaluation
from support.papers import CellLike, document, table

HEAD: list[CellLike] = ["职工之家名称", "发出票数", "收回票数", "满意", "基本满意", "不满意"]
ROW: list[CellLike] = ["棉纺厂职工之家", "50", "48", "40", "6", "2"]
OTHER: list[CellLike] = ["印刷厂职工之家", "30", "30", "20", "6", "4"]


def sheet_of(*blocks: Block | str) -> EvaluationSheet:
    (sheet,) = evaluation_sheets(document(*blocks), (with_evaluation(),))
    return sheet


def said(*blocks: Block | str) -> tuple[str | None, tuple[int, ...]]:
    sheet = sheet_of(*blocks)
    return sheet.evaluated_on, sheet.years


@pytest.mark.parametrize(
    ("days", "on", "years"),
    [
        (("2023年11月3日", "2023-11-03"), "2023-11-03", (2023,)),
        (("2023.11.3", "2023年11月5日"), "2023-11", (2023,)),
        (("2023年11月3日", "2023年12月1日"), None, (2023,)),
        (("2023年12月30日", "2024年1月4日"), None, (2023, 2024)),
        (("2023年11月", ""), "2023-11", (2023,)),
        (("", "未评"), None, ()),
    ],
)
@pytest.mark.parametrize("head", ["评议日期", "会员评议时间", "测评日期（年月日）"])
def test_a_column_of_days(head: str, days: tuple[str, str], on: str | None, years: tuple[int, ...]) -> None:
    rows = [[*HEAD, head], [*ROW, days[0]], [*OTHER, days[1]]]
    assert said("会员评议职工之家统计表", table(*rows)) == (on, years)


@pytest.mark.parametrize(
    ("title", "years"),
    [
        ("东苑区2023年会员评议职工之家结果统计", (2023,)),
        ("2023年度东苑区会员评家情况表", (2023,)),
        ("二〇二三年十一月会员评议职工之家统计表", (2023,)),
        ("2022—2023年度会员评议职工之家统计表", (2022, 2023)),
        ("会员评议职工之家统计表（依据2013年的意见，每年评议）", ()),
        ("会员评议职工之家统计表", ()),
    ],
)
def test_the_year_of_the_title(title: str, years: tuple[int, ...]) -> None:
    assert said(title, table(HEAD, ROW)) == (None, years)


def test_the_day_of_the_vote_says_most_and_the_day_of_the_report_least() -> None:
    rows = table([*HEAD, "评议日期"], [*ROW, "2023年12月3日"])
    assert said("2022年会员评议职工之家", "填报日期：2024年1月5日", rows) == ("2023-12-03", (2023,))
    assert said("2022年会员评议职工之家", "评议时间：2021年12月3日", rows) == ("2021-12-03", (2021,))
    plain = table(HEAD, ROW)
    assert said("2023年会员评议职工之家", "填报日期：2024年1月5日", plain) == ("2024-01-05", (2023,))
    assert said("会员评议职工之家", "填报日期：2024年1月5日", plain) == ("2024-01-05", (2024,))
