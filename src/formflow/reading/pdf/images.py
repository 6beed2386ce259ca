"""A picture inside a PDF as it is drawn → its look (seal, ink, other).

What a viewer would show of it is judged, mask and colours applied; it is made small first, for a look needs no detail.
"""

from __future__ import annotations

import ctypes
import io
import math
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from formflow.model.document import PictureLook
from formflow.reading.pictures import look_of

_SAMPLE, _LARGEST = 400, 1600
# A page is drawn at this many pixels a point to see what a stamp on it looks like.
_SCALE = 1.5


def look_of_image(document: pdfium.PdfDocument, page: pdfium.PdfPage, item: Any, max_pixels: int) -> PictureLook | None:
    """The look of an image object of a page; None if it is too large or cannot be drawn."""
    width, height = ctypes.c_uint(), ctypes.c_uint()
    if not raw.FPDFImageObj_GetImagePixelSize(item, width, height) or width.value * height.value > max_pixels:
        return None
    _set_to_pixels(item, width.value, height.value)
    bitmap = raw.FPDFImageObj_GetRenderedBitmap(document.raw, page.raw, item)
    if not bitmap:
        return None
    # Freed with its buffer, when the picture made of it is gone.
    return _look(pdfium.PdfBitmap.from_raw(bitmap).to_pil(), max_pixels)


def _set_to_pixels(item: Any, width: int, height: int) -> None:
    """pdfium draws a picture with one pixel a point, in which thin strokes turn grey: it is given one point a pixel (on the page at hand
    only), so that its colours come out as they are."""
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, matrix):
        return
    across, down = math.hypot(matrix.a, matrix.b), math.hypot(matrix.c, matrix.d)
    if across > 0 and down > 0:
        x, y = min(width, _LARGEST) / across, min(height, _LARGEST) / down
        raw.FPDFPageObj_SetMatrix(
            item, raw.FS_MATRIX(matrix.a * x, matrix.b * x, matrix.c * y, matrix.d * y, matrix.e, matrix.f)
        )


def look_of_place(page: pdfium.PdfPage, crop: tuple[float, float, float, float], max_pixels: int) -> PictureLook | None:
    """The look of a part of the page as a viewer shows it, annotations drawn. `crop`: points off left, bottom, right, top."""
    return _look(page.render(scale=_SCALE, crop=crop).to_pil(), max_pixels)


def _look(image: Any, max_pixels: int) -> PictureLook | None:
    image.thumbnail((_SAMPLE, _SAMPLE), resample=0)
    buffer = io.BytesIO()
    image.save(buffer, "PNG", compress_level=1)
    return look_of(buffer.getvalue(), max_pixels)
