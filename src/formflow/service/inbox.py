"""What lies in the inbox, and which of it is complete.

In: the inbox folder. Out: files that may be taken, files that are still waited for, and sentences about what cannot be
taken. One gate for everything: a file found at start, reported by the system or found by the scan has to stay unchanged
in size and time for the settle time, on our own clock, and be whole (zip checksums, the end of a PDF). What lies in one sub-folder
is one submission and comes through together: a form is not judged while its attachments are still being copied. Nothing is moved.

Residual risk: a program that writes a whole, valid file and rewrites it later than the settle time is taken twice, as two papers.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from formflow.errors import in_words
from formflow.service import ignored
from formflow.service.complete import is_whole

DEEPEST_FOLDER = 16
# A lock file that is older than this was left behind by a crash.
LONGEST_HOLD_S = 24 * 3600.0
# A file that is not whole is waited for this many settle times after its last change, then taken as it is and explained.
PATIENCE = 5.0
# A complete file in a sub-folder waits this many settle times for the others in it, then goes on alone.
COMPANIONS_PATIENCE = 15.0


@dataclass(frozen=True, slots=True)
class Stamp:
    """What changes when a file is written to."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int

    @classmethod
    def of(cls, info: os.stat_result) -> Stamp:
        return cls(info.st_size, info.st_mtime_ns, info.st_ctime_ns, info.st_ino)

    @property
    def changed_at(self) -> float:
        """The last change on the wall clock, seconds. Copying keeps an old mtime, but never an old ctime."""
        return max(self.mtime_ns, self.ctime_ns) / 1e9


@dataclass(frozen=True, slots=True)
class Seen:
    """A file in the inbox that is a paper by its name. `submission` is the top sub-folder it lies in, else ""."""

    path: Path
    submission: str
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class Remark:
    """Something in the inbox that is not taken, and why (Chinese)."""

    path: Path
    text: str


@dataclass(frozen=True, slots=True)
class Scan:
    """One look at the inbox."""

    papers: tuple[Seen, ...]
    remarks: tuple[Remark, ...]


def scan(inbox: Path, now: float) -> Scan:
    """Everything in the inbox. `now`: the wall clock, for the age of lock files. An inbox that is away gives nothing."""
    found = list(_walk(inbox, inbox, now, 0))
    papers = tuple(item for item in found if isinstance(item, Seen))
    return Scan(papers, tuple(item for item in found if isinstance(item, Remark)))


def _walk(folder: Path, inbox: Path, now: float, depth: int) -> Iterator[Seen | Remark]:
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        if folder != inbox or inbox.exists():
            yield Remark(folder, f"文件夹打不开：{in_words(error)}")
        return
    owners = {entry.name for entry in entries if entry.name.startswith(("~$", ".~")) and _is_recent(entry, now)}
    for entry in entries:
        path = Path(entry.path)
        if entry.is_dir(follow_symlinks=False):
            if ignored.is_ignored_folder(entry.name):
                continue
            if depth >= DEEPEST_FOLDER:
                yield Remark(path, f"文件夹超过 {DEEPEST_FOLDER} 层，没有往下看")
            else:
                yield from _walk(path, inbox, now, depth + 1)
        elif not ignored.is_ignored_file(entry.name):
            yield _judge(entry, path, inbox, owners)


def _is_recent(entry: os.DirEntry[str], now: float) -> bool:
    try:
        return now - entry.stat(follow_symlinks=False).st_mtime < LONGEST_HOLD_S
    except OSError:
        return False


def _judge(entry: os.DirEntry[str], path: Path, inbox: Path, owners: set[str]) -> Seen | Remark:
    if entry.is_symlink():
        return Remark(path, "这是链接，不是文件；请把文件本身复制进来")
    try:
        info = entry.stat(follow_symlinks=False)
    except OSError as error:
        return Remark(path, f"文件信息读不出：{in_words(error)}")
    if not stat.S_ISREG(info.st_mode):
        return Remark(path, "这不是普通文件，不能处理")
    if ignored.is_conflict(entry.name):
        return Remark(path, "这是同步软件产生的冲突副本，请核对后改名或删除")
    if ignored.is_held(entry.name, owners):
        return Remark(path, "有人正打开着这个文件，关闭后会自动处理")
    if not os.access(path, os.R_OK):
        return Remark(path, "没有读取权限，请调整权限或重新复制一份")
    parts = path.relative_to(inbox).parts
    return Seen(path, parts[0] if len(parts) > 1 else "", Stamp.of(info))


class Gate:
    """Lets a file through once it is complete. Remembers what it has seen, on the monotonic clock it is given."""

    def __init__(self, settle_s: float, whole: Callable[[Path], bool] = is_whole) -> None:
        self._settle_s = settle_s
        self._whole = whole
        self._since: dict[Path, tuple[Stamp, float]] = {}

    def ready(self, papers: tuple[Seen, ...], clock: float, now: float) -> tuple[Seen, ...]:
        """The papers that are complete. `clock` is monotonic; `now` is the wall clock: what last changed long ago need not
        be watched."""
        self._since = {
            seen.path: self._since[seen.path]
            if seen.path in self._since and self._since[seen.path][0] == seen.stamp
            else (seen.stamp, clock)
            for seen in papers
        }
        complete = {seen.path for seen in papers if self._is_complete(seen, clock, now)}
        unfinished = {seen.submission for seen in papers if seen.submission and seen.path not in complete}
        longest_s = COMPANIONS_PATIENCE * self._settle_s
        return tuple(
            seen
            for seen in papers
            if seen.path in complete
            and (seen.submission not in unfinished or self._quiet_s(seen, clock, now) >= longest_s)
        )

    def _quiet_s(self, seen: Seen, clock: float, now: float) -> float:
        return max(clock - self._since[seen.path][1], now - seen.stamp.changed_at)

    def _is_complete(self, seen: Seen, clock: float, now: float) -> bool:
        quiet_s = self._quiet_s(seen, clock, now)
        if quiet_s < self._settle_s:
            return False
        return quiet_s >= PATIENCE * self._settle_s or self._whole(seen.path)
