"""Stretches of pages read in different ways (text, scans) → one run of blocks: tables that the seam cut joined, places named anew.

In: the blocks of each stretch, in order. Out: the document's blocks, as if one reader had read them all. Where a table's columns are not
told by its cells' boxes it is left in two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from statistics import median

from formflow.model.document import Block, Cell, Paragraph, Table
from formflow.reading.seam import goes_on

# Shares of a table's width: by how much its two parts may differ, and grid lines that are one.
_SAME_WIDTH, _SAME_LINE = 0.06, 0.025
# What ends a paragraph, so that what follows on the next page is another.
_ENDS = tuple("。！？；：:;!?日号")


def joined(stretches: Iterable[tuple[Block, ...]]) -> tuple[Block, ...]:
    """The blocks of all stretches."""
    blocks: list[Block] = []
    for stretch in stretches:
        rest = list(stretch)
        if blocks and rest and (table := _one_table(blocks[-1], rest[0])):
            blocks[-1] = table
            del rest[0]
        blocks += rest
    return _named(blocks, "")


def _one_table(upper: Block, lower: Block) -> Table | None:
    """The table that two are the parts of, None if they are not."""
    if not isinstance(upper, Table) or not isinstance(lower, Table) or _last_page(upper) + 1 != lower.locator.page:
        return None
    above, below = _edges(upper), _edges(lower)
    if above is None or below is None:
        return None
    width, other = above[-1] - above[0], below[-1] - below[0]
    if abs(width - other) > _SAME_WIDTH * width:
        return None
    lines = _merged(_shares(above) + _shares(below))
    return _joined(
        _regridded(upper, _positions(_shares(above), lines), len(lines) - 1),
        _regridded(lower, _positions(_shares(below), lines), len(lines) - 1),
    )


def _last_page(table: Table) -> int:
    return max((cell.locator.page or 0 for cell in table.cells), default=0)


def _edges(table: Table) -> list[float] | None:
    """The x of the table's grid lines, by its cells' boxes; None if one of them is told by none."""
    found: list[list[float]] = [[] for _ in range(table.columns + 1)]
    for cell in table.cells:
        if cell.locator.box is not None:
            found[cell.column].append(cell.locator.box.x0)
            found[cell.column + cell.column_span].append(cell.locator.box.x1)
    edges = [median(values) for values in found if values]
    return edges if len(edges) == len(found) and edges[-1] > edges[0] else None


def _shares(edges: list[float]) -> list[float]:
    return [(edge - edges[0]) / (edges[-1] - edges[0]) for edge in edges]


def _merged(shares: list[float]) -> list[float]:
    lines: list[list[float]] = []
    for share in sorted(shares):
        if lines and share - lines[-1][-1] <= _SAME_LINE:
            lines[-1].append(share)
        else:
            lines.append([share])
    return [sum(group) / len(group) for group in lines]


def _positions(shares: list[float], lines: list[float]) -> list[int]:
    """Which of the common grid lines each of a part's own is."""
    return [min(range(len(lines)), key=lambda at: abs(lines[at] - share)) for share in shares]


def _regridded(table: Table, positions: list[int], columns: int) -> Table:
    cells = tuple(
        replace(
            cell,
            column=positions[cell.column],
            column_span=max(1, positions[cell.column + cell.column_span] - positions[cell.column]),
        )
        for cell in table.cells
    )
    return replace(table, columns=columns, cells=cells)


def _joined(upper: Table, lower: Table) -> Table:
    """Two parts on one grid as one table; a row that the seam cut is whole again."""
    offset = upper.rows
    cells = list(upper.cells)
    below = list(lower.cells)
    if _is_cut(upper, lower):
        offset -= 1
        rest = {(cell.column, cell.column_span): cell for cell in below if cell.row == 0}
        cells = [
            _run_on(cell, rest[cell.column, cell.column_span]) if cell.row + cell.row_span == upper.rows else cell
            for cell in cells
        ]
        below = [cell for cell in below if cell.row != 0]
    cells += [replace(cell, row=cell.row + offset) for cell in below]
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return replace(upper, rows=offset + lower.rows, cells=tuple(cells))


def _is_cut(upper: Table, lower: Table) -> bool:
    """Whether the lower part's first row is the rest of the upper's last."""
    last = [cell for cell in upper.cells if cell.row + cell.row_span == upper.rows]
    first = [cell for cell in lower.cells if cell.row == 0]
    if len(last) < 2 or [(c.column, c.column_span) for c in last] != [(c.column, c.column_span) for c in first]:
        return False
    return goes_on([cell.text for cell in last], [cell.text for cell in first])


def _run_on(cell: Cell, rest: Cell) -> Cell:
    """A cut cell with its rest; a sentence that the seam cut is one paragraph again."""
    blocks, more = list(cell.blocks), list(rest.blocks)
    last, first = blocks[-1] if blocks else None, more[0] if more else None
    if isinstance(last, Paragraph) and isinstance(first, Paragraph) and last.text and not last.text.endswith(_ENDS):
        moved = tuple((start + len(last.text), end + len(last.text)) for start, end in first.underlined)
        blocks[-1] = replace(
            last, text=last.text + first.text, underlined=last.underlined + moved,
            pictures=last.pictures + first.pictures, confidence=min(last.confidence, first.confidence),
        )  # fmt: skip
        del more[0]
    span = cell.row_span + rest.row_span - 1
    return replace(cell, row_span=span, blocks=(*blocks, *more))


def _named(blocks: Sequence[Block], prefix: str) -> tuple[Block, ...]:
    """The blocks with their parts counted from the first of all."""
    named: list[Block] = []
    paragraphs = tables = 0
    for block in blocks:
        if isinstance(block, Paragraph):
            paragraphs += 1
            named.append(_placed(block, f"{prefix}paragraph {paragraphs}"))
        else:
            tables += 1
            named.append(_named_table(block, f"{prefix}table {tables}"))
    return tuple(named)


def _placed(paragraph: Paragraph, part: str) -> Paragraph:
    return replace(paragraph, locator=replace(paragraph.locator, part=part))


def _named_table(table: Table, part: str) -> Table:
    cells = tuple(_named_cell(cell, f"{part}, row {cell.row + 1}, column {cell.column + 1}") for cell in table.cells)
    return replace(table, cells=cells, locator=replace(table.locator, part=part))


def _named_cell(cell: Cell, part: str) -> Cell:
    return replace(cell, blocks=_named(cell.blocks, f"{part}, "), locator=replace(cell.locator, part=part))
