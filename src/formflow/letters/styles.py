"""The elements of an official document as Word styles, in a letter template's styles part."""

from __future__ import annotations

from formflow.letters.elements import ELEMENTS, MARK, NUMBER, PAGE_NUMBER, SIZE_3, Element, Kind, lines_before
from formflow.letters.fonts.roles import OFFICIAL
from formflow.letters.geometry import (
    CHAR_MM,
    GAP_MM,
    LETTER_LINE_WIDTH_MM,
    TEXT_WIDTH_MM,
    TOP_MM,
    WORD_PITCH_TWIPS,
    WORD_TOP_MM,
    twips,
)
from formflow.letters.ooxml import NAMESPACES

# How far under its line's top a 3号 character stands in a 29.6 pt line: set-up B's margins make up for it (less in Word, more in
# LibreOffice; the middle of both).
_LINE_LEAD_MM = TOP_MM - WORD_TOP_MM + 0.6
_PAGE_NUMBER_LINE_PT = 16.0


def _fonts(role: str) -> str:
    name = OFFICIAL[role]
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def styles(kind: Kind) -> str:
    """The styles part: one named style for each element, nothing from a theme."""
    base = (
        f'{_fonts("body")}<w:color w:val="000000"/><w:kern w:val="0"/><w:sz w:val="32"/><w:szCs w:val="32"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN"/>'
    )
    return (
        f"<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>{base}</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
        '<w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
        + "".join(_style(element, kind) for element in ELEMENTS)
        + "</w:styles>"
    )


def _style(element: Element, kind: Kind) -> str:
    squeeze = '<w:spacing w:val="-5"/>' if element.size == SIZE_3 else ""
    size = round(element.size * 2)
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{element.name}"><w:name w:val="{element.name}"/>'
        f"<w:qFormat/><w:pPr>{_paragraph_properties(element, kind)}</w:pPr>"
        f'<w:rPr>{_fonts(element.role)}<w:b w:val="0"/><w:color w:val="{element.color}"/>{squeeze}'
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )


def _paragraph_properties(element: Element, kind: Kind) -> str:
    """In the schema's order."""
    keep = ("<w:keepNext/>" if element.keep_next else "") + ("<w:keepLines/>" if element.keep_lines else "")
    new_page = "<w:pageBreakBefore/>" if element.new_page else ""
    outline = "" if element.outline is None else f'<w:outlineLvl w:val="{element.outline}"/>'
    align = (
        "center"
        if element is NUMBER and kind == "red_header"
        else {"justify": "both"}.get(element.align, element.align)
    )
    return (
        f'{keep}{new_page}<w:widowControl w:val="0"/><w:kinsoku/><w:overflowPunct/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        f'<w:adjustRightInd w:val="0"/><w:snapToGrid w:val="0"/>{_spacing(element, kind)}{_indent(element)}<w:jc w:val="{align}"/>{outline}'
    )


def _spacing(element: Element, kind: Kind) -> str:
    before = round(lines_before(element, kind) * WORD_PITCH_TWIPS)
    line = WORD_PITCH_TWIPS
    if element is MARK:
        line = round(element.size * 20)
    elif element.name.startswith("表格"):
        line = round(element.size * 20 * 1.5)
    elif element is PAGE_NUMBER:
        line = round(_PAGE_NUMBER_LINE_PT * 20)
    elif element is NUMBER and kind == "letter":
        before = twips(max(0.0, GAP_MM - _LINE_LEAD_MM))
    return f'<w:spacing w:before="{before}" w:after="0" w:line="{line}" w:lineRule="exact"/>'


def _indent(element: Element) -> str:
    char = twips(CHAR_MM) if element.size == SIZE_3 else element.size * 20
    if element is MARK:
        side = -twips((LETTER_LINE_WIDTH_MM - TEXT_WIDTH_MM) / 2)
        return f'<w:ind w:left="{side}" w:right="{side}"/>'
    left, right = round(element.left * char), round(element.right * char)
    first = round(abs(element.first) * char)
    kind = "hanging" if element.first < 0 else "firstLine"
    return (
        f'<w:ind w:leftChars="{round(element.left * 100)}" w:left="{left}" w:rightChars="{round(element.right * 100)}" w:right="{right}" '
        f'w:{kind}Chars="{round(abs(element.first) * 100)}" w:{kind}="{first}"/>'
    )
