"""The note in an inbox about what has been lying there for too long: written, kept up to date and removed by us alone.

In: an inbox and what is overdue there. Out: `收件箱等待说明.txt` in that inbox; in `_待人工处理` of the outbox where the inbox cannot be written
to; or neither, when nothing is overdue. It is told from papers by its first line, whatever it is renamed to within the pattern; a file of
that name that is not ours is a paper like any other, and is never written over.
"""

from __future__ import annotations

import contextlib
import errno
import os
from dataclasses import dataclass
from pathlib import Path

from formflow.service import files, notes

STEM = "收件箱等待说明"
_ENDING = ".txt"
_MARK = notes.encoded(notes.WAITING_TITLE)


def is_ours(path: str | Path, name: str) -> bool:
    """Whether a file in an inbox is our note, or a copy of it that a clerk has made."""
    if not (name.startswith(STEM) and name.endswith(_ENDING)):
        return False
    try:
        return _begins_like_ours(Path(path))
    except OSError:
        return False


def _begins_like_ours(path: Path) -> bool:
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    try:
        return os.read(handle, len(_MARK)) == _MARK
    finally:
        os.close(handle)


@dataclass(frozen=True, slots=True)
class WaitingNote:
    """The note of one inbox. `county` is part of its name where it lies among those of others."""

    inbox: Path
    set_aside: Path
    county: str = ""

    def keep(self, text: str) -> None:
        """Makes the note say `text`; "" removes it. Never raises: a note that cannot be written now is written at the next look."""
        here = self.inbox / f"{STEM}{_ENDING}"
        there = self.set_aside / (f"{STEM}（{self.county}）{_ENDING}" if self.county else f"{STEM}{_ENDING}")
        is_here = bool(text) and _put(here, text)
        if not is_here:
            _take_away(here)
        if text and not is_here:
            with contextlib.suppress(OSError):
                files.make_folder(there.parent)
            _put(there, text)
        else:
            _take_away(there)


def _put(target: Path, text: str) -> bool:
    """Whether the note now says so in this place."""
    data = notes.encoded(text)
    try:
        if _holds(target, data):
            return True
        draft = target.with_name(f".part-{STEM}")
        draft.write_bytes(data)
        _settle(draft, target)
    except OSError:
        return False
    return True


def _holds(target: Path, data: bytes) -> bool:
    """Raises FileExistsError if somebody else's file has the name."""
    if not target.exists() and not target.is_symlink():
        return False
    if not is_ours(target, target.name):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    return target.read_bytes() == data


def _settle(draft: Path, target: Path) -> None:
    try:
        if is_ours(target, target.name):
            draft.replace(target)
        else:
            files.put_under_new_name(draft, target)
    finally:
        files.remove(draft)


def _take_away(target: Path) -> None:
    with contextlib.suppress(OSError):
        if is_ours(target, target.name):
            files.remove(target)
        files.remove(target.with_name(f".part-{STEM}"))
