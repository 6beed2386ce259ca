"""What styles say of text, inherited and overridden."""

import pytest

from formflow.errors import UnreadableError
from formflow.reading.docx import read_docx
from support.wordml import docx, first, p, r


def style(
    style_id: str, inner: str, kind: str = "paragraph", name: str = "", based: str = "", default: bool = False
) -> str:
    on = ' w:default="1"' if default else ""
    basis = f'<w:basedOn w:val="{based}"/>' if based else ""
    return f'<w:style w:type="{kind}" w:styleId="{style_id}"{on}><w:name w:val="{name or style_id}"/>{basis}{inner}</w:style>'


UNDERLINE = '<w:rPr><w:u w:val="single"/></w:rPr>'
NO_UNDERLINE = '<w:rPr><w:u w:val="none"/></w:rPr>'


def styled(text: str, style_id: str) -> str:
    return p(text, props=f'<w:pStyle w:val="{style_id}"/>')


def test_names() -> None:
    styles = style("1", "", name="heading 1") + style("a", "", name="Normal", default=True)
    assert first(styled("题", "1"), styles=styles).style == "heading 1"
    assert first(p("文"), styles=styles).style == "Normal"
    assert first(styled("文", "zz"), styles=styles).style == "zz"
    assert first(p("文")).style is None


def test_underline_through_the_character_style() -> None:
    styles = style("u", UNDERLINE, kind="character") + style("v", "", kind="character", based="u")
    line = first(
        p("单位", r("  ", '<w:rStyle w:val="v"/>'), r("是", '<w:rStyle w:val="v"/><w:u w:val="none"/>')), styles=styles
    )
    assert line.underlined == ((2, 4),)


def test_underline_through_the_paragraph_style_and_off_again() -> None:
    styles = style("a", UNDERLINE) + style("b", NO_UNDERLINE, based="a") + style("c", NO_UNDERLINE, kind="character")
    assert first(styled("  ", "a"), styles=styles).underlined == ((0, 2),)
    assert first(styled("  ", "b"), styles=styles).underlined == ()
    off = p(r("甲", '<w:rStyle w:val="c"/>'), "乙", props='<w:pStyle w:val="a"/>')
    assert first(off, styles=styles).underlined == ((1, 2),)


def test_default_paragraph_style_counts() -> None:
    assert first(p("  "), styles=style("a", UNDERLINE, default=True)).underlined == ((0, 2),)


def test_hidden_by_style() -> None:
    styles = style("h", "<w:rPr><w:vanish/></w:rPr>", kind="character") + style("q", "<w:rPr><w:vanish/></w:rPr>")
    assert first(p("甲", r("乙", '<w:rStyle w:val="h"/>')), styles=styles).text == "甲"
    shown = p("甲", r("乙", '<w:vanish w:val="0"/>'), props='<w:pStyle w:val="q"/>')
    assert first(shown, styles=styles).text == "乙"


def test_tab_stops_of_a_style_that_draw_lines() -> None:
    tabs = '<w:pPr><w:tabs><w:tab w:val="left" w:leader="underscore" w:pos="1"/></w:tabs></w:pPr>'
    line = first(p(r(inner="<w:tab/>"), props='<w:pStyle w:val="a"/>'), styles=style("a", tabs))
    assert line.underlined == ((0, 1),)


def test_a_circle_of_styles_ends() -> None:
    styles = style("a", UNDERLINE, based="b") + style("b", "", based="a")
    assert first(styled("甲", "b"), styles=styles).underlined == ((0, 1),)


class TestCutting:
    """Styles are cut out of the bytes and parsed one by one; where that is not safe, the part is parsed whole."""

    def test_only_what_is_asked_for_is_parsed(self) -> None:
        broken = '<w:style w:type="table" w:styleId="t"><w:unsound></w:style>'
        styles = style("a", UNDERLINE) + broken + style("b", "", based="a")
        assert first(styled("甲", "b"), styles=styles).underlined == ((0, 1),)
        with pytest.raises(UnreadableError) as caught:
            read_docx(docx(styled("甲", "t"), styles=styles))
        assert caught.value.code == "damaged"

    @pytest.mark.parametrize("trap", ["<!-- </w:style> -->", "<![CDATA[</w:style>]]>"])
    def test_an_end_that_is_none(self, trap: str) -> None:
        styles = style("t", trap, kind="table") + style("a", UNDERLINE)
        assert first(styled("甲", "a"), styles=styles).underlined == ((0, 1),)

    def test_other_ways_to_write_the_same(self) -> None:
        plain = style("a", UNDERLINE) + style("b", "", based="a", default=True)
        for styles in (
            plain.replace('w:styleId="a"', "w:styleId='a'"),
            plain.replace("<w:style ", "<w:style\n"),
            plain + '<w:style w:type="paragraph" w:styleId="c"/>',
            plain.replace('"a"', '"a&amp;"'),
        ):
            assert first(p("甲"), styles=styles).underlined == ((0, 1),), styles

    def test_the_default_is_the_first_of_paragraphs(self) -> None:
        styles = style("x", "", kind="character", default=True) + style("a", "") + style("b", UNDERLINE, default=True)
        found = first(p("甲"), styles=styles + style("c", "", default=True))
        assert (found.style, found.underlined) == ("b", ((0, 1),))


@pytest.mark.parametrize("tag", ["strike", "dstrike"])
def test_struck_out_by_style_and_not_again(tag: str) -> None:
    struck, off = f"<w:rPr><w:{tag}/></w:rPr>", f'<w:{tag} w:val="0"/>'
    styles = style("s", struck, kind="character") + style("a", struck) + style("b", "", based="a")
    by_character = p("单位", r("甲", '<w:rStyle w:val="s"/>'))
    lines = [by_character, styled("乙", "b"), p(r("丙", off), props='<w:pStyle w:val="a"/>'), p("丁")]
    assert [first(line, styles=styles).confidence < 0.9 for line in lines] == [True, True, False, False]
