"""What a worker is called: two in one home never the same, for each has a log file of its own by its name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

from filelock import FileLock, Timeout

from formflow.service.home import Home


@contextmanager
def own_name(home: Home, wanted: str) -> Iterator[str]:
    """The name that was wanted, or with -2, -3 … behind it where another worker goes by it; nobody else's while the block lasts. On a share
    that knows no locks it is the one that was wanted."""
    home.prepare()
    for number in count(1):
        name = f"{wanted}-{number}" if number > 1 else wanted
        lock = FileLock(home.state / f"worker-{name}.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            continue
        except (OSError, NotImplementedError):
            yield wanted
            return
        try:
            yield name
        finally:
            lock.release()
        return
