"""Rules measured in a Word file, from the properties in force."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from lxml import etree

from formflow.letters.closing import width_in_chars
from formflow.letters.elements import Kind
from formflow.letters.geometry import CHAR_MM, MM
from formflow.letters.measure.classify import ORDER
from formflow.letters.measure.enclosures import enclosures_in_word
from formflow.letters.measure.rules import Check
from formflow.letters.measure.sums import check_sums
from formflow.letters.measure.texts import Words, check_words
from formflow.letters.measure.word_feet import imprint, page_numbers
from formflow.letters.measure.word_heads import letter_head, red_head
from formflow.letters.measure.word_page import WordPage, is_face, is_red
from formflow.letters.measure.word_tables import table_texts
from formflow.letters.measure.wordfile import Para, WordFile
from formflow.letters.measure.wordprops import points
from formflow.letters.ooxml import W
from formflow.letters.titles import is_shapely

_INDENT_MM = 1.0


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


class WordChecks(WordPage):
    """One file against the rules of its kind."""

    def run(self) -> Iterator[Check]:
        yield from check_words(Words(self.kind, tuple((name, para.text.strip()) for name, para in self.items)))
        yield from self._page()
        yield from self._text()
        yield from self._title()
        yield from self._body()
        yield from self._ending()
        yield from enclosures_in_word(self)
        yield from imprint(self)
        yield from page_numbers(self)
        yield from self._tables()
        yield check_sums([p.text for p in self.file.paragraphs if p.where != "table"], table_texts(self.file))
        heads = {"letter": letter_head, "red_header": red_head}
        if self.kind in heads:
            yield from heads[self.kind](self)

    def _pitch(self) -> float | None:
        return next((para.pitch for para in self.of("body") if para.pitch), None)

    def _page(self) -> Iterator[Check]:
        sections = self.file.sections
        portrait = [s for s in sections if s.height >= s.width]
        off = [s for s in portrait if abs(s.width - 210) > 0.5 or abs(s.height - 297) > 0.5]
        yield Check("P01", not off, "、".join(sorted({f"{s.width:.1f}×{s.height:.1f}毫米" for s in portrait})))
        s, pitch = self.section, self._pitch() or 0.0
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
        run = next((para.main for para in self.of("body") if para.main), None)
        if run is None:
            return Check("P07", None, "没有正文")
        advance = (run.size + run.squeeze) / MM
        count = math.floor(width / advance + 1e-6)
        return Check("P07", count == 28, f"字号{run.size:g}磅，字距{run.squeeze:g}磅，每行{count}字")

    def _text(self) -> Iterator[Check]:
        wrong = {
            f"{run.font or '未指定'}{run.size:g}磅：{run.text[:6]}"
            for para in self.of("recipient", "body", "signature", "date", "remark", "number")
            for run in para.runs
            if run.text.strip() and (abs(run.size - 16) > 0.1 or not is_face(run.font, "body"))
        }
        yield Check("P05", not wrong, "；".join(sorted(wrong)[:3]) or "3号仿宋")
        colored = {
            f"{run.color}：{run.text[:6]}"
            for name, para in self.items
            for run in para.runs
            if name != "mark" and run.text.strip() and run.color not in ("auto", "000000")
        }
        colored |= {f"{r.color}：{r.text[:6]}" for p in self.file.paragraphs if p.where == "table" for r in p.runs
                    if r.text.strip() and r.color not in ("auto", "000000")}  # fmt: skip
        yield Check("P08", not colored, "；".join(sorted(colored)[:3]) or "全部黑色")
        names = [name for name, _ in self.items if name in ORDER]
        firsts = [names.index(name) for name in ORDER if name in names]
        yield Check("P10", firsts == sorted(firsts), "、".join(ORDER[name] for name in dict.fromkeys(names)))

    def _title(self) -> Iterator[Check]:
        titles = self.of("title")
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
        recipients = self.of("recipient")
        if recipients:
            para, gap = recipients[0], self.gap_lines("recipient") or 0.0
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
        paras = self.of("body", "heading1", "heading2")
        wrong = [
            p for p in paras if abs(p.first_mm - 2 * CHAR_MM) > 0.6 or abs(p.left_mm) > 0.6 or p.text.startswith("　")
        ]
        shown = wrong[0] if wrong else None
        yield Check("B01", not wrong if paras else None,
                    f"{len(paras)}段" if shown is None else f"首行{shown.first_mm:.2f}毫米：{shown.text[:8]}")  # fmt: skip
        heads = [("heading1", "heading"), ("heading2", "script")]
        bad = [f"{p.main.font}：{p.text[:8]}" for name, role in heads for p in self.of(name)
               if p.main and not is_face(p.main.font, role) and not (name == "heading2" and len(p.text) > 25)]  # fmt: skip
        has_heads = bool(self.of("heading1", "heading2"))
        yield Check(
            "B02", not bad if has_heads else None, "；".join(bad[:3]) or ("黑体、楷体" if has_heads else "没有小标题")
        )
        loose = [p.text[:8] for p in self.of("heading1") if not p.keep_next or p.text.rstrip().endswith("。")]
        yield Check("B05", not loose if self.of("heading1") else None, "；".join(loose[:3]) or "与下段同页")
        notes = self.of("enclosures")
        gap = self.gap_lines("enclosures") or 0.0
        good_note = (
            bool(notes)
            and abs(gap - 1) <= 0.5
            and abs(notes[0].left_mm + notes[0].first_mm - 2 * CHAR_MM) <= _INDENT_MM
        )
        yield Check("A01", good_note if notes else None, f"空{gap:.1f}行" if notes else "没有附件说明")

    def _ending(self) -> Iterator[Check]:
        names, days, remarks = self.of("signature"), self.of("date"), self.of("remark")
        if not names or not days:
            yield from (Check(rule, None, "未见署名和成文日期") for rule in ("S01", "S02", "S05", "S08"))
        else:
            yield from self._closing(names[-1], days[0])
        for remark in remarks[:1]:
            indent = remark.left_mm + remark.first_mm
            good = abs(indent - 2 * CHAR_MM) <= _INDENT_MM and bool(re.fullmatch(r"（.+）", remark.text.strip()))
            yield Check("N01", good, f"左空{indent / CHAR_MM:.1f}字")

    def _closing(self, name: Para, day: Para) -> Iterator[Check]:
        width = self.section.width - self.section.left - self.section.right
        (name_left, name_right), (day_left, day_right) = (_edges(p, width) for p in (name, day))
        unsealed = abs(width - name_right - 2 * CHAR_MM) <= 1.5 and abs(day_left - name_left - 2 * CHAR_MM) <= 1.5
        off = abs((name_left + name_right) / 2 - (day_left + day_right) / 2)
        yield Check(
            "S01",
            None if unsealed else abs(width - day_right - 4 * CHAR_MM) <= 1.5,
            f"右空{(width - day_right) / CHAR_MM:.2f}字",
        )
        is_open = not any(char.isdigit() for char in day.text)  # a draft's blank: its width says nothing
        yield Check("S02", None if unsealed or is_open else off <= 1.5, f"中线相差{off:.2f}毫米")
        yield Check("S05", True if unsealed else None, "署名右空二字" if unsealed else "按加盖印章编排")
        paras = [p for p in self.file.paragraphs if p.text.strip()]
        before = paras[paras.index(name) - 1]
        yield Check(
            "S08",
            before.keep_next and name.keep_next,
            "与上段同页" if before.keep_next and name.keep_next else "没有设与下段同页",
        )

    def _tables(self) -> Iterator[Check]:
        tables = [t for t in self.file.tables if t.find(f"{W}tblPr/{W}tblpPr") is None]
        if not tables:
            yield Check("X02", None, "没有表格")
            return
        wide = [sum(points(c.get(f"{W}w")) for c in t.findall(f"{W}tblGrid/{W}gridCol")) / MM for t in tables]
        split = [row for t in tables for row in t.findall(f"{W}tr") if row.find(f"{W}trPr/{W}cantSplit") is None]
        long = [t for t in tables if len(t.findall(f"{W}tr")) > 15 and not _repeats(t)]
        yield Check(
            "X02", max(wide) <= 157 and not split and not long, f"最宽{max(wide):.1f}毫米，{len(split)}行可断开"
        )


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


def _repeats(table: etree._Element) -> bool:
    first = table.find(f"{W}tr")
    return first is not None and first.find(f"{W}trPr/{W}tblHeader") is not None
