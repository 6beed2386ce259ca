from __future__ import annotations

import os
import socket
import sys
import time
from pathlib import Path

import pytest

from formflow.service.inbox import COMPANIONS_PATIENCE, LONGEST_HOLD_S, PATIENCE, Gate, Scan, Seen, Stamp, scan

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
    put(inbox, "a.docx")
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
    assert scan(tmp_path / "gone", NOW) == Scan((), ())


def seen(path: Path, size: int = 1, changed_at: float = NOW, submission: str = "") -> Seen:
    return Seen(path, submission, Stamp(size, int(changed_at * 1e9), 0, 7))


def test_a_file_has_to_stay_unchanged_on_our_clock() -> None:
    gate = Gate(2.0, whole=lambda path: True)
    path = Path("x.docx")
    assert gate.ready((seen(path),), 100.0, NOW) == ()
    assert gate.ready((seen(path),), 101.9, NOW) == ()
    assert gate.ready((seen(path, size=2),), 102.1, NOW) == ()
    assert gate.ready((seen(path, size=2),), 104.0, NOW) == ()
    assert gate.ready((seen(path, size=2),), 104.2, NOW) == (seen(path, size=2),)


def test_a_file_last_changed_long_ago_is_settled_at_once() -> None:
    gate = Gate(2.0, whole=lambda path: True)
    assert gate.ready((seen(Path("x"), changed_at=NOW - 3),), 100.0, NOW)
    assert not gate.ready((seen(Path("y"), changed_at=NOW - 1),), 100.0, NOW)


def test_a_copy_with_an_old_mtime_is_judged_by_its_ctime() -> None:
    stamp = Stamp(1, int((NOW - 1000) * 1e9), int(NOW * 1e9), 7)
    assert not Gate(2.0, whole=lambda path: True).ready((Seen(Path("x"), "", stamp),), 100.0, NOW)


def test_a_file_that_is_not_whole_is_waited_for_and_then_taken_as_it_is() -> None:
    gate = Gate(2.0, whole=lambda path: False)
    paper = seen(Path("x"))
    assert gate.ready((paper,), 100.0, NOW) == ()
    assert gate.ready((paper,), 103.0, NOW) == ()
    assert gate.ready((paper,), 100.1 + 2.0 * PATIENCE, NOW) == (paper,)


def test_a_file_that_went_and_came_back_begins_again() -> None:
    gate = Gate(2.0, whole=lambda path: True)
    paper = seen(Path("x"))
    gate.ready((paper,), 100.0, NOW)
    gate.ready((), 101.0, NOW)
    assert gate.ready((paper,), 102.5, NOW) == ()


def test_what_lies_in_one_folder_comes_through_together() -> None:
    gate = Gate(2.0, whole=lambda path: True)
    form, alone = seen(Path("甲/表.docx"), submission="甲"), seen(Path("乙/表.docx"), submission="乙")
    gate.ready((form, alone), 100.0, NOW)
    scheme = seen(Path("甲/方案.docx"), submission="甲")
    assert gate.ready((form, alone, scheme), 102.0, NOW) == (alone,)
    assert gate.ready((form, scheme), 104.0, NOW) == (form, scheme)


def test_a_folder_that_never_comes_to_rest_does_not_hold_back_what_is_complete() -> None:
    gate = Gate(2.0, whole=lambda path: True)
    form = seen(Path("甲/表.docx"), submission="甲")
    for second in range(int(2.0 * COMPANIONS_PATIENCE)):
        growing = seen(Path("甲/录像.mp4"), size=second, submission="甲")
        assert gate.ready((form, growing), 100.0 + second, NOW) == ()
    growing = seen(Path("甲/录像.mp4"), size=1000, submission="甲")
    assert gate.ready((form, growing), 100.0 + 2.0 * COMPANIONS_PATIENCE, NOW) == (form,)
