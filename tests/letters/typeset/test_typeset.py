"""Word letters become PDFs: same words, whole tables, honest about fonts, the same bytes every time."""

from __future__ import annotations

import io
import re
from importlib import import_module

import pdfplumber
import pytest

from formflow.letters import elements as e
from formflow.letters.fonts import Fallback, FontBook, Substitution
from formflow.letters.skeleton import Cell, Grid, Skeleton, Text, make
from formflow.letters.typeset import TypesetError, typeset
from formflow.letters.word import render
from support.broken_letters import document, edited
from support.letter_facts import acceptance_letter, record, supplement_letter, written

SHIPPED = FontBook.shipped()
MM = 25.4 / 72


def set_form(*blocks: Text | Grid) -> bytes:
    return typeset(render(make(Skeleton("form", blocks)), {}), fonts=SHIPPED).pdf


def pages(pdf: bytes) -> list[str]:
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        return ["".join(char["text"] for char in page.chars if char["text"].strip()) for page in opened.pages]


def test_every_word_is_in_the_pdf_and_can_be_copied() -> None:
    said = "".join(pages(typeset(written(supplement_letter(2)), fonts=SHIPPED).pdf))
    for words in (
        "南通市总工会",
        "赋能创优补正〔2022〕1号",
        "补正通知书",
        "启航镇总工会：",
        "请于2022年3月24日前",
        "送达回执",
        "收件人（签名）",
    ):
        assert words in said


def test_the_same_letter_is_the_same_bytes() -> None:
    word = written(supplement_letter(5))
    assert typeset(word, fonts=SHIPPED).pdf == typeset(word, fonts=SHIPPED).pdf


def test_substitutions_are_reported_and_written_into_the_pdf() -> None:
    done = typeset(written(supplement_letter(1)), fonts=SHIPPED)
    assert Substitution("仿宋_GB2312", "FandolFang Formflow") in done.substitutions
    assert Substitution("方正小标宋简体", "Noto Serif SC Black") in done.substitutions
    assert not any(
        one.requested == "楷体_GB2312" for one in done.substitutions
    )  # this letter has no second-level heading
    with pdfplumber.open(io.BytesIO(done.pdf)) as opened:
        assert "仿宋_GB2312以FandolFang Formflow代替" in opened.metadata["Keywords"]
        assert opened.metadata["Title"] == "补正通知书"
        assert len(opened.pages) == done.pages


def test_all_fonts_are_embedded_as_subsets() -> None:
    pdf = typeset(written(supplement_letter(1)), fonts=SHIPPED).pdf
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        names = {char["fontname"] for page in opened.pages for char in page.chars}
    assert names
    assert all("+" in name for name in names)
    assert pdf.count(b"/FontFile2") >= 4
    assert len(pdf) < 300_000


def test_a_rare_character_comes_from_another_font_and_is_reported() -> None:
    done = typeset(written(supplement_letter(1, record=record(applicant="王堃工作室"))), fonts=SHIPPED)
    assert done.fallbacks == (Fallback("堃", "仿宋_GB2312", "LXGW WenKai"),)
    assert "王堃工作室" in "".join(pages(done.pdf))
    assert any("堃" in remark for remark in done.remarks)


def test_a_character_no_font_has_is_drawn_as_a_sign_and_reported() -> None:
    done = typeset(written(supplement_letter(1, record=record(applicant="王𪚥室"))), fonts=SHIPPED)
    assert Fallback("𪚥", "仿宋_GB2312", "") in done.fallbacks
    assert "王〓室" in "".join(pages(done.pdf))


def test_a_heading_never_ends_a_page() -> None:
    for lines in range(14, 24):
        blocks = [
            Text(e.TITLE, "通知"),
            *(Text(e.BODY, "正文。"),) * lines,
            Text(e.HEADING_1, "一、标题"),
            Text(e.BODY, "后文。"),
        ]
        for page in pages(set_form(*blocks)):
            assert not page.replace("—1—", "").replace("—2—", "").endswith("标题")


def test_the_signature_never_stands_alone() -> None:
    for lines in range(10, 24):
        word = document("form", paragraphs=0)
        filler = '<w:p><w:pPr><w:pStyle w:val="公文正文"/></w:pPr><w:r><w:t>正文。</w:t></w:r></w:p>'
        place = '<w:p><w:pPr><w:pStyle w:val="一级标题"/>'
        whole = [
            page
            for page in pages(typeset(edited(word, "document", place, filler * lines + place, 1), fonts=SHIPPED).pdf)
            if "2022年3月7日" in page
        ]
        assert "组织实施" in whole[0] or "请结合实际" in whole[0]


def test_twenty_two_lines_a_page() -> None:
    with pdfplumber.open(io.BytesIO(set_form(*(Text(e.BODY, "文。"),) * 50))) as opened:
        counts = [len({round(c["matrix"][5], 1) for c in page.chars if c["size"] > 15}) for page in opened.pages]
    assert counts == [22, 22, 6]


def test_text_fills_28_characters_from_edge_to_edge() -> None:
    with pdfplumber.open(io.BytesIO(set_form(Text(e.BODY, "文" * 80)))) as opened:
        chars = [c for c in opened.pages[0].chars if c["size"] > 15]
    rows = {round(c["matrix"][5], 1) for c in chars}
    second = [c for c in chars if round(c["matrix"][5], 1) == sorted(rows, reverse=True)[1]]
    assert len(second) == 28
    assert (round(second[0]["x0"] * MM, 1), round(second[-1]["x1"] * MM, 1)) == (28.0, 184.0)


def test_a_long_table_repeats_its_heading_and_keeps_rows_whole() -> None:
    header = (Cell(e.TABLE_HEAD, "序号"), Cell(e.TABLE_HEAD, "名称"))
    rows = tuple(
        (Cell(e.TABLE_CENTER, str(n)), Cell(e.TABLE_TEXT, f"第{n}项" + "长" * 60 + f"终{n}。")) for n in range(1, 30)
    )
    found = pages(set_form(Grid((20, 100), (header, *rows))))
    assert len(found) >= 3
    for number, page in enumerate(found, 1):
        assert page.startswith("序号名称"), number
    for n in range(1, 30):
        assert sum(f"第{n}项" in page and f"终{n}。" in page for page in found) == 1


def test_a_row_taller_than_a_page_is_split_not_lost() -> None:
    text = "".join(chr(0x4E00 + n) for n in range(1500))
    found = "".join(pages(set_form(Grid((60,), ((Cell(e.TABLE_TEXT, text),),)))))
    assert re.sub(r"—\d—", "", found) == text


def test_an_unknown_style_is_set_as_body_and_reported() -> None:
    word = edited(document("form"), "styles", '<w:name w:val="附注"/>', '<w:name w:val="我的样式"/>')
    done = typeset(word, fonts=SHIPPED)
    assert any("我的样式" in remark for remark in done.remarks)
    assert "（此件公开发布）" in "".join(pages(done.pdf))


def test_styles_are_known_by_name_after_word_gave_them_new_ids() -> None:
    word = document("form")
    renamed = edited(
        edited(word, "styles", 'w:styleId="公文标题"', 'w:styleId="a3"'), "document", 'w:val="公文标题"', 'w:val="a3"'
    )
    assert typeset(renamed, fonts=SHIPPED).pdf == typeset(word, fonts=SHIPPED).pdf


def test_a_clerks_own_alignment_and_page_break_are_kept() -> None:
    word = document("form")
    moved = edited(word, "document", '<w:pStyle w:val="附注"/>', '<w:pStyle w:val="附注"/><w:pageBreakBefore/>')
    assert typeset(moved, fonts=SHIPPED).pages == typeset(word, fonts=SHIPPED).pages + 1


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.7"])
def test_what_is_no_word_file_is_said(data: bytes) -> None:
    with pytest.raises(TypesetError, match="不是完好的 Word 文件"):
        typeset(data, fonts=SHIPPED)


def test_acceptance_table_stands_in_the_text_area() -> None:
    with pdfplumber.open(io.BytesIO(typeset(written(acceptance_letter(3)), fonts=SHIPPED).pdf)) as opened:
        boxes = [r for r in opened.pages[0].rects if r["non_stroking_color"] in ((0, 0, 0), 0, (0,))]
    assert boxes
    assert min(b["x0"] for b in boxes) * MM > 27.8
    assert max(b["x1"] for b in boxes) * MM < 184.2


def test_fonts_are_parsed_once() -> None:
    book = import_module("formflow.letters.fonts.book")
    typeset(written(supplement_letter(1)), fonts=SHIPPED)
    before = book._load.cache_info().misses
    typeset(written(supplement_letter(2)), fonts=SHIPPED)
    assert book._load.cache_info().misses == before
