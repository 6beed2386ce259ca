"""Hints that something happened in the inbox. Hints only: events get lost, so the engine looks through the inbox anyway.

In: the inbox folder and an event to set. On a network file system the system reports nothing of what other machines do, and polling
would do the engine's own scan a second time: there is no observer there.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

from formflow.register.filesystem import filesystem_type, is_network

# Reading a file also makes events; waking on them would make the engine wake itself.
_TELLING = frozenset({"created", "modified", "moved", "closed", "deleted"})


class Watch:
    """Sets `wake` when the inbox changes, for as long as the inbox is there; `check` revives it when the inbox has come back."""

    def __init__(
        self, inbox: Path, wake: threading.Event, make_observer: Callable[[], BaseObserver] = Observer
    ) -> None:
        self._inbox = inbox
        self._wake = wake
        self._make_observer = make_observer
        self._observer: BaseObserver | None = None
        self._inode = 0

    def check(self) -> bool:
        """Starts watching if nothing watches the folder that is there now; whether something does. Never raises."""
        inode = self._current_inode()
        if self._observer and inode and inode == self._inode and self._is_alive():
            return True
        self.stop()
        if not inode or is_network(filesystem_type(self._inbox)):
            return False
        observer = self._make_observer()
        try:
            observer.schedule(_Waker(self._wake), str(self._inbox), recursive=True)
            observer.start()
        except (OSError, RuntimeError):  # out of inotify watches: the scan goes on alone
            return False
        self._observer, self._inode = observer, inode
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

    def _current_inode(self) -> int:
        try:
            return self._inbox.stat().st_ino or 1
        except OSError:
            return 0


class _Waker(FileSystemEventHandler):
    def __init__(self, wake: threading.Event) -> None:
        self._wake = wake

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in _TELLING:
            self._wake.set()
