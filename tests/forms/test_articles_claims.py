"""Figures of running text: the number, its unit, what was counted, and the sentence."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from formflow.forms.articles_claims import claims_in

SOURCES = Path(__file__).resolve().parents[3] / "shared" / "sources"

TOLD = [
    ("新建户外劳动者服务站20个，企业职工关爱角14个。", [("20", "个", "新建户外劳动者服务站", ""), ("14", "个", "企业职工关爱角", "")]),
    ("全年服务职工3.5万人次，满意率达98.6%。", [("35000", "人次", "服务职工", ""), ("98.6", "%", "满意率", "")]),
    ("投入资金100余万元。", [("1000000", "元", "投入资金", "余")]),
    ("会员16.65万人，企业1500余家", [("166500", "人", "会员", ""), ("1500", "家", "企业", "余")]),
    ("参与人次达90300人以上。", [("90300", "人", "参与人次", "以上")]),
    ("阵地由原来870平方米拓展至4000余平方米。", [("870", "平方米", "阵地", ""), ("4000", "平方米", "阵地", "余")]),
    ("协调电费返还890万元、租金返还1,234.5万元", [("8900000", "元", "协调电费返还", ""), ("12345000", "元", "租金返还", "")]),
    ("调解成功率百分之九十八点五", [("98.5", "%", "调解成功率", "")]),
    ("帮助六家企业建会，培训三百二十人次。", [("6", "家", "帮助企业建会", ""), ("320", "人次", "培训", "")]),
    ("搭建1个创新创业服务中心", [("1", "个", "搭建创新创业服务中心", "")]),
    ("长期帮扶困难职工(农民工)260余人次", [("260", "人次", "长期帮扶困难职工", "余")]),
    ("8个月服务职工9000余人次", [("9000", "人次", "服务职工", "余")]),
    ("3年来调解纠纷107起，6个多月建站20个", [("107", "起", "调解纠纷", ""), ("20", "个", "建站", "")]),
    ("该中心实施的“暖心驿站”户外劳动者关爱项目一年来服务户外劳动者3200人次",
     [("3200", "人次", "户外劳动者关爱项目一年来服务户外劳动者", "")]),
    ("区总工会面向“送清凉送健康12场", [("12", "场", "区总工会面向送清凉送健康", "")]),
    ("新建“职工书屋”示范点30个", [("30", "个", "新建“职工书屋”示范点", "")]),
    ("累计助学近300万元", [("3000000", "元", "助学", "近")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), TOLD)
def test_figures(text: str, told: list[tuple[str, str, str, str]]) -> None:
    found = [(str(claim.number), claim.unit, claim.what, claim.bound) for claim in claims_in(text)]
    assert found == told


@pytest.mark.parametrize(
    "text",
    [
        "2023年3月5日，第13届采茶节开幕。", "提供7×24小时服务", "获评第66期", "构建“一站式”服务，做到一个窗口办理。", "数十家企业参加", "每个职工都说好",
        "“两微一网”和“五共”模式", "鲁工发〔2022〕13号", "58同城", "5G网络", "工期3个月", "连续两个月", "",
    ],
)  # fmt: skip
def test_no_figures(text: str) -> None:
    assert claims_in(text) == ()


def test_the_sentence_stands_beside() -> None:
    first, second = claims_in("新建服务站20个。\n“去年只有8个。”他说，“今年多了。”")
    assert first.sentence == "新建服务站20个。"
    assert (second.number, second.sentence) == (Decimal(8), "“去年只有8个。”")


def test_a_very_long_sentence_is_cut_round_the_figure() -> None:
    (claim,) = claims_in("，".join(["开展活动"] * 60) + "服务职工500人次，" + "，".join(["继续努力"] * 60) + "。")
    assert "服务职工500人次" in claim.sentence
    assert len(claim.sentence) < 170


def test_figures_of_a_real_account() -> None:
    """Told by a person from the account: each must be found, with its unit."""
    text = (SOURCES / "002_fcd14af6bada9f59.txt").read_text(encoding="utf-8")
    found = {(str(claim.number), claim.unit, claim.what) for claim in claims_in(text)}
    assert {
        ("1000000", "元", "投入资金"), ("20", "个", "新建户外劳动者服务站"), ("12", "个", "乡镇社区职工服务点"), ("14", "个", "企业职工关爱角"), ("10000", "人次", "惠及职工"),
        ("6400000", "元", "争取项目资金"), ("118", "家", "孵化培育企业"), ("57", "个", "社会组织"), ("325", "起", "办理疑难案件"), ("100", "%", "调解成功率"),
        ("16", "场次", "信息写作等竞赛"), ("20000", "人次", "惠及职工群众"), ("50", "%", "服务职工效率同比提升"),
    } <= found  # fmt: skip
    assert all(claim.number > 0 or claim.unit == "元" for claim in claims_in(text))
