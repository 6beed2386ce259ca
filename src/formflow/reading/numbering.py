"""The numbers Word puts before list paragraphs by itself: 一、 (一) 1. 1.1 ① …

numbering.xml's root comes in; asked paragraph by paragraph, in reading order, it counts and gives the printed number. Bullets are
given as their sign. Counting goes by the abstract list, as Word does: two lists of the same kind go on counting unless one restarts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from formflow.reading import names as n
from formflow.reading.numerals import numeral
from formflow.reading.symbols import translate

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    number_format: str = "decimal"
    text: str = ""
    is_legal: bool = False
    # Starts again after a paragraph of this level (0-based) or a higher one; -1: never.
    restart_after: int | None = None
    font: str | None = None


_NO_LEVEL = _Level()


class Numbering:
    """The lists of one document, and how far each has counted. One per document: asking moves the count on."""

    def __init__(self, root: etree._Element | None) -> None:
        self._abstract: dict[str, etree._Element] = {}
        self._lists: dict[str, etree._Element] = {}
        self._by_style: dict[str, str] = {}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._started: set[str] = set()
        for child in root.iterchildren(n.ABSTRACT_NUM, n.NUM) if root is not None else ():
            is_abstract = child.tag == n.ABSTRACT_NUM
            key = child.get(n.ABSTRACT_NUM_ID if is_abstract else n.NUM_ID) or ""
            (self._abstract if is_abstract else self._lists)[key] = child
            link = _value(child, n.STYLE_LINK)
            if is_abstract and link:
                self._by_style[link] = key

    def next(self, num_id: str, level: int) -> str | None:
        """The number of the next paragraph of that list at that level (0-based); None if the list does not exist or prints nothing."""
        if num_id not in self._lists or not 0 <= level < _LEVELS:
            return None
        abstract = self._abstract_of(num_id)
        levels = self._levels.setdefault(num_id, {}) or self._read(num_id, abstract)
        counts = self._counts.setdefault(abstract, [None] * _LEVELS)
        self._begin(num_id, counts)
        spec = levels.get(level, _NO_LEVEL)
        current = counts[level]
        counts[level] = spec.start if current is None else current + 1
        for deeper in range(level + 1, _LEVELS):
            after = levels.get(deeper, _NO_LEVEL).restart_after
            if after is None or level <= after:
                counts[deeper] = None
        return _printed(spec, levels, counts) or None

    def _abstract_of(self, num_id: str) -> str:
        """The abstract list's id; a list defined by a numbering style is found through the style."""
        key = _value(self._lists[num_id], n.ABSTRACT_NUM_ID) or ""
        element = self._abstract.get(key)
        link = _value(element, n.NUM_STYLE_LINK) if element is not None else None
        return self._by_style.get(link, key) if link else key

    def _begin(self, num_id: str, counts: list[int | None]) -> None:
        """A list used for the first time restarts those levels it says it restarts."""
        if num_id in self._started:
            return
        self._started.add(num_id)
        for override in self._lists[num_id].iterchildren(n.LVL_OVERRIDE):
            level = n.number(override.get(n.ILVL), -1)
            if 0 <= level < _LEVELS and _value(override, n.START_OVERRIDE) is not None:
                counts[level] = None

    def _read(self, num_id: str, abstract: str) -> dict[int, _Level]:
        levels = self._levels[num_id]
        if abstract in self._abstract:
            for element in self._abstract[abstract].iterchildren(n.LVL):
                levels[n.number(element.get(n.ILVL))] = _level(element)
        for override in self._lists[num_id].iterchildren(n.LVL_OVERRIDE):
            index = n.number(override.get(n.ILVL))
            for element in override.iterchildren(n.LVL):
                levels[index] = _level(element)
            start = _value(override, n.START_OVERRIDE)
            if start is not None:
                spec = levels.get(index, _NO_LEVEL)
                levels[index] = _Level(
                    n.number(start, 1), spec.number_format, spec.text, spec.is_legal, spec.restart_after, spec.font
                )
        return levels


def _value(parent: etree._Element, tag: str) -> str | None:
    child = next(parent.iterchildren(tag), None)
    return None if child is None else child.get(n.VAL)


def _level(element: etree._Element) -> _Level:
    legal = next(element.iterchildren(n.IS_LGL), None)
    restart = _value(element, n.LVL_RESTART)
    fonts = next(element.iter(n.RFONTS), None)
    return _Level(
        start=n.number(_value(element, n.START), 1),
        number_format=_format(element),
        text=_value(element, n.LVL_TEXT) or "",
        is_legal=legal is not None and n.is_on(legal.get(n.VAL)),
        restart_after=None if restart is None else n.number(restart) - 1,
        font=None if fonts is None else fonts.get(n.ASCII),
    )


def _format(element: etree._Element) -> str:
    """The number format; newer ones stand in an alternate with a custom w:format, where the plain one is the fallback."""
    found = [child.get(n.VAL) or "" for child in element.iter(n.NUM_FMT)]
    return next((word for word in found if word and word != "custom"), "decimal")


def _printed(spec: _Level, levels: dict[int, _Level], counts: list[int | None]) -> str:
    if spec.number_format == "bullet":
        return translate(spec.font, spec.text)

    def place(match: re.Match[str]) -> str:
        index = int(match[1]) - 1
        level = levels.get(index, _NO_LEVEL)
        count = counts[index]
        value = level.start if count is None else count
        return str(value) if spec.is_legal else numeral(value, level.number_format)

    return _PLACE.sub(place, spec.text)
