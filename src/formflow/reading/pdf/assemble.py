"""The run of blocks → the `Document` everyone speaks: parts numbered, places told, texts joined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from formflow.model.document import Block, Box, Cell, Locator, Paragraph, Picture, Table
from formflow.reading.limits import Limits
from formflow.reading.pdf.flow import PdfBlock, PdfCell, PdfTable
from formflow.reading.pdf.ink import PageInk
from formflow.reading.pdf.lines import Line
from formflow.reading.pdf.paragraphs import Para, text_of
from formflow.reading.refusals import refuse

# How sure it is that a text is whole that reaches to the edge of the cell that cuts it off, or counts though it is struck out.
_UNSURE = 0.5


class Assembler:
    """Makes the model's values; counts parts as it goes."""

    def __init__(self, pages: Mapping[int, PageInk], limits: Limits) -> None:
        self._pages = pages
        self._limits = limits
        self._blocks = 0

    def body(self, blocks: Iterable[PdfBlock]) -> tuple[Block, ...]:
        """The document's own blocks."""
        return self._numbered(blocks, "")

    def furniture(self, lines: Iterable[Line]) -> tuple[Paragraph, ...]:
        """Headers and footers, by page."""
        found = []
        for line in lines:
            word = "header" if line.middle < self._pages[line.page].height / 2 else "footer"
            found.append(Paragraph(line.text, self._place(f"{word}, page {line.page}", line.page, [line])))
        return tuple(found)

    def notes(self) -> tuple[Paragraph, ...]:
        """Comments, by page."""
        return tuple(
            Paragraph(note, Locator(f"comment, page {number}", number))
            for number, page in self._pages.items()
            for note in page.notes
        )

    def _numbered(self, blocks: Iterable[PdfBlock], prefix: str) -> tuple[Block, ...]:
        made: list[Block] = []
        tables = paragraphs = 0
        for block in blocks:
            self._count()
            if isinstance(block, PdfTable):
                tables += 1
                made.append(self._table(block, f"{prefix}table {tables}"))
            else:
                paragraphs += 1
                made.append(self._paragraph(block, f"{prefix}paragraph {paragraphs}"))
        return tuple(made)

    def _count(self) -> None:
        self._blocks += 1
        if self._blocks > self._limits.max_blocks:
            raise refuse("too_large", "段落和单元格过多")

    def _paragraph(self, para: Para, part: str) -> Paragraph:
        pictures = tuple(Picture(placed.name, placed.look) for _, placed in para.pictures)
        if not para.lines:
            number, placed = para.pictures[0]
            box = placed.box
            return Paragraph("", Locator(part, number, self._box(number, box.x0, box.y0, box.x1, box.y1)), (), pictures)
        text, underlined = text_of(para)
        confidence = _UNSURE if any(line.is_unsure for line in para.lines) else 1.0
        place = self._place(part, para.page, para.lines)
        return Paragraph(text, place, underlined, pictures, confidence=confidence)

    def _table(self, table: PdfTable, part: str) -> Table:
        number, *corners = table.boxes[0]
        cells = tuple(self._cell(cell, part) for cell in table.cells)
        return Table(table.rows, len(table.xs) - 1, cells, Locator(part, number, self._box(number, *corners)))

    def _cell(self, cell: PdfCell, table_part: str) -> Cell:
        self._count()
        part = f"{table_part}, row {cell.row + 1}, column {cell.column + 1}"
        # A cell over two pages stands where it says something first.
        first = next((line.page for line in cell.lines), cell.boxes[0][0])
        number, *corners = next(box for box in cell.boxes if box[0] == first)
        blocks = self._numbered(cell.blocks, f"{part}, ")
        place = Locator(part, number, self._box(number, *corners))
        return Cell(cell.row, cell.column, cell.row_span, cell.column_span, blocks, place)

    def _place(self, part: str, page: int, lines: list[Line]) -> Locator:
        own = [line for line in lines if line.page == page]
        box = self._box(
            page,
            min(line.x0 for line in own),
            min(line.y0 for line in own),
            max(line.x1 for line in own),
            max(line.y1 for line in own),
        )
        return Locator(part, page, box)

    def _box(self, page: int, x0: float, y0: float, x1: float, y1: float) -> Box:
        return self._pages[page].box(x0, y0, x1, y1)
