"""What calamine does not tell of an OpenDocument spreadsheet: which cells are merged.

The parsed content.xml comes in, the merged ranges of each sheet go out. Values are calamine's.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from formflow.reading.limits import Limits

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_ROW_GROUPS = (f"{_TABLE}table-header-rows", f"{_TABLE}table-row-group", f"{_TABLE}table-rows")

Range = tuple[tuple[int, int], tuple[int, int]]


def merged_ranges(content: etree._Element, limits: Limits) -> dict[str, tuple[Range, ...]]:
    """Sheet name → its merged ranges (top left and bottom right, 0-based, both included), no more than `max_blocks` in all."""
    found = {}
    for sheet in content.iter(f"{_TABLE}table"):
        ranges = tuple(range_ for _, range_ in zip(range(limits.max_blocks), _ranges(sheet), strict=False))
        found[sheet.get(f"{_TABLE}name") or ""] = ranges
    return found


def _ranges(sheet: etree._Element) -> Iterator[Range]:
    row = 0
    for line in _rows(sheet):
        column = 0
        for cell in line.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            height, width = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
            if height > 1 or width > 1:
                yield (row, column), (row + height - 1, column + width - 1)
            column += _count(cell, "number-columns-repeated")
        row += _count(line, "number-rows-repeated")


def _rows(parent: etree._Element) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag == f"{_TABLE}table-row":
            yield child
        elif child.tag in _ROW_GROUPS:
            yield from _rows(child)


def _count(element: etree._Element, name: str) -> int:
    text = element.get(_TABLE + name) or "1"
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 1
