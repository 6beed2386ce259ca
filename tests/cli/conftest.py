from __future__ import annotations

from pathlib import Path

import pytest

from support.commands import Caller


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Caller:
    return Caller(capsys)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty home that waits for nothing."""
    (tmp_path / "inbox").mkdir()
    (tmp_path / "formflow.toml").write_text("[inbox]\nsettle_s = 1e-9\n", encoding="utf-8")
    return tmp_path
