"""One page's ink → what stands on it in reading order: paragraphs and tables, cells filled.

Positions are still those of the page; what goes on over a page break is put together in `joining`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from formflow.reading.pdf.ink import Glyph, PageInk, Placed, Rule
from formflow.reading.pdf.lattice import Area, Lattice, lattices
from formflow.reading.pdf.lines import Line, lines_of
from formflow.reading.pdf.marks import with_marks
from formflow.reading.pdf.newspaper import may_have_columns, stretches_of
from formflow.reading.pdf.paragraphs import Para, Room, paragraphs_of, room_of
from formflow.reading.pdf.rulings import straighten

# A frame of one field that takes up this much of the page is its border.
_PAGE_BORDER = 0.6
# A table on a page otherwise set in columns has so many cells.
_TABLE_CELLS = 6


@dataclass(slots=True, eq=False)
class PdfCell:
    """A cell: 0-based grid place, spans, what stands in it, and its box on each page it covers (page number, x0, y0, x1, y1)."""

    row: int
    column: int
    row_span: int
    column_span: int
    boxes: list[tuple[int, float, float, float, float]]
    blocks: list[PdfBlock] = field(default_factory=list)

    @property
    def paras(self) -> list[Para]:
        return [block for block in self.blocks if isinstance(block, Para)]

    @property
    def lines(self) -> list[Line]:
        return [line for para in self.paras for line in para.lines]

    @property
    def is_empty(self) -> bool:
        return not any(isinstance(block, PdfTable) or block.lines or block.pictures for block in self.blocks)


@dataclass(slots=True, eq=False)
class PdfTable:
    """A table: the places of its column edges, how many rows it has, its cells in row-major order, and its boxes page by page; whether its
    first row has no line above it, its last none below."""

    xs: list[float]
    rows: int
    cells: list[PdfCell]
    boxes: list[tuple[int, float, float, float, float]]
    is_open_above: bool = False
    is_open_below: bool = False

    @property
    def y0(self) -> float:
        return self.boxes[0][2]

    @property
    def page(self) -> int:
        return self.boxes[0][0]


PdfBlock = Para | PdfTable


@dataclass(slots=True)
class PdfPage:
    """A page taken apart: lines beside the tables, the tables, pictures beside the tables, and where its text may stand."""

    ink: PageInk
    lines: list[Line]
    tables: list[PdfTable]
    pictures: list[Placed]
    # Of a page set in columns: the lines of each stretch, in the order they are read.
    stretches: list[list[Line]] = field(default_factory=list)

    @property
    def left(self) -> float:
        """Where text begins at the left, tables counted."""
        return min([self.ink.width / 2, *(line.x0 for line in self.lines), *(t.xs[0] for t in self.tables)])


def take_apart(ink: PageInk) -> PdfPage:
    """The page's tables with what stands in their cells, and what stands beside them."""
    glyphs, rules = with_marks(ink)
    grids, alone = lattices(straighten(rules))
    grids = [grid for grid in grids if not _is_page_border(grid, ink)]
    sorter = _Sorter(ink, grids)
    outside = sorter.place_all(glyphs, alone)
    lines = lines_of(outside, ink.number, alone)
    if in_columns := _in_columns(ink, glyphs, grids, lines):
        return in_columns
    tables = sorter.tables()
    pictures = [placed for placed in ink.pictures if not sorter.place_picture(placed)]
    return PdfPage(ink, lines, tables, pictures)


def _in_columns(
    ink: PageInk, glyphs: Sequence[Glyph], grids: Sequence[Lattice], lines: Sequence[Line]
) -> PdfPage | None:
    """A page of a newspaper; None for any other. A frame round a story, and the lines between columns, are no table."""
    if any(len(grid.areas) >= _TABLE_CELLS for grid in grids) or not (grids or may_have_columns(lines)):
        return None
    stretches = [lines_of(stretch, ink.number) for stretch in stretches_of(glyphs)]
    if not stretches:
        return None
    return PdfPage(ink, [line for own in stretches for line in own], [], list(ink.pictures), stretches)


def blocks_of(page: PdfPage, left: float) -> list[PdfBlock]:
    """What stands on a page in reading order; `left` is where text begins on the document's pages."""
    if page.stretches:
        return _column_blocks(page)
    tables = sorted(page.tables, key=lambda table: (table.y0, table.xs[0]))
    room = room_of(page.lines, left, page.ink.width - left)
    room = Room(min(left, room.left) if page.lines else left, room.right, left)
    blocks: list[PdfBlock] = []
    rest = page.lines
    for table in tables:
        blocks.extend(paragraphs_of([line for line in rest if line.middle < table.y0], room))
        rest = [line for line in rest if line.middle >= table.y0]
        blocks.append(table)
    blocks.extend(paragraphs_of(rest, room))
    for placed in page.pictures:
        _insert(blocks, Para(pictures=[(page.ink.number, placed)]))
    return blocks


def _column_blocks(page: PdfPage) -> list[PdfBlock]:
    kept = set(map(id, page.lines))
    blocks: list[PdfBlock] = []
    for stretch in page.stretches:
        lines = [line for line in stretch if id(line) in kept]
        if lines:
            edge, end = min(line.x0 for line in lines), max(line.x1 for line in lines)
            blocks.extend(paragraphs_of(lines, Room(edge, end, edge)))
    return blocks


def _insert(blocks: list[PdfBlock], para: Para) -> None:
    """A picture among what is there, by height; with text beside it, it belongs to that: to the lowest, for a picture stands on its line."""
    box = para.pictures[0][1].box
    for block in reversed(blocks):
        if isinstance(block, Para) and any(box.y0 <= line.middle <= box.y1 for line in block.lines):
            block.pictures.extend(para.pictures)
            return
    at = next((number for number, block in enumerate(blocks) if block.y0 > box.y0), len(blocks))
    blocks.insert(at, para)


class _Sorter:
    """Characters, rules and pictures of a page being put into the cells they stand in."""

    def __init__(self, ink: PageInk, grids: list[Lattice]) -> None:
        self.ink = ink
        self.grids = grids
        self.cells: dict[int, PdfCell] = {}
        self.glyphs: dict[int, list[Glyph]] = {}
        self.rules: dict[int, list[Rule]] = {}
        self.inner: dict[int, list[PdfTable]] = {}

    def area_at(self, x: float, y: float) -> Area | None:
        """The cell of the smallest table there."""
        for grid in self.grids:
            area = grid.area_at(x, y)
            if area is not None:
                return area
        return None

    def place_all(self, glyphs: Iterable[Glyph], rules: Iterable[Rule]) -> list[Glyph]:
        """Puts everything into its cell; the characters that stand in none are given back."""
        outside: list[Glyph] = []
        for glyph in glyphs:
            area = self.area_at((glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2)
            if area is None:
                outside.append(glyph)
            else:
                self.glyphs.setdefault(id(area), []).append(glyph)
        for rule in rules:
            area = self.area_at((rule.start + rule.end) / 2, rule.at)
            if area is not None:
                self.rules.setdefault(id(area), []).append(rule)
        return outside

    def place_picture(self, placed: Placed) -> bool:
        """Whether a picture stands in a cell; it is put there."""
        box = placed.box
        area = self.area_at((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2)
        if area is None or id(area) not in self.cells:
            return False
        _insert(self.cells[id(area)].blocks, Para(pictures=[(self.ink.number, placed)]))
        return True

    def tables(self) -> list[PdfTable]:
        """The page's own tables; those inside a cell of another are among that cell's blocks."""
        outer: list[PdfTable] = []
        # The smallest come first, so that a table is whole when it is put into another.
        for number, grid in enumerate(self.grids):
            table = self._table(grid)
            area = self._around(grid, self.grids[number + 1 :])
            if area is None:
                outer.append(table)
            else:
                self.inner.setdefault(id(area), []).append(table)
        return outer

    def _around(self, grid: Lattice, larger: list[Lattice]) -> Area | None:
        x, y = (grid.xs[0] + grid.xs[-1]) / 2, (grid.ys[0] + grid.ys[-1]) / 2
        for other in larger:
            area = other.area_at(x, y)
            if area and area.x0 <= grid.xs[0] and grid.xs[-1] <= area.x1 and area.y0 <= grid.ys[0] <= area.y1:
                return area
        return None

    def _table(self, grid: Lattice) -> PdfTable:
        number = self.ink.number
        box = (number, grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1])
        cells = [self._cell(area) for area in grid.areas]
        return PdfTable(list(grid.xs), len(grid.ys) - 1, cells, [box], grid.is_open_above, grid.is_open_below)

    def _cell(self, area: Area) -> PdfCell:
        box = (self.ink.number, area.x0, area.y0, area.x1, area.y1)
        cell = PdfCell(area.row, area.column, area.row_span, area.column_span, [box])
        lines = lines_of(self.glyphs.get(id(area), []), self.ink.number, self.rules.get(id(area), ()))
        cell.blocks.extend(paragraphs_of(lines, room_of(lines, area.x0, area.x1)))
        for table in self.inner.get(id(area), ()):
            at = next((n for n, block in enumerate(cell.blocks) if block.y0 > table.y0), len(cell.blocks))
            cell.blocks.insert(at, table)
        self.cells[id(area)] = cell
        return cell


def _is_page_border(grid: Lattice, ink: PageInk) -> bool:
    return len(grid.areas) == 1 and grid.size > _PAGE_BORDER * ink.width * ink.height
