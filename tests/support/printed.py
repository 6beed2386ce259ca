"""Papers of the corpus as LibreOffice prints them to PDF, many in one call; kept in the temporary folder, for it takes seconds."""

from __future__ import annotations

import hashlib
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from support.corpus import PRODUCERS, Paper, make

# What somebody's hand left in the file (tracked deletions) is in print, too: no truth to hold a reader of PDFs to.
_PRINTABLE = tuple(producer for producer in PRODUCERS if not producer.endswith("+hand"))


def printed(seed: int, count: int, edits: int) -> list[Paper]:
    """`count` papers, every producer in turn."""
    papers = [make(seed + number, _PRINTABLE[number % len(_PRINTABLE)], edits) for number in range(count)]
    folder = Path(tempfile.gettempdir()) / "formflow-printed"
    names = [hashlib.sha256(paper.data).hexdigest()[:24] for paper in papers]
    missing = {n: p.data for n, p in zip(names, papers, strict=True) if not (folder / "out" / f"{n}.pdf").exists()}
    if missing:
        _print(folder, missing)
    return [
        replace(paper, name=f"{paper.name}.pdf", data=(folder / "out" / f"{name}.pdf").read_bytes())
        for name, paper in zip(names, papers, strict=True)
    ]


def _print(folder: Path, files: dict[str, bytes]) -> None:
    (folder / "in").mkdir(parents=True, exist_ok=True)
    sources = []
    for name, data in files.items():
        source = folder / "in" / f"{name}.docx"
        source.write_bytes(data)
        sources.append(str(source))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder / "out"), *sources]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
