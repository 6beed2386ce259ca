"""Whether the machine's clock can be believed. A wrong day would go into letters, numbers and deadlines, and stay there.

In: the clock, the time of the last entry in the journal, and how much time has really gone by since the service looked last. A clock that
is before the last entry has gone back; one that has run ahead of the time that went by has been set. Either is waited for, not worked with:
the service goes on when the clock is right again. It may be set at any moment, also in the middle of a paper: whoever works takes each time
from the watch, which gives none that cannot be believed. Where the entry is what was wrong, a person says so once (`--trust-clock`), which is
entered; a clock that ran ahead is taken as it is after a restart.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from formflow.errors import EnvironmentFailure
from formflow.register import books, journal

# Clocks are put right by minutes now and then.
TOLERANCE = timedelta(hours=1)
_LEAP = timedelta(days=1)


def _gone_by() -> float:
    """Seconds on a clock nobody sets, which runs on while the machine sleeps where the system has such a one."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


class ClockWatch:
    """Compares the clock with what it said before. `gone_by` gives seconds. Belongs to one thread."""

    def __init__(self, now: Callable[[], datetime], gone_by: Callable[[], float] = _gone_by) -> None:
        self._now, self._gone_by = now, gone_by
        self._last = (now(), gone_by())

    def check(self) -> None:
        """Raises EnvironmentFailure (`clock_back`, `clock_ahead`). To be asked before work is begun: others may have made entries."""
        refuse_before(journal.last_at(), self._now())
        self.now()

    def now(self) -> datetime:
        """What the clock says. Raises EnvironmentFailure (`clock_back`, `clock_ahead`) if it has been set to what cannot be."""
        now, passed = self._now(), self._gone_by()
        if now < self._last[0] - TOLERANCE:
            refuse_before(journal.last_at(), now)
        expected = self._last[0] + timedelta(seconds=passed - self._last[1])
        if now - expected > _LEAP:
            raise EnvironmentFailure(
                f"本机的时钟忽然快了 {round((now - expected) / timedelta(days=1))} 天，现在是 {now:%Y-%m-%d %H:%M}",
                "请核对本机的日期和时间；没有错的，重新启动 formflow 就会接着办。",
                "clock_ahead",
            )
        self._last = now, passed
        return now


def refuse_before(last: datetime | None, now: datetime) -> None:
    """Raises EnvironmentFailure (`clock_back`) if the clock is before the last entry, or before a file was received."""
    if last is not None and now < last - TOLERANCE:
        said = last.astimezone(now.tzinfo)
        raise EnvironmentFailure(
            f"本机的时钟是 {now:%Y-%m-%d %H:%M}，比最近一次办理（{said:%Y-%m-%d %H:%M}）还早",
            "请校正本机的日期和时间；核对过没有错的，停下服务，用 formflow run --trust-clock 运行一次。",
            "clock_back",
        )


def trust(now: datetime) -> None:
    """A person says that the clock is right and the entries before it were not; entered, so that an auditor sees it."""
    last = journal.last_at()
    with books.transaction():
        before = {"last": last.isoformat()} if last else None
        books.add_event(now, "clock_trusted", "本机时钟", before=before, after={"now": now.isoformat()})
