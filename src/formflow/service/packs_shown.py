"""With which packs the workbooks were gone over last: another version of a pack may show every year of its programme differently.

In: a home and its packs. Kept in `state/packs.json`, programme → fingerprint; a file that is missing or cannot be made out says that all have
changed, which costs time and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress

from formflow.model.programme import Programme
from formflow.service.home import Home

_NAME = "packs.json"


def changed(home: Home, programmes: Iterable[Programme]) -> frozenset[str]:
    """The ids of the programmes whose packs are not those of the last time."""
    known: object = None
    with suppress(OSError, ValueError):
        known = json.loads((home.state / _NAME).read_text(encoding="utf-8"))
    if not isinstance(known, dict):
        known = {}
    return frozenset(programme.id for programme in programmes if known.get(programme.id) != programme.sha256)


def note(home: Home, programmes: Iterable[Programme]) -> None:
    """All years have been gone over with these packs."""
    said = {programme.id: programme.sha256 for programme in programmes}
    (home.state / _NAME).write_text(json.dumps(said, indent=1, sort_keys=True), encoding="utf-8")
