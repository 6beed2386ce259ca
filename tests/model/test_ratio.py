"""Shares in words: rounded once, half up."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest

from formflow.model.ratio import percent


@pytest.mark.parametrize(
    ("share", "digits", "words"),
    [
        (Fraction(2, 3), 2, "66.67%"), (Fraction(1), 2, "100%"), (Fraction(0), 2, "0%"), (Fraction(895, 1000), 2, "89.5%"),
        (Fraction(895, 1000), 0, "90%"), (Fraction(5, 1000), 0, "1%"), (Fraction(1, 20000), 2, "0.01%"), (Fraction(1, 8), 1, "12.5%"),
    ],
)  # fmt: skip
def test_words(share: Fraction, digits: int, words: str) -> None:
    assert percent(share, digits) == words


def test_against_the_decimal_module() -> None:
    for part in range(1, 200, 7):
        for whole in (7, 13, 16, 64, 1000):
            exact = Decimal(part * 100) / Decimal(whole)
            wanted = exact.quantize(Decimal("0.01"), ROUND_HALF_UP).normalize()
            assert Decimal(percent(Fraction(part, whole)).rstrip("%")) == wanted
