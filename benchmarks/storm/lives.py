"""One life of a service after the other: forked from a process that has everything imported, and ended by SIGKILL.

In: a home, and what formflow is called with. Out: a `Life` that can be killed, and the stack it had then. A start from scratch takes a second
of importing on each of a thousand kills; a fork of a process that has imported and opened nothing of the home is the same program from there on:
it opens the register, takes the lock, starts its readers and goes through its recovery, and to the files it leaves behind a kill is the same.
Two things are not as in an office: the packs are those the parent has loaded, and the clock is one that can be set, for a 公示 takes days.
"""

from __future__ import annotations

import contextlib
import ctypes
import faulthandler
import mmap
import os
import random
import select
import signal
import struct
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.storm.where import room_of, room_of_frame

from support import killing

ZONE = ZoneInfo("Asia/Shanghai")
_PATIENCE_S = 2.0


class Clock:
    """A day that is set from outside and seen by every process, with the time that has passed since."""

    def __init__(self) -> None:
        self._shared = mmap.mmap(-1, 16)

    def set(self, day: datetime) -> None:
        self._shared[:16] = struct.pack("dd", day.timestamp(), time.time())

    def __call__(self) -> datetime:
        day, since = struct.unpack("dd", self._shared[:16])
        return datetime.fromtimestamp(day, ZONE) + timedelta(seconds=time.time() - since)


@dataclass(frozen=True, slots=True)
class Aim:
    """A kill before the `count`-th thing that is done (a statement, a commit, a change of a file) in a room."""

    room: str
    count: int


@dataclass(slots=True)
class Life:
    """A running process. `command` is what formflow was called with."""

    pid: int
    command: str
    aim: Aim | None = None
    job_thread: mmap.mmap = field(default_factory=lambda: mmap.mmap(-1, 8))
    born: float = field(default_factory=time.monotonic)
    code: int | None = None

    @property
    def thread(self) -> int:
        """The system's number of the thread that has a job in hand, else of the main one."""
        (number,) = struct.unpack("q", self.job_thread[:8])
        return int(number) or self.pid

    @property
    def age_s(self) -> float:
        return time.monotonic() - self.born

    def is_over(self) -> bool:
        """Whether it has ended; by whose signal says `code`."""
        if self.code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.code = os.waitstatus_to_exitcode(status)
        return self.code is not None


class Nursery:
    """The parent of all lives. Everything is imported and loaded here, once."""

    def __init__(self, home: Path, clock: Clock, url: str = "") -> None:
        self._home, self._url = home, url
        self._stacks, self._to_stacks = os.pipe()
        self._truce = mmap.mmap(-1, 1)
        _prepare(home, clock, url)
        faulthandler.register(signal.SIGUSR1, file=self._to_stacks, all_threads=False)

    def call_truce(self, is_on: bool) -> None:
        """While it is on nobody dies of its aim."""
        self._truce[0] = is_on

    def room_of(self, life: Life) -> str:
        """Where a life is now: the thread in which its job is being done, if it has one in hand."""
        self._drain(0)
        _ask_thread(life.pid, life.thread)
        return room_of(self._drain(0.05))

    def begin(self, *command: str, aim: Aim | None = None) -> Life:
        """Starts formflow on the home."""
        life = Life(0, command[0], aim)
        life.pid = os.fork()
        if life.pid:
            return life
        code = 70
        try:
            if self._url:
                _note_thread(life.job_thread)
            code = _live(
                ["formflow", *command, "--home", str(self._home)], self._home, self._armed(aim) if aim else None
            )
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)

    def kill(self, life: Life) -> str:
        """Kills a life where it is; in which room that was."""
        room = self.room_of(life)
        with contextlib.suppress(ProcessLookupError):
            os.kill(life.pid, signal.SIGKILL)
        _, status = os.waitpid(life.pid, 0)
        life.code = os.waitstatus_to_exitcode(status)
        if life.code == -signal.SIGSEGV:
            # Asked in the middle of a call, it fell over a frame that was just being made: an end like the kill that was to follow.
            life.code = -signal.SIGKILL
        return room

    def end_of(self, life: Life) -> str:
        """In which room a life was that has been killed by its aim."""
        return room_of(self._drain(0.05))

    def stop(self, life: Life) -> int:
        """Asks a life to end; its exit code."""
        if life.code is None:
            os.kill(life.pid, signal.SIGTERM)
            life.code = os.waitstatus_to_exitcode(os.waitpid(life.pid, 0)[1])
        return life.code

    def _drain(self, wait_s: float) -> str:
        found = b""
        while select.select([self._stacks], [], [], 0.002 if found else wait_s)[0]:
            found += os.read(self._stacks, 65536)
        return found.decode("utf-8", "replace")

    def _armed(self, aim: Aim) -> Callable[[], None]:
        """What a process does before each of its effects: dies there, if it is the one that is aimed at."""
        left = aim.count

        def before_effect() -> None:
            nonlocal left
            if self._truce[0] or room_of_frame(sys._getframe(1)) != aim.room:
                return
            left -= 1
            if left <= 0:
                faulthandler.dump_traceback(self._to_stacks, all_threads=False)
                os.kill(os.getpid(), signal.SIGKILL)

        return before_effect


def _ask_thread(pid: int, thread: int) -> None:
    """Has one thread of a process write its stack. A dump of all threads by one of them may read a stack that is just changing, and crash."""
    # ESRCH: job or process has just come to its end.
    ctypes.CDLL(None, use_errno=True).tgkill(pid, thread, signal.SIGUSR1)


def _note_thread(place: mmap.mmap) -> None:
    """From now on, a worker says which of its threads has a job in hand."""
    from formflow.service.sweeping import Hand

    take, lay_down = Hand.take, Hand.lay_down

    def taken(hand: Hand, *job: Any) -> None:
        take(hand, *job)
        place[:8] = struct.pack("q", threading.get_native_id())

    def laid_down(hand: Hand) -> None:
        place[:8] = bytes(8)
        lay_down(hand)

    Hand.take, Hand.lay_down = taken, laid_down  # type: ignore[method-assign]


def _prepare(home: Path, clock: Clock, url: str) -> None:
    """Imports what a service needs and loads the packs, with a register that is then let go of."""
    from formflow.register.location import DatabaseUrl
    from formflow.register.setup import close_register, open_register
    from formflow.service import office
    from formflow.service.home import Home
    from formflow.service.programmes import load_programmes
    from formflow.settings import load_settings

    found = Home(home)
    found.prepare()
    (home.parent / "tmp").mkdir(exist_ok=True)
    programmes = load_programmes(found, load_settings(home))
    open_register(DatabaseUrl(url) if url else found.register)
    import formflow.cli.run
    import formflow.cli.serve
    import formflow.cli.worker
    import formflow.letters.typeset
    import formflow.letters.word
    import formflow.service.engine
    import formflow.service.workbook_kinds

    if url:
        import formflow.service.dispatch
        import formflow.service.jobs  # noqa: F401
    close_register()
    office.load_programmes = lambda *_: programmes
    office.shanghai_now = clock


def _live(command: list[str], home: Path, before_effect: Callable[[], None] | None) -> int:
    """The life of a forked process: the command line, with what it says in a file."""
    os.setsid()
    said = os.open(home.parent / f"{home.name}.said", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for descriptor in (1, 2):
        os.dup2(said, descriptor)
    sys.argv, sys.stdout, sys.stderr = command, os.fdopen(1, "w", closefd=False), os.fdopen(2, "w", closefd=False)
    random.seed()
    # What a killed process leaves in the system's folder for temporary files goes with the storm's own.
    tempfile.tempdir = str(home.parent / "tmp")
    if before_effect:
        killing.arm(before_effect, with_statements=True)
    from formflow.cli import main

    code: Any = main()
    return int(code or 0)


@contextlib.contextmanager
def ended(nursery: Nursery, lives: list[Life]) -> Iterator[None]:
    """Whatever still runs when the block is left is killed."""
    try:
        yield
    finally:
        for life in lives:
            if not life.is_over():
                nursery.kill(life)
