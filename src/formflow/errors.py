"""Operational failures: what stopped us, in Chinese, what to do about it, and the exit code it ends in.

A defect in an applicant's paper is never an exception (see `model.finding`); an exception that is not a `FormflowError`
is our own bug.
"""

from __future__ import annotations

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
    """The machine lacks something: a folder that cannot be written, a database on a network disk, a missing program."""

    exit_code = ExitCode.ENVIRONMENT


class UnreadableError(FormflowError):
    """A file that cannot be read as a paper. `code` is a stable English word, `message` and `remedy` are for the clerk.

    Codes: `empty`, `encrypted`, `truncated`, `not_word`, `unsupported`, `damaged`, `too_large`, `hostile`, `time_out`,
    `out_of_memory`, `crashed`, `locked`.
    """

    exit_code = ExitCode.NEEDS_PERSON

    def __init__(self, code: str, message: str, remedy: str = "") -> None:
        super().__init__(message, remedy)
        self.code = code
