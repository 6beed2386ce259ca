"""An inbox while it is looked after: gone and back, full, held up; what is said of it, how often it is looked at."""

from __future__ import annotations

import errno
import logging
import os
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from formflow.service import post as posts
from formflow.service import waiting
from formflow.service.inboxes import Inbox
from formflow.service.office import Office
from formflow.service.post import Post
from support import offices

NOTE = "收件箱等待说明.txt"


@pytest.fixture
def post(office: Office) -> Post:
    return Post(office, Inbox(office.home.inbox))


@pytest.fixture
def said(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What is logged, so far."""
    caplog.set_level(logging.INFO, "formflow")
    return _Said(caplog)


class _Said(list[str]):
    def __init__(self, caplog: pytest.LogCaptureFixture) -> None:
        self._caplog = caplog

    def __iter__(self) -> Iterator[str]:
        return iter(record.getMessage() for record in self._caplog.records)


def look(post: Post) -> list[str]:
    """The names of what may be taken now."""
    post.look_through()
    return [seen.path.name for seen in post.in_turn()]


FAILURES = [errno.EIO, errno.ESTALE, errno.ENOTCONN, errno.EHOSTDOWN, errno.EACCES]


@pytest.mark.parametrize("code", FAILURES)
@pytest.mark.parametrize("broken", ["all", "entries"])
def test_a_share_that_is_away_for_a_while_has_lost_nothing(
    post: Post, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: list[str], code: int, broken: str
) -> None:
    for number in range(3):
        offices.drop(tmp_path, f"paper {number}".encode(), f"{number}.txt")
    assert look(post) == ["0.txt", "1.txt", "2.txt"]
    with monkeypatch.context() as patch:
        away(patch, post.inbox.path, code, is_listed=broken == "entries")
        for _ in range(5):
            assert look(post) == []
        assert post.look.away
        assert post.figures().away == 1
        assert [line for line in said if "打不开" in line] == [f"inbox：收件箱打不开（{os_words(code)}），等它回来"]
    assert look(post) == ["0.txt", "1.txt", "2.txt"]
    look(post)
    assert [line for line in said if "又能打开" in line] == ["inbox：收件箱又能打开了"]
    assert (post.look.away, post.figures().away) == ("", 0)


def os_words(code: int) -> str:
    from formflow.errors import in_words_alone

    return in_words_alone(OSError(code, ""))


def away(patch: pytest.MonkeyPatch, inbox: Path, code: int, *, is_listed: bool) -> None:
    """The share goes away before it is listed, or right after."""
    scandir, listed = os.scandir, []

    def refuse(folder: Path):
        if Path(folder) == inbox and not (is_listed and not listed):
            raise OSError(code, os.strerror(code), str(folder))
        listed.append(folder)
        found = scandir(folder)
        return _Broken(found, code) if is_listed else found

    patch.setattr(os, "scandir", refuse)


class _Broken:
    """A listing whose entries tell nothing any more."""

    def __init__(self, found: Iterator[os.DirEntry[str]], code: int) -> None:
        self._entries = [_Entry(entry.name, entry.path, code) for entry in found]

    def __enter__(self) -> list[_Entry]:
        return self._entries

    def __exit__(self, *problem: object) -> None:
        pass


class _Entry:
    def __init__(self, name: str, path: str, code: int) -> None:
        self.name, self.path, self._code = name, path, code

    def is_dir(self, *, follow_symlinks: bool = True) -> bool:
        raise OSError(self._code, "away")

    def stat(self, *, follow_symlinks: bool = True) -> os.stat_result:
        raise OSError(self._code, "away")


def test_one_file_that_the_disk_cannot_tell_of_does_not_hide_the_others(
    post: Post, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offices.drop(tmp_path, b"one", "1.txt")
    scandir = os.scandir

    class WithBad:
        def __init__(self, folder: Path) -> None:
            self._entries = [*scandir(folder), _Entry("2.txt", str(folder / "2.txt"), errno.EIO)]

        def __enter__(self) -> list[object]:
            return self._entries

        def __exit__(self, *problem: object) -> None:
            pass

        def close(self) -> None:
            pass

    monkeypatch.setattr(os, "scandir", WithBad)
    assert look(post) == ["1.txt"]
    (remark,) = post.look.remarks
    assert "磁盘读写出错" in remark.text


def test_what_is_taken_away_while_it_is_looked_at_is_not_spoken_of(
    post: Post, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offices.drop(tmp_path, b"one", "1.txt")
    scandir = os.scandir

    listed = []

    class ThenRemoved:
        def __init__(self, folder: Path) -> None:
            self._entries = list(scandir(folder))
            listed.extend(self._entries)
            (post.inbox.path / "1.txt").unlink(missing_ok=True)

        def __enter__(self) -> list[os.DirEntry[str]]:
            return self._entries

        def __exit__(self, *problem: object) -> None:
            pass

        def close(self) -> None:
            pass

    monkeypatch.setattr(os, "scandir", ThenRemoved)
    post.look_through()
    assert len(listed) == 1
    assert (post.look.papers, post.look.remarks, post.look.away) == ((), (), "")


def test_a_share_that_is_not_mounted_is_away_though_its_folder_is_there(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files that were put into the folder beneath it are not the share's."""
    kind = "cifs"
    for place in ("inboxes", "watch"):
        monkeypatch.setattr(f"formflow.service.{place}.filesystem_type", lambda path: kind)
    settings = replace(office.inbox_settings, network_settle_s=0.001)
    post = Post(replace(office, inbox_settings=settings), Inbox(office.home.inbox))
    offices.drop(tmp_path, b"one", "1.txt")
    assert look(post) == []  # its server's clock says it is old: it has to be watched all the same
    time.sleep(0.01)
    assert look(post) == ["1.txt"]
    kind = "ext4"
    assert look(post) == []
    assert "没有挂上" in post.look.away
    kind = "cifs"
    assert look(post) == ["1.txt"]


def test_an_inbox_of_a_county_that_is_away_is_said_with_its_name(
    office: Office, tmp_path: Path, said: list[str]
) -> None:
    county = Post(office, Inbox(tmp_path / "east", "东县"))
    look(county)
    assert list(said) == ["东县：east：收件箱打不开（文件或文件夹不存在），等它回来"]
    (tmp_path / "east").mkdir()
    (tmp_path / "east" / "1.txt").write_bytes(b"one")
    assert look(county) == ["1.txt"]


def test_an_inbox_that_was_local_all_the_time_is_not_away(post: Post) -> None:
    look(post)
    assert post.look.away == ""


@pytest.mark.parametrize(("kind", "is_slow"), [("ext4", False), ("nfs4", True), ("fuse", True), ("fuseblk", False)])
def test_a_county_on_a_share_has_the_time_of_a_share(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, is_slow: bool
) -> None:
    from formflow.settings import InboxSettings

    with offices.office(tmp_path, inbox_settings=InboxSettings(settle_s=1, network_settle_s=9)) as office:
        county = tmp_path / "county"
        monkeypatch.setattr("formflow.service.inboxes.filesystem_type", lambda path: kind if path == county else "ext4")
        assert Post(office, Inbox(county, "东县")).gate.settle_s == (9 if is_slow else 1)
        assert Post(office, Inbox(office.home.inbox)).gate.settle_s == 1


def test_what_cannot_be_taken_is_said_once_as_long_as_it_is_so(
    post: Post, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: list[str]
) -> None:
    from formflow.service import claims, gate

    monkeypatch.setattr(gate, "FIRST_PAUSE_S", 0.001)
    path = offices.drop(tmp_path, b"one", "甲/1.txt")

    def refuse(*arguments: object) -> None:
        raise claims.Refused("正被其他程序占用")

    with monkeypatch.context() as patch:
        patch.setattr(claims, "take", refuse)
        for _ in range(6):
            post.look_through()
            for seen in post.in_turn():
                assert post.take(seen) is None
            time.sleep(0.005)
        assert post.figures().held == 1
    assert [line for line in said if "占用" in line] == ["甲/1.txt：取不走：正被其他程序占用；会再试"]
    time.sleep(0.1)
    post.look_through()
    (seen,) = post.in_turn()
    assert post.take(seen) is not None
    assert not path.exists()
    post.look_through()
    assert post.figures().held == 0


def test_thousands_of_things_that_are_not_taken_do_not_fill_the_log(
    post: Post, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: list[str]
) -> None:
    for number in range(posts._MOST_SAID + 10):
        (post.inbox.path / f"{number}.docx").symlink_to(offices.COMPLETE)
    look(post)
    look(post)
    assert len(list(said)) == posts._MOST_SAID + 1
    assert "还有 10 个" in list(said)[-1]


@pytest.fixture
def late(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that was put there has been there for two hours: nobody can set the time of a change."""
    clock = time.time
    for place in ("post", "waiting"):
        monkeypatch.setattr(f"formflow.service.{place}.time.time", lambda: clock() + 7200)
    monkeypatch.setattr(posts, "NOTE_EVERY_S", 0.0)


def test_what_waits_for_over_an_hour_has_a_note_that_goes_with_it(post: Post, tmp_path: Path, late: None) -> None:
    form = offices.drop(tmp_path, offices.COMPLETE, "甲/表.docx")
    owner = offices.drop(tmp_path, b"owner", "甲/~$表.docx")
    (post.inbox.path / "链接.docx").symlink_to(form)
    look(post)
    text = (post.inbox.path / NOTE).read_bytes().decode("utf-8-sig")
    assert "甲/表.docx" in text
    assert "打开着" in text
    assert "链接.docx" in text
    assert post.figures().overdue == 2
    owner.unlink()
    assert look(post) == ["表.docx"]
    (post.inbox.path / "链接.docx").unlink()
    form.unlink()
    look(post)
    assert os.listdir(post.inbox.path) == ["甲"]  # noqa: PTH208
    assert post.figures().overdue == 0


def test_the_note_lists_the_oldest_and_counts_the_rest(post: Post, tmp_path: Path, late: None) -> None:
    for number in range(25):
        offices.drop(tmp_path, b"%PDF-1.7", f"{number:02}.pdf")
    look(post)
    text = (post.inbox.path / NOTE).read_bytes().decode("utf-8-sig")
    assert text.count(".pdf") == 20
    assert "共 25 个" in text


def test_the_note_is_not_rewritten_at_every_look(
    post: Post, tmp_path: Path, late: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posts, "NOTE_EVERY_S", 3600.0)
    (post.inbox.path / "a.docx").symlink_to(offices.COMPLETE)
    look(post)
    (post.inbox.path / "b.docx").symlink_to(offices.COMPLETE)
    look(post)
    note = post.inbox.path / NOTE
    assert "b.docx" not in note.read_bytes().decode("utf-8-sig")
    post.stop()
    assert "b.docx" in note.read_bytes().decode("utf-8-sig")


def test_a_note_is_not_left_behind_by_a_service_that_stops(post: Post, tmp_path: Path, late: None) -> None:
    link = post.inbox.path / "a.docx"
    link.symlink_to(offices.COMPLETE)
    look(post)
    assert (post.inbox.path / NOTE).exists()
    link.unlink()
    post.stop()
    assert os.listdir(post.inbox.path) == []  # noqa: PTH208


def test_nothing_is_written_into_an_inbox_that_is_away(
    post: Post, tmp_path: Path, late: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    (post.inbox.path / "a.docx").symlink_to(offices.COMPLETE)
    with monkeypatch.context() as patch:
        away(patch, post.inbox.path, errno.ESTALE, is_listed=False)
        look(post)
    assert os.listdir(post.inbox.path) == ["a.docx"]  # noqa: PTH208


def test_looking_takes_a_small_share_of_the_time(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = post._office.inbox_settings
    post._cost_s = 0.001
    assert post.rest_s == min(settings.rescan_s, posts.LEAST_REST_S)
    assert post.pause_s == settings.rescan_s
    assert post.slice_s == posts.SLICE_S
    for cost_s in (2.0, 20.0):
        post._cost_s = cost_s
        assert cost_s / (cost_s + post.rest_s) <= 0.1
        assert post.pause_s >= post.rest_s
        assert cost_s / (cost_s + post.slice_s) <= 0.1


def test_it_looks_again_soon_only_while_something_may_come_to_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from formflow.settings import InboxSettings

    with offices.office(tmp_path, inbox_settings=InboxSettings(settle_s=2.0, rescan_s=5.0)) as office:
        monkeypatch.setattr("formflow.service.inboxes.filesystem_type", lambda path: "ext4")
        post = Post(office, Inbox(office.home.inbox))
        post.look_through()
        assert post.pause_s == 5.0
        offices.drop(tmp_path, b"one", "1.txt")
        post.look_through()
        assert post.pause_s == 0.5
        clock = time.time
        monkeypatch.setattr("formflow.service.post.time.time", lambda: clock() + 60)
        post.look_through()
        assert post.pause_s == 5.0


def test_it_is_quiet_while_nothing_is_about_to_come_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from formflow.service import claims
    from formflow.settings import InboxSettings

    with offices.office(tmp_path, inbox_settings=InboxSettings(settle_s=2.0)) as office:
        monkeypatch.setattr("formflow.service.inboxes.filesystem_type", lambda path: "ext4")
        post = Post(office, Inbox(office.home.inbox))
        post.look_through()
        assert post.is_quiet
        still_written = offices.drop(tmp_path, b"one", "1.txt")
        post.look_through()
        assert not post.is_quiet
        still_written.unlink()

        offices.drop(tmp_path, b"two", "2.txt")
        clock = time.time
        monkeypatch.setattr("formflow.service.post.time.time", lambda: clock() + 60)
        post.look_through()
        assert not post.is_quiet
        (seen,) = post.in_turn()
        assert post.take(seen) is not None
        assert not post.is_quiet

        def refuse(*arguments: object) -> None:
            raise claims.Refused("正被其他程序占用")

        offices.drop(tmp_path, b"three", "3.txt")
        post.look_through()
        (seen,) = post.in_turn()
        monkeypatch.setattr(claims, "take", refuse)
        assert post.take(seen) is None
        assert post.is_quiet
        post.look_through()
        assert post.is_quiet


def test_a_paper_that_was_given_back_is_counted_as_waiting(post: Post, tmp_path: Path) -> None:
    offices.drop(tmp_path, b"one", "1.txt")
    post.look_through()
    (seen,) = post.in_turn()
    assert post.take(seen) is not None
    assert post.waiting == 0
    post.given_back(seen)
    assert post.waiting == 1


def test_the_figures_of_an_empty_inbox_are_nought(post: Post) -> None:
    post.look_through()
    figures = post.figures()
    assert (figures.waiting, figures.held, figures.oldest_s, figures.overdue, figures.away) == (0, 0, 0.0, 0, 0)


def test_overdue_is_an_hour() -> None:
    assert waiting.OVERDUE_S == 3600
