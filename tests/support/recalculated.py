"""Workbooks as LibreOffice computes and saves them."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

_VALUE = re.compile(rb"(</f>)<v>[^<]*</v>")


def has_calc() -> bool:
    """Whether LibreOffice is there with its spreadsheets."""
    program = shutil.which("soffice")
    return program is not None and (Path(program).resolve().parent / "libsclo.so").is_file()


def converted(folder: Path, pattern: str, ending: str) -> list[Path]:
    """Files of a folder in another format, in a folder beside."""
    target = folder / ending
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    sources = [str(path) for path in sorted(folder.glob(pattern))]
    command = ["soffice", "--headless", profile, "--convert-to", ending, "--outdir", str(target), *sources]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return sorted(target.glob(f"*.{ending}"))


def recalculated(data: bytes) -> bytes:
    """An .xlsx with every formula computed anew: the stored values are taken out first."""
    bare = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(bare, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, _VALUE.sub(rb"\1", part) if name.startswith("xl/worksheets/") else part)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "book.xlsx").write_bytes(bare.getvalue())
        (found,) = converted(Path(folder), "book.xlsx", "xlsx")
        return found.read_bytes()
