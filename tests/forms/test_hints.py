"""Printed hints beside what was typed."""

from __future__ import annotations

import pytest

from formflow.forms.hints import hints_among, without_hint


def test_hints_are_the_brackets_lines_begin_with() -> None:
    assert hints_among(("(限500字)", "(长×宽);", "所属行业", "共(3)人")) == ["(限500字)", "(长×宽)"]


@pytest.mark.parametrize("line", ["（限500字）送书上门", "送书上门（限500字）", "( 限 500 字 ) 送书上门", "送书上门"])
def test_what_was_typed_beside_a_hint(line: str) -> None:
    assert without_hint(line, ["(限500字)"]) == "送书上门"


def test_other_brackets_are_part_of_the_answer() -> None:
    assert without_hint("送书上门（二十次）", ["(限500字)"]) == "送书上门（二十次）"
