"""Seals, signatures and everything else, by colour."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from formflow.reading.pictures import look_of

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "real"


def picture(
    draw: Callable[[ImageDraw.ImageDraw], None],
    size: tuple[int, int] = (400, 400),
    mode: str = "RGBA",
    kind: str = "PNG",
) -> bytes:
    image = Image.new(mode, size, (0, 0, 0, 0) if mode == "RGBA" else "white")
    draw(ImageDraw.Draw(image))
    buffer = io.BytesIO()
    image.save(buffer, kind)
    return buffer.getvalue()


def seal(draw: ImageDraw.ImageDraw) -> None:
    draw.ellipse((20, 20, 380, 380), outline=(220, 30, 30), width=14)
    draw.regular_polygon((200, 200, 70), 5, fill=(220, 30, 30))


def signature(colour: tuple[int, int, int]) -> Callable[[ImageDraw.ImageDraw], None]:
    def draw(ink: ImageDraw.ImageDraw) -> None:
        ink.line([(20, 150), (90, 40), (120, 160), (200, 60), (260, 150), (380, 70)], fill=colour, width=6)

    return draw


def page(draw: ImageDraw.ImageDraw) -> None:
    for top in range(30, 380, 30):
        draw.line((20, top, 380, top), fill=(0, 0, 0), width=8)


MANY = 10**8


@pytest.mark.parametrize(
    ("mode", "kind"), [("RGBA", "PNG"), ("RGB", "PNG"), ("RGB", "JPEG"), ("RGB", "BMP"), ("RGB", "GIF")]
)
def test_seal(mode: str, kind: str) -> None:
    assert look_of(picture(seal, mode=mode, kind=kind), MANY) == "seal"


@pytest.mark.parametrize("colour", [(10, 10, 10), (20, 30, 140)])
@pytest.mark.parametrize("mode", ["RGBA", "RGB"])
def test_signature_in_black_or_blue(mode: str, colour: tuple[int, int, int]) -> None:
    assert look_of(picture(signature(colour), (400, 200), mode), MANY) == "ink"


def test_neither() -> None:
    assert look_of(picture(page), MANY) == "other"
    assert look_of(picture(lambda draw: None), MANY) == "other"
    assert look_of(picture(lambda draw: draw.rectangle((0, 0, 400, 400), fill=(30, 140, 60))), MANY) == "other"
    assert look_of(picture(lambda draw: draw.rectangle((0, 0, 400, 400), fill=(0, 0, 0))), MANY) == "other"
    photograph = CORPUS / "forms_scan" / "费用确认结算表_歪斜扫描_红章手签.jpeg"
    assert look_of(photograph.read_bytes(), MANY) == "other"


@pytest.mark.parametrize(
    "data", [b"", b"\x89PNG\r\n\x1a\n", b"\x01\x00\x00\x00 EMF", b"not a picture", picture(seal)[:200]]
)
def test_what_cannot_be_decoded(data: bytes) -> None:
    assert look_of(data, MANY) is None


def test_too_many_pixels_are_not_decoded() -> None:
    assert look_of(picture(seal), 400 * 400 - 1) is None
