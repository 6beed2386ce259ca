"""Pages that carry their text → the blocks of the document and what stands beside them, whatever kind of file the pages are from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from formflow.model.document import Block, Paragraph
from formflow.reading.limits import Limits
from formflow.reading.pdf.assemble import Assembler
from formflow.reading.pdf.flow import PdfPage, blocks_of, take_apart
from formflow.reading.pdf.furniture import take_furniture
from formflow.reading.pdf.ink import PageInk
from formflow.reading.pdf.joining import join_pages


class TextPages:
    """The pages with text, taken apart together: what recurs on all is no part of the body. `pages` are all pages of the file."""

    def __init__(self, with_text: Iterable[PageInk], pages: Sequence[PageInk], limits: Limits) -> None:
        self._apart = [take_apart(page) for page in with_text]
        self._furniture = take_furniture(self._apart)
        self._assembler = Assembler({page.number: page for page in pages}, limits)

    def blocks(self, numbers: Collection[int]) -> tuple[Block, ...]:
        """What stands on the pages with these numbers, which follow each other."""
        left = min((page.left for page in self._apart), default=0.0)
        pages = [blocks_of(page, left) for page in self._apart if page.ink.number in numbers]
        return self._assembler.body(join_pages(pages, _bottom(self._apart)))

    def beside(self) -> tuple[Paragraph, ...]:
        """Headers, footers and comments."""
        return (*self._assembler.furniture(self._furniture), *self._assembler.notes())


def _bottom(apart: list[PdfPage]) -> float:
    """How far down the document's pages are used."""
    return max(
        [0.0, *(line.y1 for page in apart for line in page.lines), *(t.boxes[0][4] for p in apart for t in p.tables)]
    )
