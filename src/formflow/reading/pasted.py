"""A Word file that holds nothing but pictures of pages (scans or photos put into Word to be sent) → what stands on them.

In: a file's bytes. Out: a `Document`, the pictures recognised as the pages of a scan are where they are all there is and OCR is installed,
in the order in which they stand; few typed words over them stay with them. A picture is taken as it is shown: cropped and turned. Pictures
beside real text stay pictures.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from lxml import etree

from formflow.errors import UnreadableError
from formflow.model.document import Document, Paragraph
from formflow.reading import names as n
from formflow.reading.content import alternate
from formflow.reading.docx import read_docx
from formflow.reading.limits import DEFAULT, Limits
from formflow.reading.package import Package

if TYPE_CHECKING:
    from PIL.Image import Image

    from formflow.reading.scan.images import PageImage

# The body says no more than that: a heading over the pictures, a file's name.
_FEW_CHARACTERS = 60
# Pixels and shape of a picture somebody could read a page from; others are logos, seals, bands.
_LEAST_SIDE, _MOST_SLENDER = 600, 2.5
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_CROP, _TRANSFORM = f"{_A}srcRect", f"{_A}xfrm"
_SIDES = ("l", "t", "r", "b")
# Units of DrawingML: a thousandth of a per cent, a sixty-thousandth of a degree.
_WHOLE, _QUARTER = 100_000, 90 * 60_000
_ENDINGS = (".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".tif", ".tiff", ".bmp", ".gif", ".webp")
_SAID = "文件里只有扫描件或照片，内容由文字识别得到"


@dataclass(frozen=True, slots=True)
class _Shown:
    """A picture as a document shows it: its file in the container, what is cut off its left, top, right and bottom (shares of its size),
    and how many quarters it is turned clockwise."""

    name: str
    cut: tuple[float, ...] = (0.0, 0.0, 0.0, 0.0)
    quarters: int = 0


def read_word(data: bytes, limits: Limits = DEFAULT) -> Document:
    """The document in a Word file's bytes, by OCR where it holds nothing but pictures of pages; `UnreadableError` as `read_docx` and
    `read_scan` raise it."""
    document = read_docx(data, limits)
    pages = pages_in(document, data, limits)
    first = next(pages, None)
    if first is None:
        return document
    from formflow.reading.scan import read_pages

    found = read_pages(chain((first,), pages))
    typed = tuple(block for block in document.blocks if isinstance(block, Paragraph) and block.text.strip())
    remarks = (*(remark for remark in document.remarks if not remark.startswith("正文没有文字")), _SAID, *found.remarks)
    return replace(
        found,
        blocks=(*typed, *found.blocks),
        furniture=(*document.furniture, *found.furniture),
        remarks=remarks,
        unread=document.unread,
    )


def pages_in(document: Document, data: bytes, limits: Limits) -> Iterator[PageImage]:
    """The pictures of pages in a Word file that was read as `document`, one by one; none if it has text of its own, or OCR is not installed."""
    if not _is_without_text(document) or not any(paragraph.pictures for paragraph in document.paragraphs()):
        return
    from formflow.reading.scan import available

    if available()[0]:
        yield from _pages(Package(data, limits), limits)


def _is_without_text(document: Document) -> bool:
    count = 0
    for paragraph in document.paragraphs():
        count += len("".join(paragraph.text.split()))
        if count > _FEW_CHARACTERS:
            return False
    return True


def _pages(package: Package, limits: Limits) -> Iterator[PageImage]:
    from formflow.reading.scan.images import MOST_PAGES, page_of, refuse_pages

    number = 0
    for shown in _shown(package):
        image = _image(package, shown, limits)
        if image is None:
            continue
        number += 1
        if number > MOST_PAGES:
            raise refuse_pages(number)
        yield page_of(image, number)


def _shown(package: Package) -> Iterator[_Shown]:
    """The pictures of the body in the order in which they stand."""
    main = package.main_part()
    links = package.relationships(main)
    stack = [package.parse(main)]
    while stack:
        element = stack.pop()
        if element.tag in n.DELETIONS:
            continue
        if element.tag in (n.BLIP, n.IMAGE_DATA):
            link = links.get(element.get(n.EMBED) or element.get(n.RELATIONSHIP_ID) or "")
            if link is not None and link.target.lower().endswith(_ENDINGS) and package.has(link.target):
                yield _as_shown(element, link.target)
        elif element.tag == n.ALTERNATE:
            branch = alternate(element)
            stack.extend(() if branch is None else (branch,))
        else:
            stack.extend(element.iterchildren(reversed=True))


def _as_shown(blip: etree._Element, name: str) -> _Shown:
    fill = blip.getparent()
    if blip.tag != n.BLIP or fill is None:
        return _Shown(name)
    crop = next(fill.iterchildren(_CROP), None)
    cut = tuple(n.number(crop.get(side)) / _WHOLE if crop is not None else 0.0 for side in _SIDES)
    picture = fill.getparent()
    transform = next(picture.iter(_TRANSFORM), None) if picture is not None else None
    turned = n.number(transform.get("rot")) if transform is not None else 0
    return _Shown(name, cut, round(turned / _QUARTER) % 4)


def _image(package: Package, shown: _Shown, limits: Limits) -> Image | None:
    """The picture as it is shown; None if nobody could read a page from it, or it cannot be decoded."""
    from PIL import Image as Images

    from formflow.reading.scan.images import FORMATS, UNDECODABLE

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Images.open(io.BytesIO(package.read(shown.name)), formats=FORMATS) as file:
                if file.width * file.height > limits.max_pixels:
                    return None
                box = _box(shown.cut, file.size)
                width, height = box[2] - box[0], box[3] - box[1]
                if min(width, height) < _LEAST_SIDE or max(width, height) > _MOST_SLENDER * min(width, height):
                    return None
                file.load()
                image = file.crop(box) if any(shown.cut) else file.copy()
    # A picture that cannot be decoded is one Word does not show either.
    except (UnreadableError, *UNDECODABLE):
        return None
    return image.rotate(-90 * shown.quarters, expand=True) if shown.quarters else image


def _box(cut: tuple[float, ...], size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Where a picture is cut to, in its pixels. Negative cuts (a border round it) cut nothing."""
    left, top, right, bottom = (min(max(share, 0.0), 0.99) for share in cut)
    width, height = size
    return round(left * width), round(top * height), round((1 - right) * width), round((1 - bottom) * height)
