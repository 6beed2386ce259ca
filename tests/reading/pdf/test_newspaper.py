"""PDF pages set in columns: each text whole and under its own headline; pages of other kinds are read as before."""

from __future__ import annotations

from pathlib import Path

import pytest

from formflow.forms.articles import articles_in
from formflow.model.document import Paragraph
from formflow.model.programme import Programme
from formflow.packs import load_pack
from formflow.reading.limits import DEFAULT
from formflow.reading.pdf import read_pdf
from support.pdfs import Paper, pdf
from support.press_pages import AGENCY, COOLING, ESSAY, LIGHT, MEDIATION, SCHOOL, TREE, Story, set_in
from support.press_pdfs import Layout, Placed, drawn

ROOT = Path(__file__).resolve().parents[3]
LAYOUTS = {
    "four columns, a headline over each number of them, a picture": Layout(
        4,
        (Placed(COOLING, (0, 1), 40), Placed(MEDIATION, (2, 3), 40), Placed(TREE, (0, 3), 300, 26), Placed(AGENCY, (0, 0), 480, 16), Placed(ESSAY, (1, 3), 480)),
        pictures=((36, 700, 200, 780),),
    ),
    "three columns with lines between, an advert": Layout(
        3,
        (Placed(COOLING, (0, 2), 40, 28), Placed(SCHOOL, (0, 0), 270, 14), Placed(LIGHT, (1, 2), 270), Placed(MEDIATION, (0, 2), 480)),
        True,
        adverts=((36, 720, 559, 790),),
    ),
    "five columns, one story in a frame": Layout(
        5,
        (Placed(TREE, (0, 4), 40, 30), Placed(COOLING, (0, 2), 260), Placed(AGENCY, (3, 4), 260, 18, True), Placed(SCHOOL, (0, 1), 520), Placed(ESSAY, (2, 4), 520)),
    ),
    "two columns": Layout(2, (Placed(COOLING, (0, 0), 40), Placed(MEDIATION, (1, 1), 40), Placed(TREE, (0, 1), 400, 24)), True),
    "one story alone": Layout(3, (Placed(Story("三处服务站", TREE.paragraphs + COOLING.paragraphs + LIGHT.paragraphs), (0, 2), 60, 30),)),
}  # fmt: skip


@pytest.fixture(scope="module")
def programme() -> Programme:
    return load_pack(ROOT / "templates" / "qingdao-social-organisations", with_letters=False)


def bare(text: str) -> str:
    return text.translate({ord(character): None for character in "\n 　"})


@pytest.mark.parametrize("name", LAYOUTS)
def test_each_text_under_its_headline(programme: Programme, name: str) -> None:
    layout = LAYOUTS[name]
    found = articles_in(read_pdf(drawn(layout), DEFAULT), programme)
    assert {article.title: bare(article.text) for article in found} == {
        placed.story.title: bare(placed.story.text) for placed in layout.placed
    }
    assert {article.date for article in found} == {"2023-07-05"}
    assert {article.locator.page for article in found} == {1}
    assert all(article.locator.box for article in found)


def test_what_is_over_and_under_a_title_is_told_by_size(programme: Programme) -> None:
    layout = Layout(3, (Placed(MEDIATION, (0, 2), 60), Placed(COOLING, (0, 2), 400)))
    found = {article.title: article for article in articles_in(read_pdf(drawn(layout), DEFAULT), programme)}
    assert found[MEDIATION.title].subtitle == MEDIATION.subtitle.removeprefix("——")
    assert found[COOLING.title].over == COOLING.over


def texts(data: bytes) -> list[str]:
    return [block.text for block in read_pdf(data, DEFAULT).blocks if isinstance(block, Paragraph)]


def test_a_list_in_columns_is_no_newspaper() -> None:
    """Names and numbers side by side stay on their lines."""

    def draw(page: Paper) -> None:
        for row in range(40):
            page.text(60, 60 + 18 * row, f"第{row:02d}号服务站驿站")
            page.text(320, 60 + 18 * row, f"青岛市第{row:02d}区工会联系点")

    assert sum("服务站驿站" in text and "联系点" in text for text in texts(pdf(draw))) == 40


def test_a_letter_with_a_wide_gap_here_and_there_is_no_newspaper() -> None:
    lines = [
        line
        for text in (*TREE.paragraphs, *COOLING.paragraphs, *LIGHT.paragraphs)
        for line in set_in(f"　　{text}", 38)
    ]

    def draw(page: Paper) -> None:
        for row, line in enumerate(lines):
            page.text(60, 60 + 18 * row, line)
        for row in range(4):
            page.text(60, 640 + 18 * row, "经办人：张三")
            page.text(340, 640 + 18 * row, "电话：12345678")

    found = texts(pdf(draw))
    assert [bare(text) for text in found[:4]] == [bare(text) for text in TREE.paragraphs]
    assert sum("经办人" in text and "电话" in text for text in found) == 4
