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
_WHITE, _DARK = 190, 120
# Shares of the marked pixels, and how much of the picture they cover.
_RED_SHARE, _INK_SHARE = 0.6, 0.8
_MIN_COVER, _MAX_INK_COVER = 0.005, 0.3
# A signature is one or two lines of writing; a picture of a page has many.
_MAX_INK_LINES = 3


def look_of(data: bytes, max_pixels: int) -> PictureLook | None:
    """The look of an image file, or None."""
    # Imported when the first picture is met: most forms have none, and it costs as much as all the rest of the start.
    from PIL import Image, ImageChops

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
    red, green, blue = sample.split()
    lighter = ImageChops.lighter(red, green)
    marked = _below(ImageChops.darker(ImageChops.darker(red, green), blue), _WHITE)
    reds = ImageChops.darker(_above(ImageChops.subtract(red, green), 50), _above(ImageChops.subtract(red, blue), 50))
    reds = ImageChops.darker(reds, _above(red, 110))
    inks = ImageChops.darker(_below(lighter, _DARK), _below(ImageChops.subtract(blue, lighter), 130))
    cover = _count(marked)
    return _judge(
        cover / (sample.width * sample.height),
        _count(ImageChops.darker(reds, marked)) / max(1, cover),
        _count(ImageChops.darker(inks, marked)) / max(1, cover),
        _lines(marked),
    )


def _judge(cover: float, red: float, ink: float, lines: int) -> PictureLook:
    if cover < _MIN_COVER:
        return "other"
    if red >= _RED_SHARE:
        return "seal"
    if ink >= _INK_SHARE and cover <= _MAX_INK_COVER and lines <= _MAX_INK_LINES:
        return "ink"
    return "other"


def _sampled(image: Image) -> Image:
    """A small copy on white, of single pixels: their colours as they are, for blending would grey thin strokes."""
    from PIL import Image as Images

    image.draft("RGB", (4 * _SAMPLE, 4 * _SAMPLE))
    scale = min(1.0, _SAMPLE / max(image.size))
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    ground = Images.new("RGBA", size, "white")
    ground.alpha_composite(image.resize(size, Images.Resampling.NEAREST).convert("RGBA"))
    return ground.convert("RGB")


def _below(channel: Image, value: int) -> Image:
    """A mask: 255 where the channel is below the value."""
    return channel.point([255] * value + [0] * (256 - value))


def _above(channel: Image, value: int) -> Image:
    return channel.point([0] * (value + 1) + [255] * (255 - value))


def _count(mask: Image) -> int:
    return mask.histogram()[255]


def _lines(mask: Image) -> int:
    """How many bands of rows with marks there are, one below the other, parted by empty rows."""
    width, rows = mask.width, mask.tobytes()
    has_mark = [b"\xff" in rows[start : start + width] for start in range(0, len(rows), width)]
    return sum(marked and not before for before, marked in zip([False, *has_mark], has_mark, strict=False))
