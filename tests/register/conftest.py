from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from formflow.register.setup import close_register
from support import registers


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Path]:
    """An open, empty register."""
    path = tmp_path / "register.sqlite3"
    registers.open_empty(path)
    yield path
    close_register()
