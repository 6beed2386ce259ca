"""What stands at the head of the first page of a Word file: the mark, red lines, number and title's distance."""

from __future__ import annotations

from collections.abc import Iterator

from formflow.letters.closing import width_in_chars
from formflow.letters.geometry import GAP_MM, MM
from formflow.letters.measure.rules import Check
from formflow.letters.measure.word_page import WordPage, is_face, is_red
from formflow.letters.measure.wordfile import Para, Section

_ALIGNED = {"right": "右对齐", "end": "右对齐", "center": "居中", "both": "两端对齐", "distribute": "分散对齐"}


def aligned(align: str) -> str:
    """How Word calls an alignment, in Chinese; none is left."""
    return _ALIGNED.get(align, "左对齐")


def letter_head(page: WordPage) -> Iterator[Check]:
    section = page.section
    mark = next(iter(page.marks), None) or next(iter(page.of("mark")), None)
    if mark is None:
        yield from (Check(rule, False, "未见发文机关标志") for rule in ("L01", "L02"))
    else:
        centered = mark.align == "center" and abs(mark.left_mm - mark.right_mm) <= 2
        top = section.header if mark in page.marks else section.top + mark.before_pt / MM
        yield Check("L01", centered and abs(top - 30) <= 1.5, f"上边缘约{top:.1f}毫米{'' if centered else '，不居中'}")
        yield _double_lines(page, mark, section)
    numbers = page.of("number")
    if numbers:
        para = numbers[0]
        good = para.align in ("right", "end") and abs(para.right_mm) <= 1
        yield Check("L03", good, f"{aligned(para.align)}，右空{para.right_mm:.1f}毫米")
    gap = page.gap_lines("title")
    yield Check("L04", None if gap is None else abs(gap - 2) <= 0.5, "未见标题" if gap is None else f"空{gap:.1f}行")
    first = "".join(p.text for p in page.file.furniture(section, "footer first")).strip()
    yield Check(
        "L06",
        section.has_own_first_page and not first,
        "首页无页码" if section.has_own_first_page and not first else "首页有页码",
    )


def _double_lines(page: WordPage, mark: Para, section: Section) -> Check:
    upper = mark.borders.get("bottom") or next((p.borders["bottom"] for p in page.marks if "bottom" in p.borders), None)
    foot = next((p for p in page.file.furniture(section, "footer first") if p.borders), None)
    lower = None if foot is None else foot.borders.get("bottom") or foot.borders.get("top")
    if upper is None or lower is None or foot is None:
        return Check("L02", False, "未见两条红色双线")
    length = 156 - foot.left_mm - foot.right_mm
    good = (
        upper[0].startswith("thickThin") and lower[0].startswith("thinThick") and is_red(upper[3]) and is_red(lower[3])
    )
    gap, bottom = upper[2] / MM, section.footer
    good = good and abs(gap - 4) <= 0.5 and abs(bottom - 20) <= 1 and abs(length - 170) <= 1
    return Check("L02", good, f"标志下{gap:.1f}毫米，距下页边{bottom:.1f}毫米，长{length:.1f}毫米")


def red_head(page: WordPage) -> Iterator[Check]:
    marks = page.of("mark")
    if not marks:
        yield from (Check(rule, False, "未见发文机关标志") for rule in ("H04", "H05", "H06", "H07"))
        return
    mark, run = marks[0], marks[0].main
    assert run is not None
    yield Check("H04", mark.align == "center" and abs(mark.left_mm - mark.right_mm) <= 2, aligned(mark.align))
    top = page.section.top + mark.before_pt / MM
    yield Check("H05", abs(top - 72) <= 1.5, f"版心上边缘下{top - 37:.1f}毫米")
    yield Check("H06", is_red(run.color) and is_face(run.font, "title"), f"{run.font}，{run.color}")
    yield Check(
        "H07",
        run.size * width_in_chars(mark.text.strip()) / MM <= 156,
        f"{run.size * width_in_chars(mark.text.strip()) / MM:.0f}毫米",
    )
    numbers, gap, title_gap = page.of("number"), page.gap_lines("number") or 0.0, page.gap_lines("title")
    yield Check("H09", bool(numbers) and numbers[0].align == "center" and abs(gap - 2) <= 0.5, f"空{gap:.1f}行")
    line = numbers[0].borders.get("bottom") if numbers else None
    slack = GAP_MM / 2  # the part of the line below the characters
    yield Check("H13", line is not None and is_red(line[3]) and abs(line[2] / MM + slack - 4) <= 1.5 and abs(numbers[0].left_mm) <= 1,
                "未见红色分隔线" if line is None else f"字号下约{line[2] / MM + slack:.1f}毫米")  # fmt: skip
    yield Check("T02", None if title_gap is None else abs(title_gap - 2) <= 0.5, f"空{title_gap or 0:.1f}行")
