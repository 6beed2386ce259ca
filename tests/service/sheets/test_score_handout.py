"""The sheet that is handed to a judge: the blank with the unit's name; what is proposed beside it is never a score."""

from __future__ import annotations

import io
import random
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from formflow.forms.score_sheets import score_sheets
from formflow.model.document import Locator
from formflow.model.evidence import Article, Attribution, Claim, Report
from formflow.model.evidence_kept import CaseEvidence
from formflow.model.proposals import CaseProposals
from formflow.model.record import Answer, Record
from formflow.model.scoring import ScoreSheet
from formflow.reading import read_document
from formflow.rules.proposals import case_proposals
from formflow.rules.scoring import check_sheet
from formflow.service.sheets.score_blank import build_score_sheet
from formflow.service.sheets.score_handout import build_handout
from support.judges import JUDGED, MOST, expected, judged
from support.money import qingdao
from support.recalculated import converted, has_calc

QINGDAO = qingdao()
UNIT = "“新驿站”户外劳动者关爱项目"
MATERIALS = QINGDAO.forms[0].field("attachments").options
ARTICLE = Article("新驿站里暖意浓", "正文。", Locator("p"), medium="青岛日报", level="municipal", date="2021-07-03")
CLAIM = Claim(Decimal(35000), "人次", "累计服务职工", "余", "驿站累计服务职工3.5万余人次，满意率98.6%。")
EVIDENCE = CaseEvidence(
    "1",
    (Report(Attribution(ARTICLE, "1", "暖阳社工运营的新驿站……"), 0),),
    (("新驿站里暖意浓", CLAIM),),
    ("《两家携手》没有计入：请核对以哪家为主",),
)


def record(**values: Any) -> Record:
    return Record(QINGDAO.id, "application", {key: Answer(key, value, "", None, 1.0) for key, value in values.items()})


def rows(*levels: str) -> list[dict[str, str]]:
    return [
        {"medium": "青岛晨讯", "level": level, "title": f"第{'甲乙丙丁戊己庚辛'[at]}条", "date": "2022年"}
        for at, level in enumerate(levels)
    ]


def case(**more: Any) -> CaseProposals:
    values = {"attachments": list(MATERIALS), "satisfaction": 0.965, "media": rows("设区市级", "国家级")}
    meetings = [{"meeting": "推进会", "level": "设区市级", "date": "2021年11月5日"}]
    evidence = more.pop("evidence", None)
    told = record(**{**values, "exchanges": meetings, **more})
    return case_proposals(QINGDAO, told, more.pop("unit", UNIT), 202200001, evidence)


def read(data: bytes) -> ScoreSheet:
    (found,) = score_sheets(read_document(data), (QINGDAO,))
    return found.sheet


def scores(rng: random.Random) -> dict[str, float]:
    return {key: rng.randrange(most * 2 + 1) / 2 for key, most in MOST.items()}


def test_a_sheet_comes_back_the_same_with_and_without_what_is_proposed() -> None:
    rng = random.Random(4)
    plain = build_score_sheet(QINGDAO, QINGDAO.rubrics[0])
    for reviewer, rate in (("陈安", 0.93), ("李晓雯", 0.71), ("王博文", None), ("赵一", 0.795), ("钱二", 1)):
        given = scores(rng)
        ticked = tuple(option for option in MATERIALS if rng.random() < 0.6)
        handed = build_handout(QINGDAO, case(attachments=list(ticked), satisfaction=rng.random(), evidence=EVIDENCE))
        back = read(judged(handed, reviewer, given, rate=rate))
        assert back == read(judged(plain, reviewer, given, rate=rate, unit=UNIT))
        assert {key: mark.value for key, mark in back.scores.items()} == {k: Decimal(str(v)) for k, v in given.items()}
        assert (back.centre_name.value, back.strays, back.self_scores) == (UNIT, (), {})


def test_a_sheet_nobody_scored_has_no_scores() -> None:
    sheet = read(build_handout(QINGDAO, case(evidence=EVIDENCE)))
    assert {mark.value for mark in sheet.scores.values()} == {None}
    assert all(mark.is_blank for mark in sheet.scores.values())
    assert (sheet.total, sheet.rate.value if sheet.rate else None, sheet.reviewer.value) == (None, None, None)
    slips = [one for one in check_sheet(QINGDAO.rubrics[0], sheet) if one.severity == "error"]
    assert any("没有" in one.message for one in slips)


def test_one_criterion_that_was_passed_over_stays_blank() -> None:
    given = {key: most for key, most in MOST.items() if key != "2.1"}
    sheet = read(judged(build_handout(QINGDAO, case()), "陈安", given))
    assert sheet.scores["2.1"].is_blank
    assert [f.field for f in check_sheet(QINGDAO.rubrics[0], sheet) if f.severity == "error"]


def test_it_is_read_though_the_program_that_saved_it_calls_it_its_own() -> None:
    given = scores(random.Random(7))
    book = openpyxl.load_workbook(io.BytesIO(judged(build_handout(QINGDAO, case(evidence=EVIDENCE)), "陈安", given)))
    book.properties.creator = "WPS"
    out = io.BytesIO()
    book.save(out)
    sheet = read(out.getvalue())
    assert {key: mark.value for key, mark in sheet.scores.items()} == {k: Decimal(str(v)) for k, v in given.items()}


@pytest.mark.skipif(not has_calc(), reason="LibreOffice with Calc is not installed")
@pytest.mark.parametrize("ending", ["xls", "ods", "pdf"])
def test_it_comes_back_in_another_format(tmp_path: Path, ending: str) -> None:
    given = scores(random.Random(8))
    (tmp_path / "表.xlsx").write_bytes(judged(build_handout(QINGDAO, case()), "陈安", given))
    (path,) = converted(tmp_path, "表.xlsx", ending)
    sheet = read(path.read_bytes())
    assert {key: mark.value for key, mark in sheet.scores.items()} == {k: Decimal(str(v)) for k, v in given.items()}
    assert sheet.total
    assert sheet.total.value == sum(map(Decimal, map(str, given.values())))


# What is shown ----------------------------------------------------------------------------------------------------------


def pages(data: bytes) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    return {page.title: list(page.iter_rows(values_only=True)) for page in book}


def beside(data: bytes) -> dict[str, dict[str, Any]]:
    page = pages(data)["评分表"]
    heads = next(row for row in page if "得分" in row)
    lines = (dict(zip(heads, row, strict=True)) for row in page[page.index(heads) + 1 :])
    return {line["序号"]: line for line in lines if line["序号"]}


def test_what_is_proposed_stands_beside_each_criterion() -> None:
    lines = beside(build_handout(QINGDAO, case(evidence=EVIDENCE)))
    told = expected(MATERIALS, Decimal("96.5"), ["设区市级", "国家级", "设区市级"], ["设区市级"])
    assert {key: line["测算建议分"] for key, line in lines.items() if line["测算建议分"] is not None} == told
    assert [lines[key]["计算过程"] for key in JUDGED] == ["由评分人判断"] * 2
    assert lines["5.1"]["计算过程"] == "96.5%，达到90%一档，得10分"
    assert "《两家携手》没有计入" in lines["6.1"]["需核对"]
    assert all(line["得分"] is None for line in lines.values())


def test_what_it_was_counted_from_stands_on_the_pages_behind() -> None:
    shown = pages(build_handout(QINGDAO, case(attachments=["登记证书"], evidence=EVIDENCE)))
    materials = [row[:3] for row in shown["材料"]]
    assert ("登记证书", "已勾选", "2.1 登记证书") in materials
    assert ("工会工作材料", "没有勾选", "3.2 工会工作材料") in materials
    assert ("场所照片", "没有勾选", "不直接计分，供评分人判断") in materials
    texts = [cell for row in shown["材料"] for cell in row if cell]
    for part in (
        "第甲条",
        "推进会",
        "新驿站里暖意浓",
        "暖阳社工运营的新驿站……",
    ):
        assert part in texts
    assert ("累计服务职工", "余", "35000", "人次", CLAIM.sentence, "新驿站里暖意浓") in shown["数据线索"]


def test_without_papers_there_is_no_page_of_figures_and_nothing_is_said_of_papers() -> None:
    shown = pages(build_handout(QINGDAO, case()))
    assert list(shown) == ["评分表", "材料"]
    assert "收到的报道材料" not in [row[0] for row in shown["材料"]]


def test_nothing_is_said_not_to_count_that_is_counted() -> None:
    """A paper of a medium nobody knows counts as the form says: asked beside the score, told as open among the papers."""
    open_level = "媒体“青岛晨讯”不在媒体名录里，请核对属哪一级"
    article = Article("第甲条", "正文。", Locator("p"), medium="青岛晨讯", questions=(open_level,))
    evidence = CaseEvidence("1", (Report(Attribution(article, "1"), 0),), (), (f"《第甲条》没有计入：{open_level}",))
    data = build_handout(QINGDAO, case(media=rows("设区市级"), evidence=evidence))
    assert beside(data)["6.1"]["测算建议分"] == 1
    texts = [str(cell) for page in pages(data).values() for row in page for cell in row if cell]
    assert not any("没有计入" in text for text in texts)
    assert open_level in texts


def test_what_was_not_read_is_not_taken_for_unticked() -> None:
    shown = pages(build_handout(QINGDAO, case(attachments=None)))
    assert ("登记证书", "没有读出", "2.1 登记证书") in [row[:3] for row in shown["材料"]]


def test_only_what_a_judge_fills_in_can_be_written() -> None:
    def open_cells(data: bytes) -> set[tuple[str, str]]:
        book = openpyxl.load_workbook(io.BytesIO(data))
        assert all(page.protection.sheet for page in book)
        return {(p.title, c.coordinate) for p in book for row in p.iter_rows() for c in row if not c.protection.locked}

    assert open_cells(build_handout(QINGDAO, case(evidence=EVIDENCE))) == open_cells(
        build_score_sheet(QINGDAO, QINGDAO.rubrics[0])
    )


def test_nothing_from_outside_is_a_formula() -> None:
    evil = "=cmd|' /C calc'!A0"
    article = Article(evil, evil, Locator("p"), medium=evil, questions=(evil,))
    claim = Claim(Decimal(1), evil, evil, evil, evil)
    evidence = CaseEvidence("1", (Report(Attribution(article, "1", evil), 0, (), (evil,)),), ((evil, claim),), (evil,))
    media = [{"medium": evil, "level": evil, "title": evil, "date": evil}]
    book = openpyxl.load_workbook(io.BytesIO(build_handout(QINGDAO, case(unit=evil, media=media, evidence=evidence))))
    found = {cell.value for page in book for row in page.iter_rows() for cell in row if cell.data_type == "f"}
    assert all(text.startswith("=IF(COUNT(F") for text in found)
    assert len(found) == 8


def test_the_same_case_is_the_same_bytes() -> None:
    assert build_handout(QINGDAO, case(evidence=EVIDENCE)) == build_handout(QINGDAO, case(evidence=EVIDENCE))
