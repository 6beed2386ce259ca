"""Pages with text and pages read by OCR → one document: of a PDF, or an OFD.

In: the text of some pages, what was recognised on others. Out: the blocks of all in the pages' order, what a page break cut put together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import groupby
from typing import TYPE_CHECKING

from formflow.model.document import Document
from formflow.reading.pdf.seams import joined
from formflow.reading.pdf.text_pages import TextPages

if TYPE_CHECKING:
    from formflow.reading.scan.page import ReadPage


def put_together(
    kind: str,
    text: TextPages,
    with_text: Iterable[int],
    scans: Mapping[int, ReadPage],
    papers: Collection[int],
    remarks: Iterable[str],
) -> Document:
    """The document. `kind` is its format, `with_text` and `scans` are its pages by number, `papers` those of the scans that were paper once:
    only of them an absent seal says something. `remarks` are the clerk's, those about scans are added."""
    read = sorted({*scans, *with_text})
    stretches = [
        _scanned(scans, numbers).blocks if is_scan else text.blocks(numbers)
        for is_scan, numbers in ((is_scan, list(own)) for is_scan, own in groupby(read, key=scans.__contains__))
    ]
    blocks = stretches[0] if len(stretches) == 1 else joined(stretches)
    if not scans:
        return Document(kind, blocks, text.beside(), tuple(remarks))
    from formflow.reading.scan.reader import remarks as about_scans
    from formflow.reading.scan.reader import shown

    on_paper = [(number, page) for number, page in scans.items() if number in papers]
    return Document(
        kind,
        blocks,
        (*text.beside(), *_scanned(scans, scans).furniture),
        (*remarks, *about_scans(list(scans.items()))),
        shown(on_paper) if on_paper else (),
        shows_on=tuple(number for number, _ in on_paper),
    )


def _scanned(scans: Mapping[int, ReadPage], numbers: Iterable[int]) -> Document:
    from formflow.reading.scan.assemble import assemble

    return assemble([(number, scans[number]) for number in numbers])
