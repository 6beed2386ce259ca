"""Reads papers in a child process with limits on memory, processor time and wall time, so that no paper can stop the service.

A path or a file's content goes in, what is in it comes out, or the `UnreadableError` that says why not. The child is started ahead, kept warm and used again;
one that dies (or must be killed) costs the paper it was reading and nothing else. Without POSIX limits (Windows) the wall time alone
holds. The child is told apart from the parent by more than a fork: it starts from a fresh interpreter that imports only `reading`, and
what it sends back may contain the values of `Contents` and nothing else.

Remaining risk: within its limits a paper that takes over the child can still read files the service's user can read; run the service as a
user of its own.
"""

from __future__ import annotations

import io
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

from formflow.errors import UnreadableError
from formflow.model.document import Document
from formflow.reading.contents import Bundle, Contents, Foreign, Scanned
from formflow.reading.refusals import refuse
from formflow.reading.worker import Request, read_frame, write_frame

_DEFAULT_READER = "formflow.reading.reader:open_file"
_START_S = 30.0
# Of its memory: what a child keeps of earlier papers when it is replaced.
_GROWN = 2 / 3
# What the libraries behind numpy reserve for each processor counts against the child's memory, used or not.
_FEW_THREADS = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "4"}
_VALUES = {
    "formflow.model.document": frozenset({"Box", "Cell", "Document", "Locator", "Paragraph", "Picture", "Table"}),
    "formflow.reading.contents": frozenset({"Bundle", "Foreign", "Member", "Scanned"}),
}


@dataclass(frozen=True, slots=True)
class SandboxLimits:
    """Limits for each paper; `cpu_s` and `memory_mb` hold where the system knows such limits."""

    memory_mb: int = 1024
    cpu_s: int = 30
    wall_s: float = 60
    max_file_mb: int = 50


class Sandbox:
    """A context manager that owns one child. `read` may be called from several threads; papers are read one at a time.

    `recycle_after` papers, or when it has grown to two thirds of its memory, a child is replaced, so that what a library keeps cannot add
    up until a paper finds no room; after `idle_s` without a paper it is ended, and its memory given back. `reader` is the dotted name of the function from bytes to `Contents` that the child calls.
    """

    def __init__(
        self,
        limits: SandboxLimits | None = None,
        *,
        recycle_after: int = 500,
        idle_s: float | None = None,
        reader: str = _DEFAULT_READER,
    ) -> None:
        self._limits = limits or SandboxLimits()
        self._recycle_after = recycle_after
        self._idle_s = idle_s
        self._idle: threading.Timer | None = None
        self._reader = reader
        self._lock = threading.Lock()
        self._child: _Child | None = None

    def __enter__(self) -> Self:
        with self._lock:
            self._ensure_child()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the child. A later `read` would start another."""
        with self._lock:
            if self._idle is not None:
                self._idle.cancel()
            self._discard()

    def read(self, paper: Path | bytes, within_s: float | None = None) -> Contents:
        """What is in the file; `UnreadableError` with the child's own code, or `time_out`, `out_of_memory`, `crashed`. `within_s`: a shorter
        time than the limits give."""
        contents = self.call(self._reader, paper, within_s=within_s)
        if isinstance(contents, Document | Bundle | Foreign | Scanned):
            return contents
        raise refuse("crashed")

    def call(self, function: str, paper: Path | bytes, *arguments: Any, within_s: float | None = None) -> Any:
        """What a function (dotted name) gives for a file's bytes and further arguments, in the child; refuses as `read` does. It gives plain
        values and those of `Contents`."""
        content = paper if isinstance(paper, bytes) else str(paper.absolute())
        if isinstance(content, bytes) and len(content) > self._limits.max_file_mb * 1024 * 1024:
            # Not sent at all: the child would have to hold it before it could refuse it.
            raise refuse("too_large", f"超过 {self._limits.max_file_mb} MB")
        with self._lock:
            child = self._ensure_child()
            try:
                reply = child.ask(
                    (function, content, arguments), min(self._limits.wall_s, within_s or self._limits.wall_s)
                )
            except BaseException as error:
                self._discard()
                if isinstance(error, UnreadableError):
                    self._ensure_child()
                    self._watch_idleness()
                raise
            if child.answered >= self._recycle_after or child.size_mb > _GROWN * self._limits.memory_mb:
                self._discard()
                self._ensure_child()
            self._watch_idleness()
            return _result(reply)

    def _watch_idleness(self) -> None:
        if self._idle_s is None:
            return
        if self._idle is not None:
            self._idle.cancel()
        self._idle = threading.Timer(self._idle_s, self._end_if_idle)
        self._idle.daemon = True
        self._idle.start()

    def _end_if_idle(self) -> None:
        """Ends the child, unless a paper has come since the timer was set: then it is being read, or a later timer counts."""
        if self._lock.acquire(blocking=False):
            try:
                if self._idle is threading.current_thread():
                    self._discard()
            finally:
                self._lock.release()

    def _ensure_child(self) -> _Child:
        """The child at hand, or a new one that starts while we go on."""
        if self._child is None or not self._child.is_alive:
            self._discard()
            self._child = _Child({**asdict(self._limits), "reader": self._reader})
        return self._child

    def _discard(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.end()


class _Child:
    """One child process: started, perhaps not ready yet."""

    def __init__(self, settings: dict[str, Any]) -> None:
        # -P: the working folder (it may be an inbox) is no place to import from. A session of its own: Ctrl-C is for the parent.
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _BOOT, *filter(None, sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env={**os.environ, **_FEW_THREADS},
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        self._requests: BinaryIO = _pipe(self._process.stdin)
        self._replies: BinaryIO = _pipe(self._process.stdout)
        self._is_ready = False
        self._was_killed = False
        self.answered = 0
        with suppress(BrokenPipeError):
            write_frame(self._requests, pickle.dumps(settings))

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    @property
    def size_mb(self) -> int:
        """Its address space, which is what its limit counts; 0 where the system does not tell."""
        try:
            pages = int(Path(f"/proc/{self._process.pid}/statm").read_text("ascii").split()[0])
        except (OSError, ValueError, IndexError):
            return 0
        return pages * os.sysconf("SC_PAGE_SIZE") // (1024 * 1024)

    def ask(self, request: Request, wall_s: float) -> tuple[Any, ...]:
        """The child's reply to a request; if it dies over it, the refusal that its death means."""
        try:
            if not self._is_ready:
                with self._deadline(_START_S):
                    greeting = _loads(read_frame(self._replies))
                if greeting[0] != "ready":
                    return greeting
                self._is_ready = True
            with self._deadline(wall_s):
                write_frame(self._requests, pickle.dumps(request, protocol=pickle.HIGHEST_PROTOCOL))
                reply = _loads(read_frame(self._replies))
        except (EOFError, BrokenPipeError, pickle.UnpicklingError) as error:
            raise refuse(self._cause_of_death()) from error
        self.answered += 1
        return reply

    @contextmanager
    def _deadline(self, seconds: float) -> Iterator[None]:
        """Kills the child when time is up, which ends the reading of its reply. Works where pipes cannot be waited for (Windows)."""
        timer = threading.Timer(seconds, self._kill)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _kill(self) -> None:
        self._was_killed = True
        self._process.kill()

    def _cause_of_death(self) -> str:
        if not self._was_killed:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=1)
        status = self._process.poll()
        if self._was_killed or status == -getattr(signal, "SIGXCPU", 0):
            return "time_out"
        # Nobody here sent it: the system's own killer, short of memory.
        return "out_of_memory" if status == -getattr(signal, "SIGKILL", 0) else "crashed"

    def end(self) -> None:
        self._process.kill()
        for pipe in (self._requests, self._replies):
            with suppress(OSError):
                pipe.close()
        self._process.wait()


# The child has the parent's import path before it imports anything of ours.
_BOOT = "import sys; sys.path[:] = sys.argv[1:]; from formflow.reading.worker import main; main()"


def _pipe(stream: Any) -> BinaryIO:
    pipe: BinaryIO = stream
    return pipe


class _ModelUnpickler(pickle.Unpickler):
    """Unpickles the values of `Contents` and plain ones; a child gone wrong cannot make the parent call anything."""

    def find_class(self, module_name: str, global_name: str) -> Any:
        if global_name in _VALUES.get(module_name, ()):
            return super().find_class(module_name, global_name)
        raise pickle.UnpicklingError(f"{module_name}.{global_name}")


def _loads(payload: bytes) -> tuple[Any, ...]:
    reply: tuple[Any, ...] = _ModelUnpickler(io.BytesIO(payload)).load()
    return reply


def _result(reply: tuple[Any, ...]) -> Any:
    kind, *rest = reply
    if kind == "done":
        return rest[0]
    if kind == "unreadable":
        raise UnreadableError(*rest)
    error = refuse("crashed")
    error.add_note(str(rest[0]))  # the child's traceback: for the log, never for the clerk
    raise error
