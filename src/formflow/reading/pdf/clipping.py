"""Text longer than its cell: programs that print worksheets write all of it into the file and let only what fits the cell be seen. Its end
must not be read as the beginning of the next cell, and what is left in the file of a text that was cut must not pass for all of it.

In: text objects of pdfium with their boxes as seen, characters, lines. Out: where each cut-off text may be seen, and its characters moved
in there and marked as unsure; so are those of a text that runs on over the edge of its cell for all to see.
"""

from __future__ import annotations

import ctypes
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import pypdfium2.raw as raw

from formflow.model.document import Box
from formflow.reading.pdf.ink import Glyph, Rule

Place = Callable[[float, float], tuple[float, float]]
# Points: what ends so near the edge of its place may have lost what came behind.
_NEAR = 0.5
# Points: the height and distance of what is put to an edge.
_EDGE = 0.2
# Characters of one word stand nearer to each other than this share of their width.
_APART = 0.3


class Cut(NamedTuple):
    """A text's own box, and the part of the page in which it is seen."""

    text: Box
    seen: Box

    @property
    def is_out_of_height(self) -> bool:
        """Whether more than half of its height lies above or below what is seen."""
        height = min(self.text.y1, self.seen.y1) - max(self.text.y0, self.seen.y0)
        return height < (self.text.y1 - self.text.y0) / 2


# Cut-off texts by the address of their objects.
Cuts = Mapping[int, Cut]


def address_of(item: Any) -> int:
    """What tells one of pdfium's objects from another."""
    return ctypes.addressof(item.contents) if item else 0


def cut_of(item: Any, text: Box, place: Place) -> Cut | None:
    """How a text object is cut off at its sides, or hidden by its height; None if it is not. `text` is its box as seen, `place` turns the page's
    coordinates into those."""
    clip = raw.FPDFPageObj_GetClipPath(item)
    seen: Box | None = None
    for index in range(max(0, raw.FPDFClipPath_CountPaths(clip) if clip else 0)):
        box = _path_box(clip, index, place)
        seen = box if seen is None or box is None else _common(seen, box)
    if seen is None:
        return None
    cut = Cut(text, seen)
    reaches_out = text.x0 < seen.x0 + _NEAR or text.x1 > seen.x1 - _NEAR
    return cut if cut.is_out_of_height or reaches_out else None


def _path_box(clip: Any, index: int, place: Place) -> Box | None:
    """The box around one path of a clip; None if it has no corners."""
    x, y = ctypes.c_float(), ctypes.c_float()
    corners = []
    for number in range(raw.FPDFClipPath_CountPathSegments(clip, index)):
        segment = raw.FPDFClipPath_GetPathSegment(clip, index, number)
        if raw.FPDFPathSegment_GetPoint(segment, x, y):
            corners.append(place(x.value, y.value))
    if not corners:
        return None
    xs, ys = [corner[0] for corner in corners], [corner[1] for corner in corners]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _common(one: Box, other: Box) -> Box:
    return Box(max(one.x0, other.x0), max(one.y0, other.y0), min(one.x1, other.x1), min(one.y1, other.y1))


def drawn_in(glyph: Glyph, cut: Cut) -> Glyph | None:
    """A character of a cut-off text where it belongs, and marked: a line drawn together until it fits its cell, a line below or above the
    cell put to its edge. None if the text is hidden beside the cell."""
    left, right = max(cut.text.x0, cut.seen.x0), min(cut.text.x1, cut.seen.x1) - _NEAR
    if left >= right:
        return None
    share = (right - left) / (cut.text.x1 - cut.text.x0)
    x0, x1 = (min(max(left + (x - cut.text.x0) * share, left), right) for x in (glyph.x0, glyph.x1))
    y0, y1, base = glyph.y0, glyph.y1, glyph.base
    if cut.is_out_of_height:
        y1 = base = cut.seen.y0 + 2 * _EDGE if cut.text.y0 < cut.seen.y0 else cut.seen.y1 - _EDGE
        y0 = y1 - _EDGE
    return glyph._replace(x0=x0, x1=max(x1, x0 + _EDGE), y0=y0, y1=y1, base=base, is_unsure=True)


def kept_in(
    entries: Sequence[tuple[int, Glyph]], rules: Sequence[Rule], object_of: Callable[[int], int]
) -> list[Glyph]:
    """The characters of a page (each with pdfium's index, in the order of the file); texts that run over the edge of the cell they begin in
    are drawn back into it. `object_of` tells the text object of an index."""
    glyphs = [glyph for _, glyph in entries]
    for at, rule in _crossings(glyphs, sorted((rule for rule in rules if not rule.is_level), key=lambda rule: rule.at)):
        if glyphs[at].is_unsure or object_of(entries[at][0]) != object_of(entries[at + 1][0]):
            continue
        first, end = _same_text(entries, at, object_of)
        text = Box(glyphs[first].x0, glyphs[at].y0, max(glyph.x1 for glyph in glyphs[first:end]), glyphs[at].y1)
        cut = Cut(text, replace(text, x1=rule.at - _NEAR))
        if cut.seen.x1 > cut.seen.x0:
            glyphs[first:end] = [drawn_in(glyph, cut) or glyph for glyph in glyphs[first:end]]
    return glyphs


def _crossings(glyphs: Sequence[Glyph], uprights: Sequence[Rule]) -> Iterator[tuple[int, Rule]]:
    """Neighbours of one word between whose middles an upright line passes: the place of the first, and the line."""
    places = [rule.at for rule in uprights]
    if not places:
        return
    for at in range(len(glyphs) - 1):
        one, other = glyphs[at], glyphs[at + 1]
        if one.base != other.base or other.x0 < one.x0 or other.x0 - one.x1 > _APART * (one.x1 - one.x0):
            continue
        end = (other.x0 + other.x1) / 2
        number = bisect_left(places, (one.x0 + one.x1) / 2)
        while number < len(places) and places[number] < end:
            rule = uprights[number]
            if rule.start <= one.y0 + _NEAR and rule.end >= one.base - _NEAR:
                yield at, rule
                break
            number += 1


def _same_text(entries: Sequence[tuple[int, Glyph]], at: int, object_of: Callable[[int], int]) -> tuple[int, int]:
    """The run of characters on one line that one object writes."""
    own, base = object_of(entries[at][0]), entries[at][1].base
    first = end = at
    while first and entries[first - 1][1].base == base and object_of(entries[first - 1][0]) == own:
        first -= 1
    while end < len(entries) and entries[end][1].base == base and object_of(entries[end][0]) == own:
        end += 1
    return first, end
