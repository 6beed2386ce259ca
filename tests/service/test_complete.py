from __future__ import annotations

import errno
import io
import os
import sys
import threading
import zipfile
from pathlib import Path

import pytest

from formflow.service import complete


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("word/document.xml", "字" * 4000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "is_whole"),
    [
        (archive(), True),
        (archive()[:-200], False),
        (archive()[:-200] + bytes(200), False),
        (archive()[:2000] + bytes(500) + archive()[2500:], False),
        (b"PK\x03\x04", False),
        (b"%PDF-1.7\n" + b"x" * 5000 + b"\n%%EOF\n", True),
        (b"%PDF-1.7\n" + b"x" * 5000, False),
        (b"any other file", True),
        (b"", False),
        (bytes(9000), False),
    ],
)
def test_whole_or_not(tmp_path: Path, data: bytes, is_whole: bool) -> None:
    path = tmp_path / "x"
    path.write_bytes(data)
    assert complete.is_whole(path) is is_whole


def test_an_archive_that_would_unpack_to_too_much_is_left_to_the_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x"
    damaged = archive()[:2000] + bytes(500) + archive()[2500:]
    path.write_bytes(damaged)
    monkeypatch.setattr(complete, "LARGEST_CHECKED_BYTES", 100)
    assert complete.is_whole(path)


def test_what_cannot_be_opened_is_not_whole(tmp_path: Path) -> None:
    assert not complete.is_whole(tmp_path / "gone")
    assert complete.check(tmp_path / "gone").state == "unreadable"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="leases are of Linux")
@pytest.mark.parametrize("mode", ["ab", "r+b"])
def test_a_file_that_is_open_for_writing_is_said_to_be_written(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(b"whole")
    with path.open(mode):
        assert complete.check(path).state == "written"
    with path.open("rb"):
        assert complete.check(path).state == "whole"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="leases are of Linux")
def test_a_writer_who_comes_while_it_is_looked_at_is_not_held_up(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(b"whole")
    stop = threading.Event()

    def look() -> None:
        while not stop.is_set():
            complete.is_being_written(path)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        for _ in range(300):
            with path.open("ab") as file:
                file.write(b".")
    finally:
        stop.set()
        thread.join()
    assert path.stat().st_size == 5 + 300


def test_a_disk_that_cannot_be_read_is_not_a_damaged_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(archive())

    def broken(self: zipfile.ZipFile) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(zipfile.ZipFile, "testzip", broken)
    found = complete.check(path)
    assert (found.state, found.reason) == ("unreadable", "读不出：磁盘读写出错")


def test_a_folder_that_nothing_can_be_taken_from_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(archive())
    access = os.access
    monkeypatch.setattr(os, "access", lambda place, mode: place != tmp_path and access(place, mode))
    found = complete.check(path)
    assert found.state == "unreadable"
    assert "没有写权限" in found.reason
