from __future__ import annotations

import sqlite3
from pathlib import Path

from support import offices
from support.archives import zipped
from support.commands import Caller


def test_the_inbox_is_worked_off_and_summed_up(call: Caller, home: Path) -> None:
    offices.drop(home, offices.COMPLETE)
    called = call("run", "--home", home)
    assert called.code == 0
    assert offices.COMPLETE_UNIT in called.out
    assert "受理 1 份" in called.out
    assert any(home.glob("outbox/*/*/*/受理通知书.pdf"))
    again = call("run", "--home", home)
    assert (again.code, "没有可处理" in again.out) == (0, True)


def test_what_needs_a_person_is_exit_code_1(call: Caller, home: Path) -> None:
    offices.drop(home, offices.INCOMPLETE)
    offices.drop(home, b"", "[bold]空.docx")
    (home / "inbox" / "link.docx").symlink_to(offices.COMPLETE)
    called = call("run", "--home", home)
    assert called.code == 1
    assert "需补正 1 份" in called.out
    assert "待人工处理 1 份" in called.out
    assert "[bold]空.docx" in called.out
    assert "没有处理 link.docx" in called.out


def test_a_clock_before_the_last_entry_is_taken_at_a_person_s_word_only(call: Caller, home: Path) -> None:
    offices.drop(home, offices.COMPLETE)
    assert call("run", "--home", home).code == 0
    with sqlite3.connect(home / "state" / "register.sqlite3") as connection:
        last = connection.execute(
            "SELECT id, at, previous_hash FROM register_event ORDER BY id DESC LIMIT 1"
        ).fetchone()
        connection.execute("UPDATE register_event SET at = '2099-01-01 00:00:00' WHERE id = ?", last[:1])
    offices.drop(home, offices.INCOMPLETE)
    refused = call("run", "--home", home)
    assert refused.code == 4
    assert "比最近一次办理（2099-01-01" in refused.err
    assert "--trust-clock" in refused.err
    assert (home / "inbox" / offices.INCOMPLETE.name).exists()
    trusted = call("run", "--trust-clock", "--home", home)
    assert (trusted.code, "需补正 1 份" in trusted.out) == (1, True)


def test_a_dry_run_tells_and_touches_nothing(call: Caller, home: Path) -> None:
    for source in (offices.COMPLETE, offices.INCOMPLETE, offices.PLAN):
        offices.drop(home, source)
    offices.drop(home, b"", "空.docx")
    before = offices.tree(home)
    called = call("run", "--dry-run", "--home", home)
    assert called.code == 1
    for part in ("将予受理", "将发补正通知", "发展规划", "将转人工处理", "什么都没有改动"):
        assert part in called.out
    assert offices.tree(home) == before
    assert not (home / "state").exists()


def test_a_dry_run_looks_into_archives(call: Caller, home: Path) -> None:
    files = {
        "表.docx": offices.WITH_ATTACHMENTS.read_bytes(),
        "规划.docx": offices.PLAN.read_bytes(),
        "坏.docx": b"bad",
    }
    offices.drop(home, zipped(files), "套件.zip")
    lines = call("run", "--dry-run", "--home", home).out.splitlines()
    assert [line.partition("：")[0] for line in lines[:3]] == [f"套件.zip/{name}" for name in files]
    assert "将予受理" in lines[0]


def test_a_broken_pack_stops_before_anything_is_taken(call: Caller, home: Path) -> None:
    offices.drop(home, offices.COMPLETE)
    pack = home / "templates" / "broken"
    pack.mkdir(parents=True)
    (pack / "programme.yaml").write_text("id: broken\nnonsense: 1\n", encoding="utf-8")
    called = call("run", "--home", home)
    assert called.code == 3
    assert "programme.yaml:" in called.err
    assert offices.names(home / "inbox") == [offices.COMPLETE.name]


def test_wrong_settings_stop_before_anything_is_taken(call: Caller, home: Path) -> None:
    (home / "formflow.toml").write_text("[inbox]\nnonsense = 1\n", encoding="utf-8")
    assert call("run", "--home", home).code == 3


def test_the_home_may_come_from_the_environment(call: Caller, home: Path, monkeypatch) -> None:
    offices.drop(home, offices.COMPLETE)
    monkeypatch.setenv("FORMFLOW_HOME", str(home))
    assert call("run").code == 0
    assert any(home.glob("outbox/*/*/*/受理通知书.pdf"))
