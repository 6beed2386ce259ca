"""Pictures of places: what is seen there is what the page shows there, whatever carries the page."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

pytest.importorskip("cv2", reason="formflow[ocr] is not installed")

from formflow.model.document import Box
from formflow.reading.crops import MOST_HEIGHT, MOST_WIDTH, crops
from formflow.reading.opener import Opener
from support.wordml import docx, p

# An A4 page at 200 dots an inch, and on it two bars: places in points, colours.
PAGE = (1654, 2339)
PLACES = {"red": Box(72, 72, 216, 144), "blue": Box(360, 720, 540, 756)}
COLOURS = {"red": (200, 30, 30), "blue": (30, 30, 200)}
AROUND = 5


def page(*names: str) -> Image.Image:
    image = Image.new("RGB", PAGE, "white")
    for name in names:
        box = PLACES[name]
        corners = [value * 200 / 72 for value in (box.x0, box.y0, box.x1, box.y1)]
        ImageDraw.Draw(image).rectangle(corners, fill=COLOURS[name])
    return image


def saved(kind: str, first: Image.Image, *more: Image.Image, **options: object) -> bytes:
    buffer = io.BytesIO()
    extra = {"save_all": True, "append_images": more} if more else {}
    first.save(buffer, kind, dpi=(200, 200), resolution=200, **extra, **options)
    return buffer.getvalue()


def seen(picture: bytes | None) -> Image.Image:
    assert picture is not None
    assert picture.startswith(b"\x89PNG")
    return Image.open(io.BytesIO(picture)).convert("RGB")


def shows(picture: bytes | None, name: str) -> None:
    """The picture is the bar with a narrow white border round it."""
    image, box = seen(picture), PLACES[name]
    assert image.width <= MOST_WIDTH
    width, height = box.x1 - box.x0 + 2 * AROUND, box.y1 - box.y0 + 2 * AROUND
    assert image.width / image.height == pytest.approx(width / height, rel=0.03)
    colour = image.getpixel((image.width // 2, image.height // 2))
    assert all(abs(one - other) < 25 for one, other in zip(colour, COLOURS[name], strict=True))
    assert min(image.getpixel((1, 1))) > 230
    border = AROUND / width * image.width
    assert min(image.getpixel((round(border * 0.6), image.height // 2))) > 200
    assert min(image.getpixel((round(border * 1.5), image.height // 2))) < 80


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "PDF", "TIFF"])
def test_a_place_is_cut_out_with_a_little_around_it(kind: str) -> None:
    red, blue = crops(saved(kind, page("red", "blue")), [(1, PLACES["red"]), (1, PLACES["blue"])])
    shows(red, "red")
    shows(blue, "blue")


@pytest.mark.parametrize("kind", ["PDF", "TIFF"])
def test_pages_are_counted_from_one_and_the_order_is_the_asker_s(kind: str) -> None:
    data = saved(kind, page("red"), page("blue"))
    first, second, none = crops(data, [(2, PLACES["blue"]), (1, PLACES["red"]), (3, PLACES["red"])])
    shows(first, "blue")
    shows(second, "red")
    assert none is None


def test_a_photo_taken_with_the_camera_turned() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    data = saved("JPEG", page("red").transpose(Image.Transpose.ROTATE_90), exif=exif, quality=90)
    (red,) = crops(data, [(1, PLACES["red"])])
    shows(red, "red")


def test_large_places_are_made_small_and_places_off_the_page_are_none() -> None:
    data = saved("PDF", page("red"))
    whole, off, thin = crops(data, [(1, Box(0, 0, 595, 842)), (1, Box(700, 10, 800, 20)), (0, Box(0, 0, 9, 9))])
    assert seen(whole).height <= MOST_HEIGHT
    assert off is None
    assert thin is None


def test_the_opener_gives_them_from_its_sandbox(tmp_path: Path) -> None:
    path = tmp_path / "扫描.png"
    path.write_bytes(saved("PNG", page("red")))
    with Opener() as opener:
        (red,) = opener.crops(path, [(1, PLACES["red"])])
        shows(red, "red")
        assert opener.crops(docx(p("甲")), [(1, PLACES["red"])]) == [None]
        assert opener.crops(b"%PDF-1.7 broken", [(1, PLACES["red"]), (1, PLACES["blue"])]) == [None, None]
