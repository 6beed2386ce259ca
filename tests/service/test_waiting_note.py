"""The note in an inbox: there when something has waited for too long, gone when not, never a paper, never over somebody's file."""

from __future__ import annotations

import errno
import os
import time
from pathlib import Path

import pytest

from formflow.service import notes, waiting_note
from formflow.service.inbox import scan
from formflow.service.waiting_note import WaitingNote

TEXT = f"{notes.WAITING_TITLE}\n\n甲.docx\n    从 … 起；有人打开着。\n"
NAME = "收件箱等待说明.txt"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "inbox").mkdir()
    return tmp_path / "inbox"


def note_of(inbox: Path, county: str = "") -> WaitingNote:
    return WaitingNote(inbox, inbox.parent / "outbox" / "_待人工处理", county)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_it_comes_changes_and_goes(inbox: Path) -> None:
    note = note_of(inbox)
    note.keep("")
    assert names(inbox.parent) == []
    note.keep(TEXT)
    assert (inbox / NAME).read_bytes() == notes.encoded(TEXT)
    note.keep(TEXT + "乙.docx\n")
    assert (inbox / NAME).read_bytes() == notes.encoded(TEXT + "乙.docx\n")
    note_of(inbox).keep("")  # by another run
    assert names(inbox.parent) == []


def test_a_note_that_says_so_already_is_not_written_again(inbox: Path) -> None:
    """Writing would make an event, which wakes the service, which would write."""
    note = note_of(inbox)
    note.keep(TEXT)
    before = (inbox / NAME).stat()
    note.keep(TEXT)
    after = (inbox / NAME).stat()
    assert (after.st_ino, after.st_ctime_ns) == (before.st_ino, before.st_ctime_ns)


def test_it_is_no_paper_nor_is_a_copy_a_clerk_has_made_of_it(inbox: Path) -> None:
    note_of(inbox).keep(TEXT)
    (inbox / "甲").mkdir()
    (inbox / "甲" / "收件箱等待说明 - 副本.txt").write_bytes((inbox / NAME).read_bytes())
    (inbox / "收件箱等待说明(1).txt").write_bytes(notes.encoded("我们的说明"))
    look = scan(inbox, time.time())
    assert [seen.path.name for seen in look.papers] == ["收件箱等待说明(1).txt"]
    assert look.remarks == ()


@pytest.mark.parametrize("theirs", [b"", "请看附件".encode()])
def test_somebodys_file_of_that_name_is_a_paper_and_stays(inbox: Path, theirs: bytes) -> None:
    (inbox / NAME).write_bytes(theirs)
    note = note_of(inbox)
    note.keep(TEXT)
    assert (inbox / NAME).read_bytes() == theirs
    assert [seen.path.name for seen in scan(inbox, time.time()).papers] == [NAME]
    assert names(inbox.parent / "outbox") == [NAME]  # it is said elsewhere
    note.keep("")
    assert (inbox / NAME).read_bytes() == theirs
    assert names(inbox.parent / "outbox") == []


def test_a_link_of_that_name_is_not_followed(inbox: Path, tmp_path: Path) -> None:
    ours = tmp_path / "elsewhere.txt"
    ours.write_bytes(notes.encoded(TEXT))
    (inbox / NAME).symlink_to(ours)
    note = note_of(inbox)
    note.keep("x")
    note.keep("")
    assert ours.read_bytes() == notes.encoded(TEXT)
    assert (inbox / NAME).is_symlink()


def test_an_inbox_that_takes_nothing_has_its_note_in_the_outbox(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_bytes = Path.write_bytes

    def refuse(path: Path, data: bytes) -> int:
        if inbox in path.parents:
            raise OSError(errno.EROFS, "read only")
        return write_bytes(path, data)

    note = note_of(inbox, "东县")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", refuse)
        note.keep(TEXT)
    (there,) = (inbox.parent / "outbox").rglob("*.txt")
    assert (there.parent.name, there.name) == ("_待人工处理", "收件箱等待说明（东县）.txt")
    assert there.read_bytes() == notes.encoded(TEXT)
    note.keep(TEXT)  # it can be written to again
    assert names(inbox.parent) == [NAME]


def test_nothing_of_a_note_that_was_cut_short_stays(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed(BaseException):
        pass

    def killed(source: Path, target: Path) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(waiting_note.files, "put_under_new_name", killed)
        patch.setattr(waiting_note.files, "remove", lambda path: None)
        with pytest.raises(Killed):
            note_of(inbox).keep(TEXT)
    assert len(names(inbox)) == 1
    assert scan(inbox, time.time()).papers == ()
    note_of(inbox).keep("")
    assert names(inbox) == []


def test_a_folder_of_that_name_does_no_harm(inbox: Path) -> None:
    (inbox / NAME).mkdir()
    note_of(inbox).keep(TEXT)
    note_of(inbox).keep("")
    assert (inbox / NAME).is_dir()
    assert os.listdir(inbox) == [NAME]  # noqa: PTH208
