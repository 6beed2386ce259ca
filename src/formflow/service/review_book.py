"""审核表.xlsx as bytes: one line an answer, protected but for the column 更正. The same sheet is the same bytes.

In: a `ReviewSheet`. Out: the workbook. No text from outside ever becomes a formula.
"""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import asdict
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter

from formflow.forms.corrections import EMPTY, HEAD_WORDS, HEADINGS, TITLE
from formflow.model.review import ReviewHead, ReviewLine, ReviewSheet

_WIDTHS = (6, 26, 28, 60, 26, 8, 40, 40)
_HEAD_ROW = 6
_EPOCH = datetime(2022, 1, 1)
_GREY = PatternFill("solid", fgColor="EEEEEE")
_OPEN = PatternFill("solid", fgColor="FFF8DC")
_DOUBT = PatternFill("solid", fgColor="FCE4D6")
_THIN = Side(style="thin", color="BBBBBB")
_SURE = 0.9
_HELP = (
    f"只在最右边的“更正”一栏填写，其他栏不用改；原文里没有内容的写“{EMPTY}”；意见的盖章、签名写“有”或“无”。"
    "保存后把本表放回收件箱，系统会按更正后的内容重新审核，并记下是谁改的。"
)


def as_text(sheet: ReviewSheet) -> str:
    """The sheet as JSON, for the register."""
    return json.dumps(asdict(sheet), ensure_ascii=False, sort_keys=True)


def from_text(text: str) -> ReviewSheet:
    """The sheet again."""
    loaded = json.loads(text)
    return ReviewSheet(ReviewHead(**loaded["head"]), tuple(ReviewLine(**line) for line in loaded["lines"]))


def build(sheet: ReviewSheet) -> bytes:
    """The workbook."""
    book = Workbook()
    page = book.active
    page.title = TITLE
    _write_head(page, sheet.head)
    for column, (heading, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True), 1):
        cell = page.cell(_HEAD_ROW, column, heading)
        cell.font, cell.fill, cell.alignment = Font(bold=True), _GREY, Alignment(horizontal="center", vertical="center")
        page.column_dimensions[get_column_letter(column)].width = width
    for number, line in enumerate(sheet.lines, 1):
        _write_line(page, _HEAD_ROW + number, number, line)
    page.freeze_panes = page.cell(_HEAD_ROW + 1, 4)
    page.protection.sheet = True
    page.protection.formatColumns = page.protection.formatRows = False
    page.print_title_rows = f"{_HEAD_ROW}:{_HEAD_ROW}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    book.properties.creator = "formflow"
    book.properties.created = book.properties.modified = _EPOCH
    return _saved(book)


def _write_head(page: Any, head: ReviewHead) -> None:
    _put(page.cell(1, 1), f"{head.programme_name} {TITLE}").font = Font(bold=True, size=16)
    _put(page.cell(2, 1), "单位").font = Font(bold=True)
    _put(page.cell(2, 2), head.unit)
    for number, (word, value) in enumerate(
        zip(HEAD_WORDS, (head.programme_id, head.year, head.number, head.version), strict=True)
    ):
        _put(page.cell(3, 2 * number + 1), word).font = Font(bold=True)
        _put(page.cell(3, 2 * number + 2), str(value))
    _put(page.cell(4, 1), _HELP).font = Font(color="9C5700")


def _write_line(page: Any, row: int, number: int, line: ReviewLine) -> None:
    is_doubtful = line.confidence is not None and line.confidence < _SURE
    confidence = "" if line.confidence is None else f"{line.confidence:.0%}"
    values = (str(number), line.code, line.label, line.value, line.place, confidence, line.problem, "")
    for column, value in enumerate(values, 1):
        cell = _put(page.cell(row, column), value)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.border = Border(_THIN, _THIN, _THIN, _THIN)
        if is_doubtful or line.problem:
            cell.fill = _DOUBT
    last = page.cell(row, len(values))
    last.protection, last.fill, last.number_format = Protection(locked=False), _OPEN, "@"


def _put(cell: Any, text: str) -> Any:
    """Text stays text: quoted, so that no programme that saves the sheet takes it for a formula."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text) or None
    if cell.value is not None:
        cell.data_type = "s"
        cell.quotePrefix = True
    return cell


def _saved(book: Workbook) -> bytes:
    """The workbook with fixed times: what the same record gives must be the same file after a restart."""
    written = io.BytesIO()
    book.save(written)
    steady = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(steady, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, _without_moment(name, source.read(name)))
    return steady.getvalue()


def _without_moment(name: str, data: bytes) -> bytes:
    """The moment of saving, which the library writes by itself, as the fixed one."""
    if name != "docProps/core.xml":
        return data
    import re

    return re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2022-01-01T00:00:00Z", data)
