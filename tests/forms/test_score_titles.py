"""A unit that only the title of a score sheet names."""

from __future__ import annotations

import pytest

from formflow.forms.score_titles import centre_in_title
from formflow.model.document import Locator
from formflow.rules.fields import SURE_ENOUGH

PLACE = Locator("paragraph 1")


def named(*lines: str) -> tuple[str | None, float]:
    entry = centre_in_title([(line, PLACE) for line in lines])
    return entry.value, entry.confidence


@pytest.mark.parametrize(
    ("lines", "unit"),
    [
        (("职工服务中心赋能创优评分表（青禾镇职工服务中心）",), "青禾镇职工服务中心"),
        (("职工服务中心赋能创优评分表（总分100分）（青禾镇工会职工服务中心（站））",), "青禾镇工会职工服务中心（站）"),
        (("职工服务中心赋能创优评分表", "（青禾镇职工服务中心）"), "青禾镇职工服务中心"),
        (("职工服务中心赋能创优评分表——柳湾街道职工服务站",), "柳湾街道职工服务站"),
        (("职工服务中心赋能创优评分表", "——星沙区职工服务中心"), "星沙区职工服务中心"),
        (("评分表（青禾镇职工服务中心）", "（青禾镇职工服务中心）"), "青禾镇职工服务中心"),
    ],
)
def test_set_apart_from_the_title(lines: tuple[str, ...], unit: str) -> None:
    value, sureness = named(*lines)
    assert value == unit
    assert SURE_ENOUGH <= sureness < 1


@pytest.mark.parametrize(
    "line", ["青禾镇职工服务中心赋能创优评分表", "2022年度青禾镇职工服务中心赋能创优评价指标（总分100分）"]
)
def test_the_title_s_first_words_are_for_a_person_to_look_at(line: str) -> None:
    value, sureness = named(line)
    assert value == "青禾镇职工服务中心"
    assert sureness < SURE_ENOUGH


@pytest.mark.parametrize(
    "lines",
    [
        ("职工服务中心赋能创优评价指标（总分100分）",),
        ("职工服务中心赋能创优评分表（试行）", "（职工服务中心）"),
        ("江岚市职工服务中心赋能创优评分表",),
        ("江岚市街道职工服务中心赋能创优评分表",),
        ("全市镇（街道）职工服务中心赋能创优评价指标",),
        ("乡镇职工服务中心赋能创优评分表",),
        ("评分表（各镇职工服务中心）",),
        ("评分表（江岚市总工会）",),
        ("评分表（考评委员会）",),
        ("评分表（青禾镇职工服务中心）", "——柳湾镇职工服务中心"),
        ("青禾镇职工服务中心搬迁通知",),
        (),
    ],
)
def test_none_or_more_than_one(lines: tuple[str, ...]) -> None:
    assert named(*lines)[0] is None
