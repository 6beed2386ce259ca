"""The ruling lines of an upright page: where they run, the frame they make, and the short ones that are blanks to be filled.

In: an evenly lit, upright image. Out: `Ruling`, masks of horizontal and vertical lines. What is a cell is for `cells` to say.
"""

from __future__ import annotations

from collections.abc import Callable
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
# A gap that worn print or a fold leaves in a rule.
_GAP = round(5 * MM)
_REACH, _END = round(1.5 * MM), round(1.5 * MM)
_INK, _AROUND = 30, 35
# A frame smaller than this share of the page says nothing about how the page lies.
_LEAST_FRAME = 0.3


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
    across = cv2.bitwise_or(_runs_across(found, _LEAST_ACROSS), _faint_across(grey, _LEAST_FAINT_ACROSS))
    near = cv2.dilate(across, np.ones((_REACH, _REACH), np.uint8))
    down = cv2.transpose(_runs_across(cv2.transpose(found), _LEAST_DOWN))
    faint = cv2.transpose(_faint_across(cv2.transpose(grey), _LEAST_FAINT_DOWN))
    return Ruling(across, cv2.bitwise_or(_touching(down, near), _spanning(faint, near)), found)


def _touching(down: Pixels, near: Pixels) -> Pixels:
    """The lines down the page that come `near` one across it: what stands alone is the stroke of a title's character."""
    return _kept(down, lambda x, y, w, h: bool(near[y : y + h, x : x + w].any()))


def _spanning(down: Pixels, near: Pixels) -> Pixels:
    """The lines down the page that begin and end at one across it: strokes that stand one above the other in a cell do not."""
    return _kept(
        down,
        lambda x, y, w, h: bool(near[y : y + _END, x : x + w].any() and near[y + h - _END : y + h, x : x + w].any()),
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
    kept = _thin(long_runs, least)
    return cv2.morphologyEx(kept, cv2.MORPH_CLOSE, np.ones((1, _GAP), np.uint8))


def _faint_across(grey: Pixels, least: int) -> Pixels:
    """Long rules that noise has eaten into: seen along their length they are still darker than what lies above and below."""
    along = cv2.blur(grey, (_ALONG, 1), borderType=cv2.BORDER_REPLICATE)
    ridge = np.zeros_like(along)
    beside = cv2.min(along[: -2 * _BESIDE], along[2 * _BESIDE :])
    ridge[_BESIDE:-_BESIDE] = cv2.subtract(beside, along[_BESIDE:-_BESIDE])
    mask = np.where(ridge > _FAINT, np.uint8(255), np.uint8(0))
    bridged = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((2, 9), np.uint8))
    kept = cv2.morphologyEx(bridged, cv2.MORPH_OPEN, np.ones((1, least), np.uint8))
    return cv2.morphologyEx(kept, cv2.MORPH_CLOSE, np.ones((1, _GAP), np.uint8))


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
    # Four corners that do not hold what is inside belong to no rectangle seen at an angle.
    hull_area = cv2.contourArea(points.astype(np.float32))
    return corners if cv2.contourArea(corners) >= 0.97 * hull_area else None


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
    """The image and its ink with the rules painted over, so that they are not read as strokes."""
    square = np.ones((3, 3), np.uint8)
    rules = cv2.dilate(cv2.bitwise_and(cv2.dilate(ruling.lines, square), ruling.ink), square)
    bare = image.copy()
    bare[rules > 0] = 255
    return bare, cv2.medianBlur(cv2.subtract(ruling.ink, rules), 3)
