"""A 案卷号 is written in one way and read in every way it was ever written."""

from __future__ import annotations

import pytest

from formflow.model.case import case_code, case_number


@pytest.mark.parametrize(
    ("year", "number", "shown"), [(2022, 6, "2022-0006"), (2022, 9999, "2022-9999"), (2031, 12345, "2031-12345")]
)
def test_it_is_shown_with_its_year(year: int, number: int, shown: str) -> None:
    assert case_number(year, number) == shown
    assert case_code(shown) == year * 100000 + number


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2022-0006", 202200006),
        ("2022-6", 202200006),
        (" ２０２２－０００６ ", 202200006),
        ("202200006", 202200006),
        ("6", 6),
        ("", None),
        ("第6号", None),
        ("2022-6-1", None),
        ("22-6", None),
        ("-6", None),
    ],
)
def test_it_is_read_as_it_is_and_was_written(text: str, code: int | None) -> None:
    assert case_code(text) == code
