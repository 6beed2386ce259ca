"""Red seals on a page: where they are, and the page without them, so that what they were stamped over can be read.

In: an evenly lit, upright image. Out: `Seal`s, and a copy of the image in which only the seals' red is gone. Red handwriting stays: red is
taken out inside of a seal only. A grey scan shows no seals; `has_colour` says so.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from formflow.reading.scan.areas import MM, Area, Pixels

# Round seals are 38–50 mm across by rule; copies are scaled. Anything smaller is a name seal: a signature, not a seal.
_LEAST_RADIUS, _MOST_RADIUS = 11 * MM, 28 * MM
_LEAST_SIDE, _MOST_SIDE = 20 * MM, 60 * MM
_SHAPE = 0.55  # the shorter side of a seal over its longer: oval ones are 30 × 45 mm
_LEAST_FILL, _MOST_FILL = 0.05, 0.75
# By how much red stands out of green and blue.
_RED = 28
_CHROMA = 14
_HALF = 2
_RING_SECTORS, _LEAST_SECTORS = 36, 0.5


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal by the box around it."""

    area: Area


def has_colour(image: Pixels) -> bool:
    """Whether an image shows any colour at all: a grey one cannot show that a page bears no seal."""
    small = cv2.resize(image, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    return int((small.max(axis=2) - small.min(axis=2)).max()) > _CHROMA


def red_of(image: Pixels) -> Pixels:
    """A mask (0 or 255) of red ink."""
    blue, green, red = cv2.split(cv2.GaussianBlur(image, (3, 3), 0))
    stands_out = cv2.min(cv2.subtract(red, green), cv2.subtract(red, blue))
    return (stands_out > _RED).astype(np.uint8) * 255


def find_seals(image: Pixels) -> list[Seal]:
    """The seals of a page: rings first, then red pieces of a seal's size and shape."""
    red = red_of(image)
    if cv2.countNonZero(red) < 20 * MM:
        return []
    rings = _rings(red)
    rest = red.copy()
    for ring in rings:
        rest[_inside(rest, ring)] = 0
    return [Seal(area) for area in (*rings, *_blobs(rest))]


def without_seals(image: Pixels, seals: list[Seal]) -> Pixels:
    """A copy in which each seal's red is as light as the paper."""
    clean = image.copy()
    for seal in seals:
        mask = _inside(clean, seal.area.grown(round(2 * MM), Area(0, 0, image.shape[1], image.shape[0])))
        patch = image[mask]
        red = patch[:, 2].astype(np.int32)
        stands_out = red - np.maximum(patch[:, 0], patch[:, 1])
        is_red = stands_out > _RED // 2
        if not is_red.any():
            continue
        # Seen through red, the seal's own ink is bright; black strokes under it stay dark.
        level = max(60.0, float(np.percentile(red[is_red], 25)))
        light = np.clip(red * (255.0 / level), 0, 255)
        dropped = np.where(is_red[:, None], light[:, None], patch)
        clean[mask] = dropped.astype(np.uint8)
    return clean


def _inside(image: Pixels, area: Area) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """A mask of the ellipse in a box."""
    mask = np.zeros(image.shape[:2], np.uint8)
    middle = round(area.middle[0]), round(area.middle[1])
    cv2.ellipse(mask, middle, (area.width // 2 + 1, area.height // 2 + 1), 0, 0, 360, 255, -1)
    return mask > 0


def _rings(red: Pixels) -> list[Area]:
    small = cv2.GaussianBlur(cv2.resize(red, None, fx=1 / _HALF, fy=1 / _HALF, interpolation=cv2.INTER_AREA), (5, 5), 0)
    circles = cv2.HoughCircles(
        small, cv2.HOUGH_GRADIENT_ALT, 1.5, _LEAST_RADIUS / _HALF, param1=200, param2=0.7,
        minRadius=round(_LEAST_RADIUS / _HALF), maxRadius=round(_MOST_RADIUS / _HALF),
    )  # fmt: skip
    if circles is None:
        return []
    found: list[Area] = []
    # The widest first: a seal's inner ring and star lie within its outer ring.
    for x, y, radius in sorted(circles.reshape(-1, circles.shape[-1])[:, :3] * _HALF, key=lambda ring: -ring[2]):
        area = Area(round(x - radius), round(y - radius), round(x + radius), round(y + radius))
        is_known = any(_holds(other, area.middle) for other in found)
        if not is_known and _is_ring(red, float(x), float(y), float(radius)):
            found.append(area)
    return found


def _holds(area: Area, point: tuple[float, float]) -> bool:
    """Whether a point lies in the middle part of an area."""
    x, y = area.middle
    return abs(point[0] - x) < area.width / 3 and abs(point[1] - y) < area.height / 3


def _is_ring(red: Pixels, x: float, y: float, radius: float) -> bool:
    """Whether red runs along at least half of a circle."""
    tolerance = max(2.0, 1.2 * MM)
    angles = np.arange(_RING_SECTORS) * (2 * np.pi / _RING_SECTORS)
    hits = 0
    for angle in angles:
        distances = np.arange(radius - tolerance, radius + tolerance + 1)
        columns = np.clip((x + distances * np.cos(angle)).astype(int), 0, red.shape[1] - 1)
        rows = np.clip((y + distances * np.sin(angle)).astype(int), 0, red.shape[0] - 1)
        hits += bool(red[rows, columns].any())
    return hits >= _LEAST_SECTORS * _RING_SECTORS


def _blobs(red: Pixels) -> list[Area]:
    """Pieces of red of a seal's size that are no clear ring: oval, square or worn seals."""
    reach = round(2 * MM)
    joined = cv2.morphologyEx(red, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    found = []
    for label in range(1, count):
        x, y, w, h = (int(value) for value in stats[label][:4])
        if min(w, h) < _LEAST_SIDE or max(w, h) > _MOST_SIDE or min(w, h) < _SHAPE * max(w, h):
            continue
        own = (labels[y : y + h, x : x + w] == label) & (red[y : y + h, x : x + w] > 0)
        if _LEAST_FILL <= float(own.mean()) <= _MOST_FILL:
            found.append(Area(x, y, x + w, y + h))
    return found
