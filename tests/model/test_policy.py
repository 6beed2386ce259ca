"""Values in force from a day to a day, and the days a written date may mean."""

from __future__ import annotations

from datetime import date

import pytest

from formflow.model.citation import Citation
from formflow.model.honours import DaySpan, days_of
from formflow.model.policy import DatedParameter, DatedValue

BASIS = Citation("source.txt", "三")
OLD = DatedValue(10, date(2021, 12, 9), date(2024, 12, 31), BASIS, "旧")
NEW = DatedValue(15, date(2025, 1, 1), None, BASIS, "新")
PARAMETER = DatedParameter("x", "补助", "分", (OLD, NEW))


@pytest.mark.parametrize(
    ("first", "last", "value"),
    [
        ("2021-12-08", "2021-12-08", None), ("2021-12-09", "2021-12-09", OLD), ("2024-12-31", "2024-12-31", OLD), ("2025-01-01", "2025-01-01", NEW),
        ("2024-12-31", "2025-01-01", None), ("2021-12-01", "2021-12-31", None), ("2022-01-01", "2022-12-31", OLD), ("2030-01-01", "2030-12-31", NEW),
    ],
)  # fmt: skip
def test_one_value_or_none(first: str, last: str, value: DatedValue | None) -> None:
    assert PARAMETER.within(date.fromisoformat(first), date.fromisoformat(last)) is value


def test_whether_any_day_is_reached() -> None:
    assert not PARAMETER.reaches(date(2020, 1, 1), date(2021, 12, 8))
    assert PARAMETER.reaches(date(2020, 1, 1), date(2021, 12, 9))
    assert PARAMETER.reaches(date(2020, 1, 1), None)
    assert PARAMETER.within(date(2026, 1, 1), None) is NEW


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2022-03-15", "2022-03-15", "2022-03-15"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2022-12", "2022-12-01", "2022-12-31"),
        ("2022", "2022-01-01", "2022-12-31"),
    ],
)
def test_days_of_a_written_date(text: str, first: str, last: str) -> None:
    assert days_of(text) == DaySpan(date.fromisoformat(first), date.fromisoformat(last))
