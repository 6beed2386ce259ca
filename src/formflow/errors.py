"""Operational failures: what stopped us, in Chinese, what to do about it, and the exit code it ends in.

A defect in an applicant's paper is never an exception (see `model.finding`); an exception that is not a `FormflowError`
is our own bug.
"""

from __future__ import annotations

import errno
from enum import IntEnum


class ExitCode(IntEnum):
    """How a command ends (design.md section 5)."""

    DONE = 0
    NEEDS_PERSON = 1
    USAGE = 2
    CONFIGURATION = 3
    ENVIRONMENT = 4
    BUG = 70


class FormflowError(Exception):
    """An operational failure. `message` says what happened, `remedy` what the reader can do; both Chinese."""

    exit_code = ExitCode.BUG

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message}\n  {self.remedy}" if self.remedy else self.message


class UsageError(FormflowError):
    """The command was called wrongly."""

    exit_code = ExitCode.USAGE


class ConfigurationError(FormflowError):
    """`formflow.toml` is wrong."""

    exit_code = ExitCode.CONFIGURATION


class PackError(FormflowError):
    """A programme pack is wrong. `problems` are lines `templates/x/y.yaml:12: …`, all of them at once."""

    exit_code = ExitCode.CONFIGURATION

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems), "请按上面的文件名和行号改正后再运行；可用 formflow pack check 复查。")
        self.problems = problems


class EnvironmentFailure(FormflowError):
    """The machine lacks something: a folder that cannot be written, a database on a network disk, a missing program. `code` is a stable
    English word for what a service waits to be put right, "" where it does not wait."""

    exit_code = ExitCode.ENVIRONMENT

    def __init__(self, message: str, remedy: str = "", code: str = "") -> None:
        super().__init__(message, remedy)
        self.code = code


class UnreadableError(FormflowError):
    """A file that cannot be read as a paper. `code` is a stable English word, `message` and `remedy` are for the clerk.

    Codes: `empty`, `encrypted`, `truncated`, `not_word`, `unsupported`, `damaged`, `too_large`, `hostile`, `time_out`,
    `out_of_memory`, `crashed`, `locked`.
    """

    exit_code = ExitCode.NEEDS_PERSON

    def __init__(self, code: str, message: str, remedy: str = "") -> None:
        super().__init__(message, remedy)
        self.code = code


_SYSTEM_WORDS = {
    errno.ENOENT: "文件或文件夹不存在",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EFBIG: "文件超过允许的大小",
    errno.ENOTDIR: "路径中有一段是文件，不是文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.EEXIST: "已有同名的文件",
    errno.ENAMETOOLONG: "名称太长",
    errno.EIO: "磁盘读写出错",
    errno.EBUSY: "正被其他程序占用",
    errno.EMFILE: "同时打开的文件太多",
    errno.ENFILE: "同时打开的文件太多",
    errno.ESTALE: "网络磁盘已断开",
    errno.ENOTCONN: "网络磁盘已断开",
    errno.EHOSTDOWN: "网络磁盘已断开",
    errno.EADDRINUSE: "端口已被占用",
    errno.EADDRNOTAVAIL: "本机没有这个地址",
}
# What SQLite reports, by a part of it.
_DATABASE_WORDS = {
    "is locked": "正被其他程序占用",
    "is full": "磁盘已满",
    "readonly": "只读，不能写",
    "disk I/O": "磁盘读写出错",
    "unable to open": "文件夹不在、没有权限，或者磁盘是只读的",
    "not a database": "不是登记库文件，或者已损坏",
    "malformed": "已损坏",
    "no such table": "缺了一张表，可能被改动过",
    "no such column": "缺了一栏，可能被改动过",
    "has an invalid foreign key": "有一行所指的另一行不在了，可能被改动过",
    "CHECK constraint failed": "有一行不合规定，可能被改动过",
}
# What PostgreSQL refuses, by SQLSTATE: its words may be in any language.
_STATE_WORDS = {
    "25006": "数据库是只读的（备用服务器？），不能写",
    "25P03": "事务停得太久，被数据库断开",
    "28000": "数据库不让这个用户或这台机器登录",
    "28P01": "数据库的用户名或密码不对",
    "3D000": "没有这个数据库",
    "40P01": "数据库里互相等待",
    "42501": "数据库用户的权限不够",
    "42P01": "数据库里没有登记库的表",
    "53100": "数据库的磁盘已满",
    "53200": "数据库的内存不够",
    "53300": "数据库的连接数已满",
    "55P03": "等锁超过了数据库的时限",
    "57014": "超过了数据库的时限（statement_timeout）",
    "57P01": "数据库断开了连接：正在停止，或者管理员断开的",
    "57P02": "数据库中断，正在恢复",
    "57P03": "数据库正在启动或恢复",
    "57P05": "连接空闲太久，被数据库断开",
}
# Before there is a connection, nothing but words comes back.
_CONNECTION_WORDS = {
    "password authentication failed": _STATE_WORDS["28P01"],
    "no pg_hba.conf entry": _STATE_WORDS["28000"],
    "FATAL:  role": _STATE_WORDS["28000"],
    "FATAL:  database": _STATE_WORDS["3D000"],
    "too many clients": _STATE_WORDS["53300"],
    "connection slots": _STATE_WORDS["53300"],
    "starting up": _STATE_WORDS["57P03"],
    "recovery": _STATE_WORDS["57P03"],
    "shutting down": _STATE_WORDS["57P01"],
    "Connection refused": "数据库没有运行，或者地址、端口不对",
    "Is the server running": "数据库没有运行，或者地址、端口不对",
    "resolve host": "找不到数据库的主机",
    "host name": "找不到数据库的主机",
    "timeout expired": "数据库没有回应",
    "connection timeout": "数据库没有回应",
    "get a connection": "数据库没有回应",
    "closed the connection": "与数据库的连接断了",
    "connection is closed": "与数据库的连接断了",
    "connection is lost": "与数据库的连接断了",
}


# What the machine refuses, whatever the program asked for.
_REFUSALS = frozenset(_SYSTEM_WORDS) - {
    *(errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EEXIST),
    *(errno.EADDRINUSE, errno.EADDRNOTAVAIL),
}


def is_refusal(error: OSError) -> bool:
    """Whether a system error is the machine's (no permission, disk full, disk away) and not a slip of ours."""
    return error.errno in _REFUSALS


def in_words(error: Exception) -> str:
    """What the system or the database reports, in Chinese and with the file it is about; its own words where we have none."""
    if isinstance(error, OSError) and error.errno in _SYSTEM_WORDS:
        words = _SYSTEM_WORDS[error.errno]
        return f"{words}（{error.filename}）" if isinstance(error.filename, str) else words
    if isinstance(error, FormflowError):
        return str(error)
    said = str(_first_cause(error))
    by_part = {**_DATABASE_WORDS, **_CONNECTION_WORDS}
    by_state = _STATE_WORDS.get(state_of(error), "")
    return by_state or next((words for part, words in by_part.items() if part in said), " ".join(said.split()))


def state_of(error: BaseException) -> str:
    """The SQLSTATE of what PostgreSQL has reported, "" for anything else."""
    return str(getattr(_first_cause(error), "sqlstate", None) or "")


def _first_cause(error: BaseException) -> BaseException:
    """What the database's own library has raised, behind what Django and the job engine have made of it."""
    while error.__cause__ is not None:
        error = error.__cause__
    return error


def in_words_alone(error: OSError) -> str:
    """The same without the file, where that is named anyway."""
    return in_words(OSError(error.errno, error.strerror))
