"""Moving out of the inbox as the system refuses it: between two disks (EXDEV), or of a file that another program has open (EACCES)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from formflow.service.home import Home


def refuse_renames(monkeypatch: pytest.MonkeyPatch, home: Home, code: int) -> None:
    """From now on, for everything below the inbox."""
    rename = os.rename

    def refuse(source: Path, target: Path) -> None:
        if home.inbox in Path(source).parents:
            raise OSError(code, os.strerror(code))
        rename(source, target)

    monkeypatch.setattr(os, "rename", refuse)
