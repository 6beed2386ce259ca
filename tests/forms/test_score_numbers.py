"""Points and rates as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formflow.forms.score_numbers import read_percent, read_points


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2", "2"), ("２", "2"), ("2分", "2"), (" 15 分 ", "15"), ("2.5", "2.5"), ("２．５分", "2.5"), ("2。5", "2.5"), ("0.50", "0.5"),
        (".5", "0.5"), ("得2分", "2"), ("-1", "-1"), ("－1", "-1"), ("+2", "2"), ("二分", "2"), ("两分", "2"), ("两分半", "2.5"),
        ("十五分", "15"), ("二十", "20"), ("四十七分半", "47.5"), ("半分", "0.5"), ("一点五", "1.5"), ("零分", "0"), ("3（缺台账）", "3"),
    ],
)  # fmt: skip
def test_points(text: str, value: str) -> None:
    mark = read_points(text)
    assert (mark.value, mark.doubt) == (Decimal(value), "")


@pytest.mark.parametrize("text", ["", "  ", "—", "/", "……", "＿＿"])
def test_nothing_written(text: str) -> None:
    assert read_points(text).is_blank


@pytest.mark.parametrize(
    "text", ["无", "优", "√", "满分", "2/3", "1、5", "1 5", "0\n2", "02", "3(扣1分)", "百", "十十", "二三", "1e3", "90%", "2-3", "#REF!", "1①", "9²", "1.5②"]
)  # fmt: skip
def test_no_single_number_is_a_doubt(text: str) -> None:
    mark = read_points(text)
    assert mark.value is None
    assert mark.doubt
    assert not mark.is_blank


@pytest.mark.parametrize(
    ("text", "value"),
    [("89.5%", "89.5"), ("89.5", "89.5"), ("0.895", "89.5"), ("９２％", "92"), ("92.3 %", "92.3"), ("100%", "100"), ("1", "100"), ("0", "0"),
     ("69.99%", "69.99")],
)  # fmt: skip
def test_rates(text: str, value: str) -> None:
    assert read_percent(text).value == Decimal(value)


@pytest.mark.parametrize("text", ["120%", "-5%", "满意", "约90%", "90%-95%", "9 0%"])
def test_no_rate_is_a_doubt(text: str) -> None:
    mark = read_percent(text)
    assert mark.value is None
    assert mark.doubt


def test_an_empty_rate() -> None:
    assert read_percent("%").is_blank
    assert read_percent("").is_blank


@given(st.text(max_size=30))
def test_any_text_is_read_without_a_crash(text: str) -> None:
    for mark in (read_points(text), read_percent(text)):
        assert (mark.value is None) or not mark.doubt


@given(st.decimals(min_value=-99, max_value=999, places=2))
def test_every_decimal_is_exact(value: Decimal) -> None:
    assert read_points(str(value)).value == value
    assert read_points(f"{value}分").value == value
