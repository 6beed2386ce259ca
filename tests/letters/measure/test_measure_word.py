"""A Word file that breaks one rule fails that rule and no other; files that keep the standard pass."""

from __future__ import annotations

import re

import pytest

from formflow.letters.elements import Kind
from formflow.letters.measure import MeasureError, measure
from formflow.letters.measure.rules import RULES
from support.broken_letters import document, edited, restyled
from support.letter_facts import acceptance_letter, supplement_letter, written


def failing(word: bytes) -> set[str]:
    return {m.rule_id for m in measure(word).failures}


@pytest.mark.parametrize("items", [1, 12, 40])
def test_our_supplement_letters_keep_every_rule(items: int) -> None:
    report = measure(written(supplement_letter(items)))
    assert (report.kind, report.format, report.failures) == ("letter", "docx", ())
    assert sum(m.verdict == "pass" for m in report.measurements) >= 30


def test_a_forms_own_number_is_no_document_number() -> None:
    found = {m.rule_id: m for m in measure(written(supplement_letter(1, serial="2022-0001-1"))).measurements}
    assert (found["H10"].verdict, found["L03"].verdict) == ("not_applicable", "pass")
    assert "编号：2022-0001-1" in found["H10"].measured


@pytest.mark.parametrize("papers", [1, 40])
def test_our_acceptance_letters_keep_every_rule(papers: int) -> None:
    assert measure(written(acceptance_letter(papers))).failures == ()


@pytest.mark.parametrize("kind", ["letter", "form", "red_header"])
def test_each_kind_is_recognised_and_kept(kind: Kind) -> None:
    report = measure(document(kind))
    assert (report.kind, report.failures) == (kind, ())


def test_every_rule_is_reported_once_in_order() -> None:
    assert [m.rule_id for m in measure(document("form")).measurements] == [rule.id for rule in RULES]


def test_the_kind_can_be_said() -> None:
    assert "H04" in {m.rule_id for m in measure(document("form"), "red_header").failures}


def test_what_a_file_cannot_show_is_not_passed() -> None:
    verdicts = {m.rule_id: m.verdict for m in measure(document("letter")).measurements}
    assert verdicts["P09"] == verdicts["S03"] == verdicts["S09"] == "not_checkable"
    assert verdicts["H05"] == "not_applicable"


def test_what_was_measured_is_said_in_chinese() -> None:
    turned = restyled(document("letter"), "发文字号", 'w:jc w:val="right"', 'w:jc w:val="both"')
    for made in (document("letter"), document("form"), document("red_header"), turned):
        said = {m.rule_id: str(m.measured) for m in measure(made).measurements}
        assert not [text for text in said.values() if re.search(r"[a-z]{4}", text)]
        assert "标题" in said["P10"]


BODY_STYLE, PITCH = "公文正文", 'w:line="592"'
STYLES = [
    ("公文正文", PITCH, 'w:line="560"', {"P02", "P04", "P06"}),  # 28 pt on margins made for 29.6
    ("公文正文", '<w:spacing w:val="-5"/>', "", {"P07"}),  # 27 characters a line
    ("公文正文", "仿宋_GB2312", "微软雅黑", {"P05"}),
    ("公文正文", 'w:sz w:val="32"', 'w:sz w:val="28"', {"B01", "P05", "P07"}),
    ("公文正文", 'w:eastAsia="仿宋_GB2312"', 'w:eastAsia="仿宋_GB2312" w:eastAsiaTheme="minorEastAsia"', {"P05"}),
    ("公文正文", 'w:color w:val="000000"', 'w:color w:val="808080"', {"P08"}),
    (
        "公文正文",
        'w:firstLineChars="200"',
        'w:firstLineChars="0"',
        set(),
    ),  # the length beside it still says two characters
    ("公文标题", 'w:jc w:val="center"', 'w:jc w:val="left"', {"T03"}),
    ("公文标题", 'w:b w:val="0"', "w:b", {"T01"}),
    ("公文标题", "方正小标宋简体", "黑体", {"T01"}),
    ("公文标题", 'w:before="1184"', 'w:before="0"', {"L04"}),
    ("主送机关", 'w:before="592"', 'w:before="0"', {"R01"}),
    ("一级标题", "黑体", "楷体_GB2312", {"B02"}),
    ("一级标题", "<w:keepNext/>", "", {"B05"}),
    ("二级标题", "楷体_GB2312", "黑体", {"B02"}),
    ("附件说明", 'w:before="592"', 'w:before="0"', {"A01"}),
    ("成文日期", 'w:jc w:val="right"', 'w:jc w:val="center"', {"S01", "S02"}),
    ("发文机关署名", "<w:keepNext/>", "", {"S08"}),
    ("附注", 'w:firstLineChars="200" w:firstLine="632"', "", {"N01"}),
    ("抄送", 'w:sz w:val="28"', 'w:sz w:val="32"', {"V05"}),
    ("发文字号", 'w:jc w:val="right"', 'w:jc w:val="left"', {"L03"}),
    ("公文页码", "宋体", "Times New Roman", {"G01"}),
]


@pytest.mark.parametrize(("style", "old", "new", "rules"), STYLES)
def test_a_changed_style_fails_its_rule(style: str, old: str, new: str, rules: set[str]) -> None:
    assert failing(restyled(document("letter"), style, old, new)) == rules


EDITS = [
    ("document", 'w:w="11906" w:h="16838"', 'w:w="12240" w:h="15840"', {"P01", "P04", "P06", "P07", "G02", "S02"}),
    ("document", 'w:left="1587"', 'w:left="1800"', {"P03", "P04", "P07", "S02"}),
    ("document", 'w:top="1960"', 'w:top="1440"', {"P02", "P04", "P06"}),
    ("document", "〔2022〕8号", "(2022)08号", {"H10"}),
    ("document", "2022年3月7日</w:t>", "2022年03月07日</w:t>", {"S07", "S02"}),
    ("document", "2022年3月7日</w:t>", "2022年2月30日</w:t>", {"S07", "S02"}),
    ("document", "总工会：</w:t>", "总工会</w:t>", {"R01"}),
    ("document", "活动的通知", "活动的公示报", {"T06", "K01"}),
    ("document", "活动的通知", "活动的通知。", {"T07"}),
    ("document", "二、基本要求", "三、基本要求", {"B03"}),
    ("document", "（一）工作原则", "（一）、工作原则", {"B04"}),
    ("document", "评价指标</w:t>", "评价指标。</w:t>", {"A03"}),
    ("document", "附件：职工", "附件：《职工", {"A04"}),
    ("document", "（此件公开发布）", "（此件公开发布", {"N01"}),
    ("document", "市委办公室。", "市委办公室", {"V05"}),
    ("document", ">南通市总工会</w:t>", ">南通市总工会权益保障部</w:t>", {"K02"}),
    ("document", "<w:titlePg/>", "", {"L06"}),
    ("document", 'w:header="1701"', 'w:header="850"', {"L01"}),
    ("document", 'w:footer="1134"', 'w:footer="567"', {"L02", "G02"}),
    ("header3", "thickThinSmallGap", "thinThickSmallGap", {"L02"}),
    ("header3", 'w:space="10"', 'w:space="2"', {"L02"}),
    ("header3", "FF0000", "000000", {"L02"}),
    ("footer1", "— ", "- ", {"G01"}),
    ("footer1", 'w:right="280"', 'w:right="0"', {"G03"}),
    ("settings", "<w:evenAndOddHeaders/>", "", {"G03"}),
]


@pytest.mark.parametrize(("part", "old", "new", "rules"), EDITS)
def test_a_changed_file_fails_its_rule(part: str, old: str, new: str, rules: set[str]) -> None:
    assert failing(edited(document("letter"), part, old, new)) == rules


RED = [
    ("发文机关标志", 'w:jc w:val="center"', 'w:jc w:val="left"', {"H04"}),
    ("发文机关标志", "方正小标宋简体", "宋体", {"H06"}),
    ("发文字号", 'w:jc w:val="center"', 'w:jc w:val="right"', {"H09"}),
    ("发文字号", 'w:before="1184"', 'w:before="0"', {"H09"}),
    ("公文标题", 'w:before="1184"', 'w:before="0"', {"T02"}),
]


@pytest.mark.parametrize(("style", "old", "new", "rules"), RED)
def test_a_changed_red_head_fails_its_rule(style: str, old: str, new: str, rules: set[str]) -> None:
    assert failing(restyled(document("red_header"), style, old, new)) == rules


IMPRINT = [
    ('w:tblpYSpec="bottom"', 'w:tblpYSpec="top"', {"V03"}),
    ('<w:top w:val="single" w:sz="8"', '<w:top w:val="single" w:sz="24"', {"V02"}),
    ('<w:tblW w:w="8844"', '<w:tblW w:w="6000"', {"V01"}),
    ('<w:spacing w:before="2121"/>', '<w:spacing w:before="1000"/>', {"H05"}),
    ('<w:pBdr><w:bottom w:val="single" w:sz="8" w:space="8" w:color="FF0000"/></w:pBdr>', "", {"H13"}),
]


@pytest.mark.parametrize(("old", "new", "rules"), IMPRINT)
def test_a_changed_red_headed_page_fails_its_rule(old: str, new: str, rules: set[str]) -> None:
    assert failing(edited(document("red_header"), "document", old, new)) == rules


def test_a_title_of_equal_lines_is_no_trapezium() -> None:
    assert failing(document("form", title="关于开展职工中心活动\n现场观摩工作的通知书")) == {"T04"}


def test_unsealed_documents_may_follow_their_own_rule() -> None:
    """7.3.5.2: 署名 two characters from the right, the date's first character two to the right of it."""
    word = document("form")
    indent = '<w:ind w:leftChars="0" w:left="{}" w:rightChars="0" w:right="{}" w:firstLine="0"/>'
    right = '<w:jc w:val="right"/>'
    word = edited(word, "document", word_xml_indent(word), indent.format("0", "632") + right)
    word = edited(
        word,
        "document",
        '<w:pStyle w:val="成文日期"/>',
        '<w:pStyle w:val="成文日期"/><w:ind w:rightChars="0" w:right="0"/>',
    )
    verdicts = {m.rule_id: m.verdict for m in measure(word).measurements}
    assert (verdicts["S01"], verdicts["S02"], verdicts["S05"]) == ("not_applicable", "not_applicable", "pass")


def word_xml_indent(word: bytes) -> str:
    import io
    import re
    import zipfile

    xml = zipfile.ZipFile(io.BytesIO(word)).read("word/document.xml").decode()
    found = re.search(r'<w:pStyle w:val="发文机关署名"/>(?:<w:keepNext/>)?(<w:ind [^>]*/>)', xml)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("data", [b"", b"hello", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0"])
def test_what_is_neither_word_nor_pdf_is_said(data: bytes) -> None:
    with pytest.raises(MeasureError, match="不是"):
        measure(data)


def test_strength_tells_custom_from_standard() -> None:
    report = measure(edited(document("letter"), "document", "（一）工作原则", "（一）、工作原则"))
    assert [m.strength for m in report.failures] == ["实"]


def test_nothing_outside_the_file_is_read() -> None:
    entity = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><w:document'
    word = edited(
        edited(document("form"), "document", "<w:document", entity),
        "document",
        "赋能创优活动的通知",
        "赋能创优活动的通知&e;",
    )
    assert {m.rule_id: m for m in measure(word).measurements}[
        "K01"
    ].measured == "南通市总工会关于开展职工服务中心赋能创优活动的通知"


def test_a_file_without_page_set_up_is_said() -> None:
    word = document("form")
    with pytest.raises(MeasureError, match="页面设置"):
        measure(edited(edited(word, "document", "<w:sectPr>", "<w:x>"), "document", "</w:sectPr>", "</w:x>"))
