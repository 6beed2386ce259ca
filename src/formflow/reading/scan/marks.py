"""What on a form is neither print nor seal: ticked boxes, and ink where a signature belongs.

In: lines as read, the page's pixels. Out: lines with ☑ and ☐ in the place of what OCR made of the boxes; whether there is handwriting
beside a signature's label. It says that ink is there, not whose.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import cv2
import numpy as np

from formflow.reading.scan.areas import MM, Area, Pixels
from formflow.reading.scan.setting import character_width
from formflow.reading.scan.text import Line

_LEAST_BOX, _MOST_BOX = 2.0 * MM, 6.5 * MM
# Shares of the pixels inside the box's own lines.
_TICKED, _DARK = 0.07, 130
# What OCR takes a box for. 口 and 回 are words, too: they count only where a box was seen.
_BOX_SIGNS = frozenset("□☐☑☒■▢▣口囗回田日区凶图团√✓✔vV×xX白曰0OoD〇[]")
_SIGNED = re.compile(r"签\s*[名字章]|负\s*责\s*人|经\s*办\s*人|法\s*定\s*代\s*表\s*人|法\s*人\s*代\s*表")
_DATED = re.compile(r"\d{2,4}\s*年|年\s*\d{0,2}\s*月|[年月]\s|\d{4}[-./]\d|日\s*期|盖\s*章|公\s*章")
_LEAST_INK, _LEAST_STROKE = 2 * MM**2, 0.35 * MM**2
# A typed name is as tall as its label; handwriting is taller, coloured, or not to be read.
_TALLER, _UNREADABLE, _CHROMA = 1.35, 0.6, 45


@dataclass(frozen=True, slots=True)
class CheckBox:
    """A small square on the page."""

    area: Area
    is_ticked: bool


def find_boxes(clean: Pixels) -> list[CheckBox]:
    """The check boxes of a page: small hollow squares with straight thin sides."""
    dark = _dark(clean)
    contours, tree = cv2.findContours(dark, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)[:2]
    found = []
    for at, contour in enumerate(contours):
        x, y, w, h = cv2.boundingRect(contour)
        if not (_LEAST_BOX <= w <= _MOST_BOX and 0.8 <= w / h <= 1.25) or tree[0][at][3] >= 0:
            continue
        area = Area(x, y, x + w, y + h)
        if _is_square(dark[y : y + h, x : x + w]):
            found.append(CheckBox(area, _fill(dark, area) >= _TICKED))
    return found


def _dark(image: Pixels) -> Pixels:
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    return (grey < _DARK + 40).astype(np.uint8) * 255


def _is_square(patch: Pixels) -> bool:
    """Whether ink runs along all four edges and turns the corners, and no leg stands out (口 has two)."""
    side = min(patch.shape)
    band = max(2, side // 6)
    edges = (
        patch[:band].max(axis=0),
        patch[-band:].max(axis=0),
        patch[:, :band].max(axis=1),
        patch[:, -band:].max(axis=1),
    )
    if any(float((edge > 0).mean()) < 0.93 for edge in edges):
        return False
    bottom = np.flatnonzero((patch[-max(1, side // 12) :] > 0).any(axis=0))
    return len(bottom) >= 0.8 * int(patch.shape[1])


def _fill(dark: Pixels, area: Area) -> float:
    margin = max(3, round(area.width * 0.24))
    inside = dark[area.y0 + margin : area.y1 - margin, area.x0 + margin : area.x1 - margin]
    return float((inside > 0).mean()) if inside.size else 0.0


def mark_boxes(line: Line, boxes: list[CheckBox]) -> Line:
    """The line with each of its check boxes as ☑ or ☐ where it stands."""
    own = sorted((box for box in boxes if _is_on(line, box)), key=lambda box: box.area.x0)
    signs = list(zip(line.text, line.shares, line.middles, strict=True))
    width = character_width(line)
    for box in own:
        sign, middle = "☑" if box.is_ticked else "☐", box.area.middle[0]
        # A square inside of a character is part of it.
        if any(each not in _BOX_SIGNS and each != " " and abs(at - middle) < 0.6 * width for each, _, at in signs):
            continue
        signs = [
            each for each in signs
            if not (each[0] in _BOX_SIGNS and box.area.x0 - box.area.width * 0.4 <= each[2] <= box.area.x1 + box.area.width * 0.4)
        ]  # fmt: skip
        at = next((at for at, each in enumerate(signs) if each[2] > middle), len(signs))
        signs.insert(at, (sign, 1.0, middle))
    if not own:
        return line
    return replace(
        line, text="".join(sign for sign, _, _ in signs), shares=tuple(share for _, share, _ in signs),
        middles=tuple(middle for _, _, middle in signs),
    )  # fmt: skip


def _is_on(line: Line, box: CheckBox) -> bool:
    x, y = box.area.middle
    is_large = box.area.width >= 0.55 * character_width(line)
    return (
        is_large
        and line.area.y0 <= y <= line.area.y1
        and line.area.x0 - box.area.width <= x <= line.area.x1 + box.area.width
    )


def signature_places(lines: list[Line], ground: Area) -> list[tuple[Area, Line]]:
    """Where a signature belongs in one cell (or on the open page): from its label to the date, the cell's edge or the next label."""
    found = []
    for line in lines:
        labels = list(_SIGNED.finditer(line.text))
        if not labels:
            continue
        label = labels[-1]
        width = character_width(line)
        rest = line.text[label.end() :]
        skipped = len(rest) - len(rest.lstrip("）)】]：:名字章 "))
        start = line.middles[min(label.end() + skipped, len(line.middles)) - 1] + 0.6 * width
        date = _DATED.search(line.text, label.end() + skipped)
        end = line.middles[date.start()] - 0.6 * width if date else float(ground.x1)
        for other in lines:
            if (
                other is not line
                and other.area.x0 > start
                and _on_level(other, line)
                and _DATED.search(other.text + " ")
            ):
                end = min(end, other.area.x0)
        top, bottom = round(line.area.y0 - 0.35 * line.area.height), round(line.area.y1 + 0.35 * line.area.height)
        spots = [Area(round(start), top, round(end), bottom)] if end - start > width else []
        if not rest[skipped:].strip() and (below := _space_below(line, lines, ground)):
            spots.append(below)
        found += [(place, line) for spot in spots if (place := spot.common(ground))]
    return found


def _space_below(line: Line, lines: list[Line], ground: Area) -> Area | None:
    """The space under a label up to the next line of text: a signature that found no room beside it. Under the last line of a cell the
    rest of it, on the open page a few lines' height."""
    under = [other.area for other in lines if other is not line and other.area.middle[1] > line.area.y1]
    end = min((area.y0 + area.height // 6 for area in under), default=ground.y1)
    space = Area(ground.x0, line.area.y1, ground.x1, min(end, line.area.y1 + 4 * line.area.height))
    return space if space.height > 0.5 * line.area.height else None


def _on_level(one: Line, other: Line) -> bool:
    return abs(one.area.middle[1] - other.area.middle[1]) < 0.5 * min(one.area.height, other.area.height)


def has_handwriting(clean: Pixels, place: Area, label: Line, lines: list[Line]) -> bool:
    """Whether a place holds ink that was not typed: strokes that OCR gave no line for, that it could not read, that are taller than the
    label's characters, or coloured."""
    patch = clean[place.y0 : place.y1, place.x0 : place.x1]
    if not patch.size:
        return False
    strokes = _strokes(patch)
    if cv2.countNonZero(strokes) < _LEAST_INK:
        return False
    chroma = patch.max(axis=2).astype(np.int16) - patch.min(axis=2)
    if float((chroma[strokes > 0] > _CHROMA).mean()) > 0.5:
        return True
    for line in lines:
        if _is_typed(line, place, label):
            area = line.area.common(place)
            if area is not None:
                strokes[area.y0 - place.y0 : area.y1 - place.y0, area.x0 - place.x0 : area.x1 - place.x0] = 0
    return cv2.countNonZero(strokes) >= _LEAST_INK


def _strokes(patch: Pixels) -> Pixels:
    """Dark or coloured strokes, specks left out."""
    dark = (patch.min(axis=2) < _DARK).astype(np.uint8) * 255
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    large = np.flatnonzero(stats[:, cv2.CC_STAT_AREA] >= _LEAST_STROKE)
    keep = np.isin(labels, large[large > 0])
    return keep.astype(np.uint8) * 255


def _is_typed(line: Line, place: Area, label: Line) -> bool:
    """Whether what stands on a line inside the place reads like print of the label's size."""
    inside = [share for share, middle in zip(line.shares, line.middles, strict=True) if place.x0 <= middle <= place.x1]
    is_readable = bool(inside) and min(inside) >= _UNREADABLE
    return is_readable and character_width(line) <= _TALLER * character_width(label)
