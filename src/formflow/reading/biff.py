"""What calamine does not tell of an Excel 97–2003 workbook (.xls, .et): formulas that failed, what is hidden or struck out ([MS-XLS]).

The bytes of the file come in, the facts of its sheets go out in their order. Of a text only some of whose characters are struck out it tells
nothing. Values are calamine's.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import islice

from formflow.reading.spreadsheetml import SheetFacts
from formflow.reading.unsettled import Unsettled, stretches
from formflow.reading.word97.container import Container
from formflow.reading.word97.trouble import Unfamiliar

_BOF, _EOF, _SHEET, _FONT, _FORMAT = (0x0009, 0x0209, 0x0409, 0x0809), 0x000A, 0x0085, 0x0031, 0x00E0
_ROW, _COLUMNS = 0x0208, 0x007D
_NUMBERS, _ERROR = 0x00BD, 0x0205
# Cells with a value, each with its row, column and format first: text, number, formula.
_FORMULAS = (0x0006, 0x0206, 0x0406)
_CELLS = frozenset((0x0203, 0x027E, 0x0204, 0x00FD, 0x00D6, _ERROR, *_FORMULAS))
_HIDDEN_ROW, _HIDDEN_COLUMN, _STRUCK_FONT = 0x20, 0x01, 0x08
# There is no font of this number: those behind it are one place further to the front.
_NO_FONT = 4
_FAILED = b"\xff\xff"

Place = tuple[int, int]
_Record = tuple[int, bytes]


def sheet_facts(data: bytes, most: int) -> tuple[SheetFacts, ...] | None:
    """The facts of each sheet of a workbook, no more than `most` places of a kind; None where its structure cannot be followed."""
    try:
        container = Container(data)
        book = container.stream("Workbook") or container.stream("Book")
        sheets, formats = _globals(book)
        return tuple(_sheet(book, at, formats, most) for at in sheets)
    except (Unfamiliar, struct.error, IndexError):
        return None


def _globals(book: bytes) -> tuple[list[int], frozenset[int]]:
    """Where the sheets begin, and the numbers of the formats that strike out."""
    sheets: list[int] = []
    fonts: list[bool] = []
    used: list[int] = []
    for kind, body in _records(book, 0):
        if kind == _SHEET:
            sheets.append(struct.unpack_from("<I", body)[0])
        elif kind == _FONT:
            fonts.append(bool(body[2] & _STRUCK_FONT))
        elif kind == _FORMAT:
            (font,) = struct.unpack_from("<H", body)
            used.append(font - (font > _NO_FONT))
    return sheets, frozenset(at for at, font in enumerate(used) if font < len(fonts) and fonts[font])


def _sheet(book: bytes, start: int, formats: frozenset[int], most: int) -> SheetFacts:
    rows: list[Place] = []
    columns: list[Place] = []
    struck: set[Place] = set()
    errors: list[Place] = []
    for kind, body in _records(book, start):
        if kind == _ROW:
            row, flags = struct.unpack_from("<H10xH", body)
            rows += [(row, row)] * bool(flags & _HIDDEN_ROW)
        elif kind == _COLUMNS:
            first, last, flags = struct.unpack_from("<HH4xH", body)
            columns += [(first, last)] * bool(flags & _HIDDEN_COLUMN)
        elif kind == _NUMBERS or kind in _CELLS:
            struck.update(islice(_struck(kind, body, formats), most - len(struck)))
            if _has_failed(kind, body) and len(errors) < most:
                errors.append(struct.unpack_from("<HH", body))
    return SheetFacts(tuple(errors), unsettled=Unsettled(stretches(rows), stretches(columns), frozenset(struck)))


def _struck(kind: int, body: bytes, formats: frozenset[int]) -> Iterator[Place]:
    """The cells of a record that are struck out: one, or several numbers side by side."""
    row, column = struct.unpack_from("<HH", body)
    if kind != _NUMBERS:
        if struct.unpack_from("<H", body, 4)[0] in formats:
            yield row, column
        return
    for number, at in enumerate(range(4, len(body) - 2, 6)):
        if struct.unpack_from("<H", body, at)[0] in formats:
            yield row, column + number


def _has_failed(kind: int, body: bytes) -> bool:
    if kind == _ERROR:
        return bool(body[7])
    return kind in _FORMULAS and body[12:14] == _FAILED and body[6] == 2


def _records(book: bytes, at: int) -> Iterator[_Record]:
    """The records of one stretch of the workbook, those of charts inside it left out."""
    depth = 0
    while at + 4 <= len(book):
        kind, size = struct.unpack_from("<HH", book, at)
        if kind in _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield kind, book[at + 4 : at + 4 + size]
        at += 4 + size
