"""An image file's bytes → its pages as pixels, with their size in points.

JPEG, PNG, TIFF (several pages), BMP, GIF and WEBP; what the camera noted about its position is followed. Refuses what is too large or
cannot be decoded; judges nothing about what the pages show.
"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from formflow.errors import UnreadableError
from formflow.reading.limits import Limits
from formflow.reading.refusals import refuse_scan
from formflow.reading.scan.areas import Pixels

# Pillow opens a camera's several exposures in one file (MPO) as a JPEG.
FORMATS = ("JPEG", "PNG", "TIFF", "BMP", "GIF", "WEBP")
# At a third of the speed of a present office machine that many are done within the minute a paper may take.
MOST_PAGES = 30
_LONG_PT = 841.89  # A4: what an image without a scale is taken for
_LEAST_INCHES, _MOST_INCHES = 3.5, 24.0
# Larger images are halved before anything is done to them: 200 dots an inch is all that is looked at.
_ENOUGH = 5000
_LEAST_SIDE = 300
# What is narrower than this, in pixels or as a part of its length, is a line and no page.
_LEAST_BREADTH, _SLENDEREST = 16, 200
# What Pillow's decoders raise over broken files.
UNDECODABLE = (
    UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError,
    struct.error, Image.DecompressionBombError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page to be read: its pixels, its 1-based number, its width and height in points, and its resolution if that is known."""

    image: Image.Image
    number: int
    size: tuple[float, float]
    dots_per_inch: float | None = None

    def pixels(self) -> Pixels:
        """Blue, green, red on white."""
        return np.ascontiguousarray(np.asarray(self.upright(), dtype=np.uint8)[:, :, ::-1])

    def upright(self) -> Image.Image:
        """Red, green, blue on white, as the camera was held."""
        image = ImageOps.exif_transpose(self.image)
        if max(image.size) > _ENOUGH:
            image = image.convert("RGB") if image.mode not in ("L", "RGB", "RGBA") else image
            image = image.reduce(-(-max(image.size) // _ENOUGH))
        if image.mode in ("RGBA", "LA", "P", "PA"):
            ground = Image.new("RGBA", image.size, "white")
            ground.alpha_composite(image.convert("RGBA"))
            image = ground
        if image.mode.startswith(("I", "F")):
            image = _eight_bits(image)
        return image.convert("RGB")


def _eight_bits(image: Image.Image) -> Image.Image:
    """A grey image of deeper pixels, its own range brought to a byte."""
    values = np.asarray(image).astype(np.float64)
    scale = 257.0 if float(values.max(initial=0)) > 255 else 1.0
    return Image.fromarray(np.clip(values / scale, 0, 255).astype(np.uint8))


def pages_of(data: bytes, limits: Limits) -> Iterator[PageImage]:
    """The pages of an image file, one after the other."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=FORMATS) as file:
                if getattr(file, "n_frames", 1) > MOST_PAGES:
                    raise refuse_pages(getattr(file, "n_frames", 1))
                for number, frame in enumerate(_frames(file), 1):
                    if frame.width * frame.height > limits.max_pixels:
                        raise refuse_scan("too_large", f"{frame.width}×{frame.height} 像素")
                    yield page_of(frame, number)
    except UNDECODABLE as error:
        raise refuse_scan("undecodable") from error


def refuse_pages(pages: int) -> UnreadableError:
    """The refusal of more pages than are recognised at a time."""
    return refuse_scan("too_many_pages", f"共 {pages} 页，一次最多识读 {MOST_PAGES} 页")


def _frames(file: Image.Image) -> Iterator[Image.Image]:
    # The pages of a TIFF are pages; those of other formats are a moving picture or a second exposure.
    yield from ImageSequence.Iterator(file) if file.format == "TIFF" else (file,)


def page_of(frame: Image.Image, number: int) -> PageImage:
    """A picture as a page; refused if it is too small to be read."""
    frame.load()
    # How the camera was held may swap the sides.
    width, height = ImageOps.exif_transpose(frame).size if frame.getexif().get(0x0112, 1) != 1 else frame.size
    if max(width, height) < _LEAST_SIDE or min(width, height) < max(_LEAST_BREADTH, max(width, height) // _SLENDEREST):
        raise refuse_scan("too_small", f"只有 {width}×{height} 像素")
    dots = _dots_per_inch(frame)
    scale = 72 / dots if dots else _LONG_PT / max(width, height)
    return PageImage(frame, number, (width * scale, height * scale), dots)


def _dots_per_inch(frame: Image.Image) -> float | None:
    """What the file says, if the page has the size of a sheet then: cameras write 72 whatever they saw."""
    noted = frame.info.get("dpi")
    try:
        dots = float(noted[0]) if noted else 0.0
    except (TypeError, ValueError, ZeroDivisionError, IndexError):
        return None
    if dots <= 0:
        return None
    inches = max(frame.size) / dots
    return dots if _LEAST_INCHES <= inches <= _MOST_INCHES else None
