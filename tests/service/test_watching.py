"""The inbox as the world has it: a burst into a running service, a share that goes and comes back, other people's permissions."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from formflow.service.pulse import Health, Pulse
from formflow.settings import InboxSettings
from support import mounts, offices
from support.serving import serving, wait_for

NOBODY = 65534
BURST = 400


def test_a_burst_into_a_running_service_is_taken_whole_and_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real look, gate and claim; nothing is done with the papers, and the disk is not waited for. The long measure is
    `python -m benchmarks.watching`."""
    taken: list[bytes] = []
    monkeypatch.setattr(os, "fsync", lambda handle: None)
    with offices.office(tmp_path):
        from formflow.service import casework, claims

        def received(office, claim):
            taken.append(claim.path.read_bytes())
            claim.path.unlink()
            claims.forget(office.home, claim.id)
            return (casework.Done(claim.slip.name, "set_aside", ""),)

        monkeypatch.setattr(casework, "handle", received)
    with serving(tmp_path, inbox_settings=InboxSettings(settle_s=0.2, rescan_s=0.5)):
        for number in range(BURST):
            folder = tmp_path / "inbox" / ("" if number % 3 else f"镇{number % 7}")
            folder.mkdir(exist_ok=True)
            (folder / f"{number}.txt").write_bytes(str(number).encode())
        wait_for(lambda: len(taken) >= BURST)
        time.sleep(0.3)
    assert sorted(map(int, taken)) == list(range(BURST))
    assert offices.names(tmp_path / "inbox") == []


def test_without_a_single_event_everything_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a network file system, where there is no observer."""
    monkeypatch.setattr("formflow.service.watch.filesystem_type", lambda path: "cifs")
    with serving(tmp_path) as outbox:
        time.sleep(0.3)
        offices.drop(tmp_path, offices.COMPLETE)
        wait_for(lambda: any(outbox.rglob("受理通知书.pdf")))


@pytest.fixture
def share(tmp_path: Path) -> Iterator[tuple[Path, Path]]:
    """(what the server sees, the home whose inbox is the share)."""
    with mounts.home_on_a_share(tmp_path, "inbox") as places:
        yield places


QUICK = InboxSettings(settle_s=5.0, network_settle_s=0.2, rescan_s=0.2)


def test_what_is_written_behind_a_share_makes_no_event_and_is_found(share: tuple[Path, Path]) -> None:
    server, home = share
    with serving(home, inbox_settings=QUICK) as outbox:
        time.sleep(0.5)
        shutil.copyfile(offices.COMPLETE, server / "申请表.docx")
        wait_for(lambda: any(outbox.rglob("受理通知书.pdf")))
        assert list(server.iterdir()) == []


def test_a_share_that_goes_and_comes_back_while_the_service_runs(share: tuple[Path, Path]) -> None:
    server, home = share
    pulse = Pulse()
    with serving(home, pulse, inbox_settings=QUICK) as outbox:
        (server / "~$表.docx").write_bytes(b"owner")
        shutil.copyfile(offices.COMPLETE, server / "表.docx")
        wait_for(lambda: "inbox_held_papers 1" in pulse.metrics({}))
        mounts.unmount(home / "inbox")
        wait_for(lambda: pulse.health() == Health(False, "away"))
        shutil.copyfile(offices.INCOMPLETE, server / "又一份.docx")
        (server / "~$表.docx").unlink()
        assert sorted(path.name for path in server.iterdir()) == ["又一份.docx", "表.docx"]
        assert mounts.mount(server, home / "inbox")
        wait_for(lambda: pulse.health() == Health(True))
        wait_for(lambda: any(outbox.rglob("受理通知书.pdf")) and any(outbox.rglob("补正通知书.pdf")))
    log_of_errors = pulse.metrics({})
    assert "formflow_errors_total 0" in log_of_errors


def test_a_file_that_cannot_be_taken_does_not_keep_the_workbooks_from_being_renewed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with offices.office(tmp_path):
        from formflow.service import claims

    take = claims.take

    def refuse_one(home: Any, seen: Any, *rest: Any) -> Any:
        if seen.path.stem == "占用":
            raise claims.Refused("正被其他程序占用")
        return take(home, seen, *rest)

    monkeypatch.setattr(claims, "take", refuse_one)
    held = offices.drop(tmp_path, offices.INCOMPLETE, "占用.docx")
    with serving(tmp_path) as outbox:
        offices.drop(tmp_path, offices.COMPLETE)
        wait_for((outbox / offices.LEDGER).exists)
    assert held.exists()


def as_nobody(act: Callable[[], Any]) -> Any:
    """What an act comes to for a user with no rights at all. In a process of its own: rights that were given up do not come back."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            os.write(writing, json.dumps(act()).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        told = answer.read()
    os.waitpid(child, 0)
    return json.loads(told)


@pytest.fixture
def nobodys_home() -> Iterator[Path]:
    """A home that belongs to a user with no rights, where that user can go."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("giving up rights needs them")
    before = os.umask(0o022)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        home = Path(folder) / "home"
        for part in ("inbox", "outbox", "state/claimed", "state/tmp"):
            (home / part).mkdir(parents=True)
        yield home
        for path, _, _ in os.walk(folder):
            Path(path).chmod(0o755)
    os.umask(before)


def give(folder: Path, user: int = NOBODY) -> None:
    for path in (folder, *folder.rglob("*")):
        os.chown(path, user, user)


def looked_at_as_nobody(home: Path) -> dict[str, Any]:
    """What is taken and what is said, by a service without rights."""
    from formflow.service import claims, waiting_note
    from formflow.service.gate import Gate
    from formflow.service.home import Home
    from formflow.service.inbox import scan
    from formflow.service.inboxes import Inbox
    from formflow.service.waiting import note_text, waiting_in

    def act() -> dict[str, Any]:
        place, gate = Home(home), Gate(0.01)
        look = scan(place.inbox, time.time())
        taken = [
            claim.slip.name
            for seen in gate.settled(look.papers, 0.0, time.time() + 60)
            if gate.lets_through(seen) and (claim := claims.take(place, seen, offices.NOW))
        ]
        look = scan(place.inbox, time.time())
        gate.settled(look.papers, 100.0, time.time() + 60)
        for seen in look.papers:
            gate.lets_through(seen)
        waits = waiting_in(Inbox(place.inbox), look, gate)
        waiting_note.WaitingNote(place.inbox, place.outbox / "_待人工处理").keep(note_text(len(waits), waits))
        return {"taken": taken, "waiting": {one.name: one.reason for one in waits}}

    return dict(as_nobody(act))


def test_what_may_not_be_read_or_taken_is_said_and_the_rest_is_taken(nobodys_home: Path) -> None:
    inbox = nobodys_home / "inbox"
    for name in ("别人可读.txt", "读不了.txt", "锁住/里面.txt", "只读/取不走.txt"):
        (inbox / name).parent.mkdir(exist_ok=True)
        (inbox / name).write_bytes(b"data")
    give(nobodys_home)
    give(inbox / "别人可读.txt", 0)
    give(inbox / "读不了.txt", 0)
    (inbox / "读不了.txt").chmod(0o600)
    for folder, mode in (("锁住", 0o700), ("只读", 0o755)):
        give(inbox / folder, 0)
        (inbox / folder).chmod(mode)
    found = looked_at_as_nobody(nobodys_home)
    assert found["taken"] == ["别人可读.txt"]
    assert set(found["waiting"]) == {"读不了.txt", "锁住", "只读/取不走.txt"}
    assert "没有读取权限" in found["waiting"]["读不了.txt"]
    assert "没有权限" in found["waiting"]["锁住"]
    assert "没有写权限" in found["waiting"]["只读/取不走.txt"]
    note = (inbox / "收件箱等待说明.txt").read_bytes().decode("utf-8-sig")
    assert all(name in note for name in found["waiting"])


def test_an_inbox_that_nothing_can_be_taken_from_is_said_in_the_outbox(nobodys_home: Path) -> None:
    inbox = nobodys_home / "inbox"
    (inbox / "甲.txt").write_bytes(b"data")
    give(nobodys_home)
    give(inbox, 0)
    found = looked_at_as_nobody(nobodys_home)
    assert found["taken"] == []
    assert "没有写权限" in found["waiting"]["甲.txt"]
    assert os.listdir(inbox) == ["甲.txt"]  # noqa: PTH208
    (note,) = (nobodys_home / "outbox").rglob("*.txt")
    assert "甲.txt" in note.read_bytes().decode("utf-8-sig")
    assert list((nobodys_home / "state" / "claimed").iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX systems")
def test_an_inbox_that_may_not_be_opened_is_away(nobodys_home: Path) -> None:
    (nobodys_home / "inbox" / "甲.txt").write_bytes(b"data")
    give(nobodys_home)
    give(nobodys_home / "inbox", 0)
    (nobodys_home / "inbox").chmod(0o700)
    found = looked_at_as_nobody(nobodys_home)
    assert found == {"taken": [], "waiting": {"inbox": "收件箱打不开（没有权限），等它回来"}}
