"""What was taken out of an inbox, could not be read, and was given back: remembered, so that it rests longer each time and is told meanwhile.

In: a file in an inbox, and why it lies there again. Out: a slip in `state/given_back/`, which the service that watches the inbox, the workers
on other machines and `formflow cases` share. A file is known by its name, size and mtime: its path may be another on another machine. Slips
are hints: without its slip a file is merely tried again at once. One that was not renewed for an hour is forgotten.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from formflow.service import slips
from formflow.service.home import Home

FIRST_REST_S, LONGEST_REST_S = 1.0, 300.0
_FORGOTTEN_S = 3600.0

Key = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class GivenBack:
    """`reason` (Chinese): why it could not be read. `since`, `last`: when it was given back for the first and for the last time, on the wall
    clock (seconds)."""

    name: str
    size: int
    mtime_ns: int
    reason: str
    since: float
    last: float
    times: int

    @property
    def key(self) -> Key:
        return self.name, self.size, self.mtime_ns

    @property
    def until(self) -> float:
        """When its rest ends, on the wall clock."""
        rest_s: float = min(FIRST_REST_S * 2 ** min(self.times - 1, 10), LONGEST_REST_S)
        return self.last + rest_s


def note(home: Home, place: Path, reason: str, now: float) -> None:
    """Notes that a file lies at `place` in an inbox again. What cannot be noted now is left out."""
    with contextlib.suppress(OSError):
        info = place.lstat()
        path = _path(home, (place.name, info.st_size, info.st_mtime_ns))
        before = _given_back(slips.read(path))
        since, times = (before.since, before.times + 1) if before else (now, 1)
        slip = GivenBack(place.name, info.st_size, info.st_mtime_ns, reason, since, now, times)
        slips.keep(path, asdict(slip))


def load(home: Home, now: float) -> Mapping[Key, GivenBack]:
    """Everything that was given back and is still tried."""
    found: dict[Key, GivenBack] = {}
    for path, told in slips.lying_in(_folder(home)):
        slip = _given_back(told)
        if slip is not None and abs(now - slip.last) <= _FORGOTTEN_S:
            found[slip.key] = slip
        else:
            slips.forget(path)
    return found


def _given_back(told: Mapping[str, Any] | None) -> GivenBack | None:
    try:
        return GivenBack(**told) if told else None
    except TypeError:
        return None


def _folder(home: Home) -> Path:
    return home.state / "given_back"


def _path(home: Home, key: Key) -> Path:
    name, size, mtime_ns = key
    return _folder(home) / f"{hashlib.sha256(os.fsencode(name) + f'/{size}/{mtime_ns}'.encode()).hexdigest()[:32]}.json"
