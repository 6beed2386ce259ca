"""What stays together on a page, wherever the text before it happens to end."""

from __future__ import annotations

import io

import pdfplumber
import pytest

from formflow.letters import elements as e
from formflow.letters.fonts import FontBook
from formflow.letters.skeleton import Skeleton, Text, make
from formflow.letters.typeset import typeset
from formflow.letters.word import render

NOTE = "（经办部门：权益保障部；联系人：张三；联系电话：0513-00000000；联系地址：南通市崇川区某路1号机关办公大楼三楼）"


@pytest.mark.parametrize("lines", range(8, 21))
def test_the_closing_stays_whole_with_a_line_of_text(lines: int) -> None:
    blocks = [
        Text(e.TITLE, "通知书"),
        *(Text(e.BODY, f"第{number}行。") for number in range(lines)),
        Text(e.BODY, "特此通知。"),
    ]
    blocks += [Text(e.SIGNATURE, "某某市总工会"), Text(e.DATE, "2022年3月10日"), Text(e.REMARK, NOTE)]
    pdf = typeset(render(make(Skeleton("form", tuple(blocks))), {}), fonts=FontBook.shipped()).pdf
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        pages = ["".join(char["text"] for char in page.chars) for page in opened.pages]
    assert len(pages) <= 2
    closing = next(page for page in pages if "某某市总工会" in page)
    assert NOTE in closing
    assert "2022年3月10日" in closing
    assert "特此通知。" in closing


def test_a_closing_that_just_fits_stays_on_its_page() -> None:
    """22 lines a page: 特此通知, two empty ones, 署名, 成文日期 and three of the note leave room for fourteen."""
    blocks = [*(Text(e.BODY, f"第{number}行。") for number in range(14)), Text(e.BODY, "特此通知。")]
    blocks += [
        Text(e.SIGNATURE, "某某市总工会"),
        Text(e.DATE, "2022年3月10日"),
        Text(e.REMARK, NOTE),
    ]
    pdf = typeset(render(make(Skeleton("form", tuple(blocks))), {}), fonts=FontBook.shipped()).pdf
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        assert len(opened.pages) == 1
        baselines = {round(char["matrix"][5]) for char in opened.pages[0].chars if char["size"] > 15}
    assert len(baselines) == 20
