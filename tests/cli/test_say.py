"""What is shown on a console is words: nothing steers the terminal or turns the writing round."""

from __future__ import annotations

from pathlib import Path

import pytest

from formflow.cli.console import console, table
from formflow.cli.say import plain, say
from support import money
from support.commands import Caller

STEERING = "甲\x1b]0;x\x07\x9b31m\u202e镇\u200b\ttab\n下一行"


def test_what_cannot_be_seen_is_shown_as_a_sign() -> None:
    assert plain(STEERING) == "甲�]0;x��31m�镇�\ttab\n下一行"
    assert plain("普通的字，（1）《甲》ok") == "普通的字，（1）《甲》ok"


def test_lines_tables_and_errors_are_plain(capsys: pytest.CaptureFixture[str]) -> None:
    say(STEERING)
    say(STEERING, err=True)
    shown = table("甲", title=STEERING)
    shown.add_row(STEERING)
    console().print(shown)
    console().print(STEERING)
    said = capsys.readouterr()
    assert said.err == "甲�]0;x��31m�镇�\ttab\n下一行\n"
    for sign in "\x1b\x07\x9b\u202e\u200b":
        assert sign not in said.out
    assert said.out.count("�31m") >= 4


def test_a_paper_cannot_steer_the_console(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Excel writes a control character as _x001B_, and it comes out of the workbook as one."""
    honours = tmp_path / "名单\u202e.xlsx"
    honours.write_bytes(money.honours(["暖阳_x001B_]0;x_x0007_", "甲_x001B_[2J中心", "市级", "2022年3月"]))
    told = Caller(capsys)("subsidy", honours, "--home", tmp_path)
    assert "暖阳" in told.out
    assert not set("\x1b\x07\u202e") & set(told.out + told.err)
    told = Caller(capsys)("check", honours, "--home", tmp_path)
    assert not set("\x1b\x07\u202e") & set(told.out + told.err)
