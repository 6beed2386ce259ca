"""Text of a cell → points or a rate, exactly as written. Total: what is no single number is None with a doubt in Chinese.

Comes in: text as typed (full width, "2分", "二分", "２．５"). Goes out: a `Mark`. Rounds nothing, knows no maximum.
"""

from __future__ import annotations

import re
from decimal import Decimal

from formflow.model.document import Locator
from formflow.model.scoring import Mark
from formflow.model.text import fold, is_blank

_NUMBER = r"[-+]?(?:(?:0|[1-9]\d{0,5})(?:\.\d{1,6})?|\.\d{1,6})"
# A remark in brackets behind the number; one with a figure in it could be a second opinion.
_REMARK = r"(?:\([^()\d%]*\))?"
_POINTS = re.compile(rf"(?:得|计|评)?({_NUMBER})分?{_REMARK}")
_PERCENT = re.compile(rf"({_NUMBER})(%?)(?:满意)?{_REMARK}")
_CHINESE = re.compile("(?:得)?([零〇一二两三四五六七八九十]{0,3})(?:点([零〇一二三四五六七八九半五]))?分?(半)?分?")
_DIGITS = {"零": 0, "〇": 0, **{word: number for number, word in enumerate("一二三四五六七八九", 1)}, "两": 2}
# "1 5": fifteen, or two numbers.
_PARTED = re.compile(r"[\d.]\s+[\d.]")
_LONGEST_QUOTE = 16


def read_points(text: str, locator: Locator | None = None, confidence: float = 1.0) -> Mark:
    """The points a cell gives; negative ones as written."""
    raw = text.strip()
    if is_blank(raw):
        return Mark(None, "", locator, confidence)
    words = fold(raw)
    match = None if _PARTED.search(raw) else _POINTS.fullmatch(words)
    value = Decimal(match[1]) if match else _chinese(words)
    if value is None:
        return Mark(None, raw, locator, confidence, f"“{_short(raw)}”不是一个数")
    return Mark(_plain(value), raw, locator, confidence)


def read_percent(text: str, locator: Locator | None = None, confidence: float = 1.0) -> Mark:
    """A rate in percent: "89.5%", "89.5" and 0.895 (as a workbook keeps it) are one."""
    raw = text.strip()
    if is_blank(raw) or fold(raw) == "%":
        return Mark(None, "", locator, confidence)
    match = None if _PARTED.search(raw) else _PERCENT.fullmatch(fold(raw))
    if match is None:
        return Mark(None, raw, locator, confidence, f"“{_short(raw)}”不是一个百分比")
    value = Decimal(match[1])
    if not match[2] and 0 <= value <= 1:
        value *= 100
    if not 0 <= value <= 100:
        return Mark(None, raw, locator, confidence, f"“{_short(raw)}”不在 0 至 100% 之间")
    return Mark(_plain(value), raw, locator, confidence)


def _chinese(words: str) -> Decimal | None:
    """二分, 十五分, 两分半, 一点五分; None where it is no such number."""
    match = _CHINESE.fullmatch(words)
    if match is None or not (match[1] or match[3]) or (match[2] and match[3]):
        return None
    whole = _whole(match[1])
    if whole is None:
        return None
    if match[2]:
        return None if match[2] == "半" else Decimal(whole) + Decimal(_DIGITS[match[2]]) / 10
    return Decimal(whole) + (Decimal("0.5") if match[3] else 0)


def _whole(words: str) -> int | None:
    """零 to 九十九."""
    if not words:
        return 0
    tens, ten, units = words.partition("十")
    if not ten:
        return _DIGITS[words] if len(words) == 1 else None
    if any(len(part) > 1 or part == "十" for part in (tens, units)):
        return None
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[units] if units else 0)


def _plain(value: Decimal) -> Decimal:
    """Without zeros at the end: 2.50 is 2.5, 10.0 is 10."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_QUOTE else f"{line[: _LONGEST_QUOTE - 1]}…"
