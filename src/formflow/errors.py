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
}
# What SQLite reports, by a part of it.
_DATABASE_WORDS = {
    "is locked": "正被其他程序占用",
    "is full": "磁盘已满",
    "readonly": "只读，不能写",
    "disk I/O": "磁盘读写出错",
    "unable to open": "打不开，请检查文件夹权限",
    "not a database": "不是登记库文件，或者已损坏",
    "malformed": "已损坏",
}


# What the machine refuses, whatever the program asked for.
_REFUSALS = frozenset(_SYSTEM_WORDS) - {errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EEXIST}


def is_refusal(error: OSError) -> bool:
    """Whether a system error is the machine's (no permission, disk full, disk away) and not a slip of ours."""
    return error.errno in _REFUSALS


def in_words(error: Exception) -> str:
    """What the system or the database reports, in Chinese and with the file it is about; its own words where we have none."""
    if isinstance(error, OSError) and error.errno in _SYSTEM_WORDS:
        words = _SYSTEM_WORDS[error.errno]
        return f"{words}（{error.filename}）" if isinstance(error.filename, str) else words
    return next((words for part, words in _DATABASE_WORDS.items() if part in str(error)), str(error))


def in_words_alone(error: OSError) -> str:
    """The same without the file, where that is named anyway."""
    return in_words(OSError(error.errno, error.strerror))
