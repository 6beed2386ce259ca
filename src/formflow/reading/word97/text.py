"""The text of a Word file, pieced together, and the modifiers each stretch of it carries ([MS-DOC] 2.4).

A file that was saved in haste holds its text in many pieces in any order; properties hang on the place in the file, not on the place in
the text. Streams come in; characters by position go out, with their runs and the properties of their paragraphs as lists of modifiers.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import itemgetter

from formflow.reading.word97 import sprms as s
from formflow.reading.word97.fib import Streams, entries, positions
from formflow.reading.word97.sprms import Sprm, sprms
from formflow.reading.word97.trouble import Unfamiliar

_PAGE = 512
_PIECE, _MODIFIERS = 2, 1
_COMPRESSED = 0x40000000
_PAGE_NUMBER = 0x3FFFFF
_PARAGRAPH_ENTRY = 13

# From one place in the main stream to another, these bytes hold.
_Held = tuple[int, int, bytes]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch [start, end) of the text, at `offset` in the main stream, `width` bytes a character."""

    start: int
    end: int
    offset: int
    width: int
    modifiers: tuple[Sprm, ...]

    def place(self, position: int) -> int:
        return self.offset + (position - self.start) * self.width


class Text:
    """The characters of all stories, one after the other: `characters[p]` is what stands at position p (UTF-16 units, as Word counts)."""

    def __init__(self, streams: Streams) -> None:
        self._streams = streams
        self._pieces = tuple(_pieces(streams.structure("pieces")))
        self._starts = [piece.start for piece in self._pieces]
        if sum((piece.end - piece.start) * piece.width for piece in self._pieces) > len(streams.main):
            raise Unfamiliar("pieces that lie over one another")
        self.characters = "".join(_characters(streams.main, piece) for piece in self._pieces)
        self._runs = _Formatted(streams, "runs", _run_properties)
        self._paragraphs = _Formatted(streams, "paragraphs", _paragraph_properties)

    def runs(self, start: int, end: int) -> Iterator[tuple[int, int, list[Sprm]]]:
        """The stretches of [start, end) that have the same properties, each with its own modifiers."""
        while start < end and (piece := self._piece(start)) is not None:
            place = piece.place(start)
            data, stop = self._runs.at(place)
            reach = min(end, piece.end)
            if stop is not None:
                reach = min(reach, start + max(1, -(-(stop - place) // piece.width)))
            yield start, reach, [*sprms(data), *piece.modifiers]
            start = reach

    def paragraph(self, mark: int) -> tuple[int, list[Sprm]]:
        """The style (its number) and the modifiers of the paragraph whose mark stands at that position."""
        piece = self._piece(mark)
        if piece is None:
            return 0, []
        data, _ = self._paragraphs.at(piece.place(mark))
        style = struct.unpack_from("<H", data)[0] if len(data) >= 2 else 0
        return style, [*self._whole(data[2:]), *piece.modifiers]

    def _whole(self, data: bytes) -> Iterator[Sprm]:
        """The modifiers, those that did not fit into a page fetched from the data stream."""
        for code, operand in sprms(data):
            yield code, operand
            if code in s.P_HUGE or code == s.P_TABLE:
                at = s.word(operand)
                if at + 2 <= len(self._streams.data):
                    (size,) = struct.unpack_from("<H", self._streams.data, at)
                    yield from sprms(self._streams.data[at + 2 : at + 2 + size])

    def _piece(self, position: int) -> _Piece | None:
        at = bisect_right(self._starts, position) - 1
        return self._pieces[at] if at >= 0 and position < self._pieces[at].end else None


class _Formatted:
    """Properties by place in the file: `pages` are 512 bytes each, with a list of places and what holds from each to the next."""

    def __init__(self, streams: Streams, name: str, read: Callable[[bytes], Iterator[_Held]]) -> None:
        numbers = dict.fromkeys(s.word(entry) & _PAGE_NUMBER for entry in entries(streams.structure(name), 4))
        pages = (streams.main[number * _PAGE : (number + 1) * _PAGE] for number in numbers)
        self._held = sorted((held for page in pages if len(page) == _PAGE for held in read(page)), key=itemgetter(0))
        self._starts = [start for start, _, _ in self._held]

    def at(self, place: int) -> tuple[bytes, int | None]:
        """What holds at a place, and up to where; b"" where nothing is said."""
        at = bisect_right(self._starts, place) - 1
        if at >= 0 and place < self._held[at][1]:
            return self._held[at][2], self._held[at][1]
        return b"", self._starts[at + 1] if at + 1 < len(self._starts) else None


def _places(page: bytes) -> tuple[int, tuple[int, ...]]:
    count = min(page[-1], (_PAGE - 5) // 5)
    return count, struct.unpack_from(f"<{count + 1}I", page)


def _run_properties(page: bytes) -> Iterator[_Held]:
    """A page of runs (2.9.33 ChpxFkp)."""
    count, places = _places(page)
    for number in range(count):
        at = page[4 * (count + 1) + number] * 2
        yield places[number], places[number + 1], page[at + 1 : at + 1 + page[at]] if at else b""


def _paragraph_properties(page: bytes) -> Iterator[_Held]:
    """A page of paragraphs (2.9.189 PapxFkp): the number of the style, then the modifiers."""
    count, places = _places(page)
    for number in range(min(count, (_PAGE - 5) // (4 + _PARAGRAPH_ENTRY))):
        at = page[4 * (count + 1) + number * _PARAGRAPH_ENTRY] * 2
        data = b""
        if at and page[at]:
            data = page[at + 1 : at + 2 * page[at]]
        elif at:
            data = page[at + 2 : at + 2 + 2 * page[at + 1]] if at + 1 < _PAGE else b""
        yield places[number], places[number + 1], data


def _pieces(structure: bytes) -> Iterator[_Piece]:
    """The pieces of the text, in order (2.9.38 Clx)."""
    modifiers: list[bytes] = []
    at = 0
    while structure[at : at + 1] == bytes([_MODIFIERS]):
        (size,) = struct.unpack_from("<H", structure, at + 1)
        modifiers.append(structure[at + 3 : at + 3 + size])
        at += 3 + size
    if structure[at : at + 1] != bytes([_PIECE]):
        raise Unfamiliar("no table of pieces")
    (size,) = struct.unpack_from("<I", structure, at + 1)
    table = structure[at + 5 : at + 5 + size]
    starts = positions(table, 8)
    for start, end, entry in zip(starts, starts[1:], entries(table, 8), strict=False):
        place, modifier = struct.unpack_from("<IH", entry, 2)
        is_packed = bool(place & _COMPRESSED)
        offset = (place & ~_COMPRESSED & 0x7FFFFFFF) // (2 if is_packed else 1)
        if start != end:
            yield _Piece(start, end, offset, 1 if is_packed else 2, _piece_modifiers(modifier, modifiers))


def _piece_modifiers(modifier: int, lists: list[bytes]) -> tuple[Sprm, ...]:
    """What a piece says about all that is in it (2.9.210 Pcd): one modifier in short, or a whole list by its number."""
    if modifier & 1:
        number = modifier >> 1
        return tuple(sprms(lists[number])) if number < len(lists) else ()
    code = s.SHORT.get(modifier >> 1 & 0x7F)
    return () if code is None else ((code, bytes([modifier >> 8])),)


def _characters(main: bytes, piece: _Piece) -> str:
    length = piece.end - piece.start
    raw = main[piece.offset : piece.place(piece.end)]
    if length < 0 or len(raw) < length * piece.width:
        raise Unfamiliar("a piece beyond the end")
    if piece.width == 1:
        return raw.decode("cp1252", "replace")
    text = raw.decode("utf-16-le", "surrogatepass")
    # A character beyond the basic plane is two to Word.
    return text if len(text) == length else "".join(map(chr, struct.unpack(f"<{length}H", raw)))
