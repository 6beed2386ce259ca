"""Slips: what the service notes for itself and for whoever asks, a JSON file each in a folder under `state/`. Hints only: without its slip a
thing is merely tried, or told, again.

In: a path, and what is to be remembered. Out: the same. A slip that cannot be written is left out, one that cannot be made out is none. Where
`state/` is gone none is made.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from formflow.service import files


def keep(path: Path, told: Mapping[str, Any]) -> None:
    """Writes a slip, in place of what it said before."""
    draft = path.with_suffix(".part")
    with contextlib.suppress(OSError):
        path.parent.mkdir(exist_ok=True)
        draft.write_text(json.dumps(told), encoding="utf-8")
        draft.replace(path)


def read(path: Path) -> dict[str, Any] | None:
    """What a slip says; None for one that is not there, or was cut short."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return told if isinstance(told, dict) else None


def forget(path: Path) -> None:
    """Removes a slip if it is there."""
    with contextlib.suppress(OSError):
        files.remove(path)


def lying_in(folder: Path) -> Iterator[tuple[Path, dict[str, Any] | None]]:
    """Every slip of a folder with what it says, in no order."""
    try:
        paths = [path for path in folder.iterdir() if path.suffix == ".json"]
    except OSError:
        return
    for path in paths:
        yield path, read(path)
