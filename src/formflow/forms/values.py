"""Answers of the types that are more than text: dates, numbers, rates, sums, choices – from what is written, and back into words.

Total: what cannot be read is None with a doubt in Chinese. Values are JSON values (design.md section 4): a date is ISO text, a rate
0..1, a sum yuan. A round number said to be one (约, 余) is no number.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from formflow.forms.choices import ticked
from formflow.model.money import chinese_number, parse_money, unit_in, yuan_number, yuan_text
from formflow.model.period import named_spans, parse_date
from formflow.model.programme import Field, FieldType
from formflow.model.text import fold, is_blank

_OPEN_ENDED = frozenset(("长期", "长期有效", "永久", "无固定期限", "无期限"))
_NUMBER = re.compile(
    r"(?:共计?|合计|累计)?(?P<figures>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<scale>万)?(?:人次?|名|个|位|户|家|次|场|件)?"
)
_WORDS = re.compile(r"([〇零一二两三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟]+)(?:人次?|名|个|位|户|家|次|场|件)?")
_PERCENT = re.compile(r"(?P<figures>\d+(?:\.\d+)?)%|百分之(?P<words>[〇零一二两三四五六七八九十百点.\d]+)")
_DIGITS = {character: str(number) for number, character in enumerate("零一二三四五六七八九")}
_ROUND = re.compile("约|余|多|左右|以上|近")

Read = tuple[Any, str]


def is_typed(field: Field) -> bool:
    """Whether `read_value` is what reads a field."""
    return field.type in _READ


def read_value(field: Field, text: str, placeholders: tuple[str, ...]) -> Read:
    """The value of a field from what stands in its place, and a doubt; None and no doubt where nothing was written."""
    if is_blank(text, placeholders):
        return None, ""
    return _READ[field.type](field, text)


def choices_in(field: Field, text: str) -> tuple[list[str], bool]:
    """The options of a choice field that are ticked, in printed order, and whether that is sure."""
    chosen, is_sure = ticked(text, field.options)
    said = {fold(word) for word in (chosen or "").split("、")}
    found = [option for option in field.options if fold(option) in said]
    return found, is_sure and (chosen is None or len(found) == len(said))


def shown_value(field: Field, value: Any) -> str:
    """A value in the words a person reads and may write back."""
    if value is None:
        return ""
    if field.type == "choice":
        return "、".join(value)
    if field.type == "date":
        day = date.fromisoformat(value)
        return f"{day.year}年{day.month}月{day.day}日"
    if field.type == "ratio":
        return f"{(Decimal(str(value)) * 100).normalize():f}%"
    if field.type == "money":
        return f"{yuan_text(int(Decimal(str(value)) * 100))}元"
    return str(value)


def _date(field: Field, text: str) -> Read:
    folded = fold(text)
    if field.accepts_none and folded in _OPEN_ENDED:
        return None, ""
    months = {named.span.first for named in named_spans(text)}
    day = parse_date(text)
    if day and len(months) <= 1:
        return day.isoformat(), ""
    if len(months) > 1:
        return None, f"写的是“{_short(text)}”，有几个日期，看不出是哪一个"
    return None, f"写的是“{_short(text)}”，看不出完整的年月日"


def _number(field: Field, text: str) -> Read:
    folded = fold(text).rstrip(".,;")
    if _ROUND.search(folded):
        return None, f"写的是“{_short(text)}”，是约数，请写确切的数"
    if match := _NUMBER.fullmatch(folded):
        number = Decimal(match["figures"].replace(",", "")) * (10_000 if match["scale"] else 1)
        return _plain(number), ""
    if (match := _WORDS.fullmatch(folded)) and (words := chinese_number(match[1])) is not None:
        return words, ""
    return None, f"写的是“{_short(text)}”，看不出是多少"


def _ratio(field: Field, text: str) -> Read:
    folded = fold(text).rstrip(".,;")
    if match := _PERCENT.fullmatch(folded):
        percent = Decimal(match["figures"]) if match["figures"] else _in_words(match["words"])
        if percent is not None and percent <= 100:
            return _plain(percent / 100), ""
        return None, f"写的是“{_short(text)}”，比率应在0至100%之间"
    if re.fullmatch(r"0?\.\d+|1(?:\.0+)?|0", folded):
        return _plain(Decimal(folded)), ""
    if re.fullmatch(r"\d+(?:\.\d+)?", folded) and "%" in fold(field.anchor) and Decimal(folded) <= 100:
        return _plain(Decimal(folded) / 100), ""
    return None, f"写的是“{_short(text)}”，看不出是百分之几，请写成“95%”的样子"


def _in_words(words: str) -> Decimal | None:
    whole, _, rest = words.replace("点", ".").partition(".")
    number = int(whole) if whole.isdecimal() else chinese_number(whole)
    digits = "".join(_DIGITS.get(character, character) for character in rest)
    if number is None or (digits and not digits.isdecimal()):
        return None
    return Decimal(f"{number}.{digits or 0}")


def _money(field: Field, text: str) -> Read:
    fen = parse_money(text, unit_in(field.anchor))
    if fen is None:
        return None, f"写的是“{_short(text)}”，看不出是多少钱，请写明金额和单位"
    return yuan_number(fen), ""


def _choice(field: Field, text: str) -> Read:
    chosen, is_sure = choices_in(field, text)
    if is_sure:
        return chosen or None, ""
    return None, f"写的是“{_short(text)}”，看不出选的是哪几项"


_READ: dict[FieldType, Callable[[Field, str], Read]] = {
    "date": _date,
    "number": _number,
    "ratio": _ratio,
    "money": _money,
    "choice": _choice,
}


def _plain(number: Decimal) -> int | float:
    """As a JSON number: whole where it is whole."""
    return int(number) if number == number.to_integral_value() else float(number)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 30 else flat[:29] + "…"
