"""What is proposed about a case, with what it was counted from."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from formflow.model.document import Locator
from formflow.model.evidence import Article, Attribution, Report
from formflow.model.evidence_kept import CaseEvidence
from formflow.model.record import Answer, Record
from formflow.rules.proposals import case_proposals, has_proposals
from support.money import qingdao
from support.rounds import nantong

ROWS = [{"medium": "青岛日报", "level": "设区市级", "title": "送清凉", "date": None}]


def record(**values: Any) -> Record:
    return Record(
        qingdao().id, "application", {key: Answer(key, value, "", None, 1.0) for key, value in values.items()}
    )


def of(criterion: str, found: Any) -> Any:
    return next(one for one in found.proposals if one.criterion == criterion)


def test_only_a_programme_that_says_how_points_are_counted_proposes_any() -> None:
    assert has_proposals(qingdao())
    assert not has_proposals(nantong())
    assert not has_proposals(replace(qingdao(), rubrics=()))


def test_papers_count_where_somebody_has_looked_for_them() -> None:
    alone = case_proposals(qingdao(), record(media=ROWS))
    assert of("6.1", alone).working == "设区市级1×1 = 1分"
    looked = case_proposals(qingdao(), record(media=ROWS), "甲", 1, CaseEvidence("1"))
    assert of("6.1", looked).working.endswith("都只是表中所填，未见材料")
    assert (looked.unit, looked.code, looked.evidence) == ("甲", 1, CaseEvidence("1"))


def test_what_papers_ask_is_asked_once() -> None:
    asked = "媒体“某某周刊”不在媒体名录里，请核对属哪一级"
    article = Article("送清凉", "正文。", Locator("p"), medium="某某周刊", questions=(asked,))
    own = "《送清凉》没有计入：媒体“某某周刊”不在媒体名录里，请核对属哪一级"
    evidence = CaseEvidence(
        "1", (Report(Attribution(article, "1"), 0),), (), (own, "《两家》没有计入：请核对以哪家为主")
    )
    found = of("6.1", case_proposals(qingdao(), record(media=[]), evidence=evidence))
    assert found.points == 0
    assert sorted(found.questions) == ["《两家》没有计入：请核对以哪家为主", f"材料中的{own}"]


def test_every_box_and_every_row_the_points_come_from_is_told() -> None:
    found = case_proposals(qingdao(), record(attachments=["登记证书"], media=ROWS, exchanges=[]))
    boxes = {one.label: (one.is_ticked, one.criteria) for one in found.materials}
    assert list(boxes) == list(qingdao().forms[0].field("attachments").options)
    assert (boxes["登记证书"], boxes["场所照片"]) == ((True, ("2.1",)), (False, ()))
    assert boxes["合同和实施方案"] == (False, ("4.1",))
    assert [(one.label, one.criterion, one.rows) for one in found.listed] == [
        ("媒体报道", "6.1", (("青岛日报", "设区市级", "送清凉", ""),)),
        ("交流推广", "7.1", ()),
    ]
    assert found.listed[0].heads == ("媒体名称", "媒体级别", "报道标题", "报道日期")


def test_boxes_that_could_not_be_read_are_neither_ticked_nor_not() -> None:
    assert {one.is_ticked for one in case_proposals(qingdao(), record()).materials} == {None}


def test_a_programme_without_a_registry_counts_what_the_form_says() -> None:
    found = case_proposals(replace(qingdao(), media=None), record(media=ROWS), evidence=CaseEvidence("1"))
    assert of("6.1", found).working == "设区市级1×1 = 1分"
