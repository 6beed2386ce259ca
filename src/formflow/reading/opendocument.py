"""What calamine does not tell of an OpenDocument spreadsheet: which cells are merged, and which are shown as a percentage.

The parsed content.xml comes in, these places of each sheet go out. Values are calamine's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product

from lxml import etree

from formflow.reading.limits import Limits

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_ROW_GROUPS = (f"{_TABLE}table-header-rows", f"{_TABLE}table-row-group", f"{_TABLE}table-rows")

Range = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its merged ranges (top left and bottom right, 0-based, both included), the places (row, column) of its percentages."""

    merged: tuple[Range, ...]
    percents: frozenset[tuple[int, int]]


def sheets(content: etree._Element, limits: Limits) -> dict[str, Sheet]:
    """Sheet name → what was found on it, no more than `max_blocks` of each."""
    return {
        sheet.get(f"{_TABLE}name") or "": Sheet(
            tuple(islice(_ranges(sheet), limits.max_blocks)), frozenset(islice(_percents(sheet), limits.max_blocks))
        )
        for sheet in content.iter(f"{_TABLE}table")
    }


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
    for line in _rows(sheet):
        column = 0
        rows = _count(line, "number-rows-repeated")
        for cell in line.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            columns = _count(cell, "number-columns-repeated")
            yield row, rows, column, columns, cell
            column += columns
        row += rows


def _rows(parent: etree._Element) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag == f"{_TABLE}table-row":
            yield child
        elif child.tag in _ROW_GROUPS:
            yield from _rows(child)


def _count(element: etree._Element, name: str) -> int:
    text = element.get(_TABLE + name) or "1"
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 1
