"""审核表.xlsx as bytes: one line an answer, protected but for the column 更正. The same sheet is the same bytes.

In: a `ReviewSheet` and pictures of places. Out: the workbook. No text from outside ever becomes a formula. What is the same in every
workbook is made by openpyxl once a process (`_Prototype`); the sheet itself is written directly, which takes a twentieth of the time.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from xml.sax.saxutils import escape, quoteattr

from formflow.forms.review_lines import CORRECTION, EMPTY, HEAD_WORDS, HEADINGS, PICTURE, TITLE
from formflow.model.case import case_number
from formflow.model.review import ReviewHead, ReviewLine, ReviewSheet
from formflow.service.review_drawing import DRAWING, Shown, drawing_parts, shown

_WIDTHS: Mapping[str, int] = dict(zip(HEADINGS, (6, 26, 40, 60, 44, 26, 11, 40, 40), strict=True))
_HEAD_ROW = 6
_SHEET = "xl/worksheets/sheet1.xml"
_MOMENT = (1980, 1, 1, 0, 0, 0)
_NAMESPACES = (
    'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
# What XML cannot hold, and what a cell cannot show.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# "_x0041_" in a cell is read as an escaped character; its underscore has to be escaped itself.
_LIKE_AN_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
# What a cell holds at most, in UTF-16 units; no character has more than two.
_LONGEST = 32_000
_MARKS = ("sealed", "signed")
HELP = (
    f"只在“{CORRECTION}”一栏填写，其他栏不用改；原文里没有内容的写“{EMPTY}”；意见的盖章、签名写“有”或“无”。"
    "没有要更正的，核对后也请保存放回，即为核对无误：其中把握不足的内容以读得的为准。"
    "保存后把本表放回收件箱，系统会按更正后的内容重新审核，并记下是谁改的。"
)


def as_text(sheet: ReviewSheet) -> str:
    """The sheet as JSON, for the register."""
    said = {"head": _said(sheet.head), "lines": [_said(line) for line in sheet.lines]}
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


def _said(part: ReviewHead | ReviewLine) -> dict[str, object]:
    return {field.name: getattr(part, field.name) for field in fields(part)}


def from_text(text: str) -> ReviewSheet:
    """The sheet again."""
    loaded = json.loads(text)
    return ReviewSheet(ReviewHead(**loaded["head"]), tuple(ReviewLine(**line) for line in loaded["lines"]))


def build(sheet: ReviewSheet, pictures: Mapping[str, bytes] | None = None) -> bytes:
    """The workbook. `pictures` are PNG files of places, by the code of the line they belong to; without any there is no column for them."""
    return _built(sheet, tuple((pictures or {}).items()))


# A sheet is made when its case is judged, to know its content, and again when it is published, which follows at once as a rule.
@lru_cache(maxsize=2)
def _built(sheet: ReviewSheet, pictures: tuple[tuple[str, bytes], ...]) -> bytes:
    rows = {line.code: _HEAD_ROW + number for number, line in enumerate(sheet.lines, 1)}
    images = [shown(rows[code], png) for code, png in pictures if code in rows]
    headings = tuple(heading for heading in HEADINGS if images or heading != PICTURE)
    parts = {_SHEET: _sheet_xml(sheet, headings, images).encode()}
    if images:
        parts |= drawing_parts(images, headings.index(PICTURE))
    return _packed(_prototype(), parts)


# The parts that are the same in every workbook ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Prototype:
    """`parts` of the container by name, and the number of each style in its styles.xml by the style's name."""

    parts: Mapping[str, bytes]
    styles: Mapping[str, int]


@cache
def _prototype() -> _Prototype:
    from openpyxl.styles import Alignment, Font, Protection

    from formflow.service.sheets import steady
    from formflow.service.sheets.book import Book

    book = Book()
    page = book.active
    page.title = TITLE
    page.print_title_rows = f"{_HEAD_ROW}:{_HEAD_ROW}"
    wrapped = Alignment(wrap_text=True, vertical="top")
    answer = {"alignment": wrapped, "border": steady.FRAME}
    looks: dict[str, dict[str, object]] = {
        "plain": {},
        "title": {"font": Font(bold=True, size=16)},
        "name": {"font": Font(bold=True)},
        "help": {"font": steady.HELP},
        "heading": {
            "font": Font(bold=True),
            "fill": steady.GREY,
            "alignment": Alignment(horizontal="center", vertical="center"),
        },
        "sure": {**answer},
        "doubt": {**answer, "fill": steady.DOUBT},
        "open": {**answer, "fill": steady.OPEN, "protection": Protection(locked=False), "number_format": "@"},
    }
    styles = {}
    for row, (name, look) in enumerate(looks.items(), 1):
        cell = page.cell(row, 1)
        for attribute, value in look.items():
            setattr(cell, attribute, value)
        # Text stays text: no programme that saves the sheet takes it for a formula.
        cell.quotePrefix = name != "open"
        styles[name] = cell.style_id
    with zipfile.ZipFile(io.BytesIO(book.saved())) as made:
        parts = {name: made.read(name) for name in made.namelist() if name != _SHEET}
    return _Prototype(parts, styles)


def _packed(prototype: _Prototype, own: Mapping[str, bytes]) -> bytes:
    parts = {**prototype.parts, **own}
    if DRAWING in own:
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", _MORE_TYPES)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, _MOMENT)
            # A picture is compressed already.
            info.compress_type = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            book.writestr(info, data)
    return packed.getvalue()


_MORE_TYPES = (
    b'<Default Extension="png" ContentType="image/png"/>'
    b'<Override PartName="/' + DRAWING.encode() + b'" '
    b'ContentType="application/vnd.openxmlformats-officedocument.drawing+xml"/></Types>'
)

# The sheet ---------------------------------------------------------------------------------------------------------


def _sheet_xml(sheet: ReviewSheet, headings: tuple[str, ...], images: list[Shown]) -> str:
    last = _HEAD_ROW + len(sheet.lines)
    pane = f'xSplit="3" ySplit="{_HEAD_ROW}" topLeftCell="D{_HEAD_ROW + 1}" activePane="bottomRight" state="frozen"'
    return "".join(
        (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
            f"<worksheet {_NAMESPACES}>",
            '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
            f'<dimension ref="A1:{_letter(len(headings) - 1)}{last}"/>',
            f'<sheetViews><sheetView workbookViewId="0"><pane {pane}/><selection pane="bottomRight"/></sheetView></sheetViews>',
            '<sheetFormatPr defaultRowHeight="15"/>',
            "<cols>",
            *(
                f'<col min="{number}" max="{number}" width="{_WIDTHS[heading]}" customWidth="1"/>'
                for number, heading in enumerate(headings, 1)
            ),
            "</cols><sheetData>",
            *_head_rows(sheet.head, headings),
            *_lines(sheet.lines, headings, {image.row: image.row_height for image in images}),
            "</sheetData>",
            '<sheetProtection sheet="1" objects="1" formatColumns="0" formatRows="0"/>',
            _validations(sheet.lines, _letter(headings.index(CORRECTION))),
            '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>',
            '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>',
            '<drawing r:id="rId1"/>' if images else "",
            "</worksheet>",
        )
    )


def _head_rows(head: ReviewHead, headings: tuple[str, ...]) -> Iterator[str]:
    number = case_number(head.year, head.number)
    values = zip(HEAD_WORDS, (head.programme_id, head.year, number, head.version), strict=True)
    pairs = (cell for word, value in values for cell in ((word, "name"), (str(value), "plain")))
    yield _row(1, ((f"{head.programme_name} {TITLE}", "title"),))
    yield _row(2, (("单位", "name"), (head.unit, "plain")))
    yield _row(3, tuple(pairs))
    yield _row(4, ((HELP, "help"),))
    yield _row(_HEAD_ROW, tuple((heading, "heading") for heading in headings))


def _lines(lines: tuple[ReviewLine, ...], headings: tuple[str, ...], heights: Mapping[int, float]) -> Iterator[str]:
    """Rows high enough for their texts and pictures: not every programme sees to that when it opens a book."""
    from formflow.service.sheets import steady

    for number, line in enumerate(lines, 1):
        confidence = "" if line.confidence is None else f"{line.confidence:.0%}"
        values = (str(number), line.code, line.label, line.value, "", line.place, confidence, line.problem, "")
        look = "doubt" if line.is_doubtful or line.problem else "sure"
        cells = [(value, heading) for value, heading in zip(values, HEADINGS, strict=True) if heading in headings]
        styled = tuple((value, "open" if heading == CORRECTION else look) for value, heading in cells)
        most = max(steady.lines_in(value, _WIDTHS[heading]) for value, heading in cells if value)
        needed = steady.row_height(most) if most > 1 else 0.0
        yield _row(_HEAD_ROW + number, styled, max(needed, heights.get(_HEAD_ROW + number, 0.0)))


def _row(number: int, cells: tuple[tuple[str, str], ...], height: float | None = None) -> str:
    styles = _prototype().styles
    tall = f' ht="{height:.1f}" customHeight="1"' if height else ""
    inner = "".join(_cell(f"{_letter(at)}{number}", text, styles[style]) for at, (text, style) in enumerate(cells))
    return f'<row r="{number}"{tall}>{inner}</row>'


def _cell(place: str, text: str, style: int) -> str:
    shown_text = _LIKE_AN_ESCAPE.sub("_x005F_", _UNWRITABLE.sub("", text))[:_LONGEST]
    if not shown_text:
        return f'<c r="{place}" s="{style}"/>'
    inner = f'<is><t xml:space="preserve">{escape(shown_text)}</t></is>'
    return f'<c r="{place}" s="{style}" t="inlineStr">{inner}</c>'


def _validations(lines: tuple[ReviewLine, ...], letter: str) -> str:
    """Beside a seal or signature 有 and 无 can be chosen; nothing else is refused there by the sheet itself."""
    rows = [_HEAD_ROW + number for number, line in enumerate(lines, 1) if line.code.rpartition(".")[2] in _MARKS]
    if not rows:
        return ""
    places = quoteattr(" ".join(f"{letter}{row}" for row in rows))
    return (
        f'<dataValidations count="1"><dataValidation type="list" allowBlank="1" sqref={places}>'
        '<formula1>"有,无"</formula1></dataValidation></dataValidations>'
    )


def _letter(column: int) -> str:
    """A column's letter; there are never more than there are letters."""
    return chr(ord("A") + column)
