"""Word templates of official letters by GB/T 9704-2012, from a short description of what stands in them.

Out comes a .docx in which every paragraph has a named style that says which element it is; a clerk edits the words in Word or WPS,
the style keeps the layout. Font names are the official ones (the office's machines have them); pages, lines and characters are set
up so that 22 lines of 28 characters fit. The words with keys ({{ 单位名称 }}) are the caller's; nothing is filled in here (`word`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from formflow.letters.elements import (
    COPIES_TO,
    ENCLOSURES,
    MARK,
    NUMBER,
    PAGE_NUMBER,
    RED,
    SIGNATURE,
    SIZE_3,
    TABLE_HEAD,
    Element,
    Kind,
)
from formflow.letters.geometry import (
    BOTTOM_MM,
    LETTER_LINE_GAP_MM,
    LETTER_LINE_WIDTH_MM,
    LETTER_MARK_TOP_MM,
    MARK_TOP_MM,
    MM,
    PAGE_HEIGHT_MM,
    RED_LINE_GAP_MM,
    RIGHT_MM,
    TEXT_WIDTH_MM,
    WORD_BOTTOM_MM,
    WORD_PITCH_TWIPS,
    WORD_TOP_MM,
    twips,
)
from formflow.letters.ooxml import NAMESPACES, write_package
from formflow.letters.styles import styles

# 4 mm less what lies between the ink of the mark and the bottom of its line.
_MARK_LINE_PT = round(LETTER_LINE_GAP_MM * MM - 1.3)
_FOOTER_MM = 20.0  # the letter's lower double line; the page number stands above it


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph. In `text`, a tab starts a new column and {{ }} and {%p %} are keys and loops for `word.render`."""

    element: Element
    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; `{%tr …%}` in it makes its row a loop."""

    element: Element
    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its column widths in mm (156 together at most). Rows of `TABLE_HEAD` cells at the top repeat on each page."""

    widths_mm: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    row_height_mm: float = 9.0


Block = Text | Grid


@dataclass(frozen=True, slots=True)
class Skeleton:
    """What stands in a letter. `mark` is the 发文机关标志 (kinds letter and red_header), `copies_to` the 抄送 line of the 版记, `printed`
    its (印发机关, 印发日期); both are left out when empty. `copies_key`: the 抄送 line is printed only where this key is filled."""

    kind: Kind
    blocks: tuple[Block, ...]
    mark: str = ""
    copies_to: str = ""
    printed: tuple[str, str] | None = None
    copies_key: str = ""


def make(skeleton: Skeleton) -> bytes:
    """The template as .docx bytes; the same skeleton always gives the same bytes."""
    blocks = "".join(
        _block(block, _next(skeleton.blocks[index + 1 :]), skeleton.kind) for index, block in enumerate(skeleton.blocks)
    )
    # Word wants a paragraph behind a table, or takes two tables for one.
    gap = _GAP if isinstance(_next(tuple(reversed(skeleton.blocks))), Grid) else ""
    document = f"<w:document {NAMESPACES}><w:body>{_red_head(skeleton)}{blocks}{gap}{_imprint(skeleton)}{_section(skeleton.kind)}</w:body></w:document>"
    return write_package(document, _furniture(skeleton), styles(skeleton.kind), _SETTINGS)


_GAP = '<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
_SETTINGS = (
    f'<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:evenAndOddHeaders/><w:characterSpacingControl w:val="doNotCompress"/>'
    "<w:compat><w:adjustLineHeightInTable/>"
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>'
)


def _paragraph(element: Element, text: str, extra: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{element.name}"/>{extra}</w:pPr>{_runs(text)}</w:p>'


def _runs(text: str) -> str:
    """One run with the East Asian hint: without it “ ” … — come out in a Western font."""
    pieces = {"\t": "<w:tab/>", "\n": "<w:br/>"}
    inner = "".join(
        pieces.get(piece) or f'<w:t xml:space="preserve">{escape(piece)}</w:t>'
        for piece in re.split(r"([\t\n])", text)
        if piece
    )
    return f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>{inner}</w:r>' if inner else ""


def _next(blocks: Sequence[Block]) -> Block | None:
    """The first block that will be seen: a {%p if %} or {%p endfor %} is gone from the finished letter."""
    return next((block for block in blocks if isinstance(block, Grid) or not block.text.startswith("{%p ")), None)


def _block(block: Block, after: Block | None, kind: Kind) -> str:
    if isinstance(block, Grid):
        return _table(block)
    # 7.3.5.5: no page with 署名 alone, or with it and the 附件说明.
    keep = "<w:keepNext/>" if isinstance(after, Text) and after.element in (SIGNATURE, ENCLOSURES) else ""
    line = _red_line(RED_LINE_GAP_MM) if kind == "red_header" and block.element is NUMBER else ""
    return _paragraph(block.element, block.text, keep + line)


def _table(grid: Grid) -> str:
    columns = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in grid.widths_mm)
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{twips(sum(grid.widths_mm))}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="85" w:type="dxa"/>'
        f'<w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
        + "".join(_row(grid, row) for row in grid.rows) + "</w:tbl>"
    )  # fmt: skip


def _row(grid: Grid, row: tuple[Cell, ...]) -> str:
    header = "<w:tblHeader/>" if all(cell.element is TABLE_HEAD for cell in row) else ""
    height = f'<w:trHeight w:val="{twips(grid.row_height_mm)}" w:hRule="atLeast"/>'
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"{_paragraph(cell.element, cell.text)}</w:tc>"
        for width, cell in zip(grid.widths_mm, row, strict=False)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{height}{header}</w:trPr>{cells}</w:tr>"


def _border(side: str, style: str, eighths: int, space_pt: int = 0) -> str:
    return f'<w:pBdr><w:{side} w:val="{style}" w:sz="{eighths}" w:space="{space_pt}" w:color="{RED}"/></w:pBdr>'


def _red_line(gap_mm: float) -> str:
    return _border("bottom", "single", 8, round(gap_mm * MM - (WORD_PITCH_TWIPS / 20 - SIZE_3) / 4))


def _red_head(skeleton: Skeleton) -> str:
    """The 发文机关标志 of a red-headed page stands in the text area, 35 mm below its top."""
    if skeleton.kind != "red_header":
        return ""
    drop = twips(MARK_TOP_MM - WORD_TOP_MM)
    return _paragraph(MARK, skeleton.mark, f'<w:spacing w:before="{drop}"/>')


def _imprint(skeleton: Skeleton) -> str:
    """版记: 抄送 and 印发 at the foot of the last page, in a table fixed to the bottom of the text area."""
    rows = [_paragraph(COPIES_TO, f"抄送：{skeleton.copies_to}")] if skeleton.copies_to else []
    if skeleton.copies_key:
        rows = [
            _paragraph(COPIES_TO, "{%tr if " + skeleton.copies_key + " %}"),
            *rows,
            _paragraph(COPIES_TO, "{%tr endif %}"),
        ]
    if skeleton.printed and skeleton.kind == "red_header":
        tab = f'<w:tabs><w:tab w:val="right" w:pos="{twips(TEXT_WIDTH_MM) - 280}"/></w:tabs><w:ind w:left="280" w:right="0" w:firstLine="0"/>'
        rows.append(_paragraph(COPIES_TO, f"{skeleton.printed[0]}\t{skeleton.printed[1]}印发", tab))
    if not rows:
        return ""
    lined = skeleton.kind == "red_header"  # 10.1: a letter's 版记 has no lines
    edge = '<w:{} w:val="single" w:sz="{}" w:space="0" w:color="000000"/>'
    borders = edge.format("top", 8) + edge.format("bottom", 8) + edge.format("insideH", 6) if lined else ""
    width = twips(TEXT_WIDTH_MM)
    inner = "".join(
        f'<w:tr><w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{row}</w:tc></w:tr>' for row in rows
    )
    return (
        f'<w:tbl><w:tblPr><w:tblpPr w:vertAnchor="margin" w:horzAnchor="margin" w:tblpXSpec="center" w:tblpYSpec="bottom"/>'
        f'<w:tblW w:w="{width}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid>{inner}</w:tbl>{_GAP}'
    )  # fmt: skip


def _furniture(skeleton: Skeleton) -> dict[str, str]:
    """Headers and footers by part name: odd pages, even pages, and a letter's first page."""
    empty = '<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
    parts = {
        "header1": empty,
        "header2": empty,
        "footer1": _page_number("right"),
        "footer2": _page_number("left"),
    }
    if skeleton.kind == "letter":
        parts["header3"] = _paragraph(MARK, skeleton.mark, _border("bottom", "thickThinSmallGap", 24, _MARK_LINE_PT))
        side = -twips((LETTER_LINE_WIDTH_MM - TEXT_WIDTH_MM) / 2)
        parts["footer3"] = (
            f'<w:p><w:pPr>{_border("bottom", "thinThickSmallGap", 24)}<w:spacing w:line="20" w:lineRule="exact"/>'
            f'<w:ind w:left="{side}" w:right="{side}"/></w:pPr></w:p>'
        )
    tag = {"header": "hdr", "footer": "ftr"}
    return {name: f"<w:{tag[name[:6]]} {NAMESPACES}>{inner}</w:{tag[name[:6]]}>" for name, inner in parts.items()}


def _page_number(side: str) -> str:
    """— 2 —, 4号宋体, one character from the outer edge; an empty line under it lifts it to 7 mm below the text area."""
    spacer = twips(PAGE_HEIGHT_MM - _FOOTER_MM - _PAGE_NUMBER_BOTTOM_MM)
    run = '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>{}</w:r>'
    field = "".join(
        run.format(inner)
        for inner in ('<w:t xml:space="preserve">— </w:t>', '<w:fldChar w:fldCharType="begin"/>',
                      '<w:instrText xml:space="preserve"> PAGE </w:instrText>', '<w:fldChar w:fldCharType="separate"/>', "<w:t>1</w:t>",
                      '<w:fldChar w:fldCharType="end"/>', '<w:t xml:space="preserve"> —</w:t>')
    )  # fmt: skip
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{PAGE_NUMBER.name}"/><w:ind w:{side}="280"/><w:jc w:val="{side}"/></w:pPr>{field}</w:p>'
        f'<w:p><w:pPr><w:spacing w:line="{spacer}" w:lineRule="exact"/></w:pPr></w:p>'
    )


# Bottom of the page number's line such that its dash begins at 269 mm (measured on the rendered page).
_PAGE_NUMBER_BOTTOM_MM = BOTTOM_MM + 9.6


def _section(kind: Kind) -> str:
    names = ["header1:default", "header2:even", "footer1:default", "footer2:even"]
    names += ["header3:first", "footer3:first"] if kind == "letter" else []
    references = "".join(
        f'<w:{part[:6]}Reference w:type="{use}" r:id="{part}"/>' for part, use in (name.split(":") for name in names)
    )
    header = twips(LETTER_MARK_TOP_MM if kind == "letter" else 15)
    return (
        f'<w:sectPr>{references}<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="{twips(WORD_TOP_MM)}" w:right="{twips(210 - RIGHT_MM)}" '
        f'w:bottom="{twips(WORD_BOTTOM_MM)}" w:left="{twips(28)}" w:header="{header}" w:footer="{twips(_FOOTER_MM)}" w:gutter="0"/>'
        + ("<w:titlePg/>" if kind == "letter" else "") + f'<w:docGrid w:linePitch="{WORD_PITCH_TWIPS}"/></w:sectPr>'
    )  # fmt: skip
