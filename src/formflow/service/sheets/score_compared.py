"""The sheet 测算对照 of a 评分汇总: what was counted for each criterion beside the mean of the reviewers, with the working and its basis.

In: a page, the lines of a round, what was proposed, and where 明细 has the means. It shows and marks; no score, rank or proposal of a naming
follows from it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from openpyxl.styles import Alignment

from formflow.model.measures import Proposal
from formflow.model.scoring import CentreResult, SummaryLine
from formflow.rules.aggregate import half_up
from formflow.service.sheets import formulas, score_detail, steady
from formflow.service.sheets.score_detail import Block, number

TITLE = "测算对照"
_HEADINGS = (
    "单位",
    "序号",
    "评分内容",
    "分值",
    "测算建议分",
    "评分人平均",
    "平均减建议",
    "计算过程",
    "需核对",
    "出处",
)
_WIDTHS = (34, 7, 22, 7, 9, 9, 9, 40, 44, 20)
_HEAD_ROW = 3
_HELP = "测算建议分由系统按申请表和收到的材料计算，底色为浅红的与评分人的平均分不同，供核对；不改变得分、名次和拟命名。"
_ALIKE = steady.Look(border=steady.FRAME, alignment=Alignment(wrap_text=True, vertical="top"))
_DIFFERENT = replace(_ALIKE, fill=steady.DOUBT)


def write_compared(
    page: Any,
    lines: Sequence[SummaryLine],
    proposals: Mapping[int, tuple[Proposal, ...]],
    blocks: Mapping[str, Block],
) -> None:
    """Writes the page; units of which nothing was counted are left out."""
    page.title = TITLE
    steady.put(page.cell(1, 1), _HELP).font = steady.HELP
    steady.write_headings(page, _HEAD_ROW, _HEADINGS, _WIDTHS)
    page.freeze_panes = page.cell(_HEAD_ROW + 1, 1)
    row = _HEAD_ROW + 1
    for line in lines:
        for proposal in proposals.get(line.case_number or 0, ()):
            _write_line(page, row, line.result, proposal, blocks[line.result.unit_key])
            steady.fit_rows(page, row, row, columns=(1, 3, 8, 9, 10))
            page.finish(row)
            row += 1
    if row > _HEAD_ROW + 1:
        page.auto_filter.ref = f"A{_HEAD_ROW}:J{row - 1}"
    steady.protect(page)
    page.protection.autoFilter = False
    steady.set_print(page, _HEAD_ROW)


def _write_line(page: Any, row: int, result: CentreResult, proposal: Proposal, block: Block) -> None:
    citation = proposal.citation
    texts = {1: result.centre_name, 2: proposal.criterion, 3: proposal.title, 8: proposal.working}
    texts |= {9: "；".join(proposal.questions), 10: citation.clause}
    for column, text in texts.items():
        steady.put(page.cell(row, column), text)
    page.cell(row, 4, number(proposal.most))
    mean = half_up(result.means[proposal.criterion]) if proposal.criterion in result.means else None
    if proposal.points is not None:
        page.cell(row, 5, number(proposal.points))
    if mean is not None:
        cell = f"'{score_detail.TITLE}'!{block.mean_of(proposal.criterion)}"
        formulas.put(page.cell(row, 6), cell, mean).number_format = "0.00"
    is_different = False
    if mean is not None and proposal.points is not None:
        difference = mean - proposal.points
        is_different = difference != Decimal(0)
        formulas.put(page.cell(row, 7), f"ROUND(F{row}-E{row},2)", difference).number_format = "0.00"
    for column in range(1, len(_HEADINGS) + 1):
        steady.dress(page.cell(row, column), _DIFFERENT if is_different else _ALIKE)
