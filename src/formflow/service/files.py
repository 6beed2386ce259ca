"""Moving files so that a power cut at any instant loses nothing: what is written is synced, and nothing is overwritten."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import sys
from pathlib import Path

_CHUNK = 2**20
# What file systems without hard links answer (FAT, some shares); EINVAL is what Windows' answers come to.
_NO_LINKS = frozenset(
    {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EACCES, errno.EINVAL}
)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's content, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync_folder(folder: Path) -> None:
    """Makes names that were added to or taken from a folder durable. Windows does so by itself and cannot be asked."""
    _sync(folder)


def sync_content(path: Path) -> None:
    """Makes the content of a file durable that somebody else has written. Windows cannot be asked without the right to write."""
    _sync(path)


def _sync(path: Path) -> None:
    if sys.platform == "win32":  # pragma: no cover - Windows only
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_durably(path: Path, data: bytes) -> None:
    """Writes a whole file and syncs it; the folder is the caller's to sync."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def copy_durably(source: Path, target: Path) -> None:
    """Copies a file's content and syncs it. Raises OSError if the copy differs (a source that is still written to)."""
    with source.open("rb") as reader, target.open("wb") as writer:
        shutil.copyfileobj(reader, writer, _CHUNK)
        writer.flush()
        os.fsync(writer.fileno())
    if sha256_of(source) != sha256_of(target):
        raise OSError(errno.EBUSY, "文件在复制时发生变化", str(source))


def make_folder(folder: Path) -> None:
    """Makes a folder and those above it, each name durable."""
    missing = [folder]
    while not missing[-1].exists():
        missing.append(missing[-1].parent)
    for path in reversed(missing[:-1]):
        path.mkdir(exist_ok=True)
        sync_folder(path.parent)


def put_without_overwriting(source: Path, target: Path) -> None:
    """Gives `source` (on the same file system) the name `target` as well or instead. Raises FileExistsError if that is taken.

    A hard link fails on a taken name in one step. Where there are no links the name is reserved with an empty file that `source`
    then replaces: see `is_reserved`.
    """
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno in _NO_LINKS:
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        elif not (isinstance(error, FileExistsError) and is_reserved(target)):
            raise
        source.replace(target)


def put_under_new_name(source: Path, target: Path) -> None:
    """The same where other people write, too, and an empty file may be one that somebody has just begun. Raises FileExistsError if anything has
    the name. `source` keeps its own name where there are hard links."""
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        source.replace(target)


def is_reserved(path: Path) -> bool:
    """Whether a name is taken by an empty file only: our reservation before a kill, nothing that could be lost."""
    return path.is_file() and not path.is_symlink() and path.stat().st_size == 0


def remove(path: Path) -> None:
    """Removes a file if it is there."""
    with contextlib.suppress(FileNotFoundError):
        path.unlink()


def settle(draft: Path, target: Path) -> None:
    """Makes a file that was written whole durable and gives it its name, in place of what bore it."""
    with draft.open("rb+") as file:
        os.fsync(file.fileno())
    draft.replace(target)
    sync_folder(target.parent)


def settle_new(draft: Path, target: Path) -> None:
    """The same for a name that nothing bears yet. Raises FileExistsError."""
    with draft.open("rb+") as file:
        os.fsync(file.fileno())
    put_without_overwriting(draft, target)
    remove(draft)
    sync_folder(target.parent)
