"""Scans and photos put into a Word file to be sent."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import docx
import pytest

pytest.importorskip("cv2", reason="formflow[ocr] is not installed")
pytest.importorskip("rapidocr", reason="formflow[ocr] is not installed")

from docx.shared import Cm
from PIL import Image, ImageDraw

from formflow.model.document import Box, Document, Table
from formflow.reading import scan
from formflow.reading.contents import Scanned
from formflow.reading.crops import crops
from formflow.reading.limits import DEFAULT
from formflow.reading.opener import Opener
from formflow.reading.pasted import pages_in, read_word
from formflow.reading.reader import open_file
from support import undecodable
from support.ofds import parts
from support.scan_papers import scanned
from support.wordml import zipped

TYPED = "附件2：申请表扫描件"


def a_page() -> Image.Image:
    return scanned(970_001, lambda image: image)[1][1]


def as_jpeg(image: Image.Image) -> io.BytesIO:
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=80)
    return stream


def word(pictures: Sequence[Image.Image], typed: str = "", cut: dict[str, int] | None = None, turned: int = 0) -> bytes:
    document = docx.Document()
    if typed:
        document.add_paragraph(typed)
    for picture in pictures:
        shape = document.add_picture(as_jpeg(picture), width=Cm(15))
        inner = shape._inline.graphic.graphicData.pic
        if cut:
            crop = inner.blipFill.makeelement(f"{{{inner.nsmap['a']}}}srcRect", {k: str(v) for k, v in cut.items()})
            inner.blipFill.insert(1, crop)
        if turned:
            inner.spPr.xfrm.set("rot", str(turned * 60_000))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def pages(data: bytes) -> list[Image.Image]:
    return [page.image for page in pages_in(_as_word(data), data, DEFAULT)]


def _as_word(data: bytes) -> Document:
    from formflow.reading.docx import read_docx

    return read_docx(data)


def test_what_stands_on_the_pictures_is_read_as_from_a_scan() -> None:
    page = a_page()
    data = word([page], TYPED)
    assert open_file(data) == Scanned("docx")
    with Opener() as opener:
        document = opener.open(data)
        alone = opener.open(as_jpeg(page).getvalue())
    assert isinstance(document, Document)
    assert isinstance(alone, Document)
    assert document.blocks[0].text == TYPED
    assert [block.text for block in document.blocks[1:]] == [block.text for block in alone.blocks]
    assert any(isinstance(block, Table) for block in document.blocks)
    assert "文件里只有扫描件或照片，内容由文字识别得到" in document.remarks


def test_pages_stand_in_the_order_of_the_text() -> None:
    sizes = [(700, 900), (720, 900), (700, 910)]
    found = list(pages_in(_as_word(data := word([Image.new("RGB", size, "white") for size in sizes])), data, DEFAULT))
    assert [(page.number, page.image.size) for page in found] == [(n, size) for n, size in enumerate(sizes, 1)]


def test_a_picture_is_cut_and_turned_as_it_is_shown() -> None:
    page = Image.new("RGB", (1000, 1400), "white")
    ImageDraw.Draw(page).rectangle((0, 0, 99, 1399), fill="black")
    [cut] = pages(word([page], cut={"l": 10_000, "b": 25_000}))
    assert cut.size == (900, 1050)
    assert cut.convert("L").getextrema()[0] > 200
    [turned] = pages(word([page], turned=90))
    assert turned.size == (1400, 1000)
    assert turned.getpixel((700, 50)) == (0, 0, 0)  # the left edge has become the upper one


@pytest.mark.parametrize(
    ("picture", "typed"),
    [((1000, 1400), "本中心现有职工三百余人，设有图书室、活动室和健身房，常年开展各类服务。" * 3), ((400, 500), ""), ((3000, 620), "")],
    ids=["text of its own", "small", "a band"],
)  # fmt: skip
def test_other_pictures_are_no_pages(picture: tuple[int, int], typed: str) -> None:
    data = word([Image.new("RGB", picture, "white")], typed)
    assert pages(data) == []
    assert isinstance(open_file(data), Document)


def test_places_on_the_pictures_can_be_shown() -> None:
    page = Image.new("RGB", (1000, 1400), "white")
    ImageDraw.Draw(page).rectangle((0, 0, 99, 1399), fill="black")
    data = word([page])
    [found] = pages_in(_as_word(data), data, DEFAULT)
    width, height = found.size
    left, right = crops(data, [(1, Box(0, 0, width / 10, height)), (1, Box(width / 2, 0, width, height))])
    assert left is not None
    assert right is not None
    assert Image.open(io.BytesIO(left)).convert("L").getextrema()[0] < 50
    assert Image.open(io.BytesIO(right)).convert("L").getextrema()[0] > 200


@pytest.mark.parametrize(
    "path", sorted(Path(__file__).parents[1].glob("hostile/corpus/image/*")), ids=lambda path: path.name
)
def test_pictures_no_decoder_can_make_out_are_left_out(path: Path) -> None:
    data = replaced(word([a_page()]), "word/media/image1.jpg", path.read_bytes())
    assert pages(data) == []


@undecodable.each
def test_however_a_decoder_ends_the_picture_is_left_out(ending: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    data = word([a_page()])
    undecodable.end_with(ending, monkeypatch)
    assert pages(data) == []


def replaced(data: bytes, name: str, content: bytes) -> bytes:
    """A Word file with another content of one part."""
    found = parts(data)
    assert name in found
    return zipped({**found, name: content})


def test_without_ocr_it_is_said_what_the_file_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "available", lambda: (False, ""))
    document = read_word(word([a_page()]))
    assert document.format == "docx"
    assert "正文没有文字，可能是把扫描件或照片贴进了文件" in document.remarks
