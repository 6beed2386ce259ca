"""What the system reports reaches a clerk in Chinese."""

from __future__ import annotations

import errno
import os

import pytest

from formflow.errors import EnvironmentFailure, in_words, is_refusal


@pytest.mark.parametrize(
    ("code", "words"), [(errno.ENOSPC, "磁盘已满"), (errno.EACCES, "没有权限"), (errno.ENOTDIR, "不是文件夹")]
)
def test_system_errors_are_said_in_chinese_with_their_file(code: int, words: str) -> None:
    said = in_words(OSError(code, os.strerror(code), "/甲/乙.docx"))
    assert words in said
    assert "/甲/乙.docx" in said
    assert os.strerror(code) not in said
    assert in_words(OSError(code, os.strerror(code))) in said


@pytest.mark.parametrize(
    ("problem", "words"),
    [("database is locked", "占用"), ("database or disk is full", "磁盘已满"), ("file is not a database", "损坏")],
)
def test_database_errors_are_said_in_chinese(problem: str, words: str) -> None:
    assert words in in_words(RuntimeError(problem))
    assert problem not in in_words(RuntimeError(problem))


class Refused(Exception):
    """As psycopg raises it."""

    def __init__(self, words: str, state: str | None = None) -> None:
        super().__init__(words)
        self.sqlstate = state


def wrapped(error: Exception) -> Exception:
    """As Django and the job engine hand it on."""
    outer = RuntimeError("\n    Database error.\n    ")
    outer.__cause__ = error
    return outer


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (Refused("无法在只读事务中执行", "25006"), "只读"),
        (Refused("could not extend file", "53100"), "磁盘已满"),
        (Refused("canceling statement due to statement timeout", "57014"), "时限"),
        (Refused('connection failed: FATAL:  password authentication failed for user "a"'), "用户名或密码不对"),
        (Refused('connection failed: FATAL:  database "b" does not exist'), "没有这个数据库"),
        (Refused("connection failed: FATAL:  the database system is starting up"), "正在启动"),
        (Refused("connection failed: FATAL:  sorry, too many clients already"), "连接数已满"),
        (Refused("connection is bad: No such file or directory\n\tIs the server running locally"), "没有运行"),
        (Refused("couldn't get a connection after 30.00 sec"), "没有回应"),
        (Refused("server closed the connection unexpectedly"), "断了"),
    ],
)
def test_what_a_database_server_reports_is_said_in_chinese_whoever_hands_it_on(problem: Refused, words: str) -> None:
    assert words in in_words(problem)
    assert in_words(wrapped(problem)) == in_words(problem)
    assert "\n" not in in_words(wrapped(Refused("odd\n\tthing")))


def test_our_own_words_stand_before_what_caused_them() -> None:
    failure = EnvironmentFailure("发件箱不见了", "请放回原处。")
    failure.__cause__ = OSError(errno.ENOSPC, "full")
    assert "发件箱不见了" in in_words(failure)


def test_a_full_disk_is_the_machines_matter_and_a_wrong_name_is_ours() -> None:
    assert is_refusal(OSError(errno.ENOSPC, "full"))
    assert is_refusal(PermissionError(errno.EACCES, "no"))
    assert not is_refusal(FileNotFoundError(errno.ENOENT, "gone"))
    assert not is_refusal(OSError("odd"))


def test_what_we_have_no_words_for_keeps_its_own() -> None:
    assert in_words(RuntimeError("odd")) == "odd"
    assert "odd" in in_words(OSError("odd"))
