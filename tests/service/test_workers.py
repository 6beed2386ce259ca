"""Several workers and a PostgreSQL of their own: killed while they work, nothing is lost, nothing is done twice, no number is missing."""

from __future__ import annotations

import contextlib
import hashlib
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from formflow.settings import DATABASE_VARIABLE
from support import offices, postgres, shared_register
from support.postgres import Server

# With what serve and the workers are killed while papers are being worked on.
KILLS = ("worker-1", "worker-2", "serve", "worker-3", "worker-1")
COUNTIES = ("东县", "西县")
SETTINGS = """\
[inbox]
settle_s = 0.2
rescan_s = 0.3
at_once = 12
[worker]
heartbeat_s = 0.5
stalled_s = 2.5
[[inbox.counties]]
name = "东县"
path = "counties/东县"
[[inbox.counties]]
name = "西县"
path = "counties/西县"
"""
PATIENCE_S = 240.0


@dataclass(slots=True)
class Machines:
    """A serve and its workers, each a process; one that is killed is started again."""

    home: Path
    url: str
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str) -> None:
        command = ["serve"] if name == "serve" else ["worker", "--name", name]
        whole = [sys.executable, "-m", "formflow.cli", *command, "--home", str(self.home)]
        environment = {**os.environ, DATABASE_VARIABLE: self.url}
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.running[name] = subprocess.Popen(whole, env=environment, start_new_session=True, **quiet)  # type: ignore[call-overload]

    def kill(self, name: str) -> None:
        """With what reads for it, as when its machine loses power."""
        process = self.running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> dict[str, int]:
        """Asks all to stop; their exit codes."""
        for process in self.running.values():
            process.terminate()
        return {name: process.wait(60) for name, process in self.running.items()}


@contextlib.contextmanager
def machines(home: Path, url: str) -> Iterator[Machines]:
    started = Machines(home, url)
    try:
        yield started
    finally:
        for name in list(started.running):
            with contextlib.suppress(ProcessLookupError):
                started.kill(name)


def county_inbox(home: Path, number: int) -> Path:
    """The common inbox and those of the counties, in turn."""
    return (home / "inbox", *(home / "counties" / name for name in COUNTIES))[number % 3]


def form(number: int) -> bytes:
    """The form of a unit of its own; every fourth has something missing."""
    changes = {offices.COMPLETE_UNIT: f"通泽区第{number}园区职工服务中心"}
    return offices.rewritten(offices.COMPLETE, changes | ({"临溪科技园区总工会": ""} if number % 4 == 3 else {}))


def with_attachment(number: int) -> tuple[bytes, bytes]:
    """A form that asks for a plan, and the plan of the same unit."""
    changes = {"白鹭镇": f"白鹭{number}镇"}
    return offices.rewritten(offices.WITH_ATTACHMENTS, changes), offices.rewritten(offices.PLAN, changes)


def fill(home: Path) -> list[bytes]:
    """Papers of every kind in every inbox; what was dropped."""
    dropped = []
    for name in COUNTIES:
        (home / "counties" / name).mkdir(parents=True)

    def drop(inbox: Path, name: str, data: bytes) -> None:
        target = inbox / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        dropped.append(data)

    for number in range(48):
        drop(county_inbox(home, number), f"申请表{number}.docx", form(number))
    for number in range(6):
        filled, plan = with_attachment(number)
        # Sub-folders of the same name in different inboxes.
        drop(county_inbox(home, number), f"镇{number // 3}/申请表.docx", filled)
        drop(county_inbox(home, number), f"镇{number // 3}/发展规划.docx", plan)
    for number in range(3):
        drop(county_inbox(home, number + 1), f"又一次{number}.docx", form(number))
        drop(county_inbox(home, number), f"读不了{number}.docx", f"no Word file {number}".encode() * 50)
    return dropped


def until(is_so: Callable[[], bool]) -> None:
    """Waits for something that comes to pass by itself."""
    end = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.2)


def asked(url: str, query: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in postgres.asked(url, query)]


def entered(url: str) -> int:
    return int(str(asked(url, "SELECT count(*) FROM register_paper")[0][0]))


def is_over(url: str, papers: int) -> bool:
    query = """SELECT (SELECT count(*) FROM register_paper), (SELECT count(*) FROM procrastinate_jobs WHERE status <> 'succeeded'),
        (SELECT count(*) FROM register_publication WHERE state IN ('pending', 'stale'))"""
    return asked(url, query) == [(papers, 0, 0)]


def hashes(folder: Path) -> Counter[str]:
    return Counter(hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file())


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of POSIX systems")
def test_killed_workers_lose_nothing_and_do_nothing_twice(server: Server, tmp_path: Path) -> None:
    url = server.create()
    (tmp_path / "formflow.toml").write_text(SETTINGS, encoding="utf-8")
    dropped = fill(tmp_path)
    assert len(dropped) >= 60
    with machines(tmp_path, url) as office:
        for name in ("serve", "worker-1", "worker-2", "worker-3"):
            office.start(name)
        until(lambda: asked(url, "SELECT to_regclass('register_paper') IS NOT NULL") == [(True,)])
        for number, name in enumerate(KILLS, 1):
            until(lambda number=number: entered(url) >= 8 * number)  # type: ignore[misc]
            office.kill(name)
            office.start(name)
            if number == 2:
                server.restart()
        until(lambda: is_over(url, len(dropped)))
        # Nobody has taken the restart of the database for a word to stop.
        assert {name: process.poll() for name, process in office.running.items()} == dict.fromkeys(office.running)
        assert set(office.stop().values()) == {0}

    home, outbox = tmp_path, tmp_path / "outbox"
    # Nothing lost: each file that was dropped stands in the outbox, as often as it was dropped, and nowhere else.
    wanted = Counter(hashlib.sha256(data).hexdigest() for data in dropped)
    standing = hashes(outbox)
    assert {digest: standing[digest] for digest in wanted} == wanted
    left = [
        path for folder in ("inbox", "counties", "state/claimed", "state/tmp") for path in (home / folder).rglob("*")
    ]
    assert [path for path in left if path.is_file()] == []
    assert list(outbox.rglob(".part-*")) == []
    # Nothing doubled: one case, one record and one letter of each unit, in both formats.
    assert asked(url, "SELECT state, count(*) FROM register_paper GROUP BY 1 ORDER BY 1") == [
        ("duplicate", 3),
        ("filed", 60),
        ("set_aside", 3),
    ]
    cases = asked(url, "SELECT c.id, count(DISTINCT r.id), count(DISTINCT l.id) FROM register_case c JOIN register_record r ON r.case_id = c.id JOIN register_letter l ON l.case_id = c.id GROUP BY 1")  # fmt: skip
    assert [counts[1:] for counts in cases] == [(1, 1)] * 54
    letters = list(outbox.rglob("*通知书*"))
    assert Counter(path.suffix for path in letters) == {".docx": 54, ".pdf": 54}
    assert {path.stem for path in letters} == {"受理通知书", "补正通知书"}
    # An attachment was there before its form was judged: it is with its unit, and nobody was asked for it.
    joined = asked(url, "SELECT count(*) FROM register_paper p JOIN register_case c ON c.id = p.case_id WHERE p.kind = 'attachment' AND c.unit LIKE '%白鹭%'")  # fmt: skip
    assert joined == [(6,)]
    # No number is missing, and the journal is one chain.
    numbers = asked(url, "SELECT year, min(number), max(number), count(*) FROM register_case GROUP BY year")
    assert all(least == 1 and most == count for _, least, most, count in numbers)
    assert shared_register.alone(shared_register.verified, url)[1] is None
    published = asked(url, "SELECT bundle, position FROM register_publication WHERE state = 'done' GROUP BY 1, 2 HAVING count(*) > 1")  # fmt: skip
    assert published == []
