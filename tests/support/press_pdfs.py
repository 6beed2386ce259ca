"""Newspaper pages as PDF files: invented stories in three to five columns, headlines over several of them, pictures, framed adverts.

The places are the drawer's own; it knows nothing of the code that reads them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image

from support.pdfs import HEIGHT, WIDTH, Paper, pdf
from support.press_pages import Story, opening, set_in

SIZE, LEADING, GUTTER, MARGIN = 9.0, 13.0, 14.0, 36.0


@dataclass(frozen=True, slots=True)
class Placed:
    """A story over `columns` (first and last, counted from 0), its headline's top `top` points down the page."""

    story: Story
    columns: tuple[int, int]
    top: float
    size: float = 20.0
    is_framed: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A page of `columns` columns with what stands on it; `adverts` and `pictures` are boxes (x0, y0, x1, y1)."""

    columns: int
    placed: tuple[Placed, ...]
    has_rules: bool = False
    adverts: tuple[tuple[float, float, float, float], ...] = ()
    pictures: tuple[tuple[float, float, float, float], ...] = ()
    masthead: str = "青岛日报 2023年7月5日 星期三 第4版"


def drawn(layout: Layout) -> bytes:
    """The page as a PDF file."""

    def draw(page: Paper) -> None:
        page.text(MARGIN, 28, layout.masthead, 10)
        page.line(MARGIN, 34, WIDTH - MARGIN, 34)
        for placed in layout.placed:
            _story(page, layout, placed)
        for x0, y0, x1, y1 in layout.adverts:
            page.box(x0, y0, x1, y1)
            page.text(x0 + 10, (y0 + y1) / 2, "海景家园 现房发售 电话：0532-88880000", 10)
        for x0, y0, x1, y1 in layout.pictures:
            page.image(Image.new("RGB", (60, 40), (90, 140, 180)), x0, y0, x1, y1)
        page.text(WIDTH / 2, HEIGHT - 14, "A04", 8)

    return pdf(draw)


def column_width(layout: Layout) -> float:
    """How wide a column is."""
    return (WIDTH - 2 * MARGIN - (layout.columns - 1) * GUTTER) / layout.columns


def _story(page: Paper, layout: Layout, placed: Placed) -> None:
    width = column_width(layout)
    first, last = placed.columns
    left = MARGIN + first * (width + GUTTER)
    right = MARGIN + last * (width + GUTTER) + width
    y = _headlines(page, placed, left, right - left)
    lines = _body_lines(placed.story, int(width / SIZE))
    count = last - first + 1
    each = -(-len(lines) // count)
    for column in range(count):
        x = left + column * (width + GUTTER)
        for row, line in enumerate(lines[column * each : (column + 1) * each]):
            page.text(x, y + (row + 1) * LEADING, line, SIZE)
        if layout.has_rules and column:
            page.line(x - GUTTER / 2, y + 2, x - GUTTER / 2, y + each * LEADING + 4, 0.3)
    if placed.is_framed:
        page.box(left - 5, placed.top - 4, right + 5, y + each * LEADING + 8)


def _headlines(page: Paper, placed: Placed, left: float, width: float) -> float:
    """Draws them and gives the height they end at."""
    story, y = placed.story, placed.top
    for text, size in (
        *((over, placed.size * 0.6) for over in story.over),
        *((part, placed.size) for part in _parts(story.title, int(width / placed.size))),
        *((story.subtitle, placed.size * 0.6) for _ in filter(None, (story.subtitle,))),
    ):
        y += size * 1.3
        page.text(left + max(0.0, (width - size * len(text)) / 2), y, text, size)
    if story.byline:
        y += LEADING * 1.2
        page.text(left + max(0.0, (width - SIZE * len(story.byline)) / 2), y, story.byline, SIZE)
    return y + 4


def _parts(text: str, ems: int) -> Sequence[str]:
    return [text[at : at + ems] for at in range(0, len(text), ems)]


def _body_lines(story: Story, ems: int) -> list[str]:
    lines: list[str] = []
    headings = {heading for _, heading in story.sections}
    for text in story.body:
        said = opening(story) if text == story.paragraphs[0] else text
        said += f"（{story.signed}）" if story.signed and text == story.body[-1] else ""
        lines += [text] if text in headings else set_in(f"　　{said}", ems)
    return [*lines, *filter(None, (story.photo, story.author_unit))]
