"""A page of our own that came back is told by its names and headings, wherever they stand."""

from __future__ import annotations

import pytest

from formflow.forms.returned_pages import ReturnedPage, returned_page
from formflow.model.document import Cell, Locator, Paragraph, Table

HERE = Locator("sheet")
NAMES, HEADINGS = ("项目编码", "年度", "稿次"), ("编码", "决定")
HEAD = ("", "项目编码", "demo", "年度", "2022", "稿次", "3")


def page(*rows: tuple[str, ...], columns: int = 7) -> ReturnedPage | None:
    cells = tuple(
        Cell(row, column, 1, 1, (Paragraph(text, HERE),), HERE)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    )
    return returned_page(Table(len(rows), columns, cells, HERE), NAMES, HEADINGS)


def test_whose_it_is_and_what_stands_in_its_lines() -> None:
    found = page(("核定表",), HEAD, ("说明",), ("单位", "决定", "编码"), ("甲", " 是_", "k1"), (), ("", "", ""))
    assert found is not None
    assert (found.programme_id, found.numbers) == ("demo", (2022, 3))
    assert [(line.text("编码"), line.text("决定"), line.text("理由")) for line in found.lines] == [
        ("k1", "是", ""),
        ("", "", ""),
    ]
    cell = found.lines[0].cell("决定")
    assert cell is not None
    assert (cell.row, cell.column) == (4, 1)
    assert found.lines[0].cell("理由") is None


@pytest.mark.parametrize(
    "rows",
    [
        (HEAD, ("单位", "决定")),
        (("单位", "决定", "编码"), HEAD),
        (HEAD[:6], ("单位", "决定", "编码")),
        (("", "项目编码", "demo"), ("", "年度", "2022", "稿次", "3"), ("单位", "决定", "编码")),
        (("", "项目编码", "demo", "年度", "２０２²", "稿次", "3"), ("单位", "决定", "编码")),
    ],
    ids=["no heading", "names below", "no value", "names in two rows", "no number"],
)
def test_anything_else_is_none_of_ours(rows: tuple[tuple[str, ...], ...]) -> None:
    assert page(HEAD, ("单位", "决定", "编码")) is not None
    assert page(*rows) is None


def test_a_table_too_narrow_for_the_names_is_not_looked_through() -> None:
    assert page(HEAD, ("单位", "决定", "编码"), columns=5) is None
