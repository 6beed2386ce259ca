"""A spreadsheet (.xlsx, .xlsm, .xls, .et, .ods) → `Document`: each visible sheet a table, its places the sheet's own rows and columns.

Reads the values a person sees (dates as days, whole numbers without ".0", percentages as fractions) and the merged ranges. Evaluates no
formula: what the program that wrote the file did not compute is empty and remarked. Hidden sheets are not read, only named. The kind of
file is told by `sniff`; .et is one of the others under another name.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from formflow.model.document import Cell, Document, Locator, Paragraph, Table
from formflow.reading import opendocument
from formflow.reading.limits import DEFAULT, Limits
from formflow.reading.package import Package
from formflow.reading.refusals import refuse

Value = int | float | str | bool | time | date | datetime | timedelta
# Top left and bottom right of a merged range, 0-based (row, column), both included.
Range = tuple[tuple[int, int], tuple[int, int]]

# A cell with a formula and no value: nobody computed it.
_UNCOMPUTED = re.compile(
    rb"<(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
# Where a sheet says it ends, and each cell that holds something: column letters, row number.
_DIMENSION = re.compile(rb'<(?:\w+:)?dimension\b[^>]*ref="(?:[A-Z]{1,3}\d{1,7}:)?([A-Z]{1,3})(\d{1,7})"')
_FILLED_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*\br="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>(?!\s*</)')
# The first record of an old workbook's globals (BIFF8, BIFF5), and the record that says it asks for a password.
_BOF = (b"\x09\x08\x10\x00\x00\x06\x05\x00", b"\x09\x08\x08\x00\x00\x05\x05\x00")
_FILEPASS, _RECORDS_LOOKED_AT = 0x002F, 8
_LARGEST_EXACT = 10**15  # Excel keeps fifteen digits


def read_xlsx(data: bytes, limits: Limits = DEFAULT) -> Document:
    """The sheets of an Office Open XML workbook; `UnreadableError` if it is none, or not sound."""
    uncomputed = _vetted_xlsx(data, limits)
    remarks = (
        f"有 {uncomputed} 个公式没有计算结果（制表软件没有保存），按空白读取，请用 Excel 或 WPS 打开保存后再核对",
    )
    return _read("xlsx", data, limits, merged=None, remarks=remarks if uncomputed else ())


def read_xls(data: bytes, limits: Limits = DEFAULT) -> Document:
    """The sheets of an Excel 97–2003 workbook (also .et as WPS writes it)."""
    if _asks_for_password(data):
        raise refuse("encrypted")
    return _read("xls", data, limits, merged=None)


def read_ods(data: bytes, limits: Limits = DEFAULT) -> Document:
    """The sheets of an OpenDocument spreadsheet."""
    with Package(data, limits) as package:
        merged = opendocument.merged_ranges(package.parse("content.xml"), limits)
    return _read("ods", data, limits, merged=merged)


def _asks_for_password(data: bytes) -> bool:
    """calamine only says that it cannot tell the format of an encrypted workbook."""
    at = next((found for found in map(data.find, _BOF) if found >= 0), len(data))
    for _ in range(_RECORDS_LOOKED_AT):
        if at + 4 > len(data):
            return False
        kind, length = struct.unpack_from("<HH", data, at)
        if kind == _FILEPASS:
            return True
        at += 4 + length
    return False


def _vetted_xlsx(data: bytes, limits: Limits) -> int:
    """How many formulas have no value, once the container and its parts are known to be sound."""
    with Package(data, limits) as package:
        main = package.main_part()
        uncomputed = 0
        for link in package.relationships(main).values():
            if link.kind in ("worksheet", "sharedStrings", "styles") and package.has(link.target):
                part = package.read(link.target)
                if link.target.endswith(".xml"):
                    package.parse(link.target)
                    if link.kind == "worksheet":
                        _vet_extent(part, limits)
                        uncomputed += len(_UNCOMPUTED.findall(part))
        return uncomputed


def _vet_extent(sheet: bytes, limits: Limits) -> None:
    """calamine makes room for every cell up to the last one that holds something; one stray entry far out would take all memory."""
    dimension = _DIMENSION.search(sheet)
    if dimension is None or _area(dimension[1], dimension[2]) <= limits.max_blocks:
        return
    columns, rows = {b"A"}, {b"1"}
    for cell in _FILLED_CELL.finditer(sheet):
        columns.add(cell[1])
        rows.add(cell[2])
    if _area(max(columns, key=_column), max(rows, key=int)) > limits.max_blocks:
        raise refuse("too_large", "表格的行列过多")


def _area(column: bytes, row: bytes) -> int:
    return _column(column) * int(row)


def _column(letters: bytes) -> int:
    """The number of a column by its letters: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _read(
    kind: str,
    data: bytes,
    limits: Limits,
    *,
    merged: Mapping[str, Sequence[Range]] | None,
    remarks: tuple[str, ...] = (),
) -> Document:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            return _document(kind, workbook, limits, merged, remarks)
    except PasswordError as error:
        raise refuse("encrypted") from error
    except CalamineError as error:
        raise refuse("damaged", "工作簿的内部结构有错误") from error


def _document(
    kind: str,
    workbook: CalamineWorkbook,
    limits: Limits,
    merged: Mapping[str, Sequence[Range]] | None,
    remarks: tuple[str, ...],
) -> Document:
    tables, names, hidden = [], [], []
    room = limits.max_blocks
    for number, sheet in enumerate(workbook.sheets_metadata, 1):
        if sheet.typ != SheetTypeEnum.WorkSheet:
            continue
        if sheet.visible != SheetVisibleEnum.Visible:
            hidden.append(sheet.name)
            continue
        found = workbook.get_sheet_by_name(sheet.name)
        room -= found.total_height * found.total_width
        if room < 0:
            raise refuse("too_large", "表格的行列过多")
        ranges = merged.get(sheet.name, ()) if merged is not None else found.merged_cell_ranges or ()
        table = _table(found, ranges, number)
        if table is not None:
            tables.append(table)
            names.append(Paragraph(sheet.name, Locator(f"sheet {number}")))
    if hidden:
        remarks = (*remarks, f"隐藏的工作表没有读取：{'、'.join(hidden)}")
    if not tables:
        remarks = (*remarks, "工作簿里没有填写内容")
    return Document(kind, tuple(tables), tuple(names), remarks)


@dataclass(frozen=True, slots=True)
class _Extent:
    """How far a sheet's contents reach: what lies beyond is formatting."""

    rows: int
    columns: int


def _table(sheet: CalamineSheet, ranges: Sequence[Range], number: int) -> Table | None:
    """A sheet as a grid that begins at A1; None if nothing is written on it."""
    shown = [[shown_value(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    extent = _extent(shown, ranges)
    if extent is None:
        return None
    cells = tuple(_cells(shown, ranges, extent, number))
    return Table(extent.rows, extent.columns, cells, Locator(f"sheet {number}"))


def _extent(shown: list[list[str]], ranges: Sequence[Range]) -> _Extent | None:
    filled = {(row, column) for row, line in enumerate(shown) for column, text in enumerate(line) if text}
    if not filled:
        return None
    corners = [*filled, *(last for first, last in ranges if first in filled)]
    return _Extent(max(row for row, _ in corners) + 1, max(column for _, column in corners) + 1)


def _cells(shown: list[list[str]], ranges: Sequence[Range], extent: _Extent, number: int) -> Iterator[Cell]:
    spans = {first: (last[0] - first[0] + 1, last[1] - first[1] + 1) for first, last in ranges}
    covered: set[tuple[int, int]] = set()
    for row in range(extent.rows):
        for column in range(extent.columns):
            if (row, column) in covered:
                continue
            height, width = spans.get((row, column), (1, 1))
            # A range that reaches past the contents is drawn up to their edge.
            height, width = min(height, extent.rows - row), min(width, extent.columns - column)
            covered |= {(row + down, column + right) for down in range(height) for right in range(width)}
            text = shown[row][column] if row < len(shown) and column < len(shown[row]) else ""
            yield _cell(row, column, (height, width), text, number)


def _cell(row: int, column: int, span: tuple[int, int], text: str, number: int) -> Cell:
    place = Locator(f"sheet {number}, row {row + 1}, column {column + 1}")
    lines = text.replace("\r\n", "\n").replace("_x000D_", "").split("\n")
    return Cell(row, column, *span, tuple(Paragraph(line, place) for line in lines), place)


def shown_value(value: Value) -> str:
    """A cell's value as it is shown: 2022-03-15, 12 (never 12.0), 0.3 (never 0.30000000000000004), TRUE."""
    for kind, show in _SHOWN:
        if isinstance(value, kind):
            return show(value)
    return str(value)


def _number(value: float) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    if value == int(value) and abs(value) < _LARGEST_EXACT * 10**6:
        return str(int(value))
    return format(value, ".15g")


def _moment(value: datetime) -> str:
    return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"


def _length(value: timedelta) -> str:
    minutes, seconds = divmod(int(value.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")


# In this order: a bool is an int, a datetime is a date.
_SHOWN: tuple[tuple[type | tuple[type, ...], Callable[..., str]], ...] = (
    (str, lambda text: text if text.strip() else ""),
    (bool, lambda flag: "TRUE" if flag else "FALSE"),
    ((int, float), _number),
    (datetime, _moment),
    (date, lambda day: f"{day:%Y-%m-%d}"),
    (time, lambda hour: f"{hour:%H:%M}"),
    (timedelta, _length),
)
