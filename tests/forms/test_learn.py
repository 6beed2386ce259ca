"""A form learned from its blank: what it asks, and that a filled copy is read by it."""

from __future__ import annotations

from typing import Any

import pytest

from formflow.errors import UsageError
from formflow.forms.align import align
from formflow.forms.learn import MOST_COLUMNS, MOST_FIELDS, form_from_blank
from support.papers import SIGNED, document, paragraph, table
from support.unknown_forms import UNKNOWN, Unknown

BLANK = document(
    paragraph("职工书屋登记表"),
    paragraph("填报单位：____________　　填报日期：　　年　月　日"),
    table(
        ["书屋\n名称", "", "负责人", ""],
        ["建设情况", ("", 3)],
        [("主要做法（500字以内）", 4)],
        [("", 4)],
        ["书目", "册数", "金额", "备注"],
        ["", "", "", ""],
        ["", "", "", ""],
        ["主管工会意见", (f"（盖章）\n{SIGNED}", 3)],
    ),
)


def test_what_a_blank_asks() -> None:
    form = form_from_blank(BLANK)
    assert [(field.id, field.type) for field in form.fields] == [
        ("填报单位", "text"),
        ("填报日期", "text"),
        ("书屋名称", "text"),
        ("负责人", "text"),
        ("建设情况", "text"),
        ("主要做法", "text"),
        ("书目、册数、金额、备注", "rows"),
        ("主管工会意见", "opinion"),
    ]
    assert form.title == "职工书屋登记表"


def test_a_filled_copy_is_read_by_the_learned_form() -> None:
    copy = document(
        paragraph("职工书屋登记表"),
        paragraph("填报单位：海风镇总工会　　填报日期：2022年3月1日"),
        table(
            ["书屋名称", "海风书屋", "负责人", "张三"],
            ["建设情况", ("良好", 3)],
            [("主要做法（500字以内）", 4)],
            [("送书上门", 4)],
            ["书目", "册数", "金额", "备注"],
            ["文学", "200", "3000元", ""],
            ["主管工会意见", ("同意。\n（盖章）\n负责人（签名）李四　2022年3月2日", 3)],
        ),
    )
    answers = align(copy, form_from_blank(BLANK)).answers
    assert {key: answer.value for key, answer in answers.items()} == {
        "填报单位": "海风镇总工会",
        "填报日期": "2022年3月1日",
        "书屋名称": "海风书屋",
        "负责人": "张三",
        "建设情况": "良好",
        "主要做法": "送书上门",
        "书目、册数、金额、备注": [{"书目": "文学", "册数": "200", "金额": "3000元", "备注": None}],
        "主管工会意见": {"text": "同意。", "sealed": None, "signed": None, "date": "2022-03-02"},
    }


def test_a_label_printed_twice_has_two_keys() -> None:
    twice = document(table(["姓名", "", "电话", ""], ["姓名", "", "电话", ""]))
    assert [field.id for field in form_from_blank(twice).fields] == ["姓名", "电话", "姓名#2", "电话#2"]


def test_a_paper_that_asks_nothing_has_no_fields() -> None:
    assert form_from_blank(document("关于开展活动的通知", "请认真执行。")).fields == ()


@pytest.mark.parametrize("unknown", UNKNOWN, ids=lambda unknown: unknown.name)
def test_a_form_nobody_designed_for_us(unknown: Unknown) -> None:
    form = form_from_blank(unknown.blank)
    assert [field.id for field in form.fields] == list(unknown.values)
    answers = align(unknown.copy, form).answers
    assert {key: answer.value for key, answer in answers.items()} == unknown.values


@pytest.mark.parametrize("unknown", UNKNOWN, ids=lambda unknown: unknown.name)
def test_the_blank_itself_says_nothing(unknown: Unknown) -> None:
    answers = align(unknown.blank, form_from_blank(unknown.blank)).answers
    nothing = (None, [], {"text": "", "sealed": None, "signed": None, "date": None})
    assert all(answer.value in nothing for answer in answers.values())


def test_what_an_opinion_wants() -> None:
    field = next(f for f in form_from_blank(BLANK).fields if f.type == "opinion")
    assert (field.wants_seal, field.wants_signature, field.wants_date) == (True, True, True)


def test_lists_and_notes_ask_nothing() -> None:
    blank = document(
        "申报表",
        "附件1：",
        "填写说明：",
        "1.本表由申报单位填写。",
        table(["备案要求", "材料齐全、字迹清楚的予以备案。"]),
    )
    assert [field.id for field in form_from_blank(blank).fields] == ["备案要求"]


def test_underlined_blanks_are_drawn_lines() -> None:
    blank = document(paragraph("申报表"), paragraph("单位名称          ", underlined=((4, 14),)))
    assert [field.id for field in form_from_blank(blank).fields] == ["单位名称"]


def test_a_date_that_is_written_asks_nothing() -> None:
    assert form_from_blank(document("关于开展活动的通知", "2022年3月7日")).fields == ()


def test_labels_of_one_line_typed_without_a_gap() -> None:
    copy = document("登记表", "填报单位：海风镇总工会填报日期：2022年3月1日")
    form = form_from_blank(document("登记表", "填报单位：____________　　填报日期：　　年　月　日"))
    answers = align(copy, form).answers
    assert [answer.value for answer in answers.values()] == ["海风镇总工会", "2022年3月1日"]


def test_a_hint_before_and_a_mark_behind_a_place_are_no_answer() -> None:
    form = form_from_blank(document("登记表", table(["规格", "尺寸：（长×宽）；\n重量：（千克）；"])))
    copy = document("登记表", table(["规格", "尺寸：（长×宽）17×9；\n重量：（千克）；"]))
    assert [answer.value for answer in align(copy, form).answers.values()] == ["17×9", None]


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param([f"栏目{number}：______" for number in range(MOST_FIELDS + 1)], id="lines"),
        pytest.param([table(*[[f"栏目{number}", ""] for number in range(MOST_FIELDS + 1)])], id="rows"),
        pytest.param([table([f"栏目{number}" for number in range(MOST_COLUMNS + 1)])], id="wide"),
        pytest.param([table([table([f"栏目{number}" for number in range(MOST_COLUMNS + 1)])])], id="nested"),
    ],
)
def test_what_asks_for_more_than_a_form_does_is_refused(asked: list[Any]) -> None:
    with pytest.raises(UsageError, match="空白表里"):
        form_from_blank(document("登记表", *asked))


def test_what_asks_for_as_much_as_a_form_can_is_taken() -> None:
    blank = document("登记表", table(*[[f"栏目{number}", ""] for number in range(MOST_FIELDS)]))
    assert len(form_from_blank(blank).fields) == MOST_FIELDS
