"""The papers inside a claimed archive, laid out beside it in `claimed/` as if they had been claimed themselves.

In: names and bytes. Out: files, and the inner ids they are known by. A kill leaves some of them: `submissions` clears them away and unpacks anew.
"""

from __future__ import annotations

import os
from pathlib import Path

from formflow.service import claims, files
from formflow.service.home import Home


def inner_id(claim_id: str, number: int) -> str:
    """What a paper inside a claimed archive is claimed by, counted from 1."""
    return f"{claim_id}.{number:03}"


def lay_out(home: Home, claim_id: str, name: str, data: bytes) -> Path:
    """Puts a paper out of an archive beside the archive, as if it had been claimed itself; its `claim_id` is an `inner_id`."""
    path = claims.file_of(home, claim_id, name)
    path.parent.mkdir(exist_ok=True)
    files.write_durably(path, data)
    files.sync_folder(path.parent)
    files.sync_folder(home.claimed)
    return path


def laid_out(home: Home, claim_id: str = "") -> list[str]:
    """The inner ids of all papers laid out, or of those of one claim."""
    with os.scandir(home.claimed) as found:
        return sorted(entry.name for entry in found if _is_inner(entry.name, claim_id) and entry.is_dir())


def _is_inner(name: str, claim_id: str) -> bool:
    """Whether this is an inner id, of one claim if that is given."""
    outer = claim_id or name.partition(".")[0]
    return name.startswith(f"{outer}.") and name[len(outer) + 1 :][:1].isdecimal()


def clear_away(home: Home, inner: str) -> None:
    """Removes a paper that was laid out; what it was taken from is kept."""
    folder = home.claimed / inner
    for path in folder.iterdir():
        files.remove(path)
    folder.rmdir()
