"""Files that are written to while they are taken or read, by a program that has them open: taken when it is done, whole, once."""

from __future__ import annotations

import errno
import hashlib
import sys
from pathlib import Path

import pytest

from formflow.service.office import Office
from support import offices

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="moving an open file is of POSIX systems")
WHOLE = offices.COMPLETE.read_bytes()


class Written:
    """A reader in whose time a writer goes on writing into the file it has open, as often as told."""

    def __init__(self, *chunks: bytes) -> None:
        self.chunks = list(chunks)

    def __call__(self, path: Path):
        contents = offices.read_in_process(path)
        if self.chunks:
            with path.open("ab") as file:
                file.write(self.chunks.pop(0))
        return contents


@pytest.mark.parametrize("chunks", [(b" ",), (b" ", b"\n", b" ")])
def test_what_changes_while_it_is_read_is_taken_again_as_it_is_in_the_end(
    tmp_path: Path, chunks: tuple[bytes, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    from formflow.service import gate

    monkeypatch.setattr(gate, "FIRST_PAUSE_S", 0.01)
    with offices.office(tmp_path, read=Written(*chunks)) as office:
        from formflow.register.models import Paper
        from formflow.service import engine

        offices.drop(tmp_path, WHOLE, "甲/申请表.docx")
        (done,) = engine.work_off(office).done
        assert done.result == "accepted"
        (paper,) = Paper.objects.all()
        end = hashlib.sha256(WHOLE + b"".join(chunks)).hexdigest()
        assert paper.sha256 == end
        assert [digest for name, digest in offices.tree(office.home.outbox).items() if "原件" in name] == [end]
        assert offices.names(office.home.claimed) == []


def test_a_repeated_file_that_is_still_written_to_is_no_duplicate(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from formflow.service import casework, claims, engine
    from formflow.service.inbox import scan

    offices.drop(tmp_path, WHOLE, "一.docx")
    engine.work_off(office)
    path = offices.drop(tmp_path, WHOLE, "二.docx")
    (seen,) = scan(office.home.inbox, 0).papers
    claim = claims.take(office.home, seen, offices.NOW)
    assert claim is not None
    arrival = claims.Claim.arrival

    def hashed_then_written(self: claims.Claim):
        hashed = arrival(self)
        with self.path.open("ab") as file:
            file.write(b"more")
        return hashed

    monkeypatch.setattr(claims.Claim, "arrival", hashed_then_written)
    assert casework.handle(office, claim) == ()
    assert path.read_bytes() == WHOLE + b"more"


def test_a_file_the_disk_cannot_read_goes_back_and_the_next_one_is_dealt_with(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from formflow.service import engine, files

    offices.drop(tmp_path, b"bad sector", "坏道.txt", age_s=900)
    offices.drop(tmp_path, WHOLE, "好.docx")
    sha256_of = files.sha256_of

    def hashed(path: Path) -> str:
        if path.name == "坏道.txt":
            raise OSError(errno.EIO, "Input/output error")
        return sha256_of(path)

    monkeypatch.setattr(files, "sha256_of", hashed)
    monkeypatch.setattr(engine, "RUN_PATIENCE_S", 0.3)
    summary = engine.work_off(office)
    assert [done.name for done in summary.done] == ["好.docx"]
    (remark,) = summary.remarks
    assert remark.path.name == "坏道.txt"
    assert "读不出来" in remark.text
    assert (office.home.inbox / "坏道.txt").read_bytes() == b"bad sector"
    assert offices.names(office.home.claimed) == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="leases are of Linux")
def test_a_slow_scanner_is_waited_for(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It keeps the file open and pauses between two pages for longer than the settle time."""
    from formflow.register.filesystem import filesystem_type, tells_of_writers
    from formflow.service import engine

    if not tells_of_writers(filesystem_type(tmp_path)):
        pytest.skip("this file system does not tell of writers")
    monkeypatch.setattr(engine, "RUN_PATIENCE_S", 0.3)
    path = offices.drop(tmp_path, b"page 1 ", "扫描.txt", age_s=900)
    with path.open("ab") as scanner:
        (remark,) = engine.work_off(office).remarks
        assert "正在写" in remark.text
        scanner.write(b"page 2")
    (done,) = engine.work_off(office).done
    assert done.name == "扫描.txt"
    assert [path.read_bytes() for path in office.home.outbox.rglob("扫描.txt")] == [b"page 1 page 2"]


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs"])
def test_a_share_that_refuses_leases_to_everybody_holds_nothing_back(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """A network file system answers as if somebody were writing when it merely has no delegation."""
    import fcntl

    from formflow.service import engine

    def refuse(handle: int, command: int, argument: int = 0) -> int:
        raise OSError(errno.EAGAIN, "no delegation")

    monkeypatch.setattr(fcntl, "fcntl", refuse)
    monkeypatch.setattr("formflow.service.inboxes.filesystem_type", lambda path: kind)
    offices.drop(tmp_path, WHOLE, "申请表.docx")
    (done,) = engine.work_off(office).done
    assert done.result == "accepted"
