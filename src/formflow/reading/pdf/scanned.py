"""The pages of a PDF that are pictures of text → what stands on them, by OCR.

In: an open document and the numbers of such pages. Out: the pages as the scan reader reads them. A page is drawn as a viewer shows it, not
taken from the picture inside: it may be turned, in strips, or stamped on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from formflow.reading.scan.areas import DOTS_PER_INCH
from formflow.reading.scan.images import MOST_PAGES, PageImage, refuse_pages
from formflow.reading.scan.reader import read_each

if TYPE_CHECKING:
    from formflow.reading.scan.page import ReadPage

# Pixels of the longer side; a larger sheet is drawn smaller.
_MOST_SIDE = 4000


def recognised(document: pdfium.PdfDocument, numbers: Sequence[int]) -> list[tuple[int, ReadPage]]:
    """The pages with these 1-based numbers, read one by one."""
    if len(numbers) > MOST_PAGES:
        raise refuse_pages(len(numbers))
    if document.get_formtype() != raw.FORMTYPE_NONE:
        document.init_forms()
    return read_each(_drawn(document, numbers))


def _drawn(document: pdfium.PdfDocument, numbers: Sequence[int]) -> Iterator[PageImage]:
    for number in numbers:
        page = document[number - 1]
        try:
            size = page.get_size()
            scale = min(DOTS_PER_INCH / 72, _MOST_SIDE / max(*size, 1.0))
            image = page.render(scale=scale).to_pil()
        finally:
            page.close()
        yield PageImage(image, number, size, scale * 72)
