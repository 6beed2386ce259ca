"""What a picture looks like by its colours: a red seal, strokes of ink, or anything else.

An image's bytes come in, a `PictureLook` goes out, None if it cannot be decoded (EMF, WMF, damaged, too large). It samples pixels and
guesses: enough to spare a clerk the question whether anything was stamped at all, not to tell whose seal it is.
"""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

from formflow.model.document import PictureLook

if TYPE_CHECKING:
    from PIL.Image import Image

_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")
_SAMPLE = 160  # pixels along the longer side


def _below(value: int) -> bytes:
    """For `_mask`: 1 for the brightnesses below the value."""
    return bytes(brightness < value for brightness in range(256))


def _above(value: int) -> bytes:
    return bytes(brightness > value for brightness in range(256))


# What is marked: darker than paper in some colour. Red: by so much more red than green and blue. Ink: dark, or no more than dark blue.
_MARKED, _RED, _REDDER = _below(190), _above(110), _above(50)
_DARK, _NOT_BRIGHT_BLUE = _below(120), _below(130)
# Shares of the marked pixels, and how much of the picture they cover.
_RED_SHARE, _INK_SHARE = 0.6, 0.8
_MIN_COVER, _MAX_INK_COVER = 0.005, 0.3
# A signature is one or two lines of writing; a picture of a page has many.
_MAX_INK_LINES = 3


def look_of(data: bytes, max_pixels: int) -> PictureLook | None:
    """The look of an image file, or None."""
    # Imported when the first picture is met: most forms have none, and it costs as much as all the rest of the start.
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
                if not 0 < image.width * image.height <= max_pixels:
                    return None
                sample = _sampled(image)
    # Pillow's decoders raise whatever they stumble over; a picture that cannot be shown is simply not judged.
    except Exception:
        return None
    return _judge(sample)


def _judge(sample: Image) -> PictureLook:
    """By counting pixels, a whole channel at a time: a mask is one long number with a byte for each pixel."""
    from PIL.ImageChops import darker, lighter, subtract

    red, green, blue = sample.split()
    rows = darker(darker(red, green), blue).tobytes().translate(_MARKED)
    marked = int.from_bytes(rows, "little")
    cover = marked.bit_count()
    if cover < _MIN_COVER * len(rows):
        return "other"
    reds = _mask(red, _RED) & _mask(darker(subtract(red, green), subtract(red, blue)), _REDDER)
    if (reds & marked).bit_count() >= _RED_SHARE * cover:
        return "seal"
    if cover > _MAX_INK_COVER * len(rows) or _lines(rows, sample.width) > _MAX_INK_LINES:
        return "other"
    bright = lighter(red, green)
    inks = _mask(bright, _DARK) & _mask(subtract(blue, bright), _NOT_BRIGHT_BLUE)
    return "ink" if (inks & marked).bit_count() >= _INK_SHARE * cover else "other"


def _mask(channel: Image, table: bytes) -> int:
    return int.from_bytes(channel.tobytes().translate(table), "little")


def _sampled(image: Image) -> Image:
    """A small copy on white, of single pixels: their colours as they are, for blending would grey thin strokes."""
    from PIL import Image as Images

    image.draft("RGB", (4 * _SAMPLE, 4 * _SAMPLE))
    scale = min(1.0, _SAMPLE / max(image.size))
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    small = image if size == image.size else image.resize(size, Images.Resampling.NEAREST)
    if not small.has_transparency_data:
        return small.convert("RGB")
    small = small if small.mode == "RGBA" else small.convert("RGBA")
    ground = Images.new("RGB", size, "white")
    ground.paste(small, mask=small)
    return ground


def _lines(rows: bytes, width: int) -> int:
    """How many bands of rows with marks there are, one below the other, parted by empty rows."""
    has_mark = [b"\x01" in rows[start : start + width] for start in range(0, len(rows), width)]
    return sum(marked and not before for before, marked in zip([False, *has_mark], has_mark, strict=False))
