"""A finished Word letter in, its elements out: what each paragraph is by its named style, and its tables.

Only what the layout needs is taken: text with breaks, style, and the few settings a clerk changes by hand (alignment, page break, keep
with next). Everything else about the look belongs to the element. A paragraph in a style that is none of ours counts as 公文正文.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lxml import etree

from formflow.errors import ExitCode, FormflowError
from formflow.letters.elements import (
    BODY,
    BY_NAME,
    COPIES_TO,
    ENCLOSURES,
    MARK,
    SIGNATURE,
    TABLE_TEXT,
    Align,
    Element,
    Kind,
)
from formflow.letters.geometry import MM
from formflow.letters.ooxml import W, parse_xml, style_names

PAGE_BREAK, LINE_BREAK, TAB = "\f", "\n", "\t"
_ALIGN: dict[str, Align] = {"both": "justify", "distribute": "justify", "start": "left", "end": "right", "left": "left",
                           "center": "center", "right": "right"}  # fmt: skip


class TypesetError(FormflowError):
    """A Word file that cannot be set as a letter."""

    exit_code = ExitCode.CONFIGURATION


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as an element. `text` has "\\n" for line breaks and "\\t" for tabs."""

    element: Element
    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its paragraphs, and how many columns it spans."""

    paragraphs: tuple[Paragraph, ...]
    span: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row: cells, least height in mm, whether it repeats at the top of each page."""

    cells: tuple[Cell, ...]
    height_mm: float
    is_header: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its column widths in mm."""

    widths_mm: tuple[float, ...]
    rows: tuple[Row, ...]


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to be set. `mark` is the 发文机关标志, `imprint` the lines of the 版记; `unknown_styles` were taken for 公文正文."""

    kind: Kind
    mark: str
    blocks: tuple[Block, ...]
    imprint: tuple[Paragraph, ...]
    unknown_styles: tuple[str, ...]


def read_letter(docx: bytes) -> Letter:
    """Raises TypesetError if the bytes are no Word file."""
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as archive:
            names = archive.namelist()
            styles = style_names(archive.read("word/styles.xml") if "word/styles.xml" in names else None)
            body = parse_xml(archive.read("word/document.xml")).find(f"{W}body")
            heads = [parse_xml(archive.read(name)) for name in sorted(names) if name.startswith("word/header")]
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, EOFError, OSError) as error:
        raise TypesetError("不是完好的 Word 文件（.docx），无法排成 PDF。", "请重新生成这份文书。") from error
    if body is None:
        raise TypesetError("Word 文件里没有正文，无法排成 PDF。", "请重新生成这份文书。")
    return _Reader(styles).letter(body, heads)


class _Reader:
    """Reads one file; collects the styles it does not know."""

    def __init__(self, styles: Mapping[str, str]) -> None:
        self._styles = styles
        self._unknown: dict[str, None] = {}

    def letter(self, body: etree._Element, heads: list[etree._Element]) -> Letter:
        head_mark = next((p.text for head in heads for p in self._paragraphs(head) if p.element.name == MARK.name), "")
        blocks = list(self._blocks(body))
        body_mark = next((b.text for b in blocks if isinstance(b, Paragraph) and b.element.name == MARK.name), "")
        kind: Kind = "letter" if head_mark else "red_header" if body_mark else "form"
        kept = tuple(
            b for b in blocks if not isinstance(b, Paragraph) or b.element.name not in (MARK.name, COPIES_TO.name)
        )
        imprint = tuple(b for b in blocks if isinstance(b, Paragraph) and b.element.name == COPIES_TO.name)
        return Letter(kind, head_mark or body_mark, _keep_company(kept), imprint, tuple(self._unknown))

    def _blocks(self, container: etree._Element) -> Iterator[Block]:
        for child in container:
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{W}tbl":
                table = self._table(child)
                # A floating table is the 版记 at the foot of the last page; its paragraphs say so by their style.
                if child.find(f"{W}tblPr/{W}tblpPr") is not None:
                    yield from (p for row in table.rows for cell in row.cells for p in cell.paragraphs)
                else:
                    yield table
            elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins"):
                yield from self._blocks(child)

    def _paragraphs(self, container: etree._Element) -> Iterator[Paragraph]:
        for child in container.iter(f"{W}p"):
            yield from self._paragraph(child)

    def _paragraph(self, node: etree._Element, default: Element = BODY) -> Iterator[Paragraph]:
        """One paragraph, or several where a page break stands inside; an unstyled empty one is only Word's furniture."""
        element = self._element(node, default)
        text = _text(node)
        if not text.strip(LINE_BREAK) and node.find(f"{W}pPr/{W}pStyle") is None:
            return
        for number, piece in enumerate(text.split(PAGE_BREAK)):
            yield Paragraph(element if number == 0 else replace(element, new_page=True), piece)

    def _element(self, node: etree._Element, default: Element) -> Element:
        properties = node.find(f"{W}pPr")
        style = None if properties is None else properties.find(f"{W}pStyle")
        name = "" if style is None else self._styles.get(style.get(f"{W}val") or "", "")
        element = BY_NAME.get(name, default)
        if name and name not in BY_NAME:
            self._unknown[name] = None
        if properties is None:
            return element
        align = properties.find(f"{W}jc")
        value = None if align is None else align.get(f"{W}val") or ""
        if value:
            element = replace(element, align=_ALIGN.get(value, "justify"))
        if _is_on(properties, "pageBreakBefore"):
            element = replace(element, new_page=True)
        return replace(element, keep_next=True) if _is_on(properties, "keepNext") else element

    def _table(self, node: etree._Element) -> Table:
        widths = tuple(_millimetres(column.get(f"{W}w")) for column in node.findall(f"{W}tblGrid/{W}gridCol"))
        rows = tuple(self._row(row) for row in node.findall(f"{W}tr"))
        return Table(widths, rows)

    def _row(self, node: etree._Element) -> Row:
        height = node.find(f"{W}trPr/{W}trHeight")
        header = node.find(f"{W}trPr/{W}tblHeader")
        cells = tuple(self._cell(cell) for cell in node.findall(f"{W}tc"))
        return Row(cells, 0.0 if height is None else _millimetres(height.get(f"{W}val")), header is not None)

    def _cell(self, node: etree._Element) -> Cell:
        span = node.find(f"{W}tcPr/{W}gridSpan")
        paragraphs = tuple(p for child in node.findall(f"{W}p") for p in self._paragraph(child, TABLE_TEXT))
        return Cell(paragraphs, 1 if span is None else int(span.get(f"{W}val") or 1))


def _keep_company(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """7.3.5.5: no page with 署名 alone, so the paragraph before it (and before an 附件说明) stays with it."""
    kept = list(blocks)
    must_stay = False
    for index in reversed(range(len(kept))):
        here = kept[index]
        name = here.element.name if isinstance(here, Paragraph) else ""
        if must_stay and isinstance(here, Paragraph):
            kept[index] = replace(here, element=replace(here.element, keep_next=True))
        must_stay = name == SIGNATURE.name or (must_stay and name == ENCLOSURES.name)
    return tuple(kept)


def _text(node: etree._Element) -> str:
    """The visible text: deletions, field instructions and hidden properties left out."""
    pieces: list[str] = []
    for child in node.iter(f"{W}t", f"{W}br", f"{W}cr", f"{W}tab"):
        if child.tag == f"{W}t":
            pieces.append(child.text or "")
        elif child.tag == f"{W}tab":
            if etree.QName(child.getparent()).localname == "r":
                pieces.append(TAB)
        else:
            pieces.append(PAGE_BREAK if child.get(f"{W}type") == "page" else LINE_BREAK)
    return "".join(pieces)


def _is_on(properties: etree._Element, name: str) -> bool:
    node = properties.find(f"{W}{name}")
    return node is not None and node.get(f"{W}val") not in ("0", "false", "off")


def _millimetres(twips: str | None) -> float:
    try:
        return float(twips or 0) / 20 / MM
    except ValueError:
        return 0.0
