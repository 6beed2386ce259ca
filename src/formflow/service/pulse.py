"""What the service says about itself while it works: whether it is well, and figures for Prometheus. Knows no person and no file name.

In: what the engine tells (`looked`, `worked`, `failed`), from its own thread. Out: `health` and `metrics`, for any other thread. Counters
begin anew with each start; what the register holds is asked of the register.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

# Longer than any one paper may take to read (90 s with a conversion), with all that an archive may hold.
SILENCE_S = 1800.0
# Upper bounds (seconds) in which the time for a paper is counted.
BUCKETS = (0.1, 0.5, 1.0, 5.0, 15.0, 60.0, 300.0)


@dataclass(frozen=True, slots=True)
class Health:
    """`is_well`: the service looks after its inbox. `reason` is a stable English word, "" when it is well; `sentence` (Chinese) says what
    happened and what to do, where that is known."""

    is_well: bool
    reason: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at the inboxes has shown: how many papers wait to be taken, how many things cannot be, the age (seconds) of the oldest paper,
    how many wait for over an hour, and how many inboxes could not be looked through."""

    waiting: int = 0
    held: int = 0
    oldest_s: float = 0.0
    overdue: int = 0
    away: int = 0

    def __add__(self, other: Look) -> Look:
        return Look(
            self.waiting + other.waiting,
            self.held + other.held,
            max(self.oldest_s, other.oldest_s),
            self.overdue + other.overdue,
            self.away + other.away,
        )


class Pulse:
    """The service's figures. `clock` is monotonic."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._started = self._last_sign = clock()
        self._is_failing, self._trouble = False, ""
        self._results: Counter[str] = Counter()
        self._buckets: Counter[float] = Counter()
        self._seconds, self._works = 0.0, 0
        self._errors = 0
        self._look = Look()
        self._held_back = 0, ""

    def looked(self, look: Look) -> None:
        """The inboxes were looked through."""
        with self._lock:
            self._last_sign, self._is_failing, self._look = self._clock(), False, look

    def held_back(self, count: int, sentence: str) -> None:
        """So many bundles of files cannot be put into the outbox, in words."""
        with self._lock:
            self._held_back = count, sentence

    def worked(self, results: Iterable[str], seconds: float) -> None:
        """A claimed file was dealt with: what became of each paper in it, and how long it took altogether."""
        with self._lock:
            self._last_sign = self._clock()
            self._results.update(results)
            self._works += 1
            self._seconds += seconds
            self._buckets.update(bound for bound in BUCKETS if seconds <= bound)

    def failed(self, trouble: str = "") -> None:
        """Disk, register or memory refused, in words; the service waits and tries again."""
        with self._lock:
            self._last_sign, self._is_failing, self._trouble = self._clock(), True, trouble
            self._errors += 1

    def health(self) -> Health:
        """`failing`: the last try ended with disk or register refusing. `silent`: nothing was heard for too long. `away`: an inbox cannot be
        looked through (a share that is gone). `held_back`: some files cannot be put into the outbox."""
        with self._lock:
            if self._clock() - self._last_sign > SILENCE_S:
                return Health(False, "silent")
            if self._is_failing:
                return Health(False, "failing", self._trouble)
            if self._look.away:
                return Health(False, "away")
            count, sentence = self._held_back
            return Health(False, "held_back", sentence) if count else Health(True)

    def metrics(self, register: Mapping[str, Mapping[str, int]]) -> str:
        """Everything in Prometheus' text format. `register`: what it holds, kind of entry → state → count."""
        with self._lock:
            lines = [*self._counted(), *self._timed(), *self._gauged()]
        for kind, states in sorted(register.items()):
            lines.append(f"# TYPE formflow_register_{kind} gauge")
            lines.extend(
                f'formflow_register_{kind}{{state="{state}"}} {count}' for state, count in sorted(states.items())
            )
        return "\n".join(lines) + "\n"

    def _counted(self) -> Iterable[str]:
        yield "# TYPE formflow_papers_total counter"
        yield from (
            f'formflow_papers_total{{result="{name}"}} {count}' for name, count in sorted(self._results.items())
        )
        yield "# TYPE formflow_errors_total counter"
        yield f"formflow_errors_total {self._errors}"

    def _timed(self) -> Iterable[str]:
        yield "# TYPE formflow_paper_seconds histogram"
        yield from (f'formflow_paper_seconds_bucket{{le="{bound}"}} {self._buckets[bound]}' for bound in BUCKETS)
        yield f'formflow_paper_seconds_bucket{{le="+Inf"}} {self._works}'
        yield f"formflow_paper_seconds_sum {self._seconds:.6f}"
        yield f"formflow_paper_seconds_count {self._works}"

    def _gauged(self) -> Iterable[str]:
        now = self._clock()
        figures = {
            "inbox_waiting_papers": self._look.waiting,
            "inbox_held_papers": self._look.held,
            "inbox_oldest_seconds": round(self._look.oldest_s, 1),
            "inbox_overdue_papers": self._look.overdue,
            "inboxes_away": self._look.away,
            "outbox_held_back_bundles": self._held_back[0],
            "last_sign_seconds": round(now - self._last_sign, 1),
            "up_seconds": round(now - self._started, 1),
        }
        for name, value in figures.items():
            yield f"# TYPE formflow_{name} gauge"
            yield f"formflow_{name} {value}"
