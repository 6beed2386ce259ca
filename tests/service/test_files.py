from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from formflow.service import files


def put(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    source, target = put(tmp_path / "a", b"new"), put(tmp_path / "b", b"a clerk's")
    with pytest.raises(FileExistsError):
        files.put_without_overwriting(source, target)
    assert target.read_bytes() == b"a clerk's"
    assert source.read_bytes() == b"new"


def test_an_empty_reservation_is_taken_over(tmp_path: Path) -> None:
    source, target = put(tmp_path / "a", b"new"), put(tmp_path / "b", b"")
    assert files.is_reserved(target)
    files.put_without_overwriting(source, target)
    assert target.read_bytes() == b"new"


def test_without_hard_links_the_name_is_reserved_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(source: Path, target: Path) -> None:
        if target.exists():
            raise FileExistsError(errno.EEXIST, "exists")
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    source = put(tmp_path / "a", b"new")
    files.put_without_overwriting(source, tmp_path / "b")
    assert (tmp_path / "b").read_bytes() == b"new"
    with pytest.raises(FileExistsError):
        files.put_without_overwriting(put(tmp_path / "c", b"other"), tmp_path / "b")


def test_other_troubles_are_not_hidden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(source: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "link", full)
    with pytest.raises(OSError, match="full"):
        files.put_without_overwriting(put(tmp_path / "a", b"new"), tmp_path / "b")
    assert not (tmp_path / "b").exists()


def test_a_copy_that_differs_from_its_source_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = put(tmp_path / "a", b"first")
    files.copy_durably(source, tmp_path / "b")
    assert (tmp_path / "b").read_bytes() == b"first"
    monkeypatch.setattr(files.shutil, "copyfileobj", lambda reader, writer, size: writer.write(b"torn"))
    with pytest.raises(OSError, match="发生变化"):
        files.copy_durably(source, tmp_path / "c")


def test_folders_are_made_all_the_way(tmp_path: Path) -> None:
    files.make_folder(tmp_path / "a" / "b" / "c")
    files.make_folder(tmp_path / "a" / "b" / "c")
    assert (tmp_path / "a" / "b" / "c").is_dir()


def test_removing_what_is_not_there_is_no_trouble(tmp_path: Path) -> None:
    files.remove(tmp_path / "gone")
    files.remove(put(tmp_path / "a", b""))
    assert not (tmp_path / "a").exists()
