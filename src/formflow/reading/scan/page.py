"""One page's pixels → what stands on it: tables with their cells' paragraphs and pictures, and the paragraphs of the open page.

This reads as the steps a page goes through. In: pixels of one page and the networks. Out: a `ReadPage`, places in points of the original
page. Joining pages to a document is `assemble`'s.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np

from formflow.model.document import Box, Picture
from formflow.reading.scan.areas import Area, Pixels, whole
from formflow.reading.scan.cells import RuledCell, RuledTable
from formflow.reading.scan.checkboxes import find_boxes, mark_boxes
from formflow.reading.scan.networks import Networks
from formflow.reading.scan.places import Places, place
from formflow.reading.scan.ruling import underlines
from formflow.reading.scan.seals import find_dark_rings, has_colour
from formflow.reading.scan.setting import Passage, set_text
from formflow.reading.scan.sheet import Sheet, prepared, without_dark_rings
from formflow.reading.scan.signatures import Signature, signatures, text_lines
from formflow.reading.scan.sound import doubtful_areas
from formflow.reading.scan.stamped import home_of, reaches
from formflow.reading.scan.straighten import straighten, turned
from formflow.reading.scan.text import Line, find_text, read_lines, without_bleed

_SAMPLE, _DOUBTFUL = 8, 0.8
_DOUBTED = 0.8
_PAGE_NUMBER = re.compile(
    r"^[\s\-—–－~·.]*(?:第\s*)?\d{1,3}(?:\s*页)?(?:\s*[/／共]\s*(?:共\s*)?\d{1,3}\s*页?)?[\s\-—–－~·.]*$"
)
_MARGIN = 0.08  # of the page's height: page numbers stand there
_FULL = 1.5  # line heights: what a cell's margin and a character that did not fit leave free behind a full line


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph with its place and what is stuck to it. `surety` is the least probability of a character."""

    text: str
    box: Box
    surety: float
    underlined: tuple[tuple[int, int], ...] = ()
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadCell:
    """A cell of a page's table: 0-based place, spans, what stands in it. `is_full`: its last line runs to its edge and ends no sentence."""

    row: int
    column: int
    row_span: int
    column_span: int
    pieces: tuple[Piece, ...]
    box: Box
    is_full: bool = False


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table of a page; `down` are the x of its grid lines in points of the upright page."""

    down: tuple[float, ...]
    rows: int
    cells: tuple[ReadCell, ...]
    box: Box


@dataclass(frozen=True, slots=True)
class ReadPage:
    """What stands on a page, from top to bottom; page numbers apart. `has_colour`: the page could show a red seal."""

    parts: tuple[Piece | ReadTable, ...]
    furniture: tuple[Piece, ...]
    has_colour: bool


def read_page(
    pixels: Pixels, networks: Networks, size: tuple[float, float], dots_per_inch: float | None = None
) -> ReadPage:
    """Reads one page. `size` is its width and height in points; `dots_per_inch` None when nobody knows (a photo)."""
    sheet = prepared(pixels, straighten(pixels, dots_per_inch))
    boxes = find_text(sheet.bare, networks)
    if _lies_on_its_side(boxes):
        sheet = prepared(pixels, turned(sheet.straight, 1))
        boxes = find_text(sheet.bare, networks)
    places, lines = _read(sheet, boxes, networks)
    if _is_upside_down(sheet, lines, networks):
        sheet = prepared(pixels, turned(sheet.straight, 2))
        boxes = find_text(sheet.bare, networks)
        places, lines = _read(sheet, boxes, networks)
    is_coloured = has_colour(pixels)
    if not is_coloured and _asks_for_marks(lines) and (rings := find_dark_rings(sheet.bare)):
        clearer = without_dark_rings(sheet, rings, lines)
        if clearer.bare is not sheet.bare:
            places, lines = _read_again(clearer, boxes, lines, networks)
        sheet = clearer
    lines = without_bleed(lines, sheet.bare)
    checks = find_boxes(sheet.bare)
    doubtful = [*sheet.unclear, *doubtful_areas(sheet.tables, sheet.ruling)]
    by_area = {line.area: mark_boxes(_no_surer(line, doubtful), checks) for line in lines}
    points = size[0] / pixels.shape[1], size[1] / pixels.shape[0]
    return _Page(sheet, places, by_area, points).read(is_coloured)


def _asks_for_marks(lines: list[Line]) -> bool:
    """Whether something on the page is to be sealed or signed: a page without colour is not searched for seals otherwise."""
    return any("章" in line.text or "签" in line.text for line in lines)


def _no_surer(line: Line, doubtful: list[Area]) -> Line:
    """The line, less sure where a seal without colour lies on it (its strokes may have been read as characters) or the rules do not tell
    surely in which cell it stands."""
    if not any(line.area.common(area) for area in doubtful):
        return line
    return replace(line, shares=tuple(min(share, _DOUBTED) for share in line.shares))


def _lies_on_its_side(boxes: list[Area]) -> bool:
    """Whether most text runs up or down the page."""
    upright = sum(box.width for box in boxes if box.width > 1.5 * box.height)
    return sum(box.height for box in boxes if box.height > 1.5 * box.width) > 1.5 * upright


def _read(sheet: Sheet, boxes: list[Area], networks: Networks) -> tuple[Places, list[Line]]:
    places = place(boxes, sheet.tables, sheet.ink)
    return places, read_lines(sheet.bare, places.all, networks)


def _read_again(clearer: Sheet, boxes: list[Area], lines: list[Line], networks: Networks) -> tuple[Places, list[Line]]:
    """What stands on a page whose seals have been paled: read anew where they lie, as it was read everywhere else."""
    rings = clearer.unclear
    kept = [box for box in boxes if not any(box.common(ring) for ring in rings)]
    new = [
        box
        for box in find_text(clearer.bare, networks)
        if any(box.common(ring) for ring in rings) or not any(box.common(other) for other in kept)
    ]
    places = place([*kept, *new], clearer.tables, clearer.ink)
    known = {line.area: line for line in lines if not any(line.area.common(ring) for ring in rings)}
    read = read_lines(clearer.bare, [area for area in places.all if area not in known], networks)
    known |= {line.area: line for line in read}
    return places, [known[area] for area in places.all]


def _is_upside_down(sheet: Sheet, lines: list[Line], networks: Networks) -> bool:
    """Whether the longest lines read better the other way round: tried only where they read badly as they stand."""
    longest = sorted(lines, key=lambda line: -line.area.width)[:_SAMPLE]
    if not longest or (upright := _mean_share(longest)) >= _DOUBTFUL:
        return False
    height, width = sheet.bare.shape[:2]
    areas = (line.area for line in longest)
    opposite = [Area(width - area.x1, height - area.y1, width - area.x0, height - area.y0) for area in areas]
    return _mean_share(read_lines(np.ascontiguousarray(np.rot90(sheet.bare, 2)), opposite, networks)) > upright + 0.1


def _mean_share(lines: list[Line]) -> float:
    shares = [share for line in lines for share in line.shares]
    return float(np.mean(shares)) if shares else 0.0


class _Page:
    """A page whose lines have been read, being put together."""

    def __init__(self, sheet: Sheet, places: Places, lines: dict[Area, Line], points: tuple[float, float]) -> None:
        self.sheet = sheet
        self.places = places
        self.lines = lines
        self.points = points
        self.rules = underlines(sheet.ruling, [cell.area for table in sheet.tables for cell in table.cells])
        self.open_area = whole(sheet.clean)
        cells = [(cell.area, any("章" in lines[area].text for area in areas)) for _, cell, areas in places.cells]
        self.homes = [(seal, home_of(seal, cells)) for seal in sheet.seals]
        self.asking = {area for area, is_asking in cells if is_asking}

    def read(self, is_coloured: bool) -> ReadPage:
        tables = [(table.area.y0, self._table(table)) for table in self.sheet.tables]
        pieces, furniture = self._open_page()
        parts: list[tuple[float, Piece | ReadTable]] = [*tables, *pieces]
        ordered = tuple(part for _, part in sorted(parts, key=lambda part: part[0]))
        return ReadPage(ordered, tuple(furniture), is_coloured)

    def _box(self, area: Area) -> Box:
        x0, y0, x1, y1 = self.sheet.straight.original(area)
        across, down = self.points
        return Box(round(x0 * across, 1), round(y0 * down, 1), round(x1 * across, 1), round(y1 * down, 1))

    def _table(self, table: RuledTable) -> ReadTable:
        cells = tuple(self._cell(cell, areas) for own, cell, areas in self.places.cells if own is table)
        return ReadTable(table.down, table.rows, cells, self._box(table.area))

    def _cell(self, cell: RuledCell, areas: tuple[Area, ...]) -> ReadCell:
        lines = [self.lines[area] for area in areas]
        rules = [rule for rule in self.rules if rule.common(cell.area)]
        usual = float(np.median([line.area.height for line in lines])) if lines else 0.0
        is_stack = bool(lines) and all(len(line.text.strip()) <= 1 for line in lines) and len(lines) > 1
        passages = set_text(text_lines(lines), cell.area.x1 - 0.25 * usual, rules, is_stack=is_stack)
        pieces = self._with_pictures(passages, lines, cell.area)
        last = passages[-1] if passages else None
        is_full = last is not None and cell.area.x1 - last.areas[-1].x1 < _FULL * usual and not last.text.endswith("。")
        return ReadCell(cell.row, cell.column, cell.row_span, cell.column_span, pieces, self._box(cell.area), is_full)

    def _open_page(self) -> tuple[list[tuple[float, Piece]], list[Piece]]:
        lines = [self.lines[area] for area in self.places.open]
        rules = [rule for rule in self.rules if not any(rule.common(table.area) for table in self.sheet.tables)]
        right = max(
            (area.x1 for area in (*(line.area for line in lines), *(t.area for t in self.sheet.tables))), default=0
        )
        passages = set_text(text_lines(lines), right, rules)
        body = [passage for passage in passages if not self._is_furniture(passage)]
        pieces = self._with_pictures(body, lines, self.open_area, is_open=True)
        placed = [(float(passage.area.y0), piece) for passage, piece in zip(body, pieces, strict=False)]
        # Seals on a page without text still count: they come as a paragraph of their own.
        placed += [(float(self.open_area.y1), piece) for piece in pieces[len(body) :]]
        furniture = [self._piece(passage) for passage in passages if self._is_furniture(passage)]
        return placed, furniture

    def _is_furniture(self, passage: Passage) -> bool:
        middle, height = passage.area.middle[1], self.open_area.height
        is_marginal = middle < _MARGIN * height or middle > (1 - _MARGIN) * height
        return is_marginal and bool(_PAGE_NUMBER.match(passage.text))

    def _piece(self, passage: Passage, pictures: tuple[Picture, ...] = ()) -> Piece:
        return Piece(passage.text, self._box(passage.area), passage.surety, passage.underlined, pictures)

    def _with_pictures(
        self, passages: list[Passage], lines: list[Line], ground: Area, *, is_open: bool = False
    ) -> tuple[Piece, ...]:
        """The paragraphs with the seals and signatures that belong to them; without a paragraph they get one of their own."""
        home = None if is_open else ground
        stuck = [(seal.area, Picture("seal", "seal")) for seal, own in self.homes if own == home]
        # Whose a seal is that lies across two places that ask for one is for a person to say.
        stuck += [
            (seal.area, Picture("seal", "other"))
            for seal, own in self.homes
            if own != home and home in self.asking and reaches(seal, home)
        ]
        stuck += [(each.area, self._ink(each)) for each in signatures(lines, ground, self.sheet.written)]
        nearest = [
            min(range(len(passages)), key=lambda at: _distance(passages[at], area), default=-1) for area, _ in stuck
        ]
        pieces = [
            self._piece(passage, tuple(picture for (_, picture), own in zip(stuck, nearest, strict=True) if own == at))
            for at, passage in enumerate(passages)
        ]
        if stuck and not passages:
            pieces.append(Piece("", self._box(stuck[0][0]), 1.0, (), tuple(picture for _, picture in stuck)))
        return tuple(pieces)

    def _ink(self, found: Signature) -> Picture:
        """The picture of a signature; of something else where the name may be typed, or a seal without colour may have made the strokes."""
        is_sure = found.is_sure and not any(found.area.common(ring) for ring in self.sheet.unclear)
        return Picture("signature", "ink") if is_sure else Picture("strokes", "other")


def _distance(passage: Passage, area: Area) -> float:
    own = passage.area
    return abs((own.y0 + own.y1) / 2 - area.middle[1])
