"""What the named styles say about text: is it underlined, hidden, numbered, and what is the style called.

styles.xml's root comes in; facts by style id go out, inheritance (w:basedOn) followed. Looks of no consequence to the reading
(fonts, sizes, colours) are passed over. A style is looked at when it is first asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from lxml import etree

from formflow.reading import names as n

_STYLE_END = b"</w:style>"
_UNDERSCORES = frozenset({"underscore", "heavy"})


@dataclass(frozen=True, slots=True)
class StyleFacts:
    """None means: nothing said, the default holds. `numbering` is (numId, level); level None where the style leaves it open."""

    name: str | None = None
    is_underlined: bool | None = None
    is_hidden: bool | None = None
    numbering: tuple[str, int | None] | None = None
    has_underscored_tabs: bool = False


_NO_FACTS = StyleFacts()


class Styles:
    """The styles of one document, by id."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._facts: dict[str, StyleFacts] = {}
        self._default: str | None = None
        for style in root.iterchildren(n.STYLE) if root is not None else ():
            style_id = style.get(n.STYLE_ID) or ""
            self._elements[style_id] = style
            if self._default is None and style.get(n.TYPE) == "paragraph" and n.is_on(style.get(n.DEFAULT, "0")):
                self._default = style_id

    def paragraph(self, style_id: str | None) -> StyleFacts:
        """The facts of a paragraph's style; a paragraph that names none, or an unknown one, has the default style."""
        if style_id in self._elements:
            return self.facts(style_id)
        default = self.facts(self._default) if self._default is not None else _NO_FACTS
        return replace(default, name=style_id) if style_id else default

    def facts(self, style_id: str | None) -> StyleFacts:
        """The facts of a style with those it inherits; none for an unknown style."""
        if style_id is None or style_id not in self._elements:
            return _NO_FACTS
        if style_id not in self._facts:
            self._facts[style_id] = self._resolve(style_id)
        return self._facts[style_id]

    def _resolve(self, style_id: str) -> StyleFacts:
        """From the root of the inheritance down to the style itself; a circle ends where it closes."""
        chain: list[etree._Element] = []
        seen: set[str] = set()
        current: str | None = style_id
        while current is not None and current in self._elements and current not in seen:
            seen.add(current)
            chain.append(self._elements[current])
            current = _value(chain[-1], n.BASED_ON)
        facts = _NO_FACTS
        for style in reversed(chain):
            facts = _overlay(facts, style)
        return replace(facts, name=_value(self._elements[style_id], n.NAME) or style_id)


def without_table_styles(data: bytes) -> bytes:
    """styles.xml without its table styles, which say nothing about text and, in files made from python-docx's or Word's full template,
    are nine tenths of it (350 KB, ten times the cost of parsing the form itself). Bytes that might be read another way stay as they are.
    """
    if b"<!--" in data or b"<![CDATA[" in data:
        return data
    *styles, tail = data.split(_STYLE_END)
    kept = []
    for style in styles:
        start = style.find(b"<w:style ")
        if start >= 0 and b'w:type="table"' in style[start : style.find(b">", start)]:
            kept.append(style[:start])
        else:
            kept.append(style + _STYLE_END)
    return b"".join(kept) + tail


def _value(parent: etree._Element, tag: str) -> str | None:
    child = next(parent.iterchildren(tag), None)
    return None if child is None else child.get(n.VAL)


def _overlay(facts: StyleFacts, style: etree._Element) -> StyleFacts:
    for part in style.iterchildren(n.RPR, n.PPR):
        for child in part.iterchildren(n.U, n.VANISH, n.NUM_PR, n.TABS):
            if child.tag == n.U:
                facts = replace(facts, is_underlined=n.is_on(child.get(n.VAL)))
            elif child.tag == n.VANISH:
                facts = replace(facts, is_hidden=n.is_on(child.get(n.VAL)))
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
