"""Pages as read → one `Document`: tables that a page break parted joined, places counted, confidences given.

In: `ReadPage`s with their numbers. Out: blocks in reading order. A table goes on if nothing but page numbers stands between its parts
and both are equally wide; a row that the break cut is made whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from formflow.model.document import Block, Cell, Document, Locator, Paragraph, Table
from formflow.reading.scan.page import Piece, ReadCell, ReadPage, ReadTable
from formflow.reading.seam import goes_on

# Shares of a table's width: by how much two parts of one table may differ, and grid lines that are one.
_SAME_WIDTH, _SAME_LINE = 0.06, 0.02
# Least probability of a character → how sure the paragraph is. Measured afterwards on forms nobody had looked at (six typefaces, 150 to 200
# dots an inch and phone photos, fifteen kinds of damage; printed, not handwritten): values given, and those of them that were wrong.
#     below 0.5    26, 11      0.7–0.8   497, 9      0.9–0.95    598, 2      0.98 and more   634, 0
#     0.5–0.7     717, 14      0.8–0.9   477, 2      0.95–0.98   416, 1
# So 0.9 means more than that on such pages. It is left at that: handwriting and old paper read worse than what can be drawn.
_CONFIDENCES = ((0.0, 0.0), (0.5, 0.45), (0.8, 0.75), (0.9, 0.9), (0.98, 0.97), (1.0, 0.995))

_Paged = tuple[int, ReadCell]


def confidence(surety: float) -> float:
    """How sure a text is, by the probability of its least sure character."""
    for (low, at_low), (high, at_high) in pairwise(_CONFIDENCES):
        if surety <= high:
            return round(at_low + (surety - low) / (high - low) * (at_high - at_low), 3)
    return _CONFIDENCES[-1][1]


def assemble(pages: Sequence[tuple[int, ReadPage]], remarks: tuple[str, ...] = ()) -> Document:
    """The document of numbered pages, in order."""
    parts = [(number, part) for number, page in pages for part in page.parts]
    maker = _Maker()
    blocks: list[Block] = []
    at = 0
    while at < len(parts):
        number, part = parts[at]
        at += 1
        if isinstance(part, Piece):
            blocks.append(maker.paragraph(part, number))
            continue
        run = [(number, part)]
        while at < len(parts) and _carries_on(run[-1], parts[at]):
            run.append((parts[at][0], _as_table(parts[at][1])))
            at += 1
        blocks.append(maker.table(run))
    furniture = tuple(
        Paragraph(piece.text, Locator(f"page {number}, margin", number, piece.box))
        for number, page in pages
        for piece in page.furniture
    )
    return Document("scan", tuple(blocks), furniture, remarks)


def _as_table(part: Piece | ReadTable) -> ReadTable:
    assert isinstance(part, ReadTable)
    return part


def _carries_on(one: tuple[int, ReadTable], other: tuple[int, Piece | ReadTable]) -> bool:
    """Whether a part is the rest of a table on the page before."""
    if not isinstance(other[1], ReadTable) or other[0] != one[0] + 1:
        return False
    width, other_width = one[1].down[-1] - one[1].down[0], other[1].down[-1] - other[1].down[0]
    return abs(width - other_width) <= _SAME_WIDTH * width


class _Maker:
    """Counts what it makes, so that each place has its name."""

    def __init__(self) -> None:
        self.paragraphs = self.tables = 0

    def paragraph(self, piece: Piece, page: int) -> Paragraph:
        self.paragraphs += 1
        return _paragraph(piece, Locator(f"paragraph {self.paragraphs}", page, piece.box))

    def table(self, run: list[tuple[int, ReadTable]]) -> Table:
        self.tables += 1
        down = _shared_lines([table for _, table in run])
        cells: list[_Paged] = []
        rows = 0
        for page, table in run:
            own = [(page, _moved(cell, table, down, rows)) for cell in table.cells]
            if cells and _is_cut(cells, own, rows):
                cells, own = _rejoined(cells, own, rows)
                own = [(page, replace(cell, row=cell.row - 1)) for page, cell in own]
                rows -= 1
            cells += own
            rows += table.rows
        cells.sort(key=lambda paged: (paged[1].row, paged[1].column))
        name = f"table {self.tables}"
        first_page, first = run[0]
        return Table(
            rows,
            len(down) - 1,
            tuple(_cell(cell, page, name) for page, cell in cells),
            Locator(name, first_page, first.box),
        )


def _shared_lines(tables: list[ReadTable]) -> tuple[float, ...]:
    """The grid lines of all parts as shares of the width; lines that lie together are one."""
    shares = sorted({share for table in tables for share in _shares(table)})
    lines: list[list[float]] = []
    for share in shares:
        if lines and share - lines[-1][-1] <= _SAME_LINE:
            lines[-1].append(share)
        else:
            lines.append([share])
    return tuple(sum(group) / len(group) for group in lines)


def _shares(table: ReadTable) -> list[float]:
    left, width = table.down[0], table.down[-1] - table.down[0]
    return [(line - left) / width for line in table.down]


def _moved(cell: ReadCell, table: ReadTable, down: tuple[float, ...], rows: int) -> ReadCell:
    """A cell in the joined grid."""
    shares = _shares(table)
    left, right = (
        min(range(len(down)), key=lambda at: abs(down[at] - shares[min(line, len(shares) - 1)]))
        for line in (cell.column, cell.column + cell.column_span)
    )
    return replace(cell, row=cell.row + rows, column=left, column_span=max(1, right - left))


def _is_cut(cells: list[_Paged], own: list[_Paged], rows: int) -> bool:
    """Whether the first row of the next part is the rest of the last row so far: the same columns, and what was
    said wholly before the break has nothing more to say."""
    above = [cell for _, cell in cells if cell.row + cell.row_span == rows]
    below = [cell for _, cell in own if cell.row == rows]
    if len(above) < 2 or [(c.column, c.column_span) for c in above] != [(c.column, c.column_span) for c in below]:
        return False
    # Where every cell has something new it is a row of its own, unless the break stopped every one of them in the middle of a line.
    is_stopped = all(cell.is_full for cell in above) and any(cell.pieces for cell in below)
    return is_stopped or goes_on([_said(cell) for cell in above], [_said(cell) for cell in below])


def _said(cell: ReadCell) -> str:
    return "\n".join(piece.text for piece in cell.pieces)


def _rejoined(cells: list[_Paged], own: list[_Paged], rows: int) -> tuple[list[_Paged], list[_Paged]]:
    """The last row with the text of the next part's first row under its own, and that part without it."""
    rest = {cell.column: cell for _, cell in own if cell.row == rows}
    joined = []
    for page, cell in cells:
        more = rest.get(cell.column) if cell.row + cell.row_span == rows else None
        if more is not None:
            cell = replace(
                cell, pieces=_run_on(cell, more), is_full=more.is_full, row_span=cell.row_span + more.row_span - 1
            )
        joined.append((page, cell))
    return joined, [(page, cell) for page, cell in own if cell.row != rows]


def _run_on(cell: ReadCell, more: ReadCell) -> tuple[Piece, ...]:
    """The paragraphs of a cut cell; a sentence that the break cut is one paragraph again."""
    if not (cell.is_full and cell.pieces and more.pieces):
        return (*cell.pieces, *more.pieces)
    last, first = cell.pieces[-1], more.pieces[0]
    moved = tuple((start + len(last.text), end + len(last.text)) for start, end in first.underlined)
    whole = replace(
        last, text=last.text + first.text, surety=min(last.surety, first.surety), underlined=last.underlined + moved,
        pictures=last.pictures + first.pictures,
    )  # fmt: skip
    return (*cell.pieces[:-1], whole, *more.pieces[1:])


def _cell(cell: ReadCell, page: int, table: str) -> Cell:
    locator = Locator(f"{table}, row {cell.row + 1}, column {cell.column + 1}", page, cell.box)
    blocks = tuple(_paragraph(piece, replace(locator, box=piece.box)) for piece in cell.pieces)
    return Cell(cell.row, cell.column, cell.row_span, cell.column_span, blocks, locator)


def _paragraph(piece: Piece, locator: Locator) -> Paragraph:
    return Paragraph(
        piece.text,
        locator,
        piece.underlined,
        piece.pictures,
        confidence=confidence(piece.surety) if piece.text.strip() else 1.0,
    )
