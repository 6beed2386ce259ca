"""What projects are called in quotes: proof of nothing by itself, and of much beside the name of who runs them."""

from __future__ import annotations

import pytest

from formflow.model.document import Locator
from formflow.model.evidence import Applicant, Article
from formflow.rules.evidence import attribute
from formflow.rules.evidence_applicants import applicant_of
from formflow.rules.evidence_brands import Brands, cores_of

STATION = applicant_of("1", "“新驿站”户外劳动者关爱项目", ("“新驿站”户外劳动者关爱项目", "青岛市暖阳社会工作服务中心"))
TEA = applicant_of("2", "“爱心茶”项目", ("“爱心茶”项目", "青岛市邻里互助中心"))
TEA_TOO = applicant_of("3", "“爱心茶”进车间项目", ("“爱心茶”进车间项目", "青岛市向晴社工服务中心"))
FILLER = "职工们都说，这样的服务离自己很近，以后要常来。\n活动持续了一整天，大家约定下个月再聚。"


@pytest.mark.parametrize(
    ("name", "cores"),
    [
        ("“新驿站”户外劳动者关爱项目", ("新驿站",)),
        ("「心」站", ()),
        ("法律援助直通车", ()),
        ("“甲站”和“乙站”", ("甲站", "乙站")),
    ],
)
def test_cores(name: str, cores: tuple[str, ...]) -> None:
    assert cores_of(name) == cores


def test_a_core_that_two_use_tells_nobody() -> None:
    assert list(Brands((STATION, TEA)).called_in("“新驿站”和“爱心茶”")) == [("1", "“新驿站”"), ("2", "“爱心茶”")]
    assert list(Brands((STATION, TEA, TEA_TOO)).called_in("“新驿站”和“爱心茶”")) == [("1", "“新驿站”")]
    assert list(Brands((STATION,)).called_in("新驿站建成了")) == []


def whose(title: str, text: str, *applicants: Applicant) -> tuple[str | None, bool]:
    (found,) = attribute((Article(title, text, Locator("paragraph 1")),), applicants)
    return found.applicant, bool(found.question)


def test_a_headline_in_quotes_counts_once_the_text_names_who_runs_it() -> None:
    named = f"环卫工人走进“新驿站”歇脚。\n这里由青岛市暖阳社会工作服务中心运营。{FILLER}"
    assert whose("“新驿站”送清凉", named, STATION, TEA) == ("1", False)
    # Without the quotes in headline and text the one mention is too little.
    assert whose("驿站送清凉", named.replace("“新驿站”", "驿站"), STATION, TEA) == (None, False)


def test_in_quotes_alone_it_is_a_question_at_most() -> None:
    text = f"某县总工会建起的“新驿站”开门迎客。\n{FILLER}"
    assert whose("“新驿站”开门", text, STATION) == (None, True)
    assert whose("驿站开门", text, STATION) == (None, False)
    assert whose("“爱心茶”送到车间", FILLER, TEA, TEA_TOO) == (None, False)
