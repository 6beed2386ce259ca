"""What lies in the inbox.

In: the inbox folder. Out: files that are papers by their names, and sentences about what cannot be taken. Nothing is opened, moved or
remembered here; which paper is complete is for `gate`. A folder that cannot be looked through, or a share that is gone in the middle of it, gives
no papers at all and the reason: that nothing was seen does not mean that nothing is there.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from formflow.errors import in_words_alone
from formflow.service import ignored, waiting_note
from formflow.service.complete import NO_PERMISSION

DEEPEST_FOLDER = 16
# A lock file that is older than this was left behind by a crash.
LONGEST_HOLD_S = 24 * 3600.0
_READABLE = stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH


@dataclass(frozen=True, slots=True)
class Stamp:
    """What changes when a file is written to. The inode is only told: those of network file systems change by themselves."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int = field(compare=False)

    @classmethod
    def of(cls, info: os.stat_result) -> Stamp:
        return cls(info.st_size, info.st_mtime_ns, info.st_ctime_ns, info.st_ino)

    @property
    def changed_at(self) -> float:
        """The last change on the wall clock, seconds. Copying keeps an old mtime, but never an old ctime."""
        return max(self.mtime_ns, self.ctime_ns) / 1e9

    def has_content_of(self, other: Stamp) -> bool:
        """Whether nothing was written since: renaming changes the ctime only."""
        return (self.size, self.mtime_ns) == (other.size, other.mtime_ns)


@dataclass(frozen=True, slots=True)
class Seen:
    """A file in the inbox that is a paper by its name. `submission` is the top sub-folder it lies in, else ""."""

    path: Path
    submission: str
    stamp: Stamp

    @property
    def key(self) -> tuple[str, int, int]:
        """What it is known by on every machine, and when it has been taken and given back."""
        return self.path.name, self.stamp.size, self.stamp.mtime_ns


@dataclass(frozen=True, slots=True)
class Remark:
    """Something in the inbox that is not taken, and why (Chinese). `since`: when it last changed, on the wall clock; 0 where that is not known."""

    path: Path
    text: str
    since: float = 0.0


@dataclass(frozen=True, slots=True)
class Scan:
    """One look at the inbox. `away`: why it could not be looked through (Chinese), "" if it could. `known`: the papers by their paths as the system
    writes them, for the next look."""

    papers: tuple[Seen, ...]
    remarks: tuple[Remark, ...]
    away: str = ""
    known: Mapping[str, Seen] = field(default_factory=dict, compare=False, repr=False)


class _Away(Exception):
    """The inbox itself cannot be read (any more)."""


@dataclass(frozen=True, slots=True)
class _Round:
    """What a walk through an inbox knows, and what it has found so far."""

    inbox: Path
    now: float
    known: Mapping[str, Seen]
    papers: dict[str, Seen] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)


def scan(inbox: Path, now: float, known: Mapping[str, Seen] | None = None) -> Scan:
    """Everything in the inbox. `now`: the wall clock, for the age of lock files. `known`: from the last look; of what has not changed since,
    nothing is found out anew. Never raises OSError."""
    found = _Round(inbox, now, known or {})
    try:
        _walk(found, inbox, "", 0)
    except _Away as reason:
        return Scan((), (), str(reason))
    return Scan(tuple(found.papers.values()), tuple(found.remarks), known=found.papers)


def _walk(found: _Round, folder: Path, submission: str, depth: int) -> None:
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        if not _is_gone(error, found.inbox, depth):
            found.remarks.append(Remark(folder, f"文件夹打不开：{in_words_alone(error)}", _changed_at(folder)))
        return
    owners = {entry.name for entry in entries if entry.name.startswith(("~$", ".~")) and _is_recent(entry, found.now)}
    for entry in entries:
        if _is_folder(entry):
            _enter(found, entry, submission or entry.name, depth + 1)
        else:
            _judge(found, entry, owners, submission)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """False where the system does not say: asking for its stamp will tell why."""
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _enter(found: _Round, entry: os.DirEntry[str], submission: str, depth: int) -> None:
    if ignored.is_ignored_folder(entry.name):
        return
    path = Path(entry.path)
    if depth > DEEPEST_FOLDER:
        found.remarks.append(Remark(path, f"文件夹超过 {DEEPEST_FOLDER} 层，没有往下看", _changed_at(path)))
    else:
        _walk(found, path, submission, depth)


def _judge(found: _Round, entry: os.DirEntry[str], owners: set[str], submission: str) -> None:
    known = found.known.get(entry.path)
    if known is None and (ignored.is_ignored_file(entry.name) or waiting_note.is_ours(entry.path, entry.name)):
        return
    try:
        info = entry.stat(follow_symlinks=False)
    except OSError as error:
        if not _is_gone(error, found.inbox, 1):
            found.remarks.append(Remark(Path(entry.path), f"文件信息读不出：{in_words_alone(error)}"))
        return
    stamp = Stamp.of(info)
    if known is not None and known.stamp == stamp and not owners:
        found.papers[entry.path] = known
    elif obstacle := _obstacle(entry, info, owners):
        found.remarks.append(Remark(Path(entry.path), obstacle, stamp.changed_at))
    else:
        found.papers[entry.path] = Seen(Path(entry.path), submission, stamp)


def _obstacle(entry: os.DirEntry[str], info: os.stat_result, owners: set[str]) -> str:
    """Why something is not taken whatever is in it; "" if there is nothing against it."""
    if stat.S_ISLNK(info.st_mode):
        return "这是链接，不是文件；请把文件本身复制进来"
    if not stat.S_ISREG(info.st_mode):
        return "这不是普通文件，不能处理"
    if ignored.is_conflict(entry.name):
        return "这是同步软件产生的冲突副本，请核对后改名或删除"
    if owners and ignored.is_held(entry.name, owners):
        return "有人正打开着这个文件，关闭后会自动处理"
    # Asking the system is one more trip to a share: not needed where everybody may read.
    if info.st_mode & _READABLE != _READABLE and not os.access(entry.path, os.R_OK):
        return NO_PERMISSION
    return ""


def _is_recent(entry: os.DirEntry[str], now: float) -> bool:
    try:
        return now - entry.stat(follow_symlinks=False).st_mtime < LONGEST_HOLD_S
    except OSError:
        return False


def _is_gone(error: OSError, inbox: Path, depth: int) -> bool:
    """Whether something was merely taken away again while we looked. Raises _Away if the trouble is the inbox's own."""
    if depth:
        try:
            os.scandir(inbox).close()
        except OSError as own:
            raise _Away(in_words_alone(own)) from own
        return error.errno == errno.ENOENT
    raise _Away(in_words_alone(error)) from error


def _changed_at(path: Path) -> float:
    try:
        return Stamp.of(path.lstat()).changed_at
    except OSError:
        return 0.0
