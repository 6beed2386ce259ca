"""Ink where a signature belongs: beside or under 签名, 签字, 负责人 …, told apart from what is printed there.

In: the lines of one cell (or of the open page) and the page's pixels without rules and seals. Out: places that hold handwriting, or words that
may be a typed name or a neatly written one, and the lines that are text and not the scribble OCR made something of. It says that ink is there,
not whose.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import cv2
import numpy as np

from formflow.reading.scan.areas import MM, Area, Pixels
from formflow.reading.scan.text import WIDE, Line, character_width, ink_depth

_SIGNED = re.compile(r"签\s*[名字章]|负\s*责\s*人|经\s*办\s*人|法\s*定\s*代\s*表\s*人|法\s*人\s*代\s*表")
_DATED = re.compile(r"\d{2,4}\s*年|年\s*\d{0,2}\s*月|[年月]\s|\d{4}[-./]\d|日\s*期|盖\s*章|公\s*章")
_YEAR = re.compile(r"\d{4}")
# What is printed beside a signature and no name, dates and brackets as a whole: a lone figure or bracket may be what OCR made of a stroke.
_PRINTED = re.compile(
    rf"[（(]?\s*(?:{_SIGNED.pattern}|日\s*期|盖\s*章|公\s*章)\s*[）)]?"
    r"|\d{4}[-./]\d{1,2}(?:[-./]\d{1,2})?|\d{0,4}\s*[年月日]|[\s_:：，,。、/—–-]"
)
_LABEL_END = "）)】]：:名字章 "
_INK, _DARK = 2 * MM**2, 130
# Ink counts from this share of the depth of the label's own print, where a poor copy has paled both.
_FADED = 0.55
_SPECK = 0.35 * MM**2
# Handwriting is taller than the label, coloured, or not to be read.
_TALLER, _TALLEST, _UNREADABLE, _SCRIBBLE, _CHROMA = 1.35, 1.25, 0.6, 0.5, 45
_DOUBTFUL, _STANDS_OUT = 0.85, 1.4
_LINES_BELOW = 4
# How far around its middle a character's strokes reach, in full widths: the middles OCR gives are off by a little.
_WIDE_HALF, _NARROW_HALF = 0.75, 0.6


@dataclass(frozen=True, slots=True)
class Signature:
    """A place where somebody signed; unless it `is_sure`, a name stands there that may as well have been typed."""

    area: Area
    is_sure: bool = True


def text_lines(lines: list[Line]) -> list[Line]:
    """The lines without scribbles, where a signature can be expected; without a place for one, all that say anything."""
    if not any(_SIGNED.search(line.text) for line in lines):
        return [line for line in lines if line.text.strip()]
    return [_without_scrawl(line) for line in lines if not _is_scribble(line, lines)]


def _without_scrawl(line: Line) -> Line:
    """A signature's label without what OCR made of the name written behind it, if that is not to be read; a date behind it stays."""
    if not _SIGNED.search(line.text):
        return line
    start = _name_start(line)
    date = _DATED.search(line.text, start)
    end = date.start() if date else len(line.text)
    if min(line.shares[start:end], default=1.0) >= _UNREADABLE:
        return line
    keep = [*range(start), *range(end, len(line.text))]
    shares = list(line.shares)
    if date and not _YEAR.match(line.text, end):
        # The name runs over the date: what is left of that is no surer than the name.
        shares[end] = min(line.shares[start:end])
    return replace(
        line,
        text="".join(line.text[at] for at in keep),
        shares=tuple(shares[at] for at in keep),
        middles=tuple(line.middles[at] for at in keep),
    )


def _name_start(label: Line) -> int:
    """Where in a label's line the name begins: behind 签名 and what closes it."""
    *_, match = _SIGNED.finditer(label.text)
    rest = label.text[match.end() :]
    return match.end() + len(rest) - len(rest.lstrip(_LABEL_END))


def signatures(lines: list[Line], ground: Area, bare: Pixels) -> list[Signature]:
    """The signatures in `ground`, one at most for each label."""
    written = text_lines(lines)
    found = list[Signature]()
    for label in written:
        if _SIGNED.search(label.text):
            spots = [
                *_places(label, written, ground),
                *(line.area for line in lines if _is_scribble_of(label, line, lines)),
            ]
            seen = [each for spot in spots if (each := _signature(bare, spot, label, written))]
            found += sorted(seen, key=lambda each: not each.is_sure)[:1]
    return found


def _is_scribble(line: Line, lines: list[Line]) -> bool:
    """Whether OCR could make nothing of a line, or little of one that stands out by its height."""
    if not line.text.strip():
        return True
    if _SIGNED.search(line.text):
        return False
    share = float(np.mean(line.shares))
    usual = float(np.median([other.area.height for other in lines]))
    return share < _SCRIBBLE or (share < _DOUBTFUL and line.area.height > _STANDS_OUT * usual)


def _is_scribble_of(label: Line, line: Line, lines: list[Line]) -> bool:
    """Whether a scribble stands near enough to a label to be its signature."""
    distance = max(label.area.y0 - line.area.y1, line.area.y0 - label.area.y1)
    return distance < 2 * label.area.height and _is_scribble(line, lines)


def _places(label: Line, lines: list[Line], ground: Area) -> list[Area]:
    """Where the signature of a label belongs: behind it up to a date or the edge; under it if nothing else stands behind it."""
    first = _name_start(label)
    width = character_width(label)
    start = label.middles[first - 1] + 0.6 * width
    date = _DATED.search(label.text, first)
    end = label.middles[date.start()] - 0.6 * width if date else float(ground.x1)
    end = min([end, *(float(line.area.x0) for line in lines if _is_date_beside(label, line, start))])
    reach = 0.35 * label.area.height
    beside = Area(round(start), round(label.area.y0 - reach), round(end), round(label.area.y1 + reach))
    spots = [beside] if end - start > width else []
    if not label.text[first:].strip():
        spots.append(_below(label, lines, ground))
    return [spot for place in spots if (spot := place.common(ground))]


def _is_date_beside(label: Line, line: Line, start: float) -> bool:
    is_level = abs(label.area.middle[1] - line.area.middle[1]) < 0.5 * min(label.area.height, line.area.height)
    return line is not label and is_level and line.area.x0 > start and bool(_DATED.search(line.text + " "))


def _below(label: Line, lines: list[Line], ground: Area) -> Area:
    """The space under a label up to the next line of text."""
    under = [line.area for line in lines if line is not label and line.area.middle[1] > label.area.y1]
    end = min((area.y0 + area.height // 6 for area in under), default=ground.y1)
    return Area(ground.x0, label.area.y1, ground.x1, min(end, label.area.y1 + _LINES_BELOW * label.area.height))


def _signature(bare: Pixels, place: Area, label: Line, lines: list[Line]) -> Signature | None:
    """The signature in a place: strokes besides typed text, or coloured ones; an unsure one where a name is read like print."""
    patch = bare[place.y0 : place.y1, place.x0 : place.x1]
    if not patch.size:
        return None
    strokes = _strokes(patch, max(_DARK, 255 - _FADED * ink_depth(bare, label.area)))
    if cv2.countNonZero(strokes) < _INK:
        return None
    chroma = patch.max(axis=2).astype(np.int16) - patch.min(axis=2)
    is_coloured = float((chroma[strokes > 0] > _CHROMA).mean()) > 0.5
    if is_coloured or _tallest(strokes) > _TALLEST * character_width(label):
        return Signature(place)
    typed = [line for line in lines if line.area.common(place) and _is_typed(line, place, label)]
    for line in typed:
        _wipe(strokes, line, place)
    if cv2.countNonZero(strokes) >= _INK:
        return Signature(place)
    return Signature(place, is_sure=False) if any(_names_somebody(line, place) for line in typed) else None


def _wipe(strokes: Pixels, line: Line, place: Area) -> None:
    """Takes out the strokes of a place that were read as a line's characters; what nothing was made of stays."""
    width = character_width(line)
    top, bottom = max(0, line.area.y0 - place.y0), max(0, line.area.y1 - place.y0)
    for sign, middle in zip(line.text, line.middles, strict=True):
        half = width * (_WIDE_HALF if WIDE.match(sign) else _NARROW_HALF)
        strokes[top:bottom, max(0, round(middle - half) - place.x0) : max(0, round(middle + half) - place.x0)] = 0


def _names_somebody(line: Line, place: Area) -> bool:
    """Whether what stands of a line inside of a place is more than a date or what is printed there."""
    inside = "".join(
        sign for sign, middle in zip(line.text, line.middles, strict=True) if place.x0 <= middle <= place.x1
    )
    return place.y0 <= line.area.middle[1] <= place.y1 and bool(_PRINTED.sub("", inside))


def _strokes(patch: Pixels, level: float) -> Pixels:
    """Strokes darker than a level in one of their colours, specks left out."""
    dark = np.where(patch.min(axis=2) < level, np.uint8(255), np.uint8(0))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    is_large = stats[:, cv2.CC_STAT_AREA] >= _SPECK
    is_large[0] = False
    return np.where(is_large[labels], np.uint8(255), np.uint8(0))


def _tallest(strokes: Pixels) -> int:
    """The height of the tallest piece of connected ink."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(strokes, connectivity=8)
    return int(stats[1:, cv2.CC_STAT_HEIGHT].max(initial=0))


def _is_typed(line: Line, place: Area, label: Line) -> bool:
    """Whether what stands on a line inside the place reads like print of the label's size."""
    inside = [share for share, middle in zip(line.shares, line.middles, strict=True) if place.x0 <= middle <= place.x1]
    is_readable = bool(inside) and min(inside) >= _UNREADABLE
    return is_readable and character_width(line) <= _TALLER * character_width(label)
