from __future__ import annotations

from pathlib import Path

import pytest

from formflow.service import health
from support.commands import Caller


def test_a_sound_home(call: Caller, home: Path) -> None:
    called = call("doctor", "--home", home)
    assert called.code == 0
    assert "［正常］登记库" in called.out
    told = call("doctor", "--json", "--home", home).json
    assert set(told[0]) == {"id", "label", "state", "found", "meaning", "remedy"}


def test_something_that_is_needed_is_missing(call: Caller, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "filesystem_type", lambda path: "nfs4")
    called = call("doctor", "--home", home)
    assert called.code == 4
    assert "［不行］文件系统" in called.out
    assert "本机磁盘" in called.out
