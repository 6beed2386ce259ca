"""A photographed or crookedly scanned page → an upright image of about 200 dpi, with the way back.

In: the pixels of one page. Out: a `Straight`: evenly lit pixels, the paper's edge and slant taken out, and the matrix that leads from the
original's points to it. Quarter turns are taken out by `turned`, when the text has been looked at. Does not flatten curled paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from formflow.reading.scan.areas import DOTS_PER_INCH, MM, Area, Pixels

Matrix = NDArray[np.float64]

# A4: what most scans are of, and what a photo without a scale is taken for.
_LONG_MM, _SHEET, _NEARLY = 297.0, 2**0.5, 0.15
_MOST_SIDE = round(_LONG_MM * 1.25 * MM)
_LEAST_SIDE = round(_LONG_MM * 0.5 * MM)
_SMALL = 700
# How far a page may lean, and the steps it is looked for in, degrees.
_LEAN, _COARSE, _FINE = 10.0, 1.0, 0.1
# The paper's share of the picture, and how much darker what lies around it is.
_LEAST_PAPER, _MOST_PAPER, _EDGE_CONTRAST = 0.3, 0.97, 25
# Thresholds as shares of the one that parts bright from dark best; how far off a side is looked, what counts as an edge there, and along
# how much of the sides there must be one.
_THRESHOLDS = (1.0, 0.9, 0.8, 0.7, 0.6, 1.1)
# A sheet's whiteness over that of what it lies on: what is no noise, and what that is widened to.
_LEAST_STEP, _WIDE_STEP = 20.0, 120.0
_EDGE_STEP, _EDGE_STEP_CONTRAST, _EDGE_SHARE = 5, 18, 0.6
# What is cut off a sheet's corners, so that nothing of what it lies on looks like a rule.
_INSET = 3
_GROUND_SCALE = 8
# How deep ink must be, of 255, and from where on it is that of a faded copy; how deep it is made; the share of a page (percent) that is ink.
_LEAST_DEPTH, _FADED_DEPTH, _PRINT_DEPTH, _INK_SHARE = 35.0, 150.0, 215.0, 0.7
# What counts as a stroke when the slant is looked for: a share of the deepest, within bounds.
_OF_INK, _LEAST_STROKE, _MOST_STROKE = 0.4, 12, 40
# Pixels by which a frame's corners may be off before the page is drawn anew.
_SQUARE_ENOUGH = 4.0


@dataclass(frozen=True, slots=True)
class Straight:
    """An upright page. `matrix` (3×3) leads from the original's pixels to this image's."""

    image: Pixels
    matrix: Matrix

    def original(self, area: Area) -> tuple[float, float, float, float]:
        """The box around an area's place in the original: x0, y0, x1, y1 in its pixels."""
        corners = np.array(
            [[[area.x0, area.y0], [area.x1, area.y0], [area.x1, area.y1], [area.x0, area.y1]]], dtype=np.float64
        )
        points = cv2.perspectiveTransform(corners, np.linalg.inv(self.matrix))[0]
        return (
            float(points[:, 0].min()), float(points[:, 1].min()), float(points[:, 0].max()), float(points[:, 1].max())
        )  # fmt: skip


def straighten(image: Pixels, dots_per_inch: float | None = None) -> Straight:
    """The page cut out of its surroundings, brought to size, set straight by its text lines and rules, and evenly lit."""
    matrix, size = _sized(image, _paper(image), dots_per_inch)
    upright = Straight(_warped(image, matrix, size), matrix)
    slant = _slant(_grey(upright.image))
    if abs(slant) >= _FINE / 2:
        upright = _rotated(image, upright, slant)
    return replace(upright, image=evenly_lit(upright.image))


def squared(image: Pixels, straight: Straight, frame: NDArray[np.float32] | None) -> Straight:
    """The page with the four corners of its ruled frame brought to a rectangle: what perspective is left is taken out. `image` is the
    original, `frame` the corners (4, 2) on the straight image, from the top left clockwise."""
    if frame is None:
        return straight
    top, right, bottom, left = (float(np.linalg.norm(frame[(at + 1) % 4] - frame[at])) for at in range(4))
    x0, y0 = float((frame[0][0] + frame[3][0]) / 2), float((frame[0][1] + frame[1][1]) / 2)
    width, height = (top + bottom) / 2, (left + right) / 2
    wanted = np.array([[x0, y0], [x0 + width, y0], [x0 + width, y0 + height], [x0, y0 + height]], np.float32)
    if float(np.abs(wanted - frame).max()) < _SQUARE_ENOUGH:
        return straight
    matrix = cv2.getPerspectiveTransform(frame.astype(np.float32), wanted) @ straight.matrix
    size = (straight.image.shape[1], straight.image.shape[0])
    return Straight(evenly_lit(_warped(image, matrix, size)), matrix)


def turned(straight: Straight, quarters: int) -> Straight:
    """The page turned clockwise by quarters of a circle."""
    image, matrix = straight.image, straight.matrix
    for _ in range(quarters % 4):
        turn = np.array([[0.0, -1.0, image.shape[0]], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])
        image, matrix = np.ascontiguousarray(np.rot90(image, -1)), turn @ matrix
    return Straight(image, matrix)


def evenly_lit(image: Pixels) -> Pixels:
    """The image over its own ground, colour by colour: shadows and tinted paper become white."""
    small = cv2.resize(
        image, (max(1, image.shape[1] // _GROUND_SCALE), max(1, image.shape[0] // _GROUND_SCALE)), interpolation=cv2.INTER_AREA
    )  # fmt: skip
    # What is brighter than its surroundings over a few millimetres is ground; text and seals are thinner than that.
    ground = cv2.GaussianBlur(cv2.dilate(small, np.ones((9, 9), np.uint8)), (0, 0), 6)
    if int(ground.min()) >= 250:
        return _inked(image)
    full = cv2.resize(ground, (image.shape[1], image.shape[0]), interpolation=cv2.INTER_LINEAR)
    return _inked(cv2.divide(image, full, scale=255))


def _inked(image: Pixels) -> Pixels:
    """The image with the ink of a faded copy as dark as print. A page with hardly any ink stays as it is: that is all grain."""
    small = cv2.resize(image, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    depth = 255.0 - float(np.percentile(small.min(axis=2), _INK_SHARE))
    if not _LEAST_DEPTH <= depth < _FADED_DEPTH:
        return image
    return 255 - cv2.convertScaleAbs(255 - image, alpha=_PRINT_DEPTH / depth)


def _grey(image: Pixels) -> Pixels:
    return cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)


def _warped(image: Pixels, matrix: Matrix, size: tuple[int, int]) -> Pixels:
    is_plain = np.allclose(matrix, np.diag([matrix[0, 0], matrix[1, 1], 1.0]))
    if is_plain and (image.shape[1], image.shape[0]) == size:
        return image
    if is_plain and matrix[0, 0] < 1:
        return cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    return cv2.warpPerspective(image, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)


def _sized(
    image: Pixels, corners: NDArray[np.float32] | None, dots_per_inch: float | None
) -> tuple[Matrix, tuple[int, int]]:
    """The matrix that brings the paper (or the whole image) to `DOTS_PER_INCH`, and the size of what comes out."""
    height, width = image.shape[:2]
    if corners is None:
        long_side = max(width, height)
        scale = DOTS_PER_INCH / dots_per_inch if dots_per_inch else _LONG_MM * MM / long_side
        scale = min(max(scale, _LEAST_SIDE / long_side), max(1.0, _MOST_SIDE / long_side), _MOST_SIDE / long_side)
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        return np.diag([size[0] / width, size[1] / height, 1.0]), size
    sides = [float(np.linalg.norm(after - before)) for before, after in pairwise([*corners, corners[0]])]
    across, down = (sides[0] + sides[2]) / 2, (sides[1] + sides[3]) / 2
    # Seen at an angle the sides are foreshortened: what comes near a sheet's shape is one.
    if abs(max(across, down) / min(across, down) / _SHEET - 1) < _NEARLY:
        across, down = (_SHEET, 1.0) if across > down else (1.0, _SHEET)
    scale = _LONG_MM * MM / max(across, down)
    size = (round(across * scale), round(down * scale))
    wanted = np.array([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], np.float32)
    return np.asarray(cv2.getPerspectiveTransform(corners, wanted), dtype=np.float64), size


def _paper(image: Pixels) -> NDArray[np.float32] | None:
    """The corners of a sheet that lies on something darker, from the top left clockwise; None if the image is all paper."""
    scale = _SMALL / max(image.shape[:2])
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    # A sheet is white: what it lies on may be as bright, but lacks at least one of the colours; how much so, no shadow changes.
    soft = cv2.GaussianBlur(small, (0, 0), 2)
    least, most = soft.min(axis=2), np.maximum(soft.max(axis=2), 1)
    planes = [_plain(_grey(small)), _plain(small.min(axis=2)), _stretched(_plain(cv2.divide(least, most, scale=255)))]
    sheets = [(_edge_share(plane, corners), corners) for plane in planes for corners in _sheets(plane)]
    best = max(sheets, key=lambda sheet: sheet[0], default=None)
    if best is None or best[0] < _EDGE_SHARE:
        return None
    middle = best[1].mean(axis=0)
    inset = middle + (best[1] - middle) * (1 - _INSET / np.linalg.norm(best[1] - middle, axis=1, keepdims=True))
    return np.asarray(inset / scale, dtype=np.float32)


def _plain(plane: Pixels) -> Pixels:
    """Text and rules closed over, so that a sheet is one bright piece."""
    return cv2.GaussianBlur(cv2.morphologyEx(plane, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8)), (0, 0), 2)


def _stretched(plane: Pixels) -> Pixels:
    """The plane with what parts its bright from its dark pixels widened, if there is anything to part."""
    middle, _ = cv2.threshold(plane, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    bright, dark = plane[plane > middle], plane[plane <= middle]
    step = float(bright.mean()) - float(dark.mean()) if bright.size and dark.size else 0.0
    if not _LEAST_STEP <= step < _WIDE_STEP:
        return plane
    return cv2.convertScaleAbs(plane.astype(np.float32) - float(dark.mean()) + step / 2, alpha=_WIDE_STEP / step)


def _sheets(plane: Pixels) -> Iterator[NDArray[np.float32]]:
    """The four-cornered bright pieces of an image at several thresholds: a shadow may lie on a part of the sheet."""
    middle, _ = cv2.threshold(plane, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    for share in _THRESHOLDS:
        _, mask = cv2.threshold(plane, middle * share, 255, cv2.THRESH_BINARY)
        bright, dark = plane[mask > 0], plane[mask == 0]
        if not dark.size or not bright.size or float(bright.mean()) - float(dark.mean()) < _EDGE_CONTRAST:
            continue
        contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        sheet = cv2.convexHull(max(contours, key=cv2.contourArea))
        if not _LEAST_PAPER <= cv2.contourArea(sheet) / plane.size <= _MOST_PAPER:
            continue
        corners = _four_corners(sheet)
        if corners is not None and cv2.contourArea(corners) >= 0.9 * cv2.contourArea(sheet):
            yield corners


def _edge_share(plane: Pixels, corners: NDArray[np.float32]) -> float:
    """Along how much of its faintest side a sheet is brighter than what lies right outside: a shadow's edge is soft. A side on the image's
    own edge is one."""
    middle = corners.mean(axis=0)
    inward = (corners - middle) * (1 - _EDGE_STEP / np.linalg.norm(corners - middle, axis=1, keepdims=True))
    outward = (corners - middle) * (1 + _EDGE_STEP / np.linalg.norm(corners - middle, axis=1, keepdims=True))
    steps = np.linspace(0.03, 0.97, 60)[:, None]
    hits = []
    for at in range(4):
        inside, outside = (middle + side[at] + steps * (side[(at + 1) % 4] - side[at]) for side in (inward, outward))
        hits.append(_brightness(plane, inside) - _brightness(plane, outside) >= _EDGE_STEP_CONTRAST)
    return min(float(side.mean()) for side in hits)


def _brightness(plane: Pixels, points: NDArray[np.float32]) -> NDArray[np.float64]:
    """The pixels at (x, y) points; beyond the image it is dark."""
    columns, rows = np.rint(points[:, 0]).astype(int), np.rint(points[:, 1]).astype(int)
    is_inside = (columns >= 0) & (columns < plane.shape[1]) & (rows >= 0) & (rows < plane.shape[0])
    values = plane[np.clip(rows, 0, plane.shape[0] - 1), np.clip(columns, 0, plane.shape[1] - 1)].astype(np.float64)
    return np.where(is_inside, values, 0.0)


def _four_corners(contour: Pixels) -> NDArray[np.float32] | None:
    """A contour as a quadrangle, from the top left clockwise; None if it is none."""
    around = cv2.arcLength(contour, True)
    for looseness in (0.01, 0.02, 0.03, 0.05, 0.08):
        found = cv2.approxPolyDP(contour, looseness * around, True)
        if len(found) == 4:
            return clockwise(found.reshape(4, 2).astype(np.float32))
        if len(found) < 4:
            break
    return None


def clockwise(points: NDArray[np.float32]) -> NDArray[np.float32]:
    """Four points from the top left clockwise."""
    total, difference = points.sum(axis=1), points[:, 1] - points[:, 0]
    order = [int(total.argmin()), int(difference.argmin()), int(total.argmax()), int(difference.argmax())]
    return points[order]


def _slant(grey: Pixels) -> float:
    """How far the page's lines lean, degrees, positive clockwise: turned back by that, its rows of ink are sharpest. Works for pages that
    lie on their side as well."""
    scale = _SMALL / max(grey.shape)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = cv2.subtract(cv2.dilate(small, np.ones((15, 15), np.uint8)), small)
    # A faded copy's lines are little darker than its ground; its grain is much less.
    ink[ink < np.clip(_OF_INK * float(np.percentile(ink, 99)), _LEAST_STROKE, _MOST_STROKE)] = 0

    def sharpness(angle: float) -> float:
        turned_ink = _turned_by(ink, angle).astype(np.float64)
        return max(float(np.square(np.diff(turned_ink.sum(axis=axis))).sum()) for axis in (0, 1))

    coarse = max(np.arange(-_LEAN, _LEAN + _COARSE, _COARSE), key=sharpness)
    return float(max(np.arange(coarse - _COARSE, coarse + _COARSE + _FINE, _FINE), key=sharpness))


def _turned_by(image: Pixels, angle: float) -> Pixels:
    height, width = image.shape[:2]
    return cv2.warpAffine(image, cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0), (width, height))


def _rotated(image: Pixels, straight: Straight, angle: float) -> Straight:
    """The straight page turned by an angle around its middle, drawn from the original again so that nothing is blurred twice."""
    height, width = straight.image.shape[:2]
    turn = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0), [0.0, 0.0, 1.0]])
    matrix = turn @ straight.matrix
    return Straight(_warped(image, matrix, (width, height)), matrix)
