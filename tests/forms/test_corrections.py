"""What a person wrote beside a record, and the record with it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from formflow.forms.align import align
from formflow.forms.corrections import corrected, returned_sheet
from formflow.model.document import Document
from formflow.model.record import Record
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


def values(record: Record) -> dict[str, object]:
    return {field_id: answer.value for field_id, answer in record.answers.items()}


def correct(code: str, text: str) -> tuple[object, tuple[str, ...]]:
    record, problems = corrected(RECORD, FORM, [Correction(code, text)])
    return record.value(code.split("[")[0].split(".")[0]), problems


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
        ("industry[1]", "甲", "没有这一栏"),
        ("industry.text", "甲", "没有这一栏"),
    ],
)
def test_what_cannot_be_taken_is_said(code: str, text: str, said: str) -> None:
    record, problems = corrected(RECORD, FORM, [Correction(code, text)])
    assert values(record) == values(RECORD)
    assert len(problems) == 1
    assert said in problems[0]


def test_a_corrected_answer_is_sure_and_says_where_it_comes_from() -> None:
    answer = corrected(RECORD, FORM, [Correction("industry", "服装业")])[0].answers["industry"]
    assert (answer.confidence, answer.raw) == (1.0, "服装业")
    assert answer.locator is not None
    assert answer.locator.part == "review sheet"


def test_what_nobody_corrected_is_confirmed_and_stays_where_it_was_read() -> None:
    unsure = replace(RECORD.answers["industry"], confidence=0.4)
    record = replace(RECORD, answers={**RECORD.answers, "industry": unsure})
    confirmed, problems = corrected(record, FORM, [])
    assert problems == ()
    assert {answer.confidence for answer in confirmed.answers.values()} == {1.0}
    assert confirmed.answers["industry"] == replace(unsure, confidence=1.0)


def test_rows_keep_their_numbers_until_all_lines_have_been_taken() -> None:
    two = [
        {"time": "2022年3月", "content": "调研", "who": "中心"},
        {"time": "2022年5月", "content": "培训", "who": "中心"},
    ]
    record = replace(RECORD, answers={**RECORD.answers, "steps": replace(RECORD.answers["steps"], value=two)})
    emptied = [Correction(f"steps[1].{column}", "（空）") for column in ("time", "content", "who")]
    found, problems = corrected(record, FORM, [*emptied, Correction("steps[2].content", "演练")])
    assert problems == ()
    assert found.value("steps") == [{"time": "2022年5月", "content": "演练", "who": "中心"}]


def test_a_line_that_was_copied_must_not_say_two_things() -> None:
    problems = corrected(RECORD, FORM, [Correction("industry", "甲业"), Correction("industry", "乙业")])[1]
    assert problems == ("“industry”有两行，更正写得不一样",)
    assert corrected(RECORD, FORM, [Correction("industry", "甲业")] * 2)[1] == ()


@pytest.mark.parametrize(
    ("said", "value"),
    [("有限责任公司", "有限责任公司"), ("国有企业、有限责任公司", "国有企业、有限责任公司"), ("私塾", None)],
)
def test_a_choice_is_among_the_printed_options(said: str, value: str | None) -> None:
    options = ("国有企业", "有限责任公司")
    fields = tuple(replace(field, options=options) if field.id == "industry" else field for field in FORM.fields)
    found, problems = corrected(RECORD, replace(FORM, fields=fields), [Correction("industry", said)])
    if value:
        assert (found.value("industry"), problems) == (value, ())
    else:
        assert "不在可选项" in problems[0]


@pytest.mark.parametrize(
    ("type_", "options", "said", "value"),
    [
        ("choice", ("章程", "名册", "照片"), "照片、章程", ["章程", "照片"]),
        ("choice", ("章程", "名册", "照片"), "（空）", None),
        ("date", (), "2022年3月10日", "2022-03-10"),
        ("money", (), "2万元", 20000),
    ],
)
def test_types_that_are_more_than_text(type_: Any, options: tuple[str, ...], said: str, value: object) -> None:
    fields = tuple(
        replace(field, type=type_, options=options) if field.id == "industry" else field for field in FORM.fields
    )
    found, problems = corrected(RECORD, replace(FORM, fields=fields), [Correction("industry", said)])
    assert (found.value("industry"), problems) == (value, ())


def test_every_problem_is_named_at_once() -> None:
    wrong = [Correction("start", "去年"), Correction("nothing", "甲"), Correction("opinion_host.signed", "大概")]
    assert len(corrected(RECORD, FORM, wrong)[1]) == 3


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


def test_a_line_of_the_sheet_without_its_code_is_still_a_correction() -> None:
    """Somebody has written below the table or wiped the code: it must not be passed over in silence."""
    heads = ["序号", "栏目编码", "栏目", "读得的内容", "位置", "把握", "问题", "更正"]
    found = returned_sheet(sheet(heads, ["", "", "", "", "", "", "", "服装业"]))
    assert found is not None
    assert "不是这张表的栏目编码" in corrected(RECORD, FORM, found.corrections)[1][0]


def test_who_saved_it_last_is_kept() -> None:
    heads = ["序号", "栏目编码", "栏目", "读得的内容", "位置", "把握", "问题", "更正"]
    found = returned_sheet(replace(sheet(heads), saved_by="王敏"))
    assert found is not None
    assert found.saved_by == "王敏"


def test_another_workbook_is_none() -> None:
    assert returned_sheet(sheet(["序号", "栏目", "更正", "", "", "", "", ""])) is None
    assert returned_sheet(document(table(["栏目编码", "更正"], ["industry", "服装业"]))) is None
    assert returned_sheet(PAPER) is None
