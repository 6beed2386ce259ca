"""The part of a font that goes into a PDF: the outlines of the characters it is drawn with, and no others.

In: a face as reportlab has read it, and the characters by the numbers they have in the PDF. Out: a TrueType file, byte for byte the one reportlab
would cut out, in a fraction of the time: each outline is added up once and its sum remembered, where reportlab adds up all of them twice for each
letter. What is put together of other characters' outlines (é) is left to reportlab.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from typing import Any

Table = tuple[str, bytes, int]  # its tag, what stands in it, and the sum of that
# What is written as it stands in the face, where the face has it.
_COPIED = ("name", "OS/2", "cvt ", "fpgm", "prep")
_WORD = 0xFFFFFFFF
# What all words of a font file come to, with the one in `head` that makes up for the others.
_TOTAL, _MAKES_UP_AT = 0xB1B0AFBA, 8


class Subsetter:
    """Cuts subsets out of one face."""

    def __init__(self, face: Any) -> None:
        self._face = face
        self._by_reportlab = face.makeSubset
        self._start, self._length = face.get_table_pos("glyf")
        self._fixed = tuple(_table(tag, face.get_table(tag)) for tag in _COPIED if tag in face.table)
        self._post = _table("post", b"\x00\x03\x00\x00" + face.get_table("post")[4:16] + bytes(16))
        self._hhea, self._maxp = face.get_table("hhea"), face.get_table("maxp")
        self._head = _spliced(face.get_table("head"), _MAKES_UP_AT, bytes(4))
        self._sums: dict[int, int | None] = {}

    def __call__(self, codes: Sequence[int]) -> bytes:
        """The font of these characters (code points), each under its place in the sequence."""
        numbers = {0: 0}  # of an outline in the face: its number in the subset
        glyph_of = self._face.charToGlyph
        cmap = [numbers.setdefault(glyph_of.get(code, 0), len(numbers)) for code in codes]
        sums = [self._sum_of(glyph) for glyph in numbers]
        if None in sums:
            made: bytes = self._by_reportlab(codes)
            return made
        outlines = [self._outline(glyph) for glyph in numbers]
        offsets = _offsets(outlines)
        is_long = (offsets[-1] + 1) >> 1 > 0xFFFF
        pairs, metrics = _metrics([self._face.hmetrics[glyph] for glyph in numbers])
        return _file(
            *self._fixed,
            self._post,
            _table("hmtx", metrics),
            _table("hhea", _spliced(self._hhea, 34, struct.pack(">H", pairs))),
            _table("maxp", _spliced(self._maxp, 4, struct.pack(">H", len(numbers)))),
            _table("cmap", _cmap(cmap)),
            ("glyf", b"".join(outlines), sum(filter(None, sums)) & _WORD),
            _table("loca", _packed("L", offsets) if is_long else _packed("H", (at >> 1 for at in offsets))),
            _table("head", _spliced(self._head, 50, struct.pack(">H", is_long))),
        )

    def _outline(self, glyph: int) -> bytes:
        start, end = self._face.glyphPos[glyph : glyph + 2]
        return _filled(self._face._ttf_data[self._start + start : self._start + end])

    def _sum_of(self, glyph: int) -> int | None:
        """The sum of an outline; None if it is not one of its own, or does not stand where it should."""
        if glyph not in self._sums:
            start, end = self._face.glyphPos[glyph : glyph + 2]
            outline = self._outline(glyph)
            is_own = 0 <= start <= end <= self._length and not (outline and outline[0] & 0x80)
            self._sums[glyph] = _sum(outline) if is_own else None
        return self._sums[glyph]


def _offsets(outlines: Iterable[bytes]) -> list[int]:
    """Where each begins, and the last one ends."""
    offsets = [0]
    for outline in outlines:
        offsets.append(offsets[-1] + len(outline))
    return offsets


def _metrics(metrics: Sequence[tuple[int, int]]) -> tuple[int, bytes]:
    """Advances and side bearings: those that are as wide as the last one share its advance. How many have one of their own, and the table."""
    pairs = len(metrics)
    while pairs > 1 and metrics[pairs - 1][0] == metrics[pairs - 2][0]:
        pairs -= 1
    own = (number for metric in metrics[:pairs] for number in metric)
    return pairs, _packed("H", (*map(int, own), *(int(bearing) for _, bearing in metrics[pairs:])))


def _cmap(numbers: Sequence[int]) -> bytes:
    """A trimmed table (format 6) for Macintosh: the outline's number of each character from 0 on."""
    head = (0, 1, 1, 0, 0, 12, 6, 10 + 2 * len(numbers), 0, 0, len(numbers))
    return _packed("H", (*head, *numbers))


def _file(*tables: Table) -> bytes:
    """The tables in the order of their tags behind a directory of them, and in `head` what makes up for the sum of it all."""
    ordered = sorted(tables)
    power = len(ordered).bit_length() - 1
    directory = [struct.pack(">LHHHH", 0x00010000, len(ordered), 16 << power, power, 16 * len(ordered) - (16 << power))]
    at, makes_up_at = 12 + 16 * len(ordered), 0
    for tag, data, total in ordered:
        if tag == "head":
            makes_up_at = at + _MAKES_UP_AT
        directory.append(struct.pack(">4sLLL", tag.encode(), total, at, len(data)))
        at += len(_filled(data))
    head = b"".join(directory)
    missing = (_TOTAL - _sum(head) - sum(total for _, _, total in ordered)) & _WORD
    return _spliced(head + b"".join(_filled(data) for _, data, _ in ordered), makes_up_at, struct.pack(">L", missing))


def _table(tag: str, data: bytes) -> Table:
    return tag, data, _sum(_filled(data))


def _sum(data: bytes) -> int:
    """Of the words of four bytes."""
    words: tuple[int, ...] = struct.unpack(f">{len(data) // 4}L", data)
    return sum(words) & _WORD


def _filled(data: bytes) -> bytes:
    """To whole words."""
    return data + bytes(-len(data) % 4)


def _packed(kind: str, numbers: Iterable[int]) -> bytes:
    listed = tuple(numbers)
    return struct.pack(f">{len(listed)}{kind}", *listed)


def _spliced(data: bytes, at: int, value: bytes) -> bytes:
    return data[:at] + value + data[at + len(value) :]
