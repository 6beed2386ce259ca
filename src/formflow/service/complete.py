"""Whether a file has arrived: nobody writes to it any more, it can be read and taken, and it is whole: the checksums of a zip (Word, WPS, Excel,
OFD), the end of a PDF, a beginning at all.

In: a path. Out: a `Check`. A file of another kind is taken to be whole if there is anything in it; what it says is the reader's matter. Who writes from another machine
is not seen here: for that a file has to stay unchanged for a while (`gate`).
"""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from formflow.errors import in_words_alone, is_refusal

State = Literal["whole", "partial", "written", "unreadable"]
# Above this, checking would cost more than the limited child process may spend on reading: it decides.
LARGEST_CHECKED_BYTES = 256 * 2**20
_PDF_TAIL_BYTES = 2048
NO_PERMISSION = "没有读取权限，请调整权限或重新复制一份"


@dataclass(frozen=True, slots=True)
class Check:
    """`written`: a program of this machine has the file open for writing. `partial`: truncated or damaged. `unreadable`: it cannot be opened or
    taken now; `reason` (Chinese) is why, "" for the other states."""

    state: State
    reason: str = ""


WHOLE = Check("whole")


def check(path: Path) -> Check:
    """Looks at a file once, where the system tells of writers (`register.filesystem`). Never raises."""
    try:
        return Check("written") if is_being_written(path) else check_content(path)
    except OSError as error:
        return _unreadable(error)


def check_content(path: Path) -> Check:
    """The same, without asking who writes. Never raises."""
    try:
        if not os.access(path.parent, os.W_OK | os.X_OK):
            return Check("unreadable", "所在的文件夹没有写权限，取不走；请开放写权限")
        return WHOLE if _is_whole(path) else Check("partial")
    except OSError as error:
        return _unreadable(error)


def _unreadable(error: OSError) -> Check:
    is_forbidden = isinstance(error, PermissionError)
    return Check("unreadable", NO_PERMISSION if is_forbidden else f"读不出：{in_words_alone(error)}")


def is_whole(path: Path) -> bool:
    """False for a truncated or damaged zip or PDF, or one that cannot be opened now."""
    try:
        return _is_whole(path)
    except OSError:
        return False


def is_being_written(path: Path) -> bool:
    """Whether a process of this machine has the file open for writing: a slow copy or a scanner may pause longer than any settle time.

    Linux tells by refusing a lease on it. Elsewhere, and where the system will not say (the file is another user's), False. Raises OSError if
    the file cannot be opened.
    """
    try:
        import fcntl
    except ImportError:  # pragma: no cover - Windows: moving the file fails there for as long as it is open
        return False
    if not hasattr(fcntl, "F_SETLEASE"):  # pragma: no cover - Linux only
        return False
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        # Should somebody open it in this very moment, the system says so by a signal: one that is ignored instead of one that kills.
        fcntl.fcntl(handle, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except OSError as error:
        return error.errno == errno.EAGAIN
    else:
        with contextlib.suppress(OSError):
            fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_UNLCK)
        return False
    finally:
        os.close(handle)


def _is_whole(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(5)
        if head == b"%PDF-":
            file.seek(max(0, path.stat().st_size - _PDF_TAIL_BYTES))
            return b"%%EOF" in file.read()
    if not head.strip(b"\0"):  # a name and a size that are made first, to be filled
        return False
    return not head.startswith(b"PK\x03\x04") or _has_right_checksums(path)


def _has_right_checksums(path: Path) -> bool:
    """A zip's directory stands at its end, so a truncated one fails at once; a hole in the middle only fails its checksum."""
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > LARGEST_CHECKED_BYTES:
                return True
            return archive.testzip() is None
    except (RuntimeError, NotImplementedError):
        return True  # encrypted, or packed in a way we do not know: whole, as far as can be told
    except Exception as error:  # zipfile raises struct.error, zlib.error, ValueError, OSError … on hostile directories
        if isinstance(error, OSError) and is_refusal(error):
            raise
        return False
