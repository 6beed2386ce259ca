"""Foreign word-processor files (.rtf, .odt, and .doc that `word97` does not know) → .docx, by LibreOffice where that is installed.

Bytes and their kind (`sniff`) come in, the bytes of a .docx go out, or an `UnreadableError`. LibreOffice is not to be trusted: it says
nothing when it fails, opens anything as something, and some files make it run for ever. So what goes in has been told by its content,
what comes out is looked at, and the program runs apart: a process group of its own that is ended whole when time is up, limits on
memory, processor time and output, a profile of its own that runs no macro, follows no link and reaches no network. It is never started
inside the sandbox's child, whose limits are too narrow for it.

A conversion costs about a second, most of it LibreOffice's start. A server kept warm would save that, and would have to be watched,
restarted and kept from carrying one paper's harm into the next.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from formflow.reading.refusals import refuse, refuse_conversion, refuse_kind
from formflow.reading.sniff import is_protected_doc, sniff

# Kinds that are converted, and the ending LibreOffice knows them by. A .wps that was told to be one is a Word 97 file.
ENDINGS = {"doc": ".doc", "wps": ".doc", "rtf": ".rtf", "odt": ".odt"}
_MB = 1024 * 1024
_WINDOWS_PLACES = ("PROGRAMFILES", "PROGRAMFILES(X86)")
# The limits are set by a process that then becomes LibreOffice: between fork and exec of a program with threads nothing else is safe.
_LIMITED = """
import os, resource, sys
for kind, value in zip((resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE), map(int, sys.argv[1:5])):
    hard = resource.getrlimit(kind)[1]
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (value, value))
os.execv(sys.argv[5], sys.argv[5:])
"""
_OPTIONS = (
    "--headless",
    "--invisible",
    "--norestore",
    "--nolockcheck",
    "--nodefault",
    "--nologo",
    "--nofirststartwizard",
)
# Nothing in a paper may run, be fetched or be asked: (path, property, value).
_PROFILE = (
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("org.openoffice.Office.Common/Misc", "FirstRun", "false"),
    ("org.openoffice.Inet/Settings", "ooInetProxyType", "1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("org.openoffice.Inet/Settings", "ooInetFTPProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetFTPProxyPort", "9"),
)
_NO_NETWORK = {f"{name}_proxy": "http://127.0.0.1:9" for name in ("http", "https", "ftp", "all")}


@dataclass(frozen=True, slots=True)
class ConversionLimits:
    """Limits for each conversion; memory, processor time and output hold where the system knows such limits."""

    memory_mb: int = 1536
    cpu_s: int = 30
    wall_s: float = 40
    max_output_mb: int = 100


def libreoffice() -> str | None:
    """Where LibreOffice is, None if it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found or sys.platform != "win32":
        return found
    places = (Path(os.environ.get(name, "")) / "LibreOffice/program/soffice.exe" for name in _WINDOWS_PLACES)
    return next((str(place) for place in places if place.is_file()), None)


class Converter:
    """A context manager that owns a LibreOffice profile, made when the first file comes. One file is converted at a time.

    `program` is what is run, LibreOffice as installed by default; `folder` is where the profile and the work lie, the system's
    temporary folder by default. Both go when it is closed.
    """

    def __init__(
        self, limits: ConversionLimits | None = None, *, program: str | None = None, folder: Path | None = None
    ) -> None:
        self._limits = limits or ConversionLimits()
        self._program = program or libreoffice()
        self._folder = folder
        self._lock = threading.Lock()
        self._own: Path | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Removes the profile. A later `convert` would make another."""
        with self._lock:
            if self._own is not None:
                shutil.rmtree(self._own, ignore_errors=True)
                self._own = None

    def convert(self, data: bytes, kind: str) -> bytes:
        """The .docx of a file of one of the `ENDINGS`' kinds; `UnreadableError` if it asks for a password, cannot be converted, or
        there is no LibreOffice."""
        if kind in ("doc", "wps") and is_protected_doc(data):
            raise refuse_kind(kind, is_protected=True)
        if self._program is None:
            raise refuse_kind(kind)
        with self._lock, tempfile.TemporaryDirectory(dir=self._home()) as work:
            source = Path(work) / f"paper{ENDINGS[kind]}"
            source.write_bytes(data)
            self._run(self._program, source)
            return self._result(source.with_suffix(".docx"), kind)

    def _home(self) -> Path:
        if self._own is None:
            self._own = Path(tempfile.mkdtemp(prefix="formflow-office-", dir=self._folder))
            user = self._own / "profile/user"
            user.mkdir(parents=True)
            (user / "registrymodifications.xcu").write_text(_registry(), encoding="utf-8")
        return self._own

    def _run(self, program: str, source: Path) -> None:
        profile = f"-env:UserInstallation={(self._home() / 'profile').absolute().as_uri()}"
        command = [program, profile, *_OPTIONS, "--convert-to", "docx", "--outdir", str(source.parent), str(source)]
        process = subprocess.Popen(
            self._limited(command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=source.parent,
            env={**os.environ, **_NO_NETWORK, "HOME": str(self._home())},
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        try:
            process.wait(timeout=self._limits.wall_s)
        except subprocess.TimeoutExpired as error:
            raise refuse_conversion("time_out") from error
        finally:
            _end(process)

    def _limited(self, command: list[str]) -> list[str]:
        if sys.platform == "win32":
            return command
        limits = self._limits
        bounds = (limits.memory_mb * _MB, limits.cpu_s, limits.max_output_mb * _MB, 0)
        return [sys.executable, "-I", "-S", "-c", _LIMITED, *map(str, bounds), *command]

    def _result(self, path: Path, kind: str) -> bytes:
        """LibreOffice's exit code says nothing: what lies there does."""
        try:
            size = path.stat().st_size
            data = path.read_bytes() if size <= self._limits.max_output_mb * _MB else b""
        except OSError as error:
            raise refuse_conversion("damaged") from error
        if size > len(data):
            raise refuse("too_large")
        if sniff(data) != "docx":
            raise refuse_conversion("damaged")
        return data


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends the process and all it has started: LibreOffice's first process is only a script that waits for the others."""
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], check=False, capture_output=True)
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _registry() -> str:
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _PROFILE
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{items}</oor:items>\n"
    )
