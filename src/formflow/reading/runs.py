"""A paragraph's runs → its text as a person sees it, with what is underlined in it and what hangs on it (pictures, text boxes).

Knows fields (codes hidden, results shown), check marks of every kind, hidden and struck-out text, ruby, symbols, tabs and breaks. Does not know where
the paragraph stands: `story` does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from formflow.reading import names as n
from formflow.reading.content import CHECKED, UNCHECKED, Mute, alternate
from formflow.reading.markup import Markup
from formflow.reading.styles import StyleFacts, Styles
from formflow.reading.symbols import is_symbol_font, symbol, translate


class Line:
    """What one paragraph (or several, when the marks between them were deleted) gave. `shapes` are the text boxes (w:txbxContent)
    and picture references (a:blip, v:imagedata) in it, in order. `is_struck`: some of its text is struck out."""

    __slots__ = ("is_broken", "is_struck", "length", "parts", "shapes", "underlined")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.underlined: list[tuple[int, int]] = []
        self.shapes: list[etree._Element] = []
        # A page or column break, kept back: it parts texts, and is nothing before, after or without them.
        self.is_broken = False
        self.is_struck = False

    @property
    def text(self) -> str:
        return "".join(self.parts)

    def add(self, text: str, is_underlined: bool = False) -> None:
        if self.is_broken:
            self.is_broken = False
            if self.length:
                self.add("\n")
        start, self.length = self.length, self.length + len(text)
        self.parts.append(text)
        if is_underlined:
            if self.underlined and self.underlined[-1][1] == start:
                start = self.underlined.pop()[0]
            self.underlined.append((start, self.length))


@dataclass(slots=True)
class _Field:
    """A complex field that is open: in its code, or in its result; `is_silent` if the result was already told (a form field)."""

    is_code: bool = True
    is_silent: bool = False


class RunReader:
    """Reads the runs of one document's paragraphs. Holds what is true of the paragraph and run it is in."""

    def __init__(self, markup: Markup, styles: Styles) -> None:
        self._markup, self._styles = markup, styles
        self._line = Line()
        self._facts = StyleFacts()
        self._fields: list[_Field] = []
        self._is_silent = False
        self._is_hidden = False
        self._is_underlined = False
        self._is_struck = self._is_raised = False
        self._has_underscored_tabs = False
        self._run_properties: etree._Element | None = None
        self._handlers: dict[str, Callable[[etree._Element], None]] = {
            n.TAB: self._tab,
            n.PTAB: self._tab,
            n.BR: self._break,
            n.CR: self._new_line,
            n.NO_BREAK_HYPHEN: lambda _: self._say("-"),
            n.SYM: self._symbol,
            n.FLD_CHAR: self._field,
            n.RUBY: self._ruby,
            n.DRAWING: self._drawing,
            n.PICT: self._drawing,
            n.OBJECT: self._drawing,
            n.ALTERNATE: self._alternate,
        }

    def read(self, line: Line, paragraph: etree._Element, facts: StyleFacts, mute: Mute, tabs: bool) -> None:
        """Puts a paragraph's text onto the line. `facts` are its style's, `tabs`: its tab stops draw lines."""
        self._line, self._facts, self._has_underscored_tabs = line, facts, tabs
        # A field left open is forgotten at the paragraph's end, so that it cannot swallow the rest of the document.
        if self._fields:
            self._fields.clear()
            self._is_silent = False
        for element, muted in self._markup.content(paragraph, mute):
            if muted is not None:
                if muted:
                    line.add(muted)
            elif (tag := element.tag) == n.R:
                self._run(element)
            elif tag in (n.OMATH, n.OMATH_PARA):
                self._is_hidden = self._is_underlined = self._is_struck = False
                self._say("".join(part.text or "" for part in element.iter(n.MATH_T)))

    def _run(self, run: etree._Element) -> None:
        facts = self._facts
        self._is_underlined = bool(facts.is_underlined)
        self._is_hidden = bool(facts.is_hidden)
        self._is_struck = bool(facts.is_struck or facts.is_struck_twice)
        self._run_properties = None
        self._is_raised = False
        if properties := self._markup.properties(run):
            self._look(properties)
        for child in run:
            tag = child.tag
            if tag == n.T:
                self._text(child.text)
            elif tag == n.RPR:
                self._run_properties = child
            elif (handler := self._handlers.get(tag)) is not None:
                handler(child)

    def _text(self, text: str | None) -> None:
        """The text of a w:t as it shows: line ends of the XML are spaces, symbol fonts their signs."""
        if not text or self._is_silent or self._is_hidden:
            return
        if _NARROW.search(text):
            font = self._symbol_font()
            if font is not None or _UNUSUAL.search(text):
                text = translate(font, text.translate(_SPACES))
            if self._is_raised and self._line.text[-1:].isdigit():
                text = text.translate(_RAISED)
        self._add(text)

    def _symbol_font(self) -> str | None:
        """The font for Latin text of the run, if it is one that shows signs. Nearly every run names a font: it is asked for last."""
        fonts = None if self._run_properties is None else next(self._run_properties.iterchildren(n.RFONTS), None)
        font = None if fonts is None else fonts.get(n.ASCII) or fonts.get(n.HANSI)
        return font if is_symbol_font(font) else None

    def _look(self, properties: Sequence[etree._Element]) -> None:
        """A run's own properties over those of its character style; w:rStyle stands first, as the schema has it."""
        facts = self._facts
        struck, struck_twice = facts.is_struck, facts.is_struck_twice
        for child in properties:
            tag = child.tag
            if tag == n.VERT_ALIGN:
                self._is_raised = child.get(n.VAL) == "superscript"
            elif tag == n.U:
                self._is_underlined = n.is_on(child.get(n.VAL))
            elif tag == n.VANISH:
                self._is_hidden = n.is_on(child.get(n.VAL))
            elif tag == n.STRIKE:
                struck = n.is_on(child.get(n.VAL))
            elif tag == n.DOUBLE_STRIKE:
                struck_twice = n.is_on(child.get(n.VAL))
            elif tag == n.RSTYLE:
                facts = self._styles.facts(child.get(n.VAL))
                if facts.is_underlined is not None:
                    self._is_underlined = facts.is_underlined
                if facts.is_hidden is not None:
                    self._is_hidden = facts.is_hidden
                struck = struck if facts.is_struck is None else facts.is_struck
                struck_twice = struck_twice if facts.is_struck_twice is None else facts.is_struck_twice
        self._is_struck = bool(struck or struck_twice)

    def _say(self, text: str) -> None:
        if text and not self._is_silent and not self._is_hidden:
            self._add(text)

    def _add(self, text: str) -> None:
        self._line.add(text, self._is_underlined)
        if self._is_struck and not text.isspace():
            self._line.is_struck = True

    def _tab(self, _: etree._Element) -> None:
        if not self._is_silent and not self._is_hidden:
            self._line.add("\t", self._is_underlined or self._has_underscored_tabs)

    def _break(self, element: etree._Element) -> None:
        if element.get(n.TYPE) in ("page", "column"):
            self._line.is_broken = self._line.length > 0
        else:
            self._say("\n")

    def _new_line(self, _: etree._Element) -> None:
        self._say("\n")

    def _symbol(self, element: etree._Element) -> None:
        try:
            code = int(element.get(n.CHAR) or "", 16)
        except ValueError:
            return
        self._say(symbol(element.get(n.FONT), code))

    def _field(self, element: etree._Element) -> None:
        kind = element.get(n.FLD_CHAR_TYPE)
        if kind == "begin":
            shown = _form_field(element)
            if shown is not None:
                self._say(shown)
            self._fields.append(_Field(is_silent=shown is not None))
        elif self._fields and kind == "separate":
            self._fields[-1].is_code = False
        elif self._fields and kind == "end":
            self._fields.pop()
        self._is_silent = any(field.is_code or field.is_silent for field in self._fields)

    def _ruby(self, element: etree._Element) -> None:
        for base in element.iterchildren(n.RUBY_BASE):
            for run, _ in self._markup.content(base):
                if run.tag == n.R:
                    self._run(run)

    def _alternate(self, element: etree._Element) -> None:
        branch = alternate(element)
        if branch is not None:
            for child in branch.iterchildren():
                handler = self._handlers.get(child.tag)
                if handler is not None:
                    handler(child)
                elif child.tag == n.T:
                    self._text(child.text)

    def _drawing(self, element: etree._Element) -> None:
        if not self._is_silent and not self._is_hidden:
            self._line.shapes.extend(_shapes(element))


# What may be of a symbol font: the characters of Latin text, and private use characters.
_NARROW = re.compile("[\0-\xff\uf000-\uf0ff]")
# White space of the XML itself, and private use characters: what symbol fonts are addressed by.
_UNUSUAL = re.compile("[\n\r\t\uf000-\uf0ff]")
# A raised figure behind another one is no further digit of it.
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SPACES = str.maketrans("\n\r\t", "   ")


def _form_field(element: etree._Element) -> str | None:
    """What an old form field shows by its own data: a check mark, or the entry chosen from a list. None for text fields and others."""
    data = next(element.iterchildren(n.FF_DATA), None)
    if data is None:
        return None
    for child in data.iterchildren(n.FF_CHECKBOX, n.FF_LIST):
        if child.tag == n.FF_CHECKBOX:
            return CHECKED if _is_checked(child) else UNCHECKED
        entries = [entry.get(n.VAL) or "" for entry in child.iterchildren(n.FF_ENTRY)]
        chosen = {
            setting.tag: n.number(setting.get(n.VAL)) for setting in child.iterchildren(n.FF_RESULT, n.FF_DEFAULT)
        }
        index = chosen.get(n.FF_RESULT, chosen.get(n.FF_DEFAULT, 0))
        return entries[index] if 0 <= index < len(entries) else ""
    return None


def _is_checked(box: etree._Element) -> bool:
    settings = {setting.tag: n.is_on(setting.get(n.VAL)) for setting in box.iterchildren(n.FF_CHECKED, n.FF_DEFAULT)}
    return settings.get(n.FF_CHECKED, settings.get(n.FF_DEFAULT, False))


def _shapes(drawing: etree._Element) -> Iterator[etree._Element]:
    """Text boxes and picture references of a drawing, in order; what lies inside a text box is left to its own reading."""
    stack = [drawing]
    while stack:
        element = stack.pop()
        if element.tag in (n.TXBX_CONTENT, n.BLIP, n.IMAGE_DATA):
            yield element
        elif element.tag == n.ALTERNATE:
            branch = alternate(element)
            if branch is not None:
                stack.append(branch)
        else:
            stack.extend(element.iterchildren(reversed=True))
