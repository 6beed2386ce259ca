"""Money: whole fen in the program, yuan and 大写 on paper, and what people write for it read back.

`parse_money` is total: None where a text does not say one sum beyond doubt. It never guesses a unit: a bare 2 is no sum unless the
column's head has named one.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NewType

from formflow.model.text import fold

Fen = NewType("Fen", int)
NOTHING = Fen(0)
# The unit a column's head names for its bare numbers.
MoneyUnit = Literal["yuan", "hundred_yuan", "thousand_yuan", "ten_thousand_yuan", "hundred_million_yuan"]

FEN_PER_YUAN = 100
_UNIT_WORDS: dict[str, MoneyUnit] = {
    "亿元": "hundred_million_yuan",
    "万元": "ten_thousand_yuan",
    "千元": "thousand_yuan",
    "百元": "hundred_yuan",
    "元": "yuan",
}
_UNIT_YUAN: dict[MoneyUnit, int] = {
    "yuan": 1,
    "hundred_yuan": 100,
    "thousand_yuan": 1000,
    "ten_thousand_yuan": 10_000,
    "hundred_million_yuan": 100_000_000,
}

_CAPITALS = "零壹贰叁肆伍陆柒捌玖"
_CAPITAL_TENS = ("", "拾", "佰", "仟")
_CAPITAL_GROUPS = ("", "万", "亿", "万亿")
_LARGEST = 10**16  # yuan: as far as 万亿 reaches

_DIGITS = {
    **{c: i for i, c in enumerate("〇一二三四五六七八九")},
    **{c: i for i, c in enumerate(_CAPITALS)},
    "两": 2, "○": 0, "弌": 1, "弍": 2, "貳": 2, "贰": 2, "叄": 3, "參": 3, "陸": 6,
}  # fmt: skip
# What stands behind figures: 3千, 1.5万.
_SCALES = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_ZEROS = "零〇○"
_GROUP_WORDS = (("亿億", 10**8), ("万萬", 10**4))
_DIGIT = f"[{''.join(_DIGITS)}]"
# 一千五 is not taken: 1,500 or 1,005.
_SECTION = re.compile(
    rf"(?:[{_ZEROS}]?(?P<thousand>{_DIGIT})[千仟])?(?:[{_ZEROS}]?(?P<hundred>{_DIGIT})[百佰])?"
    rf"(?:[{_ZEROS}]?(?P<tens>(?P<ten>{_DIGIT})?[十拾]))?(?:(?:(?<![百佰千仟])|[{_ZEROS}])(?P<one>{_DIGIT}))?"
)
# From the first figure of a run: to try each of a long one takes long.
_PLAIN = r"(?<!\d)(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_CURRENCY = re.compile(r"^(?:人民币|RMB|CNY)?:?[¥￥]?(?=.)", re.IGNORECASE)
_FIGURES = re.compile(rf"(?P<number>{_PLAIN})(?P<scale>亿|万|千|百)?(?P<yuan>元|圆|块钱?)?(?:整|正|人民币|RMB)?")
_MIXED = re.compile(rf"(?:{_PLAIN}[亿万千百])+(?:{_PLAIN})?(?:元|圆)?(?:整|正)?")
_SMALL = re.compile(rf"(?P<yuan>{_PLAIN})[元圆](?:(?P<jiao>\d)角)?(?:零?(?P<fen>\d)分)?(?:整|正)?")
_NUMERALS = "".join(_DIGITS) + "十拾百佰千仟万萬亿億"
_WORDS = re.compile(
    rf"(?:(?P<yuan>[{_NUMERALS}]+)(?P<mark>元|圆|块))?零?(?:(?P<jiao>{_DIGIT})角)?零?(?:(?P<fen>{_DIGIT})分)?(?:整|正)?"
)
_ROUND_WORDS = re.compile(rf"[{_NUMERALS}]*[万萬亿億]")
_IN_TEXT = re.compile(
    rf"(?:[¥￥]{_PLAIN}(?:[亿万千百]?元)?|{_PLAIN}(?:[亿万](?:元|圆)?|[千百]元|元|圆)|[{_NUMERALS}]+(?:元|圆)(?:[{_NUMERALS}]角)?(?:[{_NUMERALS}]分)?)(?:整|正)?"
)
_HEAD_UNIT = re.compile(r"[(:/]?(?:单位:?)?(?:人民币)?(亿元|万元|千元|百元|元)(?!整|正)")


def yuan_text(fen: int) -> str:
    """The sum in yuan with thousands parted: 20,000, 20,000.50; a minus sign before what is below zero."""
    yuan, rest = divmod(abs(fen), FEN_PER_YUAN)
    return f"{'-' if fen < 0 else ''}{yuan:,}" + (f".{rest:02d}" if rest else "")


def plain_yuan(fen: int) -> str:
    """The sum in yuan as official documents print it, without marks between thousands: 20000, 20000.50."""
    return yuan_text(fen).replace(",", "")


def yuan_number(fen: int) -> int | float:
    """The sum in yuan as a JSON number: whole where it is whole, else with its two decimals. For printing, never for counting."""
    return fen // FEN_PER_YUAN if fen % FEN_PER_YUAN == 0 else float(Decimal(fen) / FEN_PER_YUAN)


def capital(fen: int) -> str:
    """The sum in 大写 by 《正确填写票据和结算凭证的基本规定》: 贰万元整, 壹仟陆佰捌拾元叁角贰分, 叁佰贰拾伍元零肆分.

    整 closes what ends in 元 or 角. ValueError below zero and from 10^16 yuan on.
    """
    yuan, rest = divmod(fen, FEN_PER_YUAN)
    if fen < 0 or yuan >= _LARGEST:
        raise ValueError(f"no sum in capitals: {fen} fen")
    jiao, cents = divmod(rest, 10)
    words = f"{_capital_whole(yuan)}元" if yuan else ""
    if jiao:
        words += f"{_CAPITALS[jiao]}角"
    elif cents and yuan:
        words += "零"
    if cents:
        return f"{words}{_CAPITALS[cents]}分"
    return f"{words or '零元'}整"


def _capital_whole(yuan: int) -> str:
    """A whole number above zero; one 零 for zeros inside of it, none where only 万位 (亿位) is zero and 千位 is not."""
    groups = []
    while yuan:
        yuan, group = divmod(yuan, 10_000)
        groups.append(group)
    words, is_gap = "", False
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if group:
            words += ("零" if words and (is_gap or group < 1000) else "") + _capital_group(group)
            words += _group_word(place, groups)
        is_gap = group == 0
    return words


def _group_word(place: int, groups: list[int]) -> str:
    """万, 亿 or 万亿; 亿 is said once: 壹万贰仟亿."""
    if place == 3:
        return "万" if groups[2] else "万亿"
    return _CAPITAL_GROUPS[place]


def _capital_group(group: int) -> str:
    words, is_gap = "", False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if digit:
            words += ("零" if words and is_gap else "") + _CAPITALS[digit] + _CAPITAL_TENS[place]
        is_gap = digit == 0
    return words


def unit_in(head: str) -> MoneyUnit | None:
    """The unit a head or a note names for bare numbers: 金额（万元）, 单位：元. None if it names none, or several."""
    found = {match[1] for match in _HEAD_UNIT.finditer(fold(head))}
    return _UNIT_WORDS[found.pop()] if len(found) == 1 else None


@lru_cache(maxsize=4096)
def parse_money(text: str, unit: MoneyUnit | None = None) -> Fen | None:
    """The sum a text says: 2万元, 20,000.00元, ２万, 贰万元整, 1万5千元. `unit` is what the column's head names for a bare number;
    a unit in the text itself goes before it."""
    bare = fold(text).rstrip(".,;")
    currency = _CURRENCY.match(bare)
    mark = currency[0] if currency else ""
    bare = bare[len(mark) :]
    if match := _FIGURES.fullmatch(bare):
        return _figures(match, bool(mark), unit)
    if match := _SMALL.fullmatch(bare):
        return _whole_fen(_number(match["yuan"]) + Decimal(f"0.{match['jiao'] or 0}{match['fen'] or 0}"))
    if _MIXED.fullmatch(bare):
        return _mixed(bare)
    return _in_words(bare)


def sums_in(text: str) -> tuple[Fen, ...]:
    """Every sum a running text names with its unit, in order."""
    found = (parse_money(match[0]) for match in _IN_TEXT.finditer(fold(text)))
    return tuple(fen for fen in found if fen is not None)


def _figures(match: re.Match[str], is_marked: bool, unit: MoneyUnit | None) -> Fen | None:
    scale, has_yuan = match["scale"], bool(match["yuan"])
    if scale in ("千", "百") and not has_yuan:
        return None  # 2千 of what
    if scale or has_yuan:
        return _whole_fen(_number(match["number"]) * _SCALES.get(scale or "", 1))
    number = _number(match["number"])
    if is_marked or not number:  # nothing is nothing in any unit
        return _whole_fen(number)
    return _whole_fen(number * _UNIT_YUAN[unit]) if unit else None


def _mixed(text: str) -> Fen | None:
    """1万5千元, 2万3500元: the parts go down, and the last is plain yuan."""
    total, last = Decimal(0), Decimal(10**12)
    for number, scale in re.findall(rf"({_PLAIN})([亿万千百]?)", text):
        factor = Decimal(_SCALES.get(scale, 1))
        if factor >= last or _number(number) * factor >= last:
            return None
        total, last = total + _number(number) * factor, factor
    return _whole_fen(total) if text.rstrip("整正").endswith(("元", "圆")) else None


def _in_words(text: str) -> Fen | None:
    match = _WORDS.fullmatch(text)
    if match and (match["mark"] or match["jiao"] or match["fen"]):
        yuan = chinese_number(match["yuan"]) if match["yuan"] else 0
        if yuan is None:
            return None
        jiao, cents = (_DIGITS[match[name] or "零"] for name in ("jiao", "fen"))
        return Fen(yuan * FEN_PER_YUAN + jiao * 10 + cents)
    if _ROUND_WORDS.fullmatch(text) and (yuan := chinese_number(text)):
        return Fen(yuan * FEN_PER_YUAN)
    return None


def chinese_number(text: str) -> int | None:
    """A whole number in Chinese numerals, small or capital: 二万, 壹拾万零柒佰. None where places are out of order or one is left to be
    guessed (一万五)."""
    for words, factor in _GROUP_WORDS:
        head, word, tail = _parted(text, words)
        if word:
            return _joined(chinese_number(head), factor, tail)
    match = _SECTION.fullmatch(text)
    if match is None or not text:
        return None
    digits = [_DIGITS.get(match[name] or "零", 0) for name in ("thousand", "hundred", "ten", "one")]
    if match["tens"] and not match["ten"]:
        digits[2] = 1
    return int("".join(map(str, digits)))


def _parted(text: str, words: str) -> tuple[str, str, str]:
    """What stands before and behind the last of these words."""
    at = max(text.rfind(word) for word in words)
    return (text[:at], text[at], text[at + 1 :]) if at >= 0 else (text, "", "")


def _joined(head: int | None, factor: int, tail: str) -> int | None:
    rest = chinese_number(tail) if tail else 0
    if not head or rest is None or rest >= factor:
        return None
    # 一万五 may be 15,000 or 10,005; 一万零五 is plain.
    is_clear = not tail or tail[0] in _ZEROS or rest * 10 >= factor or (factor == 10**8 and rest >= 10_000)
    return head * factor + rest if is_clear else None


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _whole_fen(yuan: Decimal) -> Fen | None:
    fen = yuan * FEN_PER_YUAN
    return Fen(int(fen)) if fen == fen.to_integral_value() else None
