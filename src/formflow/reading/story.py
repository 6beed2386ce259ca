"""Blocks of a Word part → the `Document` model's paragraphs and tables, each with its place.

The body, a cell, a text box and a header are all containers of blocks; a `Scope` says where one stands. Deleted paragraph marks join
paragraphs; text boxes follow the paragraph they hang on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from formflow.errors import UnreadableError
from formflow.model.document import Block, Cell, Locator, Paragraph, Picture, Table
from formflow.model.quick import maker
from formflow.reading import names as n
from formflow.reading.content import Mute
from formflow.reading.grid import Grid, Placed
from formflow.reading.limits import Limits
from formflow.reading.markup import Markup
from formflow.reading.numbering import Numbering
from formflow.reading.package import Package
from formflow.reading.pictures import look_of
from formflow.reading.refusals import refuse
from formflow.reading.runs import Line, RunReader
from formflow.reading.styles import StyleFacts, Styles, has_underscores, numbering_of
from formflow.reading.unsettled import UNSETTLED

_locator, _made_paragraph, _made_cell = maker(Locator), maker(Paragraph), maker(Cell)


@dataclass(slots=True)
class Scope:
    """A container being read: the prefix of the places inside it, and how many of each kind it has had so far.

    `cell` is the place all paragraphs of a table cell share; elsewhere they are counted."""

    prefix: str = ""
    depth: int = 0
    cell: Locator | None = None
    paragraphs: int = 0
    tables: int = 0
    text_boxes: int = 0

    def paragraph_place(self) -> Locator:
        self.paragraphs += 1
        return self.cell or _locator(f"{self.prefix}paragraph {self.paragraphs}")

    def inner(self, prefix: str, cell: Locator | None = None) -> Scope:
        return Scope(f"{prefix}, ", self.depth + 1, cell)


@dataclass(slots=True)
class _Paragraph:
    """A w:pPr's own word. `joins_next`: its mark is deleted."""

    facts: StyleFacts
    numbering: tuple[str, int] | None = None
    has_underscored_tabs: bool = False
    joins_next: bool = False


class Story:
    """Reads the parts of one document. `numbering` is called when the first list paragraph is met. `has_chunks` tells afterwards
    that another document is embedded, which is not read, `has_struck` that text is struck out."""

    def __init__(self, package: Package, limits: Limits, styles: Styles, numbering: Callable[[], Numbering]) -> None:
        self._package, self._limits = package, limits
        self._styles, self._numbering = styles, numbering
        self._markup: Markup
        self._runs: RunReader
        self._links: dict[str, str] = {}
        self._looks: dict[str, Picture] = {}
        self._plain: dict[str | None, _Paragraph] = {}
        self._usual = self._properties(())
        self._blocks = 0
        self.has_chunks = self.has_struck = False

    def read(self, part: str, root: etree._Element, container: etree._Element, scope: Scope) -> tuple[Block, ...]:
        """The blocks of `container`, an element of the part with that name and root."""
        self._markup = Markup(root)
        self._runs = RunReader(self._markup, self._styles)
        self._links = {link_id: link.target for link_id, link in self._package.relationships(part).items()}
        return tuple(self._read(container, scope, None))

    def _read(self, container: etree._Element, scope: Scope, mute: Mute) -> list[Block]:
        if scope.depth > self._limits.max_depth:
            raise refuse("hostile", "表格嵌套层数过多")
        blocks: list[Block] = []
        waiting: Line | None = None  # a paragraph whose mark is deleted, to be joined with the next
        for element, muted in self._markup.content(container, mute):
            tag = element.tag
            if tag == n.P:
                waiting = self._paragraph(element, muted, waiting, scope, blocks)
            elif tag == n.TBL:
                if waiting is not None and waiting.length:
                    self._finish(waiting, _Paragraph(StyleFacts()), scope, blocks)
                waiting = None
                blocks.extend(self._table(element, scope, muted))
            elif tag == n.ALT_CHUNK:
                self.has_chunks = True
        if waiting is not None and (waiting.length or waiting.shapes or not blocks):
            self._finish(waiting, _Paragraph(StyleFacts()), scope, blocks)
        return blocks

    def _count(self, number: int = 1) -> None:
        self._blocks += number
        if self._blocks > self._limits.max_blocks:
            raise refuse("too_large", "段落和表格过多")

    def _paragraph(
        self, element: etree._Element, mute: Mute, waiting: Line | None, scope: Scope, blocks: list[Block]
    ) -> Line | None:
        """Reads on; gives the line back if the next paragraph is to be joined to it."""
        self._count()
        said = self._markup.properties(element)
        properties = self._properties(said) if said else self._usual
        line = waiting or Line()
        if mute is None:
            self._runs.read(line, element, properties.facts, None, properties.has_underscored_tabs)
        elif mute:
            line.add(mute)
        if properties.joins_next:
            return line
        self._finish(line, properties, scope, blocks)
        return None

    def _finish(self, line: Line, properties: _Paragraph, scope: Scope, blocks: list[Block]) -> None:
        place = scope.paragraph_place()
        pictures, boxes = self._shapes(line) if line.shapes else ((), ())
        number = None if properties.numbering is None else self._numbering().next(*properties.numbering)
        underlined = tuple(line.underlined)
        sureness = UNSETTLED if line.is_struck else 1.0
        self.has_struck |= line.is_struck
        blocks.append(_made_paragraph(line.text, place, underlined, pictures, properties.facts.name, number, sureness))
        for box in boxes:
            scope.text_boxes += 1
            blocks.extend(self._read(box, scope.inner(f"{scope.prefix}text box {scope.text_boxes}"), None))

    def _properties(self, said: Sequence[etree._Element]) -> _Paragraph:
        """What a paragraph's own properties come to, with those of its style."""
        style_id, num_pr, tabs, joins = None, None, None, False
        for child in said:
            tag = child.tag
            if tag == n.PSTYLE:
                style_id = child.get(n.VAL)
            elif tag == n.NUM_PR:
                num_pr = child
            elif tag == n.TABS:
                tabs = child
            elif tag in n.DELETIONS:
                joins = True
        plain = self._plain.get(style_id)
        if plain is None:
            facts = self._styles.paragraph(style_id)
            plain = self._plain[style_id] = _Paragraph(facts, _list_of(facts, None), facts.has_underscored_tabs)
        if num_pr is None and tabs is None and not joins:
            return plain
        has_underscored_tabs = plain.has_underscored_tabs or (tabs is not None and has_underscores(tabs))
        return _Paragraph(plain.facts, _list_of(plain.facts, num_pr), has_underscored_tabs, joins)

    def _shapes(self, line: Line) -> tuple[tuple[Picture, ...], Sequence[etree._Element]]:
        pictures: list[Picture] = []
        boxes: list[etree._Element] = []
        for shape in line.shapes:
            if shape.tag == n.TXBX_CONTENT:
                boxes.append(shape)
            else:
                target = self._links.get(shape.get(n.EMBED) or shape.get(n.RELATIONSHIP_ID) or "")
                if target is not None:
                    pictures.append(self._picture(target))
        return tuple(pictures), boxes

    def _picture(self, name: str) -> Picture:
        if name not in self._looks:
            look = None
            if len(self._looks) < self._limits.max_pictures and self._package.has(name):
                try:
                    look = look_of(self._package.read(name), self._limits.max_pixels)
                except UnreadableError:
                    look = None  # a damaged picture does not spoil the text
            self._looks[name] = Picture(name, look)
        return self._looks[name]

    def _table(self, element: etree._Element, scope: Scope, mute: Mute) -> Iterator[Block]:
        grid = Grid(element, self._markup, self._limits.max_columns)
        if not grid.cells:
            return
        scope.tables += 1
        place = f"{scope.prefix}table {scope.tables}"
        self._count(len(grid.cells))
        cells = tuple(self._cell(placed, scope, place, mute) for placed in grid.cells)
        yield Table(grid.rows, grid.columns, cells, Locator(place))

    def _cell(self, placed: Placed, scope: Scope, table_place: str, mute: Mute) -> Cell:
        place = _locator(f"{table_place}, row {placed.row + 1}, column {placed.column + 1}")
        inner = scope.inner(place.part, place)
        blocks = self._read(placed.element, inner, placed.mute if mute is None else mute)
        return _made_cell(placed.row, placed.column, placed.row_span, placed.column_span, tuple(blocks), place)


def _list_of(facts: StyleFacts, num_pr: etree._Element | None) -> tuple[str, int] | None:
    """(numId, level) of a paragraph: its own over its style's; numId 0 takes it out of the list."""
    num_id, level = numbering_of(num_pr) if num_pr is not None else (None, None)
    if facts.numbering is not None:
        num_id = num_id or facts.numbering[0]
        level = facts.numbering[1] if level is None else level
    return None if num_id is None or num_id == "0" else (num_id, level or 0)
