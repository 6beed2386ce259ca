"""A 7z archive → its files."""

from __future__ import annotations

import io

import py7zr
from py7zr.io import BytesIOFactory

from formflow.errors import UnreadableError
from formflow.reading.archive.entries import Entry, vetted
from formflow.reading.contents import Member
from formflow.reading.limits import Limits
from formflow.reading.refusals import refuse_archive


def read_7z(data: bytes, limits: Limits) -> tuple[Member, ...]:
    """The files of a 7z archive, in its order."""
    try:
        with py7zr.SevenZipFile(io.BytesIO(data)) as archive:
            if archive.needs_password():
                raise refuse_archive("encrypted")
            files = vetted(map(_entry, archive.files), len(data), limits)
            unpacked = BytesIOFactory(limits.max_unpacked + 1)
            archive.extract(targets=[file.name for file in files], factory=unpacked)
            return tuple(Member(file.name, _content(unpacked, file)) for file in files)
    except (UnreadableError, MemoryError):
        raise
    except py7zr.PasswordRequired as error:
        raise refuse_archive("encrypted") from error
    except Exception as error:  # it trusts the archive's tables: a broken one raises whatever Python raises there
        raise refuse_archive("damaged") from error


def _entry(file: py7zr.py7zr.ArchiveFile) -> Entry:
    return Entry(
        name=file.filename.replace("\\", "/"),
        size=file.uncompressed,
        is_folder=file.is_directory,
        is_special=file.is_symlink or file.is_junction or file.is_socket,
    )


def _content(unpacked: BytesIOFactory, file: Entry) -> bytes:
    product = unpacked.products.get(file.name)
    data: bytes = b"" if product is None else product.read()
    if len(data) != file.size:
        raise refuse_archive("damaged", "文件长度不符")
    return data
