"""Hints that something happened in the inbox. Hints only: events get lost, so the engine looks through the inbox anyway.

In: the inbox folder and an event to set. The observer is chosen by the file system. On a local disk it is the system's own (inotify and the like).
On a network file system the system reports nothing of what other machines do, and says so nowhere; what is left there is polling, and the
engine's own look at the inbox every `rescan_s` is that poll: an observer that polls as well would list and stat everything a second time, hold
two snapshots of it, and know nothing of lock files or of what is complete. So there is none. Behind a program (FUSE) that may stand before a share,
the system's observer is worth having for what is written through it, and the look finds the rest.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

from formflow.register.filesystem import filesystem_type, is_network

# Reading a file also makes events; waking on them would make the engine wake itself.
_TELLING = frozenset({"created", "modified", "moved", "closed", "deleted"})

# Where the system refuses to watch, setting up thousands of watches is not tried at each look.
NEXT_TRY_S = 60.0


class Watch:
    """Sets `wake` when the inbox changes, for as long as the inbox is there; `check` revives it when the inbox has come back."""

    def __init__(
        self, inbox: Path, wake: threading.Event, make_observer: Callable[[], BaseObserver] = Observer
    ) -> None:
        self._inbox = inbox
        self._wake = wake
        self._make_observer = make_observer
        self._observer: BaseObserver | None = None
        self._place: tuple[int, ...] = ()
        self._not_before = 0.0

    def check(self) -> bool:
        """Starts watching if nothing watches the folder that is there now; whether something does. Never raises."""
        place = self._current_place()
        if self._observer and place and place == self._place and self._is_alive():
            return True
        self.stop()
        if not place or time.monotonic() < self._not_before or is_network(filesystem_type(self._inbox)):
            return False
        observer = self._make_observer()
        try:
            observer.schedule(_Waker(self._wake), str(self._inbox), recursive=True)
            observer.start()
        except (OSError, RuntimeError):  # out of inotify watches: the scan goes on alone
            self._not_before = time.monotonic() + NEXT_TRY_S
            return False
        self._observer, self._place = observer, place
        return True

    def stop(self) -> None:
        """Ends the watching threads."""
        if self._observer:
            with contextlib.suppress(RuntimeError):
                self._observer.stop()
                self._observer.join(timeout=5)
        self._observer = None

    def _is_alive(self) -> bool:
        """The observer outlives its emitters: deleting the watched folder ends the emitter and says nothing."""
        observer = self._observer
        return observer is not None and observer.is_alive() and all(emitter.is_alive() for emitter in observer.emitters)

    def _current_place(self) -> tuple[int, ...]:
        """Device and inode of the folder that is there now; () where there is none."""
        try:
            info = self._inbox.stat()
        except OSError:
            return ()
        return info.st_dev, info.st_ino


class _Waker(FileSystemEventHandler):
    def __init__(self, wake: threading.Event) -> None:
        self._wake = wake

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in _TELLING:
            self._wake.set()
