"""Check boxes drawn or printed on a page: small squares, ticked or not, told apart from characters that look like them.

In: the page's pixels without its rules (a box inside of a frame is part of the frame's outline otherwise) and its lines as read. Out: lines with ☑ and ☐ in the place of what OCR made of the boxes. Knows nothing of options.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from formflow.reading.scan.areas import MM, Area, Pixels
from formflow.reading.scan.text import Line, character_width

_LEAST, _MOST, _SQUARE = 2.0 * MM, 6.5 * MM, 0.8
_STROKE = round(1.6 * MM)
_DARK = 170
# The share of ink inside the box's own lines from which on it is ticked.
_TICKED = 0.07
_MARGIN = 0.24
# How much of each side must be there; a tick may lengthen one of them.
_COMPLETE = 0.85
# What OCR reads boxes as. Of the second kind are characters and figures of their own right, too.
_SURE_SIGNS = frozenset("□☐☑☒■█√✓✔")
_LIKE_SIGNS = frozenset("口囗回田日区凶图团白曰vV×xX0OoD〇[]")
# How near to a box's middle a character stands for it, or (any other) takes its place; in character widths.
_NEAR, _ON = 0.6, 0.5


@dataclass(frozen=True, slots=True)
class CheckBox:
    """A small square on the page."""

    area: Area
    is_ticked: bool


def find_boxes(bare: Pixels) -> list[CheckBox]:
    """The small squares with straight sides on a page without its rules; some are parts of characters."""
    grey = cv2.cvtColor(bare, cv2.COLOR_BGR2GRAY)
    dark = np.where(grey < _DARK, np.uint8(255), np.uint8(0))
    # Straight strokes only: a tick that reaches over the box's side is not one.
    sides = cv2.bitwise_or(
        cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, _STROKE), np.uint8)),
        cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((_STROKE, 1), np.uint8)),
    )
    found = []
    for contour in cv2.findContours(sides, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]:
        x, y, w, h = cv2.boundingRect(contour)
        if _LEAST <= w <= _MOST and _SQUARE <= w / h <= 1 / _SQUARE and _is_square(sides[y : y + h, x : x + w]):
            area = Area(x, y, x + w, y + h)
            found.append(CheckBox(area, _fill(dark, area) >= _TICKED))
    return found


def _is_square(patch: Pixels) -> bool:
    """Whether ink runs along all four edges, and no leg stands out below (口 has two)."""
    side = min(patch.shape)
    band = max(2, side // 6)
    edges = (
        patch[:band].max(axis=0),
        patch[-band:].max(axis=0),
        patch[:, :band].max(axis=1),
        patch[:, -band:].max(axis=1),
    )
    if any(float((edge > 0).mean()) < _COMPLETE for edge in edges):
        return False
    lowest = np.flatnonzero((patch[-max(1, side // 12) :] > 0).any(axis=0))
    return len(lowest) >= 0.8 * int(patch.shape[1])


def _fill(dark: Pixels, area: Area) -> float:
    margin = max(3, round(area.width * _MARGIN))
    inside = dark[area.y0 + margin : area.y1 - margin, area.x0 + margin : area.x1 - margin]
    return float((inside > 0).mean()) if inside.size else 0.0


def mark_boxes(line: Line, boxes: list[CheckBox]) -> Line:
    """The line with each of its check boxes as ☑ or ☐ where it stands. A square that was read as a character which merely looks like a
    box counts only beside one that was not."""
    width = character_width(line)
    own = [(box, _signs_at(line, box, width)) for box in boxes if _is_on(line, box, width)]
    own = [(box, signs) for box, signs in own if all(line.text[at] in _SURE_SIGNS | _LIKE_SIGNS for at in signs)]
    sure = sum(all(line.text[at] in _SURE_SIGNS for at in signs) for _, signs in own)
    if not sure and len(own) < 2:
        return line
    dropped = {at for _, signs in own for at in signs}
    signs = [
        each for at, each in enumerate(zip(line.text, line.shares, line.middles, strict=True)) if at not in dropped
    ]
    signs += [("☑" if box.is_ticked else "☐", 1.0, box.area.middle[0]) for box, _ in own]
    signs.sort(key=lambda each: each[2])
    text, shares, middles = zip(*signs, strict=True)
    return replace(line, text="".join(text), shares=shares, middles=middles)


def _signs_at(line: Line, box: CheckBox, width: float) -> list[int]:
    """Which character of the line OCR saw where the box is, if any."""
    distances = [(abs(middle - box.area.middle[0]) / width, at) for at, middle in enumerate(line.middles)]
    distance, at = min(((far, at) for far, at in distances if line.text[at] != " "), default=(1.0, 0))
    reach = _NEAR if line.text[at : at + 1] in _SURE_SIGNS | _LIKE_SIGNS else _ON
    return [at] if distance < reach else []


def _is_on(line: Line, box: CheckBox, width: float) -> bool:
    x, y = box.area.middle
    is_level = line.area.y0 <= y <= line.area.y1 and line.area.x0 - width <= x <= line.area.x1 + width
    return is_level and box.area.width >= 0.55 * width
