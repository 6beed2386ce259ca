"""The pages of an OFD that are pictures of text → what stands on them, by OCR.

In: such pages and a way to their picture files. Out: the pages as the scan reader reads them. A page is put together as a viewer shows it,
of its pictures and the seals stamped on it; a seal that is drawn with lines is shown as a red ring where it is stamped.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from formflow.reading.limits import Limits
from formflow.reading.ofd.container import OfdPage
from formflow.reading.ofd.drawing import POINTS_PER_MM, pictures_on
from formflow.reading.ofd.markup import Matrix, joined
from formflow.reading.ofd.seals import Stamp, look
from formflow.reading.scan.areas import DOTS_PER_INCH
from formflow.reading.scan.images import FORMATS, MOST_PAGES, UNDECODABLE, PageImage, refuse_pages
from formflow.reading.scan.reader import read_each

if TYPE_CHECKING:
    from formflow.reading.scan.page import ReadPage

# Pixels of the longer side; a larger sheet is drawn smaller.
_MOST_SIDE = 4000
_RED, _RING = (200, 30, 30, 255), 0.05


def recognised(pages: Iterable[OfdPage], read: Callable[[str], bytes], limits: Limits) -> list[tuple[int, ReadPage]]:
    """The pages, read one by one; `read` gives a picture's bytes by its name, b"" if it is not there."""
    found = list(pages)
    if len(found) > MOST_PAGES:
        raise refuse_pages(len(found))
    return read_each(drawn(found, read, limits))


def drawn(pages: Sequence[OfdPage], read: Callable[[str], bytes], limits: Limits) -> Iterator[PageImage]:
    """The pages as pictures, one by one."""
    for page in pages:
        width, height = (max(each, 1.0) * POINTS_PER_MM for each in page.box[2:])
        scale = min(DOTS_PER_INCH / 72, _MOST_SIDE / max(width, height))
        ground = Image.new("RGBA", (max(1, round(width * scale)), max(1, round(height * scale))), "white")
        dots = scale * POINTS_PER_MM
        upright: Matrix = (dots, 0, 0, dots, -page.box[0] * dots, -page.box[1] * dots)
        for picture in pictures_on(page, upright):
            _put(ground, _decoded(read(picture.name), limits) if picture.name else None, picture.by)
        for stamp in page.stamps:
            _stamp(ground, stamp, upright, limits)
        yield PageImage(ground.convert("RGB"), page.number, (width, height), scale * 72)


def _decoded(data: bytes, limits: Limits) -> Image.Image | None:
    """A picture file, None if it cannot be shown."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=FORMATS) as file:
                if file.width * file.height > limits.max_pixels:
                    return None
                return file.convert("RGBA")
    except UNDECODABLE:
        return None


def _put(ground: Image.Image, picture: Image.Image | None, by: Matrix) -> None:
    """Draws a picture whose unit square goes where `by` takes it."""
    a, b, c, d, e, f = by
    size = a * d - b * c
    if picture is None or not size:
        return
    # Transforming takes single pixels: what is shown smaller is made smaller first.
    smaller = int(min(picture.width / max(abs(a), abs(b), 1.0), picture.height / max(abs(c), abs(d), 1.0)))
    if smaller > 1:
        picture = picture.reduce(smaller)
    wide, high = picture.size
    back = (
        *(d / size * wide, -c / size * wide, (c * f - d * e) / size * wide),
        *(-b / size * high, a / size * high, (b * e - a * f) / size * high),
    )
    ground.alpha_composite(
        picture.transform(ground.size, Image.Transform.AFFINE, back, Image.Resampling.BILINEAR, fillcolor=(0, 0, 0, 0))
    )


def _stamp(ground: Image.Image, stamp: Stamp, upright: Matrix, limits: Limits) -> None:
    x, y, width, height = stamp.box
    by = joined((width, 0, 0, height, x, y), upright)
    picture = _decoded(stamp.picture, limits)
    if picture is not None:
        _put(ground, picture, by)
    elif look(stamp, limits.max_pixels) == "seal":
        left, top, right, bottom = by[4], by[5], by[4] + by[0], by[5] + by[3]
        line = max(3, round(_RING * (right - left)))
        ImageDraw.Draw(ground).ellipse((left, top, right, bottom), outline=_RED, width=line)
