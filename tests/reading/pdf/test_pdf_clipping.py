"""Texts longer than their cells: as worksheets are printed, with all of the text in the file and a clip round the cell, or running over."""

from __future__ import annotations

import io

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from formflow.model.document import Document, Paragraph, Table
from formflow.reading import read_document

pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
EDGES = (60, 160, 260, 360)
SIZE, HEIGHT, TOP = 10, 18, 700


def printed(rows: list[list[str]], *, is_clipped: bool) -> Document:
    """A ruled sheet of three columns, 100 points each; a cell may have several lines, of which the row shows the first."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for number, row in enumerate(rows):
        y = TOP - number * HEIGHT
        for column, text in enumerate(row):
            canvas.rect(EDGES[column], y, EDGES[column + 1] - EDGES[column], HEIGHT)
            canvas.saveState()
            if is_clipped:
                path = canvas.beginPath()
                path.rect(EDGES[column], y, EDGES[column + 1] - EDGES[column], HEIGHT)
                canvas.clipPath(path, stroke=0)
            canvas.setFont("STSong-Light", SIZE)
            for line, words in enumerate(text.split("\n")):
                canvas.drawString(EDGES[column] + 2, y + 5 - line * 12, words)
            canvas.restoreState()
    canvas.save()
    return read_document(buffer.getvalue())


def cells(document: Document) -> dict[tuple[int, int], tuple[str, float]]:
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    return {
        (cell.row, cell.column): (
            cell.text,
            min((b.confidence for b in cell.blocks if isinstance(b, Paragraph)), default=1.0),
        )
        for cell in table.cells
    }


ROWS = [["项目名称", "金额", "备注"], ["户外劳动者关爱服务项目（二期）", "10000", "无"], ["暖心驿站", "20000", "无"]]


@pytest.mark.parametrize("is_clipped", [True, False])
def test_a_text_longer_than_its_cell_stays_in_it_and_is_not_sure(is_clipped: bool) -> None:
    found = cells(printed(ROWS, is_clipped=is_clipped))
    assert [found[1, column][0] for column in range(3)] == ROWS[1]
    assert found[1, 0][1] < 0.9
    assert all(confidence == 1 for place, (_, confidence) in found.items() if place != (1, 0))


def test_it_is_remarked() -> None:
    assert any("单元格" in remark for remark in printed(ROWS, is_clipped=True).remarks)
    assert printed([ROWS[0], ROWS[2]], is_clipped=True).remarks == ()


def test_a_text_that_fits_its_clip_is_sure() -> None:
    found = cells(printed([ROWS[0], ROWS[2]], is_clipped=True))
    assert set(found.values()) == {(text, 1.0) for text in (*ROWS[0], *ROWS[2])}


def test_lines_that_their_row_hides_are_its_own_and_not_sure() -> None:
    found = cells(
        printed([ROWS[0], ["暖心驿站\n（二期）", "10000", "无"], ["海燕课堂", "20000", "无"]], is_clipped=True)
    )
    assert found[1, 0][0].split() == ["暖心驿站", "（二期）"]
    assert found[1, 0][1] < 0.9
    assert found[2, 0] == ("海燕课堂", 1.0)


def test_texts_side_by_side_stay_apart_however_near() -> None:
    found = cells(printed([["甲乙丙丁戊己庚辛壬", "癸子丑寅卯", "辰"]], is_clipped=False))
    assert [found[0, column] for column in range(3)] == [("甲乙丙丁戊己庚辛壬", 1.0), ("癸子丑寅卯", 1.0), ("辰", 1.0)]
