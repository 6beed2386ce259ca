"""What a cell or line of a blank is."""

from __future__ import annotations

import pytest

from formflow.forms.places import asks, is_label, is_photo, is_place, is_prose, is_signed_alone, label_of


@pytest.mark.parametrize(
    "text",
    [
        "",
        "　",
        "____",
        "____万元",
        "万元",
        "  年  月  日",
        "20  年  月至20  年  月",
        "共   人",
        "（限500字）",
        "请如实填写",
        "¥",
    ],
)
def test_places_to_write_in(text: str) -> None:
    assert is_place(text)
    assert not is_label(text)


@pytest.mark.parametrize("text", ["时间", "日期", "户 名", "年份", "姓  名", "单位", "区（县）部门", "1.经费来源"])
def test_labels_are_no_places(text: str) -> None:
    assert is_label(text)
    assert not is_place(text)


@pytest.mark.parametrize("text", ["□是 □否", "一寸照片", "本表由申报单位填写。字迹要清楚，内容要真实。"])
def test_boxes_photographs_and_sentences_are_no_labels(text: str) -> None:
    assert not is_label(text)


def test_photographs() -> None:
    assert is_photo("照 片\n（二寸）") or is_photo("照片")
    assert not is_photo("展品照片")


def test_a_long_hint_is_prose() -> None:
    assert is_prose("照片应为JPG格式，每张不小于2M，注释不超过20字。")
    assert not is_prose("所属行业")


@pytest.mark.parametrize(("text", "label"), [
    ("主要做法（500字以内）", "主要做法"),
    ("区（县）人力\n社保部门", "区（县）人力\n社保部门"),
    ("经费：", "经费"),
    ("（盖章）", "（盖章）"),
])  # fmt: skip
def test_a_label_without_its_hint(text: str, label: str) -> None:
    assert label_of(text) == label


def test_headings_that_ask_though_no_row_is_left() -> None:
    assert asks("二、工作方案")
    assert asks("主要事迹")
    assert not asks("银行账户信息")


def test_seal_and_signature_alone_name_nobody() -> None:
    assert is_signed_alone("（盖章）")
    assert is_signed_alone("负责人（签名）：")
    assert not is_signed_alone("承担单位（盖章）：")
