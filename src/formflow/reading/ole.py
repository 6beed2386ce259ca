"""The directory of an OLE compound file (old .doc, .xls, and every password-protected Office file): names and places only.

Bytes come in, stream names and the first bytes of a stream go out. It follows the sector chain of the directory no further than the
109 entries of the header's own table reach (files up to 7 MB of tables), which is where Office puts it, and reads no contents.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import NamedTuple

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA  # this and above: no sector
_ENTRY = 128
_MAX_DIRECTORY_SECTORS = 4_096


class _Entry(NamedTuple):
    """A stream or storage: its name, its siblings and first child by their numbers, its first sector."""

    name: str
    left: int
    right: int
    child: int
    start: int


def streams(data: bytes) -> dict[str, int]:
    """Stream name → first sector, for the streams and storages of the root (for all where the root names none); empty if the directory
    cannot be followed."""
    try:
        return _streams(data)
    except (struct.error, UnicodeDecodeError, IndexError):
        return {}


def head(data: bytes, first_sector: int, length: int) -> bytes:
    """The first bytes of a stream that is long enough (4096 bytes) to have sectors of its own."""
    offset = (first_sector + 1) << _sector_shift(data)
    return data[offset : offset + length]


def goes_in_circles(data: bytes) -> bool:
    """Whether a chain of sectors comes back to itself: whoever follows it to its end fills all memory. False where chains cannot be told."""
    try:
        return _goes_in_circles(data)
    except (struct.error, IndexError):
        return False


def _goes_in_circles(data: bytes) -> bool:
    size = 1 << _sector_shift(data)
    directory, small_from, _, small_start = (struct.unpack_from("<I", data, at)[0] for at in (48, 56, 64, 60))
    tables, is_endless = _table_sectors(data, size)
    table = _entries(data, tables, size)
    chain, small_sectors = _chain(table, directory), _chain(table, small_start)
    if is_endless or chain is None or small_sectors is None:
        return True
    small = _entries(data, small_sectors, size)
    starts = (
        struct.unpack_from("<II", data, offset + 116)
        for sector in chain
        for offset in range((sector + 1) * size, min((sector + 2) * size, len(data) - _ENTRY + 1), _ENTRY)
    )
    # The first stream of the directory holds all small ones, whatever its size.
    return any(
        _chain(table, start) is None or (length < small_from and _chain(small, start) is None)
        for start, length in starts
    )


def _table_sectors(data: bytes, size: int) -> tuple[list[int], bool]:
    """The sectors of the table of chains: 109 in the header, further ones in sectors that each name the next; and whether those go in circles,
    or name many more than a file of this size has use for."""
    sectors = list(struct.unpack_from("<109I", data, 76))
    further: int = struct.unpack_from("<I", data, 68)[0]
    most = len(sectors) + 2 * len(data) // (size * (size // 4))
    while len(sectors) <= most + size // 4:
        if further >= _END or (further + 2) * size > len(data):
            return [sector for sector in sectors if sector < _END], False
        *more, further = struct.unpack_from(f"<{size // 4}I", data, (further + 1) * size)
        sectors += more
    return [], True


def _entries(data: bytes, sectors: list[int], size: int) -> list[int]:
    whole = (sector for sector in sectors if (sector + 2) * size <= len(data))
    return [entry for sector in whole for entry in struct.unpack_from(f"<{size // 4}I", data, (sector + 1) * size)]


def _chain(table: list[int], sector: int) -> list[int] | None:
    """The sectors of a chain, None where it does not end."""
    found: list[int] = []
    while sector < len(table):
        found.append(sector)
        if len(found) > len(table):
            return None
        sector = table[sector]
    return found


def _sector_shift(data: bytes) -> int:
    shift: int = struct.unpack_from("<H", data, 30)[0]
    return shift if shift in (9, 12) else 9


def _streams(data: bytes) -> dict[str, int]:
    entries = list(_directory(data))
    numbers = _in_root(entries) or range(len(entries))
    return {entries[at].name: entries[at].start for at in numbers if entries[at].name}


def _in_root(entries: list[_Entry]) -> Sequence[int]:
    """Which entries stand in the root: a tree of siblings. What lies in storages belongs to embedded objects, which may be of any kind."""
    found: dict[int, None] = {}
    waiting = [entries[0].child] if entries else []
    while waiting:
        at = waiting.pop()
        if at < len(entries) and at not in found:
            found[at] = None
            waiting += [entries[at].left, entries[at].right]
    return sorted(found)


def _directory(data: bytes) -> Iterator[_Entry]:
    size = 1 << _sector_shift(data)
    fat_sectors = struct.unpack_from("<109I", data, 76)
    sector: int = struct.unpack_from("<I", data, 48)[0]
    for _ in range(_MAX_DIRECTORY_SECTORS):
        if sector >= _END:
            break
        start = (sector + 1) * size
        for offset in range(start, min(start + size, len(data) - _ENTRY + 1), _ENTRY):
            length, left, right, child = struct.unpack_from("<HxxIII", data, offset + 64)
            name = data[offset : offset + length - 2].decode("utf-16-le") if 2 <= length <= 64 else ""
            yield _Entry(name, left, right, child, struct.unpack_from("<I", data, offset + 116)[0])
        table, index = divmod(sector, size // 4)
        sector = struct.unpack_from("<I", data, (fat_sectors[table] + 1) * size + index * 4)[0]
