"""A spreadsheet's values as people write them: a number, a day or a share comes in, its text goes out, whatever the sheet rounds it to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from math import isfinite

Value = int | float | str | bool | time | date | datetime | timedelta
_NO_NUMBER = "#NUM!"
_LARGEST_EXACT = 10**15  # Excel keeps fifteen digits


def shown_value(value: Value) -> str:
    """A cell's value as it is shown: 2022-03-15, 12 (never 12.0), 0.3 (never 0.30000000000000004), TRUE."""
    show = _SHOWN.get(type(value))
    return show(value) if show else str(value)


@lru_cache(maxsize=4096)
def shown_number(value: float) -> str:
    """12 for 12.0, 0.3 for 0.30000000000000004, #NUM! for what is no number. (Sheets are full of the same few.)"""
    if value.is_integer() and abs(value) < _LARGEST_EXACT * 10**6:
        return str(int(value))
    return format(value, ".15g") if isfinite(value) else _NO_NUMBER


def shown_share(value: float) -> str:
    """89.5% for 0.895, whatever the sheet rounds it to."""
    return f"{shown_number(value * 100)}%"


def _moment(value: datetime) -> str:
    return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"


def _length(value: timedelta) -> str:
    minutes, seconds = divmod(int(value.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")


_SHOWN: dict[type, Callable[..., str]] = {
    str: lambda text: text if text.strip() else "",
    bool: lambda flag: "TRUE" if flag else "FALSE",
    int: str,
    float: shown_number,
    datetime: _moment,
    date: lambda day: f"{day:%Y-%m-%d}",
    time: lambda hour: f"{hour:%H:%M}",
    timedelta: _length,
}
