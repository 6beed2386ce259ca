"""One line of the table that `python -m benchmarks` prints."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A measured number: its name, the value, what it should reach ("≤ 3×"), whether it does, and what else there is to say."""

    name: str
    value: float
    reach: str
    ok: bool
    note: str = ""
