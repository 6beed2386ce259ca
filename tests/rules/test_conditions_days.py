"""Credit codes against the standard's own arithmetic; years before the recommendation, validity and materials at their edges."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest

from formflow.model.checks import AllChosen, Check, CreditCode, Ordered, StillValid, WithinYears, YearsBefore
from formflow.model.citation import Citation
from formflow.model.finding import Finding
from formflow.model.programme import Field, Form
from formflow.model.record import Answer, Record
from formflow.reading import read_document
from formflow.rules.conditions import check_condition
from formflow.rules.conditions_days import is_credit_code
from formflow.rules.paper import Paper
from support.honours_lists import word

BASIS = Citation("source.txt", "附件2")
OPTIONS = ("登记证书", "场所照片")
FIELDS = (
    Field("code", "统一社会信用代码", "text", "代码", "body", True, BASIS),
    Field("day", "成立登记日期", "date", "日期", "body", True, BASIS),
    Field("later", "完成结项日期", "date", "日期2", "body", True, BASIS),
    Field("materials", "提交的材料", "choice", "材料", "body", True, BASIS, options=OPTIONS),
    Field("opinion", "推荐单位意见", "opinion", "意见", "body", True, BASIS),
)
# The example of the standard, and codes of large companies as they print them.
REAL = ("91350100M000100Y43", "91110000802100433B", "91440300708461136T", "91330100799655058B", "9144030071526726XG")


def found(check: Check, received_on: date | None = None, **values: Any) -> list[Finding]:
    form = Form("application", "表", read_document(word("表")), FIELDS, (), ())
    record = Record("q", "application", {key: Answer(key, value, "", None, 1.0) for key, value in values.items()})
    return [finding for _, finding in check_condition(Paper(form, record, received_on), check)]


def opinion(day: str | None) -> dict[str, Any]:
    return {"text": "同意", "sealed": None, "signed": None, "date": day}


@pytest.mark.parametrize("code", REAL)
def test_published_codes_are_sound_and_any_slip_is_seen(code: str) -> None:
    assert is_credit_code(code)
    for place in range(18):
        for other in "0123456789ABCDEFGHJKLMNPQRTUWXY":
            assert is_credit_code(code[:place] + other + code[place + 1 :]) == (other == code[place])
    assert not is_credit_code(code[:-1])
    assert not is_credit_code(code + code[-1])
    assert not is_credit_code(code.replace(code[3], "I", 1))


def test_any_code_is_sound_with_the_check_character_of_the_standard_alone() -> None:
    """GB 32100: the values of the first 17 places, each times 3 to the power of its place, and that of the last add up to a multiple of 31."""
    dice, characters = random.Random(31), "0123456789ABCDEFGHJKLMNPQRTUWXY"
    for _ in range(300):
        body = "".join(dice.choices(characters, k=17))
        given = sum(characters.index(character) * 3**place for place, character in enumerate(body))
        sound = [last for last in characters if is_credit_code(body + last)]
        assert sound == [last for last in characters if (given + characters.index(last)) % 31 == 0]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("91350100M000100Y4", "有17位"),
        ("91350100M000100Y44", "校验码不符"),
        ("9135O100M000100Y43", "不能用的字符"),
        ("91350100M000100Y43", ""),
        ("９１３５０１００m000100y43", ""),
        (None, ""),
    ],
)
def test_credit_codes(code: str | None, said: str) -> None:
    findings = found(CreditCode("code", BASIS), code=code)
    assert [finding.code for finding in findings] == (["invalid"] if said else [])
    assert not said or said in findings[0].message


@pytest.mark.parametrize(
    ("day", "is_short"), [("2020-03-15", False), ("2020-03-16", True), ("2020-02-29", False), (None, False)]
)
def test_two_years_to_the_day(day: str | None, is_short: bool) -> None:
    check = YearsBefore("day", 2, "opinion", "review", BASIS)
    findings = found(check, day=day, opinion=opinion("2022-03-15"))
    assert [(f.code, f.severity) for f in findings] == ([("not_eligible", "review")] if is_short else [])


def test_leap_days_count_to_the_end_of_february() -> None:
    check = YearsBefore("day", 2, "opinion", "error", BASIS)
    assert not found(check, day="2020-02-29", opinion=opinion("2022-02-28"))
    assert found(check, day="2020-02-29", opinion=opinion("2022-02-27"))


def test_the_day_of_arrival_where_the_opinion_has_none() -> None:
    check = YearsBefore("day", 2, "opinion", "review", BASIS)
    assert found(check, date(2021, 1, 1), day="2020-03-15", opinion=opinion(None))
    assert not found(check, date(2023, 1, 1), day="2020-03-15", opinion=opinion(None))
    assert not found(check, None, day="2020-03-15", opinion=opinion(None))


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("2019-03-15", None),
        ("2019-03-14", "not_eligible"),
        ("2022-03-15", None),
        ("2022-03-16", "inconsistent"),
        (None, None),
    ],
)
def test_completed_within_three_years(day: str | None, code: str | None) -> None:
    findings = found(WithinYears("later", 3, "opinion", BASIS), later=day, opinion=opinion("2022-03-15"))
    assert [finding.code for finding in findings] == ([code] if code else [])


@pytest.mark.parametrize(("day", "is_over"), [("2022-03-15", False), ("2022-03-14", True), (None, False)])
def test_still_valid_on_the_day(day: str | None, is_over: bool) -> None:
    findings = found(StillValid("day", "opinion", BASIS), day=day, opinion=opinion("2022-03-15"))
    assert [finding.code for finding in findings] == (["not_eligible"] if is_over else [])


def test_every_material_that_is_not_ticked() -> None:
    check = AllChosen("materials", "review", BASIS)
    (finding,) = found(check, materials=["场所照片"])
    assert (finding.code, finding.severity) == ("attachment_missing", "review")
    assert "登记证书" in finding.message
    assert not found(check, materials=list(OPTIONS))
    assert not found(check, materials=None)


def test_days_in_order() -> None:
    check = Ordered("day", "later", BASIS)
    (finding,) = found(check, day="2022-03-16", later="2022-03-15")
    assert (finding.code, finding.field) == ("inconsistent", "later")
    assert "2022年3月15日" in finding.message
    assert not found(check, day="2022-03-15", later="2022-03-15")
    assert not found(check, day="2022-03-15", later=None)
