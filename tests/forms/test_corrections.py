"""A record laid before a person, and what he wrote beside it."""

from __future__ import annotations

import pytest

from formflow.forms.align import align
from formflow.forms.corrections import corrected, returned_sheet, review_lines
from formflow.model.document import Document
from formflow.model.finding import Finding
from formflow.model.review import Correction
from support.papers import FORM, body, cover, document, table

PAPER = document(
    *cover("海风镇职工服务中心", "2022年3月至2023年2月", "海风镇总工会", "二〇二二年三月"),
    body(
        answers=("海风镇总工会", "纺织业", "好", "方案"),
        steps=(("2022年3月", ("调研", 2), "中心"),),
        opinions=("同意。\n负责人（签名）　2022年3月10日", ""),
    ),
)
RECORD = align(PAPER, FORM)


def correct(code: str, text: str) -> tuple[object, tuple[str, ...]]:
    record, problems = corrected(RECORD, FORM, [Correction(code, text)])
    return record.value(code.split("[")[0].split(".")[0]), problems


def test_a_line_for_each_answer_and_each_part_of_one() -> None:
    lines = {
        line.code: line for line in review_lines(FORM, RECORD, [Finding("missing", "money", "error", "没有填写", "四")])
    }
    assert lines["industry"].value == "纺织业"
    assert lines["industry"].place == "table 1, row 3, column 2"
    assert lines["steps[1].content"].value == "调研"
    assert (lines["opinion_host.text"].value, lines["opinion_host.date"].value, lines["opinion_host.sealed"].value) == (
        "同意。",
        "2022-03-10",
        "",
    )
    assert (lines["money"].value, lines["money"].problem) == ("", "没有填写")
    assert [code for code in lines if code.startswith("opinion_partner")] == [
        f"opinion_partner.{part}" for part in ("text", "date", "sealed", "signed")
    ]


def test_an_empty_block_has_lines_to_write_in() -> None:
    lines = review_lines(FORM, align(FORM.blank, FORM), ())
    assert [line.code for line in lines if line.code.startswith("steps")] == [
        "steps[1].time",
        "steps[1].content",
        "steps[1].who",
    ]


@pytest.mark.parametrize(
    ("code", "text", "value"),
    [
        ("industry", "服装业", "服装业"),
        ("industry", "（空）", None),
        ("start", "2022年4月", "2022-04"),
        ("steps[1].who", "镇总工会", [{"time": "2022年3月", "content": "调研", "who": "镇总工会"}]),
        (
            "steps[2].time",
            "2022年5月",
            [
                {"time": "2022年3月", "content": "调研", "who": "中心"},
                {"time": "2022年5月", "content": None, "who": None},
            ],
        ),
        ("opinion_host.date", "2022.3.12", {"text": "同意。", "sealed": None, "signed": None, "date": "2022-03-12"}),
        ("opinion_host.sealed", "有", {"text": "同意。", "sealed": True, "signed": None, "date": "2022-03-10"}),
        ("opinion_host.signed", "否", {"text": "同意。", "sealed": None, "signed": False, "date": "2022-03-10"}),
    ],
)
def test_a_correction_takes_the_place_of_what_was_read(code: str, text: str, value: object) -> None:
    assert correct(code, text) == (value, ())


@pytest.mark.parametrize(
    ("code", "text", "said"),
    [
        ("start", "去年", "不是年月"),
        ("opinion_host.date", "三月", "不是日期"),
        ("opinion_host.sealed", "大概", "有还是无"),
        ("steps[9].time", "2022年5月", "没有第9行"),
        ("steps[1].colour", "红", "没有第1行"),
        ("nothing", "甲", "不是这张表的栏目编码"),
        ("in dustry", "甲", "不是这张表的栏目编码"),
    ],
)
def test_what_cannot_be_taken_is_said(code: str, text: str, said: str) -> None:
    record, problems = corrected(RECORD, FORM, [Correction(code, text)])
    assert record.answers == RECORD.answers
    assert len(problems) == 1
    assert said in problems[0]


def test_a_corrected_answer_is_sure_and_says_where_it_comes_from() -> None:
    answer = corrected(RECORD, FORM, [Correction("industry", "服装业")])[0].answers["industry"]
    assert (answer.confidence, answer.raw) == (1.0, "服装业")
    assert answer.locator is not None
    assert answer.locator.part == "review sheet"


def sheet(*rows: list[str]) -> Document:
    return document(
        table(
            ["审核表", "", "", "", "", "", "", ""],
            ["项目编码", "friends", "年度", "2022", "案卷号", "7", "版次", "2"],
            *rows,
        )
    )


def test_a_returned_sheet_is_told_by_its_heads() -> None:
    heads = ["序号", "栏目编码", "栏目", "读得的内容", "位置", "把握", "问题", "更正"]
    found = returned_sheet(
        sheet(
            heads,
            ["1", "industry", "所属行业", "纺织业", "", "", "", " 服装业 "],
            ["2", "state", "现状", "好", "", "", "", ""],
        )
    )
    assert found is not None
    assert (found.programme_id, found.year, found.number, found.version) == ("friends", 2022, 7, 2)
    assert found.corrections == (Correction("industry", "服装业"),)


def test_another_workbook_is_none() -> None:
    assert returned_sheet(sheet(["序号", "栏目", "更正", "", "", "", "", ""])) is None
    assert returned_sheet(document(table(["栏目编码", "更正"], ["industry", "服装业"]))) is None
    assert returned_sheet(PAPER) is None
