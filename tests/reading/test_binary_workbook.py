"""Workbooks saved as .xlsb: Excel's binary parts in the container of an .xlsx."""

from __future__ import annotations

import struct

from formflow.reading.reader import read_document
from support.wordml import relationships, zipped

# Records by their number in [MS-XLSB] 2.3.2.
BEGIN_SHEETS, SHEET, END_SHEETS, END_BOOK = 0x8F, 0x9C, 0x90, 0x84
DIMENSION, BEGIN_DATA, ROW, NUMBER, TEXT, END_DATA = 0x94, 0x91, 0x00, 0x05, 0x06, 0x92


def record(number: int, data: bytes = b"") -> bytes:
    """Number and length in groups of seven bits, the low ones first; lengths here need one."""
    assert len(data) < 0x80
    head = bytes((number,)) if number < 0x80 else bytes((number & 0x7F | 0x80, number >> 7))
    return head + bytes((len(data),)) + data


def text(said: str) -> bytes:
    return struct.pack("<I", len(said)) + said.encode("utf-16-le")


def place(column: int) -> bytes:
    return struct.pack("<II", column, 0)


def test_a_binary_workbook_is_read() -> None:
    sheets = record(SHEET, struct.pack("<II", 0, 1) + text("a") + text("表1"))
    rows = (
        record(ROW, bytes(17))
        + record(NUMBER, place(0) + struct.pack("<d", 2.5))
        + record(TEXT, place(1) + text("甲"))
        + record(ROW, struct.pack("<I", 1) + bytes(13))
        + record(NUMBER, place(1) + struct.pack("<d", 7))
    )
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    data = zipped(
        {
            "[Content_Types].xml": types.encode(),
            "_rels/.rels": relationships({"a": ("officeDocument", "xl/workbook.bin")}).encode(),
            "xl/workbook.bin": record(BEGIN_SHEETS) + sheets + record(END_SHEETS) + record(0x9D) + record(END_BOOK),
            "xl/_rels/workbook.bin.rels": relationships({"a": ("worksheet", "worksheets/sheet1.bin")}).encode(),
            "xl/worksheets/sheet1.bin": record(DIMENSION, struct.pack("<4I", 0, 1, 0, 1))
            + record(BEGIN_DATA)
            + rows
            + record(END_DATA),
        }
    )
    document = read_document(data)
    assert document.text == "2.5\t甲\n\t7"
    assert [name.text for name in document.furniture] == ["表1"]
