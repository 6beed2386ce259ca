"""Page images → `Document`: each page read, then all put together. What the whole paper is said to be is decided here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from formflow.model.document import Document, PictureLook
from formflow.reading.scan.assemble import assemble
from formflow.reading.scan.images import MOST_PAGES, PageImage, refuse_pages
from formflow.reading.scan.networks import networks
from formflow.reading.scan.page import ReadPage, read_page


def read(pages: Iterable[PageImage]) -> Document:
    """The document on the pages, which keep their numbers."""
    found = read_each(pages)
    document = assemble(found, tuple(remarks(found)))
    return replace(document, shows=shown(found))


def read_each(pages: Iterable[PageImage]) -> list[tuple[int, ReadPage]]:
    """What stands on each page, with its number."""
    found: list[tuple[int, ReadPage]] = []
    for page in pages:
        if len(found) >= MOST_PAGES:
            raise refuse_pages(len(found) + 1)
        found.append((page.number, read_page(page.pixels(), networks(), page.size, page.dots_per_inch)))
    return found


def shown(pages: list[tuple[int, ReadPage]]) -> tuple[PictureLook, ...]:
    """A signature would show on any scan, a seal only where there is colour: colour on one page says that the scanner saw it on all."""
    return ("ink", "seal") if any(page.has_colour for _, page in pages) else ("ink",)


def remarks(pages: list[tuple[int, ReadPage]]) -> Iterator[str]:
    """What the clerk is told about pages read from images."""
    yield "文字由图像识别得到，请对照原件核对"
    if not any(page.has_colour for _, page in pages):
        yield "扫描件是黑白或灰度的，看不出是否盖有红色公章"
    empty = [number for number, page in pages if not page.parts]
    if empty:
        yield f"第{'、'.join(map(str, empty))}页没有认出文字"
