"""Votes that come more than once: the same again, held again, and two that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from formflow.model.evaluation import Count, EvaluationSheet, HomeTally
from formflow.packs import load_pack
from support import offices
from support.rounds import arrival

BEIJING = offices.TEMPLATES / "beijing-workers-home"
GOOD: Mapping[str, int] = {"issued": 100, "returned": 90, "satisfied": 80, "fairly_satisfied": 6, "dissatisfied": 4}
BAD: Mapping[str, int] = {"issued": 100, "returned": 90, "satisfied": 30, "fairly_satisfied": 6, "dissatisfied": 54}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Any]:
    now = datetime(2022, 11, 1, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
    with offices.office(tmp_path / "home", programmes=(load_pack(BEIJING),), now=lambda: now) as opened:
        yield opened


def vote(
    office: Any,
    counts: Mapping[str, int],
    day: str | None = None,
    home: str = "晴川机械厂职工之家",
    years: tuple[int, ...] | None = None,
) -> tuple[str, str]:
    from formflow.register import books
    from formflow.service.evaluation_entry import receive_votes

    tally = HomeTally(home, {key: Count(value, str(value)) for key, value in counts.items()})
    years = years if years is not None else (int(day[:4]),) if day else ()
    sheet = EvaluationSheet("beijing-workers-home", (tally,), evaluated_on=day, years=years)
    with books.transaction():
        [done] = receive_votes(office, arrival(), sheet)
    return done.result, done.message


def entered(state: str = "counted") -> list[tuple[int, int]]:
    """Year and satisfied of every vote in a state."""
    from formflow.register import models as rows

    found = rows.Evaluation.objects.filter(state=state).order_by("id")
    return [(row.year, row.content["tally"]["counts"]["satisfied"]["value"]) for row in found]


def drafts() -> int:
    """How many notices lie before whoever signs."""
    from formflow.register import rounds

    return len(rounds.open_drafts(rounds.Round("beijing-workers-home", 2022), "rectification_notice"))


def test_a_vote_belongs_to_the_year_it_was_held_in_or_came_in(office: Any) -> None:
    vote(office, GOOD, "2021-12-20")
    vote(office, GOOD, "2020-06")
    vote(office, GOOD)
    assert entered() == [(2021, 80), (2020, 80), (2022, 80)]


def test_votes_of_two_years_on_one_sheet_go_before_a_person(office: Any) -> None:
    assert vote(office, GOOD, years=(2020, 2021)) == (
        "set_aside",
        "会员评议表有问题，没有登记\n  1. 表上的评议分属2020年、2021年，请按年度分成几份表",
    )
    assert entered() == []
    vote(office, GOOD, years=(2021,))
    assert entered() == [(2021, 80)]


def test_the_same_counts_again_are_entered_once(office: Any) -> None:
    assert vote(office, GOOD, "2022-10-20")[0] == "evaluated"
    assert vote(office, GOOD, "2022-10-20")[0] == "evaluated"
    assert entered() == [(2022, 80)]


@pytest.mark.parametrize("day", ["2022-10-20", "2022-10-19", "2022-10", None])
def test_other_counts_that_are_not_of_a_later_day_go_before_a_person(office: Any, day: str | None) -> None:
    vote(office, GOOD, "2022-10-20")
    result, message = vote(office, BAD, day)
    assert result == "set_aside"
    assert "两份票数不同" in message
    assert entered() == [(2022, 80)]


def test_a_vote_held_again_takes_the_place_of_the_first_with_what_followed_from_it(office: Any) -> None:
    assert vote(office, BAD, "2022-10-20")[1].endswith("需限期整改 1 个")
    assert drafts() == 1
    assert vote(office, GOOD, "2022-10-28")[1].endswith("需限期整改 0 个")
    assert (entered(), entered("replaced")) == ([(2022, 80)], [(2022, 30)])
    # What was to be put right does not follow any more.
    assert drafts() == 0


def test_each_home_that_has_to_put_something_right_has_a_draft_of_its_own(office: Any) -> None:
    vote(office, BAD, "2022-10-20")
    vote(office, BAD, "2022-10-20", home="知春图书馆职工之家")
    vote(office, GOOD, "2022-10-20", home="长亭印刷厂职工之家")
    assert drafts() == 2
