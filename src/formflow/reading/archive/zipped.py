"""A zip → its files. Names are made legible: tools in China write them in GBK without saying so."""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Sequence

from formflow.reading.archive.entries import Entry, vetted
from formflow.reading.contents import Member
from formflow.reading.limits import Limits
from formflow.reading.refusals import refuse_archive

_ENCRYPTED, _UTF_8 = 0x1, 0x800
_UNIX = 3
# Info-ZIP's extra field that gives the name again in UTF-8, with a checksum of the name it stands for.
_UNICODE_PATH = 0x7075
_HAN = re.compile("[\u3400-\u9fff]")
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    struct.error,
    RuntimeError,
    NotImplementedError,
    ValueError,
)
_END = b"PK\x05\x06"


def read_zip(data: bytes, limits: Limits) -> tuple[Member, ...]:
    """The files of a zip, in its order."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            entries = [_entry(info, name) for info, name in zip(infos, _names(infos), strict=True)]
            wanted = {entry.name for entry in vetted(entries, len(data), limits)}
            return tuple(
                Member(entry.name, _read(archive, info))
                for info, entry in zip(infos, entries, strict=True)
                if entry.name in wanted and not entry.is_folder
            )
    except _BROKEN as error:
        raise refuse_archive("damaged" if _END in data[-66_000:] else "truncated") from error


def _entry(info: zipfile.ZipInfo, name: str) -> Entry:
    mode = info.external_attr >> 16 if info.create_system == _UNIX else 0
    return Entry(
        name=name,
        size=info.file_size,
        packed=info.compress_size,
        is_folder=name.endswith("/"),
        is_special=stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR),
        is_encrypted=bool(info.flag_bits & _ENCRYPTED),
    )


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with archive.open(info) as part:
        # With a length, zipfile unpacks no more than that: a directory that understates a size gains nothing.
        data = part.read(info.file_size + 1)
    if len(data) != info.file_size:
        raise refuse_archive("damaged", "文件长度不符")
    return data


def _names(infos: Sequence[zipfile.ZipInfo]) -> list[str]:
    """The entries' names, all that do not say their encoding taken to be in the same one."""
    raw = [None if info.flag_bits & _UTF_8 else info.orig_filename.encode("cp437", "replace") for info in infos]
    encoding = _encoding([name for name in raw if name is not None])
    decoded = [
        info.orig_filename if name is None else _unicode_path(info, name) or name.decode(encoding, "replace")
        for info, name in zip(infos, raw, strict=True)
    ]
    return [name.replace("\\", "/").split("\0", 1)[0] for name in decoded]


def _encoding(names: Sequence[bytes]) -> str:
    """UTF-8 only if all names are, and read as Chinese where they are not plain: some GBK names happen to be sound UTF-8."""
    text = b"\n".join(names)
    if text.isascii():
        return "ascii"
    try:
        as_utf_8 = text.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    reads_better = not _HAN.search(as_utf_8) and _HAN.search(text.decode("gb18030", "ignore"))
    return "gb18030" if reads_better else "utf-8"


def _unicode_path(info: zipfile.ZipInfo, raw: bytes) -> str | None:
    extra = info.extra
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<HH", extra)
        field, extra = extra[4 : 4 + length], extra[4 + length :]
        if kind == _UNICODE_PATH and len(field) > 5 and field[1:5] == struct.pack("<I", zlib.crc32(raw)):
            return field[5:].decode("utf-8", "replace")
    return None
