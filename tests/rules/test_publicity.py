"""公示期: working days after the day of publication, holidays and days worked in exchange respected."""

from __future__ import annotations

from datetime import date

import pytest

from formflow.rules.publicity import publicity_period


@pytest.mark.parametrize(
    ("published", "days", "first", "last"),
    [
        (date(2022, 3, 7), 5, date(2022, 3, 8), date(2022, 3, 14)),  # Monday to Monday
        (date(2022, 3, 11), 5, date(2022, 3, 14), date(2022, 3, 18)),  # published on a Friday
        (date(2022, 9, 30), 5, date(2022, 10, 8), date(2022, 10, 12)),  # over 国庆; 8 and 9 October were worked
        (date(2021, 9, 13), 5, date(2021, 9, 14), date(2021, 9, 18)),  # a Saturday worked for 中秋
        (date(2022, 3, 7), 1, date(2022, 3, 8), date(2022, 3, 8)),
    ],
)
def test_the_day_of_publication_is_not_counted(published: date, days: int, first: date, last: date) -> None:
    period = publicity_period(published, days)
    assert (period.first, period.last, period.working_days, period.note) == (first, last, days, "")


def test_a_year_without_a_calendar_is_said() -> None:
    assert "2039年" in publicity_period(date(2039, 3, 7), 5).note


def test_at_least_one_day() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        publicity_period(date(2022, 3, 7), 0)
