"""The file information block ([MS-DOC] 2.5): what lies where in a Word 97–2003 file, and how its text is divided.

The streams come in; structures of the table stream go out by name, and the stretches of the text (in characters) by story.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from types import MappingProxyType

from formflow.reading.word97.container import Container
from formflow.reading.word97.trouble import Unfamiliar

_WORD = 0xA5EC
_WORD_97 = 0x00C0
_ENCRYPTED, _TABLE_1, _OBFUSCATED = 0x0100, 0x0200, 0x8000
_COUNTS_AT, _PAIRS_AT = 76, 154
# Places in the list of (offset, length) pairs.
_PAIRS = MappingProxyType(
    {
        "styles": 1,
        "footnote references": 2,
        "footnotes": 3,
        "comments": 5,
        "sections": 6,
        "headers": 11,
        "runs": 12,
        "paragraphs": 13,
        "fonts": 15,
        "pieces": 33,
        "drawings": 40,
        "header drawings": 41,
        "endnote references": 46,
        "endnotes": 47,
        "shapes": 50,
        "text boxes": 56,
        "header text boxes": 58,
        "lists": 73,
        "list uses": 74,
    }
)
# The stories in the order in which their texts follow one another; the fourth is no longer used.
STORIES = ("body", "footnotes", "headers", "", "comments", "endnotes", "text boxes", "header text boxes")


@dataclass(frozen=True, slots=True)
class Streams:
    """A Word file taken apart: its main stream, its table stream, its data stream (b"" if none), and its information block."""

    main: bytes
    table: bytes
    data: bytes

    def structure(self, name: str, *, is_open: bool = False) -> bytes:
        """A structure of the table stream, b"" where the file has none; `is_open`: with all that follows it."""
        at = _PAIRS_AT + 8 * _PAIRS[name]
        if at + 8 > _PAIRS_AT + 8 * struct.unpack_from("<H", self.main, _PAIRS_AT - 2)[0]:
            return b""
        offset, length = struct.unpack_from("<II", self.main, at)
        return self.table[offset : None if is_open and length else offset + length]

    def story(self, name: str) -> tuple[int, int]:
        """The stretch of the text (half open, in characters) that a story takes."""
        counts = struct.unpack_from(f"<{len(STORIES)}i", self.main, _COUNTS_AT)
        if min(counts) < 0:
            raise Unfamiliar("a story of negative length")
        number = STORIES.index(name)
        start = sum(counts[:number])
        return start, start + counts[number]


def streams_of(data: bytes) -> Streams:
    """The streams of a file's bytes. Raises `Unfamiliar` for anything but an unprotected file of Word 97 to 2003."""
    container = Container(data)
    main = container.stream("WordDocument")
    identity, version, flags = struct.unpack_from("<HH6xH", main)
    if identity != _WORD or version < _WORD_97 or flags & (_ENCRYPTED | _OBFUSCATED):
        raise Unfamiliar("an older Word, or a protected file")
    table = container.stream("1Table" if flags & _TABLE_1 else "0Table")
    return Streams(main, table, container.stream("Data"))


def positions(structure: bytes, size: int) -> list[int]:
    """The character positions of a PLC (2.2.2) whose entries have that size: one more than there are entries."""
    count = (len(structure) - 4) // (4 + size)
    return list(struct.unpack_from(f"<{count + 1}I", structure)) if count >= 0 else []


def entries(structure: bytes, size: int) -> list[bytes]:
    """The entries of a PLC."""
    count = max(0, (len(structure) - 4) // (4 + size))
    start = 4 * (count + 1)
    return [structure[start + at * size : start + (at + 1) * size] for at in range(count)]
