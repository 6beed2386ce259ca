"""One line of the table that `python -m benchmarks` prints, and the measuring that all of them share."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Row:
    """A measured number: its name, the value, what it should reach ("≤ 3×"; "" where it is only told), whether it does, and what else
    there is to say. `value` is None where there is nothing to measure yet."""

    name: str
    value: float | None
    reach: str = ""
    ok: bool = True
    note: str = ""


def ratio(work: Work, floor: Work, pairs: int) -> float:
    """How many times the floor the work costs: both done in turn, so that a busy machine slows both; the median of the pairs."""
    return ratios([(work, floor)], pairs)[0]


def ratios(tasks: Sequence[tuple[Work, Work]], pairs: int) -> list[float]:
    """The ratio of each work to its floor. They are gone through again and again, so that a busy moment spoils one pair of each and not all
    pairs of one."""
    for work, floor in tasks:
        work(), floor()
    rounds = [[seconds(work) / seconds(floor) for work, floor in tasks] for _ in range(pairs)]
    return [statistics.median(pair) for pair in zip(*rounds, strict=True)]


def seconds(work: Work) -> float:
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
