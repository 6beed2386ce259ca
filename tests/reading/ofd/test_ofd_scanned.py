"""OFD files made of scans: drawn as a viewer shows them, and read."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

pytest.importorskip("cv2", reason="formflow[ocr] is not installed")
pytest.importorskip("rapidocr", reason="formflow[ocr] is not installed")

from PIL import Image, ImageChops

from formflow.model.document import Document
from formflow.reading import scan
from formflow.reading.contents import Scanned
from formflow.reading.limits import DEFAULT
from formflow.reading.ofd.container import Container
from formflow.reading.ofd.scanned import drawn
from formflow.reading.reader import open_file, read_document
from support import undecodable
from support.ofds import ofd, parts, resources, signed, text
from support.pictures import seal_png
from support.scan_pages import Page
from support.wordml import zipped

COMMON = "<ofd:PublicRes>Res.xml</ofd:PublicRes>"
WHOLE = "210 0 0 297 0 0"
SIGNATURES = "<ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures>"
RED_RING = (
    b'<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Content><ofd:Layer><ofd:PathObject><ofd:StrokeColor Value="220 20 30"/>'
    b"</ofd:PathObject></ofd:Layer></ofd:Content></ofd:Page>"
)


def form() -> Image.Image:
    page = Page()
    page.text(500, 300, "职工服务中心申请表", 60)
    for y in (600, 800, 1500):
        page.rule(200, y, 1450, y)
    for x in (200, 600, 1450):
        page.rule(x, 600, x, 1500)
    page.text(240, 670, "单位名称", 40).text(640, 670, "海棠镇职工服务中心", 40)
    page.text(240, 1000, "单位意见", 40).text(640, 900, "情况属实，同意申报。", 40).text(640, 1300, "（盖章）", 40)
    return page.image


def png(image: Image.Image) -> bytes:
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()


def placed(matrix: str, number: int = 0, boundary: str = "0 0 210 297") -> str:
    by = f'CTM="{matrix}" ' if matrix else ""
    return f'<ofd:ImageObject ID="4" Boundary="{boundary}" {by}ResourceID="{100 + number}"/>'


def scanned(objects: str, *images: Image.Image, seal: tuple[bytes, bytes] | None = None, more_pages: tuple[str, ...] = ()) -> bytes:  # fmt: skip
    names = [f"{n}.png" for n in range(len(images))]
    files = {f"Doc_0/Res/{name}": png(image) for name, image in zip(names, images, strict=True)}
    if seal:
        files |= signed([(1, "100 165 42 42", seal[0])], seal[1])
    body = SIGNATURES if seal else ""
    more = {"Doc_0/Res.xml": resources(names), **files}
    return ofd(objects, *more_pages, more=more, common=COMMON, body=body)


def page_of(data: bytes) -> Image.Image:
    with Container(data) as container:
        [page] = drawn(list(container.pages()), container.read, DEFAULT)
        return page.image


def is_alike(one: Image.Image, other: Image.Image) -> bool:
    """Whether two pages show the same, but for what drawing in another size does to edges."""
    small = [image.convert("L").resize((210, 297), Image.Resampling.BOX) for image in (one, other)]
    return ImageChops.difference(*small).getextrema()[1] < 90


def test_a_page_in_any_size_and_position_looks_as_a_viewer_shows_it() -> None:
    whole = form()
    assert is_alike(page_of(scanned(placed(WHOLE), whole)), whole)
    assert is_alike(page_of(scanned(placed(""), whole)), whole)
    assert is_alike(page_of(scanned(placed(WHOLE), whole.resize((2480, 3508)))), whole)
    # Quarter turns: the picture lies on its side in the file, the matrix puts it upright.
    side = whole.transpose(Image.Transpose.ROTATE_90)
    assert is_alike(page_of(scanned(placed("0 297 -210 0 210 0"), side)), whole)
    halves = whole.crop((0, 0, 1654, 1200)), whole.crop((0, 1200, 1654, 2339))
    cut = 1200 / 2339 * 297
    strips = placed(f"210 0 0 {cut} 0 0") + placed(f"210 0 0 {297 - cut} 0 {cut}", 1)
    assert is_alike(page_of(scanned(strips, *halves)), whole)
    assert not is_alike(page_of(scanned(placed(WHOLE), side)), whole)


def cells(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def test_what_stands_on_the_page_is_read_as_from_a_scan() -> None:
    data = scanned(placed(WHOLE), form(), more_pages=(text("次页", 30, 40),))
    assert open_file(data) == Scanned("ofd")
    document = read_document(data)
    assert document.format == "ofd"
    assert cells(document) == [*cells(read_document(png(form()))), "次页"]
    assert "海棠镇职工服务中心" in document.text
    assert document.shows_on == (1,)
    assert any("图像识别" in remark for remark in document.remarks)


def test_what_a_scanners_program_wrote_behind_its_picture_is_not_taken() -> None:
    hidden = "".join(text("乱认出来的文字内容" * 3, 20, y) for y in (50, 70, 90))
    document = read_document(scanned(hidden + placed(WHOLE), form()))
    assert "乱认" not in document.text
    assert "海棠镇职工服务中心" in document.text
    over = read_document(scanned(placed(WHOLE) + hidden, form()))  # typed over a picture: it is seen
    assert "乱认" in over.text


def pictures(document: Document) -> set[str]:
    return {picture.look or "" for paragraph in document.paragraphs() for picture in paragraph.pictures}


@pytest.mark.parametrize(
    "seal",
    [(seal_png(), b"png"), (zipped({"OFD.xml": b"", "Doc_0/Pages/Page_0/Content.xml": RED_RING}), b"ofd")],
    ids=["picture", "drawn"],
)
def test_a_seal_stamped_on_a_scanned_page_is_seen(seal: tuple[bytes, bytes]) -> None:
    document = read_document(scanned(placed(WHOLE), form(), seal=seal))
    assert pictures(document) == {"seal"}
    assert "情况属实，同意申报" in document.text
    assert pictures(read_document(scanned(placed(WHOLE), form()))) == set()


def test_pictures_that_cannot_be_shown_leave_the_page_white() -> None:
    data = scanned(placed(WHOLE) + placed("210 0 0 297 0 0", 5), Image.new("RGB", (10, 10), "white"))
    assert page_of(data).convert("L").getextrema() == (255, 255)
    large = Image.new("1", (9000, 9000))
    assert page_of(scanned(placed(WHOLE), large)).convert("L").getextrema() == (255, 255)


@pytest.mark.parametrize(
    "path", sorted(Path(__file__).parents[2].glob("hostile/corpus/image/*")), ids=lambda path: path.name
)
def test_pictures_no_decoder_can_make_out_leave_the_page_white(path: Path) -> None:
    found = parts(scanned(placed(WHOLE), Image.new("RGB", (10, 10), "white")))
    data = zipped({**found, "Doc_0/Res/0.png": path.read_bytes()})
    assert page_of(data).convert("L").getextrema() == (255, 255)


@undecodable.each
def test_however_a_decoder_ends_the_page_is_white(ending: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    data = scanned(placed(WHOLE), Image.new("RGB", (10, 10), "black"))
    assert page_of(data).convert("L").getextrema() == (0, 0)
    undecodable.end_with(ending, monkeypatch)
    assert page_of(data).convert("L").getextrema() == (255, 255)


def test_without_ocr_the_text_pages_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "available", lambda: (False, ""))
    document = read_document(scanned(placed(WHOLE), form(), more_pages=(text("次页", 30, 40),)))
    assert document.text == "次页"
    assert any(remark.startswith("第1页没有文字") for remark in document.remarks)
