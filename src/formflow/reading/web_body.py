"""A web page's tree → its blocks in order: paragraphs, headings (by their style), tables as true grids.

What is not to be seen, and what only leads elsewhere, is left out; see `web`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import html

from formflow.model.document import Block, Cell, Locator, Paragraph, Table
from formflow.reading.limits import Limits
from formflow.reading.refusals import refuse
from formflow.reading.unsettled import UNSETTLED

_LEFT_OUT = frozenset((
    "head", "script", "style", "noscript", "template", "nav", "iframe", "frame", "frameset", "object", "embed", "applet",
    "svg", "math", "canvas", "audio", "video", "map", "select", "option", "datalist", "button", "textarea", "input",
    "label", "menu", "dialog",
))  # fmt: skip
_BESIDE = frozenset(("header", "footer", "aside"))
_BLOCKS = frozenset((
    "html", "body", "div", "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "pre", "blockquote",
    "section", "article", "main", "header", "footer", "aside", "figure", "figcaption", "address", "center", "form",
    "fieldset", "hr", "tr", "td", "th", "thead", "tbody", "tfoot", "table", "caption", "details", "summary",
    "founder-title", "founder-content",
))  # fmt: skip
_HEADINGS = {f"h{level}": f"heading {level}" for level in range(1, 7)}
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d]*[1-9])|opacity\s*:\s*0(?:;|$)"
)
_STRIKING = frozenset(("s", "strike", "del"))
_STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;]*\bline-through\b")
_MENU_ROLES = frozenset(("navigation", "menu", "menubar", "search", "banner", "contentinfo", "dialog", "alert"))
_SPACE = re.compile(r"[ \t\r\f\v\xa0\u200b]+")
# White space around a line break in the source is none between Chinese characters.
_BROKEN = re.compile(r"(?<=[\u2e80-\uffef“”‘’…—])[ \t]*\n\s*(?=[\u2e80-\uffef“”‘’…—])")
# A block of so many links that are so much of its text, with no more than a line beside them, leads elsewhere.
_FEWEST_LINKS, _LINKED, _A_LINE = 3, 0.6, 40


def squeezed(text: str) -> str:
    """The text with white space as a page shows it; ideographic spaces are kept, for they indent."""
    return _SPACE.sub(" ", _BROKEN.sub("", text).replace("\n", " ")).strip(" ")


@dataclass(frozen=True, slots=True)
class _Weight:
    """How long an element's text is, how much of it stands in links, and how many links there are."""

    text: int = 0
    linked: int = 0
    links: int = 0

    def __add__(self, other: _Weight) -> _Weight:
        return _Weight(self.text + other.text, self.linked + other.linked, self.links + other.links)

    @property
    def leads_elsewhere(self) -> bool:
        return self.links >= _FEWEST_LINKS and self.linked >= _LINKED * self.text and self.text - self.linked <= _A_LINE


class Body:
    """The blocks of a page and, as lines, what stands beside its text; filled by `read`. `has_struck`: some of it is struck out."""

    def __init__(self, limits: Limits) -> None:
        self.blocks: list[Block] = []
        self.furniture: list[str] = []
        self._limits = limits
        self._weights: dict[html.HtmlElement, _Weight] = {}
        self._counts = [0, 0]
        # How many elements around strike out what stands in them.
        self._strikes = 0
        self.has_struck = False
        self._made = 0

    def read(self, root: html.HtmlElement) -> None:
        """Takes in the page."""
        body = root.find("body") if root.find("body") is not None else root
        self._weigh(body)
        self._stretch(body, self.blocks, "", self._counts)

    def _weigh(self, element: html.HtmlElement) -> _Weight:
        if not isinstance(element.tag, str) or element.tag in _LEFT_OUT or _is_hidden(element):
            return _Weight()
        own = _Weight(len((element.text or "").strip()))
        for child in element:
            own += self._weigh(child)
            own += _Weight(len((child.tail or "").strip()))
        if element.tag == "a" and element.get("href"):
            own = _Weight(own.text, own.text, 1)
        self._weights[element] = own
        return own

    def _is_left_out(self, element: html.HtmlElement) -> bool:
        weight = self._weights.get(element)
        return weight is None or (element.tag in _BLOCKS and weight.leads_elsewhere)

    def _stretch(self, element: html.HtmlElement, into: list[Block], prefix: str, counts: list[int]) -> None:
        """The blocks inside an element, added to `into`; parts are named behind `prefix`."""
        text: list[str] = []
        struck: list[str] = []

        def add(words: str | None) -> None:
            text.append(words or "")
            if self._strikes and words and words.strip():
                struck.append(words)

        def flush(style: str | None) -> None:
            if line := squeezed("".join(text)):
                counts[0] += 1
                self._count()
                self.has_struck |= bool(struck)
                place, sureness = Locator(f"{prefix}paragraph {counts[0]}"), UNSETTLED if struck else 1.0
                into.append(Paragraph(line, place, style=style, confidence=sureness))
            text.clear()
            struck.clear()

        def walk(inner: html.HtmlElement, style: str | None) -> None:
            self._strikes += _is_struck(inner)
            add(inner.text)
            for child in inner:
                if isinstance(child.tag, str) and not self._is_left_out(child):
                    visit(child, style)
                add(child.tail)
            self._strikes -= _is_struck(inner)

        def visit(child: html.HtmlElement, style: str | None) -> None:
            tag = str(child.tag)
            if tag == "br" and style:
                text.append(" ")  # a heading of two lines is one
            elif tag == "br":
                flush(style)
            elif tag in _BESIDE and not prefix:
                flush(style)
                self.furniture.extend(self._lines(child))
            elif tag == "table" and (grid := _grid(child, self._limits)):
                flush(style)
                counts[1] += 1
                into.append(self._table(grid, f"{prefix}table {counts[1]}"))
            elif tag in _BLOCKS:
                flush(style)
                walk(child, _HEADINGS.get(tag, style))
                flush(_HEADINGS.get(tag, style))
            else:
                walk(child, style)

        walk(element, None)
        flush(None)

    def _lines(self, element: html.HtmlElement) -> Iterator[str]:
        beside: list[Block] = []
        self._stretch(element, beside, "header, ", [0, 0])
        yield from (block.text for block in beside if isinstance(block, Paragraph))

    def _table(self, grid: _Grid, part: str) -> Table:
        cells = []
        for placed in grid.cells:
            inside: list[Block] = []
            name = f"{part}, row {placed.row + 1}, column {placed.column + 1}"
            around = sum(map(_is_struck, placed.element.iterancestors("table", "thead", "tbody", "tfoot", "tr")))
            self._strikes += around
            self._stretch(placed.element, inside, f"{name}, ", [0, 0])
            self._strikes -= around
            self._count()
            place = Locator(name)
            cells.append(Cell(placed.row, placed.column, placed.row_span, placed.column_span, tuple(inside), place))
        return Table(grid.rows, grid.columns, tuple(cells), Locator(part))

    def _count(self) -> None:
        self._made += 1
        if self._made > self._limits.max_blocks:
            raise refuse("too_large", "段落和单元格过多")


@dataclass(frozen=True, slots=True)
class _Placed:
    row: int
    column: int
    row_span: int
    column_span: int
    element: html.HtmlElement


@dataclass(frozen=True, slots=True)
class _Grid:
    rows: int
    columns: int
    cells: tuple[_Placed, ...]


def _grid(table: html.HtmlElement, limits: Limits) -> _Grid | None:
    """The grid of a table that tells something; None for one that only places things: of one row or column, or with tables in it."""
    if table.get("role") == "presentation" or table.find(".//table") is not None:
        return None
    rows = table.xpath("./tr | ./thead/tr | ./tbody/tr | ./tfoot/tr")
    taken: set[tuple[int, int]] = set()
    cells: list[_Placed] = []
    for row, element in enumerate(rows):
        column = 0
        for cell in element.xpath("./td | ./th"):
            while (row, column) in taken:
                column += 1
            width = _span(cell, "colspan", max(1, limits.max_columns - column))
            height = _span(cell, "rowspan", len(rows) - row)
            if column >= limits.max_columns:
                raise refuse("too_large", "表格列数过多")
            taken.update((row + down, column + right) for down in range(height) for right in range(width))
            cells.append(_Placed(row, column, height, width, cell))
            column += width
    columns = max((column + 1 for _, column in taken), default=0)
    if len(rows) < 2 or columns < 2:
        return None
    return _Grid(len(rows), columns, tuple(cells))


def _span(cell: html.HtmlElement, name: str, most: int) -> int:
    said = re.match(r"\s*(\d{1,4})", cell.get(name) or "1")
    wanted = int(said[1]) if said else 1
    # 0 is to the end.
    return min(most, wanted or most) if most > 0 else 1


def _is_struck(element: html.HtmlElement) -> bool:
    return element.tag in _STRIKING or bool(_STRUCK.search((element.get("style") or "").lower()))


def _is_hidden(element: html.HtmlElement) -> bool:
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or (element.get("role") or "").lower() in _MENU_ROLES
        or bool(_HIDING.search((element.get("style") or "").lower()))
    )
