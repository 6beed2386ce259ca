"""A document of the model as a Word file, so that forms written as tables of texts can be dropped, read and drafted from."""

from __future__ import annotations

from formflow.model.document import Block, Cell, Document, Paragraph, Table
from support import wordml
from support.wordxml import para, run


def as_word(document: Document) -> bytes:
    """The file; every paragraph plain, every table with its merged cells."""
    return wordml.docx("".join(map(_block, document.blocks)) + para())


def _block(block: Block) -> str:
    if isinstance(block, Paragraph):
        return para(run(block.text))
    columns = '<w:gridCol w:w="1000"/>' * block.columns
    rows = "".join(f"<w:tr>{_row(block, row)}</w:tr>" for row in range(block.rows))
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>{para()}"


def _row(table: Table, row: int) -> str:
    reaching = [cell for cell in table.cells if cell.row <= row < cell.row + cell.row_span]
    return "".join(_cell(cell, row) for cell in sorted(reaching, key=lambda cell: cell.column))


def _cell(cell: Cell, row: int) -> str:
    merge = "" if cell.row_span == 1 else '<w:vMerge w:val="restart"/>' if cell.row == row else "<w:vMerge/>"
    inner = "".join(map(_block, cell.blocks)) if cell.row == row else para()
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{cell.column_span}"/>{merge}</w:tcPr>{inner}</w:tc>'
