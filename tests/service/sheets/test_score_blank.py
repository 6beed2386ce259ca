"""The blank that is handed out: the one in the pack, takes points within their maximum only, and is read when it comes back."""

from __future__ import annotations

import io
import random
from dataclasses import replace
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.cell import MergedCell

from formflow.forms.score_sheets import score_sheets
from formflow.reading import read_document
from formflow.rules.scoring import check_sheet
from formflow.service.sheets.score_blank import build_score_sheet
from support.office import NANTONG
from support.recalculated import has_calc, recalculated
from support.score_sheets import Marks, assert_read, invent, programme, rubric


def blank() -> bytes:
    return build_score_sheet(programme(), rubric())


def page_of(data: bytes, *, data_only: bool = False) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data), data_only=data_only).active


def filled(marks: Marks) -> bytes:
    """The blank as a reviewer fills it in: by the labels he sees."""
    book = openpyxl.load_workbook(io.BytesIO(blank()))
    page = book.active
    entries = {
        "单位名称": marks.centre,
        "评分人": marks.reviewer,
        "评分日期": marks.day,
        "满意率": float(marks.rate) / 100,
    }
    for row in page.iter_rows(max_row=5):
        for cell in row:
            if cell.value in entries:
                page.cell(cell.row, cell.column + 1).value = entries[cell.value]
    for row in page.iter_rows(min_row=7):
        if row[1].value in marks.scores:
            row[5].value = float(marks.scores[row[1].value])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_the_pack_hands_out_what_its_rubric_says() -> None:
    assert (NANTONG / "score-sheet.xlsx").read_bytes() == blank()


def test_filled_in_it_is_read_whole() -> None:
    for seed in range(5):
        marks = invent(random.Random(seed))
        (found,) = score_sheets(read_document(filled(marks)), (programme(),))
        assert_read([found.sheet], [marks])
        assert check_sheet(rubric(), found.sheet) == ()


@pytest.mark.skipif(not has_calc(), reason="LibreOffice with Calc is not installed")
def test_its_sums_are_live() -> None:
    marks = invent(random.Random(9))
    (found,) = score_sheets(read_document(recalculated(filled(marks))), (programme(),))
    assert found.sheet.total is not None
    assert found.sheet.total.value == marks.total
    assert {key: mark.value for key, mark in found.sheet.group_totals.items()} == {
        group.id: marks.group(group.id) for group in rubric().groups
    }
    assert check_sheet(rubric(), found.sheet) == ()


def test_nothing_but_the_inputs_can_be_written() -> None:
    page = page_of(blank())
    assert page.protection.sheet
    cells = [cell for row in page.iter_rows() for cell in row if not isinstance(cell, MergedCell)]
    unlocked = {(cell.row, cell.column) for cell in cells if cell.protection.locked is False}
    scores = {(row[5].row, 6) for row in page.iter_rows(min_row=7) if row[1].value}
    remarks = {(row, 7) for row, _ in scores}
    heads = {(3, 2), (3, 6), (4, 2), (4, 6)}
    assert len(scores) == 33
    assert unlocked == scores | remarks | heads


def test_each_score_is_bounded_by_its_maximum() -> None:
    page = page_of(blank())
    rules = {str(rule.sqref): rule for rule in page.data_validations.dataValidation}
    rows = [row for row in page.iter_rows(min_row=7) if row[1].value]
    for row in rows:
        rule, criterion = rules[f"F{row[0].row}"], rubric().criterion(row[1].value)
        assert rule.type == "custom"
        assert f"<={criterion.points}" in rule.formula1
        assert f"0 至 {criterion.points}" in rule.error
    free = page_of(build_score_sheet(programme(), replace(rubric(), step=None)))
    assert {rule.type for rule in free.data_validations.dataValidation} == {"decimal", "date"}


def test_steps_follow_the_pack() -> None:
    whole = build_score_sheet(programme(), replace(rubric(), step=Decimal(1)))
    assert "以 1 分为最小单位" in page_of(whole).data_validations.dataValidation[-1].error


def test_it_prints_on_the_width_of_a_sheet() -> None:
    page = page_of(blank())
    assert (int(page.page_setup.paperSize), page.page_setup.fitToWidth) == (9, 1)
    assert page.print_title_rows
