from __future__ import annotations

import errno
import shutil
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from formflow.reading import scan
from formflow.service import health, health_service
from formflow.service.home import Home, bundled_templates, found
from support import offices

TODAY = date(2022, 3, 10)


def conditions(root: Path, today: date = TODAY) -> dict[str, health.Condition]:
    return {condition.id: condition for condition in health.examine(Home(root), today)}


def test_a_sound_home_has_nothing_failed(tmp_path: Path) -> None:
    found(Home(tmp_path), with_samples=False)
    with offices.office(tmp_path):
        pass
    seen = conditions(tmp_path)
    assert [condition.id for condition in seen.values() if condition.state == "failed"] == []
    assert set(seen) == {
        *(
            "folders",
            "filesystem",
            "disk_space",
            "program",
            "register",
            "structure",
            "journal",
            "service",
            "settings",
            "packs",
            "contact",
            "fonts",
            "calendar",
            "libreoffice",
            "rar",
            "ocr",
        ),
    }
    assert "完好" in seen["register"].found
    assert "职工服务中心赋能创优" in seen["packs"].found


def test_looking_changes_nothing(tmp_path: Path) -> None:
    conditions(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_network_file_system_is_refused_for_the_register_and_said_for_the_inbox(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "filesystem_type", lambda path: "cifs")
    assert conditions(tmp_path)["filesystem"].state == "failed"
    monkeypatch.setattr(health, "filesystem_type", lambda path: "cifs" if path.name == "inbox" else "ext4")
    assert conditions(tmp_path)["filesystem"].state == "warning"


def test_a_damaged_register_is_found(tmp_path: Path) -> None:
    with offices.office(tmp_path) as office:
        path = office.home.register
    path.write_bytes(path.read_bytes()[:4096] + b"\xff" * 8192)
    assert conditions(tmp_path)["register"].state == "failed"


def test_a_register_in_use_elsewhere_is_not_called_damaged(tmp_path: Path) -> None:
    with offices.office(tmp_path) as office:
        path = office.home.register
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA journal_mode=DELETE")
        other.execute("BEGIN EXCLUSIVE")
        seen = conditions(tmp_path)["register"]
        other.rollback()
    assert seen.state == "warning"
    assert "占用" in seen.found
    assert "损坏" not in seen.meaning


def test_a_register_that_cannot_be_read_is_not_called_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object, **settings: object) -> sqlite3.Connection:
        raise sqlite3.OperationalError("attempt to write a readonly database")

    with offices.office(tmp_path):
        pass
    monkeypatch.setattr(health, "_quick_check", refuse)
    seen = conditions(tmp_path)["register"]
    assert seen.state == "failed"
    assert "只读" in seen.found
    assert "损坏" not in seen.meaning + seen.remedy


def test_a_full_disk_and_locked_folders_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: type("Usage", (), {"free": 10 * 2**20})())
    monkeypatch.setattr(health_service.os, "access", lambda path, mode: False)
    seen = conditions(tmp_path)
    assert "10 MB" in seen["disk_space"].found
    assert seen["disk_space"].state == seen["folders"].state == "failed"


def test_wrong_settings_and_packs_are_conditions_not_crashes(tmp_path: Path) -> None:
    (tmp_path / "formflow.toml").write_text("[inbox]\nnonsense = 1\n", encoding="utf-8")
    seen = conditions(tmp_path)
    assert seen["settings"].state == "failed"
    # Said once, where it belongs; what hangs on it points there.
    assert [one.id for one in seen.values() if "nonsense" in one.found] == ["settings"]
    for hanging in ("register", "packs", "contact"):
        assert (seen[hanging].state, seen[hanging].remedy) == ("warning", "请先看“设置”一项。")
    assert "formflow.toml:2" in seen["settings"].found


def test_contact_details_that_nobody_filled_in_are_said(tmp_path: Path) -> None:
    assert conditions(tmp_path)["contact"].state == "warning"
    filled_in = (f'[issuer."{pack.name}"]\ntelephone = "0513-1"\n' for pack in bundled_templates().iterdir())
    (tmp_path / "formflow.toml").write_text("".join(filled_in), encoding="utf-8")
    assert conditions(tmp_path)["contact"].state == "ok"


def test_a_year_without_calendar_is_said(tmp_path: Path) -> None:
    assert conditions(tmp_path, date(2022, 1, 1))["calendar"].state == "ok"
    far = conditions(tmp_path, date(2099, 1, 1))["calendar"]
    assert far.state == "warning"
    assert "2099" in far.meaning


def test_what_is_lost_without_ocr(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "available", lambda: (False, "缺少 rapidocr。请管理员安装。"))
    ocr = conditions(tmp_path)["ocr"]
    assert (ocr.state, ocr.found, ocr.remedy) == ("warning", "缺少 rapidocr", "请管理员安装。")
    assert "扫描件" in ocr.meaning
    monkeypatch.setattr(scan, "available", lambda: (True, "文字识别可用"))
    assert conditions(tmp_path)["ocr"].state == "ok"


def test_every_condition_that_is_not_well_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "filesystem_type", lambda path: "nfs")
    for condition in conditions(tmp_path, date(2099, 1, 1)).values():
        assert condition.state == "ok" or (condition.meaning and condition.remedy), condition


def test_what_is_lost_without_programs_that_one_can_do_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    seen = conditions(tmp_path)
    assert (seen["libreoffice"].state, seen["rar"].state) == ("warning", "warning")
    assert ".doc" in seen["libreoffice"].meaning
    assert ".rar" in seen["rar"].meaning
    monkeypatch.setattr(shutil, "which", lambda name: f"/opt/{name}")
    seen = conditions(tmp_path)
    assert seen["libreoffice"].found == "/opt/soffice"
    assert "bsdtar" in seen["rar"].found


def test_what_may_not_be_looked_at_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> str:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(health, "filesystem_type", refuse)
    seen = conditions(tmp_path)["filesystem"]
    assert (seen.state, "没有权限" in seen.found, "Permission" in seen.found) == ("failed", True, False)
