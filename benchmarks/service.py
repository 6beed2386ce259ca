"""What a case costs from the settled file to the published letter, what starting costs, and what an idle service costs.

`rows()` is what the whole benchmark asks for; `python -m benchmarks.service` prints these rows alone. Everything runs as it does in an
office: the reader in its own limited process, the register on disk with every commit synced, letters in both formats.
"""

from __future__ import annotations

import io
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.row import Row, ratio, show

if TYPE_CHECKING:
    from formflow.service.office import Office

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "templates" / "nantong-service-centre" / "samples"
BATCHES, CASES = 3, 20
STARTS = 9
IDLE_S = 20.0
CASES_REACH, HELP_REACH, CPU_REACH, MEMORY_REACH = 15.0, 2.5, 1.0, 150.0
_TICKS = os.sysconf("SC_CLK_TCK")


def rows() -> list[Row]:
    """Cases a second and core, the start of the command line, and the idle service."""
    return [_cases(), _help(), *_idle()]


def _cases() -> Row:
    """Cases a second, service and reader on one core; the median of some batches. Units are invented by number, so that each form opens
    a case of its own."""
    from formflow.service.home import Home
    from formflow.service.office import opened

    with tempfile.TemporaryDirectory() as folder, one_core() as where:
        home = Home(Path(folder))
        with opened(home) as office:
            _work_off(office, 4, "warm")
            spent = [_work_off(office, CASES, f"batch{number}") for number in range(BATCHES)]
    each, processor = (statistics.median(column) / CASES for column in zip(*spent, strict=True))
    # Where the two cannot be held on one core, what they use together is what a core would take.
    rate = 1 / max(each, processor)
    note = f"{BATCHES} × {CASES} cases, {1000 * each:.0f} ms each, of it {1000 * processor:.0f} ms processor; {where}"
    return Row("cases from settled file to both letters, a second and core", rate, "≥ 15", rate >= CASES_REACH, note)


def _work_off(office: Office, count: int, word: str) -> tuple[float, float]:
    """Seconds, and processor seconds, from the settled files to the published letters of some cases."""
    from formflow.service import engine

    _fill(office.home.inbox, count, word)
    time.sleep(office.settle_s)
    elapsed, used = time.perf_counter(), _cpu_seconds()
    summary = engine.work_off(office)
    elapsed, used = time.perf_counter() - elapsed, _cpu_seconds() - used
    assert len(summary.done) == count, summary
    letters = sum(1 for _ in office.home.outbox.rglob(f"*{word}*/*.pdf"))
    assert letters == count, letters
    return elapsed, used


@contextmanager
def one_core() -> Iterator[str]:
    """Holds this process, and those it starts, on one core, where the system can; says which."""
    if not hasattr(os, "sched_setaffinity"):
        yield "not held on one core"
        return
    before = os.sched_getaffinity(0)
    core = max(before)
    os.sched_setaffinity(0, {core})
    try:
        yield f"held on core {core}"
    finally:
        os.sched_setaffinity(0, before)


def _fill(inbox: Path, count: int, word: str) -> None:
    forms = [path for path in sorted(SAMPLES.glob("*申请表*.docx")) if b"document" in path.read_bytes()][:4]
    for number in range(count):
        (inbox / f"{word}{number}.docx").write_bytes(_renamed(forms[number % len(forms)], f"{word}{number}"))


def _renamed(path: Path, word: str) -> bytes:
    """The form of another unit: 职工服务中心 after a number of its own."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "word/document.xml":
                data = data.replace("职工服务中心".encode(), f"{word}职工服务中心".encode())
            new.writestr(entry, data)
    return out.getvalue()


def _cpu_seconds() -> float:
    """Processor time of this process and of the reader's, which is still alive."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
    return own.ru_utime + own.ru_stime + sum(_process_seconds(int(child)) for child in children)


def _process_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _help() -> Row:
    command = [str(Path(sys.executable).with_name("formflow")), "--help"]
    floor = [sys.executable, "-c", "import click"]
    value = ratio(lambda: _start(command), lambda: _start(floor), STARTS)
    return Row('formflow --help ÷ python -c "import click"', value, "≤ 2.5×", value <= HELP_REACH)


def _start(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _idle() -> list[Row]:
    """A service that has dealt with some papers and waits for more: its processor share, its and its reader's memory."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "inbox").mkdir()
        _fill(home / "inbox", 4, "idle")
        command = [sys.executable, "-m", "formflow.cli", "serve", "--home", folder]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
            _wait_until_empty(home / "inbox")
            processes = _family(process.pid)
            before = sum(map(_process_seconds, processes))
            time.sleep(IDLE_S)
            share = 100 * (sum(map(_process_seconds, processes)) - before) / IDLE_S
            memory = [_resident_mb(pid) for pid in processes]
            process.terminate()
    parts = " + ".join(f"{part:.0f}" for part in memory)
    return [
        Row("idle service, % of a core", share, "< 1 %", share < CPU_REACH, f"over {IDLE_S:.0f} s"),
        Row(
            "idle service, MB resident",
            sum(memory),
            "< 150 MB",
            sum(memory) < MEMORY_REACH,
            f"service and its reader: {parts}",
        ),
    ]


def _wait_until_empty(inbox: Path) -> None:
    for _ in range(600):
        if not any(inbox.iterdir()):
            time.sleep(3)
            return
        time.sleep(0.1)
    raise TimeoutError(inbox)


def _family(pid: int) -> list[int]:
    children = [
        int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()
    ]
    return [pid, *(found for child in children for found in _family(child))]


def _resident_mb(pid: int) -> float:
    """Without the pages that are shared with other processes counted twice: the proportional set size."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    show(rows())
