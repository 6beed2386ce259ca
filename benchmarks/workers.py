"""What several workers do on one PostgreSQL: papers a second with one, two and four of them, and how many jobs that do nothing the engine
gets through in the same way.

`rows()` is what the whole benchmark asks for; `python -m benchmarks.workers` prints these rows alone. The database runs on this machine, every
commit synced; so do the workers, which therefore share its cores: with more workers than cores nothing can become faster. Nothing is
measured where PostgreSQL is not installed.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.row import Row, show
from benchmarks.service import _fill

sys.path.append(str(Path(__file__).parents[1] / "tests"))
from support import postgres
from support.postgres import Server

VARIABLE = "FORMFLOW_DATABASE_URL"
WORKERS = (1, 2, 4)
CASES, NOTHINGS = 120, 1000
# Less would mean that the workers wait for each other: the register lets one transaction write at a time.
GAIN_REACH = 1.5
AT_ONCE = 64
_SETTINGS = f"[inbox]\nsettle_s = 0.1\nrescan_s = 0.2\nat_once = {AT_ONCE}\n[worker]\nheartbeat_s = 2\nstalled_s = 60\n"
# One county's heap, and a few papers of another that come when it is being worked on.
HEAP, FEW = 2000, 3
# What of the heap has been handed out before goes first, and a few that are handed out in turn.
TURNS_REACH = 1.25 * AT_ONCE
_COUNTIES = "".join(f'[[inbox.counties]]\nname = "{name}"\npath = "{name}"\n' for name in ("heap", "few"))
_NOTHING = "benchmark.nothing"


def rows() -> list[Row]:
    """Papers and empty jobs a second, by the number of workers."""
    if postgres.programs() is None:
        return []
    with postgres.server(is_durable=True) as server:
        measured = {count: _papers(server, count) for count in WORKERS}
        nothings = {count: _nothings_a_second(server, count) for count in WORKERS}
        turns = _turns(server)
        writing_s, processor_s = _writing_s(server)
    papers = {count: found.a_second for count, found in measured.items()}
    note = f"so {1 / writing_s:.0f} forms/s at most; {1000 * processor_s:.0f} ms of it the worker's processor"
    writing = Row("ms a form keeps the register to itself", 1000 * writing_s, note=note)
    return [*_told(papers, nothings), _gain(papers), turns, writing, *_room(measured[WORKERS[-1]])]


def _writing_s(server: Server) -> tuple[float, float]:
    command = [sys.executable, "-m", "benchmarks.writing", server.create()]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    whole, processor = printed.split()
    return float(whole), float(processor)


@dataclass(frozen=True, slots=True)
class _Papers:
    """Forms a second; the processor seconds that one takes, in serve and workers with their readers, and in the database; and the bytes
    that it takes up for good."""

    a_second: float
    worker_s: float
    database_s: float
    outbox_bytes: float
    database_bytes: float


def _told(papers: dict[int, float], nothings: dict[int, float]) -> Iterator[Row]:
    for count in WORKERS:
        workers = f"{count} worker{'s' * (count > 1)} on PostgreSQL"
        yield Row(f"papers a second, {workers}", papers[count], note=f"{CASES} forms to both letters")
        share = papers[count] / nothings[count]
        yield Row(f"papers ÷ jobs that do nothing, {workers}", share, note=f"{nothings[count]:.0f} empty jobs a second")


def _gain(papers: dict[int, float]) -> Row:
    cores = os.cpu_count() or 1
    gain = papers[2] / papers[1]
    # Where database, reader and workers have only two cores between them, a second worker has no core of its own.
    is_held = cores >= 4
    reach = f"≥ {GAIN_REACH}" if is_held else ""
    return Row("two workers ÷ one", gain, reach, not is_held or gain >= GAIN_REACH, f"{cores} cores for everything")


def _room(found: _Papers) -> Iterator[Row]:
    yield Row("processor ms a form, serve and workers with their readers", 1000 * found.worker_s)
    yield Row("processor ms a form, the database", 1000 * found.database_s)
    yield Row("KB in the outbox, one form with its letters and 审核表", found.outbox_bytes / 1024)
    yield Row(
        "KB in the database, the same", found.database_bytes / 1024, note="without indexes' and tables' first pages"
    )


def _papers(server: Server, count: int) -> _Papers:
    """From the first paper entered to the last letter published, the papers in between."""
    url = server.create()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        home = Path(folder)
        (home / "formflow.toml").write_text(_SETTINGS, encoding="utf-8")
        (home / "inbox").mkdir()
        commands = [["serve"], *(["worker", "--name", f"w{number}"] for number in range(count))]
        ours = [stack.enter_context(_running(command, home, url)) for command in commands]
        theirs = [int((server.folder / "data" / "postmaster.pid").read_text().split()[0])]
        _until(lambda: _asked(url, "SELECT count(*) FROM procrastinate_workers") == count)
        _fill(home / "inbox", 4 * count, "warm")
        _until(lambda: _published(url) == 4 * count)
        room = _asked(url, "SELECT pg_database_size(current_database())")
        _fill(home / "inbox", CASES, "case")
        _until(lambda: _published(url) > 4 * count)
        begun, first, used = time.perf_counter(), _published(url), [_processor_s(ours), _processor_s(theirs)]
        _until(lambda: _published(url) == 4 * count + CASES)
        done = CASES + 4 * count - first
        rate = done / (time.perf_counter() - begun)
        ours_s, theirs_s = _processor_s(ours) - used[0], _processor_s(theirs) - used[1]
        grown = _asked(url, "SELECT pg_database_size(current_database())") - room
        folders = [path for path in (home / "outbox").rglob("*case*") if path.is_dir()]
        stored = sum(path.stat().st_size for folder in folders for path in folder.rglob("*") if path.is_file())
        return _Papers(rate, ours_s / done, theirs_s / done, stored / len(folders), grown / CASES)


def _turns(server: Server) -> Row:
    """How many papers of a county with a heap are answered before the few of another that came later."""
    url = server.create()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        home = Path(folder)
        (home / "formflow.toml").write_text(_SETTINGS + _COUNTIES, encoding="utf-8")
        for name in ("inbox", "heap", "few"):
            (home / name).mkdir()
        _fill(home / "heap", HEAP, "heap")
        for command in (["serve"], ["worker", "--name", "w1"], ["worker", "--name", "w2"]):
            stack.enter_context(_running(command, home, url))
        _until(lambda: _published(url) >= 2 * FEW)
        begun, before = time.perf_counter(), _published(url)
        _fill(home / "few", FEW, "few")
        _until(lambda: _published(url, "few") == FEW)
        took_s, meanwhile = time.perf_counter() - begun, _published(url) - before - FEW
    name = f"papers of a county with {HEAP} answered before {FEW} of another that came later"
    note = f"{took_s:.0f} s; {AT_ONCE} of each inbox handed out at once"
    return Row(name, meanwhile, f"≤ {TURNS_REACH:.0f}", meanwhile <= TURNS_REACH, note)


def _processor_s(roots: list[int]) -> float:
    """Processor seconds of processes and all that they have started, ended ones included."""
    parents: dict[int, list[int]] = {}
    spent: dict[int, float] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = path.read_text().rpartition(")")[2].split()
            parents.setdefault(int(fields[1]), []).append(int(path.parent.name))
            spent[int(path.parent.name)] = sum(int(ticks) for ticks in fields[11:15]) / os.sysconf("SC_CLK_TCK")
    found = list(roots)
    for pid in found:
        found.extend(parents.get(pid, ()))
    return sum(spent.get(pid, 0.0) for pid in found)


def _published(url: str, word: str = "") -> int:
    """How many letters stand in the outbox, of units with a word in their names."""
    query = "SELECT count(*) FROM register_publication WHERE what = 'letter_pdf' AND state = 'done'"
    return _asked(url, f"{query} AND folder LIKE '%{word}%'")


def _nothings_a_second(server: Server, count: int) -> float:
    """The engine alone, with the settings our workers have: jobs that do nothing, deferred beforehand."""
    url = server.create()
    _call(_EMPTY.format(work="app.schema_manager.apply_schema()"), url)
    _call(_EMPTY.format(work=f"[nothing.defer() for _ in range({NOTHINGS})]"), url)
    with ExitStack() as stack:
        for _ in range(count):
            run = "app.run_worker(concurrency=1, delete_jobs='successful', install_signal_handlers=False)"
            stack.enter_context(_started([sys.executable, "-c", _EMPTY_WORKER.format(run=run)], url))
        _until(lambda: _asked(url, "SELECT count(*) FROM procrastinate_jobs") < NOTHINGS)
        begun, left = time.perf_counter(), _asked(url, "SELECT count(*) FROM procrastinate_jobs")
        _until(lambda: _asked(url, "SELECT count(*) FROM procrastinate_jobs") == 0)
        return left / (time.perf_counter() - begun)


_APP = f"""
import os, warnings
warnings.simplefilter("ignore")
from procrastinate import App, PsycopgConnector, SyncPsycopgConnector
app = App(connector=%s(conninfo=os.environ["{VARIABLE}"]))
@app.task(name="{_NOTHING}")
def nothing():
    pass
"""
_EMPTY = _APP % "SyncPsycopgConnector" + "with app.open():\n    {work}\n"
_EMPTY_WORKER = _APP % "PsycopgConnector" + "{run}\n"


def _call(script: str, url: str) -> None:
    quiet = subprocess.DEVNULL
    subprocess.run([sys.executable, "-c", script], check=True, env={**os.environ, VARIABLE: url}, stderr=quiet)


@contextmanager
def _running(command: list[str], home: Path, url: str) -> Iterator[int]:
    with _started([sys.executable, "-m", "formflow.cli", *command, "--home", str(home)], url) as pid:
        yield pid


@contextmanager
def _started(command: list[str], url: str) -> Iterator[int]:
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, env={**os.environ, VARIABLE: url}, stdout=quiet, stderr=quiet) as process:
        try:
            yield process.pid
        finally:
            process.terminate()


def _asked(url: str, query: str) -> int:
    """A number; 0 as long as there is no such table."""
    import psycopg

    try:
        return int(postgres.asked(url, query)[0][0])
    except psycopg.errors.UndefinedTable:
        return 0


def _until(is_so: Callable[[], bool], patience_s: float = 300.0) -> None:
    end = time.monotonic() + patience_s
    while not is_so():
        if time.monotonic() > end:
            raise TimeoutError("the workers did not get through")
        time.sleep(0.05)


if __name__ == "__main__":
    show(rows())
