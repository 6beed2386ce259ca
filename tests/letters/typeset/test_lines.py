"""Chinese line breaking."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formflow.letters.closing import width_in_chars
from formflow.letters.typeset.lines import NOT_AT_END, NOT_AT_START, balance, break_lines


def lines(text: str, room: float = 10, first: float | None = None) -> list[str]:
    return [line.text for line in break_lines(text, room, room if first is None else first, width_in_chars)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [""]),
        ("一二三四五六七八九十", ["一二三四五六七八九十"]),
        ("一二三四五六七八九十甲", ["一二三四五六七八九十", "甲"]),
        (
            "一二三四五六七八九十，甲",
            ["一二三四五六七八九", "十，甲"],
        ),  # no mark at the head of a line: one character goes along
        ("一二三四五六七八九》。甲", ["一二三四五六七八", "九》。甲"]),
        ("一二三四五六七八九（甲）", ["一二三四五六七八九", "（甲）"]),  # no opening mark at the end
        ("一二三四五六七八2022年", ["一二三四五六七八2022", "年"]),
        ("一二三四五六七八九2022年", ["一二三四五六七八九", "2022年"]),  # a number stays whole
        ("一二三四五六七八九——甲", ["一二三四五六七八", "九——甲"]),
        ("甲\n乙", ["甲", "乙"]),
        ("abcdefghijklmnopqrstuvwxyz", ["abcdefghijklmnopqrst", "uvwxyz"]),  # wider than a line: cut
    ],
)
def test_breaking(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


def test_the_first_line_can_be_shorter() -> None:
    assert lines("一二三四五六七八九十", 10, 8) == ["一二三四五六七八", "九十"]


def test_only_the_last_line_and_forced_breaks_are_ends() -> None:
    found = break_lines("一二三四五\n六七八九十甲乙", 6, 4, width_in_chars)
    assert [(line.text, line.is_end) for line in found] == [
        ("一二三四", False), ("五", True), ("六七八九十甲", False), ("乙", True)]  # fmt: skip


@given(st.text(alphabet="一二三，。（）《》“”…—ab12 \n", max_size=120), st.integers(3, 28))
def test_nothing_is_lost_and_no_line_is_too_wide(text: str, room: int) -> None:
    found = break_lines(text, room, room, width_in_chars)
    assert "".join(line.text for line in found).replace(" ", "") == text.replace("\n", "").replace(" ", "")
    assert all(line.width <= room or len(line.text) == 1 or line.text in ("——", "……") for line in found)


@given(st.text(alphabet="一二三四五六，。（）《》", min_size=1, max_size=80))
def test_marks_do_not_begin_or_end_lines_where_they_need_not(text: str) -> None:
    found = lines(text, 12)
    for above, below in pairwise(found):
        breaks = [i for i in range(1, len(above)) if above[i] not in NOT_AT_START and above[i - 1] not in NOT_AT_END]
        if breaks:
            assert below[0] not in NOT_AT_START
            assert above[-1] not in NOT_AT_END


@pytest.mark.parametrize("text", ["南通市总工会关于开展职工服务中心赋能创优活动的通知", "关" * 45])
def test_titles_of_several_lines_are_trapezia(text: str) -> None:
    found = balance(text, 20, width_in_chars)
    widths = [line.width for line in found]
    assert len(found) == -(-len(text) // 20)
    assert widths in (sorted(widths), sorted(widths, reverse=True))
    assert len(set(widths)) == len(widths)
    assert "".join(line.text for line in found) == text


def test_a_titles_own_breaks_are_kept() -> None:
    assert [line.text for line in balance("关于活动\n的通知", 20, width_in_chars)] == ["关于活动", "的通知"]
