"""A service at work in a thread of its own, as the register's connection belongs to one thread, and what it says of itself."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from formflow.service.pulse import Pulse
from support import offices


@dataclass
class Service:
    root: Path
    pulse: Pulse = field(default_factory=Pulse)
    done: list[str] = field(default_factory=list)

    def published(self, name: str) -> list[Path]:
        return list((self.root / "outbox").rglob(name))


@contextmanager
def serving(root: Path, **changes: object) -> Iterator[Service]:
    """`changes` replace parts of the office. The service begins again at once after a failure."""
    service = Service(root)
    stop, wake, problems, ready = threading.Event(), threading.Event(), [], threading.Event()

    def serve() -> None:
        try:
            with offices.office(root, **changes) as office:
                from formflow.service import engine

                engine.RECOVERY_PAUSE_S = 0.05
                ready.set()
                engine.serve(office, stop, wake, lambda done, left: service.done.append(done.name), service.pulse)
        except BaseException as error:
            problems.append(error)
        finally:
            ready.set()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        ready.wait(30)
        yield service
    finally:
        stop.set()
        wake.set()
        thread.join(timeout=30)
    assert not thread.is_alive()
    assert problems == []


def wait_for(condition: Callable[[], object], seconds: float = 30) -> None:
    for _ in range(int(seconds / 0.05)):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("waited in vain")
