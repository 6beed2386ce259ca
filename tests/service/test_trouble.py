"""What each refusal of the machine is called, and that whoever looks for it finds it."""

from __future__ import annotations

import errno
import logging
import shutil
import sqlite3
from pathlib import Path

import pytest

from formflow.errors import EnvironmentFailure
from formflow.service.health import examine
from formflow.service.home import Home
from formflow.service.pulse import Pulse
from formflow.service.trouble import Troubles, left, trouble_of
from support.offices import NOW, office

HOME = Home(Path("/甲"))


def refused(state: str) -> Exception:
    """What PostgreSQL refuses in words of any language, as Django hands it on."""
    cause = RuntimeError("权限不够")
    cause.sqlstate = state  # type: ignore[attr-defined]
    outer = sqlite3.OperationalError("…")
    outer.__cause__ = cause
    return outer


@pytest.mark.parametrize(
    ("error", "code", "says"),
    [
        (OSError(errno.ENOSPC, "", "/甲/outbox/某单位/受理通知书.pdf"), "disk_full", "发件箱（outbox）所在的磁盘已满"),
        (OSError(errno.EDQUOT, "", "/甲/state/claimed/x"), "disk_full", "工作文件夹（state）所在的磁盘已满"),
        (OSError(errno.EROFS, "", "/甲/inbox/某单位.docx"), "read_only", "收件箱（inbox）是只读的"),
        (PermissionError(errno.EACCES, "", "/甲/outbox/某单位"), "no_permission", "正被 Word、WPS"),
        (OSError(errno.ESTALE, ""), "share_away", "网络磁盘断开"),
        (FileNotFoundError(errno.ENOENT, "", "/甲/state/tmp"), "folder_gone", "不见了"),
        (OSError(errno.EMFILE, ""), "too_many_files", "文件太多"),
        (OSError(errno.EIO, ""), "disk_error", "读写出错"),
        (OSError(errno.EXDEV, ""), "other", "出错"),
        (MemoryError(), "memory", "内存不够"),
        (sqlite3.OperationalError("database is locked"), "register_locked", "登记库正被"),
        (sqlite3.OperationalError("database or disk is full"), "disk_full", "登记库所在的磁盘已满"),
        (sqlite3.OperationalError("attempt to write a readonly database"), "read_only", "登记库是只读的"),
        (sqlite3.DatabaseError("database disk image is malformed"), "register_damaged", "登记库已损坏"),
        (sqlite3.DatabaseError("file is not a database"), "register_damaged", "备份恢复"),
        (refused("25006"), "read_only", "登记库是只读的"),
        (refused("53100"), "disk_full", "登记库所在的磁盘已满"),
        (refused("57P03"), "register_away", "连不上"),
        (refused("42501"), "other", "出错"),
        (sqlite3.OperationalError("server closed the connection unexpectedly"), "register_away", "连不上"),
        (EnvironmentFailure("发件箱不见了。", "请放回。", "outbox_gone"), "outbox_gone", "发件箱不见了"),
    ],
)
def test_each_refusal_has_its_word_and_its_sentence(error: Exception, code: str, says: str) -> None:
    trouble = trouble_of(error, HOME)
    assert trouble.code == code
    assert says in trouble.sentence
    assert "没有丢失" in trouble.sentence
    assert trouble.remedy.startswith("请")
    assert "某单位" not in trouble.sentence, "nothing about a person is told to a monitor"


def test_a_home_named_by_a_relative_path_knows_its_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    error = OSError(errno.ENOTCONN, "", str(tmp_path / "家" / "inbox"))
    assert trouble_of(error, Home(Path("家"))).message == "收件箱（inbox）所在的网络磁盘断开了"


@pytest.mark.parametrize(("free", "code"), [(0, "disk_full"), (2**30, "disk_error")])
def test_what_sqlite_calls_an_error_of_the_disk_may_be_a_full_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, code: str
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: type("Usage", (), {"free": free})())
    assert trouble_of(sqlite3.OperationalError("disk I/O error"), Home(tmp_path)).code == code
    assert trouble_of(OSError(errno.EIO, ""), Home(tmp_path)).code == "disk_error"


def test_whatever_is_missed_first_of_a_state_that_was_moved_the_register_is_said_to_be_gone(tmp_path: Path) -> None:
    missed = FileNotFoundError(errno.ENOENT, "", str(tmp_path / "state/claimed"))
    with office(tmp_path) as opened:
        assert trouble_of(missed, opened.home).code == "folder_gone"
        opened.home.state.rename(tmp_path / "away")
        found = trouble_of(missed, opened.home)
        (tmp_path / "away").rename(opened.home.state)
    assert (found.code, "登记库不见了" in found.sentence) == ("register_gone", True)


def test_it_is_said_once_shown_to_monitor_and_doctor_and_forgotten(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    home, pulse = Home(tmp_path), Pulse()
    home.prepare()
    caplog.set_level(logging.INFO)
    troubles = Troubles(home)
    full = OSError(errno.ENOSPC, "", str(tmp_path / "outbox/甲"))
    for _ in range(3):
        pulse.failed(troubles.note(full, NOW, 15).sentence)
    assert caplog.text.count("磁盘已满") == 2, "the sentence, and for the log what the system said"
    assert [record.levelname for record in caplog.records] == ["ERROR", "INFO"]
    assert "磁盘已满" in pulse.health().sentence
    found = {condition.id: condition for condition in examine(home, NOW.date())}["service"]
    assert found.state == "failed"
    assert found.found == "自 2022-03-10 09:30 起：发件箱（outbox）所在的磁盘已满"
    assert "请清理磁盘" in found.remedy
    assert "已经不在运行的" in found.meaning, "one that was killed while it waited has said nothing since"
    troubles.note(MemoryError(), NOW, 15)
    assert caplog.text.count("内存不够") == 1, "another trouble is said"
    troubles.over()
    troubles.over()
    assert caplog.text.count("故障已经消除") == 1
    assert left(home) is None
    assert {condition.id: condition for condition in examine(home, NOW.date())}["service"].state == "ok"


def test_what_an_earlier_service_left_behind_is_no_trouble_of_this_one(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.prepare()
    Troubles(home).note(MemoryError(), NOW, 15)
    assert left(home) is not None
    Troubles(home)
    assert left(home) is None
    (home.state / "trouble.json").write_text("{", encoding="utf-8")
    assert left(home) is None
