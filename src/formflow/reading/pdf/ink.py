"""What stands on a page before anything is made of it: characters, straight lines, squares, pictures, each with its place.

All places are in points from the top left corner of the page as it is read: turned so that most of its text runs from left to right.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from formflow.model.document import Box, PictureLook


class Glyph(NamedTuple):
    """A visible character (or several that stand for one sign). `base` is the height of the line it is written on; `is_spaced`: the file
    has white space right before it. `is_unsure`: its text is longer than the place it is seen in, or struck out."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    base: float
    is_spaced: bool = False
    is_unsure: bool = False


# How far characters reach above and below the line they are written on, as shares of their height.
ABOVE, BELOW = 0.8, 0.2


def boxed(text: str, x0: float, y0: float, x1: float, y1: float, is_spaced: bool = False) -> Glyph:
    """A character of which only the box is known."""
    return Glyph(text, x0, y0, x1, y1, y1 - BELOW * (y1 - y0), is_spaced)


class Rule(NamedTuple):
    """A straight line: level at height `at` from x `start` to `end`, or upright at x `at` from y `start` to `end`."""

    is_level: bool
    at: float
    start: float
    end: float

    @property
    def length(self) -> float:
        return self.end - self.start


class Frame(NamedTuple):
    """The visible part of a page in its own coordinates (y upwards), and by how many quarter turns clockwise it is looked at."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    @property
    def width(self) -> float:
        return self.right - self.left if self.turn % 2 == 0 else self.top - self.bottom

    @property
    def height(self) -> float:
        return self.top - self.bottom if self.turn % 2 == 0 else self.right - self.left

    def seen(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """A box in the page's coordinates (lower left, upper right) as it is seen: (left, top, right, bottom)."""
        if self.turn == 0:
            return x0 - self.left, self.top - y1, x1 - self.left, self.top - y0
        if self.turn == 1:
            return y0 - self.bottom, x0 - self.left, y1 - self.bottom, x1 - self.left
        if self.turn == 2:
            return self.right - x1, y0 - self.bottom, self.right - x0, y1 - self.bottom
        return self.top - y1, self.right - x1, self.top - y0, self.right - x0

    def unseen(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """The inverse of `seen`."""
        if self.turn == 0:
            return x0 + self.left, self.top - y1, x1 + self.left, self.top - y0
        if self.turn == 1:
            return y0 + self.left, x0 + self.bottom, y1 + self.left, x1 + self.bottom
        if self.turn == 2:
            return self.right - x1, y0 + self.bottom, self.right - x0, y1 + self.bottom
        return self.right - y1, self.top - x1, self.right - y0, self.top - x0


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture on the page, with its look."""

    name: str
    look: PictureLook | None
    box: Box


@dataclass(frozen=True, slots=True)
class PageInk:
    """One page. `number` is 1-based; `shown` is the page as a viewer shows it, `read` as its text is read (they differ for a table
    drawn sideways). `has_cut_text`: some text is longer than the cell it is seen in, `has_struck_text`: some is struck out. `squares` are drawn
    check boxes, `scribbles` the boxes of small drawn shapes (a tick). `is_picture`: pictures cover the page; `is_covered`: all its text lies
    under them (what a scanner's program believes to have read)."""

    number: int
    shown: Frame
    read: Frame
    glyphs: tuple[Glyph, ...] = ()
    rules: tuple[Rule, ...] = ()
    squares: tuple[Box, ...] = ()
    scribbles: tuple[Box, ...] = ()
    pictures: tuple[Placed, ...] = ()
    notes: tuple[str, ...] = ()
    is_picture: bool = False
    has_unread_layer: bool = False
    is_covered: bool = False
    has_cut_text: bool = False
    has_struck_text: bool = False

    @property
    def width(self) -> float:
        return self.read.width

    @property
    def height(self) -> float:
        return self.read.height

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """A place on the page as a viewer shows it, rounded to a tenth of a point."""
        if self.shown is not self.read:
            x0, y0, x1, y1 = self.shown.seen(*self.read.unseen(x0, y0, x1, y1))
        return Box(round(x0, 1), round(y0, 1), round(x1, 1), round(y1, 1))
