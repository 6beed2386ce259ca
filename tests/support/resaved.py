"""Word files as LibreOffice saves them under another kind, many in one call; kept in the temporary folder, for it takes seconds."""

from __future__ import annotations

import hashlib
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path


def resaved(files: Mapping[str, bytes], ending: str) -> dict[str, bytes]:
    """Each .docx, by its name, as a file of that ending ("doc")."""
    folder = Path(tempfile.gettempdir()) / "formflow-resaved-as" / ending
    (folder / "in").mkdir(parents=True, exist_ok=True)
    stems = {name: hashlib.sha256(data).hexdigest()[:24] for name, data in files.items()}
    missing = []
    for name, stem in stems.items():
        if not (folder / "out" / f"{stem}.{ending}").exists():
            source = folder / "in" / f"{stem}.docx"
            source.write_bytes(files[name])
            missing.append(str(source))
    if missing:
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = ["soffice", "--headless", profile, "--convert-to", ending, "--outdir", str(folder / "out"), *missing]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {name: (folder / "out" / f"{stem}.{ending}").read_bytes() for name, stem in stems.items()}
