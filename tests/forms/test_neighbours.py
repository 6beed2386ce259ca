"""What stands round a label's cell, up to the next label."""

from __future__ import annotations

from formflow.forms.neighbours import Neighbours
from formflow.model.document import Cell, Picture, Table
from support.papers import table

LABELS = frozenset(("单位", "地址", "意见", "下一栏"))


def _no_pictures(cell: Cell) -> tuple[Picture, ...]:
    return ()


NEAR = Neighbours(lambda cell: cell.text in LABELS, _no_pictures)


def label(paper: Table, text: str) -> Cell:
    return next(cell for cell in paper.cells if cell.text == text)


def test_cells_beside_end_at_the_next_label() -> None:
    paper = table(["单位", "甲", "地址", "乙"])
    assert [piece.text for piece in NEAR.beside(paper, label(paper, "单位"))] == ["甲"]
    assert [piece.locator.part for piece in NEAR.beside(paper, label(paper, "地址"))] == ["table 1, row 1, column 4"]


def test_a_pair_that_somebody_added_is_left_out() -> None:
    paper = table(["单位", "甲", "电话", "12345678"])
    assert [piece.text for piece in NEAR.beside(paper, label(paper, "单位"))] == ["甲"]


def test_rows_of_one_cell_below_come_before_rows_of_many() -> None:
    paper = table([("单位", 2)], ["一", "二"], [("甲", 2)], [("下一栏", 2)], [("乙", 2)])
    assert [piece.text for piece in NEAR.below(paper, label(paper, "单位"))] == ["甲"]
    many = table([("单位", 2)], ["一", "二"])
    assert [piece.text for piece in NEAR.below(many, label(many, "单位"))] == ["一", "二"]


def test_an_answer_goes_on_where_the_label_is_empty_or_says_so() -> None:
    for head in ("", "续", "单位（续）"):
        paper = table(["单位", "甲"], [head, "乙"], ["地址", "丙"])
        assert [piece.text for piece in NEAR.continued(paper, label(paper, "单位"))] == ["乙"], head
    other = table(["单位", "甲"], ["电话", "乙"])
    assert NEAR.continued(other, label(other, "单位")) == []


def test_rows_below_are_lines_up_to_the_next_label() -> None:
    paper = table([("意见", 2)], ["同意", "2022年3月1日"], ["下一栏", ""], ["丙", "丁"])
    assert [piece.text for piece in NEAR.lines_below(paper, label(paper, "意见"))] == ["同意　　2022年3月1日"]


def test_only_rows_with_a_signature_or_a_date_belong_to_an_opinion() -> None:
    paper = table(["意见", "同意"], ["负责人（签名）", "张三"], ["年　月　日", ""], ["其他", "无"])
    assert [piece.text for piece in NEAR.signed_below(paper, label(paper, "意见"))] == [
        "负责人（签名）　　张三",
        "年　月　日　　",
    ]
