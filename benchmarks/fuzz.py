"""`python -m benchmarks.fuzz --seconds N [--target T]…`: spoiled papers for as long as one likes, guided by what code they reach (atheris).

Each target of `tests/support/fuzz_targets.py` runs in a process of its own for N seconds. Whatever is raised that is not the program's own
refusal, takes more than `SLOW_S` of processor time, or ends the process, is a find: it is made small and left in `--found` (by default a
folder in the working folder), to be mended and then kept in `tests/hostile/corpus/<target>/`. Exit code 1 if anything was found.
Needs `pip install 'formflow[fuzz]'`; nothing else does.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.fuzz_process import CRASHED, ROOT

# The largest input, and the address space in MB, that libFuzzer allows.
_MOST_BYTES, _MEMORY_MB = 200_000, 3000
_HANGS_S = 40


def main() -> int:
    """Fuzzes, prints a line for each target, and says whether anything was found."""
    asked = _arguments()
    found: list[Path] = []
    print(f"{'target':10} {'seconds':>8} {'tried':>9} {'kept':>6} {'found':>6}", flush=True)
    for name in asked.target or _names():
        start = time.monotonic()
        runs, kept, own = _fuzzed(name, asked.seconds, asked.found / name)
        found += own
        print(f"{name:10} {time.monotonic() - start:8.0f} {runs:9} {kept:6} {len(own):6}", flush=True)
    print(*found, sep="\n")
    return 1 if found else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--target", action="append", choices=_names())
    parser.add_argument("--found", type=Path, default=Path("fuzz-found"), help="where finds are left")
    return parser.parse_args()


def _names() -> list[str]:
    sys.path.insert(0, str(ROOT / "tests"))
    from support.fuzz_targets import TARGETS

    return list(TARGETS)


def _fuzzed(name: str, seconds: int, found: Path) -> tuple[int, int, list[Path]]:
    """Inputs tried, inputs that reached something new, and the finds. A process that a find ended is followed by another."""
    found.mkdir(parents=True, exist_ok=True)
    before = set(found.iterdir())
    runs, end = 0, time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as folder:
        while (left := int(end - time.monotonic())) > 0:
            said = _process(name, left, Path(folder), found)
            runs += sum(map(int, re.findall(r"stat::number_of_executed_units: (\d+)", said)))
        kept = sum(1 for _ in Path(folder).iterdir())
    return runs, kept, sorted(path for path in set(found.iterdir()) - before if path.suffix == ".bin")


def _process(name: str, seconds: int, inputs: Path, found: Path) -> str:
    """What libFuzzer said. An input that it was ended by is named after what it was and what was said."""
    limits = (
        f"-max_total_time={seconds}",
        f"-timeout={_HANGS_S}",
        f"-rss_limit_mb={_MEMORY_MB}",
        f"-max_len={_MOST_BYTES}",
        "-report_slow_units=9999",  # finds are told by processor time, in `fuzz_process`
    )
    command = [sys.executable, "-m", "benchmarks.fuzz_process", name, str(found), str(inputs)]
    run = subprocess.run(
        [*command, *limits, f"-artifact_prefix={found}/", "-print_final_stats=1", "-use_value_profile=0"],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        check=False,
    )
    said = run.stderr.decode("utf-8", "replace")
    for path in found.iterdir():
        if path.name.startswith(("crash-", "timeout-", "oom-", "leak-")):
            kind = path.name.partition("-")[0]
            digest = hashlib.sha256(path.read_bytes()).hexdigest()[:8]
            path.rename(found / f"{kind.upper()}-{digest}.bin")
            (found / f"{kind.upper()}-{digest}.txt").write_text(said[-6000:], encoding="utf-8")
    if run.returncode not in (0, *CRASHED) and "stat::" not in said:
        raise RuntimeError(said[-3000:])
    return said


if __name__ == "__main__":
    sys.exit(main())
