from __future__ import annotations

import errno
import os
import time
from pathlib import Path

import pytest

from formflow.service import claims, files
from formflow.service.home import Home
from formflow.service.inbox import Seen, scan
from support import offices
from support.renames import refuse_renames


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    home.prepare()
    return home


def only(home: Home) -> Seen:
    (seen,) = scan(home.inbox, time.time()).papers
    return seen


def take(home: Home) -> claims.Claim:
    claim = claims.take(home, only(home), offices.NOW)
    assert claim is not None
    return claim


def test_a_claimed_file_leaves_the_inbox_and_keeps_what_is_known_of_it(home: Home) -> None:
    offices.drop(home.root, b"data", "通达区/申请表.docx")
    claim = take(home)
    assert offices.names(home.inbox) == []
    assert claim.path.read_bytes() == b"data"
    assert claim.path.parent == home.claimed / claim.id
    arrival = claim.arrival()
    assert (arrival.name, arrival.submission, arrival.size) == ("申请表.docx", "通达区", 4)
    assert arrival.received_at == offices.NOW
    assert arrival.sha256 == files.sha256_of(claim.path)


def test_after_a_restart_the_claim_is_found_as_it_was(home: Home) -> None:
    offices.drop(home.root, b"data", "申请表.docx")
    claim = take(home)
    assert list(claims.left_over(home)) == [claim]


def test_a_claim_that_did_not_happen_is_cleared_away(home: Home) -> None:
    offices.drop(home.root, b"data", "申请表.docx")
    claim = take(home)
    claim.path.rename(home.inbox / "申请表.docx")
    assert list(claims.left_over(home)) == []
    assert list(home.claimed.iterdir()) == []
    assert offices.names(home.inbox) == ["申请表.docx"]


def test_half_of_a_copy_is_cleared_away_after_a_kill(home: Home) -> None:
    (home.tmp / "20220310-x").write_bytes(b"half")
    assert list(claims.left_over(home)) == []
    assert list(home.tmp.iterdir()) == []


def test_who_only_looks_sees_what_lies_there_and_clears_nothing_away(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    offices.drop(home.root, b"data", "甲.docx")
    claim = take(home)
    offices.drop(home.root, b"data", "乙.docx")
    done = take(home)
    done.path.unlink()
    (home.tmp / "half").write_bytes(b"half")
    assert list(claims.in_sight(home)) == [claim]
    assert len(list(home.claimed.glob("*.json"))) == 2
    assert [path.name for path in home.tmp.iterdir()] == ["half"]
    # A worker finishes with one between the list and the look.
    monkeypatch.setattr(claims, "find", lambda home, claim_id: None)
    assert list(claims.in_sight(home)) == list(claims.left_over(home)) == []
    assert claim.path.is_file()


def test_a_name_of_raw_bytes_is_taken_under_a_legible_one(home: Home) -> None:
    raw = os.path.join(os.fsencode(home.inbox), "申请表.docx".encode("gb18030"))  # noqa: PTH118 - bytes
    with open(raw, "wb") as file:  # noqa: PTH123
        file.write(b"data")
    claim = take(home)
    assert claim.slip.name == claim.path.name == "申请表.docx"


def test_a_file_that_is_gone_or_cannot_be_moved_is_left_for_later(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    path = offices.drop(home.root, b"data", "申请表.docx")
    seen = only(home)

    def busy(source: Path, target: Path) -> None:
        raise PermissionError(errno.EACCES, "in use")

    with monkeypatch.context() as patch:
        patch.setattr(os, "rename", busy)
        with pytest.raises(claims.Refused, match="没有权限"):
            claims.take(home, seen, offices.NOW)
    assert list(home.claimed.iterdir()) == []
    path.unlink()
    assert claims.take(home, seen, offices.NOW) is None
    assert list(home.claimed.iterdir()) == []


def test_a_file_that_may_not_be_moved_is_not_copied_instead(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Open in Word, say: a copy could be half of what is going to be saved, and its source would stay."""
    offices.drop(home.root, b"data", "申请表.docx")
    refuse_renames(monkeypatch, home, errno.EACCES)
    with pytest.raises(claims.Refused):
        claims.take(home, only(home), offices.NOW)
    assert offices.names(home.inbox) == ["申请表.docx"]
    assert list(home.claimed.iterdir()) == list(home.tmp.iterdir()) == []


def test_where_no_folder_can_be_made_no_slip_is_left(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    offices.drop(home.root, b"data", "申请表.docx")
    seen = only(home)

    def full(path: Path, *_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "mkdir", full)
    with pytest.raises(OSError, match="full"):
        claims.take(home, seen, offices.NOW)
    assert list(home.claimed.iterdir()) == []
    assert offices.names(home.inbox) == ["申请表.docx"]


def test_a_full_disk_is_not_taken_for_a_busy_file(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    offices.drop(home.root, b"data", "申请表.docx")

    def full(source: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "rename", full)
    with pytest.raises(OSError, match="full"):
        claims.take(home, only(home), offices.NOW)
    assert offices.names(home.inbox) == ["申请表.docx"]


def test_between_two_disks_the_file_is_copied_and_then_removed(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    offices.drop(home.root, b"data", "申请表.docx")
    seen = only(home)
    refuse_renames(monkeypatch, home, errno.EXDEV)
    claim = claims.take(home, seen, offices.NOW)
    assert claim is not None
    assert claim.path.read_bytes() == b"data"
    assert offices.names(home.inbox) == offices.names(home.tmp) == []


def test_a_kill_between_copying_and_removing_does_not_take_the_file_twice(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = offices.drop(home.root, b"data", "申请表.docx")
    seen = only(home)
    refuse_renames(monkeypatch, home, errno.EXDEV)

    class Killed(BaseException):
        pass

    def killed(path: Path) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(os, "unlink", killed)
        with pytest.raises(Killed):
            claims.take(home, seen, offices.NOW)
    assert source.exists()
    (claim,) = claims.left_over(home)
    assert claim.path.read_bytes() == b"data"
    assert not source.exists()


def test_the_same_name_dropped_again_is_not_mistaken_for_a_copied_source(home: Home) -> None:
    offices.drop(home.root, b"data", "申请表.docx")
    take(home)
    again = offices.drop(home.root, b"data", "申请表.docx")
    assert len(list(claims.left_over(home))) == 1
    assert again.exists()


def test_a_share_that_may_only_be_read_is_not_copied_from_again_and_again(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    offices.drop(home.root, b"data", "申请表.docx")
    seen = only(home)
    refuse_renames(monkeypatch, home, errno.EXDEV)
    unlink = os.unlink

    def refuse(path: Path) -> None:
        if home.inbox in Path(path).parents:
            raise PermissionError(errno.EACCES, "read only")
        unlink(path)

    monkeypatch.setattr(os, "unlink", refuse)
    with pytest.raises(claims.Refused, match="没有权限"):
        claims.take(home, seen, offices.NOW)
    assert list(home.claimed.iterdir()) == offices.names(home.tmp) == []


def test_a_share_that_does_a_thing_and_says_it_cannot_loses_nothing(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A request that was sent twice over a network: done, and then answered with an error."""
    rename, unlink = os.rename, os.unlink

    def done_but_denied(effect, code):
        def act(path: Path, *more: Path) -> None:
            effect(path, *more)
            if home.inbox in Path(path).parents:
                raise OSError(code, "sent twice")

        return act

    for name, effect in (("rename", rename), ("unlink", unlink)):
        offices.drop(home.root, b"data", f"{name}.docx")
        seen = only(home)
        with monkeypatch.context() as patch:
            if name == "unlink":
                refuse_renames(patch, home, errno.EXDEV)
            patch.setattr(os, name, done_but_denied(effect, errno.ENOENT if name == "rename" else errno.EIO))
            claim = claims.take(home, seen, offices.NOW)
        assert claim is not None
        assert claim.path.read_bytes() == b"data"
    assert len(list(claims.left_over(home))) == 2


def test_a_copy_that_breaks_off_leaves_nothing_behind(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    path = offices.drop(home.root, b"data", "申请表.docx")
    seen = only(home)
    refuse_renames(monkeypatch, home, errno.EXDEV)

    def broken(reader: object, writer: object, length: int) -> None:
        raise OSError(errno.EIO, "bad sector")

    monkeypatch.setattr("shutil.copyfileobj", broken)
    with pytest.raises(claims.Refused, match="磁盘读写出错"):
        claims.take(home, seen, offices.NOW)
    assert path.read_bytes() == b"data"
    assert list(home.claimed.iterdir()) == offices.names(home.tmp) == []


def test_a_read_only_share_does_not_count_as_our_disk_failing(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    offices.drop(home.root, b"data", "申请表.docx")

    def read_only(source: Path, target: Path) -> None:
        raise OSError(errno.EROFS, "read only")

    seen = only(home)
    monkeypatch.setattr(os, "rename", read_only)
    with pytest.raises(claims.Refused, match="只读"):
        claims.take(home, seen, offices.NOW)


def test_a_state_folder_that_takes_nothing_is_our_disk_failing(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    offices.drop(home.root, b"data", "申请表.docx")

    def read_only(path: Path, data: bytes) -> None:
        raise OSError(errno.EROFS, "read only")

    monkeypatch.setattr(files, "write_durably", read_only)
    with pytest.raises(OSError, match="read only"):
        claims.take(home, only(home), offices.NOW)
    assert list(home.claimed.iterdir()) == []


@pytest.mark.parametrize("is_across", [False, True])
def test_a_file_that_was_written_to_since_it_was_seen_is_not_taken(
    home: Home, monkeypatch: pytest.MonkeyPatch, is_across: bool
) -> None:
    path = offices.drop(home.root, b"data", "申请表.docx")
    seen = only(home)
    if is_across:
        refuse_renames(monkeypatch, home, errno.EXDEV)
    path.write_bytes(b"more data")
    assert claims.take(home, seen, offices.NOW) is None
    assert path.read_bytes() == b"more data"
    assert list(home.claimed.iterdir()) == []


def test_a_file_that_is_written_to_in_the_moment_of_taking_goes_back(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = offices.drop(home.root, b"data", "申请表.docx")
    seen = only(home)
    rename = os.rename
    with path.open("ab") as writer:

        def written(source: Path, target: Path) -> None:
            rename(source, target)
            writer.write(b" and more")
            writer.flush()

        with monkeypatch.context() as patch:
            patch.setattr(os, "rename", written)
            assert claims.take(home, seen, offices.NOW) is None
        writer.write(b" at the end")
    assert path.read_bytes() == b"data and more at the end"
    assert list(home.claimed.iterdir()) == []


def test_a_source_that_changes_while_it_is_copied_stays(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    path = offices.drop(home.root, b"data", "申请表.docx")
    seen = only(home)
    refuse_renames(monkeypatch, home, errno.EXDEV)
    copy = files.copy_durably

    def copy_and_write(source: Path, target: Path) -> None:
        copy(source, target)
        path.write_bytes(b"data and more")

    monkeypatch.setattr(files, "copy_durably", copy_and_write)
    assert claims.take(home, seen, offices.NOW) is None
    assert path.read_bytes() == b"data and more"
    assert list(home.claimed.iterdir()) == []


def test_a_folder_under_the_name_of_a_file_is_not_taken(home: Home) -> None:
    path = offices.drop(home.root, b"data", "申请表.docx")
    seen = only(home)
    path.unlink()
    path.mkdir()
    assert claims.take(home, seen, offices.NOW) is None
    assert path.is_dir()


def test_a_file_that_is_still_written_to_goes_back(home: Home) -> None:
    path = offices.drop(home.root, b"data", "申请表.docx")
    claim = take(home)
    assert claims.give_back(home, claim)
    assert path.read_bytes() == b"data"
    assert list(home.claimed.iterdir()) == []


@pytest.mark.parametrize("has_links", [True, False])
def test_what_goes_back_is_put_over_nothing_not_even_an_empty_file(
    home: Home, monkeypatch: pytest.MonkeyPatch, has_links: bool
) -> None:
    """The empty file may be one that somebody has just begun."""
    path = offices.drop(home.root, b"data", "甲/申请表.docx")
    claim = take(home)
    path.write_bytes(b"")
    if not has_links:

        def refuse(source: Path, target: Path) -> None:
            raise PermissionError(errno.EPERM, "no links")

        monkeypatch.setattr(os, "link", refuse)
        path.write_bytes(b"another")
    before = path.read_bytes()
    assert claims.give_back(home, claim)
    assert path.read_bytes() == before
    assert (path.parent / "申请表（2）.docx").read_bytes() == b"data"
    assert list(home.claimed.iterdir()) == []


def test_what_goes_back_finds_the_inbox_when_its_folder_is_gone(home: Home) -> None:
    path = offices.drop(home.root, b"data", "甲/申请表.docx")
    claim = take(home)
    path.parent.rmdir()
    assert claims.give_back(home, claim)
    assert (home.inbox / "申请表.docx").read_bytes() == b"data"


def test_what_nothing_takes_back_stays_claimed(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    offices.drop(home.root, b"data", "申请表.docx")
    claim = take(home)

    def refuse(source: Path, target: Path) -> None:
        raise OSError(errno.EIO, "away")

    monkeypatch.setattr(os, "link", refuse)
    assert not claims.give_back(home, claim)
    assert list(claims.left_over(home)) == [claim]


def test_attempts_are_counted_over_restarts(home: Home) -> None:
    offices.drop(home.root, b"data", "申请表.docx")
    claims.count_attempt(home, claims.count_attempt(home, take(home)))
    (claim,) = claims.left_over(home)
    assert claim.slip.attempts == 2


def test_forgetting_never_removes_a_file(home: Home) -> None:
    offices.drop(home.root, b"data", "申请表.docx")
    claim = take(home)
    claims.forget(home, claim.id)
    assert claim.path.exists()
    assert list(claims.left_over(home)) == [claim]
    claim.path.unlink()
    claims.forget(home, claim.id)
    assert list(home.claimed.iterdir()) == []
