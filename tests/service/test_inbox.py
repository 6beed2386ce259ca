from __future__ import annotations

import os
import socket
import sys
import time
from pathlib import Path

import pytest

from formflow.service.inbox import LONGEST_HOLD_S, Scan, scan

NOW = time.time()


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def put(inbox: Path, name: str, data: bytes = b"x") -> Path:
    path = inbox / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def papers(look: Scan) -> dict[str, str]:
    return {seen.path.name: seen.submission for seen in look.papers}


def remarks(look: Scan) -> dict[str, str]:
    return {remark.path.name: remark.text for remark in look.remarks}


def test_files_of_sub_folders_are_papers_of_one_submission(inbox: Path) -> None:
    put(inbox, "a.docx")
    put(inbox, "通达区/b.docx")
    put(inbox, "通达区/附件/c.docx")
    put(inbox, "__MACOSX/d.docx")
    (inbox / "空").mkdir()
    assert papers(scan(inbox, NOW)) == {"a.docx": "", "b.docx": "通达区", "c.docx": "通达区"}


def test_an_open_document_is_held_back_and_said(inbox: Path) -> None:
    put(inbox, "申请表.docx")
    owner = put(inbox, "~$申请表.docx")
    look = scan(inbox, NOW)
    assert papers(look) == {}
    assert "打开着" in remarks(look)["申请表.docx"]
    old = NOW - LONGEST_HOLD_S - 1
    os.utime(owner, (old, old))
    assert papers(scan(inbox, NOW)) == {"申请表.docx": ""}


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX file kinds")
def test_what_is_no_file_is_said_and_left(inbox: Path, tmp_path: Path) -> None:
    outside = put(tmp_path, "outside.docx")
    (inbox / "link.docx").symlink_to(outside)
    (inbox / "folder-link").symlink_to(tmp_path)
    os.mkfifo(inbox / "pipe.docx")
    with socket.socket(socket.AF_UNIX) as server:
        os.chdir(inbox)
        server.bind("s.docx")
        look = scan(inbox, NOW)
    assert papers(look) == {}
    assert "链接" in remarks(look)["link.docx"]
    assert "链接" in remarks(look)["folder-link"]
    assert "不是普通文件" in remarks(look)["pipe.docx"]
    assert "不是普通文件" in remarks(look)["s.docx"]


def test_a_file_without_permission_is_said(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(inbox, "a.docx").chmod(0o200)
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    look = scan(inbox, NOW)
    assert papers(look) == {}
    assert "权限" in remarks(look)["a.docx"]


def test_a_conflict_copy_is_said(inbox: Path) -> None:
    put(inbox, "x_conflict-1.docx")
    assert "冲突副本" in remarks(scan(inbox, NOW))["x_conflict-1.docx"]


def test_folders_without_end_are_not_followed(inbox: Path) -> None:
    put(inbox, "/".join("d" * 20) + "/x.docx")
    look = scan(inbox, NOW)
    assert papers(look) == {}
    assert "层" in remarks(look)["d"]


def test_an_inbox_that_is_away_is_empty(tmp_path: Path) -> None:
    assert scan(tmp_path / "gone", NOW) == Scan((), (), "文件或文件夹不存在")


def test_what_is_known_from_the_last_look_is_not_found_out_anew_unless_it_has_changed(inbox: Path) -> None:
    same, grown = put(inbox, "same.docx"), put(inbox, "grown.docx")
    first = scan(inbox, NOW)
    grown.write_bytes(b"more")
    put(inbox, "new.docx")
    second = {seen.path: seen for seen in scan(inbox, NOW, first.known).papers}
    before = {seen.path: seen for seen in first.papers}
    assert second[same] is before[same]
    assert second[grown].stamp.size == 4
    assert len(second) == 3
    same.unlink()
    assert same not in {seen.path for seen in scan(inbox, NOW, first.known).papers}


def test_a_paper_that_somebody_opens_after_it_was_seen_is_held_back(inbox: Path) -> None:
    put(inbox, "申请表.docx")
    known = scan(inbox, NOW).known
    put(inbox, "~$申请表.docx")
    look = scan(inbox, NOW, known)
    assert look.papers == ()
    assert "打开着" in remarks(look)["申请表.docx"]
