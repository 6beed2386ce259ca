"""Pages → one run of blocks: paragraphs and tables that a page break cut are put together again.

Comes in: the blocks of each page. Goes out: the blocks of the document; a table over several pages is one table with one grid, its columns
told by their place, for a page shows only the lines it needs.
"""

from __future__ import annotations

from formflow.reading.pdf.columns import put_on_one_grid
from formflow.reading.pdf.cut_rows import row_goes_on, side_goes_on
from formflow.reading.pdf.flow import PdfBlock, PdfCell, PdfTable
from formflow.reading.pdf.paragraphs import Para, goes_on

# Points: how much a table's sides may differ from page to page, or move together where margins are mirrored.
_SIDES, _MIRRORED = 6.0, 60.0
# What may stay free below a row that is cut (two lines kept together), and a line's height.
_LEFT_FREE, _LINE = 40.0, 14.0


def join_pages(pages: list[list[PdfBlock]], bottom: float) -> list[PdfBlock]:
    """The blocks of the document. `bottom`: how far down pages are used."""
    joined: list[PdfBlock] = []
    for blocks in pages:
        rest = blocks
        if joined and blocks and _carry_on(joined[-1], blocks[0], bottom):
            rest = blocks[1:]
        joined.extend(rest)
    return joined


def _carry_on(last: PdfBlock, first: PdfBlock, bottom: float) -> bool:
    """Whether a page's first block carries on the last of the page before; if so, it is taken into it."""
    if isinstance(last, Para) and isinstance(first, Para):
        if not first.lines or not goes_on(last, first.lines[0], first.room, is_next_page=True):
            return False
        last.lines.extend(first.lines)
        last.pictures.extend(first.pictures)
        last.room = first.room
        return True
    if isinstance(last, PdfTable) and isinstance(first, PdfTable) and _is_same_table(last, first, bottom):
        _join_tables(last, first)
        return True
    return False


def _is_same_table(upper: PdfTable, lower: PdfTable, bottom: float) -> bool:
    """Whether a table goes on: its sides are where they were, and its next row could not have stood on the page before."""
    _, left, _, right, end = upper.boxes[-1]
    _, other_left, _, other_right, _ = lower.boxes[0]
    if upper.boxes[-1][0] == lower.boxes[0][0] or abs((right - left) - (other_right - other_left)) > _SIDES:
        return False
    if abs(other_left - left) > _MIRRORED:
        return False
    height = min(cell.boxes[0][4] - cell.boxes[0][2] for cell in lower.cells if cell.row == 0)
    return bottom - end < max(height, _LEFT_FREE) + _LINE


def _join_tables(upper: PdfTable, lower: PdfTable) -> None:
    """Takes the lower table into the upper."""
    is_headed = _drop_repeated_head(upper, lower)
    is_open = upper.is_open_below and lower.is_open_above and not is_headed
    upper.is_open_below = lower.is_open_below
    put_on_one_grid(upper, lower, lower.boxes[0][1] - upper.boxes[-1][1])
    upper.boxes.extend(lower.boxes)
    if not lower.cells:
        return
    pairs = _pairs(upper, lower)
    if len(pairs) == sum(cell.row == 0 for cell in lower.cells) and row_goes_on(pairs, is_open):
        taken = pairs
        offset = upper.rows - 1
    else:
        taken = [pair for pair in pairs[:1] if pair[1].column == 0 and side_goes_on(*pair, upper)]
        offset = upper.rows
    for above, below in taken:
        _extend(above, below, offset)
    gone = {id(below) for _, below in taken}
    for cell in lower.cells:
        if id(cell) not in gone:
            cell.row += offset
            upper.cells.append(cell)
    upper.rows = offset + lower.rows
    upper.cells.sort(key=lambda cell: (cell.row, cell.column))


def _extend(above: PdfCell, below: PdfCell, offset: int) -> None:
    above.row_span = offset + below.row_span - above.row
    above.boxes.extend(below.boxes)
    blocks = list(below.blocks)
    if above.blocks and blocks and _carry_on(above.blocks[-1], blocks[0], 0):
        del blocks[0]
    above.blocks.extend(blocks)


def _pairs(upper: PdfTable, lower: PdfTable) -> list[tuple[PdfCell, PdfCell]]:
    """The cells at the page's end with those right under them of the same columns, from left to right; both tables are on one grid."""
    ends = {(cell.column, cell.column_span): cell for cell in upper.cells if cell.row + cell.row_span == upper.rows}
    below = [cell for cell in lower.cells if cell.row == 0]
    return [(ends[key], cell) for cell in below if (key := (cell.column, cell.column_span)) in ends]


def _drop_repeated_head(upper: PdfTable, lower: PdfTable) -> bool:
    """Takes away rows at the top of a page that say what rows of the table said before, cell by cell: heads set to be repeated. Whether
    there were any."""
    count = 0
    known = set(_said(upper))
    for said in _said(lower)[:-1]:
        if said is None or said not in known:
            break
        count += 1
    if count == 0 or any(cell.row < count < cell.row + cell.row_span for cell in lower.cells):
        return False
    lower.cells = [cell for cell in lower.cells if cell.row >= count]
    for cell in lower.cells:
        cell.row -= count
    lower.rows -= count
    return True


def _said(table: PdfTable) -> list[tuple[str, ...] | None]:
    """Of each row that has several cells, all of them filled and short, the words; None for other rows."""
    rows: list[list[PdfCell]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row].append(cell)
    return [_words(cells) for cells in rows]


def _words(cells: list[PdfCell]) -> tuple[str, ...] | None:
    words = tuple("".join(line.text for line in cell.lines).replace(" ", "") for cell in cells)
    return words if len(words) > 1 and all(0 < len(word) <= 24 for word in words) else None
