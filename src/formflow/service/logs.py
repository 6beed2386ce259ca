"""What goes into the log of a home, and in which form: lines to be read, or JSON lines to be collected elsewhere.

JSON lines hold nothing about a person. Of a message only its pattern is given (a constant of the program), and of what is put into it
only numbers and `Ref`s; of an exception its kind and where it was raised, never what it says; of other libraries' messages nothing but
whose they are. The lines for reading name files and units: they stay on the office's own disk.
"""

from __future__ import annotations

import json
import logging
import logging.handlers
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from time import struct_time
from typing import TextIO
from zoneinfo import ZoneInfo

LOG = logging.getLogger("formflow")
_LARGEST_BYTES = 2_000_000
_KEPT = 5
_HIDDEN = "…"
# Lines for reading say the time of the journal and of the letters, whatever the machine's own zone.
_ZONE = ZoneInfo("Asia/Shanghai")
_OTHERS = ("watchdog", "procrastinate", "psycopg")


class Ref(str):
    """What names a thing and says nothing about a person: a claim, a case's number, a result."""

    __slots__ = ()


class _Quiet(logging.Handler):
    """When a line cannot be written (disk full, nobody reads any more) nobody is shown a trace of that, with all that the line names: what the
    machine refuses is said by whoever stops or waits because of it."""

    def handleError(self, record: logging.LogRecord) -> None:
        """The line is lost."""


class _Told(_Quiet, logging.StreamHandler[TextIO]):
    """The console, or who collects what is said there."""


class _Log(_Quiet, logging.handlers.RotatingFileHandler):
    """The log file of a home."""

    def close(self) -> None:
        with suppress(OSError):
            super().close()


class _Lines(logging.Formatter):
    """Lines for reading."""

    @staticmethod
    def converter(seconds: float | None) -> struct_time:
        return datetime.fromtimestamp(seconds or 0.0, _ZONE).timetuple()


class JsonFormatter(logging.Formatter):
    """One JSON object a line: `at` (UTC), `level`, `logger`, `where`, `message`, and `error` and `frames` of an exception."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "where": f"{record.module}:{record.lineno}",
            "message": _without_persons(record),
        }
        if record.exc_info and record.exc_info[1] is not None:
            error = record.exc_info[1]
            line["error"] = type(error).__name__
            frames = traceback.extract_tb(error.__traceback__)
            line["frames"] = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
        return json.dumps(line, ensure_ascii=False)


def _without_persons(record: logging.LogRecord) -> str:
    if record.name.partition(".")[0] != LOG.name:
        return ""
    arguments = record.args if isinstance(record.args, tuple) else ()
    shown = tuple(one if isinstance(one, Ref | int | float) else _HIDDEN for one in arguments)
    return str(record.msg) % shown if shown else str(record.msg)


def formatter_of(form: str) -> logging.Formatter:
    """How lines of this form ("text" or "json") are written."""
    return JsonFormatter() if form == "json" else _Lines("%(asctime)s %(levelname)s %(message)s")


@contextmanager
def logged(folder: Path, form: str = "text", name: str = "formflow") -> Iterator[None]:
    """Everything that is logged goes into `formflow.log` (or what else its `name` is) in this folder, which is begun anew at 2 MB; five old
    ones are kept. Two processes must not share one."""
    handler = _Log(
        folder / f"{name}.log", maxBytes=_LARGEST_BYTES, backupCount=_KEPT, encoding="utf-8", errors="backslashreplace"
    )
    before = LOG.level
    with _taking(handler, form):
        LOG.setLevel(logging.INFO)
        try:
            yield
        finally:
            LOG.setLevel(before)


@contextmanager
def told(stream: TextIO, form: str) -> Iterator[None]:
    """What is logged is said on a stream as well: all of it as JSON lines, or else what the reader is warned of, without the traces of
    our own faults."""
    handler = _Told(stream)
    if form == "text":
        handler.setLevel(logging.WARNING)
        handler.addFilter(lambda record: not record.exc_info and record.name == LOG.name)
    with _taking(handler, form, plain=True):
        yield


@contextmanager
def _taking(handler: logging.Handler, form: str, *, plain: bool = False) -> Iterator[None]:
    """Other libraries would say on the console what only concerns the log."""
    if form == "json" or not plain:
        handler.setFormatter(formatter_of(form))
    loggers = (LOG, *(logging.getLogger(name) for name in _OTHERS))
    before = [logger.propagate for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.propagate = False
    try:
        yield
    finally:
        for logger, propagates in zip(loggers, before, strict=True):
            logger.removeHandler(handler)
            logger.propagate = propagates
        handler.close()
