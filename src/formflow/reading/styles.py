"""What the named styles say about text: is it underlined, hidden, struck out, numbered, and what is the style called.

A stylesheet comes in; facts by style id go out, inheritance (w:basedOn) followed. Looks of no consequence to the reading
(fonts, sizes, colours) are passed over. A style is looked at when it is first asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from lxml import etree

from formflow.reading import names as n
from formflow.reading.stylesheet import Stylesheet

_UNDERSCORES = frozenset({"underscore", "heavy"})
_TOLD = (n.U, n.VANISH, n.STRIKE, n.DOUBLE_STRIKE, n.NUM_PR, n.TABS)


@dataclass(frozen=True, slots=True)
class StyleFacts:
    """None means: nothing said, the default holds. `numbering` is (numId, level); level None where the style leaves it open."""

    name: str | None = None
    is_underlined: bool | None = None
    is_hidden: bool | None = None
    numbering: tuple[str, int | None] | None = None
    has_underscored_tabs: bool = False
    is_struck: bool | None = None
    is_struck_twice: bool | None = None


_NO_FACTS = StyleFacts()


class Styles:
    """The styles of one document, by id."""

    def __init__(self, sheet: Stylesheet) -> None:
        self._sheet = sheet
        self._facts: dict[str, StyleFacts] = {}
        self._default = sheet.default()

    def paragraph(self, style_id: str | None) -> StyleFacts:
        """The facts of a paragraph's style; a paragraph that names none, or an unknown one, has the default style."""
        if self._sheet.get(style_id) is not None:
            return self.facts(style_id)
        default = self.facts(self._default)
        return replace(default, name=style_id) if style_id else default

    def facts(self, style_id: str | None) -> StyleFacts:
        """The facts of a style with those it inherits; none for an unknown style."""
        if style_id is None:
            return _NO_FACTS
        if style_id not in self._facts:
            style = self._sheet.get(style_id)
            self._facts[style_id] = _NO_FACTS if style is None else self._resolve(style_id, style)
        return self._facts[style_id]

    def _resolve(self, style_id: str, style: etree._Element) -> StyleFacts:
        """From the root of the inheritance down to the style itself; a circle ends where it closes."""
        chain: dict[str, etree._Element] = {}
        current: etree._Element | None = style
        link: str | None = style_id
        while current is not None and link is not None and link not in chain:
            chain[link] = current
            link = _value(current, n.BASED_ON)
            current = self._sheet.get(link)
        facts = _NO_FACTS
        for inherited in reversed(chain.values()):
            facts = _overlay(facts, inherited)
        return replace(facts, name=_value(style, n.NAME) or style_id)


def _value(parent: etree._Element, tag: str) -> str | None:
    child = next(parent.iterchildren(tag), None)
    return None if child is None else child.get(n.VAL)


def _overlay(facts: StyleFacts, style: etree._Element) -> StyleFacts:
    for part in style.iterchildren(n.RPR, n.PPR):
        for child in part.iterchildren(*_TOLD):
            if child.tag == n.U:
                facts = replace(facts, is_underlined=n.is_on(child.get(n.VAL)))
            elif child.tag == n.VANISH:
                facts = replace(facts, is_hidden=n.is_on(child.get(n.VAL)))
            elif child.tag == n.STRIKE:
                facts = replace(facts, is_struck=n.is_on(child.get(n.VAL)))
            elif child.tag == n.DOUBLE_STRIKE:
                facts = replace(facts, is_struck_twice=n.is_on(child.get(n.VAL)))
            elif child.tag == n.NUM_PR:
                facts = replace(facts, numbering=_inherit(facts.numbering, child))
            elif has_underscores(child):
                facts = replace(facts, has_underscored_tabs=True)
    return facts


def _inherit(above: tuple[str, int | None] | None, num_pr: etree._Element) -> tuple[str, int | None] | None:
    num_id, level = numbering_of(num_pr)
    if num_id is None:
        return (above[0], level) if above else None
    return num_id, level


def numbering_of(num_pr: etree._Element) -> tuple[str | None, int | None]:
    """(numId, level) as a w:numPr says them."""
    num_id, level = _value(num_pr, n.NUM_ID), _value(num_pr, n.ILVL)
    return num_id, None if level is None else n.number(level)


def has_underscores(tabs: etree._Element) -> bool:
    """Whether a tab stop draws a line (a blank drawn with the tab key)."""
    return any(tab.get(n.LEADER) in _UNDERSCORES for tab in tabs.iterchildren(n.TAB))
