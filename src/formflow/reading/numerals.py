"""Numbers as list numbering prints them: 3 → 三, 叁, ③, iii, C …

A number and Word's name of a number format (ST_NumberFormat) come in, text goes out; a format we do not know prints Arabic figures.
"""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"),
          (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def _chinese(value: int, digits: str = _DIGITS, tens: str = "十百千") -> str:
    if not 0 < value < 10_000:
        return str(value)
    text, gap = "", False
    for power, unit in ((1000, tens[2]), (100, tens[1]), (10, tens[0]), (1, "")):
        digit, value = divmod(value, power)
        if digit:
            text += ("零" if gap and text else "") + digits[digit] + unit
            gap = False
        else:
            gap = True
    return text[1:] if text.startswith("一十") else text


def _digital(value: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(value))


def _roman(value: int) -> str:
    if not 0 < value < 4000:
        return str(value)
    text = ""
    for step, sign in _ROMAN:
        count, value = divmod(value, step)
        text += sign * count
    return text


def _letters(value: int) -> str:
    """a … z, aa, bb … as Word goes on after z."""
    return chr(ord("a") + (value - 1) % 26) * min((value - 1) // 26 + 1, 50) if value > 0 else str(value)


def _offset(first: str, most: int) -> Callable[[int], str]:
    return lambda value: chr(ord(first) + value - 1) if 0 < value <= most else str(value)


_FORMATS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(
        (
            "chineseCounting",
            "chineseCountingThousand",
            "taiwaneseCounting",
            "taiwaneseCountingThousand",
            "japaneseCounting",
            "koreanCounting",
        ),
        _chinese,
    ),
    **dict.fromkeys(("ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand"), _digital),
    **dict.fromkeys(
        ("chineseLegalSimplified", "ideographLegalTraditional"),
        lambda value: _chinese(value, _LEGAL_DIGITS, "拾佰仟"),
    ),
    **dict.fromkeys(("ideographTraditional", "ideographTraditionalStems"), lambda value: _STEMS[(value - 1) % 10]),
    "ideographZodiac": lambda value: _BRANCHES[(value - 1) % 12],
    "lowerRoman": _roman,
    "upperRoman": lambda value: _roman(value).upper(),
    "lowerLetter": _letters,
    "upperLetter": lambda value: _letters(value).upper(),
    "decimalZero": lambda value: f"{value:02d}",
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _offset("①", 20)),
    "decimalEnclosedParen": _offset("⑴", 20),
    "decimalEnclosedFullstop": _offset("⒈", 20),
    "decimalFullWidth": lambda value: "".join(chr(ord(digit) + 0xFEE0) for digit in str(value)),
    "ideographEnclosedCircle": _offset("㊀", 10),
    "none": lambda value: "",
}


def numeral(value: int, number_format: str) -> str:
    form = _FORMATS.get(number_format)
    return form(value) if form and 0 <= value < 100_000 else str(value)
