"""Old workbooks made record by record: what is hidden, struck out or failed is read and unsure, as in those of today."""

from __future__ import annotations

import struct
from collections.abc import Sequence

import pytest

from formflow.model.document import Document
from formflow.reading.biff import sheet_facts
from formflow.reading.reader import read_document
from support.word97 import container

GLOBALS, SHEET, CHART = 5, 0x10, 0x20
PLAIN, STRUCK = 0, 1


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def begin(what: int) -> bytes:
    return record(0x0809, struct.pack("<HHHHII", 0x0600, what, 0, 0, 0, 0))


END = record(0x000A)


def font(is_struck: bool) -> bytes:
    return record(0x0031, struct.pack("<HHHHHBBBB", 200, 8 * is_struck, 0x7FFF, 400, 0, 0, 0, 0, 0) + b"\x01\0A")


def cell_format(font_number: int) -> bytes:
    return record(0x00E0, struct.pack("<HH", font_number, 0) + bytes(16))


def number(row: int, column: int, value: float, form: int = PLAIN) -> bytes:
    return record(0x0203, struct.pack("<HHHd", row, column, form, value))


def numbers(row: int, column: int, *forms: int) -> bytes:
    """Whole numbers 1, 2 … side by side."""
    own = b"".join(struct.pack("<HI", form, value << 2 | 2) for value, form in enumerate(forms, 1))
    return record(0x00BD, struct.pack("<HH", row, column) + own + struct.pack("<H", column + len(forms) - 1))


def row(at: int, *, is_hidden: bool) -> bytes:
    return record(0x0208, struct.pack("<HHHHIHH", at, 0, 9, 255, 0, 0x20 * is_hidden, 0))


def hidden_columns(first: int, last: int) -> bytes:
    return record(0x007D, struct.pack("<HHHHHH", first, last, 2340, 0, 1, 0))


def failed(row: int, column: int) -> bytes:
    return record(0x0205, struct.pack("<HHHBB", row, column, 0, 0x2A, 1))


def failed_formula(row: int, column: int) -> bytes:
    return record(0x0006, struct.pack("<HHH8sHI", row, column, 0, b"\x02\0\x2a\0\0\0\xff\xff", 0, 0) + b"\0\0")


# Of five fonts the last is the sixth by its number: there is no fourth.
FONTS = b"".join(map(font, (False, False, False, False, True)))
FORMATS = cell_format(0) + cell_format(5)


def book(*sheets: Sequence[bytes]) -> bytes:
    """A workbook with these records in its sheets."""
    bodies = [begin(SHEET) + b"".join(sheet) + END for sheet in sheets]
    names = [struct.pack("<BB", 2, 0) + f"S{at}".encode() for at in range(len(sheets))]
    head = begin(GLOBALS) + FONTS + FORMATS
    at = len(head) + sum(4 + 6 + len(name) for name in names) + len(END)
    for name, body in zip(names, bodies, strict=True):
        head += record(0x0085, struct.pack("<IH", at, 0) + name)
        at += len(body)
    return container({"Workbook": (head + END + b"".join(bodies)).ljust(4096, b"\0")})


def sure(document: Document) -> list[tuple[str, bool]]:
    """Each text in a cell, and whether it is taken without a look."""
    return [(line.text, line.confidence >= 0.9) for line in document.paragraphs() if line.text]


def test_hidden_rows_and_columns() -> None:
    rows = [row(0, is_hidden=False), row(1, is_hidden=True), number(0, 0, 1), number(0, 2, 2), number(1, 0, 3)]
    document = read_document(book([number(0, 0, 9)], [hidden_columns(1, 2), *rows]))
    assert sure(document) == [("9", True), ("1", True), ("2", False), ("3", False)]
    assert [remark.startswith("工作表“S1”有隐藏的行或列") for remark in document.remarks] == [True]


def test_cells_that_are_struck_out() -> None:
    cells = [number(0, 0, 5), number(0, 1, 6, STRUCK), numbers(1, 0, PLAIN, STRUCK, PLAIN)]
    document = read_document(book(cells))
    assert sure(document) == [("5", True), ("6", False), ("1", True), ("2", False), ("3", True)]
    assert ["划了删除线" in remark for remark in document.remarks] == [True]


@pytest.mark.parametrize("wrong", [failed, failed_formula])
def test_formulas_that_failed(wrong: object) -> None:
    assert callable(wrong)
    document = read_document(book([number(0, 0, 5), wrong(2, 1)]))
    assert [" B3 " in remark for remark in document.remarks] == [True]


def test_charts_on_a_sheet_are_no_part_of_it() -> None:
    chart = begin(CHART) + row(0, is_hidden=True) + END
    assert sure(read_document(book([chart, number(0, 0, 5)]))) == [("5", True)]


def test_what_cannot_be_followed_is_said() -> None:
    assert sheet_facts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), 9) is None
    assert sheet_facts(book([record(0x0208, b"\0")]), 9) is None


def test_no_more_places_than_are_asked_for() -> None:
    cells = [number(at, 0, 1, STRUCK) for at in range(5)] + [failed(at, 1) for at in range(5)]
    (facts,) = sheet_facts(book(cells), 3) or ()
    assert (len(facts.unsettled.cells), len(facts.errors)) == (3, 3)
