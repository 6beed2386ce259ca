"""What stands in the way of the service for now, in words for whoever looks after it: what happened, that nothing is lost, what to do.

In: what disk, register or memory raised. Out: a `Trouble`, said once in the log and on the console, shown by `/healthz`, and left in
`state/trouble.json` for `formflow doctor` for as long as it lasts. Nothing is put right here: the service waits and tries again.
"""

from __future__ import annotations

import contextlib
import errno
import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from formflow.errors import EnvironmentFailure, in_words, state_of
from formflow.register import presence
from formflow.service.home import Home
from formflow.service.logs import LOG, Ref

# Bytes: less than SQLite needs beside what it writes.
_HARDLY_ANY = 2**20
_KEPT = "已收的文件没有丢失，也不会重办；故障消除后自动接着办。"


@dataclass(frozen=True, slots=True)
class Trouble:
    """`code` is a stable English word; `message` and `remedy` are Chinese and name no file and nobody."""

    code: str
    message: str
    remedy: str

    @property
    def sentence(self) -> str:
        return f"{self.message}。{_KEPT}办法：{self.remedy}"


_BY_SYSTEM: Mapping[int, str] = {
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EROFS: "read_only",
    errno.EACCES: "no_permission",
    errno.EPERM: "no_permission",
    errno.EBUSY: "no_permission",
    errno.EIO: "disk_error",
    errno.ESTALE: "share_away",
    errno.ENOTCONN: "share_away",
    errno.EHOSTDOWN: "share_away",
    errno.ENOENT: "folder_gone",
    errno.ENOTDIR: "folder_gone",
    errno.EMFILE: "too_many_files",
    errno.ENFILE: "too_many_files",
    errno.ENOMEM: "memory",
}
# By a part of what the database reports.
_BY_DATABASE: Mapping[str, str] = {
    "is locked": "register_locked",
    "is full": "disk_full",
    "readonly": "read_only",
    "disk I/O": "disk_error",
    "unable to open": "folder_gone",
    "not a database": "register_damaged",
    "malformed": "register_damaged",
    "connection": "register_away",
}
# By SQLSTATE, or its class.
_BY_STATE: Mapping[str, str] = {
    "25006": "read_only",
    "53100": "disk_full",
    "53300": "register_away",
    "08": "register_away",
    "28": "register_away",
    "57P": "register_away",
}
# `{where}` is which of our folders.
_WORDS: Mapping[str, tuple[str, str]] = {
    "disk_full": ("{where}所在的磁盘已满", "请清理磁盘，留出 500 MB 以上。"),
    "read_only": ("{where}是只读的，写不了", "请管理员把磁盘或共享改回可读写。"),
    "no_permission": (
        "{where}里有文件或文件夹写不了：没有权限，或者正被 Word、WPS、杀毒软件打开",
        "请关闭打开着的文件；仍不行的，请管理员开放写权限。",
    ),
    "disk_error": ("{where}所在的磁盘读写出错", "请尽快备份，并请管理员检查磁盘。"),
    "share_away": ("{where}所在的网络磁盘断开了", "请检查网络和共享。"),
    "folder_gone": (
        "{where}或其中的文件夹不见了",
        "请把改名或移走的文件夹放回原处；已经删除的，请停下服务，用最近的备份恢复。",
    ),
    "too_many_files": ("系统同时打开的文件太多", "请关闭不用的程序；反复出现的，请管理员调高上限。"),
    "memory": ("内存不够", "请关闭不用的程序，或给这台机器加内存。"),
    "register_locked": ("登记库正被其他程序占用", "请关闭正在使用登记库的程序（数据库工具、同步、备份或杀毒软件）。"),
    "register_damaged": ("登记库已损坏", "请停下服务，另存整个 state 文件夹，用最近的备份恢复。"),
    "register_away": ("连不上登记库", "请检查数据库服务和网络。"),
    "other": ("磁盘或登记库出错", "请看 state/log 里的记录，并运行 formflow doctor。"),
}


def trouble_of(error: BaseException, home: Home) -> Trouble:
    """What an error of disk, register or memory means."""
    if isinstance(error, EnvironmentFailure):
        return Trouble(error.code or "other", error.message.rstrip("。"), error.remedy)
    code = _code_of(error)
    if code == "folder_gone" and (gone := _register_gone(home)):
        return gone
    if code == "disk_error" and not isinstance(error, OSError) and _is_full(home):
        code = "disk_full"
    message, remedy = _WORDS[code]
    return Trouble(code, message.format(where=_where(error, home)), remedy)


def _code_of(error: BaseException) -> str:
    if isinstance(error, MemoryError):
        return "memory"
    if isinstance(error, OSError):
        return _BY_SYSTEM.get(error.errno or 0, "other")
    state = state_of(error)
    if code := next((code for start, code in _BY_STATE.items() if state.startswith(start)), ""):
        return code
    return next((code for part, code in _BY_DATABASE.items() if part in str(error)), "other")


def _register_gone(home: Home) -> Trouble | None:
    """Which folder of a state that was moved is missed first is chance; what counts is that the register is gone with it."""
    try:
        if home.root.is_dir():
            presence.check()
    except EnvironmentFailure as failure:
        return trouble_of(failure, home)
    return None


def _is_full(home: Home) -> bool:
    """SQLite calls it an error of the disk when there is no room for what it shares in memory."""
    with contextlib.suppress(OSError):
        return shutil.disk_usage(home.state).free < _HARDLY_ANY
    return False


def _where(error: BaseException, home: Home) -> str:
    named = getattr(error, "filename", None)
    if not isinstance(error, OSError) or not isinstance(named, str):
        return "登记库" if not isinstance(error, OSError) else "工作文件夹"
    folders = ((home.outbox, "发件箱（outbox）"), (home.inbox, "收件箱（inbox）"))
    place = Path(named).absolute()  # a home may be named by a relative path
    return next((label for folder, label in folders if place.is_relative_to(folder.absolute())), "工作文件夹（state）")


def held_back(count: int) -> Trouble:
    """Some files cannot be put into the outbox; the service goes on with all others."""
    remedy = "请看 _待人工处理 里的“发件箱等待说明.txt”，或运行 formflow cases，照上面写的处理。"
    return Trouble("held_back", f"有 {count} 份文件放不进发件箱，其余照常办理", remedy)


class Troubles:
    """Says that a trouble has begun, and that it is over; not again in between, unless it has become another."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._code = ""
        _forget(home)

    def note(self, error: BaseException, now: datetime, pause_s: float) -> Trouble:
        """The service could not go on and will try again in so many seconds."""
        trouble = trouble_of(error, self._home)
        if trouble.code != self._code:
            LOG.error("%s（每 %.0f 秒再试一次）", Ref(trouble.sentence), pause_s)
            LOG.info("%s：%s", type(error).__name__, in_words(error) if isinstance(error, Exception) else error)
            _leave(self._home, trouble, now)
        self._code = trouble.code
        return trouble

    def over(self) -> None:
        """The service has gone on."""
        if self._code:
            LOG.warning("故障已经消除，接着办理。")
            _forget(self._home)
        self._code = ""


def _leave(home: Home, trouble: Trouble, now: datetime) -> None:
    """For others to read; on a disk that is full it is left out."""
    with contextlib.suppress(OSError):
        text = json.dumps({"since": now.isoformat(timespec="seconds"), **asdict(trouble)}, ensure_ascii=False)
        _path(home).write_text(text, encoding="utf-8")


def _forget(home: Home) -> None:
    with contextlib.suppress(OSError):
        _path(home).unlink(missing_ok=True)


def left(home: Home) -> tuple[datetime, Trouble] | None:
    """The trouble a running service is in, and since when; None if it has said nothing of one."""
    try:
        told = json.loads(_path(home).read_text(encoding="utf-8"))
        since = datetime.fromisoformat(told.pop("since"))
        return since, Trouble(**told)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _path(home: Home) -> Path:
    return home.state / "trouble.json"
