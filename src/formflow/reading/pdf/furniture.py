"""Headers, footers and page numbers → told from what is written between them.

Comes in: the pages' lines beside tables. Goes out: the lines that are furniture; what stands at the edge of the page on several pages
alike, and numbers of pages.
"""

from __future__ import annotations

import re
from collections import Counter

from formflow.reading.pdf.flow import PdfPage
from formflow.reading.pdf.lines import Line

# Shares of the page's height in which headers and footers stand, and in which a number alone is that of the page.
_EDGE, _NUMBER_EDGE = 0.078, 0.12
_PAGE_NUMBER = re.compile(
    r"^[-—–－·~\s]*(?:第?\s*\d{1,4}\s*页?|[ivxlcIVXLC]{1,6})[-—–－·~\s]*$|^第?\s*\d{1,4}\s*页?\s*[,，/／|]?\s*[共of]*\s*\d{1,4}\s*页?$"
    r"|^Page\s+\d+(\s+of\s+\d+)?$",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")


def take_furniture(pages: list[PdfPage]) -> list[Line]:
    """The furniture, page by page; the pages keep the rest."""
    seen = Counter(
        key for page in pages for key in {_key(page, line) for line in page.lines if _is_at_edge(page, line, _EDGE)}
    )
    found: list[Line] = []
    for page in pages:
        beside: list[Line] = []
        for line in page.lines:
            is_repeated = _is_at_edge(page, line, _EDGE) and seen[_key(page, line)] > 1
            if is_repeated or (_is_at_edge(page, line, _NUMBER_EDGE) and _is_number(page, line)):
                beside.append(line)
        if beside:
            gone = set(map(id, beside))
            page.lines = [line for line in page.lines if id(line) not in gone]
            found.extend(beside)
    return found


def _is_at_edge(page: PdfPage, line: Line, share: float) -> bool:
    height = page.ink.height
    return line.middle < share * height or line.middle > (1 - share) * height


def _is_number(page: PdfPage, line: Line) -> bool:
    """A page's number: nothing else stands nearer to the edge."""
    if not _PAGE_NUMBER.match(line.text.strip()):
        return False
    is_top = line.middle < page.ink.height / 2
    others = [other.middle for other in page.lines if other is not line]
    others += [box[2] if is_top else box[4] for table in page.tables for box in table.boxes]
    return all(line.middle < other for other in others) if is_top else all(line.middle > other for other in others)


def _key(page: PdfPage, line: Line) -> tuple[str, int]:
    """What a repeated line has in common on its pages: its words without numbers, and its height."""
    return _DIGITS.sub("#", line.text.replace(" ", "")), round(line.middle / 6)
