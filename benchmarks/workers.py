"""What several workers do on one PostgreSQL: papers a second with one, two and four of them, and how many jobs that do nothing the engine
gets through in the same way.

`rows()` is what the whole benchmark asks for; `python -m benchmarks.workers` prints these rows alone. The database runs on this machine, every
commit synced; so do the workers, which therefore share its cores: with more workers than cores nothing can become faster. Nothing is
measured where PostgreSQL is not installed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks.row import Row, show
from benchmarks.service import _fill

sys.path.append(str(Path(__file__).parents[1] / "tests"))
from support import postgres
from support.postgres import Server

VARIABLE = "FORMFLOW_DATABASE_URL"
WORKERS = (1, 2, 4)
CASES, NOTHINGS = 120, 1000
# The share of a second worker's rate that the register, which lets one transaction write at a time, may take.
GAIN_REACH = 1.5
_SETTINGS = "[inbox]\nsettle_s = 0.1\nrescan_s = 0.2\nat_once = 64\n[worker]\nheartbeat_s = 2\nstalled_s = 60\n"
_NOTHING = "benchmark.nothing"


def rows() -> list[Row]:
    """Papers and empty jobs a second, by the number of workers."""
    if postgres.programs() is None:
        return []
    with postgres.server(is_durable=True) as server:
        papers = {count: _papers_a_second(server, count) for count in WORKERS}
        nothings = {count: _nothings_a_second(server, count) for count in WORKERS}
    return [*_told(papers, nothings), _gain(papers)]


def _told(papers: dict[int, float], nothings: dict[int, float]) -> Iterator[Row]:
    for count in WORKERS:
        share = papers[count] / nothings[count]
        note = f"{CASES} forms to both letters; {nothings[count]:.0f} empty jobs/s, papers ÷ empty jobs {share:.3f}"
        yield Row(f"papers a second, {count} worker{'s' * (count > 1)} on PostgreSQL", papers[count], note=note)


def _gain(papers: dict[int, float]) -> Row:
    cores = os.cpu_count() or 1
    gain = papers[2] / papers[1]
    # Where database, reader and workers have only two cores between them, a second worker has no core of its own.
    is_held = cores >= 4
    reach = f"≥ {GAIN_REACH}" if is_held else ""
    return Row("two workers ÷ one", gain, reach, not is_held or gain >= GAIN_REACH, f"{cores} cores for everything")


def _papers_a_second(server: Server, count: int) -> float:
    """From the first paper entered to the last letter published, the papers in between."""
    url = server.create()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        home = Path(folder)
        (home / "formflow.toml").write_text(_SETTINGS, encoding="utf-8")
        (home / "inbox").mkdir()
        stack.enter_context(_running(["serve"], home, url))
        for number in range(count):
            stack.enter_context(_running(["worker", "--name", f"w{number}"], home, url))
        _until(lambda: _asked(url, "SELECT count(*) FROM procrastinate_workers") == count)
        _fill(home / "inbox", 4 * count, "warm")
        _until(lambda: _published(url) == 4 * count)
        _fill(home / "inbox", CASES, "case")
        _until(lambda: _published(url) > 4 * count)
        begun, first = time.perf_counter(), _published(url)
        _until(lambda: _published(url) == 4 * count + CASES)
        return (CASES + 4 * count - first) / (time.perf_counter() - begun)


def _published(url: str) -> int:
    """How many letters stand in the outbox."""
    return _asked(url, "SELECT count(*) FROM register_publication WHERE what = 'letter_pdf' AND state = 'done'")


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
import os
from procrastinate import App, PsycopgConnector, SyncPsycopgConnector
app = App(connector=%s(conninfo=os.environ["{VARIABLE}"]))
@app.task(name="{_NOTHING}")
def nothing():
    pass
"""
_EMPTY = _APP % "SyncPsycopgConnector" + "with app.open():\n    {work}\n"
_EMPTY_WORKER = _APP % "PsycopgConnector" + "{run}\n"


def _call(script: str, url: str) -> None:
    subprocess.run([sys.executable, "-c", script], check=True, env={**os.environ, VARIABLE: url})


@contextmanager
def _running(command: list[str], home: Path, url: str) -> Iterator[None]:
    with _started([sys.executable, "-m", "formflow.cli", *command, "--home", str(home)], url):
        yield


@contextmanager
def _started(command: list[str], url: str) -> Iterator[None]:
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, env={**os.environ, VARIABLE: url}, stdout=quiet, stderr=quiet) as process:
        try:
            yield
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
