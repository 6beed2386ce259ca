"""A power cut keeps what was synced and may lose the rest: a file is synced before it gets its name, a folder after it got one, and the
original goes last."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from formflow.service import claims, files
from formflow.service.home import Home
from formflow.service.office import Office
from support import offices
from support.renames import refuse_renames


@dataclass
class Disk:
    """What was done to files and folders, in order: (deed, path or None, inode)."""

    deeds: list[tuple[str, Path | None, int]] = field(default_factory=list)

    def note(self, deed: str, path: Path | None, inode: int) -> None:
        self.deeds.append((deed, path, inode))

    def named(self, folder: Path) -> list[tuple[int, Path, int]]:
        """Every name that was given below a folder: when, which, to what."""
        return [
            (at, path, inode)
            for at, (deed, path, inode) in enumerate(self.deeds)
            if deed in ("name", "folder") and path is not None and path.is_relative_to(folder)
        ]

    def synced(self, inode: int) -> list[int]:
        return [at for at, (deed, _, one) in enumerate(self.deeds) if deed == "sync" and one == inode]

    def gone(self, path: Path) -> int:
        return next(at for at, (deed, one, _) in enumerate(self.deeds) if deed == "gone" and one == path)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    """All that is synced, named and removed from now on."""
    seen = Disk()

    def watch(name: str, note: Callable[..., None]) -> None:
        real = getattr(os, name)

        def watched(*given: Any, **more: Any) -> Any:
            note(*given)
            return real(*given, **more)

        monkeypatch.setattr(os, name, watched)

    def inode(path: Any) -> int:
        return os.lstat(path).st_ino

    for name in ("link", "rename", "replace"):
        watch(name, lambda source, target, *_: seen.note("name", Path(target), inode(source)))
    watch("fsync", lambda handle: seen.note("sync", None, os.fstat(handle).st_ino))
    watch("unlink", lambda path, *_: seen.note("gone", Path(path), inode(path) if os.path.lexists(path) else 0))
    watch("mkdir", lambda path, *_: seen.note("folder", Path(path), 0))
    return seen


def assert_names_are_kept(disk: Disk, folder: Path) -> int:
    """Each name given below a folder is in a folder that was synced later; what it names was synced before. How many there were."""
    given = [one for one in disk.named(folder) if one[1].exists()]
    for at, path, inode in given:
        assert max(disk.synced(os.lstat(path.parent).st_ino), default=-1) > at, f"the folder of {path}"
        if inode and path.is_file():
            assert min(disk.synced(inode), default=len(disk.deeds)) < at, f"the content of {path}"
    return len(given)


def test_what_is_taken_is_synced_with_its_slip_and_so_is_the_inbox(tmp_path: Path, disk: Disk) -> None:
    from formflow.service.inbox import scan

    home = Home(tmp_path)
    home.prepare()
    source = offices.drop(home.root, b"data", "申请表.docx")
    (seen,) = scan(home.inbox, 10**10).papers
    claim = claims.take(home, seen, offices.NOW)
    assert claim is not None
    (slip,) = home.claimed.glob("*.json")
    moved = next(at for at, path, _ in disk.named(home.claimed) if path == claim.path)
    for folder in (claim.path.parent, home.claimed, source.parent):
        assert max(disk.synced(os.lstat(folder).st_ino), default=-1) > moved, folder
    written = next(at for at, path, _ in disk.named(home.claimed) if path == slip)
    assert min(disk.synced(os.lstat(slip).st_ino)) < written < moved


def test_what_goes_back_is_synced_where_it_came_from(tmp_path: Path, disk: Disk) -> None:
    from formflow.service.inbox import scan

    home = Home(tmp_path)
    home.prepare()
    source = offices.drop(home.root, b"data", "某镇/申请表.docx")
    (seen,) = scan(home.inbox, 10**10).papers
    claim = claims.take(home, seen, offices.NOW)
    assert claim is not None
    assert claims.give_back(home, claim)
    back = next(at for at, path, _ in disk.named(home.inbox) if path == source)
    assert max(disk.synced(os.lstat(source.parent).st_ino)) > back


def test_between_two_disks_the_copy_is_synced_before_its_source_goes(
    tmp_path: Path, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from formflow.service.inbox import scan

    home = Home(tmp_path)
    home.prepare()
    source = offices.drop(home.root, b"data", "申请表.docx")
    (seen,) = scan(home.inbox, 10**10).papers
    refuse_renames(monkeypatch, home, errno.EXDEV)
    claim = claims.take(home, seen, offices.NOW)
    assert claim is not None
    named = next(at for at, path, _ in disk.named(home.claimed) if path == claim.path)
    folder = min(at for at in disk.synced(os.lstat(claim.path.parent).st_ino) if at > named)
    assert min(disk.synced(os.lstat(claim.path).st_ino)) < named < folder < disk.gone(source)
    assert max(disk.synced(os.lstat(source.parent).st_ino)) > disk.gone(source)


def test_what_is_put_out_is_synced_and_the_original_goes_last(office: Office, disk: Disk) -> None:
    from formflow.service.engine import work_off

    offices.drop(office.home.root, offices.COMPLETE)
    offices.drop(office.home.root, offices.INCOMPLETE)
    assert len(work_off(office).done) == 2
    outbox = office.home.outbox
    assert assert_names_are_kept(disk, outbox) > 10
    originals = {path.name: path for path in outbox.rglob("原件/*")}
    assert len(originals) == 2
    claimed = {path.name: path for _, path, _ in disk.named(office.home.claimed) if path.suffix == ".docx"}
    for name, original in originals.items():
        placed = next(at for at, path, _ in disk.named(outbox) if path == original)
        kept = min(at for at in disk.synced(os.lstat(original.parent).st_ino) if at > placed)
        assert disk.gone(claimed[name]) > kept, name


def test_the_ways_of_writing_sync_what_they_write(tmp_path: Path, disk: Disk) -> None:
    files.write_durably(tmp_path / "甲", b"1")
    files.copy_durably(tmp_path / "甲", tmp_path / "乙")
    for name in "甲乙":
        assert disk.synced(os.lstat(tmp_path / name).st_ino), name
    files.make_folder(tmp_path / "a/b/c")
    for name in "丙丁":
        (tmp_path / f"{name}.part").write_bytes(b"2")
    files.settle(tmp_path / "丙.part", tmp_path / "a/丙")
    files.settle_new(tmp_path / "丁.part", tmp_path / "a/b/丁")
    assert assert_names_are_kept(disk, tmp_path / "a") == 5
