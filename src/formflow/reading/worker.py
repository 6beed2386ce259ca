"""The child process of `sandbox`: reads the papers it is told, one after the other, under limits, until its parent is gone.

Frames come in on standard input and go out on standard output (see `sandbox` for what they say); it writes nothing else, opens nothing
but the paper, reaches nobody over a network, and dies when standard input ends, when a paper uses up its processor time, or when its
own alarm goes off.
"""

from __future__ import annotations

import contextlib
import faulthandler
import importlib
import os
import pickle
import signal
import struct
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from formflow.errors import UnreadableError
from formflow.reading.refusals import refuse

if sys.platform != "win32":
    import resource

_LENGTH = struct.Struct("<Q")
_MB = 1024 * 1024
# Seconds beyond the wall limit after which a child nobody killed (its parent died) ends itself.
_GRACE = 5

# What Python says it is about to do (sys.audit) when it would reach out.
_CALLS = frozenset(
    f"socket.{call}"
    for call in ("connect", "bind", "sendto", "sendmsg", "getaddrinfo", "gethostbyname", "gethostbyaddr")
)

# What the child is told to do: the dotted name of a function of a paper's bytes, the paper (its path or its content), further arguments.
Request = tuple[str, str | bytes, tuple[Any, ...]]


def read_frame(stream: BinaryIO) -> bytes:
    """The next frame's bytes; EOFError when the other side is gone."""
    header = _exactly(stream, _LENGTH.size)
    return _exactly(stream, _LENGTH.unpack(header)[0])


def write_frame(stream: BinaryIO, payload: bytes) -> None:
    stream.write(_LENGTH.pack(len(payload)) + payload)
    stream.flush()


def _exactly(stream: BinaryIO, length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data


def main() -> None:
    """Answers requests until there are no more."""
    requests, replies = _private_streams()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    settings: dict[str, Any] = pickle.loads(read_frame(requests))
    sys.addaudithook(_keep_from_network)
    try:
        _function(settings["reader"])
    except Exception:
        write_frame(replies, pickle.dumps(("failed", traceback.format_exc())))
        return
    _limit_memory(settings["memory_mb"])
    write_frame(replies, pickle.dumps(("ready",)))
    with contextlib.suppress(EOFError, KeyboardInterrupt, BrokenPipeError):
        while True:
            request: Request = pickle.loads(read_frame(requests))
            _limit_time(settings["cpu_s"], settings["wall_s"])
            reply = _answer(request, settings["max_file_mb"] * _MB)
            faulthandler.cancel_dump_traceback_later()
            write_frame(replies, reply)


def _keep_from_network(event: str, arguments: tuple[Any, ...]) -> None:
    """No reader needs anybody: whatever Python code here tries to reach one fails."""
    if event in _CALLS:
        raise PermissionError("no network")


def _private_streams() -> tuple[BinaryIO, BinaryIO]:
    """Standard input and output for the frames alone: whatever a library prints goes to standard error."""
    requests = os.fdopen(os.dup(0), "rb")
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return requests, replies


def _function(dotted: str) -> Callable[..., Any]:
    module, _, function = dotted.partition(":")
    found: Callable[..., Any] = getattr(importlib.import_module(module), function)
    return found


def _answer(request: Request, max_size: int) -> bytes:
    """("done", what the function gives), ("unreadable", code, message, remedy) or ("failed", traceback), pickled."""
    dotted, paper, arguments = request
    try:
        result = _function(dotted)(_content(paper, max_size), *arguments)
        return pickle.dumps(("done", result), protocol=pickle.HIGHEST_PROTOCOL)
    except UnreadableError as error:
        refusal = error
    except MemoryError:
        refusal = refuse("out_of_memory")
    except Exception:
        return pickle.dumps(("failed", traceback.format_exc()))
    return pickle.dumps(("unreadable", refusal.code, refusal.message, refusal.remedy))


def _content(paper: str | bytes, max_size: int) -> bytes:
    data = paper if isinstance(paper, bytes) else _file_content(Path(paper), max_size)
    if len(data) > max_size:
        raise refuse("too_large", f"超过 {max_size // _MB} MB")
    return data


def _file_content(path: Path, max_size: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(max_size + 1)
    except OSError as error:
        raise refuse("locked") from error


def _limit_memory(memory_mb: int) -> None:
    if sys.platform != "win32":
        _set_limit(resource.RLIMIT_CORE, 0)
        _set_limit(resource.RLIMIT_AS, memory_mb * _MB)


def _limit_time(cpu_s: int, wall_s: float) -> None:
    """Processor time for the paper at hand, on top of what the process has used; and an alarm that needs no parent."""
    faulthandler.dump_traceback_later(wall_s + _GRACE, exit=True)
    if sys.platform != "win32":
        used = resource.getrusage(resource.RUSAGE_SELF)
        _set_limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + cpu_s + 1)


def _set_limit(kind: int, value: int) -> None:
    if sys.platform != "win32":
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


if __name__ == "__main__":
    main()
