"""What the system reports reaches a clerk in Chinese."""

from __future__ import annotations

import errno
import os

import pytest

from formflow.errors import in_words, is_refusal


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


def test_a_full_disk_is_the_machines_matter_and_a_wrong_name_is_ours() -> None:
    assert is_refusal(OSError(errno.ENOSPC, "full"))
    assert is_refusal(PermissionError(errno.EACCES, "no"))
    assert not is_refusal(FileNotFoundError(errno.ENOENT, "gone"))
    assert not is_refusal(OSError("odd"))


def test_what_we_have_no_words_for_keeps_its_own() -> None:
    assert in_words(RuntimeError("odd")) == "odd"
    assert "odd" in in_words(OSError("odd"))
