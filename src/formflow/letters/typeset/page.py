"""What stands on a finished page: texts and lines with their places, in millimetres from the page's top left corner."""

from __future__ import annotations

from dataclasses import dataclass

from formflow.letters.elements import BLACK


@dataclass(frozen=True, slots=True)
class Ink:
    """A piece of text on one line. `top_mm` is the top of its em box, `spread_mm` goes between every two characters."""

    text: str
    x_mm: float
    top_mm: float
    size_pt: float
    role: str
    spread_mm: float = 0.0
    color: str = BLACK


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line as a filled box."""

    x_mm: float
    y_mm: float
    width_mm: float
    height_mm: float
    color: str = BLACK


Item = Ink | Rule


@dataclass(frozen=True, slots=True)
class Page:
    """One page; `number` is 1-based, `shows_number` whether it is printed."""

    number: int
    shows_number: bool
    items: tuple[Item, ...]
