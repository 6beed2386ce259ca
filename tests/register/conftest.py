from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from formflow.register.setup import close_register, open_register


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Path]:
    """An open, empty register."""
    path = tmp_path / "register.sqlite3"
    open_register(path)
    yield path
    close_register()
