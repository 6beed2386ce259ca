"""What real papers, quiet moments and single commands cost when the register is full: by default at 100,000 cases, beside one of 1,000.

Two homes are filled (see `filling`) and work off the same papers in turns, as an office does: reader in its own process, register on disk,
letters in both formats. Then what is done over all cases or over a year is timed in the full home, and an idle `serve` watched.
`python -m benchmarks.grown [CASES]`; takes a quarter of an hour and twelve gigabytes of disk at 100,000.
"""

from __future__ import annotations

import contextlib
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.filling import fill
from benchmarks.row import Row, show
from benchmarks.service import IDLE_S, SAMPLES, _family, _process_seconds, _resident_mb, _work_off, one_core

if TYPE_CHECKING:
    from formflow.service.office import Office

CASES, EARLY = 100_000, 1_000
TURNS, TURN = 5, 20
REACH, CPU_REACH, MEMORY_REACH = 1.1, 1.0, 150.0
# Papers of one year that are all in the samples.
_OTHER_YEARS = ("*菱塘*", "*墨河*")
_PORT = 47_311


def rows(cases: int = CASES) -> list[Row]:
    """The ratio, then what it costs to go over everything."""
    with tempfile.TemporaryDirectory() as folder:
        few, many = Path(folder) / "few", Path(folder) / "many"
        _begun(few)
        shutil.copytree(few, many)
        fill(few / "state" / "register.sqlite3", EARLY)
        began = time.perf_counter()
        there = fill(many / "state" / "register.sqlite3", cases)
        print(f"{there:,} cases filled in {time.perf_counter() - began:.0f} s", file=sys.stderr)
        return [_growth(few, many, there), *_renewal(many), *_commands(many, Path(folder)), *_idle(many)]


def _begun(root: Path) -> None:
    """A home in which the samples of one year have been worked off."""
    _call("init", str(root))
    target = root / "inbox" / "samples"
    shutil.copytree(SAMPLES, target)
    for pattern in _OTHER_YEARS:
        for path in target.glob(pattern):
            path.unlink()
    _call("run", "--home", str(root))


def _growth(few: Path, many: Path, cases: int) -> Row:
    """A case with few others ÷ with many, in processor time; workbooks of the year are not made meanwhile."""
    spent: dict[Path, list[tuple[float, float]]] = {few: [], many: []}
    with one_core() as where:
        for turn in range(TURNS):
            for home in (few, many):
                spent[home].append(_turn(home, turn))
    each = {
        home: [statistics.median(column) / TURN for column in zip(*turns, strict=True)] for home, turns in spent.items()
    }
    elapsed, processor = (late / early for early, late in zip(each[few], each[many], strict=True))
    note = f"{1000 * each[many][1]:.0f} ms of the processor a case, {TURNS} × {TURN} cases in turns; on the clock {elapsed:.2f}; {where}"
    name = f"real papers: cost of the {cases:,}th case ÷ the {EARLY:,}th"
    return Row(name, processor, f"≤ {REACH:g}", processor <= REACH, note)


def _turn(root: Path, turn: int) -> tuple[float, float]:
    """Seconds and processor seconds of some cases."""
    from formflow.service.home import Home
    from formflow.service.office import opened

    with opened(Home(root)) as office, _without_workbooks():
        _work_off(office, 4, f"warm{turn}x")
        return _work_off(office, TURN, f"turn{turn}x")


@contextmanager
def _without_workbooks() -> Iterator[None]:
    from formflow.service import engine

    renew = engine._renew_workbooks
    engine._renew_workbooks = lambda office, log: None
    try:
        yield
    finally:
        engine._renew_workbooks = renew


def _renewal(root: Path) -> Iterator[Row]:
    """What a quiet moment costs after a paper."""
    from formflow.service.home import Home
    from formflow.service.office import opened

    with opened(Home(root)) as office:
        from formflow.service import workbooks
        from formflow.service.delivery import deliver

        def renewed() -> None:
            workbooks.renew(office)
            deliver(office)

        _seem_renewed(office)
        units = _one_more(office)
        seconds = _seconds(renewed)
        note = f"a year of {units:,} units; then none for nine times as long"
        yield Row("s to renew the workbooks of the year a paper came for", seconds, note=note)
        yield Row("ms to see that nothing has happened", 1000 * _seconds(lambda: workbooks.renew(office)))


def _seem_renewed(office: Office) -> None:
    """Every year's workbooks as if they had been gone over: a register that has grown for years has been through that year by year."""
    from formflow.register import books, renewals
    from formflow.service import packs_shown, workbooks

    with books.transaction():
        for kind in workbooks.kinds():
            for this in kind.rounds(office):
                renewals.workbook(kind.id, this)
    renewals.look_past(renewals.last_event())
    packs_shown.note(office.home, office.programmes)


def _one_more(office: Office) -> int:
    """One more case; how many its year has."""
    from formflow.register.models import Case

    with _without_workbooks():
        _work_off(office, 1, "quiet")
    return Case.objects.filter(year=2022).count()


def _commands(root: Path, folder: Path) -> Iterator[Row]:
    """Commands that go over everything: seconds, and the most memory they took."""
    home = ("--home", str(root))
    commands: tuple[tuple[str, ...], ...] = (
        ("cases", "--incomplete", "--json", *home),
        ("cases", "--xlsx", str(folder / "cases.xlsx"), *home),
        ("doctor", *home),
        ("audit", "verify", "--json", *home),
        ("audit", "export", "--jsonl", str(folder / "journal.jsonl"), *home),
        ("audit", "export", "--xlsx", str(folder / "journal.xlsx"), *home),
        ("backup", str(folder / "backup.tar"), *home),
        ("run", *home),
    )
    for command in commands:
        seconds, memory = _measured(command)
        name = " ".join(word for word in command if not word.startswith(("/", "--home")))
        yield Row(f"s for formflow {name}", seconds, note=f"{memory:.0f} MB at most")


def _measured(command: tuple[str, ...]) -> tuple[float, float]:
    """Seconds, and megabytes at most."""
    begun, most = time.perf_counter(), 0.0
    with subprocess.Popen([sys.executable, "-m", "formflow.cli", *command], stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            most = max(most, _high_water_mb(process.pid))
            time.sleep(0.02)
    return time.perf_counter() - begun, most


def _high_water_mb(pid: int) -> float:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return 0.0


def _idle(root: Path) -> Iterator[Row]:
    """A service with all that behind it and nothing to do."""
    command = [sys.executable, "-m", "formflow.cli", "serve", "--home", str(root), "--listen", f"127.0.0.1:{_PORT}"]
    begun = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        _until_well()
        started = time.perf_counter() - begun
        time.sleep(10)
        processes = _family(process.pid)
        before = sum(map(_process_seconds, processes))
        time.sleep(IDLE_S)
        share = 100 * (sum(map(_process_seconds, processes)) - before) / IDLE_S
        memory = sum(map(_resident_mb, processes))
        figures = statistics.median(_seconds(lambda: _asked("/metrics")) for _ in range(5))
        process.terminate()
    yield Row("s until serve is well", started)
    yield Row("idle, % of a core", share, "< 1 %", share < CPU_REACH, f"over {IDLE_S:.0f} s")
    yield Row("idle, MB resident", memory, "< 150 MB", memory < MEMORY_REACH)
    yield Row("ms for /metrics", 1000 * figures)


def _until_well() -> None:
    for _ in range(600):
        try:
            return _asked("/healthz")
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("serve did not get well")


def _asked(path: str) -> None:
    with urllib.request.urlopen(f"http://127.0.0.1:{_PORT}{path}", timeout=60) as answer:
        answer.read()


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _call(*command: str) -> None:
    done = subprocess.run([sys.executable, "-m", "formflow.cli", *command], stdout=subprocess.DEVNULL, check=False)
    assert done.returncode in (0, 1), command


if __name__ == "__main__":
    show(rows(*map(int, sys.argv[1:])))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"most memory of the measuring process, which made the workbooks: {peak:.0f} MB")
