"""公示期: for how long a list is laid before everybody. Knows no clock."""

from __future__ import annotations

from datetime import date

from formflow.model.letter import Publicity
from formflow.rules.calendar import add_working_days


def publicity_period(published_on: date, working_days: int) -> Publicity:
    """The first `working_days` working days after the day of publication, which itself is not counted.

    `note` says so when a year on the way has no published calendar. ValueError for fewer than one day."""
    first, last = add_working_days(published_on, 1), add_working_days(published_on, working_days)
    return Publicity(first.day, last.day, working_days, last.note)
