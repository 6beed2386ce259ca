"""Numbers in the formats of list numbering."""

import pytest

from formflow.reading.numerals import numeral


@pytest.mark.parametrize(
    ("number_format", "value", "text"),
    [
        ("chineseCounting", 1, "一"),
        ("chineseCounting", 10, "十"),
        ("japaneseCounting", 12, "十二"),
        ("chineseCountingThousand", 20, "二十"),
        ("chineseCountingThousand", 105, "一百零五"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("chineseCountingThousand", 2003, "二千零三"),
        ("ideographDigital", 20, "二〇"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("ideographTraditional", 11, "甲"),
        ("ideographZodiac", 2, "丑"),
        ("lowerRoman", 14, "xiv"),
        ("upperRoman", 1999, "MCMXCIX"),
        ("lowerLetter", 28, "bb"),
        ("upperLetter", 3, "C"),
        ("decimal", 7, "7"),
        ("decimalZero", 7, "07"),
        ("decimalEnclosedCircle", 3, "③"),
        ("decimalEnclosedCircleChinese", 21, "21"),
        ("decimalEnclosedParen", 2, "⑵"),
        ("decimalEnclosedFullstop", 1, "⒈"),
        ("decimalFullWidth", 12, "１２"),
        ("none", 3, ""),
        ("somethingNew", 3, "3"),
        ("chineseCounting", 0, "0"),
        ("lowerRoman", 10**9, "1000000000"),
    ],
)
def test_formats(number_format: str, value: int, text: str) -> None:
    assert numeral(value, number_format) == text
