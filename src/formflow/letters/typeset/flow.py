"""Elements in reading order in, pages out: which line stands where down the page.

The text area holds 22 lines a page. A heading stays with what follows it, 署名 and 成文日期 with the words before them (GB/T 9704
7.3.5.5), a table row in one piece, a table's heading row on each of its pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from formflow.letters.elements import DATE, NUMBER, RED, Element, Kind, lines_before
from formflow.letters.geometry import (
    BOTTOM_MM,
    CHAR_MM,
    GAP_MM,
    LEFT_MM,
    PITCH_MM,
    RED_LINE_GAP_MM,
    TEXT_HEIGHT_MM,
    TEXT_WIDTH_MM,
    TOP_MM,
)
from formflow.letters.typeset.boxes import Measure, RowBox, char_mm, line_height_mm, paragraph_lines, row_boxes
from formflow.letters.typeset.page import Ink, Item, Page, Rule
from formflow.letters.typeset.source import Block, Letter, Paragraph, Table

_SLACK_MM = 0.01
# A paragraph that must stay with the next keeps at least this many of its lines there.
_KEPT_LINES = 2
_RED_LINE_MM = 0.35
_THICK_MM, _THIN_MM = 0.35, 0.25  # 7.4.1


def flow(letter: Letter, head: Sequence[Item], start_mm: float, measure: Measure) -> tuple[Page, ...]:
    """The pages of a letter. `head` stands on the first page, whose text begins at `start_mm`."""
    setter = _Setter(letter.kind, list(head), start_mm, measure)
    for index, block in enumerate(letter.blocks):
        if isinstance(block, Paragraph):
            setter.paragraph(letter.blocks, index)
        else:
            setter.table(block)
    setter.imprint(letter.imprint)
    first_shown = 2 if letter.kind == "letter" else 1
    return tuple(
        Page(n, first_shown <= n <= setter.last_numbered, tuple(items)) for n, items in enumerate(setter.pages, 1)
    )


class _Setter:
    """Puts one thing after the other; `y` is where the next line's em box begins."""

    def __init__(self, kind: Kind, head: list[Item], start_mm: float, measure: Measure) -> None:
        self.pages: list[list[Item]] = [head]
        self._kind = kind
        self._measure = measure
        self._y = start_mm
        self._is_fresh = True  # nothing of the text stands on this page yet
        self._unnumbered_after: int | None = None

    @property
    def last_numbered(self) -> int:
        """The last page that bears a number (7.5: a blank page before the 版记 and the page of the 版记 bear none)."""
        return len(self.pages) if self._unnumbered_after is None else self._unnumbered_after

    def _new_page(self) -> None:
        self.pages.append([])
        self._y, self._is_fresh = TOP_MM, True

    def _put(self, items: Sequence[Item], advance_mm: float) -> None:
        self.pages[-1].extend(items)
        self._y += advance_mm
        self._is_fresh = False

    def _fits(self, height_mm: float) -> bool:
        return self._y + height_mm <= BOTTOM_MM + _SLACK_MM

    def paragraph(self, blocks: Sequence[Block], index: int) -> None:
        paragraph = blocks[index]
        assert isinstance(paragraph, Paragraph)
        element = paragraph.element
        if element.new_page and not (self._is_fresh and len(self.pages) > 1):
            self._new_page()
        if element.name == NUMBER.name and self._kind == "red_header":
            paragraph = replace(paragraph, element=replace(element, align="center"))
        lines = paragraph_lines(paragraph, self._measure, _date_after(blocks, index))
        tail = self._height_with(blocks, index + 1) if element.keep_next else 0.0
        before = self._before(paragraph)
        for number, line in enumerate(lines):
            left = len(lines) - number
            kept = element.keep_next and (left <= _KEPT_LINES and (number == 0 or left == _KEPT_LINES))
            together = kept or (element.keep_lines and number == 0)
            need = _height_mm(element, left, tail) if together else char_mm(element)
            gap = before if number == 0 else 0.0
            if not self._is_fresh and not self._fits(gap + need):
                self._new_page()
                gap = 0.0
            self._y += gap
            self._put((replace(line, top_mm=self._y),), line_height_mm(element))
        if element.name == NUMBER.name and self._kind == "red_header":
            self._red_line()

    def _before(self, paragraph: Paragraph) -> float:
        on_top = self._is_fresh and not (self._kind == "red_header" and len(self.pages) == 1)
        return 0.0 if on_top else lines_before(paragraph.element, self._kind) * PITCH_MM

    def _height_with(self, blocks: Sequence[Block], index: int) -> float:
        """Room that what follows needs at least: its first line, or all of it and its own follower if they stay together too."""
        if index >= len(blocks):
            return 0.0
        block = blocks[index]
        if isinstance(block, Table):
            boxes = self._boxes(block)
            count = sum(box.is_header for box in boxes) + 1
            return sum(box.height_mm for box in boxes[:count])
        if block.element.new_page:
            return 0.0
        before = lines_before(block.element, self._kind) * PITCH_MM
        element = block.element
        if not (element.keep_next or element.keep_lines):
            return before + char_mm(element)
        count = len(paragraph_lines(block, self._measure, _date_after(blocks, index)))
        kept = count if element.keep_lines else min(_KEPT_LINES, count)
        tail = self._height_with(blocks, index + 1) if element.keep_next else 0.0
        return before + _height_mm(element, kept, tail)

    def _red_line(self) -> None:
        """4 mm under the number, as wide as the text area (7.2.5); the title stands two lines below it."""
        y = self._y - PITCH_MM + CHAR_MM + RED_LINE_GAP_MM
        self._put((Rule(LEFT_MM, y, TEXT_WIDTH_MM, _RED_LINE_MM, RED),), 0.0)
        self._y = y

    def _boxes(self, table: Table) -> list[RowBox]:
        scale = min(1.0, TEXT_WIDTH_MM / (sum(table.widths_mm) or 1.0))
        widths = tuple(width * scale for width in table.widths_mm)
        x = LEFT_MM + (TEXT_WIDTH_MM - sum(widths)) / 2
        tallest = TEXT_HEIGHT_MM / 2
        return [box for row in table.rows for box in row_boxes(row, widths, x, self._measure, tallest)]

    def table(self, table: Table) -> None:
        """Rows one under the other; on a new page the heading rows come again."""
        boxes = self._boxes(table)
        headers = [box for box in boxes if box.is_header]
        if not self._is_fresh:
            self._y -= GAP_MM / 2
        for number, box in enumerate(boxes):
            follower = boxes[number + 1].height_mm if box.is_header and number + 1 < len(boxes) else 0.0
            if not self._is_fresh and not self._fits(box.height_mm + follower):
                self._new_page()
                for header in headers if not box.is_header else ():
                    self._row(header)
            self._row(box)
        self._y += GAP_MM

    def _row(self, box: RowBox) -> None:
        moved = [
            replace(item, top_mm=item.top_mm + self._y)
            if isinstance(item, Ink)
            else replace(item, y_mm=item.y_mm + self._y)
            for item in box.items
        ]
        self._put(moved, box.height_mm)

    def imprint(self, paragraphs: Sequence[Paragraph]) -> None:
        """版记 at the foot of the last page; with lines only on a red-headed page (10.1), whose last page is a sheet's back."""
        if not paragraphs:
            return
        rows = [paragraph_lines(paragraph, self._measure, None) for paragraph in paragraphs]
        heights = [len({(line.x_mm, line.text) for line in row} if "\t" not in p.text else {0}) * line_height_mm(p.element) + 2.0
                   for row, p in zip(rows, paragraphs, strict=True)]  # fmt: skip
        if self._y - GAP_MM > BOTTOM_MM - sum(heights):
            self._new_page()
        if self._kind == "red_header" and len(self.pages) % 2:
            self._turn_over()
        y = BOTTOM_MM - sum(heights)
        for number, (row, paragraph, height) in enumerate(zip(rows, paragraphs, heights, strict=True)):
            self._imprint_line(y, _THICK_MM if number == 0 else _THIN_MM)
            step = 0.0 if "\t" in paragraph.text else line_height_mm(paragraph.element)
            top = y + 1.0 + (line_height_mm(paragraph.element) - char_mm(paragraph.element)) / 2
            self.pages[-1].extend(replace(line, top_mm=top + count * step) for count, line in enumerate(row))
            y += height
        self._imprint_line(BOTTOM_MM, _THICK_MM)

    def _turn_over(self) -> None:
        """On to the back of this sheet; if nothing stands on its front, that page and the back are not numbered."""
        if self._is_fresh and len(self.pages) > 1:
            self._unnumbered_after = len(self.pages) - 1
        self._new_page()

    def _imprint_line(self, y_mm: float, weight_mm: float) -> None:
        if self._kind == "red_header":
            self.pages[-1].append(Rule(LEFT_MM, y_mm - weight_mm / 2, TEXT_WIDTH_MM, weight_mm))


def _height_mm(element: Element, lines: int, tail_mm: float) -> float:
    """Of so many lines with what follows them; the last line of a page needs no gap under it."""
    height = lines * line_height_mm(element) + tail_mm
    return height if tail_mm else height - line_height_mm(element) + char_mm(element)


def _date_after(blocks: Sequence[Block], index: int) -> str | None:
    """The text of the 成文日期 that follows at once, if it does."""
    after = blocks[index + 1] if index + 1 < len(blocks) else None
    return after.text if isinstance(after, Paragraph) and after.element.name == DATE.name else None
