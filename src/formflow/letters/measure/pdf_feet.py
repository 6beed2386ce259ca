"""What stands at the foot of the pages of a PDF: 版记 and page numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from formflow.letters.geometry import BOTTOM_MM, LEFT_MM, MM, RIGHT_MM
from formflow.letters.measure.pdf_page import PdfPaper
from formflow.letters.measure.pdffile import PdfFile, TextLine, is_black, is_face
from formflow.letters.measure.rules import Check


def imprint(page: PdfPaper) -> Iterator[Check]:
    copies, printed = page.of("copies_to"), page.of("printed")
    last = page.file.pages[-1]
    rules = sorted((d for d in last.drawn if d.is_horizontal and d.x1 - d.x0 > 140 and is_black(d.color) and d.y0 > 180
                    and not any(box[1] - 1 <= d.y0 <= box[3] + 1 for box in last.tables)), key=lambda d: d.y0)  # fmt: skip
    if copies:
        line = copies[0]
        end = [one for one in (*copies, *page.of("after")) if one.page == line.page and one.top >= line.top][-1].text
        yield Check("V05", abs(line.size - 14) <= 0.2 and abs(line.x0 - LEFT_MM - 14 / MM) <= 1 and end.endswith("。"),
                    f"{line.size:.1f}磅，左边缘{line.x0:.2f}毫米，末字“{end[-1]}”")  # fmt: skip
    yield Check("L07", not printed and not rules if copies or printed else None, f"分隔线{len(rules)}条")
    if page.kind != "red_header" or not (copies or printed):
        return
    yield Check(
        "V01",
        bool(rules) and all(abs(d.x0 - LEFT_MM) <= 1 and abs(d.x1 - RIGHT_MM) <= 1 for d in rules),
        f"{len(rules)}条",
    )
    weights = [d.y1 - d.y0 for d in rules]
    good = (
        len(weights) >= 2
        and all(0.3 <= w <= 0.4 for w in (weights[0], weights[-1]))
        and all(0.2 <= w <= 0.3 for w in weights[1:-1])
    )
    yield Check("V02", good, "、".join(f"{w:.2f}毫米" for w in weights) or "没有分隔线")
    low = (rules[-1].y0 + rules[-1].y1) / 2 if rules else 0.0
    yield Check("V04", last.number % 2 == 0, f"第{last.number}面")
    yield Check("V03", abs(low - BOTTOM_MM) <= 1, f"末条{low:.2f}毫米" if rules else "没有分隔线")
    if printed:
        line = printed[0]
        good = abs(line.x0 - LEFT_MM - 14 / MM) <= 1 and abs(line.x1 - RIGHT_MM + 14 / MM) <= 1
        yield Check("V07", good, f"{line.x0:.2f}—{line.x1:.2f}毫米")


def page_numbers(page: PdfPaper) -> Iterator[Check]:
    pages = page.file.pages[1:] if page.kind == "letter" else page.file.pages
    numbers = {p.number: line for p in page.file.pages for line in p.foot if re.search(r"\d", line.text)}
    if page.kind == "letter":
        yield Check("L06", 1 not in numbers, "首页无页码" if 1 not in numbers else f"首页有页码“{numbers[1].text}”")
    if not pages:
        yield from (Check(rule, None, "只有首页") for rule in ("G01", "G02", "G03", "G04"))
        return
    if not numbers:
        missing = None if page.kind == "letter" and len(pages) == 1 else False
        yield from (Check(rule, missing, "没有页码") for rule in ("G01", "G02", "G03", "G04"))
        return
    line = next(iter(numbers.values()))
    good = all(
        re.match(r"^—\s?\d+\s?—$", one.text) and abs(one.size - 14) <= 0.2 and is_face(one.font, "song")
        for one in numbers.values()
    )
    yield Check("G01", good, f"“{line.text}”，{line.font} {line.size:.1f}磅")
    tops = [top for top in (_dash_top(page.file, one) for one in numbers.values()) if top is not None]
    yield Check(
        "G02",
        bool(tops) and all(abs(top - BOTTOM_MM - 7) <= 1 for top in tops),
        f"版心下{max(tops, default=0) - BOTTOM_MM:.2f}毫米",
    )
    em = 14 / MM
    off = max(
        abs((RIGHT_MM - em - one.x1) if number % 2 else (one.x0 - LEFT_MM - em)) for number, one in numbers.items()
    )
    yield Check("G03", off <= 1, f"最大偏差{off:.2f}毫米")
    shown = [int(match[0]) for one in numbers.values() if (match := re.search(r"\d+", one.text))]
    good = all(b == a + 1 for a, b in pairwise(shown)) and len(shown) >= len(pages) - _need_none(page)
    yield Check("G04", good, "、".join(map(str, shown)))


def _need_none(page: PdfPaper) -> int:
    """7.5: pages that bear no number: a blank one before the 版记, and the page of the 版记."""
    blank = [p.number for p in page.file.pages if not p.lines and not p.cells]
    last = len(page.file.pages)
    return 2 if blank == [last - 1] and page.kind == "red_header" else 0


def _dash_top(file: PdfFile, line: TextLine) -> float | None:
    dash = line.glyphs[0]
    ink = file.ink(line.page, dash.x0 - 0.3, dash.baseline - 5, dash.x1 + 0.2, dash.baseline + 1.5)
    return None if ink is None else ink[0]
