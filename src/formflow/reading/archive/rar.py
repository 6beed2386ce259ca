"""A rar archive → its files, by whichever program for it the machine has.

rarfile reads the directory, which is judged before any program is started. The program then writes all files to its output one after
the other, so that no name from inside is ever an argument or a path; they are parted by their sizes and checked by their checksums.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import rarfile

from formflow.errors import UnreadableError
from formflow.reading.archive.entries import Entry, vetted
from formflow.reading.contents import Member
from formflow.reading.limits import Limits
from formflow.reading.refusals import refuse_archive

# Each writes every file of an archive to standard output in the archive's order, and asks for no password.
_PROGRAMS: tuple[tuple[str, ...], ...] = (
    ("unrar", "p", "-inul", "-p-", "--"),
    ("7zz", "x", "-so", "-bd", "-p-", "--"),
    ("7z", "x", "-so", "-bd", "-p-", "--"),
    ("bsdtar", "-x", "--to-stdout", "-f"),
)
# What follows an archive is passed over. Without it bsdtar takes one that ends in a stored .docx for the zip that a .docx is: it looks for
# the end of a zip's directory in the file's last 64 KB.
_TAIL = bytes(2**17)


def programs() -> tuple[tuple[str, ...], ...]:
    """The commands this machine can unpack a rar with; some builds of them know only some rars."""
    return tuple((found, *options) for name, *options in _PROGRAMS if (found := shutil.which(name)) is not None)


def read_rar(data: bytes, limits: Limits) -> tuple[Member, ...]:
    """The files of a rar, in its order; refused with `unsupported` where no program can unpack it."""
    try:
        with rarfile.RarFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            is_encrypted = archive.needs_password()
    except rarfile.Error as error:
        raise refuse_archive("damaged") from error
    except Exception as error:  # as with 7z: tables of a broken archive lead anywhere
        if isinstance(error, MemoryError):
            raise
        raise refuse_archive("damaged") from error
    if is_encrypted and not infos:
        raise refuse_archive("encrypted")
    files = vetted(map(_entry, infos), len(data), limits)
    checksums = [info.CRC for info in infos if not info.is_dir()]
    return _unpacked(data, files, checksums)


def _entry(info: rarfile.RarInfo) -> Entry:
    return Entry(
        name=info.filename.replace("\\", "/"),
        size=info.file_size,
        packed=info.compress_size,
        is_folder=info.is_dir(),
        is_special=info.is_symlink() or info.file_redir is not None,
        is_encrypted=info.needs_password(),
    )


def _unpacked(data: bytes, files: Sequence[Entry], checksums: Sequence[int | None]) -> tuple[Member, ...]:
    commands = programs()
    if not commands:
        raise refuse_archive("no_program")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "archive.rar"
        path.write_bytes(data + _TAIL)
        for command in commands:
            output = _output([*command, str(path)], sum(file.size for file in files))
            try:
                return tuple(_parted(output, files, checksums))
            except UnreadableError:
                continue
    raise refuse_archive("damaged")


def _output(command: list[str], size: int) -> bytes:
    """What a program writes, no more than one byte beyond what is due."""
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        try:
            return process.stdout.read(size + 1)
        finally:
            process.kill()


def _parted(output: bytes, files: Sequence[Entry], checksums: Sequence[int | None]) -> Iterator[Member]:
    if len(output) != sum(file.size for file in files):
        raise refuse_archive("damaged")
    start = 0
    for file, checksum in zip(files, checksums, strict=True):
        content = output[start : start + file.size]
        start += file.size
        if checksum is not None and zlib.crc32(content) != checksum & 0xFFFFFFFF:
            raise refuse_archive("damaged")
        yield Member(file.name, content)
