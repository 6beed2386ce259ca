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


def across_file_systems(monkeypatch: pytest.MonkeyPatch, home: Home) -> None:
    """Renaming out of the inbox fails as it does between two disks."""
    rename = os.rename

    def refuse(source: Path, target: Path) -> None:
        if home.inbox in Path(source).parents:
            raise OSError(errno.EXDEV, "another disk")
        rename(source, target)

    monkeypatch.setattr(os, "rename", refuse)


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
        assert claims.take(home, seen, offices.NOW) is None
    path.unlink()
    assert claims.take(home, seen, offices.NOW) is None
    assert list(home.claimed.iterdir()) == []


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
    across_file_systems(monkeypatch, home)
    claim = claims.take(home, seen, offices.NOW)
    assert claim is not None
    assert claim.path.read_bytes() == b"data"
    assert offices.names(home.inbox) == offices.names(home.tmp) == []


def test_a_kill_between_copying_and_removing_does_not_take_the_file_twice(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = offices.drop(home.root, b"data", "申请表.docx")
    seen = only(home)
    across_file_systems(monkeypatch, home)

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
    across_file_systems(monkeypatch, home)
    unlink = os.unlink

    def refuse(path: Path) -> None:
        if home.inbox in Path(path).parents:
            raise PermissionError(errno.EACCES, "read only")
        unlink(path)

    monkeypatch.setattr(os, "unlink", refuse)
    assert claims.take(home, seen, offices.NOW) is None
    assert list(home.claimed.iterdir()) == []


def test_a_file_that_is_still_written_to_goes_back(home: Home) -> None:
    path = offices.drop(home.root, b"data", "申请表.docx")
    claim = take(home)
    assert claims.give_back(home, claim)
    assert path.read_bytes() == b"data"
    assert list(home.claimed.iterdir()) == []
    claim = take(home)
    path.write_bytes(b"another")
    assert not claims.give_back(home, claim)
    assert claim.path.exists()


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
