"""An OFD's bytes → `Document`: each page's ink put together as that of a PDF's pages is.

The one place where what ofdkit stumbles over becomes an `UnreadableError`. Pages that are pictures of text are recognised like scans where
OCR is installed, else named in a remark; text that lies under a page's picture is not taken: nobody has seen it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from ofdkit import OFDError, OFDLimitError

from formflow.model.document import Document, PictureLook
from formflow.reading.contents import Scanned
from formflow.reading.limits import Limits
from formflow.reading.ofd.container import MAX_PAGES, Container, OfdPage
from formflow.reading.ofd.drawing import MAX_CHARACTERS, ink_of
from formflow.reading.package import Package
from formflow.reading.pdf.ink import PageInk
from formflow.reading.pdf.legible import is_legible
from formflow.reading.pdf.mixed import put_together
from formflow.reading.pdf.text_pages import TextPages
from formflow.reading.pictures import look_of
from formflow.reading.refusals import refuse
from formflow.reading.unsettled import STRUCK_OUT

if TYPE_CHECKING:
    from formflow.reading.scan.page import ReadPage

# A page that is one picture with no more characters than this is a scan with a program's name on it.
_STAMPED_ON = 40


Pages = Sequence[tuple[OfdPage, PageInk]]


def read(data: bytes, limits: Limits) -> Document:
    """See `formflow.reading.ofd.read_ofd`."""
    with _opened(data, limits) as (container, pages):
        scanned = _scanned(pages)
        scans = dict(_recognised(container, scanned, limits)) if scanned and _has_ocr() else {}
        return _document(pages, scans, limits, is_incomplete=container.is_incomplete)


def open_or_tell(data: bytes, limits: Limits) -> Document | Scanned:
    """See `formflow.reading.ofd.open_ofd`."""
    with _opened(data, limits) as (container, pages):
        if _scanned(pages) and _has_ocr():
            return Scanned("ofd")
        return _document(pages, {}, limits, is_incomplete=container.is_incomplete)


@contextmanager
def _opened(data: bytes, limits: Limits) -> Iterator[tuple[Container, Pages]]:
    Package(data, limits)  # an honest container, by its directory
    try:
        with Container(data) as container:
            yield container, list(_pages(container, limits))
    except OFDLimitError as error:
        raise refuse("hostile", "OFD 内部结构异常") from error
    except OFDError as error:
        raise refuse("damaged", "OFD 内部结构有错误") from error


def _has_ocr() -> bool:
    from formflow.reading.scan import available

    return available()[0]


def _recognised(container: Container, pages: Iterable[OfdPage], limits: Limits) -> list[tuple[int, ReadPage]]:
    from formflow.reading.ofd.scanned import recognised

    return recognised(pages, container.read, limits)


def _scanned(pages: Pages) -> list[OfdPage]:
    """The pages that are pictures of text."""
    return [page for page, ink in pages if _is_without_text(ink)]


def _pages(container: Container, limits: Limits) -> Iterator[tuple[OfdPage, PageInk]]:
    @cache
    def look_of_picture(name: str) -> PictureLook | None:
        return look_of(container.read(name), limits.max_pixels) if name else None

    characters = 0
    for page in container.pages():
        if page.number > MAX_PAGES:
            raise refuse("too_large", f"超过 {MAX_PAGES} 页")
        ink = ink_of(page, look_of_picture, limits)
        characters += len(ink.glyphs)
        if characters > MAX_CHARACTERS:
            raise refuse("too_large", f"超过 {MAX_CHARACTERS} 字")
        yield page, ink


def _document(pages: Pages, scans: Mapping[int, ReadPage], limits: Limits, *, is_incomplete: bool) -> Document:
    inks = [ink for _, ink in pages]
    pictured = [page.number for page in _scanned(pages)]
    illegible = [ink.number for ink in inks if ink.number not in pictured and not _is_legible(ink)]
    kept = [ink for ink in inks if ink.number not in pictured and ink.number not in illegible]
    text = TextPages(kept, inks, limits)
    document = put_together("ofd", text, (ink.number for ink in kept), scans, pictured, ())
    unread, remarks = [], []
    if left := [number for number in pictured if number not in scans]:
        unread.append(f"第{_listed(left)}页没有文字，可能是扫描页，没有识读，请打开核对")
    if illegible:
        unread.append(f"第{_listed(illegible)}页的字体缺少文字对照表，读出来的是乱码，没有采用，请打开核对")
    if is_incomplete:
        unread.append("OFD 文件内部有不完整的地方，可能有页面没有读到，请打开核对")
    if not document.blocks:
        remarks.append("正文没有文字，可能是扫描件做成的 OFD")
    if any(page.stamps for page, _ in pages):
        remarks.append("文件带有电子签章，签章的真伪没有验证，请用 OFD 阅读软件核对")
    if any(ink.has_struck_text for ink in kept):
        remarks.append(STRUCK_OUT)
    if any(ink.has_unread_layer and ink.number not in pictured for ink in inks):
        remarks.append("文件中有看不见的文字，没有作为填写内容")
    return replace(document, remarks=(*unread, *remarks, *document.remarks), unread=tuple(unread))


def _is_without_text(page: PageInk) -> bool:
    if page.is_covered or not page.glyphs:
        # An empty page at the end is no scan.
        return page.is_picture or bool(page.pictures) or page.has_unread_layer
    return page.is_picture and len(page.glyphs) <= _STAMPED_ON


def _is_legible(page: PageInk) -> bool:
    return is_legible("".join(glyph.text for glyph in page.glyphs))


def _listed(numbers: Sequence[int]) -> str:
    return "、".join(map(str, numbers))
