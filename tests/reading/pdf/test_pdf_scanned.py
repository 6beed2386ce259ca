"""PDF files whose pages are pictures of text, alone and among pages that carry their text."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

pytest.importorskip("cv2", reason="formflow[ocr] is not installed")
pytest.importorskip("rapidocr", reason="formflow[ocr] is not installed")

from PIL import Image

from formflow.errors import UnreadableError
from formflow.model.document import Document
from formflow.reading.contents import Scanned
from formflow.reading.pdf import open_pdf, read_pdf
from formflow.reading.reader import open_file
from support.pdfs import FONT, HEIGHT, Paper, paragraphs, pdf, photograph, tables
from support.scan_pages import WORK, Page, form

LINE = "白鹭镇职工服务中心情况说明"
HIDDEN = "扫描程序识别出来的文字未必可靠" * 5


def sheet(words: str = LINE) -> Image.Image:
    return Page().text(300, 400, words, 40).image


def scan_of(image: Image.Image) -> bytes:
    return pdf(lambda paper: paper.image(image, 0, 0, 595, 842))


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs()]


def test_a_scanned_form_is_read_with_its_places() -> None:
    document = read_pdf(scan_of(form().image))
    assert document.format == "pdf"
    assert paragraphs(document)[0] == "职工服务中心申请表"
    (table,) = tables(document)
    (cell,) = (cell for cell in table.cells if (cell.row, cell.column) == (1, 3))
    assert cell.text == "13900001234"
    assert cell.locator.page == 1
    box = cell.locator.box
    assert box is not None
    assert (box.x0, box.y0, box.x1, box.y1) == pytest.approx((403, 230, 529, 259), abs=3)
    (work,) = (cell for cell in table.cells if (cell.row, cell.column) == (2, 1))
    assert work.text == "\n".join(WORK)
    assert all(paragraph.confidence < 1 for paragraph in document.paragraphs() if paragraph.text)


def turned(paper: Paper) -> None:
    """The page's own picture lies on its side, and the page says so."""
    paper.canvas.setPageRotation(90)
    paper.image(sheet().transpose(Image.Transpose.ROTATE_90), 0, 0, 595, 842)


def in_strips(paper: Paper) -> None:
    image = sheet()
    for at in range(6):
        top, bottom = image.height * at // 6, image.height * (at + 1) // 6
        paper.image(image.crop((0, top, image.width, bottom)), 0, 842 * at / 6, 595, 842 * (at + 1) / 6)
    paper.text(420, 836, "扫描全能王 创建", 8)


def with_a_layer_behind(paper: Paper) -> None:
    paper.image(sheet(), 0, 0, 595, 842)
    words = paper.canvas.beginText(72, HEIGHT - 150)
    words.setFont(FONT, 12)
    words.setTextRenderMode(3)
    words.textLine(HIDDEN)
    paper.canvas.drawText(words)


def over_its_text(paper: Paper) -> None:
    """The text is drawn first, in plain sight but for the picture that lies on it."""
    paper.text(72, 150, HIDDEN, 9)
    paper.image(sheet(), 0, 0, 595, 842)


@pytest.mark.parametrize("draw", [turned, in_strips, with_a_layer_behind, over_its_text])
def test_what_a_viewer_shows_is_what_is_read(draw: Callable[[Paper], None]) -> None:
    document = read_pdf(pdf(draw))
    assert texts(document)[0] == LINE
    assert not any("未必可靠" in text for text in texts(document))


def test_a_fax_of_black_and_white_is_read() -> None:
    buffer = io.BytesIO()
    sheet().convert("1").save(buffer, "PDF", resolution=200)
    assert b"CCITTFax" in buffer.getvalue()
    document = read_pdf(buffer.getvalue())
    assert texts(document) == [LINE]
    assert document.shows == ("ink",)


def test_text_over_a_picture_of_the_paper_is_text() -> None:
    def draw(paper: Paper) -> None:
        paper.image(Image.new("RGB", (600, 850), (250, 246, 235)), 0, 0, 595, 842)
        for at in range(5):
            paper.text(72, 100 + 30 * at, "单位名称白鹭镇职工服务中心")

    document = read_pdf(pdf(draw))
    assert texts(document)
    assert all(paragraph.confidence == 1 for paragraph in document.paragraphs())


def test_a_font_that_does_not_name_its_characters_is_looked_at() -> None:
    data = pdf(lambda paper: paper.text(72, 100, LINE * 2), pageCompression=0).replace(b"/ToUnicode", b"/ToUnicodX")
    document = read_pdf(data)
    assert texts(document) == [LINE * 2]
    assert any("字体" in remark for remark in document.remarks)
    assert document.shows == ()


def mixed(paper: Paper) -> None:
    """Text, a scan, text."""
    paper.text(72, 100, "第一页的文字")
    paper.turn_page()
    image = Page().text(300, 400, LINE, 40).seal(1000, 1200).image
    paper.image(image, 0, 0, 595, 842)
    paper.turn_page()
    paper.text(72, 100, "第三页的文字")


def test_scanned_pages_among_others_stand_in_their_place() -> None:
    document = read_pdf(pdf(mixed))
    assert [text for text in texts(document) if text] == ["第一页的文字", LINE, "第三页的文字"]
    assert [p.locator.page for p in document.paragraphs() if p.text] == [1, 2, 3]
    assert len({p.locator.part for p in document.paragraphs()}) == len(list(document.paragraphs()))
    assert [p.confidence < 1 for p in document.paragraphs() if p.text] == [False, True, False]
    assert document.would_show("seal", 2)
    assert not document.would_show("seal", 1)
    assert any("图像识别" in remark for remark in document.remarks)


def grid_page(paper: Paper, rows: tuple[tuple[str, str], ...], bottom: float) -> None:
    height = 40
    top = bottom - height * len(rows)
    paper.grid([65, 173, 529], [top + height * at for at in range(len(rows) + 1)])
    for at, (label, answer) in enumerate(rows):
        paper.text(72, top + 25 + height * at, label)
        paper.text(180, top + 25 + height * at, answer)


def scanned_rest() -> Image.Image:
    """The table's next rows, printed and scanned a little aside."""
    page = Page().frame(190, 210, 1480, 410).rule(190, 310, 1480, 310).rule(490, 210, 490, 410)
    return page.text(510, 240, "其余由共建单位投入。").text(205, 340, "联系电话").text(510, 340, "13900001234").image


def test_a_table_goes_on_from_a_page_of_text_to_a_scanned_one() -> None:
    def draw(paper: Paper) -> None:
        grid_page(paper, (("申请单位", "白鹭镇总工会"), ("经费来源", "工会经费列支，")), 790)
        paper.turn_page()
        paper.image(scanned_rest(), 0, 0, 595, 842)

    (table,) = tables(read_pdf(pdf(draw)))
    assert [(c.row, c.column, c.text) for c in table.cells] == [
        (0, 0, "申请单位"), (0, 1, "白鹭镇总工会"),
        (1, 0, "经费来源"), (1, 1, "工会经费列支，其余由共建单位投入。"),
        (2, 0, "联系电话"), (2, 1, "13900001234"),
    ]  # fmt: skip
    assert [cell.locator.page for cell in table.cells] == [1, 1, 1, 1, 2, 2]
    assert table.cells[-1].locator.part == "table 1, row 3, column 2"


def test_in_a_child_with_little_room_it_is_only_told_to_be_one() -> None:
    data = scan_of(sheet())
    assert open_pdf(data) == Scanned("pdf")
    assert open_file(data) == Scanned("pdf")
    assert isinstance(open_file(pdf(lambda paper: paper.text(72, 100, LINE))), Document)


def test_more_scanned_pages_than_are_read_are_refused_before_any_is() -> None:
    def draw(paper: Paper) -> None:
        picture = photograph(60, 85)
        for _ in range(40):
            paper.image(picture, 0, 0, 595, 842)
            paper.turn_page()

    with pytest.raises(UnreadableError) as caught:
        read_pdf(pdf(draw))
    assert caught.value.code == "too_large"
    assert "40 页" in caught.value.message
    assert "拆分" in caught.value.remedy
