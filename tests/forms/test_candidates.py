"""Every place where a copy says what the blank prints."""

from __future__ import annotations

import pytest

from formflow.forms.align import align
from formflow.forms.anchors import find_hits
from formflow.forms.candidates import Hit, candidates
from formflow.forms.layout import lay_out
from formflow.forms.printed import printed_on
from formflow.model.document import Document
from support.papers import FORM, body, document, table

PRINTED = printed_on(FORM)


def hits(paper: Document) -> dict[str, Hit]:
    return {hit.item.fields[0].id: hit for hit in find_hits(lay_out(paper), PRINTED) if hit.item.fields}


def places(paper: Document, field: str) -> list[str]:
    """The rest of the unit behind each place where a field's label stands."""
    sheet = lay_out(paper)
    found = [hit for hit in candidates(sheet, PRINTED) if any(f.id == field for f in hit.item.fields)]
    return [
        sheet.units[unit].text[end:] for unit, _, end in dict.fromkeys((hit.unit, hit.start, hit.end) for hit in found)
    ]


@pytest.mark.parametrize(
    "text", ["申请单位", "申 请 单 位：", "申请单位（必填）", "申请单位*", "1.申请单位：", "（一）申请单位"]
)
def test_a_label_with_what_offices_put_round_it(text: str) -> None:
    assert places(document(table([text, "甲"])), "applicant") == [""]


@pytest.mark.parametrize("text", ["申请单位应当如实填写", "各申请单位：", "申请"])
def test_words_that_run_on_are_no_label(text: str) -> None:
    assert places(document(table([text, "甲"])), "applicant") == []


def test_the_hint_behind_a_heading_belongs_to_it() -> None:
    assert places(document("二、工作方案（参考评价指标，写明目标和措施等）：正文"), "plan") == ["正文"]
    assert places(document("二、工作方案（参考评价指标，写明目标和主要措施）\n正文"), "plan") == ["\n正文"]


def test_all_places_are_given() -> None:
    assert (
        len(places(document(table(["所属行业", "甲"], ["所属行业", "乙"], ["说明：\n所属行业：丙", ""])), "industry"))
        == 3
    )


def test_a_longer_label_is_not_the_shorter_one() -> None:
    paper = document("承担单位（盖章）：", body())
    assert "host" not in hits(paper)


def test_a_date_in_the_body_is_not_the_covers() -> None:
    assert "day" not in hits(document("单位名称：甲", table(["申请单位", "甲"], ["所属行业", "2022年3月"])))


def test_a_line_of_the_cover_may_be_one_cell_of_a_worksheet() -> None:
    lines = [["职工之友申请表", "", ""], ["单位名称：甲", "", ""], ["承担单位：乙总工会", "", ""]]
    paper = document(
        table(*lines, ["二〇二二年三月", "", ""], ["申请单位", "甲", ""], ["所属行业", "服务业", "2021年5月"])
    )
    record = align(paper, FORM)
    assert record.value("day") == "2022-03"
    assert record.value("host") == "乙总工会"
    beside = document(table(*lines, ["二〇二二年三月", "丙", ""], ["申请单位", "甲", ""]))
    assert "day" not in hits(beside)


def test_heads_of_rows_need_all_columns_but_one() -> None:
    assert "steps" in hits(document(table(["时间", "阶段工作内容", "责任人"], ["1", "2", "3"])))
    assert "steps" not in hits(document(table(["时间", "地点", "人员"], ["1", "2", "3"])))


def test_a_bracket_that_is_never_closed_is_no_hint() -> None:
    lines = "\n".join(["二、工作方案（甲"] * 10_000)
    assert {hit.item.fields[0].id for hit in candidates(lay_out(document(lines)), PRINTED) if hit.item.fields} == {
        "plan"
    }


def test_a_line_of_nothing_but_gaps_says_no_date() -> None:
    assert "day" not in hits(document("甲 " * 100_000))
