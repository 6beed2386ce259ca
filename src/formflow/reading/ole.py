"""The directory of an OLE compound file (old .doc, .xls, and every password-protected Office file): names and places only.

Bytes come in, stream names and the first bytes of a stream go out. It follows the sector chain of the directory no further than the
109 entries of the header's own table reach (files up to 7 MB of tables), which is where Office puts it, and reads no contents.
"""

from __future__ import annotations

import struct

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA  # this and above: no sector
_ENTRY = 128
_MAX_DIRECTORY_SECTORS = 4_096


def streams(data: bytes) -> dict[str, int]:
    """Stream name → first sector, for all streams and storages; empty if the directory cannot be followed."""
    try:
        return _streams(data)
    except (struct.error, UnicodeDecodeError, IndexError):
        return {}


def head(data: bytes, first_sector: int, length: int) -> bytes:
    """The first bytes of a stream that is long enough (4096 bytes) to have sectors of its own."""
    offset = (first_sector + 1) << _sector_shift(data)
    return data[offset : offset + length]


def _sector_shift(data: bytes) -> int:
    shift: int = struct.unpack_from("<H", data, 30)[0]
    return shift if shift in (9, 12) else 9


def _streams(data: bytes) -> dict[str, int]:
    size = 1 << _sector_shift(data)
    fat_sectors = struct.unpack_from("<109I", data, 76)
    sector: int = struct.unpack_from("<I", data, 48)[0]
    found: dict[str, int] = {}
    for _ in range(_MAX_DIRECTORY_SECTORS):
        if sector >= _END:
            break
        start = (sector + 1) * size
        for offset in range(start, min(start + size, len(data) - _ENTRY + 1), _ENTRY):
            length = struct.unpack_from("<H", data, offset + 64)[0]
            if 2 <= length <= 64:
                name = data[offset : offset + length - 2].decode("utf-16-le")
                found[name] = struct.unpack_from("<I", data, offset + 116)[0]
        table, index = divmod(sector, size // 4)
        sector = struct.unpack_from("<I", data, (fat_sectors[table] + 1) * size + index * 4)[0]
    return found
