"""Whether the register still is the one that was opened: its file, or on PostgreSQL what was entered in it last.

A program goes on writing into an open file when somebody has deleted it or put another in its place, and everything it writes is lost: so
every transaction looks first. A database may be dropped and restored, or a standby that is behind may take its place, while the connection
is cut: so every new connection looks for the last entry this process knows of. A register without it would give numbers, and pay sums, again.
"""

from __future__ import annotations

from pathlib import Path

from formflow.errors import EnvironmentFailure

_opened: tuple[Path, tuple[int, int]] | None = None
# Primary key and previous hash of the event entered last, by this process or before it opened the register.
_entry: tuple[int, str] | None = None
_LAST = "SELECT id, previous_hash FROM register_event ORDER BY id DESC LIMIT 1"
_FIND = "SELECT 1 FROM register_event WHERE id = %s AND previous_hash = %s"


def note(path: Path | None) -> None:
    """This file has been opened, or (None) a database elsewhere is going to be."""
    global _opened, _entry
    _opened, _entry = (path, _identity(path)) if path else None, None


def note_entry(key: int, previous_hash: str) -> None:
    """This event has been entered, and its transaction is over."""
    global _entry
    _entry = key, previous_hash


def note_last_entry() -> None:
    """The database that is open is the register from now on."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(_LAST)
        last = cursor.fetchone()
    if last is not None:
        note_entry(*last)


def check() -> None:
    """Raises EnvironmentFailure (`register_gone`, `register_replaced`) if the file that was opened is not there any more."""
    if _opened is None:
        return
    path, identity = _opened
    try:
        now = _identity(path)
    except OSError as error:
        raise EnvironmentFailure(
            "登记库不见了：state 文件夹或其中的登记库被移走、改名或删除",
            "请把它放回原处；已经删除的，请停下服务，用最近的备份恢复。",
            "register_gone",
        ) from error
    if now != identity:
        raise EnvironmentFailure(
            "登记库在运行中被换成了另一个文件",
            "请停下服务，核对是谁换的；要用备份恢复的，请用 formflow restore，再重新启动。",
            "register_replaced",
        )


def check_entry() -> None:
    """Raises EnvironmentFailure (`register_replaced`) if the database does not hold the last entry."""
    from django.db import ProgrammingError, connection

    if _entry is None:
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute(_FIND, _entry)
            is_there = cursor.fetchone() is not None
    except ProgrammingError:  # there is no such table
        is_there = False
    if not is_there:
        raise EnvironmentFailure(
            "登记库在运行中被换成了另一个，或者恢复成了较早的样子",
            "请停下 serve 和各个 worker，请数据库管理员核对；查明以后，用 formflow audit verify 检查，再重新启动。",
            "register_replaced",
        )


def _identity(path: Path) -> tuple[int, int]:
    info = path.stat()
    return info.st_dev, info.st_ino
