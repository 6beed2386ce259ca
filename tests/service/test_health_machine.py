"""Whether program, machine and register fit each other, as `doctor` says it."""

from __future__ import annotations

import sqlite3
import sys
from datetime import date
from pathlib import Path

import pytest

from formflow.register.setup import close_register, open_register
from formflow.service import health
from formflow.service.home import Home
from support import offices

TODAY = date(2022, 3, 10)


def condition(root: Path, name: str) -> health.Condition:
    return next(one for one in health.examine(Home(root), TODAY) if one.id == name)


def test_versions_are_told(tmp_path: Path) -> None:
    found = condition(tmp_path, "program")
    assert found.state == "ok"
    assert sqlite3.sqlite_version in found.found


def test_a_system_that_does_not_write_utf_8_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "getfilesystemencoding", lambda: "gb2312")
    found = condition(tmp_path, "program")
    assert found.state == "warning"
    assert "gb2312" in found.meaning
    assert "LANG=C.UTF-8" in found.remedy
    monkeypatch.setattr(sys, "getfilesystemencoding", lambda: "UTF-8")
    assert condition(tmp_path, "program").state == "ok"


def test_a_sqlite_that_is_too_old_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 30, 1))
    found = condition(tmp_path, "program")
    assert found.state == "failed"
    assert "3.31.0" in found.meaning


def test_a_register_that_fits_one_of_an_older_and_one_of_a_newer_version(tmp_path: Path) -> None:
    assert condition(tmp_path, "structure").found == "还没有建立"
    with offices.office(tmp_path):
        pass
    register = Home(tmp_path).register
    assert condition(tmp_path, "structure").state == "ok"

    open_register(register)
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    newest = len(list(MigrationExecutor(connection).loader.disk_migrations or ()))
    assert newest > 5
    MigrationExecutor(connection).migrate([("register", "0004_review_sheets")])
    close_register()
    old = condition(tmp_path, "structure")
    assert (old.state, old.found) == ("warning", "是旧版本的")
    assert "state/backup" in old.meaning
    open_register(register)  # which brings it up to date
    close_register()
    assert condition(tmp_path, "structure").state == "ok"

    with sqlite3.connect(register) as connected:
        connected.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('register', '9999_later', '2030-01-01')"
        )
    new = condition(tmp_path, "structure")
    assert (new.state, new.found) == ("failed", "比本版本新")
    assert "升级 formflow" in new.remedy


def test_a_trigger_that_somebody_put_there_is_named(tmp_path: Path) -> None:
    with offices.office(tmp_path) as office:
        path = office.home.register
    with sqlite3.connect(path) as other:
        other.execute("CREATE TRIGGER 多付 AFTER INSERT ON register_ledgerentry BEGIN SELECT 1; END")
    found = condition(tmp_path, "structure")
    assert (found.state, "多付" in found.found, "另存" in found.remedy) == ("failed", True, True)


def test_a_register_that_cannot_be_asked_is_left_to_its_own_condition(tmp_path: Path) -> None:
    with offices.office(tmp_path):
        pass
    Home(tmp_path).register.write_bytes(b"no database" * 1000)
    assert condition(tmp_path, "structure").state == "warning"
    assert condition(tmp_path, "register").state == "failed"
