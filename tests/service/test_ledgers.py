"""The ledger of a home follows the register: every unit once, what is overdue counted in working days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from formflow.model.ledger import Ledger, LedgerLetter
from formflow.model.programme import Programme
from support.year_facts import pack


def case_line(**changes: Any) -> Any:
    from formflow.register.overview import CaseLine

    line = CaseLine(
        programme_id="nantong-service-centre", programme="职工服务中心赋能创优", year=2026, number=7, unit="白鹭镇职工服务中心", folder="白鹭镇",
        outcome="supplement", version=1, errors=2, reviews=0, doubts=0, deadline=date(2026, 3, 31), updated_on=date(2026, 3, 10),
    )  # fmt: skip
    return replace(line, **changes)


@pytest.fixture(autouse=True)
def _standing(office: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """The register is open, so that what reads it can be imported; what it says is said here."""
    from formflow.register.standing import Standing
    from formflow.service import ledgers

    standing = Standing(
        case_id=1, number=7, county="临江区总工会", unit="白鹭镇职工服务中心", applicant="白鹭镇总工会", opened_on=date(2026, 3, 2),
        updated_on=date(2026, 3, 10), version=1, outcome="supplement", missing=("实施方案",), deadline=date(2026, 3, 31), sheets=3,
        returned=1, decided_in=2026, decision="extended", grade="", until=date(2027, 9, 30),
        letters=(LedgerLetter("补正通知书", "2026-0007-1", date(2026, 3, 10)),),
    )  # fmt: skip
    other = replace(standing, number=8, unit="墨河镇职工服务中心", outcome="accepted", deadline=None)
    monkeypatch.setattr(ledgers, "standings", lambda *_: [standing, other])


def ledger_of(day: date, **more: Any) -> Ledger:
    from formflow.service import ledgers

    return ledgers.ledger_of(pack(), 2026, day, **more)


def ledgers_of(lines: list[Any], programmes: tuple[Programme, ...]) -> list[Ledger]:
    from formflow.service import ledgers

    return list(ledgers.ledgers_of(lines, programmes, date(2026, 4, 1)))


@pytest.mark.parametrize(
    ("day", "overdue"),
    [(date(2026, 3, 31), None), (date(2026, 4, 1), 1), (date(2026, 4, 4), 3), (date(2026, 4, 7), 4)],
)
def test_overdue_days_are_working_days(day: date, overdue: int | None) -> None:
    """3 April 2026 is a Friday, 4 to 6 April are 清明."""
    row = ledger_of(day).rows[0]
    assert row.days_overdue == overdue


def test_what_the_register_says_is_in_words_people_see() -> None:
    row = ledger_of(date(2026, 4, 1), folders={7: "白鹭镇"}).rows[0]
    assert (row.outcome, row.decision, row.folder, row.until) == ("待补正", "延期", "白鹭镇", date(2027, 9, 30))
    assert (row.county, row.missing, row.sheets, row.returned) == ("临江区总工会", ("实施方案",), 3, 1)
    assert [(letter.title, letter.number) for letter in row.letters] == [("补正通知书", "2026-0007-1")]


def test_only_the_units_that_are_asked_for_are_listed() -> None:
    (ledger,) = ledgers_of([case_line()], (pack(),))
    assert [row.number for row in ledger.rows] == [7]


def test_a_year_whose_pack_is_gone_is_listed_all_the_same() -> None:
    (ledger,) = ledgers_of([case_line()], ())
    (row,) = ledger.rows
    assert (ledger.programme_name, row.unit, row.outcome, row.days_overdue) == (
        "职工服务中心赋能创优", "白鹭镇职工服务中心", "待补正", 1,
    )  # fmt: skip
    assert row.opened_on is None


def test_each_year_has_its_own() -> None:
    found = ledgers_of([case_line(), case_line(year=2027)], ())
    assert [(ledger.year, len(ledger.rows)) for ledger in found] == [(2026, 1), (2027, 1)]


def test_one_year_is_done_before_the_next_is_asked_for() -> None:
    from formflow.service import ledgers

    asked: list[int] = []

    def lines() -> Any:
        for year in (2026, 2027, 2028):
            asked.append(year)
            yield case_line(year=year)

    found = ledgers.ledgers_of(lines(), (), date(2026, 4, 1))
    assert next(found).year == 2026
    assert asked == [2026, 2027]


def test_a_pack_that_was_given_another_name_makes_no_second_ledger() -> None:
    lines = [case_line(), case_line(number=8, programme="职工之友"), case_line(number=9)]
    assert [(ledger.programme_name, len(ledger.rows)) for ledger in ledgers_of(lines, ())] == [
        ("职工服务中心赋能创优", 3)
    ]
