"""Pages in, a PDF out: every piece of text at its place, fonts embedded as subsets, the same bytes every time.

Also draws what stands outside the text area: the red head and foot of a letter and the page numbers.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from itertools import groupby

from reportlab import rl_config
from reportlab.lib.colors import Color, HexColor
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from formflow.letters.elements import MARK, PAGE_NUMBER, RED, mark_size
from formflow.letters.fonts import Fallback, FontBook, LoadedFont
from formflow.letters.fonts.book import MISSING_SIGN
from formflow.letters.geometry import (
    GAP_MM,
    LEFT_MM,
    LETTER_BOTTOM_LINE_MM,
    LETTER_LINE_GAP_MM,
    LETTER_LINE_WIDTH_MM,
    LETTER_MARK_TOP_MM,
    MARK_TOP_MM,
    MM,
    PAGE_HEIGHT_MM,
    PAGE_NUMBER_TOP_MM,
    PAGE_WIDTH_MM,
    RIGHT_MM,
    TEXT_WIDTH_MM,
)
from formflow.letters.typeset.page import Ink, Item, Page, Rule

# Streams as bytes, not as text a quarter longer: no mail gateway of the eighties is in the way.
rl_config.useA85 = 0
# Every width of every character is written as a number, and nearly all of them are 1000.
pdfdoc.fp_str = lru_cache(maxsize=256)(pdfdoc.fp_str)
ASCENT = 0.88  # of the size: where a Chinese em box begins above the baseline
_THICK_MM, _THIN_MM, _BETWEEN_MM = 0.9, 0.35, 0.5  # the letter's double lines; the standard gives no weights


class Pen:
    """The fonts at work: measures characters, remembers which fonts were used and which characters fell back."""

    def __init__(self, book: FontBook) -> None:
        self._book = book
        self._known: dict[tuple[str, str], tuple[LoadedFont, float]] = {}
        self._widths: dict[str, _Widths] = {}
        self.fallbacks: dict[Fallback, None] = {}
        self.roles: dict[str, None] = {}

    def look_up(self, char: str, role: str) -> tuple[LoadedFont, float]:
        """The font of one character and its width in characters."""
        known = self._known.get((char, role))
        if known is None:
            font, fallback = self._book.font_for(char, role)
            if fallback is not None:
                self.fallbacks[fallback] = None
            shown = MISSING_SIGN if fallback is not None and not fallback.used else char
            width = 1.0 if char == "　" else font.width(" ") if char.isspace() else font.width(shown)
            known = self._known[char, role] = (font, width)
            self.roles[role] = None
        return known

    def measure(self, role: str) -> Callable[[str], float]:
        """What says how wide a character is. It is asked for every character of a letter more than once."""
        return self._widths.setdefault(role, _Widths(self, role)).__getitem__

    def shown(self, text: str) -> str:
        """The text as it is drawn: 〓 for what no font has."""
        lost = {f.char for f in self.fallbacks if not f.used}
        return "".join(MISSING_SIGN if char in lost else char for char in text) if lost else text

    def ink(self, text: str, role: str) -> tuple[float, float]:
        """Lowest and highest ink of a text, in em above the baseline."""
        spans = [self.look_up(char, role)[0].ink(char) for char in text if not char.isspace()]
        return (min(low for low, _ in spans), max(high for _, high in spans)) if spans else (0.0, 0.0)


class _Widths(dict[str, float]):
    """Of the characters of one role, each looked up when it is first asked for."""

    def __init__(self, pen: Pen, role: str) -> None:
        super().__init__()
        self._pen, self._role = pen, role

    def __missing__(self, char: str) -> float:
        width = self[char] = self._pen.look_up(char, self._role)[1]
        return width


def letter_head(mark: str, pen: Pen) -> tuple[list[Item], float]:
    """10.1: the mark's ink begins 30 mm down, the double line (thick over thin) 4 mm under it; the number's line 7/8 of a character
    under that. Gives the items and where the text begins."""
    ink, bottom = _mark(mark, LETTER_MARK_TOP_MM, pen)
    lines = double_line(bottom + LETTER_LINE_GAP_MM, is_thick_first=True)
    foot = double_line(LETTER_BOTTOM_LINE_MM - _THICK_MM - _BETWEEN_MM - _THIN_MM, is_thick_first=False)
    end = bottom + LETTER_LINE_GAP_MM + _THICK_MM + _BETWEEN_MM + _THIN_MM
    return [ink, *lines, *foot], end + GAP_MM


def red_head(mark: str, pen: Pen) -> tuple[list[Item], float]:
    """7.2.4: the mark's ink begins 35 mm under the text area's top. Gives the item and the line after it."""
    ink, bottom = _mark(mark, MARK_TOP_MM, pen)
    return [ink], bottom + GAP_MM


def _mark(text: str, top_mm: float, pen: Pen) -> tuple[Ink, float]:
    """The mark with its ink at `top_mm`, and where its ink ends."""
    size = mark_size(text)
    low, high = pen.ink(text, MARK.role)
    em = size / MM
    width = sum(map(pen.measure(MARK.role), text)) * em
    x = LEFT_MM + (TEXT_WIDTH_MM - width) / 2
    return Ink(text, x, top_mm - (ASCENT - high) * em, size, MARK.role, color=RED), top_mm + (high - low) * em


def double_line(y_mm: float, *, is_thick_first: bool) -> list[Rule]:
    """A pair of red lines, 170 mm long, centred on the text area."""
    x = LEFT_MM + (TEXT_WIDTH_MM - LETTER_LINE_WIDTH_MM) / 2
    first, second = (_THICK_MM, _THIN_MM) if is_thick_first else (_THIN_MM, _THICK_MM)
    return [
        Rule(x, y_mm, LETTER_LINE_WIDTH_MM, first, RED),
        Rule(x, y_mm + first + _BETWEEN_MM, LETTER_LINE_WIDTH_MM, second, RED),
    ]


def page_number(number: int, pen: Pen) -> Ink:
    """7.5: — 2 —, the dash's ink 7 mm below the text area, one character from the right edge on odd pages, from the left on even."""
    text = f"— {number} —"
    em = PAGE_NUMBER.size / MM
    width = sum(map(pen.measure(PAGE_NUMBER.role), text)) * em
    top = PAGE_NUMBER_TOP_MM - (ASCENT - pen.ink("—", PAGE_NUMBER.role)[1]) * em
    x = RIGHT_MM - em - width if number % 2 else LEFT_MM + em
    return Ink(text, x, top, PAGE_NUMBER.size, PAGE_NUMBER.role)


def draw(pages: Sequence[Page], pen: Pen, title: str, keywords: str) -> bytes:
    """The PDF's bytes: no date, no random id."""
    numbered = [(page, page_number(page.number, pen) if page.shows_number else None) for page in pages]
    written = io.BytesIO()
    canvas = Canvas(
        written, pagesize=(PAGE_WIDTH_MM * MM, PAGE_HEIGHT_MM * MM), invariant=1, pageCompression=1, lang="zh-CN"
    )
    canvas.setTitle(title)
    canvas.setCreator("formflow")
    canvas.setKeywords(keywords)
    for page, number in numbered:
        for item in page.items:
            if isinstance(item, Rule):
                _rule(canvas, item)
        for text in (*page.items, number):
            if isinstance(text, Ink) and text.text:
                _text(canvas, text, pen)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


@cache
def _color(name: str) -> Color:
    return HexColor(f"#{name}")


def _rule(canvas: Canvas, rule: Rule) -> None:
    canvas.setFillColor(_color(rule.color))
    y = (PAGE_HEIGHT_MM - rule.y_mm - rule.height_mm) * MM
    canvas.rect(rule.x_mm * MM, y, rule.width_mm * MM, rule.height_mm * MM, stroke=0, fill=1)


def _text(canvas: Canvas, ink: Ink, pen: Pen) -> None:
    canvas.setFillColor(_color(ink.color))
    text = canvas.beginText(ink.x_mm * MM, (PAGE_HEIGHT_MM - ink.top_mm) * MM - ASCENT * ink.size_pt)
    text.setCharSpace(ink.spread_mm * MM)
    for font, chars in groupby(ink.text, key=lambda char: pen.look_up(char, ink.role)[0].name):
        text.setFont(font, ink.size_pt)
        text.textOut(pen.shown("".join(chars)))
    canvas.drawText(text)
