"""The objective items of the 百分 standard: each step, each cap, and what is left to the judge."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from formflow.model.measures import Proposal
from formflow.model.record import Answer, Record
from formflow.rules.measured import propose
from support.office import packs

QINGDAO = next(programme for programme in packs() if programme.id == "qingdao-social-organisations")
MATERIALS = QINGDAO.forms[0].field("attachments").options


def proposals(**values: Any) -> dict[str, Proposal]:
    record = Record(
        QINGDAO.id, "application", {key: Answer(key, value, "", None, 1.0) for key, value in values.items()}
    )
    return {one.criterion: one for one in propose(QINGDAO.rubrics[0], QINGDAO.measures, record)}


def media(*levels: str) -> list[dict[str, str]]:
    return [
        {"medium": "某报", "level": level, "title": f"报道{n}", "date": "2021年7月3日"}
        for n, level in enumerate(levels)
    ]


@pytest.mark.parametrize(
    ("rate", "points"),
    [(0.699, 0), (0.7, 6), (0.79, 6), (0.795, 6), (0.8, 8), (0.89, 8), (0.8999, 8), (0.9, 10), (1, 10), (0, 0)],
)
def test_satisfaction(rate: float, points: int) -> None:
    one = proposals(satisfaction=rate)["5.1"]
    assert one.points == points
    assert f"{Decimal(str(rate)) * 100:f}".rstrip("0").rstrip(".") in one.working or rate in (0, 1)


@pytest.mark.parametrize(
    ("levels", "points"),
    [
        ((), 0),
        (("设区市级",), 1),
        (("市级", "省部级"), 3),
        (("国家级", "国家级", "省级"), 8),
        (("全国",) * 4, 10),
        (("市级",) * 11, 10),
    ],
)
def test_media(levels: tuple[str, ...], points: int) -> None:
    assert proposals(media=media(*levels))["6.1"].points == points


def test_the_working_of_pieces() -> None:
    one = proposals(media=media("国家级", "国家级", "国家级", "市级", "市级"))["6.1"]
    assert one.working == "设区市级2×1 + 国家级3×3 = 11分，满分10分，按10分"
    assert not one.questions


def test_pieces_that_are_not_plain_are_asked_about() -> None:
    rows = [
        *media("市级"),
        *media("市级"),
        {"medium": "某报", "level": "副省级", "title": "另一篇", "date": None},
        {"medium": None, "level": "市级", "title": "无名", "date": None},
    ]
    one = proposals(media=rows)["6.1"]
    assert one.points == 1
    assert [question.split("，")[0] for question in one.questions] == [
        "第2行与前面的一行相同",
        "第3行的级别写的是“副省级”",
        "第4行没有写全",
    ]


def test_exchanges_by_level() -> None:
    rows = [
        {"meeting": f"会议{n}", "level": level, "date": "2021-11-05"}
        for n, level in enumerate(("山东省总工会", "市级", "全国总工会"))
    ]
    assert proposals(exchanges=rows)["7.1"].points == 6


@pytest.mark.parametrize(
    ("ticked", "points"),
    [(("合同和实施方案",), {"4.1": 10}), (("评估总结材料",), {"4.1": 5}), (("合同和实施方案", "评估总结材料"), {"4.1": 10}),
     (("登记证书",), {"2.1": 10, "4.1": 0}),
     (MATERIALS, {"1.1": 10, "2.1": 10, "3.1": 10, "3.2": 5, "3.3": 5, "4.1": 10})],
)  # fmt: skip
def test_materials(ticked: tuple[str, ...], points: dict[str, int]) -> None:
    found = proposals(attachments=list(ticked))
    assert {key: found[key].points for key in points} == points


def test_an_option_that_stands_for_two_pieces_says_so() -> None:
    both = proposals(attachments=["合同和实施方案", "评估总结材料"])["4.1"]
    assert both.working == "合同和实施方案2×5 + 评估总结材料1×5 = 15分，满分10分，按10分"
    assert both.questions == ("“合同和实施方案”按2项计，请核对是否都有",)


@pytest.mark.parametrize(
    ("rate", "asks"),
    [(0.785, False), (0.79, False), (0.795, True), (0.8, False), (0.8999, True), (0.5, False), (1, False)],
)
def test_a_rate_between_two_steps_is_asked_about(rate: float, asks: bool) -> None:
    assert bool(proposals(satisfaction=rate)["5.1"].questions) == asks


def test_what_a_rate_or_a_sum_comes_to_is_said() -> None:
    assert proposals(satisfaction=0.5)["5.1"].working == "50%，低于70%，不得分"
    assert proposals(satisfaction=0.9)["5.1"].working == "90%，达到90%一档，得10分"
    assert proposals(attachments=["合同和实施方案"])["4.1"].working == "合同和实施方案2×5 = 10分"
    assert proposals(attachments=["登记证书"])["4.1"].working == "没有合同和实施方案、评估总结材料 = 0分"
    assert proposals(media=media("副省级"))["6.1"].working == "没有可以计入的，不得分"


@pytest.mark.parametrize("rate", [1.01, -0.1])
def test_no_points_for_a_rate_that_cannot_be(rate: float) -> None:
    assert proposals(satisfaction=rate)["5.1"].points is None


def test_what_was_not_read_surely_is_asked_about() -> None:
    sure, unsure = Answer("satisfaction", 0.95, "", None, 0.9), Answer("satisfaction", 0.95, "", None, 0.89)
    for answer, questions in ((sure, 0), (unsure, 1), (replace(sure, doubt="有两种写法"), 1)):
        record = Record(QINGDAO.id, "application", {"satisfaction": answer})
        (one,) = (p for p in propose(QINGDAO.rubrics[0], QINGDAO.measures, record) if p.criterion == "5.1")
        assert (one.points, len(one.questions)) == (10, questions)


def test_judged_items_stay_open_and_missing_answers_are_not_guessed() -> None:
    found = proposals()
    assert [found[key].points for key in ("1.2", "2.2")] == [None, None]
    assert {found[key].points for key in ("1.1", "2.1", "3.1", "3.2", "3.3", "4.1", "5.1")} == {None}
    assert list(found) == [criterion.id for criterion in QINGDAO.rubrics[0].criteria]


def test_the_standard_adds_up_to_a_hundred() -> None:
    assert sum(criterion.points for criterion in QINGDAO.rubrics[0].criteria) == 100
