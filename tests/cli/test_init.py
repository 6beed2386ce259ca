from __future__ import annotations

from pathlib import Path

import pytest

from support import offices
from support.commands import Caller


def test_a_home_with_samples(call: Caller, tmp_path: Path) -> None:
    called = call("init", tmp_path / "office", "--samples")
    assert called.code == 0
    assert (tmp_path / "office/inbox" / offices.COMPLETE.name).exists()
    assert (tmp_path / "office/templates/nantong-service-centre/programme.yaml").exists()
    assert f"formflow run --home {tmp_path / 'office'}" in called.out


def test_home_may_be_an_option(call: Caller, tmp_path: Path) -> None:
    assert call("init", "--home", tmp_path / "office").code == 0
    assert (tmp_path / "office/outbox").is_dir()


def test_a_place_that_cannot_be_written(call: Caller, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert call("init", tmp_path / "file" / "office").code == 4


def test_the_next_step_is_short_where_the_home_is_the_default(
    call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORMFLOW_HOME", str(tmp_path / "office"))
    assert "--home" not in call("init").out
