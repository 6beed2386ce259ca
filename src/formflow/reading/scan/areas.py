"""Pixels and rectangles of them: what every step of reading a scan speaks in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

from cv2.typing import MatLike

# An image: rows, columns and, where it has colour, blue, green, red; one byte each. A mask is 0 or 255.
Pixels = MatLike

# The resolution every page is brought to before it is looked at, and a millimetre in its pixels.
DOTS_PER_INCH = 200
MM = DOTS_PER_INCH / 25.4


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of pixels, half open."""

    x0: int
    y0: int
    x1: int
    y1: int

    @property
    def width(self) -> int:
        return self.x1 - self.x0

    @property
    def height(self) -> int:
        return self.y1 - self.y0

    @property
    def middle(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def common(self, other: Area) -> Area | None:
        """What two areas share."""
        shared = Area(max(self.x0, other.x0), max(self.y0, other.y0), min(self.x1, other.x1), min(self.y1, other.y1))
        return shared if shared.width > 0 and shared.height > 0 else None

    def grown(self, by: int, limit: Area) -> Area:
        grown = Area(self.x0 - by, self.y0 - by, self.x1 + by, self.y1 + by)
        return grown.common(limit) or self


def whole(image: Pixels) -> Area:
    return Area(0, 0, image.shape[1], image.shape[0])


def around(areas: tuple[Area, ...]) -> Area:
    """The box around areas; at least one is asked for."""
    return reduce(lambda a, b: Area(min(a.x0, b.x0), min(a.y0, b.y0), max(a.x1, b.x1), max(a.y1, b.y1)), areas)
