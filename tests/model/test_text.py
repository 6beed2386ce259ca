"""How printed texts are compared, and when a written text says nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formflow.model.text import fold, is_blank, quoted, tidy


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("现状及\n应具备条件符\n合性", "现状及应具备条件符合性"),
        ("申　请 单\t位", "申请单位"),
        ("单位名称：____", "单位名称:"),
        ("承担单位（盖章）：", "承担单位(盖章):"),
        ("〔2022〕", "[2022]"),
        ("２０２２年", "2022年"),
        ("1．经费来源", "1.经费来源"),
        ("“十四五”", '"十四五"'),
        ("3月—5月", "3月-5月"),
        ("时\u200b间", "时间"),
        ("海燕\u202e课\u2066堂", "海燕课堂"),
        ("第②项", "第2项"),
        ("√", "■"),
        ("一、二，三", "一,二,三"),
    ],
)
def test_prints_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(("申请单位", "申报单位"), ("同意", "不同意"), ("服务中心", "服务站"), ("☐", "☑")),
        *(("10000①", "100001"), ("９²", "92")),
    ],
)
def test_differs_in_a_word(one: str, other: str) -> None:
    assert fold(one) != fold(other)


# What forms are printed with: ASCII, general and CJK punctuation, common ideographs, full and half width forms, shapes.
PRINTED = st.text(
    st.one_of(
        *(
            st.characters(min_codepoint=a, max_codepoint=b)
            for a, b in [
                (0x20, 0x7E),
                (0x2010, 0x203A),
                (0x3000, 0x301C),
                (0x4E00, 0x4E80),
                (0xFF01, 0xFF5E),
                (0x25A0, 0x25CF),
            ]
        )
    )
)


@given(PRINTED)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "　\n",
        "／",
        "/",
        "—",
        "——",
        "－－",
        "……",
        "...",
        "×",
        "___",
        "（）",
        "待补充",
        "（待补充）",
        "【待补充】",
        "待 补 充",
        "待补充。",
        "“待补充”",
    ],
)
def test_says_nothing(text: str) -> None:
    assert is_blank(text, ("待补充",))


@pytest.mark.parametrize(
    "text",
    ["错误!未找到引用源。", "错误！未定义书签。", "Error: Reference source not found", "Error! Bookmark not defined."],
)
def test_a_field_that_has_lost_what_it_pointed_at_says_nothing(text: str) -> None:
    assert is_blank(text)
    assert not is_blank(f"共12人（{text}）")


@pytest.mark.parametrize("text", ["无", "0", "同意", "待补充材料已附后", "1/2", "A", "（一）", "不同意。"])
def test_says_something(text: str) -> None:
    assert not is_blank(text, ("待补充",))


def test_tidy_keeps_inner_text_and_drops_what_draws_a_blank() -> None:
    assert tidy("  ____清溪镇 职工____\r\n\n　　第二段　\n___") == "清溪镇 职工\n第二段"


@given(st.text())
def test_tidy_is_settled_after_once(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@pytest.mark.parametrize(
    ("name", "said"),
    [("托管班", "“托管班”"), ("“驿站”项目", "“‘驿站’项目”"), ("“‘小’驿站”项目", "“‘“小”驿站’项目”"), ("", "“”")],
)
def test_quotation_marks_within_others_are_the_inner_ones(name: str, said: str) -> None:
    assert quoted(name) == said
