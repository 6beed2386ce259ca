"""The notes about what has been lying in an inbox for too long, and about what is held back from the outbox: written, kept up to date and
removed by us alone.

In: an inbox and what is overdue there. Out: `收件箱等待说明.txt` in that inbox; in `_待人工处理` of the outbox where the inbox cannot be written
to; or neither, when nothing is overdue. `发件箱等待说明.txt` lies in `_待人工处理` for as long as anything is held back. A note is told from papers by its first line, whatever it is renamed to within the pattern; a file of
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
OUTBOX_STEM = "发件箱等待说明"
_ENDING = ".txt"
_MARKS = {STEM: notes.encoded(notes.WAITING_TITLE), OUTBOX_STEM: notes.encoded(notes.HELD_BACK_TITLE)}


def is_ours(path: str | Path, name: str) -> bool:
    """Whether a file in an inbox is our note, or a copy of it that a clerk has made."""
    mark = next((mark for stem, mark in _MARKS.items() if name.startswith(stem)), b"")
    if not (mark and name.endswith(_ENDING)):
        return False
    try:
        return _begins_with(Path(path), mark)
    except OSError:
        return False


def _begins_with(path: Path, mark: bytes) -> bool:
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    try:
        return os.read(handle, len(mark)) == mark
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


def keep_in_outbox(set_aside: Path, text: str) -> None:
    """Makes the note about the outbox say `text`; "" removes it. Never raises."""
    target = set_aside / f"{OUTBOX_STEM}{_ENDING}"
    if not text:
        _take_away(target)
        return
    with contextlib.suppress(OSError):
        files.make_folder(set_aside)
    _put(target, text)


def _put(target: Path, text: str) -> bool:
    """Whether the note now says so in this place."""
    data = notes.encoded(text)
    try:
        if _holds(target, data):
            return True
        draft = target.with_name(f".part-{target.stem}")
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
        files.remove(target.with_name(f".part-{target.stem}"))
