"""Score sheets of the programme that counts for its judges, filled in by them; and what the standard gives, counted apart from the rules."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook

# Criterion → most points, as the standard prints them (附件2).
MOST = {
    "1.1": 10, "1.2": 10, "2.1": 10, "2.2": 10, "3.1": 10, "3.2": 5, "3.3": 5, "4.1": 10, "5.1": 10, "6.1": 10, "7.1": 10,
}  # fmt: skip
JUDGED = ("1.2", "2.2")
_BOXES = {
    "1.1": ("学习制度和学习记录",), "2.1": ("登记证书",), "3.1": ("建立工会批复文件",), "3.2": ("工会工作材料",), "3.3": ("工会活动材料",),
}  # fmt: skip
_A_PIECE = {"设区市级": 1, "省部级": 2, "省级": 2, "国家级": 3}


def expected(
    ticked: tuple[str, ...], percent: Decimal | None, media: list[str], exchanges: list[str]
) -> dict[str, int]:
    """The points the standard gives, by criterion; those it leaves to the judge, or that cannot be told, are left out. `media` and
    `exchanges` are the levels of the pieces."""
    points = {key: MOST[key] if boxes[0] in ticked else 0 for key, boxes in _BOXES.items()}
    documents = 2 * ("合同和实施方案" in ticked) + ("评估总结材料" in ticked)
    points["4.1"] = min(10, 5 * documents)
    if percent is not None:
        points["5.1"] = 10 if percent >= 90 else 8 if percent >= 80 else 6 if percent >= 70 else 0
    points["6.1"] = min(10, sum(_A_PIECE[level] for level in media))
    points["7.1"] = min(10, sum(_A_PIECE[level] for level in exchanges))
    return points


def judged(
    data: bytes, reviewer: str, scores: Mapping[str, Any], *, rate: float | None = 0.93, unit: str = ""
) -> bytes:
    """A sheet as a judge fills it in: by the labels he sees. `unit` only where the sheet does not name it."""
    book = load_workbook(io.BytesIO(data))
    page = book.worksheets[0]
    entries: dict[str, Any] = {"评分人": reviewer, "评分日期": date(2022, 11, 10), "满意率": rate}
    for row in page.iter_rows(max_row=5):
        for cell in row:
            if cell.value in entries:
                page.cell(cell.row, cell.column + 1).value = entries[cell.value]
            elif cell.value == "单位名称" and unit:
                page.cell(cell.row, cell.column + 1).value = unit
    heads = next(row for row in page.iter_rows() if any(cell.value == "得分" for cell in row))
    columns = {cell.value: cell.column for cell in heads}
    for row in page.iter_rows(min_row=heads[0].row + 1):
        key = row[columns["序号"] - 1].value
        if key in scores:
            page.cell(row[0].row, columns["得分"]).value = scores[key]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
