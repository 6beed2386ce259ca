"""Property modifiers ([MS-DOC] 2.6): a list of them, as bytes, → (code, operand) one by one."""

from __future__ import annotations

import struct
from collections.abc import Iterator

# Paragraphs
P_STYLE, P_LEVEL, P_LIST = 0x4600, 0x260A, 0x460B
P_TABS, P_TABS_MORE = 0xC60D, 0xC615
P_IN_TABLE, P_ROW_END, P_DEPTH, P_DEEPER = 0x2416, 0x2417, 0x6649, 0x664A
P_INNER_CELL_END, P_INNER_ROW_END = 0x244B, 0x244C
P_HUGE, P_TABLE = (0x6645, 0x6646), 0x646B
# Characters
C_DELETED, C_INSERTED, C_STYLE, C_HIDDEN, C_UNDERLINE = 0x0800, 0x0801, 0x4A30, 0x083C, 0x2A3E
C_STRIKE, C_DOUBLE_STRIKE = 0x0837, 0x2A53
C_SPECIAL, C_SYMBOL, C_PICTURE, C_DATA, C_FONT, C_FONT_OTHER, C_PLAIN = (
    *(0x0855, 0x6A09, 0x6A03, 0x0806),
    *(0x4A4F, 0x4A51, 0x2A33),
)
C_OBJECT = 0x0856
# Tables
T_DEFINITION, T_MERGE_DOWN, T_MERGE, T_SPLIT = 0xD608, 0xD62B, 0x5624, 0x5625
T_INSERT, T_DELETE, T_WIDTH = 0x7621, 0x5622, 0x7623
# Properties of a piece that take one byte, by their old short numbers (2.9.213).
SHORT = {
    0x18: P_IN_TABLE,
    0x19: P_ROW_END,
    0x41: C_DELETED,
    0x42: C_INSERTED,
    0x47: C_DATA,
    0x53: C_PLAIN,
    0x57: C_STRIKE,
    0x5C: C_HIDDEN,
    0x5E: C_UNDERLINE,
    0x75: C_SPECIAL,
    0x76: C_OBJECT,
}
# Bytes of an operand by the upper three bits of the code; 6: the operand begins with its length.
_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)
_VARIABLE = 6
_COMPUTED = 0xFF

Sprm = tuple[int, bytes]


def sprms(data: bytes) -> Iterator[Sprm]:
    """The modifiers in order; ends where the bytes do not go on as they should."""
    at = 0
    while at + 3 <= len(data):
        (code,) = struct.unpack_from("<H", data, at)
        at += 2
        size = _SIZES[code >> 13]
        if code >> 13 == _VARIABLE:
            at, size = _variable(code, data, at)
        if at + size > len(data):
            return
        yield code, data[at : at + size]
        at += size


def _variable(code: int, data: bytes, at: int) -> tuple[int, int]:
    """Where an operand that tells its length begins, and how long it is."""
    if code == T_DEFINITION:
        return at + 2, max(0, struct.unpack_from("<H", data.ljust(at + 2, b"\0"), at)[0] - 1)
    size = data[at]
    if code == P_TABS_MORE and size == _COMPUTED and at + 1 < len(data):
        deleted = data[at + 1]
        added_at = at + 2 + 4 * deleted
        added = data[added_at] if added_at < len(data) else 0
        return at + 1, 2 + 4 * deleted + 3 * added
    return at + 1, size


def word(operand: bytes) -> int:
    """An operand as a whole number without sign."""
    return int.from_bytes(operand, "little")
