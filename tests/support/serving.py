"""A service that works in a thread of this process while a test goes on."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from formflow.service.pulse import Pulse
from support import offices

PATIENCE_S = 120.0


@contextmanager
def serving(root: Path, pulse: Pulse | None = None, **changes: object) -> Iterator[Path]:
    """A service in a thread of its own, as the register's connection belongs to one thread; gives its outbox."""
    stop, wake, problems = threading.Event(), threading.Event(), []

    def serve() -> None:
        try:
            with offices.office(root, **changes) as office:
                from formflow.service import engine

                engine.serve(office, stop, wake, pulse=pulse)
        except BaseException as error:
            problems.append(error)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield root / "outbox"
    finally:
        stop.set()
        wake.set()
        thread.join(timeout=PATIENCE_S)
    assert not thread.is_alive()
    assert problems == []


def wait_for(condition: Callable[[], object]) -> None:
    """Until something comes to pass by itself, on a machine as busy as it may be."""
    end = time.monotonic() + PATIENCE_S
    while not _holds(condition):
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def _holds(condition: Callable[[], object]) -> object:
    """A folder that is looked through may be moved at that moment."""
    try:
        return condition()
    except FileNotFoundError:
        return False
