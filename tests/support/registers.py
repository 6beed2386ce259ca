"""Empty registers, quickly: the tables are made once in a process, every further register is a copy of the first."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from formflow.register.setup import close_register, open_register


def open_empty(path: Path) -> None:
    """Opens the register at a path; where there is none, a new one. How one comes to be is tested with the register's own tests."""
    if not path.exists():
        path.write_bytes(_empty())
    open_register(path)


@cache
def _empty() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.sqlite3"
        open_register(path)
        close_register()
        return path.read_bytes()
