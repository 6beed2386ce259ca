"""评分汇总.xlsx: its live formulas give our exact numbers, it comes back with decisions, and nothing from outside is a formula."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from formflow.forms.decisions import returned_summary
from formflow.forms.score_sheets import score_sheets
from formflow.model.scoring import CentreResult, CheckedSheet, Proposal, ScoreSummary, SummaryLine
from formflow.reading import read_document
from formflow.rules.aggregate import aggregate, group_means, half_up
from formflow.rules.naming import propose
from formflow.rules.scoring import check_sheet
from formflow.service.assess import assess
from formflow.service.sheets.score_summary import build_summary
from support.recalculated import has_calc, recalculated
from support.score_sheets import Marks, invent, programme, rubric, sheet_of


def summary(sheets: list[Marks], **settings: Any) -> ScoreSummary:
    checked = []
    for marks in sheets:
        sheet = sheet_of(marks)
        checked.append(CheckedSheet(sheet, check_sheet(rubric(), sheet), f"{marks.reviewer}.xlsx"))
    results = aggregate(rubric(), checked)
    proposals = propose(rubric(), results)
    lines = tuple(SummaryLine(r, proposals[r.unit_key], 202200000 + at) for at, r in enumerate(results, 1))
    return ScoreSummary(programme().id, programme().name, 2022, 3, rubric(), settings.get("lines", lines))


def round_of(seed: int, units: int = 3, reviewers: int = 6) -> list[Marks]:
    rng = random.Random(seed)
    return [
        invent(rng, centre=f"第{unit}镇职工服务中心", reviewer=f"专家{number}", with_own=unit == number == 0)
        for unit in range(units)
        for number in range(reviewers)
    ]


def formulas(data: bytes) -> Iterator[tuple[str, str]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    for page in book:
        for row in page.iter_rows():
            yield from ((page.title, cell.coordinate) for cell in row if cell.data_type == "f")


def shown(data: bytes) -> dict[str, dict[str, Any]]:
    """By unit: what stands under each head of 汇总."""
    page = openpyxl.load_workbook(io.BytesIO(data), data_only=True)["汇总"]
    heads = [cell.value for cell in page[6]]
    rows = page.iter_rows(min_row=7, values_only=True)
    return {row[heads.index("单位")]: dict(zip(heads, row, strict=True)) for row in rows}


def test_what_is_shown_is_the_aggregate() -> None:
    made = summary(round_of(1))
    lines = shown(build_summary(made))
    assert lines.keys() >= {line.result.centre_name for line in made.lines} != set()
    for line in made.lines:
        result, told = line.result, lines[line.result.centre_name]
        assert (told["名次"], Decimal(str(told["总分"])), told["份数"]) == (result.rank, result.total, 6)
        means = group_means(rubric(), result)
        for group in rubric().groups:
            stated = next(value for head, value in told.items() if head.startswith(f"{group.id}."))
            assert Decimal(str(stated)) == half_up(means[group.id])
        assert told["满意率"] == pytest.approx(float(result.rate or 0) / 100)
        assert told["拟命名"] == {"name": "是", "refuse": "否", "extend": "延期"}[line.proposal.decision or ""]
        assert line.proposal.reason in told["提示"]


@pytest.mark.skipif(not has_calc(), reason="LibreOffice with Calc is not installed")
@pytest.mark.parametrize(("units", "reviewers"), [(3, 6), (2, 3), (1, 1)])
def test_a_spreadsheet_computes_the_same(units: int, reviewers: int) -> None:
    data = build_summary(summary(round_of(units + reviewers, units, reviewers)))
    ours = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    theirs = openpyxl.load_workbook(io.BytesIO(recalculated(data)), data_only=True)
    places = list(formulas(data))
    assert len(places) > 200
    for page, place in places:
        assert theirs[page][place].value == pytest.approx(ours[page][place].value, abs=1e-6), (page, place)


def test_every_formula_has_its_value() -> None:
    data = build_summary(summary(round_of(2)))
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    assert all(book[page][place].value is not None for page, place in formulas(data))
    assert read_document(data).remarks == ()


def test_what_was_trimmed_is_grey_and_not_in_the_mean() -> None:
    made = summary(round_of(3, units=1))
    (line,) = made.lines
    page = openpyxl.load_workbook(io.BytesIO(build_summary(made)))["明细"]
    heads = [cell.value for cell in page[4]]
    grey = {heads[cell.column - 1] for cell in page[5] if cell.fill.fgColor.rgb == "00D9D9D9"}
    trimmed = {line.result.sheets[at].sheet.reviewer.value for at in line.result.trimmed}
    assert grey == trimmed
    assert len(trimmed) == 2
    mean = page.cell(5, heads.index("平均") + 1).value
    for at, head in enumerate(heads, 1):
        if head and head.startswith("专家"):
            assert (f"{openpyxl.utils.get_column_letter(at)}5" in mean) == (head not in trimmed)
    assert line.result.explanation in page["A3"].value


def test_own_scores_stand_beside() -> None:
    made = summary(round_of(4, units=1))
    page = openpyxl.load_workbook(io.BytesIO(build_summary(made)), data_only=True)["明细"]
    heads = [cell.value for cell in page[4]]
    own = made.lines[0].result.self_comparison
    assert own is not None
    assert page.cell(5, heads.index("自评") + 1).value == own.scores["1.1"]
    assert Decimal(str(page.cell(5, heads.index("自评减平均") + 1).value)) == half_up(own.differences["1.1"])


def test_who_stands_out_is_marked() -> None:
    sheets = round_of(5, units=1, reviewers=5)
    first = sheets[0].scores
    for marks in sheets:
        marks.scores["2.5"] = Decimal(0) if marks is sheets[0] else Decimal(4)
    assert first["2.5"] == 0
    book = openpyxl.load_workbook(io.BytesIO(build_summary(summary(sheets))))
    rows = {row[1].value: row for row in book["分歧"].iter_rows(min_row=4) if row[0].value}
    assert rows["2.5"][8].value == "专家0 0 分"
    assert rows["2.5"][0].fill.fgColor.rgb == "00FCE4D6"
    assert len(book["分歧"]._charts) == 1


def test_a_proposed_day_is_written_as_the_sheet_asks_for_it() -> None:
    made = summary(round_of(3))
    extended = tuple(replace(line, until="2023-12-31") for line in made.lines)
    lines = shown(build_summary(replace(made, lines=extended)))
    assert {told["延期至"] for told in lines.values()} == {"2023年12月31日"}


# The way back ---------------------------------------------------------------------------------------------------------


def test_it_comes_back_with_decisions() -> None:
    data = build_summary(summary(round_of(6)))
    book = openpyxl.load_workbook(io.BytesIO(data))
    page = book["汇总"]
    heads = {cell.value: cell.column for cell in page[6]}
    page.cell(7, heads["拟命名"]).value = "否"
    page.cell(7, heads["理由"]).value = "有投诉待查"
    page.cell(8, heads["拟命名"]).value = "延期"
    page.cell(8, heads["延期至"]).value = "2023-12-31"
    buffer = io.BytesIO()
    book.save(buffer)
    found = returned_summary(read_document(buffer.getvalue()))
    assert found is not None
    assert (found.programme_id, found.year, found.revision) == (programme().id, 2022, 3)
    assert [(r.case_number, r.decision, r.until, r.reason) for r in found.rows] == [
        (202200001, "refuse", None, "有投诉待查"),
        (202200002, "extend", "2023-12-31", ""),
        (202200003, "extend", None, ""),
    ]


def test_it_is_a_decision_and_no_score_sheet() -> None:
    data = build_summary(summary(round_of(6)))
    assert score_sheets(read_document(data), (programme(),)) == ()
    (told,) = assess("评分汇总.xlsx", data, (programme(),), read_document)
    assert (told.kind, told.programme) == ("decision_sheet", programme())


def test_only_what_is_decided_can_be_written() -> None:
    book = openpyxl.load_workbook(io.BytesIO(build_summary(summary(round_of(7)))))
    assert all(page.protection.sheet for page in book)
    page = book["汇总"]
    heads = {cell.column: cell.value for cell in page[6]}
    unlocked = {heads[cell.column] for row in page.iter_rows() for cell in row if cell.protection.locked is False}
    assert unlocked == {"拟命名", "理由", "延期至"}
    (choice,) = page.data_validations.dataValidation
    assert choice.formula1 == '"是,否,延期"'


def test_nothing_from_outside_is_a_formula() -> None:
    rng = random.Random(8)
    evil = [
        invent(rng, centre='=HYPERLINK("http://x")', reviewer="+1+2"),
        invent(rng, centre="@SUM(A1)", reviewer="-甲"),
    ]
    book = openpyxl.load_workbook(io.BytesIO(build_summary(summary(evil))))
    texts = [cell for page in book for row in page.iter_rows() for cell in row if isinstance(cell.value, str)]
    outside = [cell for cell in texts if "HYPERLINK" in cell.value or cell.value in ("+1+2", "@SUM(A1)", "-甲")]
    assert len(outside) >= 6
    assert all(cell.data_type == "s" for cell in outside)
    assert all(cell.quotePrefix for cell in outside)


def test_the_same_round_is_the_same_bytes() -> None:
    assert build_summary(summary(round_of(9))) == build_summary(summary(round_of(9)))


def test_units_without_sheets_are_shown_too() -> None:
    made = summary(round_of(10, units=1))
    nothing = CentreResult("无表镇职工服务中心", "无表镇职工服务中心", (), (), (), {}, None, None, None)
    lines = (*made.lines, SummaryLine(nothing, Proposal(None, "没有收到评分表")))
    told = shown(build_summary(summary([], lines=lines)))["无表镇职工服务中心"]
    assert (told["名次"], told["总分"], told["拟命名"], told["提示"]) == (None, None, None, "没有收到评分表")


def test_what_nobody_filled_in_beforehand_is_not_said_to_be() -> None:
    scored = summary(round_of(11, units=1))
    decided = replace(scored, rubric=replace(rubric(), groups=()), lines=())
    helps = [openpyxl.load_workbook(io.BytesIO(build_summary(one)))["汇总"]["A4"].value for one in (scored, decided)]
    assert [text.split("，")[0] for text in helps] == ["系统按项目规则预填了“拟命名”", "“拟命名”没有预填"]
    assert all("请逐个核定：是、否或延期" in text for text in helps)
