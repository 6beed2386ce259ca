"""Codes of symbol fonts as the signs they show."""

import pytest

from formflow.reading.symbols import symbol, translate


@pytest.mark.parametrize(
    ("font", "code", "sign"),
    [
        ("Wingdings", 0xF0FE, "☑"),
        ("Wingdings", 0xFE, "☑"),
        ("Wingdings", 0xF0FD, "☑"),
        ("wingdings", 0xF06F, "☐"),
        ("Wingdings", 0xF0A8, "☐"),
        ("Wingdings", 0xF0FC, "√"),
        ("Wingdings", 0xF081, "①"),
        ("Wingdings 2", 0xF052, "☑"),
        ("Wingdings 2", 0xF0A3, "☐"),
        ("Wingdings 2", 0xF050, "√"),
        ("Symbol", 0xF061, "α"),
        ("Symbol", 0xF0B7, "•"),
        ("Wingdings", 0xF020, " "),
        ("Wingdings", 0xF001, "□"),
        ("MS Gothic", 0x2611, "☑"),
        ("SomeFont", 0xF0FE, "□"),
        (None, 0x41, "A"),
        (None, 0xD800, "□"),
        (None, 0x7FFFFFFF, "□"),
    ],
)
def test_signs(font: str | None, code: int, sign: str) -> None:
    assert symbol(font, code) == sign


def test_other_fonts_keep_their_text() -> None:
    assert translate("宋体", "R þ \uf0fe") == "R þ □"
    assert translate("Wingdings", "þ甲") == "☑甲"
