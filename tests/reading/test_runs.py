"""A paragraph's text as a person sees it, and what is underlined in it."""

import pytest

from support.wordml import first, p, r, read

U = '<w:u w:val="single"/>'
CHAR = '<w:fldChar w:fldCharType="{}"/>'


def field(code: str, *result: str, data: str = "") -> str:
    begin = f'<w:fldChar w:fldCharType="begin">{data}</w:fldChar>'
    code_run = r(inner=f"<w:instrText> {code} </w:instrText>")
    return r(inner=begin) + code_run + r(inner=CHAR.format("separate")) + "".join(result) + r(inner=CHAR.format("end"))


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("<w:br/>", "\n"),
        ("<w:cr/>", "\n"),
        ('<w:br w:type="textWrapping"/>', "\n"),
        ("<w:tab/>", "\t"),
        ("<w:ptab/>", "\t"),
        ("<w:noBreakHyphen/>", "-"),
        ("<w:softHyphen/>", ""),
        ("<w:lastRenderedPageBreak/>", ""),
        ('<w:br w:type="page"/>', "\n"),
        ('<w:br w:type="column"/>', "\n"),
        ('<w:sym w:font="Wingdings" w:char="F0FE"/>', "☑"),
        ('<w:sym w:font="Wingdings" w:char="zz"/>', ""),
        ("<w:delText>旧</w:delText>", ""),
        ('<w:footnoteReference w:id="1"/>', ""),
        (
            "<w:ruby><w:rt><w:r><w:t>zhāng</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>张</w:t></w:r></w:rubyBase></w:ruby>",
            "张",
        ),
    ],
)
def test_what_a_run_holds(inner: str, text: str) -> None:
    assert first(p("前", r(inner=inner), "后")).text == f"前{text}后"


def test_a_page_break_at_either_end_is_nothing() -> None:
    page = r(inner='<w:br w:type="page"/>')
    assert first(p(page, "题", page)).text == "题"


def test_line_ends_of_the_xml_are_no_line_breaks() -> None:
    assert first("<w:p><w:r><w:t>单位\n名称</w:t></w:r></w:p>").text == "单位 名称"


def test_markup_in_an_answer_stays_text() -> None:
    assert first(p("&lt;b&gt;{{ x }}&amp;")).text == "<b>{{ x }}&"


def test_formula() -> None:
    assert first(p("共", "<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>")).text == "共a+b"


class TestUnderlines:
    def test_blank_of_spaces_and_tabs(self) -> None:
        line = first(p("单位：", r("   ", U), r(inner="<w:tab/>", props=U), "（盖章）", r("是", U)))
        assert (line.text, line.underlined) == ("单位：   \t（盖章）是", ((3, 7), (11, 12)))

    def test_none_and_off(self) -> None:
        assert first(p(r("甲", '<w:u w:val="none"/>'), r("乙", '<w:u w:val="dotted"/>'))).underlined == ((1, 2),)

    def test_break_between_underlined_pages_is_not_underlined_text(self) -> None:
        line = first(p(r("甲", U), r(inner='<w:br w:type="page"/>'), r("乙", U)))
        assert (line.text, line.underlined) == ("甲\n乙", ((0, 1), (2, 3)))

    def test_tab_stop_that_draws_a_line(self) -> None:
        tabs = '<w:tabs><w:tab w:val="left" w:leader="underscore" w:pos="4000"/></w:tabs>'
        line = first(p("时间：", r(inner="<w:tab/>"), "止", props=tabs))
        assert line.underlined == ((3, 4),)
        assert first(p("时间：", r(inner="<w:tab/>"))).underlined == ()


class TestHidden:
    @pytest.mark.parametrize(("props", "text"), [("<w:vanish/>", "甲"), ('<w:vanish w:val="0"/>', "甲乙")])
    def test_hidden_text(self, props: str, text: str) -> None:
        assert first(p("甲", r("乙", props, "<w:tab/>" if "0" not in props else ""))).text == text


class TestFields:
    def test_code_hidden_result_shown(self) -> None:
        assert first(p("第", field("PAGE", r("3")), "页")).text == "第3页"

    def test_nested_in_the_code(self) -> None:
        inner = field("MERGEFIELD x", r("内"))
        begin, end = r(inner=CHAR.format("begin")), r(inner=CHAR.format("end"))
        assert first(p("甲", begin, inner, r(inner=CHAR.format("separate")), "果", end, "乙")).text == "甲果乙"

    def test_left_open_does_not_swallow_the_document(self) -> None:
        open_field = p("甲", r(inner=CHAR.format("begin")), "码")
        assert read(open_field + p("乙") + p("第", field("PAGE", r("3")), "页")).text == "甲\n乙\n第3页"

    def test_result_over_several_paragraphs(self) -> None:
        start = p(r(inner=CHAR.format("begin")), r(inner=CHAR.format("separate")), "一")
        assert read(start + p("二", r(inner=CHAR.format("end"))) + p("三")).text == "一\n二\n三"

    @pytest.mark.parametrize(
        ("settings", "mark"),
        [
            ('<w:default w:val="0"/>', "☐"),
            ('<w:default w:val="1"/>', "☑"),
            ("<w:checked/>", "☑"),
            ('<w:default w:val="1"/><w:checked w:val="0"/>', "☐"),
        ],
    )
    def test_check_box(self, settings: str, mark: str) -> None:
        data = f"<w:ffData><w:checkBox>{settings}</w:checkBox></w:ffData>"
        assert first(p(field("FORMCHECKBOX", r("旧"), data=data), "是")).text == f"{mark}是"

    def test_text_field_shows_its_result(self) -> None:
        data = "<w:ffData><w:textInput/></w:ffData>"
        assert first(p(field("FORMTEXT", r("制鞋业"), data=data))).text == "制鞋业"

    @pytest.mark.parametrize(
        ("result", "text"), [('<w:result w:val="1"/>', "乙"), ("", "甲"), ('<w:result w:val="9"/>', "")]
    )
    def test_list_field_shows_the_entry_chosen(self, result: str, text: str) -> None:
        entries = '<w:listEntry w:val="甲"/><w:listEntry w:val="乙"/>'
        data = f"<w:ffData><w:ddList>{result}{entries}</w:ddList></w:ffData>"
        assert first(p(field("FORMDROPDOWN", data=data))).text == text


class TestSymbolFonts:
    @pytest.mark.parametrize("attribute", ["ascii", "hAnsi"])
    def test_a_letter_that_shows_as_a_ticked_box(self, attribute: str) -> None:
        font = f'<w:rFonts w:{attribute}="Wingdings 2"/>'
        assert first(p(r("R", font), "是", r("R"))).text == "☑是R"

    def test_private_use_characters(self) -> None:
        assert first(p(r("\uf0a8", '<w:rFonts w:ascii="Wingdings"/>'), "否", r("\uf0a8"))).text == "☐否□"


STRUCK = "<w:strike/>"


@pytest.mark.parametrize(
    ("properties", "is_struck"),
    [
        (STRUCK, True),
        ("<w:dstrike/>", True),
        (f'{STRUCK}<w:dstrike w:val="0"/>', True),
        ('<w:strike w:val="0"/>', False),
        (f"<w:rPrChange><w:rPr>{STRUCK}</w:rPr></w:rPrChange>", False),
    ],
)
def test_what_is_struck_out_is_read_and_unsure(properties: str, is_struck: bool) -> None:
    document = read(p("原", r("名称", properties)))
    (line,) = document.paragraphs()
    assert (line.text, line.confidence < 0.9, line.confidence > 0) == ("原名称", is_struck, True)
    assert any("删除线" in remark for remark in document.remarks) is is_struck


def test_no_paragraph_is_unsure_for_what_is_struck_out_beside_it() -> None:
    document = read(p("甲", r(" ", STRUCK)) + p(r("乙", STRUCK)) + p("丙", r("丁", f"{STRUCK}<w:vanish/>")))
    assert [line.confidence < 0.9 for line in document.paragraphs()] == [False, True, False]


def test_a_raised_figure_is_no_further_digit() -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    assert first(p("10000", r("1", raised), "元，面积20m", r("2", raised))).text == "10000¹元，面积20m2"
    assert first(p("10000", r("1", '<w:vertAlign w:val="baseline"/>'))).text == "100001"
