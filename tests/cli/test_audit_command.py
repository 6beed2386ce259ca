from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from support import offices
from support.commands import Caller


@pytest.fixture
def worked(call: Caller, home: Path) -> Path:
    offices.drop(home, offices.COMPLETE)
    assert call("run", "--home", home).code == 0
    return home


def tamper(home: Path, statement: str) -> None:
    with sqlite3.connect(home / "state" / "register.sqlite3") as connection:
        connection.execute(statement)


def test_a_sound_home(call: Caller, worked: Path) -> None:
    called = call("audit", "verify", "--home", worked)
    assert called.code == 0
    assert "没有改动" in called.out
    assert "校验点：" in called.out
    told = call("audit", "verify", "--json", "--home", worked).json
    assert told["sound"]
    assert told["broken"] is None
    assert told["anchor"].startswith(f"{told['entries']}:")
    assert told["differences"] == []
    assert told["files"] >= 3


def test_an_anchor_that_was_kept_is_compared(call: Caller, worked: Path) -> None:
    anchor = call("audit", "verify", "--json", "--home", worked).json["anchor"]
    assert call("audit", "verify", "--anchor", anchor, "--home", worked).code == 0
    count, _, hash_ = anchor.partition(":")
    other = call("audit", "verify", "--anchor", f"{count}:{'f' * 16}", "--home", worked)
    assert other.code == 1
    assert "与校验点不符" in other.out
    assert call("audit", "verify", "--anchor", hash_, "--home", worked).code == 2


def test_the_first_entry_that_was_changed_is_named(call: Caller, worked: Path) -> None:
    tamper(worked, "UPDATE register_event SET after = '{}' WHERE id = 1")
    called = call("audit", "verify", "--home", worked)
    assert called.code == 1
    assert "第 1 条的内容被改动过" in called.out
    assert "办法：" in called.out
    assert call("audit", "verify", "--json", "--home", worked).json["broken"]["fault"] == "changed"


def test_changed_files_are_listed_and_only_the_wrong_ones_count(call: Caller, worked: Path) -> None:
    letter = next(worked.rglob("受理通知书.docx"))
    letter.write_bytes(b"edited")
    called = call("audit", "verify", "--home", worked)
    assert called.code == 0
    assert "受理通知书.docx：编辑过" in called.out
    letter.with_suffix(".pdf").write_bytes(b"edited")
    called = call("audit", "verify", "--home", worked)
    assert called.code == 1
    assert "其中 1 件有问题" in called.out


def test_a_row_that_was_changed_by_hand_is_named_with_the_entry_that_says_otherwise(call: Caller, worked: Path) -> None:
    sound = call("audit", "verify", "--home", worked)
    assert "逐行与办理记录相符" in sound.out
    tamper(worked, "UPDATE register_case SET unit = '别的单位'")
    tamper(worked, "DELETE FROM register_casename WHERE id = (SELECT min(id) FROM register_casename)")
    called = call("audit", "verify", "--home", worked)
    assert called.code == 1
    assert "案卷第 1 行：被改动过（最近一次登记在办理记录第 1 条：收到申请，" in called.out
    assert "案卷名称第 1 行：被删去" in called.out
    told = call("audit", "verify", "--json", "--home", worked).json
    assert (told["sound"], told["broken"]) == (False, None)
    assert [(fault["kind"], fault["table"], fault["entry_id"]) for fault in told["row_faults"]] == [
        ("changed", "案卷", 1),
        ("removed", "案卷名称", 1),
    ]


def test_exports(call: Caller, worked: Path, tmp_path: Path) -> None:
    sheet, lines = tmp_path / "a.xlsx", tmp_path / "a.jsonl"
    called = call("audit", "export", "--xlsx", sheet, "--jsonl", lines, "--home", worked)
    assert called.code == 0
    assert called.out.count("已存为") == 2
    written = [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()]
    assert {"form_received", "letter_issued", "original_filed", "sheet_published", "workbook_published"} <= {
        line["what"] for line in written
    }
    assert sheet.stat().st_size > 0


def test_wrong_usage_and_places_that_cannot_be_written(call: Caller, worked: Path, tmp_path: Path) -> None:
    assert call("audit", "export", "--home", worked).code == 2
    assert call("audit", "verify", "--home", tmp_path / "nowhere").code == 2
    called = call("audit", "export", "--jsonl", tmp_path / "none" / "a.jsonl", "--home", worked)
    assert called.code == 4
    assert "写不了" in called.err


def test_a_letter_is_made_again_with_the_same_bytes(call: Caller, worked: Path) -> None:
    before = offices.tree(worked / "outbox")
    called = call("audit", "replay", "2022-0001-1", "--home", worked)
    assert called.code == 0, called.out + called.err
    assert "受理通知书 2022-0001-1" in called.out
    assert "（2 件）与发出的逐字节相同" in called.out
    assert offices.tree(worked / "outbox") == before
    tamper(worked, "UPDATE register_letter SET content = replace(content, '2022', '2021')")
    called = call("audit", "replay", "2022-0001-1", "--home", worked)
    assert called.code == 1
    assert "受理通知书.pdf：当时" in called.out
    told = call("audit", "replay", "2022-0001-1", "--json", "--home", worked).json
    assert [(letter["same"], len(letter["changes"])) for letter in told] == [(False, 2)]


def test_a_case_is_done_again_with_the_same_bytes(call: Caller, worked: Path) -> None:
    before = offices.tree(worked / "outbox")
    called = call("audit", "replay", offices.COMPLETE_UNIT, "--home", worked)
    assert called.code == 0, called.out + called.err
    assert "完全相同" in called.out
    assert offices.tree(worked / "outbox") == before
    tamper(worked, "UPDATE register_case SET outcome = 'supplement'")
    called = call("audit", "replay", "2022-1", "--home", worked)
    assert called.code == 1
    assert "办理结果：当时 supplement，现在 accepted" in called.out
    told = call("audit", "replay", "2022-1", "--json", "--home", worked).json
    assert (told["same"], len(told["changes"])) == (False, 1)
    assert call("audit", "replay", "2022-9", "--home", worked).code == 2


def test_a_table_that_was_taken_out_is_no_fault_of_ours(call: Caller, worked: Path) -> None:
    tamper(worked, "DROP TABLE register_scoresheet")
    called = call("audit", "verify", "--home", worked)
    assert called.code == 4
    assert "缺了一张表" in called.err
    assert "register_scoresheet" not in called.err


def test_without_anchors_none_is_said_to_be_met(call: Caller, worked: Path) -> None:
    assert "与 1 个校验点相符" in call("audit", "verify", "--home", worked).out
    (worked / "state" / "log" / "anchors.jsonl").unlink()
    told = call("audit", "verify", "--home", worked).out
    assert "还没有以前的校验点可以对照" in told
    assert "与 0 个" not in told
    assert "与 1 个校验点相符" in call("audit", "verify", "--home", worked).out
