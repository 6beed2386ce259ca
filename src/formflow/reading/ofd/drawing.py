"""One OFD page → its ink: characters, straight lines, squares and pictures, each with its place.

What a viewer would not show (invisible, transparent, white lines, off the page, askew) is left out.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element

from formflow.model.document import Box, PictureLook
from formflow.reading.limits import Limits
from formflow.reading.ofd.colours import is_opaque, stands_out
from formflow.reading.ofd.container import OfdPage
from formflow.reading.ofd.markup import (
    Area,
    Matrix,
    Point,
    area,
    children,
    find,
    joined,
    local,
    moved,
    number,
    placed,
    steps,
    text,
)
from formflow.reading.ofd.paths import subpaths
from formflow.reading.ofd.seals import look as look_of_stamp
from formflow.reading.pdf.ink import ABOVE, BELOW, Frame, Glyph, PageInk, Placed
from formflow.reading.pdf.legible import meant
from formflow.reading.pdf.lines import is_wide
from formflow.reading.pdf.shapes import Shapes, box_around
from formflow.reading.pdf.struck import with_struck
from formflow.reading.refusals import refuse
from formflow.reading.symbols import translate

POINTS_PER_MM = 72 / 25.4
MAX_OBJECTS = 200_000
MAX_CHARACTERS = 400_000
_MAX_DEPTH = 8
# Pictures: smaller ones (points) are ornaments; one that covers this share of the page is the page.
_SMALLEST, _WHOLE_PAGE = 12.0, 0.6
# Radians off a right angle at which text stands askew.
_ASKEW = 0.09
_FALSE = frozenset({"false", "0"})

# A character where it is set (left, bottom, right, top, and the point it is written on; y upwards), and the quarter turns its line makes.
_Set = tuple[str, float, float, float, float, float, float, bool, int]


class Shown(NamedTuple):
    """A picture on a page: its name in the container, where its unit square lies (from the top left corner, y downwards before `by`), and
    how many characters were written before it."""

    name: str
    by: Matrix
    written_before: int

    @property
    def box(self) -> Box:
        return box_around([moved(x, y, self.by) for x in (0, 1) for y in (0, 1)])


@dataclass(slots=True)
class _Found:
    """What a page shows, y upwards, before it is known which way it is read."""

    characters: list[_Set] = field(default_factory=list)
    paths: list[tuple[list[list[Point]], bool]] = field(default_factory=list)
    pictures: list[Shown] = field(default_factory=list)
    has_hidden_text: bool = False


def ink_of(page: OfdPage, look_of_picture: Callable[[str], PictureLook | None], limits: Limits) -> PageInk:
    """The ink of a page. `look_of_picture` tells the look of a picture by its name in the container."""
    left, top, width, height = (each * POINTS_PER_MM for each in page.box)
    shown = Frame(0.0, 0.0, max(width, 1.0), max(height, 1.0), 0)
    upright: Matrix = (POINTS_PER_MM, 0, 0, -POINTS_PER_MM, -left, shown.top + top)
    found = _Walk(page).found(upright)
    turns = Counter(each[-1] for each in found.characters)
    turn = turns.most_common(1)[0][0] if turns else 0
    read = shown._replace(turn=turn) if turn else shown
    shapes = _shapes(found, read)
    pictures, is_picture = _pictures(found, read, look_of_picture, limits)
    seals = _seals(page, upright, read, limits)
    ink = PageInk(
        page.number,
        shown,
        read,
        tuple(_glyphs(found.characters, read)),
        tuple(shapes.rules),
        tuple(shapes.squares),
        tuple(shapes.scribbles),
        (*pictures, *seals),
        is_picture=is_picture,
        has_unread_layer=found.has_hidden_text,
        is_covered=is_picture and _is_covered(found, read),
    )
    return with_struck(ink)


def pictures_on(page: OfdPage, upright: Matrix) -> list[Shown]:
    """The pictures of a page in the order in which they are drawn. `upright` takes the page's millimetres to where they are wanted."""
    return _Walk(page).found(upright).pictures


class _Walk:
    """Goes through all that is drawn on a page."""

    def __init__(self, page: OfdPage) -> None:
        self._page = page
        self._found = _Found()
        self._seen = self._written = 0

    def found(self, upright: Matrix) -> _Found:
        for content in self._page.contents:
            for layer in children(find(content, "Content"), "Layer"):
                self._all(layer, upright, 0)
        for appearance in self._page.annotations:
            self._all(appearance, placed(appearance, upright), 0)
        return self._found

    def _all(self, elements: Iterable[Element], outer: Matrix, depth: int) -> None:
        for element in elements:
            self._seen += 1
            if self._seen > MAX_OBJECTS:
                raise refuse("too_large", "图形过多")
            kind = local(element)
            if kind == "TextObject":
                self._text(element, outer)
            elif element.get("Visible") in _FALSE:
                continue
            elif kind == "PathObject":
                self._path(element, outer)
            elif kind == "ImageObject":
                self._image(element, outer)
            elif kind == "PageBlock" and depth < _MAX_DEPTH:
                self._all(element, outer, depth + 1)
            elif kind == "CompositeObject" and depth < _MAX_DEPTH:
                unit = self._page.resources.units.get((element.get("ResourceID") or "").strip())
                content = find(unit, "Content")
                self._all(content if content is not None else (), placed(element, outer), depth + 1)

    def _text(self, element: Element, outer: Matrix) -> None:
        is_hidden = element.get("Visible") in _FALSE or not is_opaque(element)
        is_outline = element.get("Fill") in _FALSE and element.get("Stroke") not in ("true", "1")
        if is_hidden or is_outline or not is_opaque(find(element, "FillColor")):
            self._found.has_hidden_text |= any(
                "".join(each.itertext()).strip() for each in children(element, "TextCode")
            )
            return
        self._written += sum(len(code.text or "") for code in children(element, "TextCode"))
        if self._written > MAX_CHARACTERS:
            raise refuse("too_large", f"超过 {MAX_CHARACTERS} 字")
        by = placed(element, outer)
        quarters = math.atan2(by[1], by[0]) / (math.pi / 2)
        # Askew: a stamp or a watermark, no part of the form.
        if abs(quarters - round(quarters)) * math.pi / 2 <= _ASKEW:
            turn = round(quarters) % 4
            font = self._page.resources.fonts.get((element.get("Font") or "").strip(), "")
            self._found.characters.extend((*each, turn) for each in _characters(element, font, by))

    def _path(self, element: Element, outer: Matrix) -> None:
        style = self._page.resources.styles.get((element.get("DrawParam") or "").strip())
        is_stroked = element.get("Stroke") not in _FALSE and stands_out(
            element, style, "StrokeColor", is_drawn_by_default=True
        )
        is_filled = element.get("Fill") in ("true", "1") and stands_out(
            element, style, "FillColor", is_drawn_by_default=False
        )
        if (is_stroked or is_filled) and is_opaque(element):
            parts = subpaths(text(element, "AbbreviatedData"), placed(element, outer))
            if parts:
                self._found.paths.append((parts, is_stroked))

    def _image(self, element: Element, outer: Matrix) -> None:
        name = self._page.resources.pictures.get((element.get("ResourceID") or "").strip(), "")
        by = placed(element, outer)
        if not element.get("CTM"):
            # A picture without a matrix fills its boundary.
            _, _, width, height = area(element.get("Boundary")) or (0, 0, 0, 0)
            by = joined((width, 0, 0, height, 0, 0), by)
        self._found.pictures.append(Shown(name, by, len(self._found.characters)))


def _characters(
    element: Element, font: str, by: Matrix
) -> Iterator[tuple[str, float, float, float, float, float, float, bool]]:
    """The characters of a text object, y upwards."""
    size = number(element.get("Size"), 0)
    scale = number(element.get("HScale"), 1)
    x = y = 0.0
    for code in children(element, "TextCode"):
        # Line breaks of the markup are no characters; a place that is not told is that of the code before.
        words = "".join(letter for letter in code.text or "" if letter >= " " or letter == "\t")
        x, y = number(code.get("X"), x), number(code.get("Y"), y)
        across, down = steps(code.get("DeltaX"), len(words)), steps(code.get("DeltaY"), len(words))
        here = x, y
        is_spaced = False
        for at, letter in enumerate(words):
            width = (size if is_wide(letter) else size / 2) * scale
            step = across[at] if at < len(across) else (0.0 if down else width)
            if letter.isspace():
                is_spaced = True
            elif sign := meant(translate(font, letter) if "\ue000" <= letter <= "\uf8ff" else letter):
                # What is set closer than it is wide is narrower.
                wide = min(width, step) if step > 0 else width
                yield (sign, *_box_of(here, wide, size, by), *moved(*here, by), is_spaced)
                is_spaced = False
            here = here[0] + step, here[1] + (down[at] if at < len(down) else 0.0)


def _box_of(at: Point, width: float, size: float, by: Matrix) -> tuple[float, float, float, float]:
    x, y = at
    corners = [moved(right, low, by) for right in (x, x + width) for low in (y - ABOVE * size, y + BELOW * size)]
    box = box_around(corners)
    return box.x0, box.y0, box.x1, box.y1


def _glyphs(characters: list[_Set], frame: Frame) -> Iterator[Glyph]:
    """The characters as they are read, those outside the page left out."""
    for sign, left, bottom, right, top, x, y, is_spaced, _ in characters:
        x0, y0, x1, y1 = frame.seen(left, bottom, right, top)
        if x0 < frame.width and y0 < frame.height and x1 > 0 and y1 > 0 and x1 > x0:
            yield Glyph(sign, x0, y0, x1, y1, frame.seen(x, y, x, y)[1], is_spaced)


def _shapes(found: _Found, frame: Frame) -> Shapes:
    shapes = Shapes()
    for parts, is_stroked in found.paths:
        seen = [[frame.seen(x, y, x, y)[:2] for x, y in part] for part in parts]
        box = box_around([point for part in seen for point in part])
        is_on_page = box.x0 < frame.width and box.y0 < frame.height and box.x1 > 0 and box.y1 > 0
        if is_on_page and not shapes.thin(box):
            shapes.outline(box, seen, is_stroked)
    return shapes


def _pictures(
    found: _Found, frame: Frame, look_of_picture: Callable[[str], PictureLook | None], limits: Limits
) -> tuple[list[Placed], bool]:
    """The pictures that stand on the page, and whether they are the page."""
    placed_ones: list[Placed] = []
    covered = 0.0
    for picture in found.pictures:
        own = picture.box
        box = Box(*frame.seen(own.x0, own.y0, own.x1, own.y1))
        width = min(box.x1, frame.width) - max(box.x0, 0)
        height = min(box.y1, frame.height) - max(box.y0, 0)
        if width <= 0 or height <= 0:
            continue
        covered += width * height
        is_page = width * height >= _WHOLE_PAGE * frame.width * frame.height
        if not is_page and min(width, height) >= _SMALLEST and len(placed_ones) < limits.max_pictures:
            placed_ones.append(Placed(f"image {len(placed_ones) + 1}", look_of_picture(picture.name), box))
    return placed_ones, covered >= _WHOLE_PAGE * frame.width * frame.height


def _is_covered(found: _Found, frame: Frame) -> bool:
    """Whether all characters lie under a picture of the page: what a scanner's program believes to have read."""
    size = frame.width * frame.height
    over = [
        picture.written_before
        for picture in found.pictures
        if (picture.box.x1 - picture.box.x0) * (picture.box.y1 - picture.box.y0) >= _WHOLE_PAGE * size
    ]
    return bool(over) and max(over) >= len(found.characters)


def _seals(page: OfdPage, upright: Matrix, frame: Frame, limits: Limits) -> Iterator[Placed]:
    for count, stamp in enumerate(page.stamps, 1):
        own = box_around(_corners(stamp.box, upright))
        box = Box(*frame.seen(own.x0, own.y0, own.x1, own.y1))
        if min(box.x1 - box.x0, box.y1 - box.y0) >= _SMALLEST:
            yield Placed(f"stamp {count}", look_of_stamp(stamp, limits.max_pixels), box)


def _corners(box: Area, by: Matrix) -> list[Point]:
    x, y, width, height = box
    return [moved(x + right, y + down, by) for right in (0, width) for down in (0, height)]
