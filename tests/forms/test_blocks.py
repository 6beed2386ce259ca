"""Repeating blocks on a blank."""

from __future__ import annotations

import pytest

from formflow.forms.blocks import Rows, block_at, is_count
from formflow.model.document import Table
from support.papers import table

EMPTY = ["", "", ""]
HEADS = ["时间", "内容", "单位"]


def _block(given: Table, row: int) -> tuple[tuple[str, ...], int, int] | None:
    block = block_at(Rows(given), row)
    return (block.labels, block.first, block.rows) if block else None


def test_heads_over_empty_rows() -> None:
    assert _block(table(HEADS, EMPTY, EMPTY, ["电话", ("", 2)]), 0) == (tuple(HEADS), 1, 2)


def test_rows_may_be_numbered_or_begin_with_a_printed_item() -> None:
    numbered = table(["序号", "内容"], ["1", ""], ["2", ""], ["合计", ""])
    assert _block(numbered, 0) == (("序号", "内容"), 1, 3)
    items = table(["指标", "今年", "去年"], ["人数", "", ""], ["经费", "", "____元"])
    assert _block(items, 0) == (("指标", "今年", "去年"), 1, 2)


def test_heads_over_heads() -> None:
    layered = table(
        [("序号", 1, 2), ("人数", 2, 1), ("备注", 1, 2)], ["总数", "其中：女"], ["", "", "", ""], ["", "", "", ""]
    )
    assert _block(layered, 0) == (("序号", "人数-总数", "人数-其中：女", "备注"), 2, 2)


def test_a_label_beside_the_block_is_no_head() -> None:
    beside = table([("简历", 1, 3), "起止时间", "单位"], ["", ""], ["", ""])
    assert _block(beside, 0) == (("起止时间", "单位"), 1, 2)


def test_heads_alone_between_headings() -> None:
    printed = table([("三、步骤", 3)], HEADS, [("四、经费", 3)], ["来源", ("", 2)])
    assert _block(printed, 1) == (tuple(HEADS), 2, 0)


@pytest.mark.parametrize(
    ("rows", "is_block"),
    [
        ([["基本工资", "津贴", "补贴"], EMPTY, ["开户行", ("", 2)]], False),
        ([["序号", "内容", "备注"], EMPTY, ["开户行", ("", 2)]], True),
        ([["姓名", "", "性别"], EMPTY, EMPTY], False),
    ],
)
def test_one_empty_row_under_labels_is_their_answers_unless_they_head_a_list(rows: list, is_block: bool) -> None:  # type: ignore[type-arg]
    assert (_block(table(*rows), 0) is not None) == is_block


def test_counts() -> None:
    assert is_count("12.")
    assert is_count("合计")
    assert not is_count("第一名")
