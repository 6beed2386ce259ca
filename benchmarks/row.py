"""One line of the table that `python -m benchmarks` prints, and the measuring that all of them share."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A measured number: its name, the value, what it should reach ("≤ 3×"; "" where it is only told), whether it does, and what else
    there is to say. `value` is None where there is nothing to measure yet."""

    name: str
    value: float | None
    reach: str = ""
    ok: bool = True
    note: str = ""


def ratio(work: Callable[[], object], floor: Callable[[], object], pairs: int) -> float:
    """How many times the floor the work costs: both done in turn, so that a busy machine slows both; the median of the pairs."""
    work(), floor()
    return statistics.median(seconds(work) / seconds(floor) for _ in range(pairs))


def seconds(work: Callable[[], object]) -> float:
    """What one go takes, on the wall clock."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def show(rows: Sequence[Row]) -> None:
    """The rows of one module, a line each."""
    for row in rows:
        verdict = f", {'ok' if row.ok else 'missed'}" if row.reach else ""
        print(
            f"{row.name}: {'—' if row.value is None else f'{row.value:.2f}'} ({row.reach or 'told only'}{verdict}; {row.note})"
        )
