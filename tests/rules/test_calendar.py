"""Working days with public holidays and days worked in exchange."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from chinese_calendar.constants import holidays
from hypothesis import given
from hypothesis import strategies as st

from formflow.rules.calendar import (
    add_working_days,
    covered_years,
    days_overdue,
    is_covered,
    is_working_day,
    working_days_between,
)

days = st.dates(date(2005, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2022, 3, 10), 1, date(2022, 3, 11)),
        (date(2022, 3, 10), 10, date(2022, 3, 24)),
        (date(2022, 3, 11), 1, date(2022, 3, 14)),  # over a weekend
        (date(2022, 3, 12), 1, date(2022, 3, 14)),  # received on a Saturday
        (date(2022, 4, 1), 1, date(2022, 4, 2)),  # a Saturday worked for 清明
        (date(2022, 4, 2), 1, date(2022, 4, 6)),  # over 清明
        (date(2022, 9, 30), 5, date(2022, 10, 12)),  # over 国庆: 8 and 9 October were worked
        (date(2018, 12, 28), 1, date(2018, 12, 29)),  # a Saturday worked for New Year's Day
    ],
)
def test_counts_from_the_day_after(start: date, count: int, end: date) -> None:
    deadline = add_working_days(start, count)
    assert (deadline.day, deadline.is_certain, deadline.note) == (end, True, "")


def test_a_year_without_an_arrangement_is_counted_by_the_week_and_says_so() -> None:
    year = covered_years()[-1] + 5
    start = next(day for day in (date(year, 11, n) for n in range(1, 8)) if day.weekday() == 0)
    deadline = add_working_days(start, 10)
    assert (deadline.day - start).days == 14
    assert not deadline.is_certain
    assert f"{year}年" in deadline.note
    assert "周一至周五" in deadline.note


def test_every_year_with_an_arrangement_is_covered_and_no_other() -> None:
    known = {day.year for day in holidays}
    assert set(covered_years()) == known == set(range(min(known), max(known) + 1))


def test_years_without_an_arrangement_are_named_in_order() -> None:
    for year in range(covered_years().stop, covered_years().stop + 8):
        assert add_working_days(date(year, 12, 20), 20).note.startswith(f"{year}年、{year + 1}年节假日安排")


@pytest.mark.parametrize(("month", "day"), [(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)])
def test_no_deadline_falls_on_a_holiday_tied_to_its_date(month: int, day: int) -> None:
    for year in range(covered_years()[-1] + 1, covered_years()[-1] + 8):
        holiday = date(year, month, day)
        assert not is_working_day(holiday)
        assert add_working_days(holiday - timedelta(1), 1).day > holiday


def test_the_last_days_of_the_last_year_wait_for_the_next_arrangement() -> None:
    last = covered_years()[-1]
    assert is_covered(date(last, 12, 27))
    assert not is_covered(date(last, 12, 28))
    assert is_covered(date(last - 1, 12, 31))
    assert f"{last + 1}年" in add_working_days(date(last, 12, 27), 1).note


def test_at_least_one_day() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        add_working_days(date(2022, 3, 10), 0)


@given(days, st.integers(1, 60))
def test_counting_back_gives_the_same_number(start: date, count: int) -> None:
    end = add_working_days(start, count).day
    assert end > start
    assert is_working_day(end)
    assert working_days_between(start, end) == count


@given(days, st.integers(1, 40))
def test_more_days_end_later(start: date, count: int) -> None:
    assert add_working_days(start, count).day < add_working_days(start, count + 1).day


@given(days, st.integers(0, 30), st.integers(0, 30))
def test_days_between_add_up(start: date, first: int, second: int) -> None:
    middle = start + timedelta(first)
    end = middle + timedelta(second)
    assert working_days_between(start, end) == working_days_between(start, middle) + working_days_between(middle, end)


def test_nothing_between_a_day_and_an_earlier_one() -> None:
    assert working_days_between(date(2022, 3, 10), date(2022, 3, 1)) == 0


def test_overdue_days_are_working_days_after_the_deadline() -> None:
    thursday, friday = date(2022, 11, 10), date(2022, 11, 11)
    assert [days_overdue(thursday, date(2022, 11, day)) for day in (9, 10, 11, 13, 14)] == [None, None, 1, 1, 2]
    assert [days_overdue(friday, date(2022, 11, day)) for day in (12, 13, 14)] == [None, None, 1]
    assert days_overdue(None, thursday) is None
