"""Taking a file out of the inbox so that it is worked on once, and finding again after a kill what had been taken.

A claim is `claimed/<id>/<name>` with `claimed/<id>.json` beside it, which is written first and says where the file came from and
when. A slip without a file is a claim that did not happen; a file without a register entry is one that still has to be worked on.
Nothing is read or decided here.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import stat
import time
import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from formflow.errors import in_words_alone
from formflow.register.entries import Arrival
from formflow.service import files, given_back, names
from formflow.service.home import Home
from formflow.service.inbox import Seen, Stamp

# What a full disk answers: ours, for nothing is written to the inbox.
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_VARIANTS = range(1, 10)


@dataclass(frozen=True, slots=True)
class Slip:
    """What is known of a claim beside the file. `source` is where it was taken from (raw bytes in hexadecimal),
    with its inode and mtime at that moment."""

    name: str
    submission: str
    received_at: str
    source: str
    inode: int
    mtime_ns: int
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Claim:
    """A file that is ours to work on."""

    id: str
    path: Path
    slip: Slip

    @property
    def folder(self) -> Path:
        return self.path.parent

    @property
    def received_at(self) -> datetime:
        return datetime.fromisoformat(self.slip.received_at)

    def arrival(self) -> Arrival:
        """The claim as the register enters it; reads the whole file once."""
        return Arrival(
            claim_id=self.id,
            name=self.slip.name,
            submission=self.slip.submission,
            sha256=files.sha256_of(self.path),
            size=self.path.stat().st_size,
            received_at=self.received_at,
        )


class Refused(Exception):
    """A file in the inbox cannot be taken; `reason` (Chinese) is why. Nothing has changed."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def take(home: Home, seen: Seen, now: datetime, submission: str | None = None) -> Claim | None:
    """Claims a file; None if it is gone or has changed since it was seen: the next scan tells. `submission`: what it came with, if that is not
    the inbox's sub-folder alone.

    Raises Refused if the file cannot be moved (no permission, open in a way that forbids it, a share that is read-only or away), OSError if the
    state folder cannot take it (full, read-only).
    """
    claim_id = f"{now:%Y%m%d%H%M%S}-{uuid.uuid4().hex[:12]}"
    name = names.legible(seen.path.name)
    path = file_of(home, claim_id, name)
    slip = Slip(
        name=name,
        submission=names.legible(seen.submission if submission is None else submission),
        received_at=now.isoformat(),
        source=os.fsencode(seen.path).hex(),
        inode=seen.stamp.inode,
        mtime_ns=seen.stamp.mtime_ns,
    )
    try:
        _write_slip(home, claim_id, slip)
        path.parent.mkdir()
    except OSError:
        forget(home, claim_id)
        raise
    if not _move(home, claim_id, seen, path):
        forget(home, claim_id)
        return None
    files.sync_folder(path.parent)
    files.sync_folder(home.claimed)
    return Claim(claim_id, path, slip)


def _stem_and_ending(name: str) -> tuple[str, int, str]:
    stem, ending = names.split(name)
    return stem, 1, ending


def _move(home: Home, claim_id: str, seen: Seen, target: Path) -> bool:
    """Whether the very file that was seen, unchanged, now is `target`. By rename; between file systems by a verified copy, after which the source
    goes."""
    draft = home.tmp / claim_id
    try:
        return _is_as_seen(seen.path, seen.stamp) and _rename_or_copy(seen, target, draft)
    except OSError as error:
        files.remove(draft)
        if target.exists():  # a share may do a thing and then, asked again, say that it cannot be done
            return True
        forget(home, claim_id)
        if error.errno == errno.ENOENT:
            return False
        if error.errno in _NO_ROOM:
            raise
        raise Refused(in_words_alone(error)) from error


def _rename_or_copy(seen: Seen, target: Path, draft: Path) -> bool:
    try:
        seen.path.rename(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        return _copy_over(seen, target, draft)
    with contextlib.suppress(OSError):  # what cannot be opened is said when it is read
        files.sync_content(target)
    _sync_inbox(seen.path.parent)
    # Written to in this very moment: back, unless its place is taken; then `casework` looks again.
    return _is_as_seen(target, seen.stamp) or not _put_back(target, seen.path)


def _copy_over(seen: Seen, target: Path, draft: Path) -> bool:
    files.copy_durably(seen.path, draft)
    draft.rename(target)
    files.sync_folder(target.parent)
    if not _is_as_seen(seen.path, seen.stamp):
        target.unlink()
        return False
    try:
        seen.path.unlink()
    except OSError as error:
        if (
            error.errno in _FORBIDDEN
        ):  # a share we may only read: keeping the copy would mean taking it again at every scan
            target.unlink()
        raise
    _sync_inbox(seen.path.parent)
    return True


def _sync_inbox(folder: Path) -> None:
    with contextlib.suppress(OSError):  # the inbox may be on a share that is gone by now
        files.sync_folder(folder)


def _is_as_seen(path: Path, stamp: Stamp) -> bool:
    info = path.lstat()
    return stat.S_ISREG(info.st_mode) and Stamp.of(info).has_content_of(stamp)


def _put_back(path: Path, place: Path) -> bool:
    """Gives a file its place in the inbox again, never over another; False if that is taken or cannot be written to."""
    try:
        files.put_under_new_name(path, place)
        files.remove(path)
    except OSError:
        return False
    _sync_inbox(place.parent)
    return True


def _slip_path(home: Home, claim_id: str) -> Path:
    return home.claimed / f"{claim_id}.json"


def _write_slip(home: Home, claim_id: str, slip: Slip) -> None:
    draft = home.tmp / f"{claim_id}.json"
    files.write_durably(draft, json.dumps(asdict(slip), ensure_ascii=False).encode())
    draft.replace(_slip_path(home, claim_id))


def left_over(home: Home) -> Iterator[Claim]:
    """Every claim that still has its file, oldest first; clears away those that did not happen or are done with."""
    for leftover in home.tmp.iterdir():
        files.remove(leftover)
    for path in sorted(home.claimed.glob("*.json")):
        claim = find(home, path.stem)
        if claim is None:  # a worker has just finished with it
            continue
        if claim.path.is_file():
            _remove_copied_source(claim)
            yield claim
        else:
            forget(home, claim.id)


def in_sight(home: Home) -> Iterator[Claim]:
    """Every claim that has its file at this moment, oldest first. Looks only: others may be at work on them."""
    for path in sorted(home.claimed.glob("*.json")):
        claim = find(home, path.stem)
        if claim is not None and claim.path.is_file():
            yield claim


def find(home: Home, claim_id: str) -> Claim | None:
    """A claim by its id, whether or not its file is still there; None if there is no such claim any more."""
    try:
        slip = Slip(**json.loads(_slip_path(home, claim_id).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    return Claim(claim_id, file_of(home, claim_id, slip.name), slip)


def _remove_copied_source(claim: Claim) -> None:
    """A kill between copying and removing leaves the source in the inbox: the very same file, which must not be taken again."""
    source = Path(os.fsdecode(bytes.fromhex(claim.slip.source)))
    with contextlib.suppress(OSError):
        stamp = Stamp.of(source.stat(follow_symlinks=False))
        is_same = (stamp.inode, stamp.mtime_ns) == (claim.slip.inode, claim.slip.mtime_ns)
        if is_same and files.sha256_of(source) == files.sha256_of(claim.path):
            source.unlink()


def count_attempt(home: Home, claim: Claim) -> Claim:
    """Notes that work on the claim is begun again after it was cut short."""
    slip = Slip(**{**asdict(claim.slip), "attempts": claim.slip.attempts + 1})
    _write_slip(home, claim.id, slip)
    return Claim(claim.id, claim.path, slip)


def file_of(home: Home, claim_id: str, name: str) -> Path:
    """Where the file of a claim lies until it is published."""
    return home.claimed / claim_id / names.joined(*_stem_and_ending(name))


def give_back(home: Home, claim: Claim) -> bool:
    """Puts a file that is still being written, or cannot be read, back where it was taken from; where that name or folder is no more to be had,
    beside it or into the inbox itself. There it rests for a while, as `given_back` remembers. False if nothing takes it: it stays claimed."""
    source = Path(os.fsdecode(bytes.fromhex(claim.slip.source)))
    stem, _, ending = _stem_and_ending(claim.slip.name)
    others = (folder / names.joined(stem, n, ending) for folder in (source.parent, home.inbox) for n in _VARIANTS)
    for place in (source, *others):
        if _put_back(claim.path, place):
            forget(home, claim.id)
            given_back.note(home, place, _why(place), time.time())
            return True
    return False


def _why(path: Path) -> str:
    """Why a file could not be dealt with where it was taken to."""
    try:
        files.sha256_of(path)
    except OSError as error:
        return f"读不出来（{in_words_alone(error)}）"
    return "读的时候还在变化，或者读不出来"


def forget(home: Home, claim_id: str) -> None:
    """Forgets a claim whose file is elsewhere. Never removes a file that was received."""
    folder = home.claimed / claim_id
    with contextlib.suppress(OSError):
        folder.rmdir()
    if not folder.exists():
        files.remove(_slip_path(home, claim_id))
