"""Characters as a file names them → the characters meant, and whether a text makes sense at all.

Some fonts name their shapes by look-alikes (the radical ⼯ for 工), some name them wrongly or not at all. Pure text work.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Radicals without a decomposition in Unicode, as East Asian fonts name common characters.
_RADICALS = str.maketrans(
    "⺁⺄⺅⺆⺇⺈⺊⺋⺌⺍⺒⺓⺔⺕⺗⺘⺙⺛⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺹⺺⺻⺼⺽⺾⺿⻁⻂⻃⻄⻅⻆⻇⻈⻉⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
    "厂乙亻冂几刀卜巳小小巳幺彑彐心扌攵旡月歺母民氵氺灬爫爫丬牛犭王疋目示礻竹糸纟网罒网罓网羊羊耂肀聿肉臼艹艹虎衤西西见角角讠贝车辶辶辶阝钅長镸长门阜阝雨青韦页风飞食食飠饣首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龟亀龟",
)
# pdfium's own sign for a hyphen at the end of a line.
_HYPHEN = "\x02"
_MISSING = frozenset("\x00\ufffd\ufffe\uffff")
# Above these shares of a page's signs its text is not to be trusted.
_MOST_UNKNOWN = 0.08
_MOST_RARE = 0.12
_FEWEST = 12
# Letters between Greek and the punctuation block, and behind Han, without Arabic, Tibetan, Mongolian, Yi and Hangul.
_FOREIGN = ((0x500, 0x5FF), (0x700, 0xEFF), (0x1000, 0x10FF), (0x1200, 0x17FF), (0x18B0, 0x1DFF), (0xA4D0, 0xA95F))


@lru_cache(maxsize=16384)
def meant(character: str) -> str:
    """The character a reader would type for what a file names; "" for what only chooses a shape, U+FFFD for what is no character."""
    code = ord(character)
    if 0xFE00 <= code <= 0xFE0F:
        return ""
    if character == _HYPHEN:
        return "-"
    if code < 0x20 or 0x7F <= code < 0xA0:
        return "\ufffd"
    if 0x2E80 <= code <= 0x2FDF or 0xF900 <= code <= 0xFAFF:
        return unicodedata.normalize("NFKC", character).translate(_RADICALS)
    return character


def is_legible(text: str) -> bool:
    """Whether a page's text (without white space) can be what the page shows: hardly any characters without a name, and of its Han
    characters few that no one prints."""
    if len(text) < _FEWEST:
        return not any(_is_unknown(character) for character in text)
    unknown = sum(map(_is_unknown, text))
    han = [character for character in text if "\u3400" <= character <= "\u9fff"]
    rare = sum(map(_is_rare, han))
    foreign = sum(map(_is_foreign, text))
    return (
        unknown <= _MOST_UNKNOWN * len(text)
        and foreign <= _MOST_RARE * len(text)
        and (len(han) < _FEWEST or rare <= _MOST_RARE * len(han))
    )


@lru_cache(maxsize=16384)
def _is_unknown(character: str) -> bool:
    return character in _MISSING or unicodedata.category(character) in ("Co", "Cn", "Cs")


@lru_cache(maxsize=16384)
def _is_rare(character: str) -> bool:
    """In neither of the two sets that cover what is printed in simplified and in traditional Chinese."""
    return not _encodes(character, "gb2312") and not _encodes(character, "big5")


def _encodes(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


@lru_cache(maxsize=16384)
def _is_foreign(character: str) -> bool:
    """A letter of a script that forms in this country, those of its minorities included, are not printed in."""
    code = ord(character)
    return any(first <= code <= last for first, last in _FOREIGN)
