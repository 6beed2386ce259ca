"""The streams of an OLE compound file ([MS-CFB]): those that stand in its root, by name.

Bytes come in, whole streams go out. Streams of embedded objects, which lie in storages of their own and bear the same names, are not seen.
`ole` answers quick questions about any such file; this is for whoever reads one to the end.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from formflow.reading.word97.trouble import Unfamiliar

_END = 0xFFFFFFFA  # this and above: no sector
_NOBODY = 0xFFFFFFFF
_ENTRY, _SMALL = 128, 64
_STREAM = 2
_SHIFTS = (9, 12)
_IN_HEADER = 109


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int
    name: str


class Container:
    """One compound file. Raises `Unfamiliar` where its tables do not hold together."""

    def __init__(self, data: bytes) -> None:
        (shift,) = struct.unpack_from("<H", data, 30)
        if shift not in _SHIFTS:
            raise Unfamiliar("sector size")
        self._data, self._size = data, 1 << shift
        directory, self._small_from, small_table = struct.unpack_from("<I4xII", data, 48)
        self._next = self._table(self._table_sectors())
        self._entries = [_entry(raw) for raw in _cut(self._chain(directory), _ENTRY)]
        if not self._entries:
            raise Unfamiliar("no directory")
        self._next_small = _numbers(self._chain(small_table))
        root = self._entries[0]
        self._small = self._chain(root.start)[: root.size]
        self._found = {entry.name: entry for entry in self._in_root() if entry.kind == _STREAM}

    def stream(self, name: str) -> bytes:
        """A stream of the root, b"" if there is none of that name."""
        entry = self._found.get(name)
        if entry is None:
            return b""
        whole = self._chain(entry.start) if entry.size >= self._small_from else self._small_chain(entry.start)
        return whole[: entry.size]

    def _in_root(self) -> list[_Entry]:
        """The members of the root: a tree of siblings."""
        found: dict[int, _Entry] = {}
        stack = [self._entries[0].child]
        while stack:
            at = stack.pop()
            if at < len(self._entries) and at not in found:
                entry = found[at] = self._entries[at]
                stack += [entry.left, entry.right]
        return list(found.values())

    def _table_sectors(self) -> list[int]:
        sectors = list(struct.unpack_from(f"<{_IN_HEADER}I", self._data, 76))
        further: int = struct.unpack_from("<I", self._data, 68)[0]
        seen: set[int] = set()
        while further < _END and further not in seen:
            seen.add(further)
            *more, further = _numbers(self._sector(further)) or [_NOBODY]
            sectors += more
        return [sector for sector in sectors if sector < _END]

    def _table(self, sectors: list[int]) -> list[int]:
        return _numbers(b"".join(map(self._sector, dict.fromkeys(sectors))))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._data[start : start + self._size]

    def _chain(self, sector: int) -> bytes:
        return b"".join(self._sector(number) for number in _followed(self._next, sector))

    def _small_chain(self, sector: int) -> bytes:
        numbers = _followed(self._next_small, sector)
        return b"".join(self._small[number * _SMALL : (number + 1) * _SMALL] for number in numbers)


def _followed(table: list[int], sector: int) -> list[int]:
    found: dict[int, None] = {}
    while sector < len(table):
        if sector in found:
            raise Unfamiliar("a chain that comes back to itself")
        found[sector] = None
        sector = table[sector]
    return list(found)


def _numbers(data: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))


def _cut(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data) - size + 1, size)]


def _entry(raw: bytes) -> _Entry:
    length, kind, left, right, child = struct.unpack_from("<HBxIII", raw, 64)
    start, size = struct.unpack_from("<II", raw, 116)
    name = raw[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
    return _Entry(kind, left, right, child, start, size, name)
