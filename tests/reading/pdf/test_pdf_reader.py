"""Whole files: what is refused and how, what is said about pages that are not read, where things stand."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption

from formflow.errors import UnreadableError
from formflow.model.document import Document
from formflow.reading import read_document, scan
from formflow.reading.limits import Limits
from formflow.reading.pdf import read_pdf
from formflow.reading.pdf.ink import PageInk
from formflow.reading.pdf.pdfium import open_pdf, read_pages
from formflow.reading.pdf.reader import put_together
from support.pdfs import FONT, HEIGHT, Paper, cells, paragraphs, pdf, photograph, read, tables

LONG = "申请单位名称所属行业现状及应具备条件符合性目前工作情况"


def form(paper: Paper) -> None:
    paper.text(72, 100, "职工服务中心申请表")
    paper.grid([72, 172, 372], [120, 150, 180])
    paper.text(78, 140, "申请单位")
    paper.text(178, 140, "白鹭镇总工会")
    paper.text(78, 170, "所属行业")


def code_of(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(UnreadableError) as caught:
        read_pdf(data, limits or Limits())
    assert caught.value.message
    assert caught.value.remedy
    return caught.value.code


@pytest.fixture
def without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "available", lambda: (False, "缺少 rapidocr。"))


def test_a_form_with_its_places() -> None:
    document = read_document(pdf(form))
    assert document.format == "pdf"
    assert paragraphs(document) == ["职工服务中心申请表"]
    (table,) = tables(document)
    assert cells(table) == [
        (0, 0, 1, 1, "申请单位"), (0, 1, 1, 1, "白鹭镇总工会"), (1, 0, 1, 1, "所属行业"), (1, 1, 1, 1, ""),
    ]  # fmt: skip
    place = table.cells[1].locator
    assert (place.part, place.page) == ("table 1, row 1, column 2", 1)
    assert place.box is not None
    assert [round(value) for value in (place.box.x0, place.box.y0, place.box.x1, place.box.y1)] == [172, 120, 372, 150]
    line = table.cells[1].blocks[0].locator
    assert line.part == "table 1, row 1, column 2, paragraph 1"
    assert line.box is not None
    assert 177 <= line.box.x0 <= 179
    assert 125 <= line.box.y0 < line.box.y1 <= 146


def test_a_password_is_asked_for() -> None:
    assert code_of(pdf(form, encrypt=StandardEncryption("secret"))) == "encrypted"


def test_a_file_only_protected_against_changes_is_read() -> None:
    data = pdf(form, encrypt=StandardEncryption("", ownerPassword="owner", canModify=0))
    assert paragraphs(read_pdf(data)) == ["职工服务中心申请表"]


def test_half_a_file_is_not_taken_for_a_whole_one() -> None:
    data = pdf(form)
    assert code_of(data[: len(data) // 2]) == "truncated"
    assert code_of(data[: data.rindex(b"xref")]) == "truncated"


def test_a_file_with_nothing_of_a_pdf_inside_is_damaged() -> None:
    assert code_of(b"%PDF-1.7\n" + b"\x00\x01garbage" * 400 + b"\nstartxref\n0\n%%EOF") == "damaged"


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from formflow.reading.pdf import pdfium

    monkeypatch.setattr(pdfium, "MAX_PAGES", 1)

    def two(paper: Paper) -> None:
        form(paper)
        paper.turn_page()
        form(paper)

    assert code_of(pdf(two)) == "too_large"


def test_too_many_characters_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from formflow.reading.pdf import pdfium

    monkeypatch.setattr(pdfium, "MAX_CHARACTERS", 10)
    assert code_of(pdf(form)) == "too_large"


def test_too_many_shapes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from formflow.reading.pdf import objects

    monkeypatch.setattr(objects, "MAX_OBJECTS", 3)
    assert code_of(pdf(form)) == "too_large"


def test_too_many_blocks_are_refused() -> None:
    assert code_of(pdf(form), Limits(max_blocks=3)) == "too_large"


@pytest.mark.usefixtures("without_ocr")
def test_a_scan_is_refused_as_one() -> None:
    with pytest.raises(UnreadableError, match="共 1 页，都没有文字层") as caught:
        read(lambda paper: paper.image(photograph(), 0, 0, 595, 842))
    assert caught.value.code == "unsupported"


@pytest.mark.parametrize("content", [b"", b"BT (a) Tj ET " * 1000])
def test_pages_that_show_nothing_are_not_said_to_want_ocr(content: bytes) -> None:
    """Neither an empty page nor one whose text is set in a font that is not there."""
    with pytest.raises(UnreadableError, match="共 1 页，没有读出任何文字和图像") as caught:
        read_pdf(bare_page(content))
    assert caught.value.code == "damaged"
    assert "文字识别组件" not in str(caught.value)


def bare_page(content: bytes) -> bytes:
    """A file of one page with that content stream and no fonts."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(content), content),
    )
    body = b"".join(b"%d 0 obj\n%b\nendobj\n" % (number, said) for number, said in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF"


@pytest.mark.usefixtures("without_ocr")
def test_a_scan_with_a_programs_name_on_it_is_a_scan() -> None:
    def draw(paper: Paper) -> None:
        paper.image(photograph(), 0, 0, 595, 842)
        paper.text(400, 830, "扫描全能王 创建", 8)

    assert code_of(pdf(draw)) == "unsupported"


@pytest.mark.usefixtures("without_ocr")
def test_the_invisible_text_behind_a_scan_is_not_taken() -> None:
    def draw(paper: Paper) -> None:
        paper.image(photograph(), 0, 0, 595, 842)
        words = paper.canvas.beginText(72, HEIGHT - 200)
        words.setFont(FONT, 12)
        words.setTextRenderMode(3)
        words.textLine("识别出来的文字未必可靠" * 5)
        paper.canvas.drawText(words)

    assert code_of(pdf(draw)) == "unsupported"


@pytest.mark.usefixtures("without_ocr")
def test_scanned_pages_among_others_are_named() -> None:
    def draw(paper: Paper) -> None:
        form(paper)
        paper.turn_page()
        paper.image(photograph(), 0, 0, 595, 842)
        paper.turn_page()
        paper.text(72, 100, "第三页的文字")

    document = read(draw)
    assert paragraphs(document)[-1] == "第三页的文字"
    assert document.remarks == ("第2页没有文字，可能是扫描页，本机没有安装文字识别组件，没有识读，请打开核对",)
    assert document.unread == document.remarks


def test_an_empty_page_is_nothing_to_remark() -> None:
    def draw(paper: Paper) -> None:
        form(paper)
        paper.turn_page()
        paper.line(10, 10, 20, 10)

    assert read(draw).remarks == ()


@pytest.mark.usefixtures("without_ocr")
def test_a_font_without_names_for_its_characters_is_refused() -> None:
    """What pdfium and pdfplumber then read is not what the page shows."""
    data = pdf(lambda paper: paper.text(72, 100, LONG), pageCompression=0).replace(b"/ToUnicode", b"/ToUnicodX")
    with pytest.raises(UnreadableError, match="乱码"):
        read_pdf(data)


@pytest.mark.usefixtures("without_ocr")
def test_a_font_with_wrong_names_is_refused() -> None:
    """Its characters come out as private and rare ones."""
    data = pdf(lambda paper: paper.text(72, 100, LONG), pageCompression=0)
    assert b"> <7533>" in data
    wrong = re.sub(rb"> <[4-9][0-9A-F]([0-9A-F]{2})>", rb"> <E1\1>", data)
    with pytest.raises(UnreadableError, match="乱码"):
        read_pdf(wrong)


def test_a_page_that_cannot_be_told_is_named_and_left_out() -> None:
    """Only where other pages can be read; here the second page has a font of its own, wrongly named."""
    form_page, scrambled = make_pages()
    assert form_page in paragraphs(scrambled)
    assert scrambled.remarks == ("第2页的字体缺少文字对照表，读出来的是乱码，没有采用，请打开核对",)


def make_pages() -> tuple[str, Document]:
    """The words of the first page, and a document whose second page names its characters by private codes."""
    words = "职工服务中心申请表"
    private = "".join(chr(0xE000 + number) for number in range(40))

    def characters(ink: PageInk) -> PageInk:
        if ink.number == 1:
            return ink
        glyphs = (glyph._replace(text=sign) for glyph, sign in zip(ink.glyphs, private, strict=False))
        return replace(ink, glyphs=tuple(glyphs))

    def two(paper: Paper) -> None:
        paper.text(72, 100, words)
        paper.turn_page()
        paper.text(72, 100, LONG)

    data = pdf(two)
    document = open_pdf(data)
    pages = [characters(ink) for ink in read_pages(document, Limits())]
    document.close()
    # The other program finds nothing better: the file it is given has no such page.
    return words, put_together(b"", pages, Limits())


def test_nothing_heavy_is_loaded_before_a_pdf_comes() -> None:
    import subprocess
    import sys

    code = "import sys, formflow.reading; sys.exit('pypdfium2' in sys.modules or 'PIL' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_damage_anywhere_ends_in_a_document_or_a_refusal() -> None:
    """Bytes changed, cut out and put in at random: nothing else is ever raised."""
    rng = random.Random(7)
    whole = pdf(form, pageCompression=0)
    ends: set[str] = set()
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(rng.choice((1, 5, 30, 200))):
            at = rng.randrange(len(data))
            data[at : at + rng.choice((0, 1, 20))] = bytes(rng.randrange(256) for _ in range(rng.choice((0, 1, 8))))
        try:
            ends.add(read_pdf(bytes(data)).format)
        except UnreadableError as error:
            ends.add(error.code)
    assert "pdf" in ends
    assert ends <= {"pdf", "damaged", "truncated", "unsupported", "encrypted", "too_large"}
