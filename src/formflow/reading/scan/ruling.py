"""The ruling lines of an upright page: where they run, the frame they make, and the short ones that are blanks to be filled.

In: an evenly lit, upright image. Out: `Ruling`, masks of horizontal and vertical lines. What is a cell is for `cells` to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from formflow.reading.scan.areas import MM, Area, Pixels
from formflow.reading.scan.straighten import clockwise

# A rule is at least this long: longer than the strokes of a large title's characters.
_LEAST_ACROSS, _LEAST_DOWN = round(13 * MM), round(6 * MM)
_THICKEST = round(1.2 * MM)
# What is looked for along its length must be longer still: no row of characters has its strokes on one level that far.
_LEAST_FAINT_ACROSS, _LEAST_FAINT_DOWN = round(30 * MM), round(12 * MM)
_ALONG, _BESIDE, _FAINT = 15, 5, 16
# A hole longer than this (seen over a shorter length), with ink this close along this share of it, and it is text after all.
_NEAR_ALONG, _FAINT_GAP, _NEAR_TEXT, _TEXT_ALONG = 5, 4, 16, 0.3
# A gap that worn print or a fold leaves in a rule.
_GAP = round(5 * MM)
# Between two rules across, a line down may be as short as a row of small print is high; then it must reach both.
_LEAST_SHORT, _CLOSE = round(3.2 * MM), 3
_REACH, _END = round(1.5 * MM), round(1.5 * MM)
_INK, _AROUND = 30, 35
# Pixels: how far around a rule strokes are looked for, and by how much one must be thicker than the rule.
_FOOT, _STANDS_OUT, _LETTER = 8, 3, round(8 * MM)
# A frame smaller than this share of the page says nothing about how the page lies.
_LEAST_FRAME = 0.3
# Along how much of a frame's side a rule must run.
_LEAST_SIDE = 0.6


@dataclass(frozen=True, slots=True)
class Ruling:
    """Masks (0 or 255) of the lines across and down the page, and of all its ink."""

    across: Pixels
    down: Pixels
    ink: Pixels

    @property
    def lines(self) -> Pixels:
        return cv2.bitwise_or(self.across, self.down)


def find_ruling(image: Pixels) -> Ruling:
    """The rules of a page, small gaps closed. The page is turned on its side for those that run down."""
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    found = _ink_of(grey)
    on_its_side = cv2.transpose(found)
    down = _runs_across(on_its_side, _LEAST_DOWN)
    across = cv2.bitwise_or(_runs_across(found, _LEAST_ACROSS), _faint_across(grey, found, _LEAST_FAINT_ACROSS))
    across = _bridged(across, cv2.transpose(down))
    near = cv2.dilate(across, np.ones((_REACH, _REACH), np.uint8))
    close = cv2.dilate(across, np.ones((_CLOSE, _CLOSE), np.uint8))
    stops = cv2.transpose(across)
    down = _touching(cv2.transpose(_bridged(down, stops)), near)
    short = _spanning(cv2.transpose(_runs_across(on_its_side, _LEAST_SHORT)), close, _CLOSE)
    faint = _row_by_row(_faint_across(cv2.transpose(grey), on_its_side, _LEAST_FAINT_DOWN), stops, cv2.transpose(grey))
    faint = _spanning(cv2.transpose(_bridged(faint, stops)), near, _END)
    return Ruling(across, cv2.bitwise_or(cv2.bitwise_or(down, short), faint), found)


def _bridged(lines: Pixels, crossing: Pixels) -> Pixels:
    """The lines across with their small gaps closed. Where lines `crossing` them stand at both ends of a gap it is none: a narrow column
    that two cells share, or the space between two tables."""
    bridges = cv2.subtract(cv2.morphologyEx(lines, cv2.MORPH_CLOSE, np.ones((1, _GAP), np.uint8)), lines)
    stops = cv2.dilate(crossing, np.ones((_CLOSE, _ALONG), np.uint8))  # faint lines seem longer by half of that
    wanted = _kept(bridges, lambda x, y, w, h: not (stops[y : y + h, x].any() and stops[y : y + h, x + w - 1].any()))
    return cv2.bitwise_or(lines, wanted)


def _touching(down: Pixels, near: Pixels) -> Pixels:
    """The lines down the page that come `near` one across it: what stands alone is the stroke of a title's character."""
    return _kept(down, lambda x, y, w, h: bool(near[y : y + h, x : x + w].any()))


def _spanning(down: Pixels, near: Pixels, end: int) -> Pixels:
    """The lines down the page whose first and last pixels (`end` of them) come near one across it: strokes that stand one above the
    other in a cell do not."""
    return _kept(
        down,
        lambda x, y, w, h: bool(near[y : y + end, x : x + w].any() and near[y + h - end : y + h, x : x + w].any()),
    )


def _kept(mask: Pixels, is_wanted: Callable[[int, int, int, int], bool]) -> Pixels:
    """The pieces of a mask that are wanted, by the box around each: x, y, width, height."""
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    out = np.zeros_like(mask)
    cv2.drawContours(out, [each for each in contours if is_wanted(*cv2.boundingRect(each))], -1, 255, cv2.FILLED)
    return out


def _ink_of(grey: Pixels) -> Pixels:
    """A mask of what is darker than its surroundings, faint rules included."""
    ground = cv2.blur(grey, (_AROUND, _AROUND), borderType=cv2.BORDER_REPLICATE)
    return np.where(cv2.subtract(ground, grey) > _INK, np.uint8(255), np.uint8(0))


def _runs_across(ink: Pixels, least: int) -> Pixels:
    # A rule that leans by a pixel now and then is still a run once it is made a little thicker.
    thick = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    bridged = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, np.ones((1, 3), np.uint8))
    long_runs = cv2.morphologyEx(bridged, cv2.MORPH_OPEN, np.ones((1, least), np.uint8))
    return _thin(long_runs, least)


def _faint_across(grey: Pixels, ink: Pixels, least: int) -> Pixels:
    """Long rules that noise has eaten into: seen along their length they are still darker than what lies above and below."""
    mask = np.where(_ridge(grey, _ALONG) > _FAINT, np.uint8(255), np.uint8(0))
    bridged = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((2, 9), np.uint8))
    kept = cv2.morphologyEx(bridged, cv2.MORPH_OPEN, np.ones((1, least), np.uint8))
    return _continuous(kept, grey, ink, _NEAR_ALONG, _FAINT_GAP)


def _row_by_row(lines: Pixels, crossing: Pixels, grey: Pixels) -> Pixels:
    """The lines across without the stretches, between two lines that cross them, where a stroke of text stands in the way they point: the
    figure 1 of a low row is no rule."""
    stops = cv2.dilate(crossing, np.ones((_CLOSE, _CLOSE), np.uint8))
    stretches = _continuous(cv2.subtract(lines, stops), grey, _ink_of(grey), _CLOSE, _CLOSE - 1)
    return cv2.bitwise_or(stretches, cv2.bitwise_and(lines, stops))


def _ridge(grey: Pixels, length: int) -> Pixels:
    """By how much each pixel, taken together with its neighbours over a length across, is darker than what lies above and below."""
    along = cv2.blur(grey, (length, 1), borderType=cv2.BORDER_REPLICATE)
    ridge = np.zeros_like(along)
    beside = cv2.min(along[: -2 * _BESIDE], along[2 * _BESIDE :])
    ridge[_BESIDE:-_BESIDE] = cv2.subtract(beside, along[_BESIDE:-_BESIDE])
    return ridge


def _continuous(pieces: Pixels, grey: Pixels, ink: Pixels, length: int, most: int) -> Pixels:
    """The pieces across without those that are strokes of text in a row: pieces with holes of more than `most` pixels, seen over a
    `length`, and ink close beside them all along."""
    ridge = _ridge(grey, length)
    out = np.zeros_like(pieces)
    for contour in cv2.findContours(pieces, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]:
        x, y, w, h = cv2.boundingRect(contour)
        dark = np.any(ridge[max(0, y - 1) : y + h + 1, x : x + w] > _FAINT // 2, axis=0)
        near = np.vstack(
            [
                ink[max(0, y - _NEAR_TEXT) : max(0, y - _BESIDE), x : x + w],
                ink[y + h + _BESIDE : y + h + _NEAR_TEXT, x : x + w],
            ]
        )
        if _longest_gap(np.atleast_1d(dark)) <= most or float(near.any(axis=0).mean()) < _TEXT_ALONG:
            cv2.drawContours(out, [contour], -1, 255, cv2.FILLED)
    return out


def _longest_gap(is_there: NDArray[np.bool_]) -> int:
    edges = np.flatnonzero(np.diff(np.concatenate(([True], is_there, [True])).astype(np.int8)))
    return int((edges[1::2] - edges[::2]).max(initial=0))


def _thin(runs: Pixels, least: int) -> Pixels:
    """The runs without solid areas (a photo, a black margin): what is thick over a stretch is no rule."""
    solid = cv2.morphologyEx(runs, cv2.MORPH_OPEN, np.ones((_THICKEST, max(3, least // 2)), np.uint8))
    if not solid.any():
        return runs
    return cv2.subtract(runs, cv2.dilate(solid, np.ones((5, 5), np.uint8)))


def frame(ruling: Ruling) -> NDArray[np.float32] | None:
    """The corners of the largest ruled frame, from the top left clockwise; None if there is none large enough to go by."""
    lines = cv2.dilate(ruling.lines, np.ones((5, 5), np.uint8))
    contours, _ = cv2.findContours(lines, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not contours:
        return None
    points = cv2.convexHull(max(contours, key=lambda contour: cv2.contourArea(cv2.convexHull(contour)))).reshape(-1, 2)
    box = points.max(axis=0) - points.min(axis=0)
    if box[0] < _LEAST_FRAME * lines.shape[1] or box[1] < _LEAST_FRAME * lines.shape[0] / 2:
        return None
    corners = clockwise(points.astype(np.float32))
    # Four corners that do not hold what is inside belong to no rectangle seen at an angle; nor do sides along which no rule runs.
    hull_area = cv2.contourArea(points.astype(np.float32))
    is_held = cv2.contourArea(corners) >= 0.97 * hull_area
    return corners if is_held and min(_along(lines, corners)) >= _LEAST_SIDE else None


def _along(lines: Pixels, corners: NDArray[np.float32]) -> Iterator[float]:
    """Along how much of each side from corner to corner a rule runs."""
    near = cv2.dilate(lines, np.ones((_REACH, _REACH), np.uint8))
    for at in range(4):
        steps = np.linspace(corners[at], corners[(at + 1) % 4], 200).astype(int)
        columns, rows = np.clip(steps[:, 0], 0, lines.shape[1] - 1), np.clip(steps[:, 1], 0, lines.shape[0] - 1)
        yield float((near[rows, columns] > 0).mean())


def underlines(ruling: Ruling, cells: list[Area]) -> list[Area]:
    """Lines across the page that are part of no grid: blanks drawn to be filled, on the open page or inside one of the `cells`."""
    found = []
    for contour in cv2.findContours(ruling.across, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]:
        x, y, w, h = cv2.boundingRect(contour)
        line = Area(x, y, x + w, y + h)
        is_crossed = bool(ruling.down[max(0, y - 2) : y + h + 2, max(0, x - 2) : x + w + 2].any())
        near = [cell for cell in cells if line.common(cell.grown(4, Area(0, 0, 1 << 20, 1 << 20)))]
        is_inside = any(cell.y0 + 8 < line.middle[1] < cell.y1 - 8 for cell in near)
        if not is_crossed and (is_inside or not near):
            found.append(line)
    return found


def without_rules(image: Pixels, ruling: Ruling) -> tuple[Pixels, Pixels]:
    """The image and its ink with the rules painted over, so that they are not read as strokes. Where a stroke crosses a rule or stands on
    it (text on the line it was written on), the rule stays: cut off at the foot, 县 is 具."""
    across = _free_of_strokes(ruling.across, ruling.ink, ruling.down)
    down = cv2.transpose(_free_of_strokes(*(cv2.transpose(mask) for mask in (ruling.down, ruling.ink, ruling.across))))
    rules = cv2.bitwise_or(across, down)
    bare = image.copy()
    bare[rules > 0] = 255
    return bare, cv2.medianBlur(cv2.subtract(ruling.ink, rules), 3)


def _free_of_strokes(lines: Pixels, ink: Pixels, crossing: Pixels) -> Pixels:
    """A mask of the lines across, edges included, without the columns in which strokes run into them. Lines `crossing` them are none."""
    out = np.zeros_like(lines)
    thick = cv2.subtract(ink, cv2.dilate(crossing, np.ones((3, 3), np.uint8)))
    for contour in cv2.findContours(lines, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]:
        x, y, w, h = cv2.boundingRect(contour)
        top, bottom = max(0, y - _FOOT), min(lines.shape[0], y + h + _FOOT)
        line = cv2.dilate(lines[top:bottom, x : x + w], np.ones((3, 3), np.uint8))
        own = ink[top:bottom, x : x + w]
        depths = np.count_nonzero(cv2.bitwise_and(own, line), axis=0)
        thickness = int(np.median(depths[depths > 0])) if depths.any() else 0
        strokes = cv2.morphologyEx(
            thick[top:bottom, x : x + w], cv2.MORPH_OPEN, np.ones((thickness + _STANDS_OUT, 1), np.uint8)
        )
        # A stroke may lie wholly on the rule (the foot of 工): between two that stand on it nothing is cut.
        standing = cv2.bitwise_and(strokes, line).max(axis=0, keepdims=True)
        touched = cv2.morphologyEx(
            cv2.copyMakeBorder(standing, 0, 0, _LETTER, _LETTER, cv2.BORDER_CONSTANT),
            cv2.MORPH_CLOSE,
            np.ones((1, _LETTER), np.uint8),
        )[:, _LETTER:-_LETTER]
        rule = cv2.dilate(cv2.bitwise_and(line, own), np.ones((3, 3), np.uint8))
        rule[:, touched[0] > 0] = 0
        area = out[top:bottom, x : x + w]
        cv2.bitwise_or(area, rule, area)
    return out
