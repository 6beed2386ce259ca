"""OFD's short way of writing paths ("M 0 0 L 10 0 C") → the corners of their parts."""

from __future__ import annotations

import math

from formflow.reading.ofd.markup import Matrix, Point, moved, number
from formflow.reading.pdf.shapes import MAX_SEGMENTS

# How many numbers follow each letter.
_TAKES = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}


def subpaths(written: str, by: Matrix) -> list[list[Point]]:
    """The corners of each part, moved; of a curve its ends and the points it bends to. [] for what is no path, or too long for the ruling of a
    form. A part of one point draws nothing and is left out."""
    words = written.split()
    if len(words) > 4 * MAX_SEGMENTS:
        return []
    parts: list[list[Point]] = []
    at = 0
    while at < len(words):
        letter = words[at]
        takes = _TAKES.get(letter)
        values = [number(word, math.nan) for word in words[at + 1 : at + 1 + (takes or 0)]]
        if takes is None or len(values) < takes or any(map(math.isnan, values)) or (letter not in "SM" and not parts):
            return []
        at += 1 + takes
        if letter in "SM":
            parts.append([(values[0], values[1])])
        elif letter == "C":
            parts[-1].append(parts[-1][0])
        else:
            parts[-1].extend(
                _arc(parts[-1][-1], values) if letter == "A" else zip(values[::2], values[1::2], strict=True)
            )
    return [[moved(x, y, by) for x, y in part] for part in parts if len(part) > 1]


def _arc(start: Point, values: list[float]) -> list[Point]:
    """The end of an arc, and what is farthest above and below its chord: enough to see that it is none of a form's lines."""
    _, height, _, _, _, x, y = values
    middle = (start[0] + x) / 2, (start[1] + y) / 2
    return [(middle[0], middle[1] - height), (middle[0], middle[1] + height), (x, y)]
