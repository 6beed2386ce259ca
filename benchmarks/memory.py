"""Whether `serve` takes more memory the more papers it has dealt with: 10,000 papers of all kinds, with every workbook renewed meanwhile.

A real `serve` gets batches of papers, and a quiet moment after each; its resident memory with that of its reader is sampled. The median
over the last tenth is held against that over the second tenth: the first has loaded what it needs. Units are invented by number; each
hundred papers are of another of ten years. `python -m benchmarks.memory [PAPERS]`: 10,000 take twenty minutes on two free cores.
"""

from __future__ import annotations

import io
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from benchmarks.row import Row, show
from benchmarks.service import SAMPLES, _family

PAPERS, BATCH = 10_000, 100
REACH = 1.10
SAMPLED_S = 0.5
_SETTINGS = "[inbox]\nsettle_s = 0.2\nrescan_s = 0.5\nattachment_wait_s = 30\n"
# What stands in every sample's name of a unit.
_UNIT, _SHEETS = "职工服务中心", SAMPLES / "评分表"
# Units of which the samples have a form and a score sheet.
_TOWNS = ("柳湾镇", "白鹭镇", "石梁镇")


def rows(papers: int = PAPERS) -> list[Row]:
    """One row, with the memory of every tenth."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "inbox").mkdir()
        (home / "formflow.toml").write_text(_SETTINGS, encoding="utf-8")
        command = [sys.executable, "-m", "formflow.cli", "serve", "--home", folder]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            try:
                tenths = _fed(home, process, papers)
            finally:
                process.terminate()
    growth = tenths[-1] / tenths[1]
    said = ", ".join(f"{memory:.0f}" for memory in tenths)
    name = f"memory of serve and its reader, last tenth of {papers:,} papers ÷ second"
    return [Row(name, growth, f"≤ {REACH:g}", growth <= REACH, f"MB by tenths: {said}")]


def _fed(home: Path, process: subprocess.Popen[bytes], papers: int) -> list[float]:
    """The median of the samples over each tenth of the papers."""
    made, tenths = _papers(), []
    for tenth in range(10):
        with _Sampled(process.pid) as sampled:
            done = 0
            while done < papers // 10:
                done += _drop(home / "inbox", made, min(BATCH, papers // 10 - done))
                _until_empty(home / "inbox", process)
        tenths.append(statistics.median(sampled.found))
        print(f"{(tenth + 1) * papers // 10:,} papers: {tenths[-1]:.0f} MB", file=sys.stderr)
    return tenths


class _Sampled:
    """Samples the memory of a process and all that it has started, while the block lasts."""

    def __init__(self, pid: int) -> None:
        self.found: list[float] = []
        self._pid, self._stop = pid, threading.Event()
        self._thread = threading.Thread(target=self._sample)

    def __enter__(self) -> _Sampled:
        self._thread.start()
        return self

    def __exit__(self, *problem: object) -> None:
        self._stop.set()
        self._thread.join()

    def _sample(self) -> None:
        while not self._stop.wait(SAMPLED_S):
            try:
                self.found.append(sum(map(_resident_mb, _family(self._pid))))
            except OSError:  # one of them has ended meanwhile
                continue


def _resident_mb(pid: int) -> float:
    """What is resident of a process, the code it shares with others counted whole: a share of it would go by what else is at work."""
    for line in Path(f"/proc/{pid}/status").read_text("ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _drop(inbox: Path, made: Iterator[tuple[str, bytes]], wanted: int) -> int:
    for _ in range(wanted):
        name, data = next(made)
        (inbox / name).write_bytes(data)
    return wanted


def _until_empty(inbox: Path, process: subprocess.Popen[bytes]) -> None:
    """And a moment longer, in which the workbooks are renewed."""
    for _ in range(6000):
        if process.poll() is not None:
            raise RuntimeError("serve has ended")
        if not any(inbox.iterdir()):
            time.sleep(1.5)
            return
        time.sleep(0.1)
    raise TimeoutError(inbox)


def _papers() -> Iterator[tuple[str, bytes]]:
    """Papers without end, each another: forms, score sheets and plans of units that have applied, archives, what cannot be read."""
    forms = [
        path for path in sorted(SAMPLES.glob("*申请表*.docx")) if _UNIT.encode() in _parts(path)["word/document.xml"]
    ]
    plan = next(SAMPLES.glob("*发展规划.docx"))
    for number in count():
        tens = number // 10 * 10
        town = _TOWNS[tens // 10 % len(_TOWNS)]
        scored, sheet = next(SAMPLES.glob(f"{town}*申请表*.docx")), next(_SHEETS.glob(f"{town}*.xlsx"))
        match number % 10:
            case 0:
                yield f"{number}.docx", _renamed(scored, tens)
            case 6:
                yield f"{number}评分.xlsx", _renamed(sheet, tens)
            case 7:
                yield f"{number}.zip", _zipped(_renamed(forms[number % len(forms)], number), number)
            case 8:
                yield f"{number}发展规划.docx", _renamed(plan, tens)
            case 9:
                yield f"{number}.pdf", b"%PDF-1.7\n" + str(number).encode() * 50
            case _:
                yield f"{number}.docx", _renamed(forms[number % len(forms)], number)


def _parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _renamed(path: Path, number: int) -> bytes:
    """The paper of the unit of this number; of every other hundred, of another year."""
    out, years = io.BytesIO(), number // 100 % 10
    words = {_UNIT: f"第{number}{_UNIT}", "2022": str(2022 - years)}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in _parts(path).items():
            for old, new in words.items() if name.endswith(".xml") else ():
                data = data.replace(old.encode(), new.encode()).replace(_escaped(old), _escaped(new))
            archive.writestr(name, data)
    return out.getvalue()


def _escaped(text: str) -> bytes:
    """As openpyxl writes it: &#32844; and so on."""
    return text.encode("ascii", "xmlcharrefreplace")


def _zipped(form: bytes, number: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("申请表.docx", form)
        archive.writestr("说明.txt", f"第{number}批材料".encode())
    return out.getvalue()


if __name__ == "__main__":
    show(rows(*map(int, sys.argv[1:])))
