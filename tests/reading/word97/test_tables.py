"""Tables of Word 97 files: rows that share a grid, tables in cells, and what does not come out even."""

from __future__ import annotations

import pytest

from formflow.errors import UnreadableError
from formflow.model.document import Document, Table
from formflow.reading.reader import read_document
from support.word97 import IN_TABLE, ROW_END, Doc, Par, cells, inside, row, sprm
from support.wordml import spans

DELETED, INNER_CELL, INNER_ROW = sprm(0x0800), sprm(0x244B), sprm(0x244C)
HALVES = row((0, 1000, 2000))


def read(*paragraphs: Par, runs: tuple[tuple[int, int, bytes], ...] = ()) -> Document:
    return read_document(Doc([*paragraphs, Par("后\r")], runs).bytes())


def table(*paragraphs: Par) -> Table:
    found = read(*paragraphs).blocks[0]
    assert isinstance(found, Table)
    return found


def test_rows_of_other_widths_share_a_grid() -> None:
    found = table(
        *cells("标题", end=row((0, 3000))),
        *cells("甲", "乙", end=row((0, 1000, 3000))),
        *cells("丙", "丁", "戊", end=row((0, 1000, 2000, 3000))),
    )
    assert (found.rows, found.columns) == (3, 3)
    assert spans(found) == [
        ("标题", 0, 0, 1, 3),
        ("甲", 1, 0, 1, 1),
        ("乙", 1, 1, 1, 2),
        ("丙", 2, 0, 1, 1),
        ("丁", 2, 1, 1, 1),
        ("戊", 2, 2, 1, 1),
    ]


def test_merged_down_and_across() -> None:
    found = table(
        *cells("家庭成员", "姓名", "", end=row((0, 1000, 2000, 3000), (0x60, 1, 2))),
        *cells("", "甲", "乙", end=row((0, 1000, 2000, 3000), (0x20,))),
    )
    assert spans(found) == [("家庭成员", 0, 0, 2, 1), ("姓名", 0, 1, 1, 2), ("甲", 1, 1, 1, 1), ("乙", 1, 2, 1, 1)]


def test_edges_a_hair_apart_are_one() -> None:
    found = table(*cells("甲", "乙", end=row((-7, 1000, 2000))), *cells("丙", "丁", end=row((0, 1012, 1995))))
    assert found.columns == 2


def test_a_cell_as_narrow_as_a_hair_is_kept() -> None:
    found = table(*cells("甲", "", "乙", end=row((0, 1000, 1010, 2000))), *cells("丙", end=row((0, 2000))))
    assert spans(found) == [("甲", 0, 0, 1, 1), ("", 0, 1, 1, 1), ("乙", 0, 2, 1, 1), ("丙", 1, 0, 1, 3)]


def test_a_row_that_begins_further_right() -> None:
    found = table(*cells("甲", "乙", end=HALVES), *cells("丙", end=row((1000, 2000))))
    assert spans(found)[-1] == ("丙", 1, 1, 1, 1)


def test_tables_in_cells() -> None:
    def inner(text: str, depth: int, end: bytes) -> Par:
        return Par(f"{text}\r", inside(depth) + end)

    found = table(
        Par("前\r", inside()),
        inner("内一", 2, b""),
        inner("内二", 2, INNER_CELL),
        inner("深", 3, INNER_CELL),
        inner("", 3, INNER_ROW + row((0, 500))),
        inner("", 2, INNER_CELL),
        inner("", 2, INNER_ROW + HALVES),
        Par("\x07", inside()),
        Par("\x07", inside() + ROW_END + row((0, 2000))),
    )
    (outer,) = found.cells
    middle = outer.blocks[1]
    assert isinstance(middle, Table)
    assert [cell.text for cell in middle.cells] == ["内一\n内二", "深\n"]
    assert isinstance(middle.cells[1].blocks[0], Table)
    assert outer.blocks[0].text == "前"


def test_a_table_that_ends_the_document() -> None:
    found = read_document(Doc(cells("甲", "乙", end=HALVES)).bytes())
    assert [cell.text for block in found.blocks if isinstance(block, Table) for cell in block.cells] == ["甲", "乙"]


def test_word_97_says_no_more_than_in_a_table() -> None:
    found = table(Par("甲\x07", IN_TABLE), Par("\x07", IN_TABLE + ROW_END + row((0, 1000))))
    assert spans(found) == [("甲", 0, 0, 1, 1)]


def test_a_row_of_which_all_is_deleted_is_gone() -> None:
    rows = (*cells("旧", "行", end=HALVES), *cells("甲", "乙", end=HALVES))
    # One program marks the row's marks, another the characters alone.
    for marked in ((0, 5, DELETED), (0, 1, DELETED), (2, 3, DELETED)):
        both = (marked,) if marked[1] == 5 else ((0, 1, DELETED), (2, 3, DELETED))
        found = read(*rows, runs=both)
        assert [block.text for block in found.blocks] == ["甲\t乙", "后"]
    kept = read(*rows, runs=((0, 1, DELETED),))
    assert kept.blocks[0].text == "\t行\n甲\t乙"
    assert "修订" in kept.remarks[0]


@pytest.mark.parametrize(
    "paragraphs",
    [
        [Par("甲\x07")],  # the mark of a cell, and no table
        [Par("甲\x07", inside()), Par("乙\x07", inside()), Par("\x07", inside() + ROW_END + row((0, 1000)))],
        [Par("甲\x07", inside()), Par("\x07", inside() + ROW_END + HALVES)],
        [Par("甲\x07", inside()), Par("\x07", inside() + ROW_END)],  # a row that does not say what cells it has
        [Par("甲\x07", inside())],  # a row without an end
        [Par("甲\r", inside())],  # a cell without an end
        [Par("甲\r", inside()), Par("\x07", inside() + ROW_END + row((0, 1000)))],
    ],
)
def test_cells_and_rows_that_do_not_come_out_even_are_for_a_person(paragraphs: list[Par]) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(*paragraphs)
    assert caught.value.code == "damaged"
    assert "表格" in caught.value.message
    assert ".docx" in caught.value.remedy
