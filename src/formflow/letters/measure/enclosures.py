"""Where an 附件 stands (7.3.7), in a Word file and in a PDF: on a page of its own, its mark first, its title on the third line."""

from __future__ import annotations

from collections.abc import Iterator

from formflow.letters.elements import SIZE_3
from formflow.letters.geometry import LEFT_MM, PITCH_MM, TOP_MM
from formflow.letters.measure.pdf_page import PdfPaper
from formflow.letters.measure.pdffile import is_face as is_pdf_face
from formflow.letters.measure.rules import Check
from formflow.letters.measure.word_page import WordPage, is_face

_THIRD_LINE_MM = TOP_MM + 2 * PITCH_MM
_SLACK_MM = 5.0  # half a line: the title is larger than the grid's characters


def enclosures_in_word(page: WordPage) -> Iterator[Check]:
    """F01 to F03 by the paragraphs' properties."""
    marks = page.of("enclosure_page")
    if not marks:
        return
    paras = [p for p in page.file.paragraphs if p.where not in ("table", "imprint")]
    apart = [mark.new_page or "\f" in mark.text or "\f" in paras[paras.index(mark) - 1].text for mark in marks]
    yield Check("F01", all(apart), f"{len(marks)}个附件，{sum(apart)}个另面")
    wrong = [
        mark.text
        for mark in marks
        if mark.main is None or abs(mark.size - SIZE_3) > 0.1 or not is_face(mark.main.font, "heading")
        or abs(mark.left_mm + mark.first_mm) > 1 or mark.text.strip().endswith(("：", ":"))
    ]  # fmt: skip
    yield Check("F02", not wrong, "、".join(wrong) or "3号黑体顶格")
    gaps = [_lines_down(page, paras.index(mark)) for mark in marks]
    yield Check("F03", all(gap is not None and abs(gap - 1) <= 0.5 for gap in gaps), "、".join(map(_shown, gaps)))


def _lines_down(page: WordPage, index: int) -> float | None:
    """Empty lines between the mark and the centred title under it; None where no centred text follows."""
    paras = [p for p in page.file.paragraphs if p.where not in ("table", "imprint")]
    title = next((p for p in paras[index + 1 :] if p.text.strip()), None)
    if title is None or title.align != "center":
        return None
    empty = paras.index(title) - index - 1
    return empty + title.before_pt / 29.6


def _shown(gap: float | None) -> str:
    return "没有居中的标题" if gap is None else f"空{gap:.1f}行"


def enclosures_in_pdf(paper: PdfPaper) -> Iterator[Check]:
    """F01 to F03 as they stand on the page."""
    marks = paper.of("enclosure_page")
    if not marks:
        return
    apart = [paper.file.pages[mark.page - 1].lines[0] == mark for mark in marks]
    yield Check("F01", all(apart), f"{len(marks)}个附件，{sum(apart)}个另面")
    wrong = [
        mark.text
        for mark in marks
        if not 15.7 <= mark.size <= 16.1 or not is_pdf_face(mark.font, "heading") or abs(mark.x0 - LEFT_MM) > 1
        or abs(mark.top - TOP_MM) > 1.5 or mark.text.endswith(("：", ":"))
    ]  # fmt: skip
    yield Check("F02", not wrong, "、".join(wrong) or "3号黑体顶格，在第一行")
    tops = [_title_top(paper, mark.page) for mark in marks]
    good = all(top is not None and abs(top - _THIRD_LINE_MM) <= _SLACK_MM for top in tops)
    yield Check("F03", good, "、".join("没有标题" if top is None else f"上边缘{top:.1f}毫米" for top in tops))


def _title_top(paper: PdfPaper, page_no: int) -> float | None:
    lines = paper.file.pages[page_no - 1].lines
    return lines[1].top if len(lines) > 1 else None
