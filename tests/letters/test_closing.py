"""署名 over 成文日期, and the mark that must fit on its line."""

from __future__ import annotations

import pytest

from formflow.letters.closing import signature_indent, width_in_chars
from formflow.letters.elements import MARK, mark_size


@pytest.mark.parametrize("date", ["2022年3月7日", "2022年3月10日", "2022年12月10日"])
def test_the_box_of_the_name_is_centred_on_the_date(date: str) -> None:
    left, right = signature_indent("南通市总工会", date)
    assert (left + 28 - right) / 2 == pytest.approx(28 - 4 - width_in_chars(date) / 2)
    assert left >= 0
    assert right >= 0
    assert 28 - left - right >= 14


@pytest.mark.parametrize(("text", "chars"), [("总工会", 3), ("2022年", 3), ("〔〕—", 3), ("ab", 1)])
def test_width_counts_half_width_as_half(text: str, chars: float) -> None:
    assert width_in_chars(text) == chars


def test_the_mark_is_as_large_as_its_line_allows() -> None:
    assert mark_size("南通市总工会") == MARK.size
    long = "南通市海门区滨江工贸区总工会委员会"
    assert mark_size(long) * len(long) <= 156 / 25.4 * 72
    assert mark_size(long) > 20
