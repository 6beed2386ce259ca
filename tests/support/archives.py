"""Archives and mails as people and their programs make them, and as nobody honest does."""

from __future__ import annotations

import base64
import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping

import py7zr

from support.wordml import zipped as zipped  # members by their names in UTF-8


def raw_names(files: Mapping[bytes, bytes], extra: Mapping[bytes, bytes] | None = None) -> bytes:
    """A zip whose names are raw bytes that do not say their encoding, as Windows tools in China write them. `extra` by name."""
    local, central = io.BytesIO(), io.BytesIO()
    for name, data in files.items():
        more = (extra or {}).get(name, b"")
        sizes = struct.pack("<IIIHH", zlib.crc32(data), len(data), len(data), len(name), len(more))
        head = struct.pack("<HHHHH", 20, 0, 0, 0, 0x2821)
        central.write(
            b"PK\x01\x02" + struct.pack("<H", 20) + head + sizes + struct.pack("<HHHII", 0, 0, 0, 0, local.tell())
        )
        central.write(name + more)
        local.write(b"PK\x03\x04" + head + sizes + name + more + data)
    end = struct.pack("<HHHHIIH", 0, 0, len(files), len(files), central.tell(), local.tell(), 0)
    return local.getvalue() + central.getvalue() + b"PK\x05\x06" + end


def special(name: str, mode: int, target: bytes = b"/etc/passwd") -> bytes:
    """A zip with a link or device in it."""
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (mode | 0o777) << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(info, target)
    return buffer.getvalue()


def link(name: str) -> bytes:
    return special(name, stat.S_IFLNK)


def encrypted(data: bytes) -> bytes:
    """A zip whose members all say that they ask for a password."""
    changed = bytearray(data)
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(magic)
        while at >= 0:
            changed[at + offset] |= 1
            at = changed.find(magic, at + 4)
    return bytes(changed)


def sevenzip(files: Mapping[str, bytes], password: str | None = None, *, hides_names: bool = False) -> bytes:
    buffer = io.BytesIO()
    with py7zr.SevenZipFile(buffer, "w", password=password, header_encryption=hides_names) as archive:
        for name, data in files.items():
            archive.writestr(data, name)
    return buffer.getvalue()


def stored_rar(files: Mapping[str, bytes], *, flags: int = 0, attributes: int | None = None) -> bytes:
    """A rar (of the kind before RAR5) of members that are stored, which any program for rar can take out. `flags` 0x04: a password;
    `attributes`: those of Unix (a link …)."""

    def block(kind: int, block_flags: int, body: bytes) -> bytes:
        inner = struct.pack("<BHH", kind, block_flags, 7 + len(body)) + body
        return struct.pack("<H", zlib.crc32(inner) & 0xFFFF) + inner

    system, mode = (2, 0x20) if attributes is None else (3, attributes)
    out = b"Rar!\x1a\x07\x00" + block(0x73, 0, bytes(6))
    for name, data in files.items():
        encoded = name.encode()
        body = struct.pack(
            "<IIBIIBBHI", len(data), len(data), system, zlib.crc32(data), 0x28210000, 20, 0x30, len(encoded), mode
        )
        out += block(0x74, 0x8000 | flags, body + encoded) + data
    return out + block(0x7B, 0x4000, b"")


def part(disposition: str, data: bytes, content_type: str = "application/octet-stream", more: str = "") -> bytes:
    """A part of a mail: its headers as they stand, its content in base 64."""
    head = f"Content-Type: {content_type}\r\nContent-Transfer-Encoding: base64\r\n{more}"
    return head.encode() + disposition.encode("utf-8", "surrogateescape") + b"\r\n\r\n" + base64.encodebytes(data)


def attached(name: str, data: bytes) -> bytes:
    return part(f'Content-Disposition: attachment; filename="{name}"', data)


def mail(*parts: bytes, text: str = "请查收。") -> bytes:
    head = (
        "From: =?utf-8?B?55m96bmt6ZWH?= <a@example.org>\r\nTo: b@example.org\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
    )
    body = part("Content-Disposition: inline", text.encode(), "text/plain; charset=utf-8")
    return head.encode() + b"".join(b"--b\r\n" + one + b"\r\n" for one in (body, *parts)) + b"--b--\r\n"
