"""A PDF's bytes → `Document`, from the first page to the last.

The one place where what pdfium stumbles over becomes an `UnreadableError`. Pages that are pictures of text are named in a remark; a file
of nothing but such pages, or of fonts that do not name their characters, is refused.
"""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2 as pdfium

from formflow.model.document import Document
from formflow.reading.limits import Limits
from formflow.reading.pdf import wording
from formflow.reading.pdf.assemble import Assembler
from formflow.reading.pdf.flow import PdfPage, blocks_of, take_apart
from formflow.reading.pdf.furniture import take_furniture
from formflow.reading.pdf.ink import PageInk
from formflow.reading.pdf.joining import join_pages
from formflow.reading.pdf.legible import is_legible
from formflow.reading.pdf.pdfium import open_pdf, read_pages
from formflow.reading.pdf.plumber import read_page
from formflow.reading.refusals import refuse

# A page that is one picture with no more characters than this is a scan with a program's name on it.
_STAMPED_ON = 40


def read(data: bytes, limits: Limits) -> Document:
    """See `formflow.reading.pdf.read_pdf`."""
    document = open_pdf(data)
    try:
        pages = list(read_pages(document, limits))
    except pdfium.PdfiumError as error:
        raise refuse("damaged") from error
    finally:
        document.close()
    return put_together(data, pages, limits)


def put_together(data: bytes, pages: list[PageInk], limits: Limits) -> Document:
    """The document of a file's pages; refused if none of them says anything. `data` is for a second opinion on pages that are garbled."""
    without_text = tuple(page.number for page in pages if _is_without_text(page))
    illegible = tuple(page.number for page in pages if page.number not in without_text and not _is_legible(page))
    pages = [_second_opinion(data, page) if page.number in illegible else page for page in pages]
    illegible = tuple(number for number in illegible if not _is_legible(pages[number - 1]))
    kept = [page for page in pages if page.number not in without_text and page.number not in illegible]
    if not any(page.glyphs for page in kept):
        raise wording.refuse_illegible() if illegible else wording.refuse_without_text(len(pages))
    return _assembled(kept, pages, limits, tuple(_remarks(pages, without_text, illegible)))


def _assembled(kept: list[PageInk], pages: list[PageInk], limits: Limits, remarks: tuple[str, ...]) -> Document:
    apart = [take_apart(page) for page in kept]
    furniture = take_furniture(apart)
    left = min(page.left for page in apart)
    blocks = join_pages([blocks_of(page, left) for page in apart], _bottom(apart))
    assembler = Assembler({page.number: page for page in pages}, limits)
    beside = assembler.furniture(furniture)
    return Document("pdf", assembler.body(blocks), (*beside, *assembler.notes()), remarks)


def _bottom(pages: list[PdfPage]) -> float:
    """How far down the document's pages are used."""
    return max(
        [0.0, *(line.y1 for page in pages for line in page.lines), *(t.boxes[0][4] for p in pages for t in p.tables)]
    )


def _is_without_text(page: PageInk) -> bool:
    if not page.glyphs:
        # An empty page at the end is no scan.
        return page.is_picture or bool(page.pictures) or page.has_unread_layer
    return page.is_picture and len(page.glyphs) <= _STAMPED_ON


def _is_legible(page: PageInk) -> bool:
    return is_legible("".join(glyph.text for glyph in page.glyphs))


def _second_opinion(data: bytes, page: PageInk) -> PageInk:
    """The page as another program reads it, where its fonts defeat pdfium."""
    return read_page(data, page) or page


def _remarks(pages: list[PageInk], without_text: tuple[int, ...], illegible: tuple[int, ...]) -> Iterator[str]:
    if without_text:
        yield wording.pages_without_text(without_text)
    if illegible:
        yield wording.pages_illegible(illegible)
    if any(page.notes for page in pages):
        yield wording.has_comments()
    if any(page.has_unread_layer and page.number not in without_text for page in pages):
        yield wording.has_unread_layer()
