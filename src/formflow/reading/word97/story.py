"""One story of a Word file - the body, a header, a note, a text box - as the XML of its blocks, and whole parts made of such stories."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import pairwise

from formflow.reading.word97.drawings import Drawings
from formflow.reading.word97.fib import Streams, positions
from formflow.reading.word97.looks import ParagraphLook, paragraph_look, run_look
from formflow.reading.word97.runs import Around, runs
from formflow.reading.word97.stylesheet import list_place, style_id, tab_stops
from formflow.reading.word97.tables import Blocks
from formflow.reading.word97.text import Text
from formflow.reading.word97.trouble import Unfamiliar
from formflow.reading.word97.xml import value, wrapped

_END, _CELL, _SECTION = "\r", "\x07", "\x0c"
# The parts whose stretches a PLC lists: story and structure by name → bytes of an entry.
_HEADERS_FIRST, _A_SECTION, _IS_FOOTER = 6, 6, (2, 3, 5)


class Stories:
    """The stories of one document."""

    def __init__(self, streams: Streams, drawings: Drawings, fonts: tuple[str, ...]) -> None:
        self._streams, self._drawings, self._fonts = streams, drawings, fonts
        self._text = Text(streams)
        self._sections = frozenset(positions(streams.structure("sections"), 12))
        self._references = {
            position: f'<w:{kind}Reference w:id="{number}"/>'
            for kind in ("footnote", "endnote")
            for number, position in enumerate(positions(streams.structure(f"{kind} references"), 2)[:-1], 1)
        }

    def body(self) -> str:
        """The blocks of the body."""
        return self._blocks("body", 0, None)

    def notes(self, kind: str) -> str:
        """The entries of all footnotes, endnotes or comments (`kind` in the singular), "" if there are none."""
        found = self._stretches(f"{kind}s", positions(self._streams.structure(f"{kind}s"), 0), 2)
        return "".join(f'<w:{kind} w:id="{number}">{inner}</w:{kind}>' for number, inner in enumerate(found, 1))

    def headers(self) -> Iterator[tuple[bool, str]]:
        """The blocks of every header and footer of every section, with whether it is a footer."""
        found = self._stretches("headers", positions(self._streams.structure("headers"), 0), 2)
        for number, inner in enumerate(found):
            if number >= _HEADERS_FIRST and inner:
                yield (number - _HEADERS_FIRST) % _A_SECTION in _IS_FOOTER, inner

    def _stretches(self, story: str, edges: list[int], unused: int) -> Iterator[str]:
        """The blocks between each two edges, the last of which mean nothing."""
        if edges != sorted(edges):
            raise Unfamiliar("stories that lie over one another")
        for start, end in list(pairwise(edges))[: 1 - unused or None]:
            yield self._blocks(story, start, end) if end > start else ""

    def _text_box(self, is_header: bool, number: int) -> str:
        prefix = "header " if is_header else ""
        edges = positions(self._streams.structure(f"{prefix}text boxes"), 22)
        return self._blocks(f"{prefix}text boxes", edges[number], edges[number + 1])

    def _blocks(self, story: str, start: int, end: int | None) -> str:
        """The blocks of a stretch of a story, counted from its beginning; to its end where none is said."""
        first, last = self._streams.story(story)
        last = last if end is None else min(last, first + end)
        first = min(first + start, last)
        around = self._around(story)
        blocks = Blocks()
        for begin, mark in self._paragraphs(first, last, story == "body"):
            self._add(blocks, around, begin, mark)
        return blocks.done()

    def _around(self, story: str) -> Around:
        first, _ = self._streams.story(story)
        is_body = story == "body"

        def floating(position: int) -> str:
            if story not in ("body", "headers"):
                return ""
            return self._drawings.floating(position - first, self._text_box, is_header=not is_body)

        def note(position: int) -> str:
            return self._references.get(position, "") if is_body else ""

        return Around(self._text, self._streams.data, self._fonts, self._drawings, floating, note)

    def _paragraphs(self, first: int, last: int, has_sections: bool) -> Iterator[tuple[int, int]]:
        """(beginning, place of the mark) of each paragraph. A page break is a mark where a section ends, else a character."""
        text, begin = self._text.characters, first
        for at in range(first, min(last, len(text))):
            character = text[at]
            if character in (_END, _CELL) or (character == _SECTION and has_sections and at + 1 in self._sections):
                yield begin, at
                begin = at + 1
        if begin < min(last, len(text)):
            yield begin, min(last, len(text))

    def _add(self, blocks: Blocks, around: Around, begin: int, mark: int) -> None:
        style, modifiers = self._text.paragraph(mark)
        is_cell_mark = self._text.characters[mark : mark + 1] == _CELL
        look = paragraph_look(style, modifiers, ends_with_cell_mark=is_cell_mark)
        is_deleted = any(run_look(own).is_deleted for _, _, own in self._text.runs(mark, mark + 1))
        written = runs(around, begin, mark)
        properties = _paragraph_properties(look, joins_next=is_deleted and not look.ends_cell)
        blocks.add(
            f"<w:p>{properties}{''.join(written.pieces)}</w:p>",
            look,
            has_deletions=written.has_deletions,
            is_alive=written.is_alive,
        )


def _paragraph_properties(look: ParagraphLook, *, joins_next: bool) -> str:
    style = value("pStyle", style_id(look.style)) if look.style else ""
    tracked = "<w:rPr><w:del/></w:rPr>" if joins_next else ""
    inner = style + list_place(look.list_use, look.level) + tab_stops(look.has_underscored_tabs) + tracked
    return wrapped("pPr", inner)


def fonts_of(structure: bytes) -> tuple[str, ...]:
    """The names of the fonts, in order ([MS-DOC] 2.9.286): each entry has its length before it, and the name 39 bytes after."""
    if len(structure) < 4:
        return ()
    (count,) = struct.unpack_from("<H", structure)
    at, found = 4, []
    for _ in range(count):
        if at >= len(structure):
            break
        entry = structure[at + 1 : at + 1 + structure[at]]
        found.append(entry[39:].decode("utf-16-le", "ignore").partition("\0")[0])
        at += 1 + structure[at]
    return tuple(found)
