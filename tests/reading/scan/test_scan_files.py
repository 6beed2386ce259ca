"""Image files to pages, pages to a document, and what is said where OCR is missing."""

from __future__ import annotations

import importlib.util
import io
import subprocess
import sys
from collections.abc import Iterator
from importlib.machinery import ModuleSpec

import pytest

pytest.importorskip("cv2", reason="formflow[ocr] is not installed")

import numpy as np
from PIL import Image

from formflow.errors import UnreadableError
from formflow.model.document import Box, Paragraph, Table
from formflow.reading import scan
from formflow.reading.limits import Limits
from formflow.reading.scan.assemble import assemble, confidence
from formflow.reading.scan.images import MOST_PAGES, PageImage, pages_of
from formflow.reading.scan.networks import in_batches, networks
from formflow.reading.scan.page import Piece, ReadCell, ReadPage, ReadTable
from support import undecodable
from support.scan_pages import Page, encoded

BOX = Box(0, 0, 10, 10)


def pages(data: bytes, limits: Limits | None = None) -> list[tuple[int, tuple[float, float], float | None]]:
    return [(page.number, page.size, page.dots_per_inch) for page in pages_of(data, limits or Limits())]


def test_a_scan_says_its_size() -> None:
    (page,) = pages(encoded(Image.new("RGB", (1654, 2339)), dpi=(200, 200)))
    assert page[2] == pytest.approx(200, abs=0.1)
    assert page[1] == pytest.approx((595.4, 842.0), abs=0.6)


@pytest.mark.parametrize("options", [{}, {"dpi": (72, 72)}])
def test_a_photo_is_taken_for_a_sheet(options: dict[str, object]) -> None:
    ((_, size, dots),) = pages(encoded(Image.new("RGB", (3000, 4000)), "JPEG", **options))
    assert dots is None
    assert size == pytest.approx((631.4, 841.9), abs=0.1)


def test_every_page_of_a_tiff_is_a_page() -> None:
    first, *more = [Image.new("L", (800, 1000), 255 - at) for at in range(3)]
    data = encoded(first, "TIFF", save_all=True, append_images=more)
    assert [number for number, _, _ in pages(data)] == [1, 2, 3]


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "CMYK", "I;16"])
def test_every_kind_of_pixel_becomes_the_same(mode: str) -> None:
    image = Image.new("L", (400, 500), 255)
    image.paste(0, (100, 100, 200, 200))
    deep = Image.fromarray(np.asarray(image).astype(np.uint16) * 257)
    other = deep if mode == "I;16" else image.convert(mode)
    found = PageImage(other, 1, (100, 125)).pixels()
    assert found.shape == (500, 400, 3)
    assert int(found[50, 50].min()) > 250
    assert int(found[150, 150].max()) < 8


def test_transparent_is_white() -> None:
    assert int(PageImage(Image.new("RGBA", (400, 500), (0, 0, 0, 0)), 1, (1, 1)).pixels().min()) == 255


def test_the_camera_s_position_is_followed() -> None:
    image = Image.new("RGB", (1200, 800), "white")
    exif = image.getexif()
    exif[0x0112] = 6
    ((_, size, _),) = pages(encoded(image, "JPEG", exif=exif))
    assert size[1] > size[0]


def test_colours_come_blue_first() -> None:
    pixels = PageImage(Image.new("RGB", (400, 500), (200, 10, 20)), 1, (1, 1)).pixels()
    assert pixels[0, 0].tolist() == [20, 10, 200]


def refusal(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(UnreadableError) as caught:
        pages(data, limits)
    return caught.value.code


def test_what_cannot_be_decoded_is_damaged() -> None:
    png = encoded(Image.new("RGB", (800, 1000)))
    assert refusal(png[: len(png) // 2]) == "damaged"
    assert refusal(b"\x89PNG\r\n\x1a\n" + b"x" * 400) == "damaged"
    assert refusal(encoded(Image.new("RGB", (60, 80)))) == "damaged"


@pytest.mark.parametrize("size", [(1, 30000), (30000, 1), (1000, 14), (40, 9000)])
def test_a_line_is_no_page(size: tuple[int, int]) -> None:
    assert refusal(encoded(Image.new("L", size))) == "damaged"
    assert pages(encoded(Image.new("L", (3000, 30))))


@undecodable.each
def test_however_a_decoder_ends_the_file_is_damaged(ending: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    data = encoded(Image.new("RGB", (800, 1000)))
    undecodable.end_with(ending, monkeypatch)
    with pytest.raises(UnreadableError) as refused:
        pages(data)
    assert refused.value.code == "damaged"


def test_what_is_too_large_is_refused() -> None:
    assert refusal(encoded(Image.new("1", (3000, 3000))), Limits(max_pixels=1_000_000)) == "too_large"
    frames = [Image.new("1", (300, 300)) for _ in range(MOST_PAGES + 1)]
    assert refusal(encoded(frames[0], "TIFF", save_all=True, append_images=frames[1:])) == "too_large"


def test_more_pages_than_are_read_are_refused() -> None:
    def endless() -> Iterator[PageImage]:
        for number in range(MOST_PAGES + 1):
            yield PageImage(Image.new("L", (300, 400), 255), number + 1, (100, 133))

    with pytest.raises(UnreadableError) as caught:
        scan.read_pages(endless())
    assert caught.value.code == "too_large"


@pytest.mark.parametrize("missing", ["cv2", "rapidocr", ("openvino", "onnxruntime")])
def test_without_ocr_the_refusal_says_what_to_install(
    missing: str | tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = importlib.util.find_spec

    def find_spec(name: str, package: str | None = None) -> ModuleSpec | None:
        return None if name in ((missing,) if isinstance(missing, str) else missing) else plain(name, package)

    monkeypatch.setattr("formflow.reading.scan.find_spec", find_spec)
    monkeypatch.setattr("formflow.reading.scan.networks.find_spec", find_spec)
    is_there, words = scan.available()
    assert not is_there
    assert "formflow[ocr]" in words
    with pytest.raises(UnreadableError) as caught:
        scan.read_scan(Page(400, 400).png())
    assert caught.value.code == "unsupported"
    assert "formflow[ocr]" in caught.value.remedy


def test_with_ocr_it_says_what_reads() -> None:
    assert scan.available()[0]


def piece(text: str, surety: float = 0.99) -> Piece:
    return Piece(text, BOX, surety)


def row(number: int, *texts: str, is_full: bool = False) -> list[ReadCell]:
    return [ReadCell(number, at, 1, 1, (piece(text),) if text else (), BOX, is_full) for at, text in enumerate(texts)]


def table(*cells: list[ReadCell], down: tuple[float, ...] = (0, 100, 200, 300)) -> ReadTable:
    flat = tuple(cell for cells_of_row in cells for cell in cells_of_row)
    return ReadTable(down, len(cells), flat, BOX)


def joined(one: ReadTable, other: ReadTable) -> list[list[str]]:
    document = assemble([(1, ReadPage((one,), (), True)), (2, ReadPage((other,), (), True))])
    return [[cell.text for cell in block.cells] for block in document.blocks if isinstance(block, Table)]


def test_a_table_goes_on_behind_a_page_break() -> None:
    assert joined(table(row(0, "a", "b", "c")), table(row(0, "d", "e", "f"))) == [["a", "b", "c", "d", "e", "f"]]


def test_a_table_of_another_width_is_another() -> None:
    other = table(row(0, "d", "e", "f"), down=(0, 60, 120, 180))
    assert joined(table(row(0, "a", "b", "c")), other) == [["a", "b", "c"], ["d", "e", "f"]]


def test_a_row_cut_by_the_break_is_whole_again() -> None:
    assert joined(table(row(0, "a", "b", "c")), table(row(0, "", "e", ""))) == [["a", "b\ne", "c"]]
    assert joined(table(row(0, "a", "b", "c", is_full=True)), table(row(0, "d", "e", "f"))) == [["ad", "be", "cf"]]


def test_columns_are_matched_by_their_place() -> None:
    one = table(row(0, "a", "b", "c"))
    other = ReadTable((10, 160, 460), 1, tuple(row(0, "d", "e")), BOX)
    wide = ReadTable((10, 110, 310), 1, tuple(row(0, "d", "e")), BOX)
    document = assemble([(1, ReadPage((one,), (), True)), (2, ReadPage((wide,), (), True))])
    (block,) = document.blocks
    assert isinstance(block, Table)
    assert [(cell.row, cell.column, cell.column_span) for cell in block.cells][3:] == [(1, 0, 1), (1, 1, 2)]
    assert len(joined(one, other)) == 2


def test_places_are_counted_and_page_numbers_stand_apart() -> None:
    first = ReadPage((piece("前言"), table(row(0, "a", "b", "c")), piece("后语")), (piece("— 1 —"),), True)
    document = assemble([(3, first)])
    assert [block.locator.part for block in document.blocks] == ["paragraph 1", "table 1", "paragraph 2"]
    assert {block.locator.page for block in document.blocks} == {3}
    assert [paragraph.text for paragraph in document.furniture] == ["— 1 —"]


def test_confidence_grows_with_surety() -> None:
    values = [confidence(at / 100) for at in range(101)]
    assert values == sorted(values)
    assert 0 <= values[0] <= 0.01
    assert values[89] < 0.9 <= values[91]
    assert values[100] <= 1
    paragraph = assemble([(1, ReadPage((piece("字", 0.4),), (), True))]).blocks[0]
    assert isinstance(paragraph, Paragraph)
    assert paragraph.confidence == confidence(0.4)


def test_nothing_is_loaded_before_the_first_page() -> None:
    code = "import sys, formflow.reading.scan as s; s.available(); print(sorted({'cv2', 'openvino', 'rapidocr'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert io.StringIO(done.stdout).read().strip() == "[]"


@pytest.mark.parametrize(("words", "kind"), [("std::bad_alloc", MemoryError), ("no such node", RuntimeError)])
def test_short_of_memory_is_said_as_such(words: str, kind: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError(words)

    monkeypatch.setattr("formflow.reading.scan.networks._on_onnxruntime", fail)
    with pytest.raises(kind):
        networks.__wrapped__("onnxruntime")


def test_wide_lines_go_in_smaller_batches() -> None:
    assert in_batches([320] * 7, 6, 4096) == [[0, 1, 2, 3, 4, 5], [6]]
    assert in_batches([2000, 320, 2000, 2000], 6, 4096) == [[1, 0], [2, 3]]
