"""Working days of the mainland calendar: weekends, public holidays and the days worked in exchange (调休).

The State Council publishes each year's arrangement late in the year before; a day no arrangement covers is counted Monday to Friday,
holidays that the law ties to a date apart, and said to be uncertain. Knows no clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import chinese_calendar
from chinese_calendar.constants import holidays

_ONE_DAY = timedelta(days=1)
# From this day of December on, the next year's arrangement may reach back (2018-12-29 was worked for New Year's Day 2019).
_REACHED_BACK = 28
# 《全国年节及纪念日放假办法》（2024年修订）第二条: 元旦, 劳动节, 国庆节. The other holidays move with the moon and the sun.
_FIXED_HOLIDAYS = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})


@dataclass(frozen=True, slots=True)
class Deadline:
    """The day a count ends on. `is_certain` is False, and `note` says why in Chinese, when a day on the way is not covered."""

    day: date
    is_certain: bool
    note: str


@cache
def covered_years() -> range:
    """The years whose arrangement is known."""
    years = {day.year for day in holidays}
    return range(min(years), max(years) + 1)


def is_covered(day: date) -> bool:
    """Whether the arrangement that settles this day is known."""
    years = covered_years()
    if (day.month, day.day) >= (12, _REACHED_BACK) and day.year + 1 not in years:
        return False
    return day.year in years


def is_working_day(day: date) -> bool:
    """By the published arrangement; where there is none, Monday to Friday except on holidays tied to their date."""
    if day.year in covered_years():
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < 5 and (day.month, day.day) not in _FIXED_HOLIDAYS


def add_working_days(start: date, days: int) -> Deadline:
    """The `days`-th working day after `start`, which itself is not counted. `days` is at least 1; ValueError otherwise."""
    if days < 1:
        raise ValueError(f"days must be at least 1, not {days}")
    day, left, uncovered = start, days, set[int]()
    while left:
        day += _ONE_DAY
        left -= is_working_day(day)
        if not is_covered(day):
            uncovered.add(day.year if day.year not in covered_years() else day.year + 1)
    return Deadline(day, not uncovered, _note(uncovered))


def working_days_between(start: date, end: date) -> int:
    """Working days after `start` up to and including `end`; 0 when `end` is not after `start`."""
    return sum(is_working_day(start + timedelta(days=offset)) for offset in range(1, (end - start).days + 1))


def days_overdue(deadline: date | None, as_of: date) -> int | None:
    """Working days after a deadline; None without one, and until the first working day after it."""
    return working_days_between(deadline, as_of) or None if deadline else None


def _note(years: set[int]) -> str:
    if not years:
        return ""
    named = "、".join(f"{year}年" for year in sorted(years))
    return f"{named}节假日安排尚未收录，按周一至周五计算，遇春节等法定节假日或调休请相应顺延"
