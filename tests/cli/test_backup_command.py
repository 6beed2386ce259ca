from __future__ import annotations

from pathlib import Path

from support import offices
from support.commands import Caller


def test_backup_and_restore_as_one_command_each(call: Caller, home: Path, tmp_path_factory: object) -> None:
    offices.drop(home, offices.COMPLETE)
    assert call("run", "--home", home).code == 0
    target, new = home / "备份.zip", home / "恢复" / "家"
    made = call("backup", target, "--home", home)
    assert made.code == 0
    assert "已逐个校验" in made.out
    again = call("restore", target, "--home", new)
    assert again.code == 0
    assert "校验无误" in again.out
    anchor = made.out.split("校验点：")[1].split()[0]
    assert call("audit", "verify", "--anchor", anchor, "--home", new).code == 0
    assert call("cases", "--json", "--home", new).json == call("cases", "--json", "--home", home).json


def test_what_was_left_out_needs_a_person(call: Caller, home: Path) -> None:
    assert call("run", "--home", home).code == 0
    (home / "inbox" / "链接.docx").symlink_to(offices.COMPLETE)
    made = call("backup", home / "备份.zip", "--home", home)
    assert made.code == 1
    assert "没有备份：inbox/链接.docx" in made.err


def test_wrong_usage(call: Caller, home: Path) -> None:
    assert call("backup", home / "备份.zip", "--home", home).code == 2
    assert call("restore", home / "备份.zip").code == 2
    (home / "坏.zip").write_bytes(b"no zip")
    assert call("restore", home / "坏.zip", "--home", home / "新").code == 4
