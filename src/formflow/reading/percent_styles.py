"""Which cell formats of a workbook show a percentage: the bytes of styles.xml come in, the numbers that cells name the formats by go out.

A workbook says of a format which number format it has: one of those everybody knows, or one of its own. Thousands of both are about that
nobody uses: what is not needed is not looked at.
"""

from __future__ import annotations

import re
from html import unescape

# Signs that no reader sees as such in a number format: quoted, escaped, spacing, colour and locale.
_LITERAL = re.compile(r'"[^"]*"|\\.|[_*].|\[[^\]]*\]')
_PERCENT_IDS = frozenset({b"9", b"10"})
# What begins with a word, and not with the sign before it, is found fast.
_NUMBER_FORMAT = re.compile(rb"numFmt\s[^<]*")
_FORMAT = re.compile(rb"<(?:[\w.-]+:)?xf[\s/>][^<]*")
_FORMAT_ID = re.compile(rb"numFmtId\s*=\s*[\"']([0-9]+)")
_FORMAT_CODE = re.compile(rb"formatCode\s*=\s*(?:\"([^\"<]*)|'([^'<]*))")


def percent_styles(styles: bytes) -> frozenset[bytes]:
    """The numbers, as cells write them, of the formats that show a percentage."""
    formats = styles[styles.find(b"cellXfs") : styles.rfind(b"cellXfs")]
    used = set(_FORMAT_ID.findall(formats))
    ids = {number for number in used if number in _PERCENT_IDS or len(number) > 2}
    if not ids:
        return frozenset()
    own = {number for number, code in map(_number_format, _NUMBER_FORMAT.findall(styles)) if _shows_percent(code)}
    percents = ids & (_PERCENT_IDS | own)
    told = enumerate(_FORMAT.findall(formats)) if percents else ()
    return frozenset(b"%d" % at for at, tag in told if (found := _FORMAT_ID.search(tag)) and found[1] in percents)


def _number_format(tag: bytes) -> tuple[bytes, bytes]:
    """The number and the code of a number format of the workbook's own."""
    number, code = _FORMAT_ID.search(tag), _FORMAT_CODE.search(tag)
    return number[1] if number else b"", (code[1] or code[2] or b"") if code else b""


def _shows_percent(code: bytes) -> bool:
    # ("%" may also be written by its number.)
    return (b"%" in code or b"&#" in code) and "%" in _LITERAL.sub("", unescape(code.decode("utf-8", "replace")))
