"""A paragraph or a table row in, lines with their places across the page out; how far down they stand is `flow`'s."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from formflow.letters.closing import signature_indent
from formflow.letters.elements import SIGNATURE, SIZE_3, Element
from formflow.letters.geometry import CHAR_PT, LEFT_MM, MM, PITCH_MM, TEXT_WIDTH_MM
from formflow.letters.title_breaks import TITLES
from formflow.letters.typeset.lines import Line, balance, break_lines
from formflow.letters.typeset.page import Ink, Item, Rule
from formflow.letters.typeset.source import TAB, Paragraph, Row

Measure = Callable[[str], Callable[[str], float]]  # role → character → width in characters
CELL_PAD_MM, ROW_PAD_MM = 1.5, 1.0
TABLE_LINE = 1.5  # line height in a table, in characters
BORDER_MM = 0.18


def point_size(element: Element) -> float:
    """3号 is as wide as 28 to a line make it; other sizes are Word's."""
    return CHAR_PT if element.size == SIZE_3 else element.size


def char_mm(element: Element) -> float:
    """Width of one of the element's characters."""
    return point_size(element) / MM


def paragraph_lines(paragraph: Paragraph, measure: Measure, date: str | None) -> tuple[Ink, ...]:
    """The lines of a paragraph of the text area, each at top 0. `date` is the 成文日期 under a 发文机关署名."""
    element = paragraph.element
    if element.name == SIGNATURE.name and date is not None:
        left, right = signature_indent(paragraph.text, date)
        element = replace(element, left=left, right=right)
    if TAB in paragraph.text and element.align == "left":
        return _tabbed(element, paragraph.text, measure)
    return _set(element, paragraph.text.replace(TAB, "　"), LEFT_MM, TEXT_WIDTH_MM, measure)


def _set(element: Element, text: str, x_mm: float, width_mm: float, measure: Measure) -> tuple[Ink, ...]:
    """Lines between two edges, by the element's indents and alignment."""
    char = char_mm(element)
    room = width_mm / char - element.left - element.right
    width = measure(element.role)
    if element.name in TITLES:
        lines = balance(text, room, width)
    else:
        lines = break_lines(text, room, room - element.first, width)
    return tuple(
        _placed(line, element, x_mm + (element.left + (element.first if number == 0 else 0)) * char,
                (room - (element.first if number == 0 else 0)) * char)
        for number, line in enumerate(lines)
    )  # fmt: skip


def _placed(line: Line, element: Element, x_mm: float, room_mm: float) -> Ink:
    char = char_mm(element)
    slack = room_mm - line.width * char
    spread = 0.0
    if element.align == "justify" and not line.is_end and len(line.text) > 1:
        spread = slack / (len(line.text) - 1)
    shift = {"center": slack / 2, "right": slack}.get(element.align, 0.0)
    return Ink(line.text, x_mm + shift, 0.0, point_size(element), element.role, spread, element.color)


def _tabbed(element: Element, text: str, measure: Measure) -> tuple[Ink, ...]:
    """Left part and right part on one line (印发机关, 印发日期)."""
    left, _, right = text.partition(TAB)
    plain = replace(element, left=element.left + element.first, first=0)
    pieces = (plain, left), (replace(plain, align="right"), right.replace(TAB, ""))
    return tuple(ink for part, piece in pieces for ink in _set(part, piece, LEFT_MM, TEXT_WIDTH_MM, measure)[:1])


@dataclass(frozen=True, slots=True)
class RowBox:
    """A table row ready to be put down at any height: its items from top 0, and how tall it is."""

    items: tuple[Item, ...]
    height_mm: float
    is_header: bool


def row_boxes(
    row: Row, widths_mm: tuple[float, ...], x_mm: float, measure: Measure, tallest_mm: float
) -> tuple[RowBox, ...]:
    """A row as one box; a row taller than a page as several."""
    cells: list[tuple[float, float, list[tuple[Ink, float]]]] = []
    column, left = 0, x_mm
    for cell in row.cells:
        width = sum(widths_mm[column : column + cell.span])
        lines = [
            (ink, TABLE_LINE * char_mm(paragraph.element))
            for paragraph in cell.paragraphs
            for ink in _set(paragraph.element, paragraph.text, left + CELL_PAD_MM, width - 2 * CELL_PAD_MM, measure)
        ]
        cells.append((left, width, lines))
        column, left = column + cell.span, left + width
    boxes: list[RowBox] = []
    while True:
        taken = [(x, width, *_take(lines, tallest_mm - 2 * ROW_PAD_MM)) for x, width, lines in cells]
        rest = [(x, width, later) for x, width, _, later in taken]
        boxes.append(_row_box([(x, width, now) for x, width, now, _ in taken], row))
        if not any(later for _, _, later in rest):
            return tuple(boxes)
        cells = rest


def _take(lines: list[tuple[Ink, float]], room_mm: float) -> tuple[list[tuple[Ink, float]], list[tuple[Ink, float]]]:
    used, count = 0.0, 0
    while count < len(lines) and used + lines[count][1] <= room_mm:
        used += lines[count][1]
        count += 1
    return lines[:count], lines[count:]


def _row_box(cells: list[tuple[float, float, list[tuple[Ink, float]]]], row: Row) -> RowBox:
    content = [sum(height for _, height in lines) for _, _, lines in cells]
    height = max([row.height_mm, *(c + 2 * ROW_PAD_MM for c in content)])
    items: list[Item] = []
    for (x, width, lines), tall in zip(cells, content, strict=True):
        y = (height - tall) / 2
        for ink, line_height in lines:
            items.append(replace(ink, top_mm=y + (line_height - ink.size_pt / MM) / 2))
            y += line_height
        items += frame(x, 0.0, width, height)
    return RowBox(tuple(items), height, row.is_header)


def frame(x: float, y: float, width: float, height: float) -> list[Item]:
    """The four borders of a cell, drawn on its edges."""
    half = BORDER_MM / 2
    return [
        Rule(x - half, y - half, width + BORDER_MM, BORDER_MM),
        Rule(x - half, y + height - half, width + BORDER_MM, BORDER_MM),
        Rule(x - half, y - half, BORDER_MM, height + BORDER_MM),
        Rule(x + width - half, y - half, BORDER_MM, height + BORDER_MM),
    ]


def line_height_mm(element: Element) -> float:
    """Distance from a line to the next: the grid's, whatever the size; two-line titles are that far apart as well."""
    return PITCH_MM if element.size >= SIZE_3 else char_mm(element) * 1.5
