"""Where lines of text stand on an image, and what they say, character by character.

An upright image (BGR) comes in; `Line`s go out, each with its box in pixels and for every character its probability and middle. Nothing
here knows of rules, cells or forms.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from formflow.reading.scan.areas import Area, Pixels
from formflow.reading.scan.networks import Floats, Networks, in_batches

# Detection: the longer side the network sees, and what counts as text (the model's own defaults).
_SIDE, _MULTIPLE = 960, 32
_TEXT, _SURE_TEXT, _GROWTH, _LEAST = 0.3, 0.5, 1.6, 3
# Recognition: lines are 48 pixels high. The network was trained on widths from 320 up and reads short lines better in that company.
# The runtime keeps code of some 30 MB for every width and number of lines it has seen: steps of 64 cost no time and halve that.
_HEIGHT, _LEAST_WIDTH, _WIDTH_STEP, _BATCH, _BATCH_WIDTH, _MOST_WIDTH = 48, 320, 64, 6, 4096, 3200

# What shows through from the back: how deep its ink is by that of the page's text, and how surely its characters are read at most.
_PALE, _MIRRORED = 0.5, 0.75

# What a speck on the paper is read as, and how sure a line is that ends in it.
_POINT, _SPECK = re.compile(r"[\u4e00-\u9fff][.'`·]$"), 0.8
_DASH = re.compile(r"([年月日号\d] *)([一－─―–])(?= *(?:[\d二三四五六七八九]|$))|([年月日号] *)([一-]{1,2})(?= *\d)")
# What stands for nothing in a cell; a lone 一 says as little there.
_STROKES = re.compile(r"[一－─―–—-]+")
# Characters a full width wide.
WIDE = re.compile(r"[\u2e80-\u9fff\uff00-\uff60\u3000-\u303f]")
_FULL_WIDTH = {":": "：", ",": "，", ";": "；", "!": "！", "?": "？"}
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line as read. `shares` are the probabilities and `middles` the x positions (pixels) of its characters."""

    area: Area
    text: str
    shares: tuple[float, ...]
    middles: tuple[float, ...]

    @property
    def surety(self) -> float:
        """The probability of its least sure character. A mark counts by its root: misread, it hardly changes what is said. A point that
        ends Chinese text is as likely a speck."""
        shares = [
            share**0.5 if unicodedata.category(sign).startswith("P") else share
            for sign, share in zip(self.text, self.shares, strict=True)
            if sign != " "
        ]
        return min(min(shares, default=0.0), _SPECK if _POINT.search(self.text) else 1.0)


def find_text(image: Pixels, networks: Networks) -> list[Area]:
    """The boxes of text on an image, in no order."""
    height, width = image.shape[:2]
    scale = min(1.0, _SIDE / max(height, width))
    small = cv2.resize(image, (_rounded(width * scale), _rounded(height * scale)), interpolation=cv2.INTER_AREA)
    (shares,) = networks.detect(_normalised(small)[None])
    return _boxes(shares[0, 0], width, height)


def _rounded(length: float) -> int:
    return max(_MULTIPLE, round(length / _MULTIPLE) * _MULTIPLE)


def _normalised(image: Pixels) -> Floats:
    return np.ascontiguousarray(image.transpose(2, 0, 1), dtype=np.float32) / np.float32(127.5) - np.float32(1)


def _boxes(shares: Floats, width: int, height: int) -> list[Area]:
    mask = cv2.dilate((shares > _TEXT).astype(np.uint8), np.ones((2, 2), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    across, down = width / shares.shape[1], height / shares.shape[0]
    found = []
    for label in range(1, count):
        x, y, w, h = (int(value) for value in stats[label][:4])
        inside = labels[y : y + h, x : x + w] == label
        if min(w, h) < _LEAST or float(shares[y : y + h, x : x + w][inside].mean()) < _SURE_TEXT:
            continue
        # The network marks the core of a line; this is how far its training shrank the line to it.
        growth = w * h * _GROWTH / (2 * (w + h))
        found.append(
            Area(
                max(0, int((x - growth) * across)), max(0, int((y - growth) * down)),
                min(width, int((x + w + growth) * across + 1)), min(height, int((y + h + growth) * down + 1)),
            )
        )  # fmt: skip
    return found


def read_lines(image: Pixels, areas: list[Area], networks: Networks) -> list[Line]:
    """What stands in each area, taken as one line of upright characters."""
    widths = [_line_width(area) for area in areas]
    lines: list[Line | None] = [None] * len(areas)
    for batch in in_batches(widths, _BATCH, _BATCH_WIDTH):
        width = max(widths[at] for at in batch)
        classes, shares = networks.recognise(np.stack([_strip(image, areas[at], width) for at in batch]))
        for row, at in enumerate(batch):
            lines[at] = _decoded(areas[at], classes[row], shares[row], width, networks.characters)
    return [line for line in lines if line is not None]


def _line_width(area: Area) -> int:
    natural = -(-area.width * _HEIGHT // max(1, area.height))
    return min(_MOST_WIDTH, max(_LEAST_WIDTH, -(-natural // _WIDTH_STEP) * _WIDTH_STEP))


def _strip(image: Pixels, area: Area, width: int) -> Floats:
    """The area's pixels as the network wants them, set at the left of a strip of `width`."""
    own = min(width, max(1, round(area.width * _HEIGHT / max(1, area.height))))
    crop = image[area.y0 : area.y1, area.x0 : area.x1]
    shrinks = area.height > _HEIGHT
    strip = np.zeros((3, _HEIGHT, width), np.float32)
    strip[:, :, :own] = _normalised(
        cv2.resize(crop, (own, _HEIGHT), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR)
    )
    return strip


def _decoded(area: Area, classes: NDArray[np.int64], shares: Floats, width: int, characters: tuple[str, ...]) -> Line:
    """Runs of one class are one character; class 0 parts them."""
    step = width / len(classes) * area.height / _HEIGHT
    starts = np.flatnonzero((classes != 0) & np.concatenate(([True], classes[1:] != classes[:-1])))
    text, sure, middles = [], [], []
    for start in starts:
        end = start + 1
        while end < len(classes) and classes[end] == classes[start]:
            end += 1
        code = int(classes[start]) - 1
        text.append(characters[code] if code < len(characters) else " ")
        sure.append(float(shares[start:end].max()))
        middles.append(area.x0 + (start + end) / 2 * step)
    return Line(area, settled("".join(text)), tuple(sure), tuple(middles))


def without_bleed(lines: list[Line], image: Pixels) -> list[Line]:
    """The lines, those emptied that show through from the back of the sheet: far paler than the page's text and, being mirrored, badly
    read."""
    depths = [ink_depth(image, line.area) for line in lines]
    usual = float(np.median(depths)) if depths else 0.0
    return [
        replace(line, text="", shares=(), middles=())
        if depth < _PALE * usual and float(np.mean(line.shares or (1.0,))) < _MIRRORED
        else line
        for line, depth in zip(lines, depths, strict=True)
    ]


def ink_depth(image: Pixels, area: Area) -> float:
    """How much darker than white the ink in an area is."""
    patch = image[area.y0 : area.y1, area.x0 : area.x1]
    return 255.0 - float(np.percentile(patch.min(axis=2), 5)) if patch.size else 0.0


def settled(text: str) -> str:
    """The text with signs that look alike told apart by what stands beside them, one for one: a stroke between figures or all alone is a dash, not 一;
    brackets come in pairs of one width; marks between Chinese characters are full width."""
    text = "—" * len(text) if _STROKES.fullmatch(text) else text
    signs = list(_DASH.sub(lambda match: (match[1] or match[3]) + "—" * len(match[2] or match[4]), text))
    open_at: list[int] = []
    for at, sign in enumerate(signs):
        if sign in "（(":
            open_at.append(at)
        elif sign in "）)" and open_at:
            start = open_at.pop()
            if "（" in signs[start] or "）" in sign or _HAN.search(text, start, at):
                signs[start], signs[at] = "（", "）"
    for at, sign in enumerate(signs):
        if (
            sign in _FULL_WIDTH
            and at
            and _HAN.match(signs[at - 1])
            and (at + 1 == len(signs) or not signs[at + 1].isascii())
        ):
            signs[at] = _FULL_WIDTH[sign]
    return "".join(signs)


def character_width(line: Line) -> float:
    """The width of a full-width character of a line."""
    steps = [
        after - before
        for (before, a), (after, b) in pairwise(zip(line.middles, line.text, strict=True))
        if WIDE.match(a) and WIDE.match(b)
    ]
    return float(np.median(steps)) if len(steps) > 1 else 0.62 * line.area.height
