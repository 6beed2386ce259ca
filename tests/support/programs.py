"""Programs that stand in for LibreOffice, each doing one thing; and what LibreOffice itself makes of a file."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

import pytest

from formflow.reading.legacy import libreoffice

needs_libreoffice = pytest.mark.skipif(libreoffice() is None, reason="LibreOffice is not installed")


def program(folder: Path, script: str) -> str:
    """A shell script as a program; `$here` is the folder it lies in, `$out` the file LibreOffice would write."""
    path = folder / "office"
    setting = 'here=$(dirname "$0")\nfor last; do :; done\nout="${last%.*}.docx"\n'
    path.write_text(f"#!/bin/sh\n{setting}{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


@cache
def saved_as(source: Path, ending: str, folder: Path) -> bytes:
    """A file as LibreOffice saves it under another kind ("doc", "rtf", "odt")."""
    office = libreoffice()
    assert office is not None
    command = [
        office,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        ending,
        "--outdir",
        str(folder),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / f"{source.stem}.{ending}").read_bytes()
