"""An OFD file (GB/T 33190) → `Document`: its text in lines from top to bottom, each with its page and box.

An OFD places runs of text on pages and knows neither paragraphs nor tables; runs on one baseline are one line here, and a wide gap in
it is a tab. Text drawn twice (fake bold) counts once, text off the page not at all. Pictures, seals and ruling lines are not read.
"""

from __future__ import annotations

from collections.abc import Iterator

import ofdkit
from ofdkit import OFDDocument, OFDError, OFDLimitError, Page, TextRun

from formflow.model.document import Box, Document, Locator, Paragraph
from formflow.reading.limits import DEFAULT, Limits
from formflow.reading.package import Package
from formflow.reading.refusals import refuse

_POINTS_PER_MM = 72 / 25.4
# Shares of the type size: baselines closer than this are one line; gaps wider than these are a blank, a tab.
_SAME_LINE, _BLANK_GAP, _TAB_GAP = 0.5, 0.25, 1.5
_ASCENT, _DESCENT = 0.88, 0.12
_MAX_PAGES = 500
# Runs nearer than this (mm) with the same text are one, drawn twice.
_TWICE = 0.4


def read_ofd(data: bytes, limits: Limits = DEFAULT) -> Document:
    """The lines of an OFD file's pages; `UnreadableError` if it is none, or not sound."""
    with Package(data, limits):
        pass  # an honest container, by its directory
    try:
        with ofdkit.open(data) as document:
            return _document(document, limits)
    except OFDLimitError as error:
        raise refuse("hostile", "OFD 内部结构异常") from error
    except OFDError as error:
        raise refuse("damaged", "OFD 内部结构有错误") from error


def _document(document: OFDDocument, limits: Limits) -> Document:
    if len(document.pages) > _MAX_PAGES:
        raise refuse("too_large", f"超过 {_MAX_PAGES} 页")
    paragraphs: list[Paragraph] = []
    for page_no, page in enumerate(document.pages, 1):
        for line in _lines(page):
            paragraphs.append(_paragraph(line, page, page_no, len(paragraphs) + 1))
            if len(paragraphs) > limits.max_blocks:
                raise refuse("too_large", "内容过多")
    remarks = ["OFD 文件按文字所在位置逐行读取，表格线、印章和图片没有读取，请打开核对"]
    if document.warnings:
        remarks.append("OFD 文件内部有不完整的地方，可能有页面没有读到，请打开核对")
    if not paragraphs:
        remarks.append("正文没有文字，可能是扫描件做成的 OFD")
    return Document("ofd", tuple(paragraphs), remarks=tuple(remarks))


def _lines(page: Page) -> Iterator[list[TextRun]]:
    """The page's runs, one list for each line, each from left to right."""
    line: list[TextRun] = []
    for run in sorted(_visible(page), key=lambda run: (run.y, run.x)):
        if line and run.y - line[0].y > _SAME_LINE * min(_size(run), _size(line[0])):
            yield sorted(line, key=lambda one: one.x)
            line = []
        line.append(run)
    if line:
        yield sorted(line, key=lambda one: one.x)


def _visible(page: Page) -> Iterator[TextRun]:
    x0, y0, width, height = page.box
    seen: set[tuple[str, int, int]] = set()
    for run in page.runs:
        mark = (run.text, round(run.x / _TWICE), round(run.y / _TWICE))
        is_on_page = x0 <= run.x <= x0 + width and y0 <= run.y <= y0 + height
        if run.text.strip() and is_on_page and mark not in seen:
            seen.add(mark)
            yield run


def _size(run: TextRun) -> float:
    size: float = run.size
    return max(size, 1.0)


def _paragraph(line: list[TextRun], page: Page, page_no: int, number: int) -> Paragraph:
    text, edge = "", line[0].x
    for run in line:
        gap = run.x - edge
        if text and gap > _BLANK_GAP * _size(run):
            text += "\t" if gap > _TAB_GAP * _size(run) else " "
        text += run.text
        edge = max(edge, run.x + run.width)
    return Paragraph(text, Locator(f"paragraph {number}", page_no, _box(line, edge, page)))


def _box(line: list[TextRun], right: float, page: Page) -> Box:
    """The line's place in points from the page's top left corner."""
    x0, y0, _, _ = page.box
    top = min(run.y - _ASCENT * run.size for run in line)
    bottom = max(run.y + _DESCENT * run.size for run in line)
    edges = (line[0].x - x0, top - y0, right - x0, bottom - y0)
    return Box(*(round(edge * _POINTS_PER_MM, 2) for edge in edges))
