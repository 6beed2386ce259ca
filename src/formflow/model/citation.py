"""Where a rule comes from: what every number, word and condition of a pack can be traced to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a rule comes from: the source's file name and heading, or `source: local` (a choice of this federation)."""

    source: str
    clause: str

    @property
    def is_local(self) -> bool:
        return self.source == "local"
