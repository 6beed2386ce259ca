"""The sheet 分歧 of a 评分汇总: how far reviewers are apart on each criterion, whose points stand out, and a chart over all units.

In: a page, the lines of a round, and where 明细 has the points. What stands out is decided by `rules.spread`; this only shows it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Alignment

from formflow.model.rubric import Criterion, Rubric
from formflow.model.scoring import CentreResult, Spread, SummaryLine
from formflow.rules.spread import FEWEST
from formflow.service.sheets import formulas, score_detail, steady
from formflow.service.sheets.score_detail import Block, number

TITLE = "分歧"
_HEADINGS = ("单位", "序号", "评分内容", "分值", "最低", "最高", "标准差", "占分值", "明显偏离的评分")
_WIDTHS = (30, 8, 28, 8, 8, 8, 9, 9, 44)
_HEAD_ROW = 3
# The table the chart is drawn from stands to the right, a column apart.
_CHART_COLUMN = len(_HEADINGS) + 2
_CHART_HEADINGS = ("序号", "平均标准差占分值")
_TOGETHER = steady.Look(border=steady.FRAME, alignment=Alignment(wrap_text=True, vertical="top"))
_APART = replace(_TOGETHER, fill=steady.DOUBT)
_HELP = f"标准差按总体计算，含去掉的最高、最低一份；有 {FEWEST} 份以上时，与中位数相差超过 5.2 倍绝对中位差、并且超过分值四分之一的，列为明显偏离。"


def write_apart(page: Any, rubric: Rubric, lines: Sequence[SummaryLine], blocks: Mapping[str, Block]) -> None:
    """Writes the page."""
    page.title = TITLE
    steady.put(page.cell(1, 1), _HELP).font = steady.HELP
    steady.write_headings(page, _HEAD_ROW, _HEADINGS, _WIDTHS)
    page.freeze_panes = page.cell(_HEAD_ROW + 1, 1)
    if shares := _shares(rubric, lines):
        last = _HEAD_ROW + sum(count for _, count in shares.values())
        page.auto_filter.ref = f"A{_HEAD_ROW}:I{last}"
        # It stands beside the first rows, so it is there before they are finished.
        _write_chart(page, rubric, last, shares)
        # The table and the chart each on pages of their own, so that neither makes the other small.
        page.print_area = f"A1:I{last},K1:W{_HEAD_ROW + len(rubric.criteria) + 8}"
    row = _HEAD_ROW + 1
    for line in lines:
        for criterion, spread in zip(rubric.criteria, line.result.spread, strict=False):
            _write_line(page, row, line.result, criterion, spread, blocks[line.result.unit_key])
            page.finish(row)
            row += 1
    steady.protect(page)
    page.protection.autoFilter = False
    steady.set_print(page, _HEAD_ROW, is_landscape=False)


def _shares(rubric: Rubric, lines: Sequence[SummaryLine]) -> dict[str, tuple[Decimal, int]]:
    """By criterion, the deviations as shares of its maximum: their sum over the units, and how many there are."""
    shares: dict[str, tuple[Decimal, int]] = {}
    for line in lines:
        for criterion, spread in zip(rubric.criteria, line.result.spread, strict=False):
            total, count = shares.get(criterion.id, (Decimal(0), 0))
            shares[criterion.id] = total + spread.deviation / criterion.points, count + 1
    return shares


def _write_line(page: Any, row: int, result: CentreResult, criterion: Criterion, spread: Spread, block: Block) -> None:
    steady.put(page.cell(row, 1), result.centre_name)
    steady.put(page.cell(row, 2), criterion.id)
    steady.put(page.cell(row, 3), criterion.title)
    page.cell(row, 4, number(criterion.points))
    at = block.rows[criterion.id]
    cells = f"'{score_detail.TITLE}'!{block.reviewers[0]}{at}:{block.reviewers[-1]}{at}"
    formulas.put(page.cell(row, 5), f"MIN({cells})", spread.lowest)
    formulas.put(page.cell(row, 6), f"MAX({cells})", spread.highest)
    formulas.put(page.cell(row, 7), f"ROUND(STDEVP({cells}),4)", spread.deviation)
    formulas.put(page.cell(row, 8), f"G{row}/D{row}", spread.deviation / criterion.points).number_format = "0.0%"
    steady.put(page.cell(row, 9), _outliers(result, criterion, spread))
    for column in range(1, len(_HEADINGS) + 1):
        steady.dress(page.cell(row, column), _APART if spread.outliers else _TOGETHER)


def _outliers(result: CentreResult, criterion: Criterion, spread: Spread) -> str:
    """王博文 0.5 分；…"""
    sheets = (result.sheets[at].sheet for at in spread.outliers)
    return "；".join(f"{sheet.reviewer.value} {sheet.scores[criterion.id].value} 分" for sheet in sheets)


def _write_chart(page: Any, rubric: Rubric, last: int, shares: Mapping[str, tuple[Decimal, int]]) -> None:
    """A bar for each criterion: the mean over the units of the deviation as a share of the maximum."""
    for offset, heading in enumerate(_CHART_HEADINGS):
        cell = steady.put(page.cell(_HEAD_ROW, _CHART_COLUMN + offset), heading)
        cell.fill, cell.border = steady.GREY, steady.FRAME
    first = _HEAD_ROW + 1
    for at, criterion in enumerate(rubric.criteria):
        row = first + at
        steady.put(page.cell(row, _CHART_COLUMN), criterion.id)
        # Criteria stand in the same order under every unit: the place counts, for "1.1" and 1.10 are one to a spreadsheet.
        rule = f"(MOD(ROW(H${first}:H${last})-{first},{len(rubric.criteria)})={at})"
        total, count = shares[criterion.id]
        mean = (total / count).quantize(Decimal("0.000001"))
        formula = f"SUMPRODUCT({rule}*H${first}:H${last})/{count}"
        formulas.put(page.cell(row, _CHART_COLUMN + 1), formula, mean).number_format = "0.0%"
    chart = BarChart()
    chart.type, chart.style, chart.title = "bar", 10, "各项评分分歧（标准差占分值的平均）"
    chart.height, chart.width, chart.legend = 20, 16, None
    last_row = _HEAD_ROW + len(rubric.criteria)
    chart.add_data(Reference(page, min_col=_CHART_COLUMN + 1, min_row=first, max_row=last_row))
    chart.set_categories(Reference(page, min_col=_CHART_COLUMN, min_row=first, max_row=last_row))
    chart.y_axis.numFmt, chart.y_axis.delete, chart.x_axis.delete = "0%", False, False
    chart.x_axis.scaling.orientation = "maxMin"
    page.add_chart(chart, f"N{_HEAD_ROW}")
