"""Places on a scan, a photo or a PDF's pages → small pictures of them, for a person to compare with what was read there.

In: the file's bytes and places as a `Locator` names them. Out: PNG bytes for each place, None where there is no such place or the kind of
file has no pages. Judges nothing. Meant for the sandbox's child: what it opens is the same hostile file that was read.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Any

from PIL import Image

from formflow.model.document import Box
from formflow.reading.limits import DEFAULT, Limits
from formflow.reading.refusals import refuse
from formflow.reading.sniff import sniff

# A 1-based page and a box on it in points, as a `Locator` has them.
Place = tuple[int, Box]
_Cut = Callable[[Box], Image.Image | None]

# Pixels; a picture is at most this large, and no sharper than a scan is read.
MOST_WIDTH, MOST_HEIGHT = 600, 800
_SHARPEST = 200 / 72
# Points of the page that are shown around a place, so that what was cut off wrongly is seen.
_AROUND = 5.0
# Print, pen and seal on paper need no more, and a sheet holds many pictures.
_COLOURS = 48


def crops(data: bytes, places: Sequence[Place], limits: Limits = DEFAULT) -> list[bytes | None]:
    """A picture for each place, in the order asked for; `UnreadableError` if the file cannot be opened."""
    cutter = {"image": _image_pages, "pdf": _pdf_pages, "docx": _word_pages}.get(sniff(data))
    found: dict[int, bytes] = {}
    if cutter is not None:
        by_page = groupby(sorted(range(len(places)), key=lambda at: places[at][0]), key=lambda at: places[at][0])
        wanted = {page: list(own) for page, own in by_page}
        for page, cut in cutter(data, wanted, limits):
            for at in wanted[page]:
                if (picture := cut(places[at][1])) is not None:
                    found[at] = _png(picture)
    return [found.get(at) for at in range(len(places))]


def _image_pages(data: bytes, wanted: Collection[int], limits: Limits) -> Iterator[tuple[int, _Cut]]:
    from formflow.reading.scan.images import pages_of

    for page in pages_of(data, limits):
        if page.number in wanted:
            yield page.number, _cutter(page.upright(), page.size)


def _word_pages(data: bytes, wanted: Collection[int], limits: Limits) -> Iterator[tuple[int, _Cut]]:
    from formflow.reading.docx import read_docx
    from formflow.reading.pasted import pages_in

    for page in pages_in(read_docx(data, limits), data, limits):
        if page.number in wanted:
            yield page.number, _cutter(page.upright(), page.size)


def _cutter(image: Image.Image, size: tuple[float, float]) -> _Cut:
    """Cuts places out of an image that shows a page of a size in points."""
    across, down = image.width / size[0], image.height / size[1]

    def cut(box: Box) -> Image.Image | None:
        place = _shown(box, size)
        if place is None:
            return None
        pixels = (round(place.x0 * across), round(place.y0 * down), round(place.x1 * across), round(place.y1 * down))
        return image.crop(pixels).resize(_pixels(place), Image.Resampling.LANCZOS)

    return cut


def _pdf_pages(data: bytes, wanted: Collection[int], limits: Limits) -> Iterator[tuple[int, _Cut]]:
    import pypdfium2 as pdfium
    import pypdfium2.raw as raw

    from formflow.reading.pdf.pdfium import open_pdf

    document = open_pdf(data)
    try:
        if document.get_formtype() != raw.FORMTYPE_NONE:
            document.init_forms()
        for number in wanted:
            if 1 <= number <= len(document):
                yield number, partial(_rendered, document[number - 1])
    except pdfium.PdfiumError as error:
        raise refuse("damaged") from error
    finally:
        document.close()


def _rendered(page: Any, box: Box) -> Image.Image | None:
    """A place of a PDF page as a viewer shows it."""
    width, height = page.get_size()
    place = _shown(box, (width, height))
    if place is None:
        return None
    size = _pixels(place)
    scale = size[0] / (place.x1 - place.x0)
    off = (place.x0, height - place.y1, width - place.x1, place.y0)
    picture: Image.Image = page.render(scale=scale, crop=off).to_pil()
    return picture.crop((0, 0, *size))  # pdfium may round up


def _shown(box: Box, size: tuple[float, float]) -> Box | None:
    """What is shown of a page of that size, in points: the place and a little around it; None if it does not lie on the page."""
    x0, y0 = max(0.0, box.x0 - _AROUND), max(0.0, box.y0 - _AROUND)
    x1, y1 = min(size[0], box.x1 + _AROUND), min(size[1], box.y1 + _AROUND)
    return Box(x0, y0, x1, y1) if x1 - x0 >= 1 and y1 - y0 >= 1 else None


def _pixels(place: Box) -> tuple[int, int]:
    """How large the picture of a place is made."""
    width, height = place.x1 - place.x0, place.y1 - place.y0
    scale = min(_SHARPEST, MOST_WIDTH / width, MOST_HEIGHT / height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _png(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    few = picture.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    few.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
