"""Characters → lines of text, by where they stand and not by the order in which the file names them.

Comes in: the characters of one place (a cell, the page beside its tables) and the rules drawn under text. Goes out: `Line`s from top to
bottom with gaps as spaces and the ranges that are underlined, blanks included.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from formflow.reading.pdf.ink import Glyph, Rule

# Shares of an em: a gap without white space in the file that is one to a reader; the width of a space; a copy that makes text bold.
_GAP_WIDE, _GAP_NARROW, _GAP_SPACED = 0.45, 0.2, 0.3
_LEAST_GAP = 0.1  # with white space in the file
_SPACE = 0.5
_COPY = 0.3
# The share of a character that another one lies upon if it was typed over.
_OVER = 0.6
# How much characters of one line may stand higher or lower; where a rule under a line may be.
_LEVEL = 0.3
_RULE_ABOVE, _RULE_BELOW = 0.12, 0.5
_MOST_SPACES = 60
# Points; a damaged file may have boxes without any size.
_LEAST_EM = 0.5
# How far in, in ems, lines may hang behind a number.
_HANG = 6
_base, _left = attrgetter("base"), attrgetter("x0")
_OPENING = frozenset("（《「『【〔“‘([{<")
_CLOSING = frozenset("，。、；：！？）》」』】〕”’％%,.;:!?)]}…—")


@dataclass(slots=True, eq=False)
class Line:
    """A line with its box and page (1-based); `em` is the width of a full-width character in it, `head` the width of what cannot be parted
    from its beginning (a word, a character with the mark behind it). `hang` is where its text goes on behind a first gap (a number and a
    tab): lines below may hang there. `underlined` are half-open ranges of `text`. `is_unsure`: it is longer than the place it is seen in, and may
    not be whole, or some of it is struck out or typed over."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    em: float
    head: float
    page: int
    hang: float | None = None
    underlined: tuple[tuple[int, int], ...] = ()
    is_unsure: bool = False

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2


def is_wide(character: str) -> bool:
    """Whether a character takes a full em: Han, kana, full-width forms and their marks."""
    return character >= "\u2e80" or character in "“”‘’…—□☐☑"


def lines_of(glyphs: list[Glyph], page: int, underlines: Iterable[Rule] = ()) -> list[Line]:
    """The lines from top to bottom. `underlines` may hold level rules of any place; those right under a line are its own."""
    if not glyphs:
        return []
    columns = _standing_columns(glyphs)
    if columns:
        return [_line(column, page, (), is_standing=True) for column in columns]
    rules = [rule for rule in underlines if rule.is_level]
    return [_line(row, page, _under(row, rules) if rules else ()) for row in _rows(glyphs)]


def _rows(glyphs: list[Glyph]) -> Iterator[list[Glyph]]:
    """Characters written on one line, from left to right."""
    apart = _LEVEL * _em(glyphs)
    row: list[Glyph] = []
    base = 0.0
    for glyph in sorted(glyphs, key=_base):
        if row and glyph.base - base > apart:
            yield sorted(row, key=_left)
            row = []
        row.append(glyph)
        base = glyph.base
    yield sorted(row, key=_left)


def _standing_columns(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """The columns of text set from top to bottom, the rightmost first; none if the text runs from left to right.

    Told by the file's order: in standing text nearly every character is right under the one before."""
    if not 3 < len(glyphs) <= 400 or glyphs[1].y0 - glyphs[0].y0 < 0.5 * (glyphs[0].y1 - glyphs[0].y0):
        return []
    columns: list[list[Glyph]] = [[glyphs[0]]]
    for before, glyph in pairwise(glyphs):
        is_under = abs((glyph.x0 + glyph.x1) - (before.x0 + before.x1)) < glyph.x1 - glyph.x0 and glyph.y0 > before.y0
        if is_under:
            columns[-1].append(glyph)
        elif glyph.x1 <= before.x0 + 1 and glyph.y0 < before.y0:
            columns.append([glyph])
        else:
            return []
    # One column alone may be lines of one character each: they read the same, and as lines they can be parted.
    return columns if len(columns) > 1 else []


def _under(row: list[Glyph], rules: list[Rule]) -> list[Rule]:
    """The rules right under a line, or level with it where a blank stands."""
    base, em = statistics.median(glyph.base for glyph in row), _em(row)
    return [rule for rule in rules if base - _RULE_ABOVE * em < rule.at <= base + _RULE_BELOW * em]


def _line(glyphs: list[Glyph], page: int, rules: Iterable[Rule], is_standing: bool = False) -> Line:
    _, x0s, y0s, x1s, y1s, _, _, cuts = zip(*glyphs, strict=True)
    x0, y0, x1, y1 = min(x0s), min(y0s), max(x1s), max(y1s)
    if is_standing:
        em = statistics.median(g.x1 - g.x0 for g in glyphs)
        return Line("".join(g.text for g in glyphs), x0, y0, x1, y1, em, em, page)
    em = _em(glyphs)
    spans = [(rule.start, rule.end) for rule in rules]
    text, underlined = _set(glyphs, em, spans)
    is_unsure = any(cuts) or _is_written_over(glyphs)
    return Line(text, x0, y0, x1, y1, em, _head(glyphs), page, _hang(glyphs, em), underlined, is_unsure)


def _em(glyphs: list[Glyph]) -> float:
    widths = [glyph.x1 - glyph.x0 for glyph in glyphs if is_wide(glyph.text)]
    if widths:
        return max(_LEAST_EM, statistics.median(widths))
    return max(1.0, 0.75 * statistics.median(glyph.y1 - glyph.y0 for glyph in glyphs))


def _head(glyphs: list[Glyph]) -> float:
    """The width of what a line break before it would have to carry over."""
    first = glyphs[0]
    end = first.x1
    for before, glyph in pairwise(glyphs):
        is_word = not is_wide(glyph.text) and not is_wide(before.text) and not glyph.is_spaced
        if not is_word and glyph.text not in _CLOSING and before.text not in _OPENING:
            break
        end = glyph.x1
    return end - first.x0


def _hang(glyphs: list[Glyph], em: float) -> float | None:
    for before, glyph in pairwise(glyphs):
        if glyph.x0 - glyphs[0].x0 > _HANG * em:
            return None
        if glyph.x0 - before.x1 > _GAP_SPACED * em:
            return glyph.x0
    return None


_Ranges = tuple[tuple[int, int], ...]


def _set(glyphs: list[Glyph], em: float, spans: list[tuple[float, float]]) -> tuple[str, _Ranges]:
    """The text of a line with gaps as spaces, and its underlined ranges."""
    if not spans:
        return "".join(_spaced(glyphs, em)), ()
    letters: list[str] = []
    marked: list[bool] = []

    def fill(start: float, end: float, count: int) -> None:
        width = (end - start) / max(1, count)
        for number in range(count):
            letters.append(" ")
            marked.append(_is_over(start + (number + 0.5) * width, spans))

    if (lead := glyphs[0].x0 - min(start for start, _ in spans)) > _SPACE * em:
        fill(glyphs[0].x0 - lead, glyphs[0].x0, _spaces_in(lead, em))
    before: Glyph | None = None
    for glyph in glyphs:
        if before is not None:
            if _is_copy(before, glyph):
                continue
            fill(before.x1, glyph.x0, _spaces_between(before, glyph, em))
        letters.append(glyph.text)
        marked.extend([_is_over((glyph.x0 + glyph.x1) / 2, spans)] * len(glyph.text))
        before = glyph
    last = max(glyph.x1 for glyph in glyphs)
    if (tail := max(end for _, end in spans) - last) > _SPACE * em:
        fill(last, last + tail, _spaces_in(tail, em))
    return "".join(letters), tuple(_ranges(marked))


def _spaced(glyphs: list[Glyph], em: float) -> list[str]:
    """The characters of a line, and what a reader sees as gaps between them."""
    before = glyphs[0]
    letters, none = [before.text], _LEAST_GAP * em
    for glyph in glyphs[1:]:
        if before.text == glyph.text and _is_copy(before, glyph):
            continue
        if not glyph.x0 - before.x1 <= none:
            letters.append(" " * _spaces_between(before, glyph, em))
        letters.append(glyph.text)
        before = glyph
    return letters


def _is_written_over(glyphs: list[Glyph]) -> bool:
    """Whether characters lie upon others: somebody has typed over what stood there, and both are read."""
    return any(
        before.x1 - glyph.x0 > _OVER * min(before.x1 - before.x0, glyph.x1 - glyph.x0)
        and before.text.isalnum()  # (marks are set into each other)
        and glyph.text.isalnum()
        and not _is_copy(before, glyph)
        for before, glyph in pairwise(glyphs)
        if glyph.x0 < before.x1
    )


def _is_copy(before: Glyph, glyph: Glyph) -> bool:
    return before.text == glyph.text and glyph.x0 - before.x0 < _COPY * (glyph.x1 - glyph.x0)


def _is_over(x: float, spans: list[tuple[float, float]]) -> bool:
    return any(start <= x <= end for start, end in spans)


def _spaces_between(before: Glyph, glyph: Glyph, em: float) -> int:
    """How many spaces a reader sees between two neighbours. Between Han and Latin a fine gap is set by the program, not typed."""
    gap = glyph.x0 - before.x1
    wide = is_wide(before.text[-1]) + is_wide(glyph.text[0])
    if wide == 1:
        least = _GAP_SPACED if glyph.is_spaced else _GAP_WIDE
    else:
        least = _LEAST_GAP if glyph.is_spaced else (_GAP_WIDE if wide else _GAP_NARROW)
    return _spaces_in(gap, em) if gap > least * em else 0


def _spaces_in(gap: float, em: float) -> int:
    return min(_MOST_SPACES, max(1, round(gap / (_SPACE * em))))


def _ranges(marked: list[bool]) -> Iterator[tuple[int, int]]:
    start = None
    for position, is_marked in enumerate([*marked, False]):
        if is_marked and start is None:
            start = position
        elif not is_marked and start is not None:
            yield start, position
            start = None
