"""Lines of text in one place (a cell, the open page) → paragraphs as a person reads them.

In: `Line`s, the place they stand in, the rules drawn under blanks. Out: `Passage`s: pieces on one level joined with the gaps between them
as spaces, lines that were only broken because they were full joined to one, underlined parts marked. Geometry only; the words decide
nothing but where a paragraph cannot have been broken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from formflow.reading.scan.areas import Area, around
from formflow.reading.scan.text import WIDE, Line, character_width, settled

# A gap of this many character widths parts two pieces of a line.
_GAP, _INNER_GAP, _MOST_SPACES = 0.9, 1.3, 24
_BLANK = "________"
# What a line break does not part: a number or word, with the mark behind it.
_UNBROKEN = re.compile(r"(?:[A-Za-z0-9.,%+\-/:@]+|.)[，。、；：！？）》”’,.;:!?)\]%]*")
# What begins a paragraph of its own: a label; behind a full line that ended a sentence also a number or a short heading.
_LABEL = re.compile(r"^[^，。；,;]{2,16}[：:]")
_OPENING = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|\d{1,2}[、.．](?!\d)|[（(]\d{1,2}[）)]|第[一二三四五六七八九十]+[章条]|[^，。；,;]{2,16}$)"
)
_CLOSED = tuple("。！？；!?;日")
# A paragraph's first line may be indented by two characters; one that begins further right is set to the right, and alone.
_MOST_INDENT = 3.2
_TOLERANCE = 0.6  # character widths


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph: its text, the lines it stands on, underlined ranges of its text."""

    text: str
    areas: tuple[Area, ...]
    surety: float
    underlined: tuple[tuple[int, int], ...] = ()

    @property
    def area(self) -> Area:
        return around(self.areas)


@dataclass(frozen=True, slots=True)
class _Row:
    """The pieces of text on one level, joined."""

    text: str
    area: Area
    surety: float
    underlined: tuple[tuple[int, int], ...]
    width: float  # of a character

    @property
    def start(self) -> float:
        """Where the first character begins; boxes are wider than their text."""
        return self.area.x0


def set_text(lines: list[Line], right_edge: float, rules: list[Area], *, is_stack: bool = False) -> list[Passage]:
    """The paragraphs of one place. `right_edge` is the pixel column up to which a full line may run; `is_stack`: characters written one
    below the other make one word."""
    rows = [_joined(row, rules) for row in _levels([_spaced(line) for line in lines if line.text.strip()])]
    rows.sort(key=lambda row: row.area.y0)
    if is_stack:
        return [_one(rows)] if rows else []
    limit = max((row.area.x1 for row in rows), default=0.0)
    # Full lines end together; a place with short lines only is as wide as it is.
    limit = limit if right_edge - limit < 2 * max((row.width for row in rows), default=0.0) else right_edge
    groups: list[list[_Row]] = []
    for before, row in pairwise([None, *rows]):
        if before is not None and row is not None and _goes_on(before, row, groups[-1][0], limit):
            groups[-1].append(row)
        elif row is not None:
            groups.append([row])
    return [_one(group) for group in groups]


def _levels(lines: list[Line]) -> list[list[Line]]:
    """Lines grouped by the level they stand on, each level from left to right."""
    levels: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.area.middle[1]):
        level = levels[-1] if levels else []
        if level and _is_level(level, line):
            level.append(line)
        else:
            levels.append([line])
    return [sorted(level, key=lambda line: line.area.x0) for level in levels]


def _is_level(level: list[Line], line: Line) -> bool:
    middle = float(np.mean([other.area.middle[1] for other in level]))
    height = min(line.area.height, *(other.area.height for other in level))
    if abs(line.area.middle[1] - middle) > 0.4 * height:
        return False
    # Two lines of text one above the other overlap across; pieces of one line do not.
    return all(_shared_across(line.area, other.area) < 0.4 * min(line.area.width, other.area.width) for other in level)


def _shared_across(one: Area, other: Area) -> int:
    return max(0, min(one.x1, other.x1) - max(one.x0, other.x0))


def ends(line: Line) -> tuple[float, float]:
    """Where a line's first character begins and its last one ends, as near as its middles tell."""
    half = character_width(line) / 2
    return line.middles[0] - half * _breadth(line.text[0]), line.middles[-1] + half * _breadth(line.text[-1])


def _spaced(line: Line) -> Line:
    """The line with the gaps inside it as spaces; OCR leaves them out."""
    width = character_width(line)
    signs: list[tuple[str, float, float]] = []
    for sign in zip(line.text, line.shares, line.middles, strict=True):
        if signs and sign[0] != " ":
            before = signs[-1]
            gap = sign[2] - before[2] - width * (_breadth(before[0]) + _breadth(sign[0])) / 2
            signs += [(" ", 1.0, (before[2] + sign[2]) / 2)] * (
                _spaces(gap / width) if gap >= _INNER_GAP * width else 0
            )
        signs.append(sign)
    texts, shares, middles = zip(*signs, strict=True)
    return replace(line, text="".join(texts), shares=shares, middles=middles)


def _spaces(widths: float) -> int:
    return min(_MOST_SPACES, max(2, round(2 * widths)))


def _breadth(sign: str) -> float:
    return 1.0 if WIDE.match(sign) else 0.55


def _joined(level: list[Line], rules: list[Area]) -> _Row:
    """The pieces of one level with their gaps as spaces, and blanks without text as underscores."""
    width = float(np.median([character_width(line) for line in level]))
    area = around(tuple(line.area for line in level))
    own = [rule for rule in rules if _is_under(rule, area)]
    pieces: list[tuple[float, float, Line | None]] = [(*ends(line), line) for line in level]
    for rule in own:
        pieces += [(start, end, None) for start, end in _bare(rule, level, width)]
    text, underlined, position = "", list[tuple[int, int]](), None
    for start, end, line in sorted(pieces, key=lambda piece: piece[0]):
        if position is not None:
            gap = (start - position) / width
            text += " " * _spaces(gap) if gap >= _GAP and line is not None else ""
        base = len(text)
        text += line.text if line is not None else _BLANK
        underlined += _marked(line, own, base) if line is not None else [(base, len(text))]
        position = end
    if own and not all(line is None for _, _, line in pieces):
        area = around((area, *own))
    return _Row(text, area, min(line.surety for line in level), _merged(underlined), width)


def _bare(rule: Area, level: list[Line], width: float) -> list[tuple[float, float]]:
    """The stretches of a rule over which nothing is written, if they are wide enough to be blanks."""
    stretches, position = [], float(rule.x0)
    for start, end in sorted(ends(line) for line in level):
        if start - position > 2.5 * width:
            stretches.append((position, min(start, float(rule.x1))))
        position = max(position, end)
    if rule.x1 - position > 2.5 * width:
        stretches.append((position, float(rule.x1)))
    written = any(_shared_across(rule, line.area) > 0.3 * rule.width for line in level)
    return [] if written else [(start, end) for start, end in stretches if end > start]


def _is_under(rule: Area, area: Area) -> bool:
    """Whether a rule is drawn under the text of an area (or where text would stand on that level)."""
    middle = rule.middle[1]
    return area.y0 + 0.5 * area.height <= middle <= area.y1 + 0.35 * area.height


def _marked(line: Line, rules: list[Area], base: int) -> list[tuple[int, int]]:
    over = [any(rule.x0 <= middle <= rule.x1 for rule in rules) for middle in line.middles]
    return [(base + at, base + at + 1) for at, is_over in enumerate(over) if is_over]


def _merged(ranges: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _goes_on(before: _Row, row: _Row, first: _Row, limit: float) -> bool:
    """Whether a row carries on the paragraph: the row before was full, for what comes first here did not fit on it."""
    is_apart = row.area.y0 - before.area.y1 > 0.6 * max(before.area.height, row.area.height)
    if is_apart or before.underlined or row.underlined or not 0.75 <= row.width / before.width <= 1.33:
        return False
    if _LABEL.match(row.text) or (_OPENING.match(row.text) and before.text.endswith(_CLOSED)):
        return False
    word = _UNBROKEN.match(row.text)
    needed = sum(_breadth(sign) for sign in (word[0] if word else row.text[:1])) * row.width
    is_full = limit - before.area.x1 < needed + _TOLERANCE * row.width
    is_aligned = (
        abs(row.area.x1 - before.area.x1) < row.width or abs(row.area.middle[0] - before.area.middle[0]) < row.width
    )
    indent = (row.start - min(first.start, before.start)) / row.width
    return is_full and (is_aligned or -_MOST_INDENT <= indent <= 1.2)


def _one(rows: list[_Row]) -> Passage:
    text, underlined = "", list[tuple[int, int]]()
    for row in rows:
        # Words and numbers of two lines are parted; Chinese is not.
        text += " " if re.search(r"[A-Za-z]$", text) and re.match(r"[A-Za-z]", row.text) else ""
        underlined += [(len(text) + start, len(text) + end) for start, end in row.underlined]
        text += row.text
    # A dash at a line's end or beginning is told by what stands on the other line.
    text = settled(text)
    return Passage(text, tuple(row.area for row in rows), min(row.surety for row in rows), tuple(underlined))
