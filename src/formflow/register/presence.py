"""Whether the register's file still is the one that was opened. Of a register on PostgreSQL there is nothing to look at.

A program goes on writing into an open file when somebody has deleted it or put another in its place, and everything it writes is lost: so
every transaction looks first.
"""

from __future__ import annotations

from pathlib import Path

from formflow.errors import EnvironmentFailure

_opened: tuple[Path, tuple[int, int]] | None = None


def note(path: Path | None) -> None:
    """This file has been opened, or (None) a database elsewhere."""
    global _opened
    _opened = (path, _identity(path)) if path else None


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


def _identity(path: Path) -> tuple[int, int]:
    info = path.stat()
    return info.st_dev, info.st_ino
