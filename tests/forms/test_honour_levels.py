"""Levels named in cells and titles, and places whose honours do not count."""

from __future__ import annotations

import pytest

from formflow.forms.honour_levels import level_in_title, level_of_honour, level_of_issuer, read_level
from support.office import packs

POLICY = next(programme.honours for programme in packs() if programme.honours)


def told(text: str) -> str | None:
    reading = read_level(text, POLICY)
    return reading and (reading.level or reading.elsewhere or "unclear")


@pytest.mark.parametrize(
    ("texts", "level"),
    [
        ("全国 国家级 全国总工会 中华全国总工会 全总 国家级（全国） 国 全国工会", "national"),
        ("省级 山东省 山东省总 山东省总工会 山东省级 全省 省", "provincial"),
        ("市级 青岛市 青岛市总 青岛市总工会 山东省青岛市 青岛市市级 市总工会 设区市级 青岛 市", "municipal"),
        (
            "济南市 济南 江苏省 江苏 北京市 苏州市 浙江省杭州市 山东省济南市历下区 烟台市级 深圳市总工会 内蒙古自治区 黑龙江",
            "outside",
        ),
        ("市北区 青岛市市北区总工会 区级 西海岸新区 胶州市 街道 县区级 即墨 青岛市高新区", "below"),
        ("省部级 副省级城市 全国、山东省 青岛地铁集团 山东大学 部级", "unclear"),
        ("一等奖 优秀 王某 总工会 社区 2022年", None),
    ],
)
def test_cells(texts: str, level: str | None) -> None:
    assert {text: told(text) for text in texts.split()} == dict.fromkeys(texts.split(), level)


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("2022年度山东省工会联系引导社会组织服务职工优秀项目名单", "provincial"),
        ("青岛市总工会关于公布2022年度山东省工会联系引导社会组织服务职工优秀项目青岛市入选名单的通知", "provincial"),
        ("青岛市推荐全国工会联系引导社会组织服务职工优秀项目名单", "national"),
        ("2023年度市级优秀项目名单", "municipal"),
        ("济南市总工会关于命名2022年济南市工会联系引导社会组织服务职工优秀项目的决定", "outside"),
        ("市北区工会联系引导社会组织服务职工优秀项目", "below"),
        ("全国、山东省、青岛市工会联系引导社会组织服务职工优秀项目一览表", "unclear"),
        ("关于命名2022年度优秀项目的决定", None),
        ("关于召开全国工会工作会议的通知", None),
    ],
)
def test_titles(title: str, level: str | None) -> None:
    reading = level_in_title(title, POLICY)
    assert (reading and (reading.level or reading.elsewhere or "unclear")) == level


def test_a_rank_alone_is_told_from_a_place() -> None:
    rank, place = read_level("市级", POLICY), read_level("青岛市", POLICY)
    assert rank is not None
    assert place is not None
    assert (rank.is_ranked_only, place.is_ranked_only) == (True, False)


@pytest.mark.parametrize(
    "text",
    ["全国五一劳动奖状", "全国最佳志愿服务项目", "青岛市优秀志愿服务项目", "青岛市文明单位", "山东省工人先锋号", "全国提名", "入围全国优秀项目", "拟推荐全国",
     "全国优秀项目提名奖", "省级（候选）"],
)  # fmt: skip
def test_other_honours_and_candidates_are_not_clear(text: str) -> None:
    reading = level_of_honour(text, POLICY)
    assert reading is not None
    assert not reading.is_clear


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("2022年3月1日被评为全国工会联系引导社会组织服务职工优秀项目", "national"),
        ("山东省总工会2022年度优秀项目", "provincial"),
        ("荣获青岛市级优秀项目称号", "municipal"),
        ("全国优秀项目（青岛市推荐）", "national"),
        ("第三批市级优秀服务项目", "municipal"),
    ],
)
def test_the_honour_itself_however_it_is_worded(text: str, level: str) -> None:
    reading = level_of_honour(text, POLICY)
    assert reading is not None
    assert reading.level == level


@pytest.mark.parametrize("text", ["省级（江苏）", "市级（济南市）", "江苏 省级", "区总工会", "即墨 市级"])
def test_a_rank_is_that_of_the_place_beside_it(text: str) -> None:
    reading = level_of_honour(text, POLICY)
    assert reading is not None
    assert reading.elsewhere


def test_who_confers_is_a_union() -> None:
    readings = {
        text: level_of_issuer(text, POLICY)
        for text in ("山东省总工会", "山东省总工会、山东省民政厅", "山东省民政厅", "青岛市人民政府")
    }
    assert {text: reading and reading.level for text, reading in readings.items()} == {
        "山东省总工会": "provincial", "山东省总工会、山东省民政厅": "provincial", "山东省民政厅": None, "青岛市人民政府": None,
    }  # fmt: skip


@pytest.mark.parametrize("text", ["原市级，现省级", "市级（已升省级）", "省级二等奖", "非全国级"])
def test_what_says_more_than_one_level_or_a_prize_is_not_clear(text: str) -> None:
    reading = level_of_honour(text, POLICY)
    assert reading is not None
    assert not reading.is_clear


@pytest.mark.parametrize(("text", "level"), [("省优秀项目", "provincial"), ("2022年度市优秀项目", "municipal")])
def test_a_bare_rank_before_the_honour(text: str, level: str) -> None:
    reading = level_of_honour(text, POLICY)
    assert reading is not None
    assert reading.level == level
