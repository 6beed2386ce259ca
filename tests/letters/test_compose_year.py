"""What letters of a year's batch say follows from the facts; what the facts do not bear is refused with the reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from formflow.letters.compose_year import compose_announced, compose_circular, compose_named, compose_subsidised
from formflow.letters.keys import KEYS
from formflow.model.letter import (
    AnnouncedFacts,
    CircularFacts,
    IncompleteUnit,
    Issue,
    LetterContent,
    ListedUnit,
    NamedFacts,
    NoLetter,
    Payment,
    Publicity,
    SubsidyFacts,
)
from formflow.model.money import Fen
from formflow.model.programme import Occasion
from support.letter_facts import programme
from support.year_facts import BY_OCCASION, ISSUE, PERIOD, announced, circular, incomplete, named, pack, spec, units

PAYMENTS = (
    Payment("职工书屋", "读书会", "山东省", Fen(2_000_000), Fen(1_000_000), Fen(1_000_050), "20,000 − 9,999.50"),
    Payment("心理驿站", "心理协会", "青岛市", Fen(1_000_000), Fen(0), Fen(1_000_000)),
)
SUBSIDY = SubsidyFacts(programme(), 2021, ISSUE, PAYMENTS)


def subsidised() -> LetterContent:
    composed = compose_subsidised(replace(spec("named"), on="subsidised", title="补助通知"), SUBSIDY)
    assert isinstance(composed, LetterContent)
    return composed


@pytest.mark.parametrize("occasion", [*BY_OCCASION, "subsidised"])
def test_every_announced_key_is_there(occasion: Occasion) -> None:
    context = (subsidised if occasion == "subsidised" else BY_OCCASION[occasion])().context
    top = {key for key in KEYS[occasion] if "." not in key}
    assert top <= set(context)
    for key in KEYS[occasion] - top:
        items = [context]
        for part in key.split("."):
            items = [inner for item in items for inner in (item[part] if isinstance(item[part], tuple) else (item,))]
            assert all(items) or not items, key


def test_counts_are_those_of_the_list() -> None:
    context = named(37, units=units(37, ("示范", "优秀"))).context
    assert context["单位数"] == len(context["名单"]) == 37
    groups = context["名单分组"]
    assert sum(group["单位数"] for group in groups) == 37
    for group in groups:
        assert group["单位数"] == len(group["名单"]) == len(group["单位"].split("、"))
        assert [unit["序号"] for unit in group["名单"]] == [str(n) for n in range(1, group["单位数"] + 1)]
    assert context["分组说明"] == f"其中示范{groups[0]['单位数']}个、优秀{groups[1]['单位数']}个"
    assert [group["序号"] for group in groups] == ["一", "二"]


def test_grades_stay_together_whatever_the_order() -> None:
    mixed = tuple(
        ListedUnit(f"{n}号中心", "", grade) for n, grade in enumerate(("优秀", "示范", "优秀", "", "示范"), 1)
    )
    groups = named(units=mixed).context["名单分组"]
    assert [(group["等次"], group["单位"]) for group in groups] == [
        ("优秀", "1号中心、3号中心"),
        ("示范", "2号中心、5号中心"),
        ("", "4号中心"),
    ]
    assert "不分等次1个" in named(units=mixed).context["分组说明"]


@pytest.mark.parametrize(("count", "apart"), [(1, False), (20, False), (21, True), (300, True)])
def test_a_long_list_stands_apart(count: int, apart: bool) -> None:
    context = announced(count).context
    assert (len(context["附件名单"]), len(context["正文名单"])) == ((count, 0) if apart else (0, count))


def test_counties_are_said_only_where_they_are_known() -> None:
    assert named(3).context["有地区"]
    assert named(3, units=units(3, counties=("",))).context["有地区"] == ""


@pytest.mark.parametrize(
    "listed", [(), (ListedUnit("甲中心", "一区"), ListedUnit("乙中心"), ListedUnit("甲 中心", "一区"))]
)
def test_an_empty_or_doubled_list_is_refused(listed: tuple[ListedUnit, ...]) -> None:
    one = compose_named(spec("named"), NamedFacts(pack(), 2026, listed, ISSUE, PERIOD))
    two = compose_announced(spec("announced"), AnnouncedFacts(pack(), 2026, listed, Issue(), 5))
    for refused in (one, two):
        assert isinstance(refused, NoLetter)
        assert ("甲 中心" if listed else "空的") in refused.reason


def test_units_of_one_name_in_two_counties_are_two() -> None:
    twins = (ListedUnit("城关镇职工服务中心", "一县"), ListedUnit("城关镇职工服务中心", "二县"))
    assert named(units=twins).context["单位数"] == 2


@pytest.mark.parametrize("day", [date(2026, 12, 2), PERIOD.last])
def test_nobody_is_named_before_the_publicity_has_passed(day: date) -> None:
    facts = NamedFacts(pack(), 2026, units(2), Issue("通工发〔2026〕1号", day), PERIOD)
    refused = compose_named(spec("named"), facts)
    assert isinstance(refused, NoLetter)
    assert "2026年12月8日" in refused.reason
    after = replace(facts, issue=Issue("通工发〔2026〕1号", date(2026, 12, 9)))
    assert isinstance(compose_named(spec("named"), after), LetterContent)


def test_nobody_is_named_without_a_publicity_where_the_pack_has_one() -> None:
    facts = NamedFacts(pack(), 2026, units(2), ISSUE, None)
    assert isinstance(compose_named(spec("named"), facts), NoLetter)
    assert isinstance(compose_named(spec("named"), replace(facts, programme=programme())), LetterContent)


def test_a_publicity_cannot_begin_before_it_is_published() -> None:
    facts = AnnouncedFacts(pack(), 2026, units(2), Issue("", PERIOD.first), 5, PERIOD)
    assert isinstance(compose_announced(spec("announced"), facts), NoLetter)


def test_how_the_publicity_was_counted_is_said() -> None:
    note = "2027年节假日安排尚未收录"
    context = announced(period=Publicity(date(2026, 12, 2), date(2026, 12, 8), 5, note)).context
    assert (context["公示开始"], context["公示结束"], context["公示天数"]) == ("2026年12月2日", "2026年12月8日", 5)
    assert context["期限说明"] == f"{note}。"


def test_a_draft_has_blanks_for_number_and_day() -> None:
    context = named(issue=Issue()).context
    assert context["发文字号"] == "通工发〔　　　　〕　　号"
    assert context["成文日期"] == context["印发日期"] == "　　　　年　　月　　日"
    assert "公示" in announced(period=None, issue=Issue()).title


def test_addressees_come_from_the_pack() -> None:
    context = named().context
    assert (context["主送机关"], context["抄送机关"], context["印发机关"]) == (
        "各县（市）区总工会", "江苏省总工会", "南通市总工会办公室",
    )  # fmt: skip
    many = replace(pack(), issuer=replace(pack().issuer, copies_to=("甲", "乙"), printed_by=""))
    context = named(programme=many).context
    assert (context["抄送机关"], context["印发机关"]) == ("甲，乙", "南通市总工会")


def test_incomplete_submissions_are_told_by_county() -> None:
    late = (
        IncompleteUnit("甲中心", "二区", ("实施方案", "发展规划。"), date(2026, 3, 31), 8),
        IncompleteUnit("乙中心", "", ("申请表",)),
        IncompleteUnit("丙中心", "一区", ("盖章",), date(2026, 4, 30), None),
        IncompleteUnit("丁中心", "二区", ("盖章",), date(2026, 4, 30), 0),
    )
    context = circular(incomplete=late, received=None).context
    assert [(group["序号"], group["所属地区"], group["单位"]) for group in context["未完成分组"]] == [
        ("一", "二区", "甲中心、丁中心"),
        ("二", "一区", "丙中心"),
        ("三", "未写明所属地区", "乙中心"),
    ]
    assert (context["未完成数"], context["逾期数"], context["地区数"], context["申报数"]) == (4, 1, 2, "")
    first = context["未完成分组"][0]["名单"][0]
    assert (first["缺少内容"], first["截止日期"], first["逾期天数"]) == ("实施方案；发展规划", "2026年3月31日", "8")
    assert [unit["单位名称"] for unit in context["未完成名单"]] == ["甲中心", "丁中心", "丙中心", "乙中心"]


def test_a_circular_about_nobody_is_refused() -> None:
    facts = CircularFacts(pack(), 2026, Issue(), date(2026, 4, 10))
    refused = compose_circular(spec("circulated"), facts)
    assert isinstance(refused, NoLetter)
    assert "2026年4月10日" in refused.reason
    twice = compose_circular(spec("circulated"), replace(facts, incomplete=incomplete(1) * 2))
    assert isinstance(twice, NoLetter)


def test_a_circular_may_commend() -> None:
    context = circular(incomplete=(), commended=units(3)).context
    assert (context["单位数"], context["未完成数"]) == (3, 0)


def test_the_sum_of_payments_is_said_in_figures_and_in_words() -> None:
    context = subsidised().context
    said = tuple(context[key] for key in ("项数", "合计", "合计大写", "金额单位"))
    assert said == (2, "20000.50", "贰万元伍角整", "元")
    first = context["补助名单"][0]
    assert (first["应补助"], first["已补助"], first["本次补助"]) == ("20000", "10000", "10000.50")


def test_what_cannot_be_paid_is_no_notice() -> None:
    def refused(*payments: Payment) -> str:
        composed = compose_subsidised(spec("named"), replace(SUBSIDY, payments=payments))
        assert isinstance(composed, NoLetter)
        return composed.reason

    assert "没有应当拨付" in refused()
    assert "职工书屋" in refused(replace(PAYMENTS[0], payable=Fen(0)))
    assert "两次" in refused(*PAYMENTS, replace(PAYMENTS[0], organisation="读书 会"))
