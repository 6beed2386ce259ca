"""The tables of a Word file as rows of texts."""

from __future__ import annotations

from lxml import etree

from formflow.letters.measure.wordfile import WordFile
from formflow.letters.measure.wordprops import points
from formflow.letters.ooxml import W

# Columns; Word itself knows 63.
_WIDEST = 63


def table_texts(file: WordFile) -> list[list[list[str]]]:
    """The texts of every table's cells, row by row; a cell over several columns is followed by empty ones."""
    return [[_row(row) for row in table.iterchildren(f"{W}tr")] for table in file.tables]


def _row(row: etree._Element) -> list[str]:
    texts = []
    for cell in row.iterchildren(f"{W}tc"):
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        wide = min(_WIDEST, int(points(span.get(f"{W}val"), 1, 1.0))) if span is not None else 1
        texts += ["".join(node.text or "" for node in cell.iter(f"{W}t")), *[""] * (wide - 1)]
    return texts
