"""What a picture looks like by its colours: a red seal, strokes of ink, or anything else.

An image's bytes come in, a `PictureLook` goes out, None if it cannot be decoded (EMF, WMF, damaged, too large). It samples pixels and
guesses: enough to spare a clerk the question whether anything was stamped at all, not to tell whose seal it is.
"""

from __future__ import annotations

import io
import warnings

from formflow.model.document import PictureLook

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
    sample = _sampled(data, max_pixels)
    if sample is None:
        return None
    rows, width = sample
    marked = red = ink = lines = 0
    was_marked = False
    for row in rows:
        row_marked = 0
        for r, g, b in row:
            if min(r, g, b) < _WHITE:
                row_marked += 1
                if r > 110 and r - g > 50 and r - b > 50:
                    red += 1
                elif max(r, g) < _DARK and b - max(r, g) < 130:
                    ink += 1
        marked += row_marked
        lines += row_marked > 0 and not was_marked
        was_marked = row_marked > 0
    return _judge(marked / max(1, width * len(rows)), red / max(1, marked), ink / max(1, marked), lines)


def _judge(cover: float, red: float, ink: float, lines: int) -> PictureLook:
    if cover < _MIN_COVER:
        return "other"
    if red >= _RED_SHARE:
        return "seal"
    if ink >= _INK_SHARE and cover <= _MAX_INK_COVER and lines <= _MAX_INK_LINES:
        return "ink"
    return "other"


def _sampled(data: bytes, max_pixels: int) -> tuple[list[list[tuple[int, int, int]]], int] | None:
    """Rows of sampled (r, g, b) on white, colours as they are (no blending, which would grey thin strokes)."""
    # Imported when the first picture is met: most forms have none, and it costs as much as all the rest of the start.
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
                if image.width * image.height > max_pixels or not image.width or not image.height:
                    return None
                image.draft("RGB", (4 * _SAMPLE, 4 * _SAMPLE))
                scale = min(1.0, _SAMPLE / max(image.size))
                size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
                plain = image.convert("RGBA").resize(size, Image.Resampling.NEAREST)
        ground = Image.new("RGBA", size, "white")
        ground.alpha_composite(plain)
        flat = ground.convert("RGB").tobytes()
    # Pillow's decoders raise whatever they stumble over; a picture that cannot be shown is simply not judged.
    except Exception:
        return None
    triples = list(zip(flat[0::3], flat[1::3], flat[2::3], strict=True))
    return [triples[start : start + size[0]] for start in range(0, len(triples), size[0])], size[0]
