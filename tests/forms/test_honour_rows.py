"""Rows that were not read surely: each is asked about by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from formflow.forms.honours import honours_lists
from formflow.model.document import Cell, Document, Paragraph, Table
from formflow.reading import read_document
from support.honours_lists import workbook
from support.office import packs

HEADS = ["序号", "项目名称", "实施单位", "级别", "命名时间", "联系电话"]
ROWS = [
    [1, "暖心驿站", "甲中心", "省级", "2022-03-01", "0532-00000000"],
    [2, "海燕课堂", "乙中心", "市级", "2022-03-01", "0532-00000000"],
]


def unsure(document: Document, row: int, column: int) -> Document:
    """The document as a scan whose cell in that row and column was read badly."""
    (table,) = (block for block in document.blocks if isinstance(block, Table))

    def dimmed(cell: Cell) -> Cell:
        if (cell.row, cell.column) != (row, column):
            return cell
        return replace(
            cell, blocks=tuple(replace(b, confidence=0.6) if isinstance(b, Paragraph) else b for b in cell.blocks)
        )

    return replace(document, blocks=(replace(table, cells=tuple(map(dimmed, table.cells))),))


def held(column: int) -> list[bool]:
    document = unsure(read_document(workbook([HEADS, *ROWS])), 1, column)
    (found,) = honours_lists(document, packs())
    return [bool(honour.doubts) for honour in found.honours]


@pytest.mark.parametrize("column", [1, 2, 3, 4])
def test_a_row_read_badly_is_held_and_no_other(column: int) -> None:
    assert held(column) == [True, False]


@pytest.mark.parametrize("column", [0, 5])
def test_what_says_nothing_about_the_honour_may_be_read_badly(column: int) -> None:
    assert held(column) == [False, False]


@pytest.mark.parametrize(
    ("text", "day"), [("2024年11月", "2024-11"), ("2024年11月二十", None), ("2024年十一月二", None)]
)
def test_a_day_that_breaks_off_is_no_month(text: str, day: str | None) -> None:
    (found,) = honours_lists(read_document(workbook([HEADS[1:5], ["暖心驿站", "甲中心", "省级", text]])), packs())
    assert found.honours[0].date == day


@pytest.mark.parametrize(
    ("row", "is_held"),
    [
        (["海燕课堂（已撤销）", "", ""], True),
        (["海燕课堂      （作废）", "", ""], True),
        (["荣誉已撤销，不补 海燕课堂", "", ""], True),
        (["海燕课堂", "未通过", ""], True),
        (["海燕课堂", "不予补助", ""], True),
        (["海燕课堂", "", "作废"], True),
        (["海燕课堂", "此前未获补助", "已核"], False),
        (["取消焦虑计划", "", ""], False),
        (["无效沟通工作坊（二期）", "未撤销", ""], False),
    ],
)
def test_a_row_that_is_said_not_to_count_is_asked_about(row: list[str], is_held: bool) -> None:
    """In its name, among the remarks, or under no head at all."""
    name, remark, beside = row
    lines = [[*HEADS[1:5], "备注", ""], ["暖心驿站", "甲中心", "省级", "2022-03-01", "", ""]]
    lines.append([name, "乙中心", "市级", "2022-03-01", remark, beside])
    (found,) = honours_lists(read_document(workbook(lines)), packs())
    assert [bool(honour.doubts) for honour in found.honours] == [False, is_held]
    assert any("是否还作数" in finding.message for finding in found.findings) is is_held


def test_a_word_in_the_place_of_a_number_is_read() -> None:
    (found,) = honours_lists(read_document(workbook([HEADS[:5], ROWS[0][:5], ["作废", *ROWS[1][1:5]]])), packs())
    assert [bool(honour.doubts) for honour in found.honours] == [False, True]
