"""限期整改通知书 and the 通报 that commends, as the packs ship them: whole, and by GB/T 9704-2012 in both formats."""

from __future__ import annotations

import io
from datetime import date
from functools import cache

import pdfplumber
import pytest

from formflow.letters.compose_unit import compose_rectify
from formflow.letters.compose_year import compose_announced, compose_circular, compose_named
from formflow.letters.fonts import FontBook
from formflow.letters.measure import measure
from formflow.letters.typeset import typeset
from formflow.letters.word import render
from formflow.model.letter import (
    AnnouncedFacts,
    CircularFacts,
    Issue,
    LetterContent,
    ListedUnit,
    NamedFacts,
    NoLetter,
    Publicity,
    RectifyFacts,
)
from formflow.model.programme import LetterSpec, Occasion, Programme
from formflow.packs import load_pack
from formflow.rules.evaluations import assess_homes, rectify_dates
from support.evaluation_sheets import Vote, as_document
from support.office import TEMPLATES

SHIPPED = FontBook.shipped()
ISSUED_ON = date(2014, 12, 1)
PERIOD = Publicity(date(2015, 6, 1), date(2015, 6, 5), 5)


@cache
def pack(name: str) -> Programme:
    return load_pack(TEMPLATES / name)


def spec(programme: Programme, on: Occasion) -> LetterSpec:
    return next(letter for letter in programme.letters if letter.on == on)


def rectification(vote: Vote) -> bytes:
    """The notice to a home, from its sheet."""
    from formflow.forms.evaluations import evaluation_sheets

    programme = pack("beijing-workers-home")
    assert programme.evaluation is not None
    (result,) = assess_homes(programme.evaluation, evaluation_sheets(as_document("plain", [vote]), (programme,)))
    assert result.outcome == "rectify"
    dates = rectify_dates(programme.evaluation, ISSUED_ON)
    facts = RectifyFacts(
        programme, 2014, result.home_name, result.home_name, Issue("京工发〔2014〕31号", ISSUED_ON), date(2014, 11, 20),
        result.points, dates.deadline, working_days=30, deadline_note=dates.note, visit="整改期满后10个工作日内安排回访",
    )  # fmt: skip
    return written(programme, "rectify", compose_rectify(spec(programme, "rectify"), facts))


def units(count: int, counties: tuple[str, ...]) -> tuple[ListedUnit, ...]:
    return tuple(
        ListedUnit(f"砚池{number}小学职工之家", counties[number % len(counties)], "") for number in range(1, count + 1)
    )


def commendation(count: int, counties: tuple[str, ...] = ("青衣市", "岷水州")) -> bytes:
    programme = pack("sichuan-demonstration-units")
    issue = Issue("川工发〔2023〕8号", date(2023, 3, 20))
    facts = CircularFacts(programme, 2023, issue, date(2023, 3, 20), commended=units(count, counties))
    return written(programme, "circulated", compose_circular(spec(programme, "circulated"), facts))


def naming(count: int) -> bytes:
    programme = pack("beijing-workers-home")
    facts = NamedFacts(
        programme, 2015, units(count, ("云汀区总工会",)), Issue("京工发〔2015〕9号", date(2015, 6, 20)), PERIOD
    )
    return written(programme, "named", compose_named(spec(programme, "named"), facts))


def announcement(count: int) -> bytes:
    programme = pack("beijing-workers-home")
    facts = AnnouncedFacts(programme, 2015, units(count, ("云汀区总工会",)), Issue("", date(2015, 5, 29)), 5, PERIOD)
    return written(programme, "announced", compose_announced(spec(programme, "announced"), facts))


def written(programme: Programme, on: Occasion, composed: LetterContent | NoLetter) -> bytes:
    assert isinstance(composed, LetterContent)
    return render(spec(programme, on).template, composed.context)


def words_of(word: bytes) -> str:
    with pdfplumber.open(io.BytesIO(typeset(word, fonts=SHIPPED).pdf)) as opened:
        return "".join(char["text"] for page in opened.pages for char in page.chars if char["text"].strip())


UNHAPPY = Vote("晴川机械厂职工之家", 400, 214, 60, 92)
LONG = Vote("云汀区滨河高新技术产业开发区新能源汽车及零部件智能制造产业园联合工会职工之家", 100, 20, 10, 60)


@pytest.mark.parametrize(
    "word",
    [
        pytest.param(lambda: rectification(UNHAPPY), id="rectification"),
        pytest.param(lambda: rectification(LONG), id="rectification, long name"),
        *(pytest.param(lambda n=n: commendation(n), id=f"commendation {n}") for n in (1, 9, 60)),
        pytest.param(lambda: commendation(12, ("",)), id="commendation without counties"),
        pytest.param(lambda: naming(60), id="naming"),
        pytest.param(lambda: announcement(12), id="announcement"),
    ],
)  # fmt: skip
def test_every_rule_is_kept_in_both_formats(word) -> None:  # type: ignore[no-untyped-def]
    data = word()
    for made in (data, typeset(data, fonts=SHIPPED).pdf):
        assert [(found.rule_id, found.measured) for found in measure(made).failures] == []


def test_a_rectification_names_the_points_the_last_day_and_the_visit() -> None:
    said = words_of(rectification(UNHAPPY))
    assert "2014年11月20日" in said
    assert "满意214张、基本满意60张、不满意92张，会员满意率74.86%，低于规定的80%" in said
    assert "有92张票的评价是“不满意”" in said
    # Thirty working days after 1 December 2014: New Year's Day to Saturday the 3rd off, Sunday the 4th worked in exchange.
    assert "2015年1月13日前（含当日，共30个工作日）" in said
    assert "10个工作日内安排回访" in said
    assert "送达回执" in said


def test_a_commendation_lists_everybody_and_counts_right() -> None:
    said = words_of(commendation(60))
    assert "表彰60个单位为2023年度四川省提升职工生活品质示范单位" in said
    assert all(f"砚池{number}小学职工之家" in said for number in range(1, 61))
    assert "未完成" not in said
