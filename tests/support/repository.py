"""The files of this repository, as it knows them itself."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def tracked_files() -> list[Path]:
    """Every file under version control that is there."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    files = [ROOT / name for name in listed.split("\0") if name]
    return [path for path in files if path.is_file()]


def fenced_lines(document: Path) -> Iterator[str]:
    """The lines of a Markdown document's code blocks that say something."""
    for block in _FENCE.finditer(document.read_text(encoding="utf-8")):
        yield from (line.strip() for line in block[2].splitlines() if line.strip())


def code_spans(document: Path) -> list[str]:
    """What stands between single back quotes in a Markdown document, outside its code blocks."""
    text = _FENCE.sub("", document.read_text(encoding="utf-8"))
    return re.findall(r"`([^`\n]+)`", text)
