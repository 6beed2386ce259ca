"""A spreadsheet (.xlsx, .xlsm, .xls, .et, .ods) → `Document`: each visible sheet a table, its places the sheet's own rows and columns.

Reads the values a person sees (dates as days, whole numbers without ".0", percentages as such, but never rounded as the sheet may show
them) and the merged ranges. Evaluates no formula: what the program that wrote the file did not compute is empty and remarked, and so are
errors (#REF!). Hidden sheets are not read, only named; hidden rows and columns and struck-out text are, as unsure, and it is said. An .xls does
not tell which of its numbers are percentages: they stay fractions. The kind of file is told by `sniff`; .et is one of the others under another
name.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from formflow.model.document import Cell, Document, Locator, Paragraph, Table
from formflow.model.quick import maker
from formflow.reading import ole, opendocument
from formflow.reading.authorship import authorship
from formflow.reading.biff import sheet_facts
from formflow.reading.cell_values import Value, shown_number, shown_share, shown_value
from formflow.reading.limits import DEFAULT, Limits
from formflow.reading.package import Package
from formflow.reading.refusals import refuse
from formflow.reading.spreadsheetml import NOTHING, SheetFacts, workbook_facts
from formflow.reading.unsettled import STRUCK_OUT

# Top left and bottom right of a merged range, 0-based (row, column), both included.
Range = tuple[tuple[int, int], tuple[int, int]]

# The first record of an old workbook's globals (BIFF8, BIFF5), and the record that says it asks for a password.
_BOF = (b"\x09\x08\x10\x00\x00\x06\x05\x00", b"\x09\x08\x08\x00\x00\x05\x05\x00")
_FILEPASS, _RECORDS_LOOKED_AT = 0x002F, 8
_NOTED = "文件含批注，批注不作为填写内容"
_UNTOLD = "看不出工作簿里有没有隐藏的行或列、划了删除线的文字，请对照原件核对"
# Cells with errors that a remark names.
_PLACES_NAMED = 5
# The rows that most sheets have are made once, without anything in them: a cell's place is its dearest part.
_USUAL_ROWS, _USUAL_COLUMNS = 256, 32
_paragraph, _cell = maker(Paragraph), maker(Cell)


@dataclass(frozen=True, slots=True)
class _Told:
    """What is known of a workbook beside what calamine reads: of its sheets by their names; their merged ranges where calamine does not tell;
    remarks that come first; who saved it last. `first_only`: what stands behind the first page only explains it, and may be more than a
    paper can be. `in_order`: the facts of the sheets where they are told in order."""

    sheets: Mapping[str, SheetFacts]
    merged: Mapping[str, Sequence[Range]] | None = None
    remarks: tuple[str, ...] = ()
    saved_by: str = ""
    first_only: bool = False
    in_order: Sequence[SheetFacts] = ()

    def of(self, name: str, number: int) -> SheetFacts:
        """The facts of the sheet of that name, the one of that number (1-based)."""
        return self.in_order[number - 1] if number <= len(self.in_order) else self.sheets.get(name, NOTHING)


def read_xlsx(data: bytes, limits: Limits = DEFAULT) -> Document:
    """The sheets of an Office Open XML workbook; `UnreadableError` if it is none, or not sound."""
    facts = workbook_facts(data, limits)
    remarks = (
        f"有 {facts.uncomputed} 个公式没有计算结果（制表软件没有保存），按空白读取，请用 Excel 或 WPS 打开保存后再核对",
    )
    who, is_ours = facts.authorship
    noted = (_NOTED,) if facts.comments else ()
    told = _Told(facts.sheets, None, (*(remarks if facts.uncomputed else ()), *noted), who, is_ours)
    document = _read("xlsx", facts.vetted, limits, told)
    if not facts.comments:
        return document
    beside = (Paragraph(text, Locator(f"comment {number}")) for number, text in enumerate(facts.comments, 1))
    return replace(document, furniture=(*document.furniture, *beside))


def read_xls(data: bytes, limits: Limits = DEFAULT) -> Document:
    """The sheets of an Excel 97–2003 workbook (also .et as WPS writes it)."""
    if _asks_for_password(data):
        raise refuse("encrypted")
    if ole.goes_in_circles(data):
        raise refuse("damaged", "工作簿的内部结构有错误")
    facts = sheet_facts(data, limits.max_blocks)
    return _read("xls", data, limits, _Told({}, in_order=facts or (), remarks=() if facts else (_UNTOLD,)))


def read_ods(data: bytes, limits: Limits = DEFAULT) -> Document:
    """The sheets of an OpenDocument spreadsheet."""
    package = Package(data, limits)
    sheets = opendocument.sheets(package.parse("content.xml"), limits)
    facts = {name: SheetFacts(sheet.errors, sheet.percents, sheet.unsettled) for name, sheet in sheets.items()}
    merged = {name: sheet.merged for name, sheet in sheets.items()}
    return _read("ods", data, limits, _Told(facts, merged, saved_by=authorship(package).saved_by))


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


def _read(kind: str, data: bytes, limits: Limits, told: _Told) -> Document:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            return _document(kind, workbook, limits, told)
    except PasswordError as error:
        raise refuse("encrypted") from error
    except CalamineError as error:
        raise refuse("damaged", "工作簿的内部结构有错误") from error


def _document(kind: str, workbook: CalamineWorkbook, limits: Limits, told: _Told) -> Document:
    tables: list[Table] = []
    names: list[Paragraph] = []
    hidden: list[str] = []
    read: dict[str, SheetFacts] = {}
    room = limits.max_blocks
    for number, sheet in enumerate(workbook.sheets_metadata, 1):
        if sheet.typ != SheetTypeEnum.WorkSheet:
            continue
        name = sheet.name
        if sheet.visible != SheetVisibleEnum.Visible:
            hidden.append(name)
            continue
        found = workbook.get_sheet_by_name(name)
        # Where it ends is counted from 0.
        room -= (found.total_height + 1) * (found.total_width + 1)
        if room < 0:
            raise refuse("too_large", "表格的行列过多")
        ranges = found.merged_cell_ranges or () if told.merged is None else told.merged.get(name, ())
        table = _table(found, ranges, number, read.setdefault(name, told.of(name, number)), limits)
        if table is not None:
            tables.append(table)
            names.append(Paragraph(name, Locator(f"sheet {number}")))
            if told.first_only:
                break
    shown = {name.text: read[name.text] for name in names}
    remarks = (*told.remarks, *_remarks(shown, hidden, is_empty=not tables))
    return Document(kind, tuple(tables), tuple(names), remarks, saved_by=told.saved_by)


def _remarks(read: Mapping[str, SheetFacts], hidden: Sequence[str], *, is_empty: bool) -> Iterator[str]:
    """What is to be said of the sheets that were read, and of those that were not."""
    for name, facts in read.items():
        if facts.errors:
            places = "、".join(map(address, facts.errors[:_PLACES_NAMED]))
            more = "等" if len(facts.errors) > _PLACES_NAMED else ""
            yield f"工作表“{name}”的 {places} {more}单元格是公式出错的结果（如 #REF!），按空白读取，请改正后再核对"
        if facts.unsettled.is_hidden_in_part:
            yield f"工作表“{name}”有隐藏的行或列，其中的内容也读取了，请取消隐藏后核对"
        if facts.unsettled.cells:
            yield f"工作表“{name}”{STRUCK_OUT}"
    if hidden:
        yield f"隐藏的工作表没有读取：{'、'.join(hidden)}"
    if is_empty:
        yield "工作簿里没有填写内容"


def address(place: tuple[int, int]) -> str:
    """A cell as clerks name it: (4, 2) is C5."""
    row, column = place
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row + 1}"


def _table(
    sheet: CalamineSheet, ranges: Sequence[Range], number: int, facts: SheetFacts, limits: Limits
) -> Table | None:
    """A sheet as a grid that begins at A1; None if nothing is written on it."""
    values = sheet.to_python(skip_empty_area=False)
    for row, column in facts.percents:
        if row < len(values) and column < len(values[row]) and isinstance(value := values[row][column], float):
            values[row][column] = shown_share(value)
    lines, columns = _lines_of_cells(number, values)
    if not lines:
        return None
    rows, columns = _extent(lines, columns, ranges, limits)
    cells = _cells(number, lines, rows, columns)
    _merge(cells, ranges, rows, columns)
    shown = facts.unsettled.marked(cells, facts.errors)
    return Table(rows, columns, tuple(filter(None, shown)), Locator(f"sheet {number}"))


def _lines_of_cells(number: int, values: Sequence[Sequence[Value]]) -> tuple[list[list[Cell]], int]:
    """The rows of a sheet down to the last in which anything is written, as far as calamine gives values; and in how many columns there is
    anything: what lies beyond is formatting."""
    lines: list[list[Cell]] = []
    rows = columns = 0
    for row, line in enumerate(values):
        cells: list[Cell] = []
        column = -1
        for value, cell in zip(line, _empty(number, row, len(line)), strict=True):
            # Texts and numbers are nearly all there is.
            text = value if type(value) is str else shown_number(value) if type(value) is float else shown_value(value)
            if text and not text.isspace():
                column, place = cell.column, cell.locator
                blocks = (_paragraph(text, place),) if "\n" not in text else _lines(text, place)
                cells.append(_cell(row, column, 1, 1, blocks, place))
            else:
                cells.append(cell)
        lines.append(cells)
        if column >= 0:
            rows, columns = row + 1, max(columns, column + 1)
    return lines[:rows], columns


def _extent(lines: Sequence[Sequence[Cell]], columns: int, ranges: Sequence[Range], limits: Limits) -> tuple[int, int]:
    """How many rows and columns a sheet's contents reach, with the ranges they are merged over."""
    rows, width = len(lines), len(lines[0])
    wide_rows, wide_columns = rows, columns
    for (row, column), (last_row, last_column) in ranges:
        is_beyond = last_row >= rows or last_column >= columns
        if is_beyond and row < rows and column < width and lines[row][column].text.strip():
            wide_rows, wide_columns = max(wide_rows, last_row + 1), max(wide_columns, last_column + 1)
    # A title merged over whole rows of the sheet has no end that says anything.
    is_told = wide_columns <= max(columns, limits.max_columns) and wide_rows * wide_columns <= limits.max_blocks
    return (wide_rows, wide_columns) if is_told else (rows, columns)


def _cells(number: int, lines: Sequence[list[Cell]], rows: int, columns: int) -> list[Cell | None]:
    """The cells of so many rows and columns, row by row."""
    cells: list[Cell | None] = []
    for row, line in enumerate(lines):
        cells += line if len(line) == columns else (*line[:columns], *_empty(number, row, columns)[len(line) :])
    for row in range(len(lines), rows):
        cells += _empty(number, row, columns)
    return cells


def _empty(number: int, row: int, columns: int) -> tuple[Cell, ...]:
    """The cells of a row in which nothing is written."""
    made = _usual_row if row < _USUAL_ROWS and columns <= _USUAL_COLUMNS else _row
    return made(number, row, columns)


def _row(number: int, row: int, columns: int) -> tuple[Cell, ...]:
    places = (Locator(f"sheet {number}, row {row + 1}, column {column + 1}") for column in range(columns))
    return tuple(Cell(row, column, 1, 1, (Paragraph("", place),), place) for column, place in enumerate(places))


_usual_row = lru_cache(maxsize=_USUAL_ROWS * 2)(_row)


def _merge(cells: list[Cell | None], ranges: Sequence[Range], rows: int, columns: int) -> None:
    """Widens the first cell of each merged range, drawn up to the edge of the contents, and takes out those it covers. Ranges that lie over
    an earlier one are none."""
    for (row, column), (last_row, last_column) in sorted(ranges):
        if row >= rows or column >= columns or (cell := cells[row * columns + column]) is None:
            continue
        height, width = min(last_row + 1, rows) - row, min(last_column + 1, columns) - column
        starts = range(row * columns + column, (row + height) * columns, columns)
        for start in starts:
            if not all(cells[start : start + width]):
                break
        else:
            for start in starts:
                cells[start : start + width] = [None] * width
            cells[starts[0]] = _cell(row, column, height, width, cell.blocks, cell.locator)


def _lines(text: str, place: Locator) -> tuple[Paragraph, ...]:
    return tuple(_paragraph(line, place) for line in text.replace("\r\n", "\n").split("\n"))
