"""What is drawn on a page as paths → straight lines, check boxes, and shapes that may be ticks.

Paths come in as the corners of their parts, where a viewer shows them (points from the page's top left corner); whether they can be seen at
all is the caller's to know. What is filled and wider than a line is a background and says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from formflow.model.document import Box
from formflow.reading.pdf.ink import Rule

# Beyond this many segments a path is a drawing, not the ruling of a form.
MAX_SEGMENTS = 4_000
# Points: what is not wider is a line.
_THIN = 3.2
# A check box: sides in points, and how far from square it may be.
_BOX_SIDES, _BOX_SKEW = (5.0, 20.0), 0.3
_SCRIBBLE = 30.0

Point = tuple[float, float]


@dataclass(slots=True)
class Shapes:
    """The shapes of a page, as they are found."""

    rules: list[Rule] = field(default_factory=list)
    squares: list[Box] = field(default_factory=list)
    scribbles: list[Box] = field(default_factory=list)

    def thin(self, box: Box) -> bool:
        """Whether something of this box is a line; it is taken as one."""
        is_thin = min(box.x1 - box.x0, box.y1 - box.y0) <= _THIN
        if is_thin:
            self.rules.append(_rule_along(box))
        return is_thin

    def outline(self, box: Box, subpaths: Sequence[list[Point]], is_stroked: bool) -> None:
        """A path with two dimensions: a check box, a shape that may be a tick, a frame, or many lines in one. `subpaths` are the corners of
        each part, of a curve its ends and what it bends to; `box` is what all of it covers, the width of the pen perhaps counted."""
        is_angular = all(_is_straight(points) for points in subpaths)
        if is_stroked and len(subpaths) == 1 and is_angular and len(subpaths[0]) >= 4 and _is_square(box):
            self.squares.append(box_around(subpaths[0]))
            return
        if not is_angular and max(box.x1 - box.x0, box.y1 - box.y0) <= _SCRIBBLE:
            self.scribbles.append(box)
            return
        for points in subpaths:
            if is_stroked:
                self.rules.extend(_rules_of(points))
            else:
                self.thin(box_around(points))


def box_around(points: Sequence[Point]) -> Box:
    """What the points span."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _rule_along(box: Box) -> Rule:
    """The line a thin box is."""
    if box.x1 - box.x0 >= box.y1 - box.y0:
        return Rule(True, (box.y0 + box.y1) / 2, box.x0, box.x1)
    return Rule(False, (box.x0 + box.x1) / 2, box.y0, box.y1)


def _rules_of(points: list[Point]) -> Iterator[Rule]:
    """The level and upright stretches of a drawn line."""
    for (x0, y0), (x1, y1) in pairwise(points):
        if abs(y1 - y0) <= 1 < abs(x1 - x0):
            yield Rule(True, (y0 + y1) / 2, min(x0, x1), max(x0, x1))
        elif abs(x1 - x0) <= 1 < abs(y1 - y0):
            yield Rule(False, (x0 + x1) / 2, min(y0, y1), max(y0, y1))


def _is_straight(points: list[Point]) -> bool:
    return all(abs(x1 - x0) <= 1 or abs(y1 - y0) <= 1 for (x0, y0), (x1, y1) in pairwise(points))


def _is_square(box: Box) -> bool:
    width, height = box.x1 - box.x0, box.y1 - box.y0
    low, high = _BOX_SIDES
    return low <= min(width, height) and max(width, height) <= high and abs(width - height) <= _BOX_SKEW * height
