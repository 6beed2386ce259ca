"""发文字号: without a gap, each once, never again."""

from __future__ import annotations

from typing import Any

import pytest

from support.rounds import TODAY, letter_of

pytestmark = pytest.mark.usefixtures("register")


def approved(title: str = "决定") -> Any:
    from formflow.register import rounds

    return rounds.add_final(letter_of(title), TODAY)


def test_numbers_of_a_book_follow_each_other_and_each_year_begins_anew() -> None:
    from formflow.register import numbers

    given = [numbers.printed(numbers.give("通工发", year, approved())) for year in (2022, 2022, 2023, 2022)]
    assert given == ["通工发〔2022〕1号", "通工发〔2022〕2号", "通工发〔2023〕1号", "通工发〔2022〕3号"]


def test_each_code_has_its_own_book() -> None:
    from formflow.register import numbers

    given = [numbers.printed(numbers.give(code, 2022, approved())) for code in ("通工发", "通工办", "通工发")]
    assert given == ["通工发〔2022〕1号", "通工办〔2022〕1号", "通工发〔2022〕2号"]


def test_a_letter_bears_one_number() -> None:
    from django.db import IntegrityError

    from formflow.register import numbers

    letter = approved()
    numbers.give("通工发", 2022, letter)
    with pytest.raises(IntegrityError):
        numbers.give("通工发", 2022, letter)


def test_a_withdrawn_number_stays_in_the_book_and_is_not_given_again() -> None:
    from formflow.register import numbers

    letter = approved()
    numbers.give("通工发", 2022, letter)
    void = numbers.void(letter, "名单有误")
    void.refresh_from_db()
    assert (void.is_void, void.reason, numbers.printed(void)) == (True, "名单有误", "通工发〔2022〕1号")
    assert numbers.give("通工发", 2022, approved()).number == 2


def test_a_number_that_is_not_committed_leaves_no_gap() -> None:
    from formflow.register import books, numbers

    first, second = approved(), approved()

    def cut_short() -> None:
        with books.transaction():
            numbers.give("通工发", 2022, first)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        cut_short()
    with books.transaction():
        assert numbers.give("通工发", 2022, second).number == 1


def test_without_a_code_there_is_no_number() -> None:
    from formflow.register import numbers

    with pytest.raises(ValueError, match="code"):
        numbers.give("", 2022, approved())
