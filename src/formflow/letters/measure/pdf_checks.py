"""Rules measured in a PDF, on the page as it is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from statistics import median

from formflow.letters.closing import width_in_chars
from formflow.letters.elements import Kind
from formflow.letters.geometry import BOTTOM_MM, CHAR_MM, LEFT_MM, MM, RIGHT_MM, TOP_MM
from formflow.letters.measure.classify import ORDER
from formflow.letters.measure.enclosures import enclosures_in_pdf
from formflow.letters.measure.pdf_feet import imprint, page_numbers
from formflow.letters.measure.pdf_heads import letter_head, red_head
from formflow.letters.measure.pdf_page import PdfPaper, hung
from formflow.letters.measure.pdf_tables import table_texts
from formflow.letters.measure.pdffile import PdfFile, PdfPage, TextLine, is_black, is_face, is_red
from formflow.letters.measure.rules import Check
from formflow.letters.measure.sums import check_sums
from formflow.letters.measure.texts import Words, check_words
from formflow.letters.titles import is_shapely

_CENTER_MM = (LEFT_MM + RIGHT_MM) / 2


def kind_of_pdf(file: PdfFile) -> Kind:
    """Red text at the top of page 1 makes a letter or a red-headed page; a pair of long red lines makes it a letter."""
    first = file.pages[0]
    marks = [line for line in first.lines if is_red(line.color) and line.size > 22.5]
    if not marks:
        return "form"
    red = [d for d in first.drawn if d.is_horizontal and is_red(d.color) and d.x1 - d.x0 > 120]
    return "letter" if any(d.y0 > 255 for d in red) or marks[0].top < 45 else "red_header"


class PdfChecks(PdfPaper):
    """One PDF against the rules of its kind."""

    def run(self) -> Iterator[Check]:
        yield from check_words(Words(self.kind, tuple(self._paragraphs())))
        yield from self._page()
        yield from self._text()
        yield from self._title()
        yield from self._body()
        yield from self._ending()
        yield from enclosures_in_pdf(self)
        yield from imprint(self)
        yield from page_numbers(self)
        yield self._tables()
        yield check_sums([text for _, text in self._paragraphs()], table_texts(self.file))
        first = dict(reversed(self.items))
        if self.kind == "letter":
            yield from letter_head(self.file, first)
        elif self.kind == "red_header":
            yield from red_head(self.file, first)

    def _paragraphs(self) -> Iterator[tuple[str, str]]:
        """(element, text) with lines joined where a paragraph goes on."""
        whole: list[tuple[str, str]] = []
        for name, line in self.items:
            goes_on = whole and whole[-1][0] == name and (name == "title" or line not in self.beginnings)
            if goes_on:
                whole[-1] = (name, whole[-1][1] + line.text)
            else:
                whole.append((name, line.text))
        return iter(whole)

    def _plain_pages(self) -> list[PdfPage]:
        """Pages that begin with the text area's first line: not the headed first page of a letter or red-headed document."""
        pages = self.file.pages if self.kind == "form" else self.file.pages[1:]
        return [page for page in pages if page.lines]

    def _page(self) -> Iterator[Check]:
        pages, plain = self.file.pages, self._plain_pages()
        off = [p for p in pages if p.height >= p.width and (abs(p.width - 210) > 0.5 or abs(p.height - 297) > 0.5)]
        yield Check("P01", not off, f"{pages[0].width:.1f}×{pages[0].height:.1f}毫米")
        tops = [min([page.lines[0].top, *(box[1] for box in page.tables)]) for page in plain]
        yield Check(
            "P02",
            abs(min(tops) - TOP_MM) <= 1 if tops else None,
            f"首行上边缘{min(tops):.2f}毫米" if tops else "没有整面的正文",
        )
        main = self.of("recipient", "body", "heading1", "heading2")
        lefts = [line.x0 for line in main]
        yield Check(
            "P03",
            abs(min(lefts) - LEFT_MM) <= 1 if lefts else None,
            f"顶格行左边缘{min(lefts):.2f}毫米" if lefts else "没有顶格的行",
        )
        rights = [hung(line) for line in main]
        bottoms = [page.lines[-1].bottom for page in pages if page.lines]
        if rights:
            width, low = max(rights) - min(lefts), max(bottoms)
            full = any(right > RIGHT_MM - CHAR_MM for right in rights)
            good = width <= 157 and low <= BOTTOM_MM + 1 and (not full or width >= 155)
            yield Check("P04", good, f"宽{width:.2f}毫米，末行下边缘{low:.2f}毫米")
        yield self._rows()
        yield self._characters()
        yield Check("X01", None, "有横排页，请核对" if any(p.width > p.height for p in pages) else "没有横排页")

    def _rows(self) -> Check:
        """Lines a page from the distance between neighbouring lines of the body, and counted where a page is full of them."""
        steps = [
            b.baseline - a.baseline for a, b in pairwise(self.of("body", "heading1", "heading2")) if a.page == b.page
        ]
        if len(steps) < 4:
            return Check("P06", None, "正文行数不足以量出行距")
        pitch = median(steps)
        rows = int((BOTTOM_MM - TOP_MM - CHAR_MM) / pitch + 1.05)
        return Check("P06", rows == 22, f"行距{pitch:.2f}毫米，每面{rows}行")

    def _characters(self) -> Check:
        lines = self.of("body")
        counts = [width_in_chars(line.text if hung(line) == line.x1 else line.text[:-1]) for line in lines]
        flush = [
            count
            for count, line in zip(counts, lines, strict=True)
            if abs(line.x0 - LEFT_MM) <= 1 and line.x1 > RIGHT_MM - CHAR_MM
        ]
        if not flush:
            return Check("P07", None, "没有排满的行")
        most = max(counts)
        return Check("P07", 27.4 <= max(flush) <= 28.6 and most <= 28.6, f"最长的行{most:g}字")

    def _text(self) -> Iterator[Check]:
        lines = self.of("recipient", "body", "signature", "date", "remark", "number")
        wrong = {f"{line.font} {line.size:.1f}磅：{line.text[:6]}" for line in lines
                 if not 15.7 <= line.size <= 16.1 or not is_face(line.font, "body")}  # fmt: skip
        yield Check(
            "P05",
            not wrong,
            "；".join(sorted(wrong)[:3]) or f"{lines[0].font} {lines[0].size:.2f}磅" if lines else "没有正文",
        )
        everything = [line for page in self.file.pages for line in (*page.lines, *page.cells, *page.foot)]
        colored = [line.text[:8] for line in everything for glyph in line.glyphs
                   if not is_black(glyph.color) and not (is_red(glyph.color) and glyph.size > 22.5)]  # fmt: skip
        yield Check("P08", not colored, "；".join(dict.fromkeys(colored)) or "全部黑色")
        names = list(dict.fromkeys(name for name, _ in self.items if name in ORDER))
        yield Check("P10", names == [name for name in ORDER if name in names], "、".join(ORDER[name] for name in names))

    def _title(self) -> Iterator[Check]:
        lines = self.of("title")
        if not lines:
            yield from (Check(rule, False, "未见标题") for rule in ("T01", "T03"))
            return
        good = all(abs(line.size - 22) <= 0.1 and is_face(line.font, "title") for line in lines)
        yield Check("T01", good, f"{lines[0].font} {lines[0].size:.1f}磅")
        off = max(abs(line.middle - _CENTER_MM) for line in lines)
        yield Check("T03", off <= 1, f"偏离中线{off:.2f}毫米")
        widths = [line.x1 - line.x0 for line in lines]
        shown = "、".join(
            f"{line.text[:1]}…{width / line.size * MM:.1f}字" for line, width in zip(lines, widths, strict=True)
        )
        yield Check("T04", is_shapely([w / CHAR_MM for w in widths]) if len(lines) > 1 else None, shown)
        yield Check(
            "T05", None if len(lines) == 1 else not any(line.text.startswith("的") for line in lines), f"{len(lines)}行"
        )

    def _body(self) -> Iterator[Check]:
        titles, recipients = self.of("title"), self.of("recipient")
        if recipients and titles:
            line, gap = recipients[0], recipients[0].top - titles[-1].bottom
            end = recipients[-1].text[-1]
            yield Check("R01", all(abs(one.x0 - LEFT_MM) <= 1 for one in recipients) and end == "：" and 9 <= gap <= 17,
                        f"距标题{gap:.1f}毫米，左边缘{line.x0:.2f}毫米，末字“{line.text[-1]}”")  # fmt: skip
        else:
            yield Check("R01", None, "没有主送机关")
        main = self.of("body", "heading1", "heading2")
        on_first = [line for line in main if line.page == 1]
        yield Check("R03", bool(on_first) if main else None, f"首页正文{len(on_first)}行")
        edges = {True: LEFT_MM + 2 * CHAR_MM, False: LEFT_MM}
        wrong = [line for line in main if abs(line.x0 - edges[line in self.beginnings]) > 1]
        yield Check(
            "B01",
            not wrong if main else None,
            f"{wrong[0].x0:.2f}毫米：{wrong[0].text[:8]}" if wrong else f"{len(main)}行",
        )
        heads = [("heading1", "heading"), ("heading2", "script")]
        bad = [f"{line.font}：{line.text[:8]}" for name, role in heads for line in self.of(name)
               if not is_face(line.font, role) and not (name == "heading2" and is_face(line.font, "body"))]  # fmt: skip
        found = self.of("heading1", "heading2")
        yield Check("B02", not bad if found else None, "；".join(bad[:3]) or ("黑体、楷体" if found else "没有小标题"))
        last = [line.text[:8] for line in self.of("heading1") if self._ends_page(line) or line.text.endswith("。")]
        yield Check("B05", not last if self.of("heading1") else None, "；".join(last) or "不在末行")
        notes = self.of("enclosures")
        yield Check(
            "A01",
            abs(notes[0].x0 - LEFT_MM - 2 * CHAR_MM) <= 1 if notes else None,
            f"{notes[0].x0:.2f}毫米" if notes else "没有附件说明",
        )

    def _ends_page(self, line: TextLine) -> bool:
        page = self.file.pages[line.page - 1]
        return page.lines[-1] == line and not any(box[1] > line.top for box in page.tables)

    def _ending(self) -> Iterator[Check]:
        names, days, remarks = self.of("signature"), self.of("date"), self.of("remark")
        if not names or not days:
            yield from (Check(rule, None, "未见署名和成文日期") for rule in ("S01", "S02", "S05", "S08"))
            return
        name, day = names[-1], days[0]
        unsealed = abs(name.x1 - (RIGHT_MM - 2 * CHAR_MM)) <= 1.5 and abs(day.x0 - name.x0 - 2 * CHAR_MM) <= 1.5
        off = abs(name.middle - day.middle)
        yield Check(
            "S01",
            None if unsealed else abs(day.x1 - (RIGHT_MM - 4 * CHAR_MM)) <= 1.5,
            f"右空{(RIGHT_MM - day.x1) / CHAR_MM:.2f}字",
        )
        is_open = not any(char.isdigit() for char in day.text)  # a draft's blank: its width says nothing
        yield Check("S02", None if unsealed or is_open else off <= 1.5, f"中线相差{off:.2f}毫米")
        yield Check("S05", True if unsealed else None, "署名右空二字" if unsealed else "按加盖印章编排")
        company = [
            line for line in self.of("body", "heading1", "heading2") if line.page == day.page and line.top < name.top
        ]
        yield Check("S08", bool(company) and name.page == day.page, f"同一面有正文{len(company)}行")
        if remarks:
            text = "".join(line.text for line in remarks)
            good = abs(remarks[0].x0 - LEFT_MM - 2 * CHAR_MM) <= 1 and bool(re.fullmatch(r"（.+）", text))
            yield Check("N01", good, f"左边缘{remarks[0].x0:.2f}毫米")

    def _tables(self) -> Check:
        boxes = [box for page in self.file.pages for box in page.tables]
        if not boxes:
            return Check("X02", None, "没有表格")
        inside = all(
            b[0] >= LEFT_MM - 1 and b[2] <= RIGHT_MM + 1 and b[1] >= TOP_MM - 1 and b[3] <= BOTTOM_MM + 1 for b in boxes
        )
        return Check("X02", inside, "；".join(f"{b[0]:.1f}—{b[2]:.1f}毫米" for b in boxes))
