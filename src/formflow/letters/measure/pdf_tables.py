"""The tables of a PDF as rows of texts, by the lines that are drawn between the cells. One that goes on over pages is one table."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from formflow.letters.measure.pdffile import Glyph, PdfFile, PdfPage, is_black

_SAME_MM = 1.0
Box = tuple[float, float, float, float]


def table_texts(file: PdfFile) -> list[list[list[str]]]:
    """Every table, row by row; the heads that a following page repeats are left out."""
    whole: list[tuple[Sequence[float], list[list[str]]]] = []
    for page in file.pages:
        for number, box in enumerate(page.tables):
            edges, rows = _table(page, box)
            if whole and number == 0 and page.number > 1 and _are_same(whole[-1][0], edges):
                before = whole[-1][1]
                before += rows[1:] if rows and before and rows[0] == before[0] else rows
            else:
                whole.append((edges, rows))
    return [rows for _, rows in whole]


def _table(page: PdfPage, box: Box) -> tuple[Sequence[float], list[list[str]]]:
    """Upright edges of a table, and its texts."""
    inside = [d for d in page.drawn if is_black(d.color) and d.x0 >= box[0] - 1 and d.x1 <= box[2] + 1]
    here = [d for d in inside if d.y0 >= box[1] - 1 and d.y1 <= box[3] + 1]
    columns = _edges(d.x0 for d in here if d.x1 - d.x0 < 1 and d.y1 - d.y0 > 3)
    lines = _edges(d.y0 for d in here if d.y1 - d.y0 < 1 and d.x1 - d.x0 > 3)
    texts = [[""] * max(0, len(columns) - 1) for _ in lines[1:]]
    for glyph in (glyph for line in page.cells for glyph in line.glyphs):
        row, column = bisect_right(lines, glyph.baseline) - 1, bisect_right(columns, _middle(glyph)) - 1
        if 0 <= row < len(texts) and 0 <= column < len(texts[row]):
            texts[row][column] += glyph.text
    return columns, texts


def _middle(glyph: Glyph) -> float:
    return (glyph.x0 + glyph.x1) / 2


def _edges(places: Iterable[float]) -> list[float]:
    """Places in order, those of one line once."""
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > _SAME_MM:
            edges.append(place)
    return edges


def _are_same(one: Sequence[float], other: Sequence[float]) -> bool:
    return len(one) == len(other) and all(abs(a - b) <= _SAME_MM for a, b in zip(one, other, strict=True))
