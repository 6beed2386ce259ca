"""Letters to one unit or one judge: everything that is asked for is in them, what makes no sense is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from formflow.letters.compose_unit import compose_extended, compose_rectify, compose_sheet_returned
from formflow.letters.keys import KEYS
from formflow.model.letter import (
    ExtendedFacts,
    Issue,
    LetterContent,
    NoLetter,
    RectifyFacts,
    RectifyPoint,
    SheetReturnedFacts,
)
from support.year_facts import ISSUE, extended, pack, returned, slips, spec

RECTIFY = RectifyFacts(
    pack(), 2026, "临江区职工之家", "", ISSUE, date(2026, 11, 30),
    (RectifyPoint("会员满意率61.3%，低于70%。", "请公开整改措施", "三、（二）"), RectifyPoint("没有公示服务职责。")),
    date(2027, 1, 29), "满意、基本满意共92票", 30, "2027年节假日安排尚未收录", "2027年3月回访",
)  # fmt: skip


def rectified() -> LetterContent:
    composed = compose_rectify(replace(spec("extended"), on="rectify", title="限期整改通知书"), RECTIFY)
    assert isinstance(composed, LetterContent)
    return composed


def test_every_announced_key_of_a_rectification_is_there() -> None:
    context = rectified().context
    assert {key for key in KEYS["rectify"] if "." not in key} <= set(context)
    assert {key.split(".")[1] for key in KEYS["rectify"] if "." in key} <= set(context["整改事项"][0])


def test_a_rectification_names_every_point_and_the_last_day() -> None:
    context = rectified().context
    assert [(point["序号"], point["问题"], point["要求"]) for point in context["整改事项"]] == [
        ("1", "会员满意率61.3%，低于70%", "请公开整改措施"),
        ("2", "没有公示服务职责", ""),
    ]
    assert (context["整改期限"], context["工作日数"], context["事项数"]) == ("2027年1月29日", 30, 2)
    assert (context["期限说明"], context["复查安排"]) == ("2027年节假日安排尚未收录。", "2027年3月回访。")
    assert context["申请单位"] == "临江区职工之家"  # addressed to the unit where nobody applied


@pytest.mark.parametrize("change", [{"points": ()}, {"deadline": ISSUE.on}])
def test_a_rectification_without_points_or_time_is_refused(change: dict[str, object]) -> None:
    assert isinstance(compose_rectify(spec("extended"), replace(RECTIFY, **change)), NoLetter)  # type: ignore[arg-type]


def test_an_extension_says_until_when_why_and_what_is_missing() -> None:
    context = extended().context
    assert (context["原期限"], context["新期限"], context["申请单位"]) == (
        "2026年12月31日",
        "2027年9月30日",
        "白鹭镇总工会",
    )
    assert context["延期原因"][0].startswith("专家评分76.50分")
    assert context["待完成事项"] == ("补报职工满意率测评表", "完善心理疏导室并投入使用")


@pytest.mark.parametrize("until", [date(2026, 12, 31), date(2026, 12, 1)])
def test_the_new_day_is_after_the_old_one(until: date) -> None:
    facts = ExtendedFacts(pack(), 2026, "甲", "甲", ISSUE, until, date(2026, 12, 31))
    assert isinstance(compose_extended(spec("extended"), facts), NoLetter)


def test_the_new_day_is_not_past_when_the_letter_goes_out() -> None:
    facts = ExtendedFacts(pack(), 2026, "甲", "甲", Issue("x", date(2027, 9, 30)), date(2027, 9, 30))
    assert isinstance(compose_extended(spec("extended"), facts), NoLetter)


def test_a_second_extension_has_a_file_of_its_own() -> None:
    assert extended(times=2).file_stem == "延期通知（第2次）"
    assert (extended().file_stem, extended().context["件次"]) == ("延期通知", "")


def test_every_slip_is_named_to_the_one_who_scored() -> None:
    context = returned(33).context
    assert context["评分人"] == "李某"
    assert len(context["问题清单"]) == context["事项数"] == 33
    first = context["问题清单"][0]
    assert (first["项目"], first["位置"]) == ("第1.1项", "工作表“评分表”第8行")
    assert "超过这一项的满分2分" in first["问题"]


def test_a_criterion_s_number_does_not_run_into_the_item_s_own() -> None:
    slip = replace(slips(1)[0], label="1.3 机构和制度")
    [item] = returned(1, slips=(slip,)).context["问题清单"]
    assert (item["序号"], item["项目"]) == ("1", "第1.3项 机构和制度")


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("1.3 项的得分是 9，超过分值 1", "得分是 9，超过分值 1"),
        ("1.3 项没有得分", "没有得分"),
        ("11.3 项没有得分", "11.3 项没有得分"),
    ],
)
def test_an_item_does_not_name_its_criterion_twice(message: str, said: str) -> None:
    slip = replace(slips(1)[0], label="1.3 机构和制度", message=message)
    [item] = returned(1, slips=(slip,)).context["问题清单"]
    assert item["问题"] == said


def test_a_sheet_that_names_nobody_is_answered_all_the_same() -> None:
    context = returned(1, reviewer=" ", unit="", dated="", deadline=None).context
    assert (context["评分人"], context["被评单位"], context["评分日期"], context["更正期限"]) == (
        "有关评分人",
        "",
        "",
        "",
    )


def test_a_sheet_without_slips_is_not_returned() -> None:
    facts = SheetReturnedFacts(pack(), 2026, "1", date(2026, 1, 2), date(2026, 1, 1), "a.xlsx", ())
    assert isinstance(compose_sheet_returned(spec("sheet_returned"), facts), NoLetter)
    assert isinstance(compose_sheet_returned(spec("sheet_returned"), replace(facts, slips=slips(1))), LetterContent)
