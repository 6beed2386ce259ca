"""The blank score sheet as bytes: drawn from the rubric, to be handed out. The same rubric is the same bytes.

In: a programme and its rubric. Out: a workbook that takes points within each maximum only and adds them up by itself; `forms.score_sheets`
reads it when it comes back.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.datavalidation import DataValidation

from formflow.model.programme import Programme
from formflow.model.rubric import Criterion, Rubric
from formflow.service.sheets import formulas, steady
from formflow.service.sheets.book import Book

TITLE = "评分表"
HEADINGS = ("组", "序号", "评分内容", "分值", "评分依据", "得分", "备注")
WIDTHS = (20, 7, 26, 7, 24, 9, 17)
# Points; a line of text is 15 high. A group of one criterion needs two lines for its title, as does a long list of evidence.
_LINE, _TWO_LINES, _LONG_EVIDENCE = 19, 32, 11
HEAD_ROW = 6
# Where the unit's name is filled in.
UNIT_CELL = "B3"
_GROUP, _NUMBER, _CONTENT, _POINTS, _EVIDENCE, _SCORE, _REMARK = range(1, len(HEADINGS) + 1)
_NARROW = (_GROUP, _NUMBER, _POINTS, _SCORE)
_CENTRED = steady.Look(border=steady.FRAME, alignment=Alignment(wrap_text=True, vertical="center", horizontal="center"))
_LEFT = steady.Look(border=steady.FRAME, alignment=Alignment(wrap_text=True, vertical="center"))
_SUM = steady.Look(font=Font(bold=True), fill=steady.GREY)
_HELP = "只填浅黄色的格子：单位名称、评分人、评分日期、满意率和每一项的得分；小计、合计自动计算。填好保存后交回即可。"


def build_score_sheet(programme: Programme, rubric: Rubric) -> bytes:
    """The workbook: one sheet, protected but for the inputs."""
    book = Book()
    draw_score_sheet(book.active, programme.name, rubric)
    return book.saved()


def draw_score_sheet(page: Any, programme_name: str, rubric: Rubric) -> dict[str, int]:
    """Draws the sheet on an empty page; the row of each criterion, by its id."""
    page.title = TITLE
    _write_head(page, programme_name, rubric)
    steady.write_headings(page, HEAD_ROW, HEADINGS, WIDTHS)
    row = HEAD_ROW + 1
    sums: list[int] = []
    rows: dict[str, int] = {}
    for group in rubric.groups:
        first = row
        for criterion in group.criteria:
            _write_criterion(page, row, criterion, rubric.step)
            rows[criterion.id] = row
            row += 1
        steady.put(page.cell(first, _GROUP), f"{group.id}.{group.title}（{group.points}分）")
        page.merge_cells(start_row=first, end_row=row - 1, start_column=_GROUP, end_column=_GROUP)
        if len(group.criteria) == 1:
            page.row_dimensions[first].height = _TWO_LINES
        _write_sum(page, row, "小计", group.points, f"F{first}:F{row - 1}")
        sums.append(row)
        row += 1
    _write_sum(page, row, "合计", rubric.points, ",".join(f"F{at}" for at in sums))
    _finish(page, row)
    return rows


def _write_head(page: Any, programme_name: str, rubric: Rubric) -> None:
    steady.put(page.cell(1, 1), f"{programme_name}{TITLE}").font = Font(bold=True, size=16)
    page.cell(1, 1).alignment = Alignment(horizontal="center", vertical="center")
    page.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(HEADINGS))
    steady.put(page.cell(2, 1), f"依据：{rubric.citation.clause}《{rubric.title}》（满分 {rubric.points} 分）")
    page.merge_cells(start_row=2, end_row=2, start_column=1, end_column=len(HEADINGS))
    for row, (left, right) in zip((3, 4), (("单位名称", "评分人"), ("评分日期", "满意率")), strict=True):
        for column, label, last in ((1, left, 4), (5, right, 7)):
            cell = steady.put(page.cell(row, column), label)
            cell.font, cell.alignment = Font(bold=True), Alignment(horizontal="center", vertical="center")
            for at in range(column, last + 1):
                page.cell(row, at).border = steady.FRAME
            steady.unlock(page.cell(row, column + 1))
            page.merge_cells(start_row=row, end_row=row, start_column=column + 1, end_column=last)
    _write_inputs(page)
    steady.put(page.cell(5, 1), _HELP).font = steady.HELP
    page.cell(5, 1).alignment = Alignment(wrap_text=True, vertical="center")
    page.merge_cells(start_row=5, end_row=5, start_column=1, end_column=len(HEADINGS))
    page.row_dimensions[1].height, page.row_dimensions[5].height = 30, 32


def _write_inputs(page: Any) -> None:
    """The day is a day, the rate a percentage."""
    day, rate = page.cell(4, 2), page.cell(4, 6)
    day.number_format, rate.number_format = "yyyy-mm-dd", "0.00%"
    day.alignment = rate.alignment = Alignment(horizontal="left")
    _allow(
        page,
        day,
        DataValidation(type="date", operator="greaterThan", formula1="36526"),
        "请写评分的日期，如 2022-11-03。",
    )
    within = DataValidation(type="decimal", operator="between", formula1="0", formula2="1")
    _allow(page, rate, within, "请写百分数，如 92.5%。")


def _write_criterion(page: Any, row: int, criterion: Criterion, step: Decimal | None) -> None:
    steady.put(page.cell(row, _NUMBER), criterion.id)
    steady.put(page.cell(row, _CONTENT), criterion.title)
    page.cell(row, _POINTS, _number(criterion.points))
    evidence = "、".join(criterion.evidence)
    steady.put(page.cell(row, _EVIDENCE), evidence)
    page.row_dimensions[row].height = _TWO_LINES if len(evidence) > _LONG_EVIDENCE else _LINE
    _frame(page, row)
    steady.unlock(page.cell(row, _REMARK))
    score = steady.unlock(page.cell(row, _SCORE), "General")
    unit = f"，以 {step} 分为最小单位" if step else ""
    _allow(page, score, _within(row, criterion, step), f"请写 0 至 {criterion.points} 之间的数{unit}。")


def _within(row: int, criterion: Criterion, step: Decimal | None) -> DataValidation:
    """From 0 to the maximum, in whole steps."""
    if step is None:
        return DataValidation(type="decimal", operator="between", formula1="0", formula2=str(criterion.points))
    # Multiplied before it is compared: 0.1 is not a whole number of anything in a spreadsheet.
    cell, parts = f"F{row}", 1 / step
    is_whole = f"ROUND({cell}*{parts:f},6)=ROUND({cell}*{parts:f},0)"
    return DataValidation(
        type="custom", formula1=f"AND(ISNUMBER({cell}),{cell}>=0,{cell}<={criterion.points},{is_whole})"
    )


def _allow(page: Any, cell: Any, rule: DataValidation, message: str) -> None:
    rule.allow_blank, rule.showErrorMessage, rule.errorTitle, rule.error = True, True, "请核对", message
    page.add_data_validation(rule)
    rule.add(cell)


def _write_sum(page: Any, row: int, label: str, points: Decimal, cells: str) -> None:
    """A sum that stays empty until something was filled in."""
    steady.put(page.cell(row, _GROUP), label)
    page.cell(row, _POINTS, _number(points))
    formulas.put(page.cell(row, _SCORE), f'IF(COUNT({cells})=0,"",SUM({cells}))', "")
    _frame(page, row)
    for column in range(1, len(HEADINGS) + 1):
        steady.dress(page.cell(row, column), _SUM)


def _frame(page: Any, row: int) -> None:
    for column in range(1, len(HEADINGS) + 1):
        steady.dress(page.cell(row, column), _CENTRED if column in _NARROW else _LEFT)


def _number(points: Decimal) -> int | float:
    return int(points) if points == points.to_integral_value() else float(points)


def _finish(page: Any, last_row: int) -> None:
    page.freeze_panes = page.cell(HEAD_ROW + 1, 1)
    page.print_area = f"A1:G{last_row}"
    steady.protect(page)
    steady.set_print(page, HEAD_ROW, is_landscape=False)
