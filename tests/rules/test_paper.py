"""Typed access to answers, and quoting."""

from __future__ import annotations

import pytest

from formflow.model.period import Month
from formflow.rules.paper import Paper, in_words, quote
from support.programme_values import form, record


@pytest.mark.parametrize(
    ("value", "month"), [("2022-03", Month(2022, 3)), (None, None), ("三月", None), (["2022-03"], None)]
)
def test_a_month_or_none(value: object, month: Month | None) -> None:
    assert Paper(form(), record(start=value), None).month("start") == month


def test_text_is_empty_when_it_says_nothing() -> None:
    assert Paper(form(), record(site="清溪镇"), None).text("site") == "清溪镇"
    assert Paper(form(), record(site="待补充"), None).text("site") == ""
    assert Paper(form(), record(site=None), None).text("site") == ""


@pytest.mark.parametrize(("value", "count"), [([{"when": "x"}], 1), ([], 0), (None, 0), ("x", 0)])
def test_rows_or_none(value: object, count: int) -> None:
    assert len(Paper(form(), record(steps=value), None).rows("steps")) == count


def test_quotes_are_short_and_on_one_line() -> None:
    assert quote("第一行\n第二行") == "“第一行 第二行”"
    assert quote("长" * 24) == f"“{'长' * 24}”"
    assert quote("长" * 25) == f"“{'长' * 23}…”"


def test_months_in_words() -> None:
    assert in_words(Month(2022, 3)) == "2022年3月"
