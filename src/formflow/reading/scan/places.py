"""Text boxes → the cells and the open page they belong to, cut where they run over a rule.

In: the boxes detection found, the tables, the page's ink. Out: for each cell its boxes, and the boxes outside of every table. Boxes that
hold several lines, or characters stacked one above the other, are cut apart; ink in a cell that detection overlooked gets a box.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from formflow.reading.scan.areas import MM, Area, Pixels
from formflow.reading.scan.cells import RuledCell, RuledTable

# A box belongs to a cell with this share of its height in it, and a piece of it about a character wide.
_SHARE_DOWN, _LEAST_PIECE = 0.5, 0.45
_TALL, _TALLER_THAN_OTHERS, _ACROSS = 1.8, 1.65, 0.4
# Of the ink of a line's rows, what the strokes of a signature leave between two lines.
_SPARSE = 0.25
# How far beside a box a mark of its line may stand, in heights.
_REACH = 0.45
_LEAST_INK, _LEAST_MARK, _EDGE = round(1.5 * MM**2), round(0.8 * MM), round(0.6 * MM)


@dataclass(frozen=True, slots=True)
class Places:
    """Boxes by cell (in the order of tables and their cells), and those on the open page."""

    cells: tuple[tuple[RuledTable, RuledCell, tuple[Area, ...]], ...]
    open: tuple[Area, ...]

    @property
    def all(self) -> list[Area]:
        return [*(area for _, _, areas in self.cells for area in areas), *self.open]


def place(boxes: list[Area], tables: list[RuledTable], ink: Pixels) -> Places:
    """Each box where it belongs. `ink` is a mask of the page's dark strokes, without rules and seals."""
    usual = float(np.median([box.height for box in boxes])) if boxes else 0.0
    pieces = [_with_marks(piece, ink) for box in boxes for piece in _lines_of(box, usual, ink)]
    cells = []
    for table in tables:
        near = [box for box in pieces if box.common(table.area)]
        for cell in table.cells:
            inside = _merged([piece for box in near if (piece := _piece_in(box, cell.area))])
            stacked = [part for piece in inside for part in _stacked(piece, ink)]
            cells.append((table, cell, tuple(stacked or _overlooked(cell.area, ink))))
    outside = _merged([box for box in pieces if not _is_taken(box, tables, usual)])
    return Places(tuple(cells), tuple(outside))


def _is_taken(box: Area, tables: list[RuledTable], usual: float) -> bool:
    """Whether a cell has taken a box, or part of it. Text among broken rules that is in no cell is not lost: it stands on the open page."""
    near = [table for table in tables if _is_within(box, table.area)]
    is_scrap = box.height < 0.5 * usual
    return any(is_scrap or any(_piece_in(box, cell.area) for cell in table.cells) for table in near)


def _with_marks(box: Area, ink: Pixels) -> Area:
    """The box with the small marks right and left of it, which detection cuts off: 、 and 。 at a line's end, a bracket."""
    reach = round(_REACH * box.height)
    top, bottom = box.y0 + box.height // 6, box.y1 - box.height // 6
    after = np.flatnonzero(ink[top:bottom, box.x1 : box.x1 + reach].any(axis=0))
    before = np.flatnonzero(ink[top:bottom, max(0, box.x0 - reach) : box.x0].any(axis=0))
    x1 = box.x1 + int(after[-1]) + 3 if len(after) else box.x1
    x0 = box.x0 - (min(reach, box.x0) - int(before[0])) - 2 if len(before) else box.x0
    return Area(max(0, x0), box.y0, min(ink.shape[1], x1), box.y1)


def _merged(boxes: list[Area]) -> list[Area]:
    """Boxes that share a stretch of one line as one: read apart, what they share would be read twice."""
    kept: list[Area] = []
    for box in sorted(boxes, key=lambda box: box.x0):
        at = next((at for at, other in enumerate(kept) if _shares_line(other, box)), None)
        if at is None:
            kept.append(box)
            continue
        other = kept[at]
        if max(other.height, box.height) < _TALLER_THAN_OTHERS * min(other.height, box.height):
            kept[at] = Area(other.x0, min(other.y0, box.y0), max(other.x1, box.x1), max(other.y1, box.y1))
        else:
            # Handwriting and the print behind it: each for itself, and what of the first reaches beyond the other.
            kept[at] = Area(other.x0, other.y0, max(other.x0 + 1, box.x0), other.y1)
            kept.append(box)
            if other.x1 - box.x1 > 0.5 * other.height:
                kept.append(Area(box.x1, other.y0, other.x1, other.y1))
    return kept


def _shares_line(one: Area, other: Area) -> bool:
    low, high = sorted((one, other), key=lambda box: box.height)
    is_level = abs(low.middle[1] - high.middle[1]) < 0.4 * low.height
    stands_out = high.height >= _TALLER_THAN_OTHERS * low.height and high.y0 < low.middle[1] < high.y1
    return (is_level or stands_out) and other.x0 < one.x1 - 0.1 * low.height


def _is_within(box: Area, area: Area) -> bool:
    x, y = box.middle
    return area.x0 <= x < area.x1 and area.y0 <= y < area.y1


def _piece_in(box: Area, cell: Area) -> Area | None:
    """The part of a box that lies in a cell, None if it only reaches over the rule a little."""
    piece = box.common(cell)
    if piece is None or piece.height < _SHARE_DOWN * box.height:
        return None
    is_whole = piece.width >= 0.8 * box.width
    return piece if is_whole or piece.width >= _LEAST_PIECE * box.height + 2 * _EDGE else None


def _lines_of(box: Area, usual: float, ink: Pixels) -> list[Area]:
    """A box that holds several lines, cut between them; lines touch no more than their boxes do, unless a signature runs over them."""
    if box.height < _TALLER_THAN_OTHERS * usual or box.width < _TALL * usual:
        return [box]
    patch = ink[box.y0 : box.y1, box.x0 : box.x1]
    depths = np.count_nonzero(patch, axis=1)
    for rows in (patch.any(axis=1), depths > _SPARSE * np.percentile(depths, 90)):
        lines = [(start, end) for start, end in _runs(rows) if end - start >= 0.3 * usual]
        if len(lines) > 1 and all(_extent(ink, box, start, end) >= _ACROSS * box.width for start, end in lines):
            return [_grown_down(box, start, end) for start, end in lines]
    return [box]


def _extent(ink: Pixels, box: Area, start: int, end: int) -> int:
    """How far ink reaches across some rows of a box: a stroke that stands out of a line is no line."""
    columns = np.flatnonzero(ink[box.y0 + start : box.y0 + end, box.x0 : box.x1].any(axis=0))
    return int(columns[-1] - columns[0]) if len(columns) else 0


def _grown_down(box: Area, start: int, end: int) -> Area:
    margin = max(2, (end - start) // 4)
    return Area(box.x0, max(box.y0, box.y0 + start - margin), box.x1, min(box.y1, box.y0 + end + margin))


def _stacked(piece: Area, ink: Pixels) -> list[Area]:
    """A narrow tall piece as its characters, each a box of its own: a label written downwards."""
    if piece.height < _TALL * piece.width:
        return [piece]
    rows = _runs(ink[piece.y0 : piece.y1, piece.x0 : piece.x1].any(axis=1))
    size = max((end - start for start, end in rows), default=0)
    if len(rows) < 2 or size > 1.6 * piece.width:
        return [piece]
    characters: list[tuple[int, int]] = []
    for start, end in rows:
        # The parts of one character (二, 三) lie closer together than characters do.
        if characters and end - characters[-1][0] <= 1.1 * max(size, 0.6 * piece.width):
            characters[-1] = (characters[-1][0], end)
        else:
            characters.append((start, end))
    return [_grown_down(piece, start, end) for start, end in characters]


def _overlooked(cell: Area, ink: Pixels) -> list[Area]:
    """Boxes around ink in a cell where detection saw none: a stroke through the blank, a lone figure."""
    inner = cell.grown(-_EDGE, cell)
    marks = ink[inner.y0 : inner.y1, inner.x0 : inner.x1]
    if cv2.countNonZero(marks) < _LEAST_INK:
        return []
    lines = []
    for top, bottom in _runs(cv2.dilate(marks, np.ones((5, 1), np.uint8)).any(axis=1)):
        columns = np.flatnonzero(marks[top:bottom].any(axis=0))
        if not len(columns) or cv2.countNonZero(marks[top:bottom]) < _LEAST_INK:
            continue
        height = max(bottom - top, round(2.5 * MM))
        middle = inner.y0 + (top + bottom) // 2
        box = Area(
            inner.x0 + int(columns[0]) - height // 2, middle - height * 2 // 3,
            inner.x0 + int(columns[-1]) + height // 2, middle + height * 2 // 3,
        )  # fmt: skip
        if int(columns[-1]) - int(columns[0]) >= _LEAST_MARK and (kept := box.common(cell)):
            lines.append(kept)
    return lines


def _runs(filled: Any) -> list[tuple[int, int]]:
    """The stretches of True in a row of them, half open."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], filled, [False])).astype(np.int8)))
    return [(int(start), int(end)) for start, end in edges.reshape(-1, 2)]
