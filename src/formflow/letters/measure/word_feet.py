"""What stands at the foot of the pages of a Word file: 版记 and page numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from formflow.letters.geometry import MM
from formflow.letters.measure.rules import Check
from formflow.letters.measure.word_page import WordPage, is_face
from formflow.letters.measure.wordfile import Para
from formflow.letters.measure.wordprops import points
from formflow.letters.ooxml import W


def imprint(page: WordPage) -> Iterator[Check]:
    copies = page.of("copies_to")
    floating = [t for t in page.file.tables if t.find(f"{W}tblPr/{W}tblpPr") is not None]
    lined = [
        t
        for t in floating
        if any(b.get(f"{W}val") not in ("nil", "none") for b in t.findall(f"{W}tblPr/{W}tblBorders/*"))
    ]
    if copies:
        para = copies[0]
        good = (
            abs(para.size - 14) <= 0.1
            and para.text.strip().endswith("。")
            and abs(para.left_mm + para.first_mm - 14 / MM) <= 1
        )
        yield Check(
            "V05",
            good,
            f"{para.size:g}磅，左空{(para.left_mm + para.first_mm) * MM / 14:.1f}字，末字“{para.text.strip()[-1]}”",
        )
    printed = page.of("printed")
    yield Check(
        "L07", not printed and not lined if copies or printed else None, "无分隔线" if not lined else "有分隔线"
    )
    if page.kind == "red_header" and (copies or printed):
        yield from _lines(lined, printed)


def _lines(lined: list[etree._Element], printed: list[Para]) -> Iterator[Check]:
    """The lines of a red-headed page's 版记 and what stands between them."""
    sizes = [t.find(f"{W}tblPr/{W}tblW") for t in lined]
    widths = [points(size.get(f"{W}w")) / MM for size in sizes if size is not None]
    yield Check(
        "V01",
        bool(widths) and all(abs(w - 156) <= 1 for w in widths),
        "、".join(f"{w:.1f}毫米" for w in widths) or "没有分隔线",
    )
    yield _imprint_weights(lined)
    bottom = [t.find(f"{W}tblPr/{W}tblpPr") for t in lined]
    fixed = [
        b
        for b in bottom
        if b is not None and b.get(f"{W}tblpYSpec") == "bottom" and b.get(f"{W}vertAnchor") == "margin"
    ]
    yield Check("V03", bool(fixed), "锚定在版心底部" if fixed else "没有锚定在版心底部")
    yield Check(
        "V07",
        None if not printed else abs(printed[0].left_mm + printed[0].first_mm - 14 / MM) <= 1,
        "".join(p.text for p in printed),
    )


# The lines of a table's border as people call them.
_SIDES = {
    "top": "首条线",
    "bottom": "末条线",
    "insideH": "中间的线",
    "left": "左边线",
    "right": "右边线",
    "insideV": "竖线",
}


def _imprint_weights(tables: list[etree._Element]) -> Check:
    sides = {
        etree.QName(b).localname: points(b.get(f"{W}sz"), 8) / MM
        for t in tables
        for b in t.findall(f"{W}tblPr/{W}tblBorders/*")
    }
    thick = [sides[s] for s in ("top", "bottom") if s in sides]
    good = len(thick) == 2 and all(0.30 <= w <= 0.40 for w in thick) and (0.2 <= sides.get("insideH", 0.25) <= 0.3)
    return Check(
        "V02",
        good,
        "、".join(f"{_SIDES.get(side, side)}{weight:.2f}毫米" for side, weight in sides.items()) or "没有分隔线",
    )


def page_numbers(page: WordPage) -> Iterator[Check]:
    odd = [p for p in page.file.furniture(page.section, "footer default") if p.text.strip()]
    even = [p for p in page.file.furniture(page.section, "footer even") if p.text.strip()]
    if not odd:
        yield from (Check(rule, False, "没有页码") for rule in ("G01", "G02", "G03"))
        return
    run = odd[0].main
    assert run is not None
    good = (
        bool(re.match(r"^—\s?\d+\s?—$", odd[0].text.strip()))
        and abs(run.size - 14) <= 0.1
        and is_face(run.font, "song")
    )
    good = good and is_face(run.latin, "song")
    yield Check("G01", good, f"“{odd[0].text.strip()}”，{run.font or '未指定'}、{run.latin or '未指定'}{run.size:g}磅")
    yield _dash(page, odd[0])
    right, left = odd[0].right_mm * MM / 14, even[0].left_mm * MM / 14 if even else 0.0
    sides = (
        bool(even)
        and page.file.has_even_pages
        and odd[0].align in ("right", "end")
        and even[0].align in ("left", "start", "both")
    )
    measured = f"单页右空{right:.1f}字，双页左空{left:.1f}字" if even else "没有分设奇偶页"
    yield Check("G03", sides and abs(right - 1) <= 0.2 and abs(left - 1) <= 0.2, measured)


def _dash(page: WordPage, number: Para) -> Check:
    """Where the dash stands if the line below the baseline is a fifth of the line and the dash's ink 0.29 em above it."""
    paras = list(page.file.furniture(page.section, "footer default"))
    below = sum((p.pitch or 15.6) for p in paras[paras.index(number) + 1 :])
    line = number.pitch or number.size * 1.3
    dash = page.section.height - page.section.footer - (below + line * 0.2 + number.size * 0.29) / MM
    return Check("G02", abs(dash - 269) <= 1.5, f"一字线约在版心下{dash - 262:.1f}毫米")
