"""Colours as OFD writes them → whether what is drawn in them can be seen on paper."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from formflow.reading.ofd.markup import find, number, numbers

# Above this in every share a colour is paper's; below this an opaqueness is none.
_PALE, _FAINT = 244, 8


def stands_out(element: Element, style: Element | None, name: str, *, is_drawn_by_default: bool) -> bool:
    """Whether what an object draws in its colour of that name can be seen; `style` is the way of drawing it refers to."""
    own = find(element, name)
    colour = own if own is not None else find(style, name)
    if colour is None:
        return is_drawn_by_default
    levels = _levels(colour.get("Value"))
    return is_opaque(colour) and (not levels or min(levels) < _PALE)


def is_opaque(thing: Element | None) -> bool:
    """Whether a colour or an object lets not everything through; what says nothing is opaque."""
    return thing is None or number(thing.get("Alpha"), 255) > _FAINT


def _levels(written: str | None) -> list[float]:
    """Red, green and blue (0 to 255) of a colour written "238 32 37", "#ee #20 #25", as grey, or as four inks; [] if it is none of these."""
    words = (written or "").split()
    try:
        levels = (
            [float(int(word[1:], 16)) for word in words] if words and words[0].startswith("#") else numbers(written)
        )
    except ValueError:
        return []
    if len(levels) == 1:
        return levels * 3
    if len(levels) == 4:
        *inks, black = levels
        return [255 * (1 - min(ink, 255) / 255) * (1 - min(black, 255) / 255) for ink in inks]
    return levels if len(levels) == 3 else []
