"""Stretches of pages that different readers read, put together: on values made by hand."""

from __future__ import annotations

from formflow.model.document import Block, Box, Cell, Locator, Paragraph, Table
from formflow.reading.pdf.seams import joined

Said = tuple[str, ...]


def paragraph(text: str, page: int) -> Paragraph:
    return Paragraph(text, Locator("paragraph 1", page))


def table(page: int, *rows: Said, edges: tuple[float, ...] = (60, 160, 460), boxed: bool = True) -> Table:
    """Rows of as many cells as there are columns, each with a box."""
    cells = []
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            box = Box(edges[column], 100 + 30 * row, edges[column + 1], 130 + 30 * row) if boxed else None
            place = Locator(f"table 1, row {row + 1}, column {column + 1}", page, box)
            blocks = (Paragraph(text, place, confidence=0.9 if page > 1 else 1.0),) if text else ()
            cells.append(Cell(row, column, 1, 1, blocks, place))
    return Table(len(rows), len(edges) - 1, tuple(cells), Locator("table 1", page))


def grid(blocks: tuple[Block, ...]) -> list[list[tuple[int, int, str]]]:
    return [[(c.row, c.column, c.text) for c in block.cells] for block in blocks if isinstance(block, Table)]


UPPER = table(1, ("申请单位", "白鹭镇总工会"), ("经费来源", "工会经费列支，"))


def test_a_table_goes_on_on_the_next_page() -> None:
    (block,) = joined([(UPPER,), (table(2, ("联系电话", "13900001234")),)])
    assert grid((block,))[0][-2:] == [(2, 0, "联系电话"), (2, 1, "13900001234")]
    assert isinstance(block, Table)
    assert (block.rows, block.columns) == (3, 2)
    assert block.cells[-1].locator.part == "table 1, row 3, column 2"
    assert block.cells[-1].locator.page == 2


def test_a_row_that_was_cut_is_whole_and_as_sure_as_its_least_sure_half() -> None:
    (block,) = joined([(UPPER,), (table(2, ("", "其余自筹。"), ("联系人", "张三")),)])
    assert grid((block,))[0][3:] == [(1, 1, "工会经费列支，其余自筹。"), (2, 0, "联系人"), (2, 1, "张三")]
    assert isinstance(block, Table)
    cut = block.cells[3].blocks[0]
    assert isinstance(cut, Paragraph)
    assert cut.confidence == 0.9


def test_rows_with_values_of_their_own_are_not_run_together() -> None:
    """The last column is empty by chance; the first because a sum needs no number."""
    edges = (60.0, 100.0, 300.0, 380.0, 460.0)
    upper = table(1, ("6.3", "经费预算", "4", "已核"), edges=edges)
    for row in (("6.4", "调查研究", "2", ""), ("", "合计", "100", "")):
        (block,) = joined([(upper,), (table(2, row, edges=edges),)])
        assert [text for line, _, text in grid((block,))[0] if line == 1] == list(row)


def test_a_remark_left_out_does_not_join_rows() -> None:
    upper = table(1, ("申请单位", "白鹭镇总工会", "已核"), edges=(60, 160, 380, 460))
    (block,) = joined([(upper,), (table(2, ("所属行业", "纺织", ""), edges=(60, 160, 380, 460)),)])
    assert isinstance(block, Table)
    assert block.rows == 2


def test_a_sentence_that_ended_is_not_run_on() -> None:
    upper = table(1, ("甲", "一句话。"), ("乙", "又一句话。"))
    (block,) = joined([(upper,), (table(2, ("", "第三句话。")),)])
    assert grid((block,))[0][-1] == (1, 1, "又一句话。\n第三句话。")


def test_columns_are_told_by_their_place_not_their_number() -> None:
    lower = table(2, ("联系人", "张三", "李四"), edges=(65, 165, 320, 463))
    (block,) = joined([(UPPER,), (lower,)])
    assert isinstance(block, Table)
    assert [(c.row, c.column, c.column_span) for c in block.cells] == [
        (0, 0, 1), (0, 1, 2), (1, 0, 1), (1, 1, 2), (2, 0, 1), (2, 1, 1), (2, 2, 1),
    ]  # fmt: skip


def test_tables_that_are_two_stay_two() -> None:
    row = ("联系电话", "13900001234")
    for lower in (table(2, row, edges=(60, 160, 300)), table(3, row), table(2, row, boxed=False)):
        assert len(grid(joined([(UPPER,), (lower,)]))) == 2
    assert len(grid(joined([(UPPER, paragraph("说明", 1)), (table(2, row),)]))) == 2


def test_parts_are_counted_from_the_first_page_to_the_last() -> None:
    nested = Cell(0, 0, 1, 1, (paragraph("内", 2), table(2, ("里", "面"))), Locator("x", 2))
    last = Table(1, 1, (nested,), Locator("x", 2))
    blocks = joined([(paragraph("甲", 1), UPPER), (paragraph("乙", 2), last)])
    assert [block.locator.part for block in blocks] == ["paragraph 1", "table 1", "paragraph 2", "table 2"]
    inner, table_inside = blocks[3].cells[0].blocks  # type: ignore[union-attr]
    assert inner.locator.part == "table 2, row 1, column 1, paragraph 1"
    assert table_inside.locator.part == "table 2, row 1, column 1, table 1"
