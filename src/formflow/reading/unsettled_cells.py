"""What of an .xlsx sheet is unsettled: rows and columns that are hidden, cells whose text is struck out by their format or in part.

The bytes of the parts come in, places, 0-based, go out. Few workbooks have any, and nothing is looked into that does not bear the word.
What a conditional format would strike out or hide is not known here: it evaluates nothing.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from lxml import etree

from formflow.reading.package import parse_xml
from formflow.reading.refusals import refuse
from formflow.reading.unsettled import SETTLED, Unsettled, stretches

_SIGN = b"strike"
_UNSEEN, _HIDING = re.compile(rb"\bhidden\s*=\s*[\"'](?:1|true)"), b"hidden"
# What characters of a text that has its own look begin with.
_LOOK = b"rPr"
_ROW, _COLUMN = re.compile(rb"<row\b([^<]*)"), re.compile(rb"<col\b([^<]*)")
_NUMBER, _FIRST, _LAST = (re.compile(rb"\s%b\s*=\s*[\"']([0-9]{1,7})" % name) for name in (b"r", b"min", b"max"))
_OFF = ("0", "false", "off")
_PLACE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")


def unsettled_of(tags: bytes, struck: frozenset[tuple[int, int]]) -> Unsettled:
    """What is hidden of a sheet, beside what is struck out. `tags` are what its rows and columns say of themselves, "<" before each; rows that
    do not say their place stand behind the one before."""
    if _HIDING not in tags:
        return Unsettled(cells=struck) if struck else SETTLED
    rows, row = [], 0
    for found in _ROW.finditer(tags):
        said = _NUMBER.search(found[1])
        row = int(said[1]) if said else row + 1
        if _UNSEEN.search(found[1]):
            rows.append((row - 1, row - 1))
    columns = [
        (int(first[1]) - 1, int(last[1]) - 1)
        for found in _COLUMN.finditer(tags)
        if _UNSEEN.search(found[1]) and (first := _FIRST.search(found[1])) and (last := _LAST.search(found[1]))
    ]
    return Unsettled(stretches(rows), stretches(columns), struck)


def struck_styles(styles: bytes) -> frozenset[str]:
    """The numbers, as cells write them, of the formats that strike out."""
    if _SIGN not in styles:
        return frozenset()
    root = parse_xml(styles)
    fonts = [_strikes(font) for font in root.iterfind("{*}fonts/{*}font")]
    used = (_number(form.get("fontId")) for form in root.iterfind("{*}cellXfs/{*}xf"))
    return frozenset(str(at) for at, font in enumerate(used) if font < len(fonts) and fonts[font])


def struck_texts(texts: bytes) -> frozenset[str]:
    """The numbers of the shared texts of which something is struck out."""
    if _SIGN not in texts:
        return frozenset()
    shared = parse_xml(texts).iterfind("{*}si")
    return frozenset(str(at) for at, text in enumerate(shared) if _has_struck_run(text))


def struck_cells(
    sheet: bytes, tags: bytes, styles: frozenset[str], texts: frozenset[str]
) -> frozenset[tuple[int, int]]:
    """The places of the cells with a value that have one of these formats or texts, or struck-out characters of their own. `tags` as below."""
    if not (styles or texts or (_LOOK in tags and _SIGN in sheet)):
        return frozenset()
    try:
        return frozenset(_places(sheet, styles, texts))
    except etree.XMLSyntaxError as error:
        raise refuse("damaged", "工作簿的内部结构有错误") from error


def _places(sheet: bytes, styles: frozenset[str], texts: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Rows and cells that do not say their place stand behind the one before. Each row is let go when it was looked at."""
    number = 0
    for _, row in etree.iterparse(io.BytesIO(sheet), tag="{*}row", resolve_entities=False):
        number = _number(row.get("r")) or number + 1
        column = 0
        for cell in row.iterchildren("{*}c"):
            said = _PLACE.fullmatch(cell.get("r") or "")
            column = _column(said[1]) if said else column + 1
            if len(cell) and _is_struck(cell, styles, texts):
                yield (int(said[2]) if said else number) - 1, column - 1
        row.clear()


def _is_struck(cell: etree._Element, styles: frozenset[str], texts: frozenset[str]) -> bool:
    if (cell.get("s") or "0") in styles:
        return True
    if cell.get("t") == "s":
        return (cell.findtext("{*}v") or "").strip() in texts
    own = cell.find("{*}is")
    return own is not None and _has_struck_run(own)


def _has_struck_run(text: etree._Element) -> bool:
    runs = text.iterchildren("{*}r")
    return any((run.findtext("{*}t") or "").strip() and any(map(_strikes, run.iterchildren("{*}rPr"))) for run in runs)


def _strikes(properties: etree._Element) -> bool:
    return any((one.get("val") or "1") not in _OFF for one in properties.iterchildren("{*}strike"))


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else 0


def _column(letters: str) -> int:
    """The number of a column by its letters: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
