"""Fills a copy of the blank application.docx cell by cell, as somebody does in Word or WPS."""

from __future__ import annotations

import io
from copy import deepcopy
from functools import cache
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Cm
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from support.draw_application import INSTRUCTIONS, OPINION_UNITS, SCHEDULE_ROWS, draw, format_answer, write_run
from support.filling import OPINION_FIELDS, Filling, Opinion, YearMonth
from support.manner import Manner, han_year
from support.packing import repack
from support.pictures import ink_png, seal_png
from support.sentences import DEVELOPMENT_PLAN, IMPLEMENTATION_PLAN

# Rows of the blank's body table, as drawn.
APPLICANT, INDUSTRY, ELIGIBILITY, CURRENT_WORK, PLAN, FIRST_STEP = 1, 2, 3, 4, 6, 9
FUNDING_USE, FUNDING_SOURCE, FIRST_OPINION = FIRST_STEP + SCHEDULE_ROWS + 1, FIRST_STEP + SCHEDULE_ROWS + 2, 19
COVER_LINES = {"单位名称：": "centre_name", "承担单位：": "undertaking_union", "管理单位：": "managing_union"}
ENCLOSURES = {
    "development_plan": ("赋能创优发展规划", DEVELOPMENT_PLAN),
    "implementation_plan": ("赋能创优实施方案", IMPLEMENTATION_PLAN),
}


@cache
def _blank() -> bytes:
    return draw()


def fill(filling: Filling, manner: Manner) -> bytes:
    """The filled form as .docx bytes."""
    document = Document(io.BytesIO(_blank()))
    _fill_cover(document, filling, manner)
    table = document.tables[0]
    rows = [_unique(row) for row in table.rows]
    _fill_state(rows, filling, manner)
    write_answer(rows[PLAN][0], manner.answer(filling.work_plan))
    _fill_funds(rows, filling, manner)
    for number, name in enumerate(OPINION_FIELDS):
        _fill_opinion(rows[FIRST_OPINION + number][0], OPINION_UNITS[number], getattr(filling, name), manner)
    _fill_schedule(table, rows, filling, manner)
    _change_rows(table, rows, manner)
    for name in filling.enclosed:
        _enclose(document, name, filling)
    buffer = io.BytesIO()
    document.save(buffer)
    return repack(buffer.getvalue())


def _unique(row: Any) -> list[_Cell]:
    """The cells of a row, each once."""
    cells: list[_Cell] = []
    for cell in row.cells:
        if not cells or cell._tc is not cells[-1]._tc:
            cells.append(cell)
    return cells


def clear(paragraph: Paragraph) -> None:
    for run in list(paragraph.runs):
        run._element.getparent().remove(run._element)


def write_text(paragraph: Paragraph, text: str, size: float = 14, underline: bool = False) -> None:
    """A run; "\\n" becomes a soft break, "\\t" a tab."""
    write_run(paragraph, text, size=size, underline=underline)


def write_answer(cell: _Cell, text: str) -> None:
    """An answer into an empty cell, a paragraph a line."""
    for number, line in enumerate(text.split("\n") if text else []):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        format_answer(paragraph)
        if len(line) > 40:
            paragraph.paragraph_format.first_line_indent = Cm(1)
        write_text(paragraph, line)


def _relabel(paragraph: Paragraph, manner: Manner) -> None:
    """The printed label with someone's editing; left as drawn where nothing was done to it."""
    printed = "".join(paragraph.text.split("\n"))
    label = manner.label(printed)
    if label != printed:
        clear(paragraph)
        write_text(paragraph, label)


# Cover ---------------------------------------------------------------------------------------------------------------


def _fill_cover(document: Any, filling: Filling, manner: Manner) -> None:
    for paragraph in list(document.paragraphs):
        text = paragraph.text
        label = text.split("：")[0] + "："
        if label in COVER_LINES:
            _fill_cover_line(paragraph, manner.label(label), getattr(filling, COVER_LINES[label]), manner)
        elif label == "时间：":
            _fill_period(paragraph, filling, manner)
        elif text.startswith("二〇二"):
            _fill_form_date(paragraph, filling, manner)
        elif "instructions_deleted" in manner.edits and (text == "填写说明" or text in INSTRUCTIONS):
            paragraph._element.getparent().remove(paragraph._element)


def _fill_cover_line(paragraph: Paragraph, label: str, value: str, manner: Manner) -> None:
    clear(paragraph)
    write_text(paragraph, label, 16)
    if manner.cover == "underline":
        write_text(paragraph, f"  {value}  ".ljust(30), 16, underline=True)
    elif manner.cover == "underscores":
        write_text(paragraph, f"____{value}________", 16)
    elif manner.cover == "tab":
        write_text(paragraph, f"\t{value}\t", 16, underline=True)
    elif manner.cover == "next_line" and value:
        following = Paragraph(_copy_after(paragraph), paragraph._parent)
        clear(following)
        write_text(following, value, 16)
    else:
        write_text(paragraph, value, 16)


def _copy_after(paragraph: Paragraph) -> Any:
    element = deepcopy(paragraph._element)
    paragraph._element.addnext(element)
    return element


def _fill_period(paragraph: Paragraph, filling: Filling, manner: Manner) -> None:
    ends = (filling.period_start, filling.period_end)
    half = [name in filling.half_written for name in ("period_start", "period_end")]
    clear(paragraph)
    write_text(paragraph, manner.label("时间："), 16)
    if manner.cover in ("retyped", "tab", "next_line") and all(ends) and not any(half):
        texts = [manner.month_text(end) for end in ends if end]
        write_text(paragraph, manner.range_text(*texts), 16)
        return
    for end, is_half, units in zip(ends, half, (("年", "月至"), ("年", "月")), strict=True):
        _write_slots(paragraph, end, is_half, units, manner)


def _write_slots(
    paragraph: Paragraph, when: YearMonth | None, is_half: bool, units: tuple[str, str], manner: Manner
) -> None:
    """Year and month into the two printed blanks of one end of the period."""
    parts = ("", "") if when is None else (str(when[0]), "" if is_half else str(when[1]))
    for part, unit in zip(parts, units, strict=True):
        if manner.cover == "underscores":
            write_text(paragraph, f"_{part or '__'}_{unit}", 16)
        else:
            write_text(paragraph, f" {part or '   '} ", 16, underline=True)
            write_text(paragraph, unit, 16)


def _fill_form_date(paragraph: Paragraph, filling: Filling, manner: Manner) -> None:
    if filling.form_date is None:
        return
    clear(paragraph)
    if "form_date" in filling.half_written:
        write_text(paragraph, f"{han_year(filling.form_date[0])}年　　月", 16)
    else:
        write_text(paragraph, manner.form_date_text(filling.form_date), 16)


# Body ----------------------------------------------------------------------------------------------------------------


def _fill_state(rows: list[list[_Cell]], filling: Filling, manner: Manner) -> None:
    names = {APPLICANT: "applicant", INDUSTRY: "industry", ELIGIBILITY: "eligibility", CURRENT_WORK: "current_work"}
    for row, name in names.items():
        label, answer = rows[row]
        _relabel(label.paragraphs[0], manner)
        value = getattr(filling, name)
        if "answer_in_label" in manner.edits and name == "industry" and value:
            write_text(label.paragraphs[0], f"：{value}")
        else:
            write_answer(answer, manner.answer(value))


def _fill_funds(rows: list[list[_Cell]], filling: Filling, manner: Manner) -> None:
    for row, name in ((FUNDING_USE, "funding_use"), (FUNDING_SOURCE, "funding_source")):
        _relabel(rows[row][0].paragraphs[0], manner)
        write_answer(rows[row][1], manner.answer(getattr(filling, name)))


def _fill_schedule(table: Any, rows: list[list[_Cell]], filling: Filling, manner: Manner) -> None:
    """The steps into the empty rows: more rows are copied in, rows left over stay (or go, when trimmed)."""
    steps = list(filling.schedule)
    blank = [rows[FIRST_STEP + number] for number in range(SCHEDULE_ROWS)]
    trs = [cells[0]._tc.getparent() for cells in blank]
    while len(trs) < len(steps) + ("blank_row_inside" in manner.edits):
        copy = deepcopy(trs[-1])
        trs[-1].addnext(copy)
        trs.append(copy)
    if "head_repeated" in manner.edits and len(steps) > 2:
        trs[1].addnext(deepcopy(rows[FIRST_STEP - 1][0]._tc.getparent()))
    skipped = len(steps) // 2 if "blank_row_inside" in manner.edits else None
    for number, tr in enumerate(trs):
        if number == skipped:
            continue
        if steps:
            step = steps.pop(0)
            for tc, text in zip(tr.tc_lst, (step.time, step.content, step.responsible), strict=True):
                write_answer(_Cell(tc, table), text)
        elif "rows_trimmed" in manner.edits and number:
            tr.getparent().remove(tr)


def _fill_opinion(cell: _Cell, unit: str, opinion: Opinion, manner: Manner) -> None:
    head, *room, sign = cell.paragraphs
    label = manner.label(f"{unit}（盖章）：")
    clear(head)
    lines = opinion.text.split("\n") if opinion.text else []
    if manner.text_first and lines:
        # The seal's line goes below the text, where the seal is put.
        write_text(head, lines[0])
        for paragraph, line in zip(room, lines[1:], strict=False):
            write_text(paragraph, line)
        write_text(room[-1], label)
    else:
        write_text(head, label)
        for paragraph, line in zip(room, lines, strict=False):
            write_text(paragraph, line)
    if opinion.sealed:
        room[-1].add_run().add_picture(io.BytesIO(seal_png()), width=Cm(3.6))
    if opinion.day or opinion.signer or opinion.signed:
        _sign(sign, opinion, manner)


def _sign(paragraph: Paragraph, opinion: Opinion, manner: Manner) -> None:
    clear(paragraph)
    paragraph.alignment = ALIGN.RIGHT
    write_text(paragraph, f"{manner.sign_label('负责人（签名）')}{opinion.signer}")
    if opinion.signed:
        paragraph.add_run().add_picture(io.BytesIO(ink_png()), width=Cm(2.4))
    write_text(paragraph, "　　　　" + (manner.day_text(opinion.day) if opinion.day else "年　　月　　日"))


def _change_rows(table: Any, rows: list[list[_Cell]], manner: Manner) -> None:
    """Rows somebody added for his own use, and the section head somebody thought superfluous."""
    if "row_inserted" in manner.edits:
        template = rows[INDUSTRY][0]._tc.getparent()
        for label, value in (("联系电话", "0513-8600 1122"), ("联系人", "顾晓岚")):
            copy = deepcopy(template)
            template.addnext(copy)
            for tc, text in zip(copy.tc_lst, (label, value), strict=True):
                cell = _Cell(tc, table)
                clear(cell.paragraphs[0])
                write_text(cell.paragraphs[0], text)
    if "row_deleted" in manner.edits:
        head = rows[FUNDING_USE - 1][0]._tc.getparent()
        head.getparent().remove(head)


def _enclose(document: Any, name: str, filling: Filling) -> None:
    """A plan typed behind the form, on a page of its own, titled with the unit's name."""
    title, lines = ENCLOSURES[name]
    head = document.add_paragraph()
    head.alignment = ALIGN.CENTER
    head.paragraph_format.page_break_before = True
    write_run(head, f"{filling.centre_name}{title}", "方正小标宋简体", 20)
    for line in enclosure_lines(lines, filling):
        write_run(document.add_paragraph(), line, size=15)


def enclosure_lines(lines: tuple[str, ...], filling: Filling) -> list[str]:
    """A plan's paragraphs with the unit's names in them."""
    names = {"centre": filling.centre_name, "town": filling.undertaking_union.removesuffix("总工会"), "county": ""}
    return [line.format(**names) for line in lines]
