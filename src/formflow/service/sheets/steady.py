"""What every workbook that goes out has in common: text that stays text, and one look.

In: openpyxl's book, pages and cells. Nothing here knows what a sheet is about.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter

_LINE_PT = 15.5  # a line of 11-point text, Chinese or not
_HIGHEST_PT = 409.0  # what Excel lets a row be high
GREY = PatternFill("solid", fgColor="EEEEEE")  # heads
OPEN = PatternFill("solid", fgColor="FFF8DC")  # to be filled in
DOUBT = PatternFill("solid", fgColor="FCE4D6")  # to be looked at
_THIN = Side(style="thin", color="BBBBBB")
FRAME = Border(_THIN, _THIN, _THIN, _THIN)
HELP = Font(color="9C5700")


def put(cell: Any, text: str) -> Any:
    """Text stays text: quoted, so that no programme that saves the sheet takes it for a formula. "" leaves the cell empty."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text) or None
    if cell.value is not None:
        cell.data_type = "s"
        cell.quotePrefix = True
    return cell


@dataclass(frozen=True, eq=False, slots=True)
class Look:
    """What a cell looks like; None leaves it as it is. Made once and given to many cells."""

    font: Font | None = None
    fill: PatternFill | None = None
    border: Border | None = None
    alignment: Alignment | None = None


HEADING = Look(
    font=Font(bold=True),
    fill=GREY,
    border=FRAME,
    alignment=Alignment(horizontal="center", vertical="center", wrap_text=True),
)


def dress(cell: Any, look: Look) -> None:
    """Gives a cell a look."""
    _styled(cell, look, lambda: _put_on(cell, look))


def _put_on(cell: Any, look: Look) -> None:
    for name in ("font", "fill", "border", "alignment"):
        part = getattr(look, name)
        if part is not None:
            setattr(cell, name, part)


def _styled(cell: Any, key: object, change: Callable[[], None]) -> None:
    """Changes how a cell looks. openpyxl compares each part of a style with every one in the book, for every cell anew: what was done under
    the same key to a cell that looked the same is copied instead."""
    known = cell.parent.parent.known_looks
    before = (key, cell._style.tobytes() if cell._style is not None else b"")
    if before not in known:
        change()
        known[before] = StyleArray(cell._style)
    else:
        cell._style = StyleArray(known[before])


def write_headings(page: Any, row: int, headings: Sequence[str], widths: Sequence[float]) -> None:
    """The heads of a table, and how wide its columns are (in Excel's characters)."""
    for column, (heading, width) in enumerate(zip(headings, widths, strict=True), 1):
        dress(put(page.cell(row, column), heading), HEADING)
        page.column_dimensions[get_column_letter(column)].width = width
    fit_rows(page, row, row)


def write_head(page: Any, title: str, words: Sequence[str], values: Sequence[object], note: str) -> None:
    """What stands above the table of every page of a workbook of a year: its title, which workbook it is of (`words` with their `values`), and
    how it is to be filled in."""
    put(page.cell(1, 1), title).font = Font(bold=True, size=16)
    for place, (word, value) in enumerate(zip(words, values, strict=True)):
        put(page.cell(3, 2 * place + 2), word).font = Font(bold=True)
        put(page.cell(3, 2 * place + 3), str(value))
    put(page.cell(4, 1), note).font = HELP


def unlock(cell: Any, number_format: str = "@") -> Any:
    """A cell that may be filled in on a protected sheet."""
    _styled(cell, f"open {number_format}", lambda: _open(cell, number_format))
    return cell


def _open(cell: Any, number_format: str) -> None:
    cell.protection, cell.fill, cell.number_format = Protection(locked=False), OPEN, number_format


def protect(page: Any) -> None:
    """Only unlocked cells can be written; columns and rows can still be made wider."""
    page.protection.sheet = True
    page.protection.formatColumns = page.protection.formatRows = False


def set_print(page: Any, head_row: int, *, is_landscape: bool = True) -> None:
    """A4, as wide as the paper, the head row on every page, frozen on the screen."""
    page.print_title_rows = f"{head_row}:{head_row}"
    page.page_setup.orientation = "landscape" if is_landscape else "portrait"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.oddFooter.center.text = "第 &P 页，共 &N 页"


def fit_rows(page: Any, first: int, last: int, *, columns: Sequence[int] = ()) -> None:
    """Heights for rows of wrapped text, by some columns or by all: not every programme works them out when it opens a book. A row is never
    made lower than it was set."""
    widths = {
        column: page.column_dimensions[get_column_letter(column)].width
        for column in columns or range(1, page.max_column + 1)
    }
    for row in range(first, last + 1):
        lines = max(_lines(page.cell(row, column), width) for column, width in widths.items())
        page.row_dimensions[row].height = max(row_height(lines), page.row_dimensions[row].height or 0)


def row_height(lines: int) -> float:
    """The height of a row of so many lines, in points; no row can be higher than Excel's highest."""
    return min(_LINE_PT * lines + 2, _HIGHEST_PT)


def lines_in(text: str, width: float) -> int:
    """Lines of a text in a column so many half-width characters wide."""
    room = max(2.0, width - 1)
    return sum(max(1, math.ceil(_width(line) / room)) for line in text.split("\n"))


def _lines(cell: Any, width: float) -> int:
    """Lines of a cell; a formula is shown by what it gives."""
    is_text = isinstance(cell.value, str) and cell.data_type != "f"
    return lines_in(cell.value, width) if is_text else 1


def _width(line: str) -> int:
    """In half-width characters; all that are not ASCII are taken for full."""
    return len(line) if line.isascii() else 2 * len(line) - len(line.encode("ascii", "ignore"))
