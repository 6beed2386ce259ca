"""What lies in the inbox and is not taken: told by `formflow cases` and `run`, under names that can be shown."""

from __future__ import annotations

import os
import re
import shutil
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest

from formflow.service.home import Home
from support import offices
from support.commands import Caller

# A file may be waiting for the program that has it open, or for this long.
HOURS_AGO = time.time() - 2 * 3600


@pytest.fixture
def worked(call: Caller, home: Path) -> Path:
    offices.drop(home, offices.COMPLETE)
    assert call("run", "--home", home).code == 0
    return home


def test_an_empty_inbox_is_not_spoken_of(call: Caller, worked: Path) -> None:
    assert call("cases", "--json", "--home", worked).json["waiting"] == []
    assert "收件箱等待" not in call("cases", "--home", worked).out


def test_a_paper_that_was_taken_when_the_program_was_ended_is_listed(call: Caller, worked: Path) -> None:
    """It lies in no folder that a clerk sees, and in no case yet."""
    taken = claimed(worked, offices.INCOMPLETE)
    (told,) = call("cases", "--json", "--home", worked).json["waiting"]
    assert told["file"] == offices.INCOMPLETE.name
    assert "启动后接着办" in told["reason"]
    assert "启动后接着办" in call("cases", "--home", worked).out
    assert taken.is_file(), "whoever looks touches nothing"
    assert call("run", "--home", worked).code == 1
    assert call("cases", "--json", "--home", worked).json["waiting"] == []


def claimed(home: Path, source: Path) -> Path:
    """A paper as a kill right after it was taken leaves it; its file."""
    from formflow.service import claims
    from formflow.service.inbox import scan

    offices.drop(home, source)
    (seen,) = scan(home / "inbox", time.time()).papers
    claim = claims.take(Home(home), seen, datetime.now(offices.NOW.tzinfo))
    assert claim is not None
    return claim.path


def test_what_waits_is_listed_with_since_when_and_why(call: Caller, worked: Path) -> None:
    offices.drop(worked, offices.INCOMPLETE, "甲/表.docx")
    offices.drop(worked, b"owner", "甲/~$表.docx")
    offices.drop(worked, b"PK\x03\x04 half of it", "半个.docx")
    (worked / "inbox" / "链接.docx").symlink_to(offices.COMPLETE)
    told = {one["file"]: one for one in call("cases", "--json", "--home", worked).json["waiting"]}
    assert set(told) == {"甲/表.docx", "半个.docx", "链接.docx"}
    assert "打开着" in told["甲/表.docx"]["reason"]
    # It was dropped a moment ago, or longer on a slow machine.
    assert any(words in told["半个.docx"]["reason"] for words in ("复制完", "不完整", "排在队里"))
    assert "链接" in told["链接.docx"]["reason"]
    since = datetime.fromisoformat(told["甲/表.docx"]["since"])
    assert abs(since.timestamp() - time.time()) < 60
    assert since.utcoffset() is not None
    out = call("cases", "--home", worked).out
    assert "收件箱等待" in out
    assert "甲/表.docx" in out
    assert re.search(rf"{since:%Y-%m-%d %H:%M}", out)


def test_a_long_list_is_cut_for_people_and_whole_as_json(call: Caller, worked: Path) -> None:
    for number in range(40):
        (worked / "inbox" / f"链接{number}.docx").symlink_to(offices.COMPLETE)
    assert len(call("cases", "--json", "--home", worked).json["waiting"]) == 40
    out = call("cases", "--home", worked).out
    assert out.count("链接") < 80
    assert "共有 40 个" in out


def test_an_inbox_that_is_away_is_said(call: Caller, worked: Path) -> None:
    shutil.rmtree(worked / "inbox")
    (one,) = call("cases", "--json", "--home", worked).json["waiting"]
    assert (one["file"], one["since"]) == ("inbox", None)
    assert "打不开" in one["reason"]
    called = call("run", "--dry-run", "--home", worked)
    assert (called.code, "打不开" in called.out) == (1, True)


@pytest.mark.skipif(sys.platform == "win32", reason="names that Windows has not")
def test_names_that_cannot_be_shown_are_shown_safely(call: Caller, home: Path) -> None:
    inbox = os.fsencode(home / "inbox")
    odd = [
        "申请\n表.docx",
        "红\x1b[31m.docx",
        "反\u202excod.docx",
        "申请表.docx".encode("gb18030"),
        b"\xff\xfe\x81.docx",
    ]
    for name in odd:
        os.symlink(os.fsencode(offices.COMPLETE), os.path.join(inbox, os.fsencode(name)))  # noqa: PTH118, PTH211 - bytes
    for command in (("run",), ("run", "--dry-run")):
        called = call(*command, "--home", home)
        assert called.code == 1
        assert_can_be_shown(called.out)
        assert called.out.count("链接，不是文件") == len(odd)
    told = call("cases", "--json", "--home", home).json["waiting"]
    assert {one["file"] for one in told} >= {"申请_表.docx", "红_[31m.docx", "反_xcod.docx", "申请表.docx"}
    assert_can_be_shown(call("cases", "--home", home).out)
    log = (home / "state" / "log" / "formflow.log").read_bytes().decode()
    assert all(line[:2] == "20" for line in log.splitlines() if line)


def assert_can_be_shown(text: str) -> None:
    text.encode()
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e]", text)


def test_what_cannot_be_put_into_the_outbox_is_listed_until_it_stands_there(call: Caller, home: Path) -> None:
    in_the_way = home / "outbox" / "职工服务中心赋能创优"
    (home / "outbox").mkdir()
    in_the_way.write_bytes(b"")
    offices.drop(home, offices.COMPLETE)
    worked = call("run", "--home", home)
    assert worked.code == 1
    assert "受理通知书.docx 放不进发件箱：“职工服务中心赋能创优”应当是文件夹" in worked.out.replace("\n", "")
    held = call("cases", "--json", "--home", home).json["held_back"]
    letter = f"职工服务中心赋能创优/2022年/{offices.COMPLETE_UNIT}/受理通知书.docx"
    (told,) = [one for one in held if one["file"] == letter]
    assert "请把那个文件改名" in told["reason"]
    assert datetime.fromisoformat(told["since"]).tzinfo is not None
    listed = call("cases", "--home", home).out
    assert "放不进发件箱" in listed
    assert f"{told['since'][:10]} {told['since'][11:16]}" in listed
    (service,) = [one for one in call("doctor", "--json", "--home", home).json if one["id"] == "service"]
    assert (service["state"], f"有 {len(held)} 份文件放不进发件箱" in service["found"]) == ("warning", True)
    in_the_way.unlink()
    assert call("run", "--home", home).code == 0
    assert call("cases", "--json", "--home", home).json["held_back"] == []
    assert "放不进发件箱" not in call("cases", "--home", home).out
    assert (home / "outbox" / letter).is_file()
