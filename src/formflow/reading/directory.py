"""What a zip container says it holds: bytes → the entries of its directory, none of them trusted yet, and what lies where one of them says;
and a container of some entries only.

A directory as every office program writes it (at the very end, in one piece, plain names) is read here; any other (ZIP64, with comments, behind
something else, names in old encodings, in disorder) is left to zipfile, which takes several times as long.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from formflow.model.quick import maker
from formflow.reading.refusals import refuse

STORED, DEFLATED = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED
# The end of the directory: disk numbers, entries here and in all, size and start of the directory, length of a comment.
_END, _END_SIGNATURE = struct.Struct("<4s4H2IH"), b"PK\x05\x06"
_ZIP64_LOCATOR, _ZIP64_LOCATOR_SIZE, _IN_ZIP64 = b"PK\x06\x07", 20, 0xFFFFFFFF
# An entry: version needed, flags, method, checksum, sizes packed and unpacked, lengths of name, extra field and comment, where it lies.
_ENTRY, _ENTRY_SIGNATURE = struct.Struct("<4s2x3H4x3I3H8xI"), b"PK\x01\x02"
_LATEST_VERSION = 63
# As it is written: what directory and entry both say (version needed, flags, method, time and day, then as above), and what only the
# directory says before and after. The day is the first there is.
_SAID, _BEFORE, _AFTER = struct.Struct("<5H3I2H"), struct.Struct("<4sH"), struct.Struct("<3H2I")
_VERSION, _UTF_8, _DAY = 20, 0x800, 0x21
# An entry's own header: signature, lengths of the name and the extra field, which follow it.
_LOCAL_HEADER, _LOCAL_SIGNATURE = struct.Struct("<4s22xHH"), b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as the directory tells of it: its flags, how it is packed, its checksum (CRC-32), its size packed and unpacked, and where
    in the container it lies."""

    name: str
    flags: int
    method: int
    checksum: int
    packed_size: int
    size: int
    offset: int


_entry = maker(Entry)


def entries(data: bytes) -> Sequence[Entry]:
    """The entries of a container in the directory's order; `truncated` or `damaged` if there is no directory that can be read."""
    found = _plain(data)
    return _any(data) if found is None else found


def unpacked(data: bytes, entry: Entry) -> bytes:
    """An entry's content, not checked, and at most one byte longer than the directory says: one that understates a size gains nothing.
    `zlib.error` or `struct.error` if there is none. (zipfile's own file objects take longer than unpacking most parts does.)"""
    content = packed(data, entry)
    return (
        content if entry.method == STORED else zlib.decompressobj(-zlib.MAX_WBITS).decompress(content, entry.size + 1)
    )


def packed(data: bytes, entry: Entry) -> bytes:
    """An entry's content as it lies there; `struct.error` if there is none."""
    if entry.offset < 0:
        raise struct.error("an entry before the beginning of the file")
    signature, name_length, extra_length = _LOCAL_HEADER.unpack_from(data, entry.offset)
    if signature != _LOCAL_SIGNATURE:
        raise struct.error("no entry where the directory says")
    start = entry.offset + _LOCAL_HEADER.size + name_length + extra_length
    return data[start : start + entry.packed_size]


def container(parts: Iterable[tuple[Entry, bytes]]) -> bytes:
    """A container of these entries, each with its content as packed; where they lay before does not matter."""
    pieces: list[bytes] = []
    told: list[bytes] = []
    at = 0
    for entry, content in parts:
        name = entry.name.encode()
        flags = 0 if entry.name.isascii() else _UTF_8
        said = _SAID.pack(
            *(_VERSION, flags, entry.method, 0, _DAY, entry.checksum, len(content), entry.size, len(name), 0)
        )
        pieces += _LOCAL_SIGNATURE, said, name, content
        told += _BEFORE.pack(_ENTRY_SIGNATURE, _VERSION), said, _AFTER.pack(0, 0, 0, 0, at), name
        at += _LOCAL_HEADER.size + len(name) + len(content)
    count = len(pieces) // 4
    return b"".join((*pieces, *told, _END.pack(_END_SIGNATURE, 0, 0, count, count, sum(map(len, told)), at, 0)))


def _plain(data: bytes) -> list[Entry] | None:
    """The entries of a directory as it usually is; None if there is anything about it that another program may take another way."""
    end = len(data) - _END.size
    if end < 0 or data[end - _ZIP64_LOCATOR_SIZE : end].startswith(_ZIP64_LOCATOR):
        return None
    signature, disk, first_disk, here, count, size, at, comment = _END.unpack_from(data, end)
    if signature != _END_SIGNATURE or disk or first_disk or comment or here != count or at + size != end:
        return None
    found = []
    while at + _ENTRY.size <= end:
        signature, version, flags, method, checksum, packed_size, size, name_length, extra, comment, offset = (
            _ENTRY.unpack_from(data, at)
        )
        start = at + _ENTRY.size
        name = data[start : start + name_length]
        if signature != _ENTRY_SIGNATURE or version > _LATEST_VERSION or comment:
            return None
        if _IN_ZIP64 in (packed_size, size, offset) or not name.isascii() or b"\x00" in name:
            return None
        found.append(_entry(name.decode("ascii"), flags, method, checksum, packed_size, size, offset))
        at = start + name_length + extra
    return found if at == end and len(found) == count else None


def _any(data: bytes) -> list[Entry]:
    """The entries as zipfile finds them."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [
                Entry(
                    at.filename,
                    at.flag_bits,
                    at.compress_type,
                    at.CRC,
                    at.compress_size,
                    at.file_size,
                    at.header_offset,
                )
                for at in archive.infolist()
            ]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, struct.error, UnicodeDecodeError) as error:
        is_cut = _END_SIGNATURE not in data[-66_000:]
        raise refuse("truncated" if is_cut else "damaged") from error
