"""Check boxes, form fields, notes typed onto the page, stamps: what a viewer shows that is no plain text."""

from __future__ import annotations

from PIL import Image

from formflow.model.document import Paragraph
from support.pdfs import HEIGHT, Paper, cells, paragraphs, read, seal, signature, tables


def tick(paper: Paper, x: float, y: float) -> None:
    """A drawn tick whose corner is at (x, y)."""
    path = paper.canvas.beginPath()
    path.moveTo(x - 3, HEIGHT - y + 3)
    path.lineTo(x, HEIGHT - y)
    path.lineTo(x + 5, HEIGHT - y + 8)
    paper.canvas.drawPath(path)


def test_drawn_squares_are_boxes_and_ticks_tick_them() -> None:
    def draw(paper: Paper) -> None:
        paper.box(72, 90, 82, 100)
        paper.text(86, 100, "企业")
        paper.box(132, 90, 142, 100)
        tick(paper, 136, 99)
        paper.text(146, 100, "高校")
        paper.box(192, 90, 202, 100)
        paper.text(192, 100, "√", 10)
        paper.text(206, 100, "医院")

    assert paragraphs(read(draw))[0].replace(" ", "") == "☐企业☑高校☑医院"


def test_a_tick_over_a_printed_box() -> None:
    def draw(paper: Paper) -> None:
        paper.text(72, 100, "□企业 □高校")
        tick(paper, 116, 98)

    assert paragraphs(read(draw))[0].replace(" ", "") == "☐企业☑高校"


def test_squares_wall_to_wall_are_a_table() -> None:
    def draw(paper: Paper) -> None:
        for number, digit in enumerate("320684"):
            paper.box(72 + 16 * number, 90, 88 + 16 * number, 106)
            paper.text(76 + 16 * number, 102, digit)

    (table,) = tables(read(draw))
    assert [cell.text for cell in table.cells] == list("320684")


def test_form_fields_are_merged_at_their_place() -> None:
    def draw(paper: Paper) -> None:
        paper.grid([72, 172, 472], [100, 130, 160, 220])
        paper.text(78, 120, "申请单位")
        paper.text(78, 150, "类型")
        paper.text(178, 150, "□企业")
        paper.text(250, 150, "高校")
        form = paper.canvas.acroForm
        form.textfield(name="unit", x=178, y=HEIGHT - 127, width=280, height=22, value="Bailu Town", borderWidth=0)
        form.checkbox(name="firm", x=178, y=HEIGHT - 151, size=11, checked=True)
        form.checkbox(name="school", x=238, y=HEIGHT - 151, size=11, checked=False)
        form.textfield(
            name="why", x=178, y=HEIGHT - 215, width=280, height=50, value="one\ntwo", fieldFlags="multiline"
        )

    (table,) = tables(read(draw))
    texts = [cell.text for cell in table.cells]
    assert texts[1] == "Bailu Town"
    assert texts[3].replace(" ", "") == "☑企业☐高校"
    assert texts[5] == "one\ntwo"


def test_a_note_typed_onto_the_page_is_text() -> None:
    def draw(paper: Paper) -> None:
        paper.grid([72, 172, 472], [100, 130])
        paper.text(78, 120, "所属行业")
        paper.canvas.freeTextAnnotation("Textiles", "/Helv 10 Tf", Rect=[180, HEIGHT - 125, 300, HEIGHT - 105])

    (table,) = tables(read(draw))
    assert [cell.text for cell in table.cells] == ["所属行业", "Textiles"]


def test_a_comment_stands_beside_the_text() -> None:
    def draw(paper: Paper) -> None:
        paper.text(72, 100, "正文")
        paper.canvas.textAnnotation("check this", Rect=[300, 700, 320, 720])

    document = read(draw)
    assert paragraphs(document) == ["正文"]
    assert [(note.text, note.locator.part) for note in document.furniture] == [("check this", "comment, page 1")]
    assert document.remarks == ("文件含批注，批注不作为填写内容",)


def test_pictures_stand_in_their_cells_with_their_looks() -> None:
    def draw(paper: Paper) -> None:
        paper.grid([72, 272, 472], [100, 250])
        paper.text(78, 200, "承担单位（盖章）")
        paper.text(278, 200, "负责人（签名）")
        paper.image(seal(), 100, 140, 190, 230)
        paper.image(signature(), 370, 185, 440, 210)
        paper.image(Image.new("RGB", (100, 100), (20, 120, 40)), 300, 110, 340, 150)

    (table,) = tables(read(draw))
    looks = [
        [p.look for block in c.blocks if isinstance(block, Paragraph) for p in block.pictures] for c in table.cells
    ]
    assert looks == [["seal"], ["other", "ink"]]


def test_a_picture_belongs_to_the_line_it_stands_on() -> None:
    def draw(paper: Paper) -> None:
        paper.text(72, 100, "承担单位（盖章）：")
        paper.text(72, 200, "管理单位（盖章）：")
        paper.image(seal(), 200, 120, 290, 204)

    first, second = read(draw).blocks
    assert isinstance(first, Paragraph)
    assert isinstance(second, Paragraph)
    assert first.pictures == ()
    assert [picture.look for picture in second.pictures] == ["seal"]


def test_a_picture_alone_is_a_paragraph_of_its_own() -> None:
    def draw(paper: Paper) -> None:
        paper.text(72, 100, "上")
        paper.image(seal(), 200, 300, 290, 390)
        paper.text(72, 600, "下")

    upper, middle, lower = read(draw).blocks
    assert (upper.text, middle.text, lower.text) == ("上", "", "下")
    assert middle.locator.box is not None
    assert round(middle.locator.box.y0) == 300


def test_no_more_pictures_than_the_limit_are_looked_at() -> None:
    from formflow.reading.limits import Limits
    from formflow.reading.pdf import read_pdf
    from support.pdfs import pdf

    def draw(paper: Paper) -> None:
        paper.text(72, 100, "图")
        for number in range(4):
            paper.image(seal(40 + number), 100 * number + 10, 300, 100 * number + 60, 350)

    document = read_pdf(pdf(draw), Limits(max_pictures=2))
    assert sum(len(paragraph.pictures) for paragraph in document.paragraphs()) == 2


def test_a_line_drawn_as_a_thin_picture_is_a_line() -> None:
    def draw(paper: Paper) -> None:
        black = Image.new("RGB", (4, 4), (0, 0, 0))
        for y in (100, 130, 160):
            paper.image(black, 72, y - 0.4, 272, y + 0.4)
        for x in (72, 172, 272):
            paper.image(black, x - 0.4, 100, x + 0.4, 160)
        paper.text(78, 120, "甲")

    (table,) = tables(read(draw))
    assert cells(table)[0] == (0, 0, 1, 1, "甲")
    assert len(table.cells) == 4
