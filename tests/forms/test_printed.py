"""What a blank prints, item by item."""

from __future__ import annotations

from dataclasses import replace

import pytest

from formflow.forms.printed import bare_label, consume, gaps, is_date_line, printed_on, without_number
from support.papers import FIELDS, FORM, body, cover, document


def test_items_stand_in_printed_order_each_field_once() -> None:
    items = printed_on(FORM).items
    assert [field.id for item in items for field in item.fields] == [field.id for field in FORM.fields]
    assert [item.order for item in items] == list(range(len(items)))
    kinds = {field.id: item.kind for item in items for field in item.fields}
    assert kinds["day"] == "date_line"
    assert kinds["steps"] == "header"
    assert kinds["plan"] == "label"


def test_a_range_is_one_item_of_two_fields() -> None:
    [item] = [item for item in printed_on(FORM).items if len(item.fields) == 2]
    assert [field.id for field in item.fields] == ["start", "end"]


def test_the_hint_behind_a_heading_is_its_tail() -> None:
    [plan] = [item for item in printed_on(FORM).items if item.fields and item.fields[0].id == "plan"]
    assert plan.tail == "(参考评价指标,写明目标和主要措施)"


def test_lines_of_a_broken_label_and_a_signature_are_no_items_of_their_own() -> None:
    statics = [item.words[0] for item in printed_on(FORM).items if item.kind == "static"]
    assert "应具备" not in statics
    assert not any("负责人" in words for words in statics)
    assert "一,申请单位现状" in statics


def test_a_field_whose_words_are_not_printed_has_no_item() -> None:
    form = replace(FORM, fields=(*FIELDS, replace(FIELDS[0], id="other", anchor="传真号码", label="传真号码")))
    assert "other" not in {field.id for item in printed_on(form).items for field in item.fields}


def test_several_labels_on_one_printed_line() -> None:
    form = replace(FORM, blank=document("单位名称：______　　承担单位：______", *cover()[5:], body()))
    assert {"name", "host"} <= {field.id for item in printed_on(form).items for field in item.fields}


@pytest.mark.parametrize(
    ("text", "words", "end"),
    [
        ("申 请\n单 位：", "申请单位", 7),
        ("申请单位名称", "申请单位", 4),
        ("（盖章）", "(盖章)", 4),
        ("申报单位", "申请单位", None),
        ("申请", "申请单位", None),
    ],
)
def test_words_are_found_through_spaces_and_breaks(text: str, words: str, end: int | None) -> None:
    assert consume(text, 0, words) == end


@pytest.mark.parametrize(
    "line", ["二〇二　年　月", "2022年3月", "二〇二二年三月七日", "2022-03", "填表日期：2022.3.7", "____年__月__日"]
)
def test_lines_that_only_say_a_date(line: str) -> None:
    assert is_date_line(line)


@pytest.mark.parametrize("line", ["", "2022年3月至2023年2月", "时间紧", "2022年3月召开会议"])
def test_lines_that_say_more(line: str) -> None:
    assert not is_date_line(line)


def test_small_things_about_labels() -> None:
    assert without_number("二,工作方案") == without_number("(2)工作方案") == "工作方案"
    assert bare_label("时 间（必填）") == bare_label("时间：") == "时间"
    assert list(gaps("甲：　　乙：____丙")) == [4, 10]


def test_a_label_drawn_apart_without_end_is_read_once_through() -> None:
    assert bare_label(f"时{' ' * 500_000}间") == "时间"
