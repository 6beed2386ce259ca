"""Drawing of plain official forms: cover lines, tables of labels and places, opinions. The wording is the caller's; the same bytes every time."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT as VALIGN
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import _Cell

from support.draw_application import HEAD_FONT, KAI_FONT, TITLE_FONT, format_answer, write_run
from support.packing import lean

SIGN_LINE = "负责人（签名）　　　　　　　　　　　年　　月　　日"


class FormDrawing:
    """One form. `grid` are the table's column widths in twentieths of a point."""

    def __init__(self, title: str, issuer: str, day: datetime, grid: tuple[int, ...]) -> None:
        self.document: Any = Document()
        self.grid = grid
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.top_margin, section.bottom_margin = Cm(3.0), Cm(2.6)
        section.left_margin = section.right_margin = Cm(2.6)
        core = self.document.core_properties
        core.title, core.author, core.comments, core.keywords = title, issuer, "", ""
        core.created = core.modified = day
        core.last_modified_by, core.revision, core.language = "", 1, "zh-CN"
        self.table: Any = None

    def line(
        self, text: str, font: str = KAI_FONT, size: float = 16, *, centred: bool = False, before: float = 0
    ) -> Any:
        """A paragraph."""
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(before)
        if centred:
            paragraph.alignment = ALIGN.CENTER
        if text:
            write_run(paragraph, text, font, size)
        return paragraph

    def title(self, text: str) -> None:
        self.line(text, TITLE_FONT, 26, centred=True, before=90)

    def cover(self, labels: tuple[str, ...], date_line: str) -> None:
        """Lines with a drawn blank, and the date."""
        for number, label in enumerate(labels):
            line = self.line("", before=120 if number == 0 else 6)
            line.paragraph_format.left_indent = Cm(2)
            write_run(line, f"{label}：", size=16)
            write_run(line, " " * 34, size=16, underline=True)
        self.line(date_line, centred=True, before=120)

    def instructions(self, texts: tuple[str, ...]) -> None:
        head = self.line("填写说明", HEAD_FONT, 18, centred=True)
        head.paragraph_format.page_break_before = True
        for number, text in enumerate(texts, 1):
            self.line(f"{number}.{text}", size=15)

    def begin_table(self) -> None:
        breaker = self.document.add_paragraph()
        breaker.paragraph_format.page_break_before = True
        self.table = self.document.add_table(rows=0, cols=len(self.grid), style="Table Grid")
        self.table.alignment, self.table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        for column, width in zip(self.table._tbl.tblGrid.gridCol_lst, self.grid, strict=True):
            column.set(qn("w:w"), str(width))

    def row(self, spans: tuple[int, ...], height_cm: float) -> list[_Cell]:
        """A row whose cells span so many columns each."""
        row = self.table.add_row()
        row.height, row.height_rule = Cm(height_cm), WD_ROW_HEIGHT_RULE.AT_LEAST
        cells, first = [], 0
        number = len(self.table.rows) - 1
        for span in spans:
            cell = self.table.cell(number, first)
            cell = cell.merge(self.table.cell(number, first + span - 1)) if span > 1 else cell
            cell.width = Pt(sum(self.grid[first : first + span]) / 20)
            cell.vertical_alignment = VALIGN.CENTER
            format_answer(cell.paragraphs[0])
            cells.append(cell)
            first += span
        return cells

    def head(self, text: str) -> None:
        (cell,) = self.row((len(self.grid),), 1.0)
        cell.paragraphs[0].paragraph_format.keep_with_next = True
        write_run(cell.paragraphs[0], text, HEAD_FONT)

    def pairs(self, spans: tuple[int, ...], *labels: str, height_cm: float = 1.1) -> None:
        """Labels with an empty place behind each."""
        cells = self.row(spans, height_cm)
        for label, cell in zip(labels, cells[::2], strict=True):
            cell.paragraphs[0].alignment = ALIGN.CENTER
            write_run(cell.paragraphs[0], label)

    def item(self, spans: tuple[int, int], label: str, hint: str, boxes: str) -> None:
        """An item with a hint under it and boxes to tick beside it."""
        left, right = self.row(spans, 1.2)
        write_run(left.paragraphs[0], label)
        below = left.add_paragraph()
        format_answer(below)
        write_run(below, f"（{hint}）", KAI_FONT, 11)
        right.paragraphs[0].alignment = ALIGN.CENTER
        write_run(right.paragraphs[0], boxes)

    def heads(self, spans: tuple[int, ...], labels: tuple[str, ...], empty_rows: int) -> None:
        """Heads over empty rows."""
        for label, cell in zip(labels, self.row(spans, 1.0), strict=True):
            cell.paragraphs[0].alignment = ALIGN.CENTER
            write_run(cell.paragraphs[0], label, HEAD_FONT)
        for _ in range(empty_rows):
            self.row(spans, 1.0)

    def opinion(self, unit: str) -> None:
        (cell,) = self.row((len(self.grid),), 4.5)
        cell.vertical_alignment = VALIGN.TOP
        write_run(cell.paragraphs[0], f"{unit}（盖章）：")
        for _ in range(3):
            format_answer(cell.add_paragraph())
        sign = cell.add_paragraph()
        format_answer(sign)
        sign.alignment = ALIGN.RIGHT
        write_run(sign, SIGN_LINE)

    def data(self) -> bytes:
        self.document.add_paragraph()
        buffer = io.BytesIO()
        self.document.save(buffer)
        return lean(buffer.getvalue())
