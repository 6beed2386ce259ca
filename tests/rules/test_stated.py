"""What a list calls paid is the same money as the books know of, as far as they know of it."""

from __future__ import annotations

from formflow.model.document import Locator
from formflow.model.honours import Honour
from formflow.model.money import Fen
from formflow.rules.stated import Stated, stated_payments
from support.money import qingdao


def row(level: str | None, paid: int | None) -> Honour:
    return Honour(
        "新驿站", "暖阳中心", level, "2022-03-15", None, None if paid is None else Fen(paid * 100), Locator("row")
    )


def stated(known: int, *rows: Honour, highest: str | None = "provincial") -> Stated:
    policy = qingdao().honours
    assert policy is not None
    return stated_payments(rows, Fen(known * 100), highest, policy)


def test_what_the_books_do_not_know_of_is_counted() -> None:
    found = stated(0, row("municipal", 10_000))
    assert [(one.project, one.organisation, one.amount, one.level) for one in found.payments] == [
        ("新驿站", "暖阳中心", 1_000_000, "municipal")
    ]
    assert found.notes == ()


def test_the_same_money_is_counted_once() -> None:
    assert stated(10_000, row("municipal", 10_000)) == Stated()
    # The same honour in two rows of a list is one.
    assert [one.amount for one in stated(0, row("municipal", 10_000), row("municipal", 10_000)).payments] == [1_000_000]


def test_list_and_books_that_differ_are_to_be_compared() -> None:
    more = stated(5_000, row("municipal", 10_000))
    assert [one.amount for one in more.payments] == [500_000]
    assert "10,000 元" in more.notes[0]
    less = stated(20_000, row("municipal", 10_000))
    assert (less.payments, len(less.notes)) == ((), 1)


def test_beside_the_highest_honour_stands_what_was_paid_in_all() -> None:
    assert [one.level for one in stated(0, row("provincial", 10_000)).payments] == [None]


def test_sums_beside_several_levels_are_a_question() -> None:
    found = stated(0, row("municipal", 10_000), row("provincial", 10_000))
    assert sum(one.amount for one in found.payments) == 2_000_000
    assert "几级荣誉" in found.notes[0]


def test_a_row_without_a_sum_says_nothing() -> None:
    assert stated(0, row("municipal", None), row("provincial", 0)) == Stated()
