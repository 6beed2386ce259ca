"""Values of spreadsheets as people write them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from formflow.reading.cell_values import shown_share, shown_value


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (12.0, "12"),
        (-3, "-3"),
        (0.1 + 0.2, "0.3"),
        (98.5, "98.5"),
        (320600198001011.0, "320600198001011"),
        (float("nan"), "#NUM!"),
        (float("-inf"), "#NUM!"),
        (True, "TRUE"),
        (False, "FALSE"),
        (date(2022, 3, 5), "2022-03-05"),
        (datetime(2022, 3, 5), "2022-03-05"),
        (datetime(2022, 3, 5, 9, 30), "2022-03-05 09:30"),
        (time(9, 5), "09:05"),
        (timedelta(hours=30, minutes=2), "30:02"),
        ("  ", ""),
        (" 甲 ", " 甲 "),
    ],
)
def test_values_are_shown_as_people_write_them(value: object, shown: str) -> None:
    assert shown_value(value) == shown  # type: ignore[arg-type]


@pytest.mark.parametrize(("value", "shown"), [(0.895, "89.5%"), (0.29, "29%"), (1.0, "100%"), (0.0, "0%")])
def test_shares_are_exact(value: float, shown: str) -> None:
    assert shown_share(value) == shown
