"""A PDF that breaks one rule fails that rule; ours keep every one, measured on the drawn page."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module

import pytest
from reportlab.pdfgen.canvas import Canvas

from formflow.letters import elements as e
from formflow.letters.elements import Kind
from formflow.letters.fonts import FontBook
from formflow.letters.measure import MeasureError, measure
from formflow.letters.typeset import typeset
from support.broken_letters import document, edited
from support.letter_facts import acceptance_letter, supplement_letter, written

SHIPPED = FontBook.shipped()
boxes, draw, flow, source = (
    import_module(f"formflow.letters.typeset.{name}") for name in ("boxes", "draw", "flow", "source")
)


def pdf(word: bytes) -> bytes:
    return typeset(word, fonts=SHIPPED).pdf


def failing(data: bytes, kind: Kind | None = None) -> set[str]:
    return {m.rule_id for m in measure(data, kind).failures}


@pytest.mark.parametrize("items", [1, 12, 40])
def test_our_supplement_letters_keep_every_rule(items: int) -> None:
    report = measure(pdf(written(supplement_letter(items))))
    assert (report.kind, report.format, report.failures) == ("letter", "pdf", ())
    assert sum(m.verdict == "pass" for m in report.measurements) >= 35
    assert {m.rule_id: m.measured for m in report.measurements}["P10"].startswith("发文机关标志、发文字号、标题")


@pytest.mark.parametrize("papers", [1, 40])
def test_our_acceptance_letters_keep_every_rule(papers: int) -> None:
    assert failing(pdf(written(acceptance_letter(papers)))) == set()


def test_long_names_keep_every_rule() -> None:
    from support.letter_facts import record

    long = "江海经济技术开发区先进制造业产业园区职工服务中心（站）建设工作领导小组"
    assert failing(pdf(written(supplement_letter(3, record=record(applicant=long, name=long * 2))))) == set()


@pytest.mark.parametrize("kind", ["letter", "form", "red_header"])
def test_each_kind_is_recognised_and_kept(kind: Kind) -> None:
    report = measure(pdf(document(kind)))
    assert (report.kind, report.failures) == (kind, ())


def test_measured_values_are_the_pages_own() -> None:
    found = {m.rule_id: m.measured for m in measure(pdf(document("red_header"))).measurements}
    assert found["H05"].startswith(("版心上边缘下35.0", "版心上边缘下34.9"))
    assert found["P06"] == "行距10.45毫米，每面22行"
    assert "右空4.00字" in found["S01"]


WORDS: list[tuple[str, str, set[str]]] = [
    ("〔2022〕8号", "[2022]8号", {"H10"}),
    ("2022年3月7日</w:t>", "2022年03月7日</w:t>", {"S07"}),
    ("总工会：</w:t>", "总工会</w:t>", {"R01"}),
    ("活动的通知", "活动的通知。", {"T07"}),
    ("二、基本要求", "四、基本要求", {"B03"}),
    ("评价指标</w:t>", "评价指标；</w:t>", {"A03"}),
    (">南通市总工会</w:t>", ">南通市总工会权益保障部</w:t>", {"K02"}),
    ('<w:pStyle w:val="公文标题"/>', '<w:pStyle w:val="公文标题"/><w:jc w:val="left"/>', {"T03"}),
    ('<w:pStyle w:val="成文日期"/>', '<w:pStyle w:val="成文日期"/><w:jc w:val="center"/>', {"S01", "S02"}),
]


@pytest.mark.parametrize(("old", "new", "rules"), WORDS)
def test_changed_words_fail_their_rule(old: str, new: str, rules: set[str]) -> None:
    assert failing(pdf(edited(document("letter"), "document", old, new))) == rules


def _element(name: str, **changes: object) -> Callable[[pytest.MonkeyPatch], None]:
    def change(patch: pytest.MonkeyPatch) -> None:
        patch.setitem(source.BY_NAME, name, replace(e.BY_NAME[name], **changes))  # type: ignore[arg-type]

    return change


def _value(module: object, name: str, value: object) -> Callable[[pytest.MonkeyPatch], None]:
    return lambda patch: patch.setattr(module, name, value)


DRAWN: list[tuple[Kind, Callable[[pytest.MonkeyPatch], None], set[str]]] = [
    ("form", _value(boxes, "PITCH_MM", 28 * 25.4 / 72), {"P06"}),
    ("form", _value(flow, "TOP_MM", 33.0), {"P02"}),
    ("form", _value(flow, "BOTTOM_MM", 275.0), {"P04", "G02"}),
    ("form", _value(boxes, "CHAR_PT", 16.4), {"P05", "P07", "S02"}),
    ("form", _value(boxes, "LEFT_MM", 25.0), {"P03", "T03", "A01", "B01", "R01", "S01", "N01", "V05"}),
    ("form", _element("公文正文", role="song"), {"P05"}),
    ("form", _element("公文正文", color="555555"), {"P08"}),
    ("form", _element("公文正文", color="FF0000"), {"P08"}),
    ("form", _element("公文正文", first=0), {"B01"}),
    ("form", _element("公文标题", role="heading"), {"T01"}),
    ("form", _element("公文标题", size=18.0), {"T01"}),
    ("form", _element("主送机关", before=0), {"R01"}),
    ("form", _element("一级标题", role="body"), {"B02"}),
    ("form", _element("附注", first=0), {"N01"}),
    ("form", _element("抄送", size=16.0), {"V05"}),
    ("form", _value(draw, "PAGE_NUMBER_TOP_MM", 275.0), {"G02"}),
    ("form", _value(draw, "RIGHT_MM", 170.0), {"G03"}),
    ("form", _value(draw, "PAGE_NUMBER", replace(e.PAGE_NUMBER, role="heading")), {"G01"}),
    ("letter", _value(draw, "LETTER_MARK_TOP_MM", 33.0), {"L01"}),
    ("letter", _value(draw, "LETTER_LINE_GAP_MM", 6.0), {"L02"}),
    ("letter", _value(draw, "LETTER_BOTTOM_LINE_MM", 273.0), {"L02"}),
    ("letter", _value(draw, "LETTER_LINE_WIDTH_MM", 156.0), {"L02"}),
    ("letter", _value(draw, "_THICK_MM", 0.2), {"L02"}),
    ("letter", _value(draw, "GAP_MM", 9.0), {"L03"}),
    ("letter", _element("发文字号", align="left"), {"L03"}),
    ("letter", _element("公文标题", before=0), {"L04"}),
    ("red_header", _value(draw, "MARK_TOP_MM", 62.0), {"H05"}),
    ("red_header", _value(flow, "RED_LINE_GAP_MM", 6.0), {"H13"}),
    ("red_header", _value(flow, "RED", "000000"), {"H13"}),
    ("red_header", _value(flow, "_THICK_MM", 0.9), {"V02"}),
    ("red_header", _element("公文标题", before=0), {"T02"}),
]


@pytest.mark.parametrize(("kind", "change", "rules"), DRAWN)
def test_a_page_drawn_otherwise_fails_its_rule(
    kind: Kind, change: Callable[[pytest.MonkeyPatch], None], rules: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    word = document(kind)
    change(monkeypatch)
    assert failing(pdf(word), kind) == rules


def test_a_first_page_number_on_a_letter_is_wrong() -> None:
    assert "L06" in failing(pdf(document("form", paragraphs=3)), "letter")


def test_a_page_with_the_signature_alone_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    found = set()
    for paragraphs in range(4, 12):
        word = document("form", paragraphs)
        with monkeypatch.context() as patch:
            patch.setattr(source, "_keep_company", lambda blocks: blocks)
            patch.setitem(source.BY_NAME, "发文机关署名", replace(e.SIGNATURE, new_page=True))
            found |= failing(pdf(word))
    assert found == {"S08"}


def test_text_in_colour_anywhere_is_seen() -> None:
    written_page = io.BytesIO()
    canvas = Canvas(written_page, pagesize=(595.28, 841.89), invariant=1)
    canvas.setFillColorRGB(0.5, 0.5, 0.5)
    canvas.drawString(200, 600, "made by a machine")
    canvas.save()
    assert "P08" in failing(written_page.getvalue())


@pytest.mark.parametrize("data", [b"%PDF-1.4 broken", b"%PDF-"])
def test_a_broken_pdf_is_said(data: bytes) -> None:
    with pytest.raises(MeasureError, match="PDF"):
        measure(data)


def test_a_pdf_without_text_is_said() -> None:
    empty = io.BytesIO()
    canvas = Canvas(empty)
    canvas.showPage()
    canvas.save()
    with pytest.raises(MeasureError, match="没有文字"):
        measure(empty.getvalue())
