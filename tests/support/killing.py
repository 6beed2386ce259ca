"""The service in a process of its own, killed right before any one of its effects."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from formflow.service.office import Office

# Everything, with the register's commits, by which the service changes what a later process finds. (A kill does not lose what was
# written and not synced: only a power cut does, and no test can show that.)
EFFECTS = ("rename", "replace", "link", "unlink", "rmdir", "mkdir")
_FORK = multiprocessing.get_context("fork")
Open = Callable[[Path], AbstractContextManager[Office]]


def run_killed(root: Path, opened: Open, kill_at: int = -1) -> tuple[int, int]:
    """Works off a home in a process of its own, killed before its `kill_at`-th effect; its exit code (minus the signal's number) and how
    many effects it had."""
    counter = _FORK.Value("i", 0)
    process = _FORK.Process(target=_work, args=(root, opened, kill_at, counter))
    process.start()
    process.join()
    return process.exitcode or 0, counter.value


def _work(root: Path, opened: Open, kill_at: int, counter: Any) -> None:
    def before_effect() -> None:
        if counter.value == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        counter.value += 1

    with opened(root) as office:
        from formflow.service import engine

        arm(before_effect)
        engine.work_off(office)


def arm(before_effect: Callable[[], None], *, with_statements: bool = False) -> None:
    """From now on a function is called right before each effect of this process; `with_statements`: and before each of its queries."""

    def armed(effect: Any) -> Any:
        def act(*args: Any, **kwargs: Any) -> Any:
            before_effect()
            return effect(*args, **kwargs)

        return act

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.backends.utils import CursorWrapper

    for name in EFFECTS:
        setattr(os, name, armed(getattr(os, name)))
    BaseDatabaseWrapper._commit = armed(BaseDatabaseWrapper._commit)
    if with_statements:
        CursorWrapper._execute = armed(CursorWrapper._execute)
