"""Automatic list numbers, counted as Word counts."""

from lxml import etree

from formflow.reading.numbering import Numbering
from support.wordml import part


def level(index: int, number_format: str, text: str, extra: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{number_format}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(key: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{key}">{"".join(levels)}</w:abstractNum>'


def num(key: int, of: int, extra: str = "") -> str:
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{of}"/>{extra}</w:num>'


def numbering(*inner: str) -> Numbering:
    return Numbering(etree.fromstring(part("numbering", "".join(inner)).encode()))


OUTLINE = abstract(
    0,
    level(0, "japaneseCounting", "%1、"),
    level(1, "chineseCountingThousand", "（%2）"),
    level(2, "decimal", "%1.%2.%3", "<w:isLgl/>"),
)


def test_levels_count_and_start_again() -> None:
    lists = numbering(OUTLINE, num(1, 0))
    found = [lists.next("1", index) for index in (0, 1, 1, 2, 0, 1, 2)]
    assert found == ["一、", "（一）", "（二）", "1.2.1", "二、", "（一）", "2.1.1"]


def test_lists_of_one_kind_go_on_unless_they_restart() -> None:
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/></w:lvlOverride>'
    lists = numbering(OUTLINE, num(1, 0), num(2, 0), num(3, 0, restart))
    assert [lists.next(key, 0) for key in ("1", "1", "2", "3", "3")] == ["一、", "二、", "三、", "三、", "四、"]


def test_start_and_level_override() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1)", start=2)}</w:lvlOverride>'
    lists = numbering(abstract(0, level(0, "decimal", "%1.", start=5)), num(1, 0), num(2, 0, own))
    assert lists.next("1", 0) == "5."
    assert numbering(OUTLINE, num(2, 0, own)).next("2", 0) == "B)"
    assert lists.next("2", 0) == "F)"


def test_never_restarting_level() -> None:
    going_on = abstract(0, level(0, "decimal", "%1"), level(1, "decimal", "%2", '<w:lvlRestart w:val="0"/>'))
    lists = numbering(going_on, num(1, 0))
    assert [lists.next("1", index) for index in (0, 1, 0, 1)] == ["1", "1", "2", "2"]


def test_bullets_and_nothing() -> None:
    box = level(0, "bullet", "\uf0a8", '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>')
    lists = numbering(abstract(0, box), abstract(1, level(0, "none", "")), num(1, 0), num(2, 1))
    assert lists.next("1", 0) == "☐"
    assert lists.next("2", 0) is None


def test_custom_format_in_an_alternate() -> None:
    custom = (
        '<w:lvl w:ilvl="0"><mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001"/></mc:Choice>'
        '<mc:Fallback><w:numFmt w:val="decimalZero"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1"/></w:lvl>'
    )
    assert numbering(abstract(0, custom), num(1, 0)).next("1", 0) == "01"


def test_list_defined_by_a_style() -> None:
    defined = (
        '<w:abstractNum w:abstractNumId="7"><w:styleLink w:val="s"/>' + level(0, "decimal", "%1)") + "</w:abstractNum>"
    )
    linked = '<w:abstractNum w:abstractNumId="8"><w:numStyleLink w:val="s"/></w:abstractNum>'
    assert numbering(defined, linked, num(1, 8)).next("1", 0) == "1)"


def test_what_does_not_exist_has_no_number() -> None:
    lists = numbering(OUTLINE, num(1, 0), num(2, 99))
    assert [lists.next("9", 0), lists.next("1", 9), lists.next("1", -1), lists.next("2", 0)] == [None] * 4
    assert Numbering(None).next("1", 0) is None
