"""What is struck out on a page is read and unsure; borders and underlines strike out nothing."""

from __future__ import annotations

import pytest
from reportlab.pdfbase import pdfdoc

from formflow.model.document import Document
from support.pdfs import HEIGHT, Paper, read, tables


def sure(document: Document) -> list[tuple[str, bool]]:
    """Each text, and whether it is taken without a look."""
    return [(line.text, line.confidence >= 0.9) for line in document.paragraphs() if line.text]


def two_lines(paper: Paper) -> None:
    paper.text(60, 100, "海燕课堂2022年")
    paper.text(60, 160, "暖心驿站")


@pytest.mark.parametrize("above", [2.5, 4.0, 6.0])
def test_a_line_through_the_middle_strikes_out(above: float) -> None:
    def draw(paper: Paper) -> None:
        two_lines(paper)
        paper.line(60, 100 - above, 108, 100 - above)

    document = read(draw)
    assert sure(document) == [("海燕课堂2022年", False), ("暖心驿站", True)]
    assert any("删除线" in remark for remark in document.remarks)


def test_figures_alone_are_struck_out() -> None:
    def draw(paper: Paper) -> None:
        two_lines(paper)
        paper.text(60, 130, "10000 yuan")
        paper.box(60, 126, 92, 126.5, stroke=0, fill=1)

    assert sure(read(draw)) == [("海燕课堂2022年", True), ("10000 yuan", False), ("暖心驿站", True)]


@pytest.mark.parametrize("below", [-1.0, 0.0, 1.5, 3.0])
def test_a_line_below_underlines(below: float) -> None:
    def draw(paper: Paper) -> None:
        two_lines(paper)
        paper.line(60, 100 + below, 140, 100 + below)

    document = read(draw)
    assert all(is_sure for _, is_sure in sure(document))
    assert document.remarks == ()


def test_borders_strike_out_nothing_and_strokes_are_no_borders() -> None:
    def draw(paper: Paper) -> None:
        paper.grid((50, 200, 350), (80, 110, 140))
        for x, y, words in ((60, 100, "项目名称"), (210, 100, "级别"), (60, 130, "海燕课堂"), (210, 130, "省级")):
            paper.text(x, y, words)
        paper.line(210, 126, 234, 126)

    document = read(draw)
    assert sure(document) == [("项目名称", True), ("级别", True), ("海燕课堂", True), ("省级", False)]


@pytest.mark.parametrize(
    ("kind", "is_struck"), [("StrikeOut", True), ("Redact", True), ("Highlight", False), ("Underline", False)]
)
@pytest.mark.parametrize("has_stretches", [True, False])
def test_marks_of_a_program_strike_out(kind: str, is_struck: bool, has_stretches: bool) -> None:
    def draw(paper: Paper) -> None:
        two_lines(paper)
        x0, y0, x1, y1 = 60, HEIGHT - 104, 108, HEIGHT - 88
        mark = {
            "Type": pdfdoc.PDFName("Annot"),
            "Subtype": pdfdoc.PDFName(kind),
            "Rect": pdfdoc.PDFArray([x0, y0, x1, y1]),
            "Contents": pdfdoc.PDFString("checked"),
        }
        if has_stretches:
            mark["QuadPoints"] = pdfdoc.PDFArray([x0, y1, x1, y1, x0, y0, x1, y0])
        paper.canvas._addAnnotation(pdfdoc.PDFDictionary(mark))

    document = read(draw)
    assert sure(document) == [("海燕课堂2022年", not is_struck), ("暖心驿站", True)]
    assert [line.text for line in document.furniture] == ["checked"] * (kind != "Underline")


def test_what_is_typed_over_something_else_is_unsure() -> None:
    def draw(paper: Paper) -> None:
        two_lines(paper)
        paper.text(63, 160, "童心托管")

    assert [is_sure for _, is_sure in sure(read(draw))] == [True, False]


def test_bold_made_by_printing_twice_and_close_setting_are_sure() -> None:
    def draw(paper: Paper) -> None:
        two_lines(paper)
        paper.text(60.4, 160, "暖心驿站")
        paper.canvas.drawString(60, HEIGHT - 220, "紧排的文字", charSpace=-3)
        # A mark takes a full em and fills a third of it.
        paper.text(60, 280, "甲。")
        paper.text(76, 280, "乙")

    assert [is_sure for _, is_sure in sure(read(draw))] == [True] * 4


def test_a_stroke_from_wall_to_wall_parts_no_row() -> None:
    def draw(paper: Paper) -> None:
        paper.grid((50, 110, 170), (80, 110, 140))
        for x, y, words in (
            (55, 100, "项目名称"),
            (115, 100, "荣誉级别"),
            (55, 130, "海燕课堂"),
            (115, 130, "省级优秀"),
        ):
            paper.text(x, y, words)
        paper.line(50, 126, 110, 126)
        paper.line(110, 126, 170, 126)

    document = read(draw)
    (table,) = tables(document)
    assert (table.rows, [is_sure for _, is_sure in sure(document)]) == (2, [True, True, False, False])
