"""Characters of symbol fonts as the signs they show: Wingdings "þ" is a ticked box, "Wingdings 2" "R" likewise.

Check boxes come out as ☑ (ticked or crossed) or ☐; a sign we have no character for comes out as □.
"""

from __future__ import annotations

from functools import lru_cache

UNKNOWN = "□"
_WINGDINGS = {
    0x6C: "●", 0x6D: "☐", 0x6E: "■", 0x6F: "☐", 0x70: "☐", 0x71: "☐", 0x72: "☐", 0x73: "◆", 0x74: "◆", 0x75: "◆", 0x76: "◆", 0x77: "◆",
    0x78: "☑", 0x9F: "•", 0xA0: "▪", 0xA1: "○", 0xA2: "○", 0xA4: "◉", 0xA5: "◎", 0xA7: "▪", 0xA8: "☐", 0xD8: "➢", 0xE0: "→",
    0xF0: "⇨", 0xFB: "✗", 0xFC: "√", 0xFD: "☑", 0xFE: "☑", 0x21: "✏", 0x28: "☎", 0x2A: "✉", 0x4A: "☺", 0x4C: "☹", 0xAB: "★",
    **{0x80 + i: sign for i, sign in enumerate("⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿")},
}  # fmt: skip
_WINGDINGS_2 = {
    0x2A: "☐", 0x30: "☐", 0x4F: "✗", 0x50: "√", 0x51: "☑", 0x52: "☑", 0x53: "☑", 0x54: "☑", 0x95: "•", 0x96: "●", 0x97: "●",
    0x98: "●", 0x99: "○", 0x9A: "○", 0x9F: "■", 0xA0: "■", 0xA1: "■", 0xA2: "■", 0xA3: "☐", 0xA4: "☐", 0xA5: "☐",
    **{0x69 + i: sign for i, sign in enumerate("⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿")},
}  # fmt: skip
_SYMBOL = {
    0xA3: "≤", 0xA5: "∞", 0xAE: "→", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈",
    0xBC: "…", 0xD6: "√", 0xD7: "·", 0xE5: "∑",
    **{0x61 + i: sign for i, sign in enumerate("αβχδεφγηιϕκλμνοπθρστυϖωξψζ")},
}  # fmt: skip
_WEBDINGS = {0x61: "√", 0x63: "☐", 0x67: "■", 0x72: "✗", 0x6E: "●"}
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL, "webdings": _WEBDINGS}


@lru_cache(maxsize=256)
def is_symbol_font(font: str | None) -> bool:
    return font is not None and font.strip().lower() in _FONTS


def symbol(font: str | None, code: int) -> str:
    """The sign a code stands for in a font. Codes of the private use area (0xF000–0xF0FF) are those of the font's own table."""
    low = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    table = _FONTS.get((font or "").strip().lower())
    if table is not None and low <= 0xFF:
        return " " if low == 0x20 else table.get(low, UNKNOWN)
    if low != code or (not 0x20 <= code < 0xD800 and not 0xE000 <= code <= 0x10FFFF):
        return UNKNOWN
    return chr(code)


def translate(font: str | None, text: str) -> str:
    """A text set in a symbol font as the signs it shows; private use characters are looked up whatever the font."""
    in_font = is_symbol_font(font)
    return "".join(
        symbol(font, ord(c)) if "\uf000" <= c <= "\uf0ff" or (in_font and ord(c) <= 0xFF) else c for c in text
    )
