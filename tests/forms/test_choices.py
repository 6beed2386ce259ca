"""Rows of check boxes."""

from __future__ import annotations

import pytest

from formflow.forms.choices import options_in, ticked


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("□是  □否", ("是", "否")),
        ("男□ 女□", ("男", "女")),
        ("（可多选）□甲 □乙\n□其他____", ("甲", "乙", "其他")),
        ("[ ]有 [ ]无", ("有", "无")),
        ("□同意", ()),
        ("会议室", ()),
    ],
)
def test_options(text: str, options: tuple[str, ...]) -> None:
    assert options_in(text) == options


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("☑是  □否", "是"),
        ("男□ 女☑", "女"),
        ("√甲 □乙 ■丙", "甲、丙"),
        ("□√甲 □乙", "甲"),
        ("[√]有 [ ]无", "有"),
        ("□甲 ☑其他：登山__", "其他：登山"),
        ("□是  □否", None),
        ("否", "否"),
        ("", None),
    ],
)
def test_the_ticked_ones(text: str, value: str | None) -> None:
    assert ticked(text, ("是", "否", "有", "无")) == (value, True)


@pytest.mark.parametrize("text", ["达到   □未达到", "□达到   未达到"])
def test_an_option_without_its_box_may_have_been_ticked(text: str) -> None:
    assert ticked(text, ("达到", "未达到")) == (None, False)


def test_two_options_behind_one_tick_are_not_sure() -> None:
    assert not ticked("☑达到   未达到", ("达到", "未达到"))[1]


def test_words_that_are_no_option_are_not_sure() -> None:
    assert ticked("视情况而定", ("是", "否")) == ("视情况而定", False)
