"""Two parts of one table → one grid: edges of columns are the same if they stand at the same place, however many each part has."""

from __future__ import annotations

from formflow.reading.pdf.flow import PdfTable

# Points within which two edges are one.
_SAME = 4.0


def put_on_one_grid(upper: PdfTable, lower: PdfTable, shift: float) -> None:
    """Gives both tables the same edges and their cells the places in these; `shift` is how far right the lower stands of the upper."""
    moved = [x - shift for x in lower.xs]
    edges = list(upper.xs)
    for x in moved:
        if all(abs(x - edge) > _SAME for edge in edges):
            edges.append(x)
    edges.sort()
    _move(upper, upper.xs, edges)
    _move(lower, moved, edges)
    upper.xs = edges
    lower.xs = list(edges)


def _move(table: PdfTable, xs: list[float], edges: list[float]) -> None:
    at = [min(range(len(edges)), key=lambda number: abs(edges[number] - x)) for x in xs]
    for cell in table.cells:
        first, last = at[cell.column], at[cell.column + cell.column_span]
        cell.column, cell.column_span = first, max(1, last - first)
