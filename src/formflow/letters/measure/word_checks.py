"""Rules measured in a Word file, from the properties in force."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from lxml import etree

from formflow.letters.closing import width_in_chars
from formflow.letters.elements import Kind
from formflow.letters.fonts.roles import BY_ROLE
from formflow.letters.geometry import CHAR_MM, GAP_MM, MM, PITCH_MM
from formflow.letters.measure.classify import Seen, classify
from formflow.letters.measure.rules import Check
from formflow.letters.measure.texts import Words, check_words
from formflow.letters.measure.wordfile import Para, Section, WordFile
from formflow.letters.ooxml import W

_INDENT_MM = 1.0
_CHECKED = ("title", "recipient", "body", "heading1", "heading2", "signature", "date", "remark", "number", "enclosures")


def kind_of_word(file: WordFile) -> Kind:
    """A red mark in the first page's header, or red double lines, make a letter; a red mark in the body a red-headed page."""
    section = file.sections[-1] if file.sections else None
    heads = file.furniture(section, "header first") + file.furniture(section, "header default") if section else ()
    everything = (*heads, *file.paragraphs)
    doubled = any(
        "thin" in side[0].lower() and is_red(side[3]) for para in everything for side in para.borders.values()
    )
    if doubled or any(is_red(para.color) and para.size > 22.5 for para in heads):
        return "letter"
    return (
        "red_header"
        if any(is_red(para.color) and para.size > 22.5 and para.text.strip() for para in file.paragraphs)
        else "form"
    )


def is_red(color: str) -> bool:
    """R ≥ 0.75, G and B ≤ 0.25."""
    if not re.fullmatch(r"[0-9A-Fa-f]{6}", color):
        return False
    red, green, blue = (int(color[i : i + 2], 16) for i in (0, 2, 4))
    return red >= 191 and green <= 64 and blue <= 64


def is_face(font: str, role: str) -> bool:
    """Whether a font name is the role's official face, another name of it, or its declared stand-in."""
    face = BY_ROLE[role]
    return font in (face.official, *face.same, face.stand_in)


class WordChecks:
    """One file against the rules of its kind."""

    def __init__(self, file: WordFile, kind: Kind) -> None:
        self._file, self._kind = file, kind
        self._section = file.sections[-1]
        paras = [p for p in file.paragraphs if p.where != "table" and p.text.strip()]
        seen = [Seen(p.text.strip(), p.size, is_red(p.color), p.align == "center") for p in paras]
        self._items = list(zip(classify(seen), paras, strict=True))
        self._marks = [p for p in file.furniture(self._section, "header first") if is_red(p.color) and p.text.strip()]

    def run(self) -> Iterator[Check]:
        yield from check_words(Words(self._kind, tuple((name, para.text.strip()) for name, para in self._items)))
        yield from self._page()
        yield from self._text()
        yield from self._title()
        yield from self._body()
        yield from self._ending()
        yield from self._imprint()
        yield from self._page_numbers()
        yield from self._tables()
        yield from self._letter() if self._kind == "letter" else self._red_head() if self._kind == "red_header" else ()

    def _of(self, *names: str) -> list[Para]:
        return [para for name, para in self._items if name in names]

    def _gap_lines(self, name: str) -> float | None:
        """Lines of 3号 left empty above the first paragraph of an element: its spacing and the empty paragraphs before it."""
        target = next(iter(self._of(name)), None)
        if target is None:
            return None
        paras = [p for p in self._file.paragraphs if p.where != "table"]
        index, empty = paras.index(target), 0.0
        while index > 0 and not paras[index - 1].text.strip():
            index -= 1
            empty += (paras[index].pitch or PITCH_MM * MM) / (PITCH_MM * MM)
        after = paras[index - 1].after_pt if index else 0.0
        return empty + (target.before_pt + after) / (PITCH_MM * MM)

    def _pitch(self) -> float | None:
        return next((para.pitch for para in self._of("body") if para.pitch), None)

    def _page(self) -> Iterator[Check]:
        sections = self._file.sections
        portrait = [s for s in sections if s.height >= s.width]
        off = [s for s in portrait if abs(s.width - 210) > 0.5 or abs(s.height - 297) > 0.5]
        yield Check("P01", not off, "、".join(sorted({f"{s.width:.1f}×{s.height:.1f}毫米" for s in portrait})))
        s, pitch = self._section, self._pitch() or 0.0
        compensated = abs(s.top - 34.58) <= 0.5 and abs(pitch - 29.6) <= 0.2
        yield Check(
            "P02",
            abs(s.top - 37) <= 1 or compensated,
            f"上边距{s.top:.2f}毫米" + ("（行距29.6磅补偿）" if compensated else ""),
        )
        yield Check("P03", abs(s.left - 28) <= 1, f"左边距{s.left:.2f}毫米")
        width, height = s.width - s.left - s.right, s.height - s.top - s.bottom
        tall = abs(height - 225) <= 1 or (compensated and abs(height - 229.84) <= 1)
        yield Check("P04", abs(width - 156) <= 1 and tall, f"{width:.2f}×{height:.2f}毫米")
        rows = math.floor(height * MM / pitch + 1e-6) if pitch else 0
        measured = f"行距{pitch:g}磅，每面{rows}行" if pitch else "正文不是固定行距"
        filled = rows * pitch / MM >= height - (pitch / MM if pitch else 0) / 2 if pitch else False
        yield Check("P06", rows == 22 and filled, measured + ("" if filled or not pitch else "，版心没有排满"))
        yield self._characters(width)
        landscape = len(sections) != len(portrait)
        yield Check("X01", None, "有横排页，请核对" if landscape else "没有横排页")

    def _characters(self, width: float) -> Check:
        run = next((para.main for para in self._of("body") if para.main), None)
        if run is None:
            return Check("P07", None, "没有正文")
        advance = (run.size + run.squeeze) / MM
        count = math.floor(width / advance + 1e-6)
        return Check("P07", count == 28, f"字号{run.size:g}磅，字距{run.squeeze:g}磅，每行{count}字")

    def _text(self) -> Iterator[Check]:
        wrong = {
            f"{run.font or '未指定'}{run.size:g}磅：{run.text[:6]}"
            for para in self._of("recipient", "body", "signature", "date", "remark", "number")
            for run in para.runs
            if run.text.strip() and (abs(run.size - 16) > 0.1 or not is_face(run.font, "body"))
        }
        yield Check("P05", not wrong, "；".join(sorted(wrong)[:3]) or "3号仿宋")
        colored = {
            f"{run.color}：{run.text[:6]}"
            for name, para in self._items
            for run in para.runs
            if name != "mark" and run.text.strip() and run.color not in ("auto", "000000")
        }
        colored |= {f"{r.color}：{r.text[:6]}" for p in self._file.paragraphs if p.where == "table" for r in p.runs
                    if r.text.strip() and r.color not in ("auto", "000000")}  # fmt: skip
        yield Check("P08", not colored, "；".join(sorted(colored)[:3]) or "全部黑色")
        order = ["mark", "number", "title", "recipient", "body", "signature", "date", "copies_to", "printed"]
        names = [name for name, _ in self._items if name in order]
        firsts = [names.index(name) for name in order if name in names]
        yield Check("P10", firsts == sorted(firsts), "、".join(dict.fromkeys(names)))

    def _title(self) -> Iterator[Check]:
        titles = self._of("title")
        if not titles:
            yield from (Check(rule, False, "未见标题") for rule in ("T01", "T03"))
            return
        run = titles[0].main
        assert run is not None  # a title is text
        good = abs(run.size - 22) <= 0.1 and is_face(run.font, "title") and not run.is_bold
        yield Check("T01", good, f"{run.font or '未指定'}{run.size:g}磅{'加粗' if run.is_bold else ''}")
        off = max(
            (abs(p.left_mm - p.right_mm + max(p.first_mm, 0)) / 2 if p.align == "center" else 99.0) for p in titles
        )
        yield Check("T03", off <= 1, "居中" if off <= 1 else f"偏离中线{off:.1f}毫米" if off < 99 else "不是居中对齐")
        lines = [line for p in titles for line in p.text.strip().split("\n")]
        fits = all(width_in_chars(line) <= 20 for line in lines)
        yield Check("T04", is_shapely([width_in_chars(line) for line in lines]) if fits and len(lines) > 1 else None,
                    "、".join(f"{width_in_chars(line):g}字" for line in lines))  # fmt: skip
        yield Check(
            "T05", None if len(lines) == 1 else not any(line.startswith("的") for line in lines), f"{len(lines)}行"
        )

    def _body(self) -> Iterator[Check]:
        recipients = self._of("recipient")
        if recipients:
            para, gap = recipients[0], self._gap_lines("recipient") or 0.0
            good = (
                abs(para.left_mm + para.first_mm) <= _INDENT_MM
                and para.text.strip().endswith("：")
                and abs(gap - 1) <= 0.5
            )
            yield Check(
                "R01", good, f"空{gap:.1f}行，缩进{para.left_mm + para.first_mm:.1f}毫米，末字“{para.text.strip()[-1]}”"
            )
        else:
            yield Check("R01", None, "没有主送机关")
        paras = self._of("body", "heading1", "heading2")
        wrong = [
            p for p in paras if abs(p.first_mm - 2 * CHAR_MM) > 0.6 or abs(p.left_mm) > 0.6 or p.text.startswith("　")
        ]
        shown = wrong[0] if wrong else None
        yield Check("B01", not wrong if paras else None,
                    f"{len(paras)}段" if shown is None else f"首行{shown.first_mm:.2f}毫米：{shown.text[:8]}")  # fmt: skip
        heads = [("heading1", "heading"), ("heading2", "script")]
        bad = [f"{p.main.font}：{p.text[:8]}" for name, role in heads for p in self._of(name)
               if p.main and not is_face(p.main.font, role) and not (name == "heading2" and len(p.text) > 25)]  # fmt: skip
        has_heads = bool(self._of("heading1", "heading2"))
        yield Check(
            "B02", not bad if has_heads else None, "；".join(bad[:3]) or ("黑体、楷体" if has_heads else "没有小标题")
        )
        loose = [p.text[:8] for p in self._of("heading1") if not p.keep_next or p.text.rstrip().endswith("。")]
        yield Check("B05", not loose if self._of("heading1") else None, "；".join(loose[:3]) or "与下段同页")
        notes = self._of("enclosures")
        gap = self._gap_lines("enclosures") or 0.0
        good_note = (
            bool(notes)
            and abs(gap - 1) <= 0.5
            and abs(notes[0].left_mm + notes[0].first_mm - 2 * CHAR_MM) <= _INDENT_MM
        )
        yield Check("A01", good_note if notes else None, f"空{gap:.1f}行" if notes else "没有附件说明")

    def _ending(self) -> Iterator[Check]:
        names, days, remarks = self._of("signature"), self._of("date"), self._of("remark")
        if not names or not days:
            yield from (Check(rule, None, "未见署名和成文日期") for rule in ("S01", "S02", "S05", "S08"))
        else:
            yield from self._closing(names[-1], days[0])
        for remark in remarks[:1]:
            indent = remark.left_mm + remark.first_mm
            good = abs(indent - 2 * CHAR_MM) <= _INDENT_MM and bool(re.fullmatch(r"（.+）", remark.text.strip()))
            yield Check("N01", good, f"左空{indent / CHAR_MM:.1f}字")

    def _closing(self, name: Para, day: Para) -> Iterator[Check]:
        width = self._section.width - self._section.left - self._section.right
        (name_left, name_right), (day_left, day_right) = (_edges(p, width) for p in (name, day))
        unsealed = abs(width - name_right - 2 * CHAR_MM) <= 1.5 and abs(day_left - name_left - 2 * CHAR_MM) <= 1.5
        off = abs((name_left + name_right) / 2 - (day_left + day_right) / 2)
        yield Check(
            "S01",
            None if unsealed else abs(width - day_right - 4 * CHAR_MM) <= 1.5,
            f"右空{(width - day_right) / CHAR_MM:.2f}字",
        )
        yield Check("S02", None if unsealed else off <= 1.5, f"中线相差{off:.2f}毫米")
        yield Check("S05", True if unsealed else None, "署名右空二字" if unsealed else "按加盖印章编排")
        paras = [p for p in self._file.paragraphs if p.text.strip()]
        before = paras[paras.index(name) - 1]
        yield Check(
            "S08",
            before.keep_next and name.keep_next,
            "与上段同页" if before.keep_next and name.keep_next else "没有设与下段同页",
        )

    def _imprint(self) -> Iterator[Check]:
        copies = self._of("copies_to")
        floating = [t for t in self._file.tables if t.find(f"{W}tblPr/{W}tblpPr") is not None]
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
        printed = self._of("printed")
        yield Check(
            "L07", not printed and not lined if copies or printed else None, "无分隔线" if not lined else "有分隔线"
        )
        if self._kind != "red_header" or not (copies or printed):
            return
        widths = [float((t.find(f"{W}tblPr/{W}tblW") or t).get(f"{W}w") or 0) / 20 / MM for t in lined]
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

    def _page_numbers(self) -> Iterator[Check]:
        odd = [p for p in self._file.furniture(self._section, "footer default") if p.text.strip()]
        even = [p for p in self._file.furniture(self._section, "footer even") if p.text.strip()]
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
        yield Check(
            "G01", good, f"“{odd[0].text.strip()}”，{run.font or '未指定'}、{run.latin or '未指定'}{run.size:g}磅"
        )
        yield self._dash(odd[0])
        right, left = odd[0].right_mm * MM / 14, even[0].left_mm * MM / 14 if even else 0.0
        sides = (
            bool(even)
            and self._file.has_even_pages
            and odd[0].align in ("right", "end")
            and even[0].align in ("left", "start", "both")
        )
        measured = f"单页右空{right:.1f}字，双页左空{left:.1f}字" if even else "没有分设奇偶页"
        yield Check("G03", sides and abs(right - 1) <= 0.2 and abs(left - 1) <= 0.2, measured)

    def _dash(self, number: Para) -> Check:
        """Where the dash stands if the line below the baseline is a fifth of the line and the dash's ink 0.29 em above it."""
        paras = list(self._file.furniture(self._section, "footer default"))
        below = sum((p.pitch or 15.6) for p in paras[paras.index(number) + 1 :])
        line = number.pitch or number.size * 1.3
        dash = self._section.height - self._section.footer - (below + line * 0.2 + number.size * 0.29) / MM
        return Check("G02", abs(dash - 269) <= 1.5, f"一字线约在版心下{dash - 262:.1f}毫米")

    def _tables(self) -> Iterator[Check]:
        tables = [t for t in self._file.tables if t.find(f"{W}tblPr/{W}tblpPr") is None]
        if not tables:
            yield Check("X02", None, "没有表格")
            return
        wide = [sum(float(c.get(f"{W}w") or 0) for c in t.findall(f"{W}tblGrid/{W}gridCol")) / 20 / MM for t in tables]
        split = [row for t in tables for row in t.findall(f"{W}tr") if row.find(f"{W}trPr/{W}cantSplit") is None]
        long = [t for t in tables if len(t.findall(f"{W}tr")) > 15 and not _repeats(t)]
        yield Check(
            "X02", max(wide) <= 157 and not split and not long, f"最宽{max(wide):.1f}毫米，{len(split)}行可断开"
        )

    def _letter(self) -> Iterator[Check]:
        section = self._section
        mark = next(iter(self._marks), None) or next(iter(self._of("mark")), None)
        if mark is None:
            yield from (Check(rule, False, "未见发文机关标志") for rule in ("L01", "L02"))
        else:
            centered = mark.align == "center" and abs(mark.left_mm - mark.right_mm) <= 2
            top = section.header if mark in self._marks else section.top + mark.before_pt / MM
            yield Check(
                "L01", centered and abs(top - 30) <= 1.5, f"上边缘约{top:.1f}毫米{'' if centered else '，不居中'}"
            )
            yield self._double_lines(mark, section)
        numbers = self._of("number")
        if numbers:
            para = numbers[0]
            good = para.align in ("right", "end") and abs(para.right_mm) <= 1
            yield Check("L03", good, f"{para.align}对齐，右空{para.right_mm:.1f}毫米")
        gap = self._gap_lines("title")
        yield Check(
            "L04", None if gap is None else abs(gap - 2) <= 0.5, "未见标题" if gap is None else f"空{gap:.1f}行"
        )
        first = "".join(p.text for p in self._file.furniture(section, "footer first")).strip()
        yield Check(
            "L06",
            section.has_own_first_page and not first,
            "首页无页码" if section.has_own_first_page and not first else "首页有页码",
        )

    def _double_lines(self, mark: Para, section: Section) -> Check:
        upper = mark.borders.get("bottom") or next(
            (p.borders["bottom"] for p in self._marks if "bottom" in p.borders), None
        )
        foot = next((p for p in self._file.furniture(section, "footer first") if p.borders), None)
        lower = None if foot is None else foot.borders.get("bottom") or foot.borders.get("top")
        if upper is None or lower is None or foot is None:
            return Check("L02", False, "未见两条红色双线")
        length = 156 - foot.left_mm - foot.right_mm
        good = (
            upper[0].startswith("thickThin")
            and lower[0].startswith("thinThick")
            and is_red(upper[3])
            and is_red(lower[3])
        )
        gap, bottom = upper[2] / MM, section.footer
        good = good and abs(gap - 4) <= 0.5 and abs(bottom - 20) <= 1 and abs(length - 170) <= 1
        return Check("L02", good, f"标志下{gap:.1f}毫米，距下页边{bottom:.1f}毫米，长{length:.1f}毫米")

    def _red_head(self) -> Iterator[Check]:
        marks = self._of("mark")
        if not marks:
            yield from (Check(rule, False, "未见发文机关标志") for rule in ("H04", "H05", "H06", "H07"))
            return
        mark, run = marks[0], marks[0].main
        assert run is not None
        yield Check("H04", mark.align == "center" and abs(mark.left_mm - mark.right_mm) <= 2, mark.align)
        top = self._section.top + mark.before_pt / MM
        yield Check("H05", abs(top - 72) <= 1.5, f"版心上边缘下{top - 37:.1f}毫米")
        yield Check("H06", is_red(run.color) and is_face(run.font, "title"), f"{run.font}，{run.color}")
        yield Check(
            "H07",
            run.size * width_in_chars(mark.text.strip()) / MM <= 156,
            f"{run.size * width_in_chars(mark.text.strip()) / MM:.0f}毫米",
        )
        numbers, gap, title_gap = self._of("number"), self._gap_lines("number") or 0.0, self._gap_lines("title")
        yield Check("H09", bool(numbers) and numbers[0].align == "center" and abs(gap - 2) <= 0.5, f"空{gap:.1f}行")
        line = numbers[0].borders.get("bottom") if numbers else None
        slack = GAP_MM / 2  # the part of the line below the characters
        yield Check("H13", line is not None and is_red(line[3]) and abs(line[2] / MM + slack - 4) <= 1.5 and abs(numbers[0].left_mm) <= 1,
                    "未见红色分隔线" if line is None else f"字号下约{line[2] / MM + slack:.1f}毫米")  # fmt: skip
        yield Check("T02", None if title_gap is None else abs(title_gap - 2) <= 0.5, f"空{title_gap or 0:.1f}行")


def _edges(para: Para, width: float) -> tuple[float, float]:
    """Left and right edge of a one-line paragraph's text, from the left edge of the text area."""
    run = para.main
    em = (run.size + run.squeeze) / MM if run else CHAR_MM
    long = width_in_chars(para.text.strip()) * em
    room = width - para.left_mm - para.right_mm
    if para.align == "center":
        start = para.left_mm + (room - long) / 2
    elif para.align in ("right", "end"):
        start = width - para.right_mm - long
    else:
        start = para.left_mm + para.first_mm + width_in_chars(para.text) * 0
    return start, start + long


def is_shapely(widths: list[float]) -> bool:
    """Title lines as 梯形 (each longer, or each shorter) or 菱形 (longer, then shorter); no rectangle, no hourglass, no two-character end."""
    if len(widths) < 2:
        return True
    steps = [b - a for a, b in zip(widths[:-1], widths[1:], strict=True)]
    if any(abs(step) < 0.4 for step in steps) or widths[-1] <= 2:
        return False
    signs = [step > 0 for step in steps]
    return signs == sorted(signs, reverse=True)


def _imprint_weights(tables: list[etree._Element]) -> Check:
    sides = {
        etree.QName(b).localname: float(b.get(f"{W}sz") or 0) / 8 / MM
        for t in tables
        for b in t.findall(f"{W}tblPr/{W}tblBorders/*")
    }
    thick = [sides[s] for s in ("top", "bottom") if s in sides]
    good = len(thick) == 2 and all(0.30 <= w <= 0.40 for w in thick) and (0.2 <= sides.get("insideH", 0.25) <= 0.3)
    return Check("V02", good, "、".join(f"{side}{weight:.2f}毫米" for side, weight in sides.items()) or "没有分隔线")


def _repeats(table: etree._Element) -> bool:
    first = table.find(f"{W}tr")
    return first is not None and first.find(f"{W}trPr/{W}tblHeader") is not None
