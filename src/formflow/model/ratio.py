"""Exact shares and how they are said: rounded once, half up, from the exact fraction."""

from __future__ import annotations

from fractions import Fraction


def percent(share: Fraction, digits: int = 2) -> str:
    """A share of 1 in per cent with at most `digits` decimals, half up: 137/147 is 93.2%, 2/3 is 66.67%, 1 is 100%. Not for negatives."""
    scale = 10**digits
    units = (share * 100 * scale * 2 + 1).__floor__() // 2
    whole, rest = divmod(units, scale)
    decimals = f"{rest:0{digits}d}".rstrip("0") if digits else ""
    return f"{whole}.{decimals}%" if decimals else f"{whole}%"
