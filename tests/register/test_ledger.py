"""The ledger refuses what must never be in it, whoever asks: a payment twice, more than is due, more back than was paid."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from formflow.register.entries import Figures
from support.rounds import arrival, letter_of

pytestmark = pytest.mark.usefixtures("register")
DAY = date(2022, 12, 1)
DUE = Figures("新驿站", "新驿站", "暖阳中心", "provincial", 2_000_000, 0, 1_000_000)
MORE = {"who": "王主席", "entered_on": DAY}


def notice() -> Any:
    return letter_of("补助通知", "subsidy_notice")


def paper() -> Any:
    from formflow.register import books

    return books.add_paper(arrival(), kind="decision_sheet", state="filed")


def entered(step: Any) -> Any:
    from formflow.register import books

    with books.transaction():
        return step()


def refused(step: Any) -> None:
    from django.db import IntegrityError

    from formflow.register import ledger

    before = [entry.pk for entry in ledger.entries_of("p")]
    with pytest.raises(IntegrityError):
        entered(step)
    assert [entry.pk for entry in ledger.entries_of("p")] == before


def pay(*figures: Figures, after: int = 0, letter: Any = None) -> None:
    from formflow.register import ledger

    ledger.pay("p", after, figures, letter or notice(), **MORE)


def test_entries_are_numbered_in_the_ledger_and_in_their_project() -> None:
    from formflow.register import ledger

    other = replace(DUE, project_key="乐学堂", project="乐学堂")
    entered(lambda: pay(DUE, other))
    entered(lambda: pay(replace(DUE, paid_before=1_000_000), after=ledger.lock("p")))
    told = [(entry.number, entry.project, entry.sequence) for entry in ledger.entries_of("p")]
    assert told == [(1, "新驿站", 1), (2, "乐学堂", 1), (3, "新驿站", 2)]
    assert ledger.last_entry("p") == 3
    assert ledger.last_entry("q") == 0


def test_who_reckons_from_a_state_that_is_past_is_refused() -> None:
    # Two lists were settled at once, each before the other paid: the same project, or two of them.
    entered(lambda: pay(DUE))
    refused(lambda: pay(DUE))
    refused(lambda: pay(replace(DUE, project_key="乐学堂")))


def test_a_project_is_paid_in_its_own_order_even_if_the_numbers_are_not_asked() -> None:
    from formflow.register import models as rows

    entered(lambda: pay(DUE))
    first = rows.LedgerEntry.objects.values().get()
    copy = {**first, "id": None, "number": 2, "letter_id": notice().pk}
    refused(lambda: rows.LedgerEntry.objects.create(**copy))


@pytest.mark.parametrize(
    "change",
    [
        {"amount": 2_000_001}, {"paid_before": 1_500_000}, {"entitlement": 999_999}, {"amount": 0}, {"amount": -1},
        {"paid_before": -1_000_000, "amount": 3_000_000},
    ],
)  # fmt: skip
def test_nothing_above_what_is_due_is_paid(change: dict[str, int]) -> None:
    refused(lambda: pay(replace(DUE, **change)))


def test_a_notice_pays_a_project_once() -> None:
    letter = notice()
    refused(lambda: pay(DUE, replace(DUE, paid_before=1_000_000), letter=letter))


def test_a_payment_is_reversed_once_and_whole() -> None:
    from formflow.register import ledger

    letter = notice()
    entered(lambda: pay(DUE, letter=letter))
    (entry,) = ledger.paid_by(letter)
    back = entered(lambda: ledger.reverse(entry, 1_000_000, 1, reason="作废", **MORE))
    assert (back.amount, back.kind, back.sequence) == (-1_000_000, "reversal", 2)
    assert ledger.paid_by(letter) == []
    entered(lambda: pay(DUE, after=2))
    refused(lambda: ledger.reverse(entry, 1_000_000, 3, reason="作废", **MORE))


def test_money_comes_back_by_a_person_with_a_reason_and_not_more_than_was_paid() -> None:
    from formflow.register import ledger

    entered(lambda: pay(DUE))
    back = replace(DUE, paid_before=1_000_000, amount=-400_000)
    refused(lambda: ledger.recover("p", 1, back, paper(), reason="", **MORE))
    refused(lambda: ledger.recover("p", 1, replace(back, amount=-1_000_001), paper(), reason="退回", **MORE))
    refused(lambda: ledger.recover("p", 1, back, None, reason="退回", **MORE))  # type: ignore[arg-type]
    refused(lambda: ledger.recover("p", 1, replace(back, amount=1), paper(), reason="退回", **MORE))
    entered(lambda: ledger.recover("p", 1, back, paper(), reason="退回", **MORE))
    first, second = ledger.entries_of("p")
    assert ledger.recovered_since(first) == second.amount == -400_000
    assert ledger.recovered_since(second) == 0


def test_what_came_back_is_counted_for_its_own_project_and_ledger() -> None:
    from formflow.register import ledger

    other = replace(DUE, project_key="乐学堂", project="乐学堂")
    entered(lambda: pay(DUE, other))
    entered(lambda: ledger.pay("q", 0, [DUE], notice(), **MORE))
    mine, others = ledger.entries_of("p")
    (foreign,) = ledger.entries_of("q")
    back = replace(other, paid_before=1_000_000, amount=-1_000_000)
    entered(lambda: ledger.recover("p", 2, back, paper(), reason="退回", **MORE))
    assert [ledger.recovered_since(entry) for entry in (mine, others, foreign)] == [0, -1_000_000, 0]
    assert (ledger.last_entry("p"), ledger.last_entry("q")) == (3, 1)


def test_a_notice_paid_what_has_not_been_reversed_and_no_other_notice_did() -> None:
    from formflow.register import ledger

    letter, other = notice(), notice()
    entered(lambda: pay(DUE, replace(DUE, project_key="乐学堂"), letter=letter))
    entered(lambda: pay(replace(DUE, project_key="热线"), after=2, letter=other))
    first, second = ledger.paid_by(letter)
    entered(lambda: ledger.reverse(first, 1_000_000, 3, reason="作废", **MORE))
    assert ledger.paid_by(letter) == [second]
    assert [entry.project_key for entry in ledger.paid_by(other)] == ["热线"]
    ledger.date_payments([second], DAY)
    assert [entry.paid_on for entry in ledger.entries_of("p")] == [None, DAY, None, None]


def test_only_what_a_notice_pays_is_spent() -> None:
    from formflow.register import ledger

    sheet, more = paper(), {"is_approved": True, "paid_on": None, "who": "李四"}
    for programme, key in (("p", "新驿站"), ("p", "乐学堂"), ("q", "新驿站")):
        ledger.decide(programme, replace(DUE, project_key=key), paper=sheet, **more)
    ledger.spend("p", ["新驿站"], notice())
    assert list(ledger.decisions_of("p")) == ["乐学堂"]
    assert list(ledger.decisions_of("q")) == ["新驿站"]


def test_of_a_pair_of_names_what_was_said_last_holds() -> None:
    from formflow.register import ledger

    said = {"one": "甲", "other": "乙", "paper": paper(), "who": "李四"}
    for programme, pair, is_same in (
        ("p", "甲|乙", True),
        ("p", "甲|丙", True),
        ("q", "甲|乙", True),
        ("p", "甲|乙", False),
    ):
        ledger.rule(programme, pair, {**said, "is_same": is_same})
    assert [(ruling.pair, ruling.is_same) for ruling in ledger.rulings_of("p")] == [("甲|乙", False), ("甲|丙", True)]
    assert [(ruling.pair, ruling.is_same) for ruling in ledger.rulings_of("q")] == [("甲|乙", True)]


def test_one_decision_stands_until_it_is_paid() -> None:
    from formflow.register import ledger
    from formflow.register import models as rows

    sheet, more = paper(), {"is_approved": True, "paid_on": None, "who": "李四"}
    entered(lambda: ledger.decide("p", DUE, paper=sheet, **more))
    entered(lambda: ledger.decide("p", replace(DUE, amount=2_000_000), paper=sheet, **more))
    assert [one.amount for one in ledger.decisions_of("p").values()] == [2_000_000]
    entered(lambda: ledger.spend("p", ["新驿站"], notice()))
    assert ledger.decisions_of("p") == {}
    entered(lambda: ledger.decide("p", DUE, paper=sheet, **more))
    assert rows.SubsidyDecision.objects.count() == 2


def test_the_latest_year_of_lists_is_the_one_that_settles() -> None:
    from formflow.register import ledger

    for year in (2022, 2023, 2021):
        ledger.add_honours(paper(), "p", year, [("新驿站", {})])
    ledger.add_honours(paper(), "q", 2020, [("新驿站", {})])
    found = [(one.programme_id, one.year) for one in ledger.rounds_with_honours()]
    assert found == [("p", 2021), ("p", 2022), ("p", 2023), ("q", 2020)]
    assert (ledger.latest_year("p"), ledger.latest_year("x")) == (2023, None)
    row = ledger.honours_of("p")[0]
    ledger.strike(row)
    assert [len(ledger.honours_of("p", struck_too=too)) for too in (False, True)] == [2, 3]
