"""Draws the blank 附件2 职工服务中心赋能创优申请表 as a Word file that a federation can hand out.

Nothing comes in but the wording below (from the notice of 2022-03-07); bytes of a .docx go out, the same every time.
Run as `python -m support.draw_application` with tests/ on the path it writes
`templates/nantong-service-centre/application.docx`.
"""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT as VALIGN
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from support.packing import lean

ROOT = Path(__file__).resolve().parents[2]
PACK = ROOT / "templates" / "nantong-service-centre"
BLANK = PACK / "application.docx"

TITLE_FONT, BODY_FONT, HEAD_FONT, KAI_FONT = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
LATIN_FONT = "Times New Roman"
TITLE = "职工服务中心赋能创优申请表"
INSTRUCTIONS = (
    "1.单位名称要详细填写***职工服务中心（站）。",
    "2.建设时间可根据各申请单位的实际情况，设定为1年或2年。",
    "3.承担单位是申请单位所在的镇（街道、开发区）工会，管理单位是所在县（市）区工会，参与单位是参与开展工作的有关单位。",
    "4.本申请表一式两份，字迹要工整清晰，可以打印并同时报电子版。",
)
SECTION_STATE = "一、申请单位现状"
SECTION_PLAN = (
    "二、工作方案",
    "（参考任务内容及评价指标，因地制宜制定工作方案，包括预期实现工作目标、标准体系建立、主要措施及实施效果等，详写）",
)
SECTION_STEPS = (
    "三、计划工作步骤、时间进度、阶段工作内容",
    "（1-2年规划及年度实施方案，建设思路、重点任务、工作举措、规划设计、标准体系建立、组织实施标准、自查、申请验收等）",
)
SECTION_FUNDS = "四、经费保障情况"
SECTION_OPINIONS = "五、承担单位、参与单位及管理单位意见"
SCHEDULE_HEAD = ("时间", "阶段工作内容", "负责单位及参与单位")
SCHEDULE_ROWS = 6
OPINION_UNITS = ("承担单位", "参与单位", "管理单位")
SIGN_LINE = "负责人（签名）　　　　　　　　　　　年　　月　　日"

# Grid of the body table, 15.8 cm in twentieths of a point: label | rest of the time column | content | responsible.
GRID = (1560, 780, 3717, 2900)
FULL = (0, 3)


def draw() -> bytes:
    """The blank form."""
    document = Document()
    _set_page(document)
    _draw_cover(document)
    _draw_instructions(document)
    _draw_table(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return lean(buffer.getvalue())


def write_run(paragraph: Paragraph, text: str, font: str = BODY_FONT, size: float = 14, underline: bool = False) -> Run:
    """A run in a Chinese font, Latin letters and figures in Times New Roman."""
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.font.name = LATIN_FONT
    run.font.underline = underline or None
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), font)
    fonts.set(qn("w:hint"), "eastAsia")
    return run


def _set_page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.0), Cm(2.6)
    section.left_margin = section.right_margin = Cm(2.6)
    section.different_first_page_header_footer = True
    _draw_page_number(section.footer.paragraphs[0])
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = LATIN_FONT, Pt(14)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), BODY_FONT)
    normal.paragraph_format.space_after = Pt(0)
    # Word leaves underlined blanks at the end of a line undrawn unless told otherwise.
    compat = _child(document.settings.element, "w:compat")
    compat.insert(0, OxmlElement("w:ulTrailSpace"))
    core = document.core_properties
    core.title, core.author, core.comments, core.keywords = TITLE, "南通市总工会", "", ""
    core.created = core.modified = datetime(2022, 3, 7)
    core.last_modified_by, core.revision, core.language = "", 1, "zh-CN"


def _child(parent: Any, tag: str) -> Any:
    found = parent.find(qn(tag))
    if found is None:
        found = OxmlElement(tag)
        parent.append(found)
    return found


def _draw_page_number(paragraph: Paragraph) -> None:
    paragraph.alignment = ALIGN.CENTER
    run = write_run(paragraph, "", size=12)
    for kind, text in (("begin", ""), ("", " PAGE "), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
            element.set(qn("xml:space"), "preserve")
        run._element.append(element)


def _line(document: Any, align: Any = None, before: float = 0, line: float = 30, indent_cm: float = 0) -> Paragraph:
    paragraph = document.add_paragraph()
    if align is not None:
        paragraph.alignment = align
    form = paragraph.paragraph_format
    form.space_before, form.line_spacing = Pt(before), Pt(line)
    if indent_cm:
        form.left_indent = Cm(indent_cm)
    return paragraph


def _draw_cover(document: Any) -> None:
    write_run(_line(document), "附件2", HEAD_FONT, 16)
    write_run(_line(document, ALIGN.CENTER, before=110, line=40), TITLE, TITLE_FONT, 26)
    first = 170.0
    for label, blank in (("单位名称：", 34), ("时间：", 0), ("承担单位：", 34), ("管理单位：", 34)):
        line = _line(document, before=first, line=36, indent_cm=2.2)
        first = 0
        write_run(line, label, size=16)
        if blank:
            write_run(line, " " * blank, size=16, underline=True)
        else:
            for width, unit in ((6, "年"), (4, "月至"), (6, "年"), (4, "月")):
                write_run(line, " " * width, size=16, underline=True)
                write_run(line, unit, size=16)
    write_run(_line(document, ALIGN.CENTER, before=150), "二〇二　　年　　月", KAI_FONT, 16)


def _draw_instructions(document: Any) -> None:
    head = _line(document, ALIGN.CENTER, before=20, line=40)
    head.paragraph_format.page_break_before = True
    write_run(head, "填写说明", HEAD_FONT, 18)
    for text in INSTRUCTIONS:
        line = _line(document, line=32)
        line.paragraph_format.first_line_indent = Pt(32)
        write_run(line, text, size=16)


def _draw_table(document: Any) -> None:
    breaker = _line(document, line=1)
    breaker.paragraph_format.page_break_before = True
    table = document.add_table(rows=0, cols=len(GRID), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, GRID, strict=True):
        column.set(qn("w:w"), str(width))
    _head(table, SECTION_STATE)
    _pair(table, ("申请单位",), 1, 1.1)
    _pair(table, ("所属行业",), 1, 1.1)
    _pair(table, ("现状及", "应具备", "条件符", "合性"), 1, 6.5)
    _pair(table, ("目前工", "作情况"), 1, 9.0)
    _head(table, *SECTION_PLAN)
    _row(table, (FULL,), 14.0)
    _head(table, *SECTION_STEPS)
    _draw_schedule(table)
    _head(table, SECTION_FUNDS)
    _pair(table, ("1.经费主要投入方向",), 2, 2.6)
    _pair(table, ("2.经费来源",), 2, 2.6)
    _head(table, SECTION_OPINIONS)
    for unit in OPINION_UNITS:
        _draw_opinion(table, unit)
    _line(document, line=1)


def _row(table: Any, spans: tuple[tuple[int, int], ...], height_cm: float, splits: bool = False) -> list[_Cell]:
    """A row whose cells cover the given first and last grid columns; it grows with what is written into it."""
    row = table.add_row()
    row.height, row.height_rule = Cm(height_cm), WD_ROW_HEIGHT_RULE.AT_LEAST
    if not splits and height_cm < 4:
        _child(row._tr.get_or_add_trPr(), "w:cantSplit")
    cells = [table.cell(len(table.rows) - 1, a).merge(table.cell(len(table.rows) - 1, b)) for a, b in spans]
    for cell, (a, b) in zip(cells, spans, strict=True):
        cell.width = Pt(sum(GRID[a : b + 1]) / 20)
        format_answer(cell.paragraphs[0])
    return cells


def format_answer(paragraph: Paragraph) -> None:
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.AT_LEAST
    paragraph.paragraph_format.line_spacing = Pt(24)


def _head(table: Any, text: str, hint: str = "") -> None:
    (cell,) = _row(table, (FULL,), 1.0)
    cell.vertical_alignment = VALIGN.CENTER
    cell.paragraphs[0].paragraph_format.keep_with_next = True
    write_run(cell.paragraphs[0], text, HEAD_FONT)
    if hint:
        write_run(cell.paragraphs[0], hint, KAI_FONT, 12)


def _pair(table: Any, label_lines: tuple[str, ...], label_columns: int, height_cm: float) -> None:
    """A label and its blank; a narrow label is broken by hand, as the printed form has it."""
    label, answer = _row(table, ((0, label_columns - 1), (label_columns, 3)), height_cm)
    label.vertical_alignment = VALIGN.CENTER
    if height_cm < 4:
        answer.vertical_alignment = VALIGN.CENTER
    paragraph = label.paragraphs[0]
    paragraph.alignment = ALIGN.CENTER
    for number, line in enumerate(label_lines):
        run = write_run(paragraph, line)
        if number < len(label_lines) - 1:
            run.add_break()


def _draw_schedule(table: Any) -> None:
    spans = ((0, 1), (2, 2), (3, 3))
    heads = _row(table, spans, 1.0)
    _child(table.rows[-1]._tr.get_or_add_trPr(), "w:tblHeader")
    for cell, text in zip(heads, SCHEDULE_HEAD, strict=True):
        cell.vertical_alignment = VALIGN.CENTER
        cell.paragraphs[0].alignment = ALIGN.CENTER
        cell.paragraphs[0].paragraph_format.keep_with_next = True
        write_run(cell.paragraphs[0], text, HEAD_FONT)
    for _ in range(SCHEDULE_ROWS):
        for cell in _row(table, spans, 1.6):
            cell.vertical_alignment = VALIGN.CENTER


def _draw_opinion(table: Any, unit: str) -> None:
    """The opinion's cell: who seals, room for the text, who signs and when."""
    (cell,) = _row(table, (FULL,), 6.0)
    _child(table.rows[-1]._tr.get_or_add_trPr(), "w:cantSplit")
    write_run(cell.paragraphs[0], f"{unit}（盖章）：")
    for _ in range(4):
        format_answer(cell.add_paragraph())
    sign = cell.add_paragraph()
    format_answer(sign)
    sign.alignment = ALIGN.RIGHT
    write_run(sign, SIGN_LINE)


if __name__ == "__main__":
    BLANK.parent.mkdir(parents=True, exist_ok=True)
    BLANK.write_bytes(draw())
