"""Ends what does not end: after so much processor time of this process, whatever the machine has else to do."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class DoesNotEndError(AssertionError):
    """Still at work when its time was up."""


@contextmanager
def ends_within(cpu_s: float) -> Iterator[None]:
    """Raises `DoesNotEndError` in the midst of work that takes more processor time; many times what it should take is a good choice."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise DoesNotEndError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, cpu_s)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
