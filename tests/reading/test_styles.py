"""What styles say of text, inherited and overridden."""

from lxml import etree

from formflow.reading.styles import without_table_styles
from support.wordml import first, p, part, r


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


def test_table_styles_are_left_out_before_parsing() -> None:
    between = style("t", "<w:tblStylePr><w:rPr/></w:tblStylePr>", kind="table") * 3
    whole = part(
        "styles", "<w:docDefaults/>" + style("a", UNDERLINE) + between + style("b", "", based="a") + between
    ).encode()
    trimmed = etree.fromstring(without_table_styles(whole))
    assert [child.get(etree.QName(child).text.replace("}style", "}styleId")) for child in trimmed] == [None, "a", "b"]
    assert first(styled("甲", "b"), styles=style("a", UNDERLINE) + between + style("b", "", based="a")).underlined == (
        (0, 1),
    )


def test_styles_that_might_be_cut_in_the_wrong_place_are_left_whole() -> None:
    for trap in ("<!-- </w:style> -->", "<![CDATA[</w:style>]]>"):
        whole = part("styles", style("t", trap, kind="table")).encode()
        assert without_table_styles(whole) == whole
