"""What each type of field asks for."""

from __future__ import annotations

from typing import Any

import pytest

from formflow.model.finding import Finding
from formflow.model.programme import Field
from formflow.rules.fields import check_field
from formflow.rules.paper import Paper
from support.programme_values import FIELDS, OPINION, STEPS, answer, codes, field, form, record


def found(of: Field, value: Any, **settings: Any) -> tuple[Finding, ...]:
    others = tuple(other for other in FIELDS if other.id != of.id)
    paper = Paper(form(fields=(*others, of)), record(answer(of.id, value, **settings)), None)
    return tuple(check_field(paper, of))


SITE = field("site", label="地点")


@pytest.mark.parametrize("value", [None, "", "  ", "／", "——", "待补充", "（待补充）", "无", "没有"])
def test_a_text_that_says_nothing_is_missing(value: str | None) -> None:
    assert codes(found(SITE, value)) == [("missing", "site", "error")]


@pytest.mark.parametrize("value", ["清溪镇", "见附件", "无锡路", "0"])
def test_a_text_that_says_something_is_there(value: str) -> None:
    assert found(SITE, value) == ()


def test_none_is_an_answer_only_where_the_pack_says_so() -> None:
    assert found(field("site", accepts_none=True), "无") == ()
    assert codes(found(field("site", accepts_none=True), "待补充")) == [("missing", "site", "error")]


def test_a_field_that_need_not_be_filled() -> None:
    assert found(field("site", is_required=False), None) == ()


def test_the_finding_says_what_where_why_and_what_to_do() -> None:
    (missing,) = found(SITE, None, raw="待补充")
    assert missing.message == "“地点”只写了“待补充”，等于没有填写"
    assert missing.requirement == "请填写地点"
    assert (missing.basis, missing.label, missing.place) == ("附件一 三", "地点", "第1张表第4行第2列")
    assert missing.locator is not None
    assert missing.locator.part == "table 1, row 4, column 2"
    assert found(SITE, None, raw="____")[0].message == "“地点”没有填写"


def test_a_month_is_there_missing_or_unreadable() -> None:
    signed_on = field("signed_on", "month", label="填表月份")
    assert found(signed_on, "2022-03") == ()
    assert codes(found(signed_on, None)) == [("missing", "signed_on", "error")]
    (invalid,) = found(signed_on, None, raw="2022年春", doubt="写的是“2022年春”，看不出月份")
    assert (invalid.code, invalid.message) == ("invalid", "“填表月份”写的是“2022年春”，看不出月份")


def test_a_doubt_in_other_words_still_makes_a_sentence() -> None:
    (invalid,) = found(field("signed_on", "month", label="填表月份"), None, doubt="两处读法不同")
    assert invalid.message == "“填表月份”填写有疑问：两处读法不同"


def test_a_doubt_about_a_value_that_was_read_is_no_error() -> None:
    assert found(field("signed_on", "month"), "2022-03", doubt="两处读法不同") == ()


def test_rows_are_there_or_not() -> None:
    assert found(STEPS, [{"when": "2022年3月", "what": "动员"}]) == ()
    (missing,) = found(STEPS, [])
    assert (missing.code, missing.field) == ("missing", "steps")
    assert "何时、何事" in missing.requirement


@pytest.mark.parametrize(("confidence", "expected"), [(0.9, []), (0.89, [("low_confidence", "site", "review")])])
def test_an_unsure_answer_is_shown_to_a_person(confidence: float, expected: list[tuple[str, str, str]]) -> None:
    assert codes(found(SITE, "清溪镇", confidence=confidence)) == expected


def test_an_unsure_blank_is_missing_and_shown_to_a_person() -> None:
    assert [code for code, _, _ in codes(found(SITE, None, confidence=0.5))] == ["missing", "low_confidence"]


FULL = {"text": "同意。", "sealed": True, "signed": True, "date": "2022-03-20"}
MISSING = ("missing", "opinion", "error")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"sealed": None}, [("unsealed", "opinion", "review")]),
        ({"sealed": False}, [("unsealed", "opinion", "error")]),
        ({"signed": None}, [("unsigned", "opinion", "review")]),
        ({"signed": False}, [("unsigned", "opinion", "error")]),
        ({"date": None}, [MISSING]),
        ({"text": "待补充"}, [MISSING]),
        ({"text": "", "date": None}, [MISSING]),
        ({"text": "", "date": None, "sealed": None, "signed": None}, [MISSING]),
        ({"text": "", "date": None, "sealed": False, "signed": False}, [MISSING]),
        (
            {"date": None, "sealed": None, "signed": False},
            [MISSING, ("unsealed", "opinion", "review"), ("unsigned", "opinion", "error")],
        ),
    ],
)
def test_opinions(changes: dict[str, Any], expected: list[tuple[str, str, str]]) -> None:
    assert codes(found(OPINION, FULL | changes)) == expected


def test_an_opinion_says_which_of_its_parts_are_not_there() -> None:
    def said(**changes: Any) -> str:
        return found(OPINION, FULL | changes)[0].message

    assert said(date=None) == "主管意见缺少日期"
    assert said(text="") == "主管意见缺少意见内容"
    assert said(text="", date=None) == "主管意见缺少意见内容和日期"
    empty = found(OPINION, None)[0]
    assert all(word in empty.message for word in ("意见", "盖章", "签名", "日期"))
    assert empty.requirement == "请写明意见、加盖公章、由负责人签名、注明日期"


def test_half_a_date_is_told() -> None:
    (missing,) = found(OPINION, FULL | {"date": None}, doubt="落款日期没有写全")
    assert missing.message == "主管意见缺少日期（落款日期没有写全）"


def test_an_opinion_asks_only_for_what_the_pack_wants() -> None:
    plain = field("opinion", "opinion", label="主管意见")
    assert found(plain, {"text": "同意", "sealed": False, "signed": None, "date": None}) == ()
    assert found(plain, None)[0].message == "主管意见没有填写"


def test_a_row_of_boxes_asks_for_a_tick() -> None:
    (missing,) = found(field("site", label="地点", options=("达到", "未达到")), None)
    assert (missing.code, missing.requirement) == ("missing", "请在“达到”、“未达到”中勾选一项")
