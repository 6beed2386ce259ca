"""A PDF's bytes → `Document`, from the first page to the last.

The one place where what pdfium stumbles over becomes an `UnreadableError`. Pages that are pictures of text, and pages whose fonts do not
name their characters, are recognised like scans where OCR is installed; what a scanner's program read and hid behind its picture is not
taken: nobody has seen it, and it knows nothing of the form. Without OCR such pages are named in a remark, and a file of nothing else is
refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import pypdfium2 as pdfium

from formflow.errors import UnreadableError
from formflow.model.document import Document
from formflow.reading.contents import Scanned
from formflow.reading.limits import Limits
from formflow.reading.pdf import mixed, wording
from formflow.reading.pdf.ink import PageInk
from formflow.reading.pdf.legible import is_legible
from formflow.reading.pdf.pdfium import open_pdf, read_pages
from formflow.reading.pdf.plumber import read_page
from formflow.reading.pdf.text_pages import TextPages
from formflow.reading.refusals import refuse, refuse_scan
from formflow.reading.unsettled import STRUCK_OUT

if TYPE_CHECKING:
    from formflow.reading.scan.page import ReadPage

# A page that is one picture with no more characters than this is a scan with a program's name on it.
_STAMPED_ON = 40


# Reads the pages with these 1-based numbers by OCR.
Recognise = Callable[[Sequence[int]], list[tuple[int, "ReadPage"]]]


def read(data: bytes, limits: Limits) -> Document:
    """See `formflow.reading.pdf.read_pdf`."""
    with _pages(data, limits) as (document, pages):
        return put_together(data, pages, limits, _recogniser(document))


def open_or_tell(data: bytes, limits: Limits) -> Document | Scanned:
    """See `formflow.reading.pdf.open_pdf`."""
    with _pages(data, limits) as (document, pages):
        sorted_out = sort_out(data, pages)
        if sorted_out.to_recognise and _recogniser(document):
            return Scanned("pdf")
        return put_together(data, pages, limits)


@contextmanager
def _pages(data: bytes, limits: Limits) -> Iterator[tuple[pdfium.PdfDocument, list[PageInk]]]:
    document = open_pdf(data)
    try:
        yield document, list(read_pages(document, limits))
    except pdfium.PdfiumError as error:
        raise refuse("damaged") from error
    finally:
        document.close()


def _recogniser(document: pdfium.PdfDocument) -> Recognise | None:
    from formflow.reading.scan import available

    if not available()[0]:
        return None
    from formflow.reading.pdf.scanned import recognised

    return partial(recognised, document)


@dataclass(frozen=True, slots=True)
class SortedOut:
    """A file's pages; the numbers of those that are pictures of text, and of those whose fonts do not name their characters."""

    pages: tuple[PageInk, ...]
    without_text: tuple[int, ...]
    illegible: tuple[int, ...]

    @property
    def to_recognise(self) -> tuple[int, ...]:
        return tuple(sorted((*self.without_text, *self.illegible)))

    @property
    def with_text(self) -> list[PageInk]:
        return [page for page in self.pages if page.number not in self.to_recognise]


def sort_out(data: bytes, pages: Sequence[PageInk]) -> SortedOut:
    """The pages by how they can be read. `data` is for a second opinion on those that are garbled."""
    without_text = tuple(page.number for page in pages if _is_without_text(page))
    garbled = {page.number for page in pages if page.number not in without_text and not _is_legible(page)}
    pages = tuple(_second_opinion(data, page) if page.number in garbled else page for page in pages)
    illegible = tuple(page.number for page in pages if page.number in garbled and not _is_legible(page))
    return SortedOut(pages, without_text, illegible)


def put_together(data: bytes, pages: Sequence[PageInk], limits: Limits, recognise: Recognise | None = None) -> Document:
    """The document of a file's pages; refused if none of them says anything."""
    found = sort_out(data, pages)
    scans = dict(recognise(found.to_recognise)) if recognise and found.to_recognise else {}
    if not scans and not any(page.glyphs for page in found.with_text):
        raise _refusal(found)
    text = TextPages(found.with_text, found.pages, limits)
    unread = () if scans else tuple(_unread(found))
    # A page with garbled fonts was never paper: that it bears no seal says nothing.
    document = mixed.put_together(
        "pdf",
        text,
        (page.number for page in found.with_text),
        scans,
        found.without_text,
        (*unread, *_remarks(found, bool(scans))),
    )
    return replace(document, unread=unread)


def _refusal(found: SortedOut) -> UnreadableError:
    """Why none of the pages says anything: what stands on them cannot be told, needs OCR, or is nothing."""
    if found.illegible:
        return wording.refuse_illegible()
    if found.without_text:
        return refuse_scan("no_ocr", f"共 {len(found.pages)} 页，都没有文字层")
    return wording.refuse_blank(len(found.pages))


def _is_without_text(page: PageInk) -> bool:
    if page.is_covered or not page.glyphs:
        # An empty page at the end is no scan.
        return page.is_picture or bool(page.pictures) or page.has_unread_layer
    return page.is_picture and len(page.glyphs) <= _STAMPED_ON


def _is_legible(page: PageInk) -> bool:
    return is_legible("".join(glyph.text for glyph in page.glyphs))


def _second_opinion(data: bytes, page: PageInk) -> PageInk:
    """The page as another program reads it, where its fonts defeat pdfium."""
    return read_page(data, page) or page


def _unread(found: SortedOut) -> Iterator[str]:
    """What is said of the pages that nothing has recognised."""
    if found.without_text:
        yield wording.pages_without_text(found.without_text)
    if found.illegible:
        yield wording.pages_illegible(found.illegible)


def _remarks(found: SortedOut, is_recognised: bool) -> Iterator[str]:
    if found.illegible and is_recognised:
        yield wording.pages_recognised(found.illegible)
    if any(page.notes for page in found.pages):
        yield wording.has_comments()
    if any(page.has_cut_text for page in found.with_text):
        yield wording.has_cut_text()
    if any(page.has_struck_text for page in found.with_text):
        yield STRUCK_OUT
    if any(page.has_unread_layer and page.number not in found.without_text for page in found.pages):
        yield wording.has_unread_layer()
