"""What is drawn on a page beside its text: straight lines, check boxes, ticks, pictures.

A pdfium page comes in, `Objects` goes out. White and fully transparent lines are not there for a reader and are left out; fills wider
than a line are backgrounds and say nothing.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from formflow.model.document import Box
from formflow.reading.limits import Limits
from formflow.reading.pdf.clipping import Cut, Cuts, address_of, cut_of
from formflow.reading.pdf.images import look_of_image
from formflow.reading.pdf.ink import Frame, Placed, Rule
from formflow.reading.pdf.shapes import MAX_SEGMENTS, Point, Shapes
from formflow.reading.refusals import refuse

MAX_OBJECTS = 200_000
_MAX_DEPTH = 8
_PALE = 244
# Smaller pictures are ornaments; one that covers this share of the page is the page.
_SMALLEST_PICTURE, _WHOLE_PAGE = 12.0, 0.6
# Pictures that leave free no more than the rest of this share hide what was drawn before them.
_ALL_OF_IT = 0.9

_Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Objects:
    """What was found."""

    rules: tuple[Rule, ...]
    squares: tuple[Box, ...]
    scribbles: tuple[Box, ...]
    pictures: tuple[Placed, ...]
    is_picture: bool
    has_invisible_text: bool
    is_covered: bool
    cuts: Cuts


def read_objects(
    document: pdfium.PdfDocument, page: pdfium.PdfPage, frame: Frame, limits: Limits, max_pictures: int
) -> Objects:
    """The page's objects, those inside form XObjects included."""
    drawing = _Drawing(document, page, frame, limits, max_pictures)
    for item, matrix in _walk(page):
        drawing.take(item, matrix)
    return Objects(
        tuple(drawing.shapes.rules),
        tuple(drawing.shapes.squares),
        tuple(drawing.shapes.scribbles),
        tuple(drawing.pictures),
        drawing.is_picture,
        drawing.has_invisible_text,
        drawing.is_picture and not drawing.has_text_on_top,
        drawing.cuts,
    )


def _walk(page: pdfium.PdfPage) -> Iterator[tuple[Any, _Matrix | None]]:
    """Every object that is no container, with the matrix of the containers around it (None: the page's own)."""
    handle = page.raw
    stack: list[tuple[Any, _Matrix | None, int]] = []
    seen = 0
    for index in range(raw.FPDFPage_CountObjects(handle)):
        stack.append((raw.FPDFPage_GetObject(handle, index), None, 0))
        while stack:
            seen += 1
            if seen > MAX_OBJECTS:
                raise refuse("too_large", "图形过多")
            item, matrix, depth = stack.pop()
            if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_FORM:
                yield item, matrix
            elif depth < _MAX_DEPTH:
                own = _joined(_matrix_of(item), matrix)
                for inner in range(raw.FPDFFormObj_CountObjects(item) - 1, -1, -1):
                    stack.append((raw.FPDFFormObj_GetObject(item, inner), own, depth + 1))


@dataclass(slots=True)
class _Drawing:
    """A page's objects being sorted out."""

    document: pdfium.PdfDocument
    page: pdfium.PdfPage
    frame: Frame
    limits: Limits
    max_pictures: int
    shapes: Shapes = field(default_factory=Shapes)
    pictures: list[Placed] = field(default_factory=list)
    is_picture: bool = False
    has_invisible_text: bool = False
    has_text_on_top: bool = False
    cuts: dict[int, Cut] = field(default_factory=dict)
    pictured: float = 0.0  # how much of the page pictures cover, square points

    def take(self, item: Any, matrix: _Matrix | None) -> None:
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            if raw.FPDFTextObj_GetTextRenderMode(item) == raw.FPDF_TEXTRENDERMODE_INVISIBLE:
                self.has_invisible_text = True
            else:
                self.has_text_on_top = True
                self._text(item, matrix)
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            self._path(item, matrix)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            self._image(item, matrix)

    def _bounds(self, item: Any, matrix: _Matrix | None) -> Box | None:
        """An object's box as it is seen; None if nothing of it is."""
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        if not raw.FPDFPageObj_GetBounds(item, left, bottom, right, top):
            return None
        box = (left.value, bottom.value, right.value, top.value)
        seen = Box(*self.frame.seen(*(box if matrix is None else _moved_box(box, matrix))))
        # Places that are no numbers are not on the page either.
        is_on_page = seen.x0 < self.frame.width and seen.y0 < self.frame.height and seen.x1 > 0 and seen.y1 > 0
        return seen if is_on_page else None

    def _text(self, item: Any, matrix: _Matrix | None) -> None:
        """Whether a text is cut off. Most have nothing to cut them."""
        clip = raw.FPDFPageObj_GetClipPath(item)
        if not clip or raw.FPDFClipPath_CountPaths(clip) < 1 or (box := self._bounds(item, matrix)) is None:
            return

        def place(x: float, y: float) -> Point:
            x, y = (x, y) if matrix is None else _moved((x, y), matrix)
            return self.frame.seen(x, y, x, y)[:2]

        if cut := cut_of(item, box, place):
            self.cuts[address_of(item)] = cut

    def _path(self, item: Any, matrix: _Matrix | None) -> None:
        box = self._bounds(item, matrix)
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        if box is None or not raw.FPDFPath_GetDrawMode(item, fill, stroke):
            return
        is_stroked = bool(stroke.value) and _is_visible(raw.FPDFPageObj_GetStrokeColor, item)
        is_filled = bool(fill.value) and _is_visible(raw.FPDFPageObj_GetFillColor, item)
        if not is_stroked and not is_filled:
            return
        if not self.shapes.thin(box) and raw.FPDFPath_CountSegments(item) <= MAX_SEGMENTS:
            # pdfium's bounds count the width of the pen.
            self.shapes.outline(box, list(self._subpaths(item, matrix)), is_stroked)

    def _subpaths(self, item: Any, matrix: _Matrix | None) -> Iterator[list[Point]]:
        """The corners of each part of a path as they are seen; of a curve its ends."""
        whole = _joined(_matrix_of(item), matrix)
        x, y = ctypes.c_float(), ctypes.c_float()
        points: list[Point] = []
        for index in range(raw.FPDFPath_CountSegments(item)):
            segment = raw.FPDFPath_GetPathSegment(item, index)
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO and points:
                yield points
                points = []
            moved = _moved((x.value, y.value), whole)
            seen = self.frame.seen(*moved, *moved)
            points.append(seen[:2])
            if raw.FPDFPathSegment_GetClose(segment):
                points.append(points[0])
        if len(points) > 1:
            yield points

    def _image(self, item: Any, matrix: _Matrix | None) -> None:
        box = self._bounds(item, matrix)
        if box is None:
            return
        width, height = box.x1 - box.x0, box.y1 - box.y0
        if self.shapes.thin(box):
            return
        page = self.frame.width * self.frame.height
        # Some scanners store a page in strips.
        self.pictured += (min(box.x1, self.frame.width) - max(box.x0, 0)) * (
            min(box.y1, self.frame.height) - max(box.y0, 0)
        )
        if self.pictured >= _WHOLE_PAGE * page:
            self.is_picture = True
            if self.pictured >= _ALL_OF_IT * page and not raw.FPDFPageObj_HasTransparency(item):
                self.has_text_on_top = False
        if width * height >= _WHOLE_PAGE * page:
            return
        if min(width, height) >= _SMALLEST_PICTURE and len(self.pictures) < self.max_pictures:
            look = look_of_image(self.document, self.page, item, self.limits.max_pixels)
            self.pictures.append(Placed(f"image {len(self.pictures) + 1}", look, box))


def _is_visible(get_colour: Any, item: Any) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not get_colour(item, red, green, blue, alpha):
        return True
    return alpha.value > 8 and min(red.value, green.value, blue.value) < _PALE


def _matrix_of(item: Any) -> _Matrix:
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, matrix):
        return 1, 0, 0, 1, 0, 0
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _joined(inner: _Matrix, outer: _Matrix | None) -> _Matrix:
    """First the inner, then the outer."""
    if outer is None:
        return inner
    a, b, c, d, e, f = inner
    oa, ob, oc, od, oe, of = outer
    return (
        a * oa + b * oc, a * ob + b * od, c * oa + d * oc, c * ob + d * od, e * oa + f * oc + oe, e * ob + f * od + of,
    )  # fmt: skip


def _moved(point: Point, matrix: _Matrix) -> Point:
    (x, y), (a, b, c, d, e, f) = point, matrix
    return a * x + c * y + e, b * x + d * y + f


def _moved_box(box: tuple[float, float, float, float], matrix: _Matrix) -> tuple[float, float, float, float]:
    left, bottom, right, top = box
    corners = [_moved((x, y), matrix) for x in (left, right) for y in (bottom, top)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)
