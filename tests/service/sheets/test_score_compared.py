"""The page 测算对照: what was counted beside the reviewers' means, marked where they differ, with live formulas; it changes nothing else."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from formflow.forms.decisions import returned_summary
from formflow.forms.score_sheets import score_sheets
from formflow.model.measures import Proposal
from formflow.model.proposals import ComparedSummary
from formflow.model.record import Answer, Record
from formflow.model.scoring import CheckedSheet, ScoreSummary, SummaryLine
from formflow.model.scoring import Proposal as Naming
from formflow.reading import read_document
from formflow.rules.aggregate import aggregate
from formflow.rules.proposals import case_proposals
from formflow.service.sheets.score_blank import build_score_sheet
from formflow.service.sheets.score_summary import build_summary
from support.judges import MOST, judged
from support.money import qingdao
from support.recalculated import has_calc, recalculated

QINGDAO = qingdao()
RUBRIC = QINGDAO.rubrics[0]
UNITS = ("新驿站", "童心托管班", "法律援助直通车")
# By unit: what each reviewer takes off the maximum of 1.1; nobody has scored the last one.
TAKEN = {"新驿站": (0, 0), "童心托管班": (1, 2, 2), "法律援助直通车": ()}


def sheets() -> list[CheckedSheet]:
    blank = build_score_sheet(QINGDAO, RUBRIC)
    found = []
    for unit, taken in TAKEN.items():
        for number, off in enumerate(taken):
            data = judged(blank, f"专家{number}", MOST | {"1.1": 10 - off}, unit=unit)
            (read,) = score_sheets(read_document(data), (QINGDAO,))
            found.append(CheckedSheet(read.sheet))
    return found


def proposed(**values: Any) -> tuple[Proposal, ...]:
    record = Record(
        QINGDAO.id, "application", {key: Answer(key, value, "", None, 1.0) for key, value in values.items()}
    )
    return case_proposals(QINGDAO, record).proposals


def summary() -> ScoreSummary:
    results = {result.centre_name: result for result in aggregate(RUBRIC, sheets())}
    empty = aggregate(RUBRIC, [])
    assert not empty
    lines = [
        SummaryLine(results[unit], Naming(None, ""), 202200001 + at) for at, unit in enumerate(UNITS) if unit in results
    ]
    return ScoreSummary(QINGDAO.id, QINGDAO.name, 2022, 1, RUBRIC, tuple(lines))


def compared() -> ComparedSummary:
    full = {"attachments": list(QINGDAO.forms[0].field("attachments").options), "satisfaction": 0.95}
    less = {"attachments": ["登记证书"], "satisfaction": 0.795}
    return ComparedSummary(summary(), {202200001: proposed(**full), 202200002: proposed(**less)})


def lines_of(data: bytes) -> list[dict[str, Any]]:
    page = openpyxl.load_workbook(io.BytesIO(data), data_only=True)["测算对照"]
    heads = [cell.value for cell in page[3]]
    return [dict(zip(heads, row, strict=True)) for row in page.iter_rows(min_row=4, values_only=True)]


def assert_compared(lines: list[dict[str, Any]]) -> None:
    assert [line["单位"] for line in lines] == ["新驿站"] * 11 + ["童心托管班"] * 11
    told = {(line["单位"], line["序号"]): line for line in lines}
    alike = told["新驿站", "1.1"]
    assert (alike["测算建议分"], alike["评分人平均"], alike["平均减建议"]) == (10, 10, 0)
    other = told["童心托管班", "1.1"]
    assert (other["测算建议分"], other["评分人平均"]) == (0, pytest.approx(8.33))
    assert other["平均减建议"] == pytest.approx(8.33)
    assert told["童心托管班", "2.1"]["平均减建议"] == 0
    open_item = told["新驿站", "1.2"]
    assert (open_item["测算建议分"], open_item["评分人平均"], open_item["平均减建议"]) == (None, 10, None)
    assert open_item["计算过程"] == "由评分人判断"
    rate = told["童心托管班", "5.1"]
    assert (rate["测算建议分"], rate["平均减建议"], rate["需核对"]) == (6, 4, "79.5%介于两档之间，按低的一档")
    assert rate["出处"] == "附件2 五"


def test_means_and_proposals_side_by_side() -> None:
    assert_compared(lines_of(build_summary(compared())))


@pytest.mark.skipif(not has_calc(), reason="LibreOffice with Calc is not installed")
def test_its_formulas_are_live() -> None:
    assert_compared(lines_of(recalculated(build_summary(compared()))))


def test_rows_that_differ_are_marked() -> None:
    page = openpyxl.load_workbook(io.BytesIO(build_summary(compared())))["测算对照"]
    marked = {
        (row[0].value, row[1].value) for row in page.iter_rows(min_row=4) if row[0].fill.fgColor.rgb.endswith("FCE4D6")
    }
    nothing_ticked = {"1.1", "3.1", "3.2", "3.3", "4.1", "5.1", "6.1", "7.1"}
    assert marked == {("童心托管班", key) for key in nothing_ticked} | {("新驿站", "6.1"), ("新驿站", "7.1")}


def test_nothing_else_in_the_book_changes() -> None:
    def rest(data: bytes) -> dict[str, list[tuple[Any, ...]]]:
        book = openpyxl.load_workbook(io.BytesIO(data))
        return {page.title: list(page.iter_rows(values_only=True)) for page in book if page.title != "测算对照"}

    with_page, without = build_summary(compared()), build_summary(summary())
    assert rest(with_page) == rest(without)
    assert "测算对照" not in openpyxl.load_workbook(io.BytesIO(without)).sheetnames
    assert returned_summary(read_document(with_page)) == returned_summary(read_document(without))


def test_a_unit_nobody_has_scored_shows_what_is_proposed() -> None:
    shown = summary()
    nobody = type(shown.lines[0].result)("法律援助直通车", "法律援助直通车", (), (), (), {}, None, None, None)
    lines = (*shown.lines, SummaryLine(nobody, Naming(None, "没有收到评分表"), 202200003))
    whole = ScoreSummary(QINGDAO.id, QINGDAO.name, 2022, 1, RUBRIC, lines)
    told = lines_of(build_summary(ComparedSummary(whole, {202200003: proposed(satisfaction=0.9)})))
    assert [(line["测算建议分"], line["评分人平均"]) for line in told if line["序号"] == "5.1"] == [(10, None)]


def test_no_text_becomes_a_formula() -> None:
    evil = "=cmd|' /C calc'!A0"
    record = Record(
        QINGDAO.id,
        "application",
        {"media": Answer("media", [{"medium": evil, "title": evil, "level": evil}], "", None, 1)},
    )
    proposals = case_proposals(QINGDAO, record).proposals
    page = openpyxl.load_workbook(io.BytesIO(build_summary(ComparedSummary(summary(), {202200001: proposals}))))[
        "测算对照"
    ]
    formulas = [cell.value for row in page.iter_rows() for cell in row if cell.data_type == "f"]
    assert formulas
    assert all(text.startswith(("='明细'!", "=ROUND(F")) for text in formulas)
    assert Decimal(page["E4"].value or 0) == 0
