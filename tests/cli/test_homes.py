"""Every command that needs a home says clearly what is wrong with it, and what it sees where nothing has been entered yet."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from openpyxl import load_workbook

from formflow.service.home import Home
from support import offices
from support.commands import Caller

LOOKING = (
    ("cases",),
    ("cases", "--json"),
    ("cases", "--incomplete"),
    ("cases", "--xlsx", "{out}.xlsx"),
    ("audit", "verify"),
    ("audit", "verify", "--json"),
    ("audit", "export", "--xlsx", "{out}.xlsx", "--jsonl", "{out}.jsonl"),
    ("letter", "circular"),
    ("run", "--dry-run"),
)
OTHERS = (("run",), ("serve",), ("worker",), ("backup", "{out}.zip"), ("audit", "replay", "2022-1"))
HONOURS = next((offices.TEMPLATES / "qingdao-social-organisations" / "samples").rglob("*荣誉*.xlsx"))


def filled(command: tuple[str, ...], out: Path) -> list[str]:
    return [word.format(out=out) for word in command]


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """As `formflow init` leaves it, but for the packs, which are the same in the program."""
    Home(tmp_path / "家").prepare()
    return tmp_path / "家"


@pytest.mark.parametrize("command", LOOKING)
def test_where_nothing_was_entered_yet_nothing_is_shown_and_nothing_founded(
    call: Caller, fresh: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    before = sorted(fresh.rglob("*"))
    called = call(*filled(command, tmp_path / "out"), "--home", fresh)
    assert (called.code, called.err) == (0, "")
    assert sorted(fresh.rglob("*")) == before


def test_what_is_shown_behind_init(call: Caller, tmp_path: Path) -> None:
    fresh = tmp_path / "家"
    assert call("init", fresh).code == 0
    assert call("cases", "--home", fresh).out == "没有这样的案卷。\n"
    empty = {"cases": [], "papers": [], "held_back": [], "waiting": []}
    assert call("cases", "--json", "--home", fresh).json == empty
    assert "没有要通报的" in call("letter", "circular", "--home", fresh).out
    assert "办理记录：0 条" in call("audit", "verify", "--home", fresh).out
    assert call("cases", "--xlsx", tmp_path / "x.xlsx", "--home", fresh).code == 0
    assert load_workbook(tmp_path / "x.xlsx").sheetnames == ["年度台账"]


def test_what_waits_in_a_fresh_inbox_is_shown(call: Caller, fresh: Path) -> None:
    offices.drop(fresh, offices.COMPLETE)
    (waiting,) = call("cases", "--json", "--home", fresh).json["waiting"]
    assert waiting["file"] == offices.COMPLETE.name


def test_a_register_without_cases_has_nothing_to_be_circulated(call: Caller, fresh: Path) -> None:
    assert call("run", "--home", fresh).code == 0
    called = call("letter", "circular", "--home", fresh)
    assert (called.code, called.out) == (0, "还没有登记过案卷，没有要通报的。\n")


@pytest.mark.parametrize("command", LOOKING + OTHERS)
def test_a_folder_that_is_no_home_is_refused_and_left_as_it_is(
    call: Caller, tmp_path: Path, command: tuple[str, ...]
) -> None:
    plain = tmp_path / "别处"
    plain.mkdir()
    called = call(*filled(command, tmp_path / "out"), "--home", plain)
    assert called.code == 2
    assert f"{plain} 不是 formflow 的工作文件夹" in called.err
    assert "formflow init" in called.err
    assert list(plain.iterdir()) == []


def test_the_doctor_says_that_it_is_no_home(call: Caller, tmp_path: Path) -> None:
    (folders,) = [one for one in call("doctor", "--json", "--home", tmp_path).json if one["id"] == "folders"]
    assert folders["state"] == "warning"
    assert "不是 formflow 的工作文件夹" in folders["found"]


@pytest.mark.parametrize("command", [*LOOKING[:-1], ("run",), ("serve",), ("audit", "replay", "2022-1")])
def test_a_register_of_a_later_version_is_refused(
    call: Caller, fresh: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    with closing(sqlite3.connect(fresh / "state" / "register.sqlite3")) as register, register:
        register.execute("CREATE TABLE django_migrations (id INTEGER PRIMARY KEY, app TEXT, name TEXT, applied TEXT)")
        register.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('register', '9999_later', '2099-01-01 00:00:00')"
        )
    called = call(*filled(command, tmp_path / "out"), "--home", fresh)
    assert called.code == 4
    assert "由更新版本的 formflow 建立" in called.err
    assert "请升级" in called.err


@pytest.mark.parametrize("command", [*LOOKING[:-1], ("run",), ("backup", "{out}.zip"), ("audit", "replay", "2022-1")])
def test_a_register_that_was_lost_is_not_taken_for_one_that_has_not_been_begun(
    call: Caller, fresh: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    (fresh / "outbox" / "职工服务中心赋能创优").mkdir()
    called = call(*filled(command, tmp_path / "out"), "--home", fresh)
    assert called.code == 4
    assert "发件箱里已有案卷，登记库" in called.err


def test_a_subsidy_is_reckoned_without_a_home_and_says_so(call: Caller, fresh: Path, tmp_path: Path) -> None:
    (tmp_path / "别处").mkdir()
    for home in (fresh, tmp_path / "别处"):
        called = call("subsidy", HONOURS, "--json", "--home", home)
        assert called.code in (0, 1)
        assert "按从未补助计算" in called.err
        assert json.loads(called.out)["batches"]


def test_a_subsidy_is_not_reckoned_where_the_ledger_was_lost(call: Caller, fresh: Path) -> None:
    """As if nothing had ever been paid, it would be paid again."""
    (fresh / "outbox" / "社会组织服务职工优秀项目").mkdir()
    called = call("subsidy", HONOURS, "--home", fresh)
    assert called.code == 4
    assert "登记库" in called.err
