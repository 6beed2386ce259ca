"""Tables as they are drawn: what is a cell, whatever draws its border; and what is none."""

from __future__ import annotations

import itertools

import pytest
from reportlab.lib.colors import Color, white

from support.pdfs import HEIGHT, Paper, cells, paragraphs, read, tables

LABELS = [(0, 0, 1, 1, "姓名"), (0, 1, 1, 1, "张三"), (1, 0, 1, 1, "单位"), (1, 1, 1, 1, "工会")]
XS, YS = [72, 172, 372], [120, 150, 180]


def labels(paper: Paper) -> None:
    for x, y, words in ((78, 140, "姓名"), (178, 140, "张三"), (78, 170, "单位"), (178, 170, "工会")):
        paper.text(x, y, words)


def test_cells_over_rows_and_columns() -> None:
    def draw(paper: Paper) -> None:
        paper.box(72, 100, 472, 220)
        paper.line(172, 100, 172, 190)
        paper.line(272, 100, 272, 130)
        paper.line(172, 130, 472, 130)
        paper.line(172, 160, 472, 160)
        paper.line(72, 190, 472, 190)
        for x, y, words in (
            (80, 150, "甲"),
            (180, 120, "乙"),
            (280, 120, "丙"),
            (180, 150, "丁"),
            (180, 180, "戊"),
            (80, 210, "己"),
        ):
            paper.text(x, y, words)

    (table,) = tables(read(draw))
    assert (table.rows, table.columns) == (4, 3)
    assert cells(table) == [
        (0, 0, 3, 1, "甲"), (0, 1, 1, 1, "乙"), (0, 2, 1, 1, "丙"), (1, 1, 1, 2, "丁"), (2, 1, 1, 2, "戊"), (3, 0, 1, 3, "己"),
    ]  # fmt: skip


def by_pieces(paper: Paper) -> None:
    """Each border a hairline of its own for each cell."""
    for y in YS:
        for x0, x1 in itertools.pairwise(XS):
            paper.line(x0, y, x1, y, 0.1)
    for x in XS:
        for y0, y1 in itertools.pairwise(YS):
            paper.line(x, y0, x, y1, 0.1)


def by_filled_bars(paper: Paper) -> None:
    for y in YS:
        paper.box(XS[0], y - 0.4, XS[-1], y + 0.4, stroke=0, fill=1)
    for x in XS:
        paper.box(x - 0.4, YS[0], x + 0.4, YS[-1], stroke=0, fill=1)


def by_boxes(paper: Paper) -> None:
    for x0, x1 in itertools.pairwise(XS):
        for y0, y1 in itertools.pairwise(YS):
            paper.box(x0, y0, x1, y1)


def by_dashes(paper: Paper) -> None:
    for y in YS:
        for x in range(XS[0], XS[-1], 6):
            paper.line(x, y, x + 3.4, y)
    for x in XS:
        for y in range(YS[0], YS[-1], 6):
            paper.line(x, y, x, y + 3.4)


def by_dots(paper: Paper) -> None:
    """Squares of one point, three points apart."""
    for y in YS:
        for x in range(XS[0], XS[-1] + 1, 4):
            paper.box(x - 0.5, y - 0.5, x + 0.5, y + 0.5, stroke=0, fill=1)
    for x in XS:
        for y in range(YS[0], YS[-1] + 1, 3):
            paper.box(x - 0.5, y - 0.5, x + 0.5, y + 0.5, stroke=0, fill=1)


def by_a_dash_pattern(paper: Paper) -> None:
    paper.canvas.setDash(3, 3)
    paper.grid(XS, YS)


def by_double_lines(paper: Paper) -> None:
    paper.grid(XS, YS)
    paper.box(XS[0] - 2, YS[0] - 2, XS[-1] + 2, YS[-1] + 2)


def without_sides(paper: Paper) -> None:
    """Nothing down the left and the right."""
    for y in YS:
        paper.line(XS[0], y, XS[-1], y)
    paper.line(XS[1], YS[0], XS[1], YS[-1])


def in_a_form_object(paper: Paper) -> None:
    paper.canvas.beginForm("table")
    paper.grid([x - 72 for x in XS], YS)
    paper.canvas.endForm()
    paper.canvas.saveState()
    paper.canvas.translate(72, 0)
    paper.canvas.doForm("table")
    paper.canvas.restoreState()


def as_one_path(paper: Paper) -> None:
    path = paper.canvas.beginPath()
    for y in YS:
        path.moveTo(XS[0], HEIGHT - y)
        path.lineTo(XS[-1], HEIGHT - y)
    for x in XS:
        path.moveTo(x, HEIGHT - YS[0])
        path.lineTo(x, HEIGHT - YS[-1])
    paper.canvas.drawPath(path)


@pytest.mark.parametrize(
    "border",
    [by_pieces, by_filled_bars, by_boxes, by_dashes, by_dots, by_a_dash_pattern, by_double_lines, without_sides, in_a_form_object, as_one_path],
)  # fmt: skip
def test_borders_of_every_kind(border: object) -> None:
    def draw(paper: Paper) -> None:
        border(paper)  # type: ignore[operator]
        labels(paper)

    (table,) = tables(read(draw))
    assert cells(table) == LABELS


def test_rows_between_open_sides_belong_to_the_table() -> None:
    """A row across has no upright line at all; only its width tells."""

    def draw(paper: Paper) -> None:
        without_sides(paper)
        labels(paper)
        paper.line(72, 220, 372, 220)
        paper.text(78, 205, "备注：无")

    (table,) = tables(read(draw))
    assert cells(table) == [*LABELS, (2, 0, 1, 2, "备注：无")]


def test_a_row_that_a_page_break_leaves_open_is_closed() -> None:
    def draw(paper: Paper) -> None:
        for x in XS:
            paper.line(x, 120, x, 205)
        for y in YS:
            paper.line(72, y, 372, y)
        labels(paper)
        paper.text(78, 198, "地址")

    (table,) = tables(read(draw))
    assert cells(table) == [*LABELS, (2, 0, 1, 1, "地址"), (2, 1, 1, 1, "")]


def test_lines_nobody_sees_are_not_there() -> None:
    def draw(paper: Paper) -> None:
        paper.canvas.setStrokeColor(white)
        paper.grid(XS, YS)
        paper.canvas.setStrokeColor(Color(0, 0, 0, alpha=0))
        paper.grid(XS, YS)
        labels(paper)

    document = read(draw)
    assert tables(document) == []
    assert paragraphs(document)[0].split() == ["姓名", "张三"]


def test_backgrounds_are_no_borders() -> None:
    def draw(paper: Paper) -> None:
        paper.canvas.setFillColorRGB(0.9, 0.9, 0.6)
        paper.box(72, 100, 300, 200, stroke=0, fill=1)
        paper.canvas.setFillColorRGB(0, 0, 0)
        paper.text(80, 150, "文字")

    assert tables(read(draw)) == []


def test_tables_close_together_stay_apart() -> None:
    def draw(paper: Paper) -> None:
        paper.grid(XS, YS)
        labels(paper)
        paper.grid([72, 272, 372], [186, 210])
        paper.text(80, 202, "另表")

    first, second = tables(read(draw))
    assert cells(first) == LABELS
    assert cells(second) == [(0, 0, 1, 1, "另表"), (0, 1, 1, 1, "")]


def test_a_table_in_a_cell() -> None:
    def draw(paper: Paper) -> None:
        paper.grid([72, 172, 472], [100, 250])
        paper.text(78, 120, "明细")
        paper.text(178, 115, "如下：")
        paper.grid([190, 290, 450], [130, 160, 190])
        paper.text(195, 150, "项目")
        paper.text(295, 150, "金额")
        paper.text(178, 230, "以上")

    (table,) = tables(read(draw))
    label, value = table.cells
    assert label.text == "明细"
    assert [type(block).__name__ for block in value.blocks] == ["Paragraph", "Table", "Paragraph"]
    assert value.text == "如下：\n项目\t金额\n\t\n以上"
    inner = value.blocks[1]
    assert inner.locator.part == "table 1, row 1, column 2, table 1"


def test_a_frame_around_the_page_is_no_table() -> None:
    def draw(paper: Paper) -> None:
        paper.box(30, 30, 565, 812)
        paper.grid(XS, YS)
        labels(paper)
        paper.text(72, 100, "标题")

    document = read(draw)
    assert paragraphs(document) == ["标题"]
    assert [cells(table) for table in tables(document)] == [LABELS]


def test_a_narrower_row_leaves_what_is_beside_it_outside() -> None:
    def draw(paper: Paper) -> None:
        paper.grid(XS, YS)
        labels(paper)
        paper.box(72, 180, 172, 210)
        paper.text(78, 200, "签名")
        paper.text(200, 200, "表外")

    document = read(draw)
    (table,) = tables(document)
    assert cells(table) == [*LABELS, (2, 0, 1, 1, "签名")]
    assert paragraphs(document) == ["表外"]


def test_a_page_of_drawing_is_no_table(monkeypatch: pytest.MonkeyPatch) -> None:
    from formflow.reading.pdf import lattice

    monkeypatch.setattr(lattice, "MAX_RULES", 4)

    def draw(paper: Paper) -> None:
        paper.grid(XS, YS)
        labels(paper)

    document = read(draw)
    assert tables(document) == []
    assert "姓名" in document.text
