"""A page set in columns, as newspapers are → its stretches in the order they are read: each headline, then the columns under it.

Comes in: the characters of a page. Goes out: stretches of characters, each one headline or the text of one column under one headline;
nothing where the page is not set in columns of prose. A form's labels and answers side by side, or a list's, are no prose.

Which text a headline governs is told in `newspaper_order`.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterable, Sequence
from itertools import pairwise

from formflow.reading.pdf.ink import Glyph
from formflow.reading.pdf.lines import Line, is_wide
from formflow.reading.pdf.newspaper_order import Column, Run, heads_of, in_order

# Lines with a gap inside: so many, and this share of all, make it worth looking for columns.
_FEWEST_LINES, _WITH_GAP = 8, 0.4
_GAP = re.compile(r"\S {2,}\S")
# In ems of running text: a gap that parts two columns, at the least; in a headline words stand further apart.
_GUTTER, _HEADLINE_GAP = 0.85, 1.7
# How much higher or lower characters of one line stand, how far apart line ends of one column may be, and how far in a paragraph begins,
# in ems.
_LEVEL, _EDGE, _INDENT = 0.25, 1.3, 2.6
# A column has so many lines, so wide in ems, this share of them full; its text has a mark in so many characters.
_COLUMN_LINES, _NARROWEST, _FULL, _MARK_IN = 6, 7.0, 0.4, 40
# From here on characters are Han or full-width: they are as wide as they are large.
_HAN = "\u2e80"
_MARKS = re.compile(r"[，。、；：,;!?！？]")
# Columns hold this share of the page's characters, of which there are so many.
_MOST, _FEWEST = 0.5, 150
# A headline is so much larger than running text.
_HEADLINE = 1.25


def may_have_columns(lines: Sequence[Line]) -> bool:
    """Whether a page's lines, taken over its whole width, have gaps as a page in columns has: a cheap first look."""
    with_gap = sum(1 for line in lines if _GAP.search(line.text))
    return with_gap >= _FEWEST_LINES and with_gap >= _WITH_GAP * len(lines)


def stretches_of(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """The stretches of a page in the order they are read; empty where it is not set in columns."""
    if len(glyphs) < _FEWEST:
        return []
    body_em = _body_em(glyphs)
    runs = _runs(glyphs, body_em)
    columns = _columns(runs, body_em)
    if len(columns) < 2:
        return []
    over, texts = _parted(runs, columns, body_em)
    if sum(len(run.glyphs) for own in texts.values() for run in own) < _MOST * len(glyphs):
        return []
    return [[glyph for run in stretch for glyph in run.glyphs] for stretch in in_order(heads_of(over, texts), texts)]


def _body_em(glyphs: Sequence[Glyph]) -> float:
    return max(
        1.0, statistics.median([g.x1 - g.x0 for g in glyphs if is_wide(g.text)] or [g.y1 - g.y0 for g in glyphs])
    )


def _runs(glyphs: Sequence[Glyph], body_em: float) -> list[Run]:
    """The characters as runs, from left to right; each goes to the run it is nearest to."""
    open_runs: dict[int, list[Run]] = {}
    runs: list[Run] = []
    step = max(1.0, _LEVEL * body_em)
    for glyph in sorted(glyphs, key=lambda g: g.x0):
        size = glyph.x1 - glyph.x0 if is_wide(glyph.text) else (glyph.y1 - glyph.y0) * 0.8
        bucket = round(glyph.base / step)
        near = [run for at in (bucket - 1, bucket, bucket + 1) for run in open_runs.get(at, ())]
        run = max((run for run in near if _goes_on(run, glyph, size, body_em)), key=lambda run: run.x1, default=None)
        if run is None:
            run = Run([], glyph.base, size, glyph.x1)
            runs.append(run)
            open_runs.setdefault(bucket, []).append(run)
        run.glyphs.append(glyph)
        run.x1 = max(run.x1, glyph.x1)
        run.em = max(run.em, size) if is_wide(glyph.text) else run.em
    return runs


def _goes_on(run: Run, glyph: Glyph, size: float, body_em: float) -> bool:
    if abs(glyph.base - run.base) > max(1.0, _LEVEL * max(size, body_em)):
        return False
    is_large = run.em > _HEADLINE * body_em
    if is_large != (size > _HEADLINE * body_em) and glyph.text >= _HAN:
        return False
    return glyph.x0 - run.x1 <= (_HEADLINE_GAP if is_large else _GUTTER) * run.em


def _columns(runs: Iterable[Run], body_em: float) -> list[Column]:
    """The columns of prose, from left to right: where many lines of running text begin and end alike."""
    lines = [run for run in runs if run.em <= _HEADLINE * body_em and run.x1 - run.x0 >= _NARROWEST * body_em]
    groups: list[list[Run]] = []
    for line in sorted(lines, key=lambda run: run.x0):
        for group in groups:
            # Sorted by where they begin: the first line of a paragraph begins further in.
            if line.x0 - group[0].x0 <= _INDENT * body_em:
                group.append(line)
                break
        else:
            groups.append([line])
    found = [column for group in groups if (column := _column(group, body_em))]
    return [
        column
        for column in sorted(found)
        if not any(other is not column and other[0] <= column[0] and column[1] <= other[1] for other in found)
    ]


def _column(lines: list[Run], body_em: float) -> Column | None:
    right = statistics.median(sorted(run.x1 for run in lines)[len(lines) // 2 :])
    full = [run for run in lines if abs(run.x1 - right) <= _EDGE * body_em]
    text = "".join(run.text for run in lines)
    is_prose = len(_MARKS.findall(text)) * _MARK_IN >= len(text)
    if len(full) < _COLUMN_LINES or len(full) < _FULL * len(lines) or not is_prose:
        return None
    # A line in the middle may begin further left than the column does.
    return min((a.x0 for a, b in pairwise(lines) if b.x0 - a.x0 <= 1), default=lines[0].x0), right


def _parted(runs: list[Run], columns: list[Column], body_em: float) -> tuple[list[Run], dict[Column, list[Run]]]:
    """What goes over several columns, headlines first of all; and the lines of each column."""
    over: list[Run] = []
    texts: dict[Column, list[Run]] = {column: [] for column in columns}
    slack = _EDGE * body_em
    for run in runs:
        own = next((c for c in columns if c[0] - slack <= run.x0 and run.x1 <= c[1] + slack), None)
        if own is None or run.em > _HEADLINE * body_em:
            over.append(run)
        else:
            texts[own].append(run)
    return over, texts
