"""Folders behind a program (FUSE), as shares often are: what is written behind it makes no event in front of it. Needs root and bindfs."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def mount(source: Path, place: Path) -> bool:
    """Shows `source` at `place`; False where that is not to be had."""
    program = shutil.which("bindfs")
    if program is None or not sys.platform.startswith("linux"):
        return False
    return subprocess.run([program, str(source), str(place)], capture_output=True, check=False).returncode == 0


def unmount(place: Path) -> None:
    """Takes it away, whoever still looks at it."""
    subprocess.run(["umount", "--lazy", str(place)], capture_output=True, check=False)


@contextmanager
def home_on_a_share(root: Path, folder: str) -> Iterator[tuple[Path, Path]]:
    """(what the server sees, a home one folder of which is that); skips where shares are not to be had."""
    server, home = root / "server", root / "home"
    server.mkdir()
    (home / folder).mkdir(parents=True)
    with behind_a_program(server, home / folder) as is_there:
        if not is_there:
            pytest.skip("bindfs cannot mount here")
        yield server, home


@contextmanager
def behind_a_program(source: Path, place: Path) -> Iterator[bool]:
    """`source` at `place` for as long as the block lasts; whether that could be done."""
    is_there = mount(source, place)
    try:
        yield is_there
    finally:
        if is_there:
            unmount(place)
