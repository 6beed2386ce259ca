"""What calamine does not tell of an OpenDocument spreadsheet: which cells are merged, shown as a percentage, errors, hidden or struck out.

The parsed content.xml comes in, these places of each sheet go out. Values are calamine's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, product

from lxml import etree

from formflow.reading.limits import Limits
from formflow.reading.unsettled import Unsettled, stretches

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_EXTENSION = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_UNSEEN = ("collapse", "filter")
_COLUMN_GROUPS = (f"{_TABLE}table-header-columns", f"{_TABLE}table-column-group", f"{_TABLE}table-columns")
_ROW_GROUPS = (f"{_TABLE}table-header-rows", f"{_TABLE}table-row-group", f"{_TABLE}table-rows")

Range = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its merged ranges (top left and bottom right, 0-based, both included), the places (row, column) of its percentages and of
    its formulas that failed, what is unsettled."""

    merged: tuple[Range, ...]
    percents: frozenset[tuple[int, int]]
    errors: tuple[tuple[int, int], ...]
    unsettled: Unsettled


def sheets(content: etree._Element, limits: Limits) -> dict[str, Sheet]:
    """Sheet name → what was found on it, no more than `max_blocks` of each."""
    struck = frozenset(_struck_styles(content))
    return {
        sheet.get(f"{_TABLE}name") or "": Sheet(
            tuple(islice(_ranges(sheet), limits.max_blocks)),
            frozenset(islice(_percents(sheet), limits.max_blocks)),
            tuple(islice(_errors(sheet), limits.max_blocks)),
            _unsettled(sheet, struck, limits),
        )
        for sheet in content.iter(f"{_TABLE}table")
    }


def _struck_styles(content: etree._Element) -> Iterator[str]:
    """The names of the styles that strike out what they are given to."""
    for properties in content.iter(f"{_STYLE}text-properties"):
        kinds = (properties.get(f"{_STYLE}text-line-through-{said}") or "none" for said in ("style", "type"))
        style = properties.getparent()
        if any(kind != "none" for kind in kinds) and style is not None:
            yield style.get(f"{_STYLE}name") or ""


def _unsettled(sheet: etree._Element, struck: frozenset[str], limits: Limits) -> Unsettled:
    rows, columns = (
        stretches(_unseen(_within(sheet, f"{_TABLE}table-{kind}", groups), f"number-{kind}s-repeated"))
        for kind, groups in (("row", _ROW_GROUPS), ("column", _COLUMN_GROUPS))
    )
    cells = islice(_struck(sheet, struck), limits.max_blocks) if struck else ()
    return Unsettled(rows, columns, frozenset(cells))


def _unseen(lines: Iterable[etree._Element], repeated: str) -> Iterator[tuple[int, int]]:
    """The rows or columns that are not seen, as (first, last)."""
    at = 0
    for line in lines:
        count = _count(line, repeated)
        if line.get(f"{_TABLE}visibility") in _UNSEEN:
            yield at, at + count - 1
        at += count


def _struck(sheet: etree._Element, struck: frozenset[str]) -> Iterator[tuple[int, int]]:
    """The cells of these styles, or with characters of these styles, that say anything."""
    for row, rows, column, columns, cell in _cells(sheet):
        own = cell.get(f"{_TABLE}style-name") in struck and any(text.strip() for text in cell.itertext())
        parts = cell.iter(f"{_TEXT}span")
        if own or any(
            part.get(f"{_TEXT}style-name") in struck and "".join(map(str, part.itertext())).strip() for part in parts
        ):
            yield from product(range(row, row + rows), range(column, column + columns))


def _errors(sheet: etree._Element) -> Iterator[tuple[int, int]]:
    for row, rows, column, columns, cell in _cells(sheet):
        if cell.get(f"{_EXTENSION}value-type") == "error":
            yield from product(range(row, row + rows), range(column, column + columns))


def _ranges(sheet: etree._Element) -> Iterator[Range]:
    for row, _, column, _, cell in _cells(sheet):
        height, width = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        if height > 1 or width > 1:
            yield (row, column), (row + height - 1, column + width - 1)


def _percents(sheet: etree._Element) -> Iterator[tuple[int, int]]:
    for row, rows, column, columns, cell in _cells(sheet):
        if cell.get(f"{_OFFICE}value-type") == "percentage":
            yield from product(range(row, row + rows), range(column, column + columns))


def _cells(sheet: etree._Element) -> Iterator[tuple[int, int, int, int, etree._Element]]:
    """Each cell with its first row and column, and over how many rows and columns it is repeated."""
    row = 0
    for line in _within(sheet, f"{_TABLE}table-row", _ROW_GROUPS):
        column = 0
        rows = _count(line, "number-rows-repeated")
        for cell in line.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            columns = _count(cell, "number-columns-repeated")
            yield row, rows, column, columns, cell
            column += columns
        row += rows


def _within(parent: etree._Element, tag: str, groups: Collection[str]) -> Iterator[etree._Element]:
    """The rows or columns of a sheet, out of their groups."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in groups:
            yield from _within(child, tag, groups)


def _count(element: etree._Element, name: str) -> int:
    text = element.get(_TABLE + name) or "1"
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 1
