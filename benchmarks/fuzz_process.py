"""One target being fuzzed, in a process that libFuzzer never returns from: started by `benchmarks.fuzz`, not by people.

Arguments: the target, the folder for finds, the folder of inputs, libFuzzer's own flags. A find does not end it: what was raised, or took too
long, is made small, written with its traceback, and the fuzzing goes on; another input that fails at the same place is not another find.
"""

from __future__ import annotations

import hashlib
import random
import sys
import time
import traceback
from pathlib import Path

import atheris

ROOT = Path(__file__).parents[1]
# How libFuzzer ends: an input crashed it, hung, took too much memory.
CRASHED = (1, 70, 71, 77)
SLOW_S = 8.0
_SMALLER_S = 20.0


class Fuzzed:
    """A target, and what was found of it so far."""

    def __init__(self, name: str, found: Path) -> None:
        from support.fuzz_targets import TARGETS, attempt

        self._target, self._attempt, self._found = TARGETS[name], attempt, found
        self.seeds = self._target.seeds()
        self._known: set[str] = set()

    def one(self, data: bytes) -> None:
        """An input is tried."""
        place, told = self._failure(data)
        if place and place not in self._known:
            self._known.add(place)
            small = self._smaller(data, place)
            digest = hashlib.sha256(small).hexdigest()[:8]
            (self._found / f"{digest}.bin").write_bytes(small)
            (self._found / f"{digest}.txt").write_text(f"{place}\n\n{told}", encoding="utf-8")

    def _failure(self, data: bytes) -> tuple[str, str]:
        """Where an input fails, and the traceback; "" where it does not."""
        start = time.process_time()
        try:
            self._attempt(self._target, data)
        except Exception as error:
            frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "formflow" in frame.filename]
            last = frames[-1] if frames else None
            place = f"{type(error).__name__} {Path(last.filename).name}:{last.name}" if last else type(error).__name__
            return place, traceback.format_exc()
        spent = time.process_time() - start
        return (f"slow {spent:.0f} s", "") if spent > SLOW_S else ("", "")

    def _smaller(self, data: bytes, place: str) -> bytes:
        """A shorter input that fails at the same place, as far as cutting pieces out leads in a while."""
        if place.startswith("slow"):
            return data
        end, size = time.monotonic() + _SMALLER_S, max(1, len(data) // 2)
        while size and time.monotonic() < end:
            at = 0
            while at < len(data) and time.monotonic() < end:
                shorter = data[:at] + data[at + size :]
                if self._failure(shorter)[0] == place:
                    data = shorter
                else:
                    at += size
            size //= 2
        return data

    def spoil(self, data: bytes, most: int, seed: int) -> bytes:
        """libFuzzer's next input made of an earlier one."""
        if self._target.spoil is None or seed % 8 == 0:
            return bytes(atheris.Mutate(data, most))
        fresh = self._target.spoil(data, random.Random(seed), lambda part: bytes(atheris.Mutate(part, len(part) + 64)))
        return fresh if len(fresh) <= most else data


def main() -> None:
    """Fuzzes until the time is up."""
    name, found, inputs, *flags = sys.argv[1:]
    sys.path.insert(0, str(ROOT / "tests"))
    with atheris.instrument_imports(include=["formflow"], enable_loader_override=False):
        fuzzed = Fuzzed(name, Path(found))
    for number, seed in enumerate(fuzzed.seeds):
        (Path(inputs) / f"seed-{number}").write_bytes(seed)
    atheris.Setup([sys.argv[0], inputs, *flags], fuzzed.one, custom_mutator=fuzzed.spoil)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
