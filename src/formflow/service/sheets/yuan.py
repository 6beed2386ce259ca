"""Sums and days as workbooks show them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from formflow.model.money import FEN_PER_YUAN, Fen

MONEY = "#,##0.00"


def yuan(fen: Fen) -> int | Decimal:
    """A sum in yuan, exactly; whole where it is whole."""
    return fen // FEN_PER_YUAN if fen % FEN_PER_YUAN == 0 else Decimal(fen) / FEN_PER_YUAN


def chinese_day(day: date | None) -> str:
    """2022年3月4日; "" for none."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
