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
_DARK = 160
_HALF = 2
# Along how much of a ring there is red at least; and where nothing is missing.
_LEAST_SHARE, _CLEAR = 0.5, 0.85
# Ovals: how they are tilted (degrees), their height over their width (30 × 45 and 30 × 40 mm), how wide half of one is at least, how many
# red pixels there must be, along how much of the oval, and what they are looked for at.
_TILTS, _OVALS = (-30, -20, -10, 0, 10, 20, 30), (0.67, 0.75)
_LEAST_WIDE, _LEAST_OVAL_INK, _OVAL_SECTORS, _LEAST_OVAL_SHARE = 15 * MM, round(60 * MM), 72, 0.7
_QUARTER = 4
# By how much a seal's grey is lighter than that of print, so that the two can be told apart.
_PALER = 45
# How far beyond the circle that was found a ring's ink may reach.
_RIM = 1.5 * MM


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal by the box around it; one that is not round may reach into the box's corners."""

    area: Area
    is_round: bool = True


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
    """The seals of a page: clear rings first, then ovals (whose ends look like part of a ring), rings of which a part is missing, and red
    pieces of a seal's size and shape."""
    red = red_of(image)
    if cv2.countNonZero(red) < 20 * MM:
        return []
    page = Area(0, 0, red.shape[1], red.shape[0])
    rings = _rings(red)
    found = [Seal(area) for share, area in rings if share >= _CLEAR]
    rest = red.copy()
    for seal in found:
        rest[_inside(rest, seal.area.grown(round(_RIM), page))] = 0
    ovals = [area for area in _ovals(rest, red) if not any(_holds(seal.area, area.middle) for seal in found)]
    found += [Seal(area, is_round=False) for area in ovals]
    found += [Seal(area) for _, area in rings if not any(_lie_together(seal.area, area) for seal in found)]
    for seal in found:
        area = seal.area.grown(round(_RIM), page)
        rest[_inside(rest, area) if seal.is_round else _in_box(rest, area)] = 0
    return [*found, *(Seal(area, is_round=False) for area in _blobs(rest))]


def find_dark_rings(image: Pixels) -> list[Area]:
    """Where seals lie on a page without colour: their strokes are not to be told from writing."""
    dark = np.where(image.min(axis=2) < _DARK, np.uint8(255), np.uint8(0))
    return [*(area for share, area in _rings(dark) if share >= _CLEAR), *_ovals(dark, dark)]


def without_seals(image: Pixels, seals: list[Seal]) -> Pixels:
    """A copy in which each seal's red is as light as the paper."""
    clean = image.copy()
    for seal in seals:
        area = seal.area.grown(round(2 * MM), Area(0, 0, image.shape[1], image.shape[0]))
        mask = _inside(clean, area) if seal.is_round else _in_box(clean, area)
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


def pale_rings(image: Pixels, rings: list[Area], print_level: float) -> Pixels | None:
    """A copy of a grey image in which the ink of each seal that is clearly paler than print (its level: 0 black, 255 white) is as light as
    the paper, but for what lies right beside a dark stroke; None if no seal is."""
    clean, page = image.copy(), Area(0, 0, image.shape[1], image.shape[0])
    is_paled = False
    for ring in rings:
        level = _ring_level(image, ring)
        if level - print_level < _PALER:
            continue
        is_paled = True
        area = ring.grown(round(_RIM), page)
        inside = _inside(image, area)[area.y0 : area.y1, area.x0 : area.x1]
        patch = clean[area.y0 : area.y1, area.x0 : area.x1]
        darkest = patch.min(axis=2)
        strokes = np.where(darkest < (print_level + level) / 2, np.uint8(255), np.uint8(0))
        patch[inside & (cv2.dilate(strokes, np.ones((3, 3), np.uint8)) == 0)] = 255
    return clean if is_paled else None


def _ring_level(image: Pixels, ring: Area) -> float:
    """How dark the ink along a ring is; 0 where there is none."""
    band = np.zeros(image.shape[:2], np.uint8)
    middle = round(ring.middle[0]), round(ring.middle[1])
    cv2.ellipse(band, middle, (ring.width // 2, ring.height // 2), 0, 0, 360, 255, round(_RIM))
    levels = image[band > 0].min(axis=1)
    dark = levels[levels < _DARK]
    return float(np.median(dark)) if dark.size else 0.0


def _inside(image: Pixels, area: Area) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """A mask of the ellipse in a box."""
    mask = np.zeros(image.shape[:2], np.uint8)
    middle = round(area.middle[0]), round(area.middle[1])
    cv2.ellipse(mask, middle, (area.width // 2 + 1, area.height // 2 + 1), 0, 0, 360, 255, -1)
    return mask > 0


def _in_box(image: Pixels, area: Area) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    mask = np.zeros(image.shape[:2], bool)
    mask[area.y0 : area.y1, area.x0 : area.x1] = True
    return mask


def _rings(red: Pixels) -> list[tuple[float, Area]]:
    """The rings on a page, each with the share of it that is red."""
    small = cv2.GaussianBlur(cv2.resize(red, None, fx=1 / _HALF, fy=1 / _HALF, interpolation=cv2.INTER_AREA), (5, 5), 0)
    circles = cv2.HoughCircles(
        small, cv2.HOUGH_GRADIENT_ALT, 1.5, _LEAST_RADIUS / _HALF, param1=200, param2=0.7,
        minRadius=round(_LEAST_RADIUS / _HALF), maxRadius=round(_MOST_RADIUS / _HALF),
    )  # fmt: skip
    if circles is None:
        return []
    found: list[tuple[float, Area]] = []
    # The widest first: a seal's inner ring and star lie within its outer ring.
    for x, y, radius in sorted(circles.reshape(-1, circles.shape[-1])[:, :3] * _HALF, key=lambda ring: -ring[2]):
        area = Area(round(x - radius), round(y - radius), round(x + radius), round(y + radius))
        if any(_holds(other, area.middle) for _, other in found):
            continue
        share = _Oval(float(x), float(y), float(radius), float(radius), 0.0).share(red)
        if share >= _LEAST_SHARE:
            found.append((share, area))
    return found


def _ovals(rest: Pixels, red: Pixels) -> list[Area]:
    """The oval seals in the `rest` of a page's `red`: turned straight and stretched, an oval is a circle."""
    if cv2.countNonZero(rest) < _LEAST_OVAL_INK:
        return []
    small = cv2.resize(rest, None, fx=1 / _QUARTER, fy=1 / _QUARTER, interpolation=cv2.INTER_AREA)
    small = np.where(small > 40, np.uint8(255), np.uint8(0))
    found: list[tuple[float, Area]] = []
    for tilt in _TILTS:
        for shape in _OVALS:
            across = cv2.getRotationMatrix2D((small.shape[1] / 2, small.shape[0] / 2), tilt, 1.0)
            across[1] /= shape
            size = (small.shape[1], round(small.shape[0] / shape))
            for x, y, radius in _circles(cv2.warpAffine(small, across, size)):
                middle = cv2.transform(np.array([[[x, y]]]), cv2.invertAffineTransform(across))[0, 0] * _QUARTER
                oval = _Oval(float(middle[0]), float(middle[1]), radius * _QUARTER, radius * shape * _QUARTER, tilt)
                if oval.share(rest) >= _LEAST_SHARE:
                    found.append((oval.share(red), oval.area))
    kept: list[Area] = []
    for share, area in sorted(found, key=lambda each: -each[0]):
        if share >= _LEAST_OVAL_SHARE and not any(_lie_together(other, area) for other in kept):
            kept.append(area)
    return kept


def _lie_together(one: Area, other: Area) -> bool:
    """Whether two boxes share half of the smaller one."""
    common = one.common(other)
    smaller = min(one.width * one.height, other.width * other.height)
    return common is not None and common.width * common.height > smaller / 2


def _circles(image: Pixels) -> list[tuple[float, float, float]]:
    circles = cv2.HoughCircles(
        cv2.GaussianBlur(image, (3, 3), 0), cv2.HOUGH_GRADIENT_ALT, 1.5, _LEAST_RADIUS / _QUARTER, param1=200, param2=0.6,
        minRadius=round(_LEAST_WIDE / _QUARTER), maxRadius=round(_MOST_RADIUS / _QUARTER),
    )  # fmt: skip
    return (
        []
        if circles is None
        else [(float(x), float(y), float(r)) for x, y, r in circles.reshape(-1, circles.shape[-1])[:, :3]]
    )


@dataclass(frozen=True, slots=True)
class _Oval:
    """An ellipse: middle, half its width and height before it is turned counterclockwise by `tilt` degrees."""

    x: float
    y: float
    wide: float
    high: float
    tilt: float

    def points(self, grown: float) -> tuple[np.ndarray[tuple[int, ...], np.dtype[np.float64]], ...]:
        """The x and y of points along the ellipse made larger by some pixels."""
        angles = np.arange(_OVAL_SECTORS) * (2 * np.pi / _OVAL_SECTORS)
        across, down = (self.wide + grown) * np.cos(angles), (self.high + grown) * np.sin(angles)
        turn = np.radians(self.tilt)
        return (
            self.x + across * np.cos(turn) - down * np.sin(turn),
            self.y + across * np.sin(turn) + down * np.cos(turn),
        )

    @property
    def area(self) -> Area:
        x, y = self.points(0)
        return Area(round(float(x.min())), round(float(y.min())), round(float(x.max())), round(float(y.max())))

    def share(self, red: Pixels) -> float:
        """Along how much of the ellipse there is red."""
        hits = np.zeros(_OVAL_SECTORS, bool)
        for grown in np.arange(-1.2 * MM, 1.2 * MM + 1, 2):
            x, y = self.points(float(grown))
            columns = np.clip(x.astype(int), 0, red.shape[1] - 1)
            hits |= red[np.clip(y.astype(int), 0, red.shape[0] - 1), columns] > 0
        return float(hits.mean())


def _holds(area: Area, point: tuple[float, float]) -> bool:
    """Whether a point lies in the middle part of an area."""
    x, y = area.middle
    return abs(point[0] - x) < area.width / 3 and abs(point[1] - y) < area.height / 3


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
