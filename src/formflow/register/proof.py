"""Whether the chained events are still what was entered, and which is the first that is not. Pure.

In: the entries in order, and anchors (how many there were at some moment, and the hash of the last) that were kept elsewhere. Out: a
`Verdict`. What can be proven: an entry that was changed, taken out, put in or moved breaks the chain at that place. What cannot be
seen from the chain alone: entries taken off its end, and a chain that was computed anew from some entry on; both are seen from an
anchor, as far as the anchor itself is out of reach of whoever did it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from formflow.errors import UsageError
from formflow.register import chain

Fault = Literal["changed", "removed", "inserted", "moved", "replaced", "truncated", "rewritten"]
_WRITTEN = re.compile(r"\s*(\d+)\s*[:：]\s*([0-9a-f]{16,64})\s*")


@dataclass(frozen=True, slots=True)
class Entry:
    """One event as it was entered; `at` None when what stands there is no time any more. `rows` are the seals that came with it, if any."""

    id: int
    at: datetime | None
    who: str
    what: str
    object: str
    before: Any
    after: Any
    files: Any
    previous_hash: str
    hash: str
    rows: Any = None

    @property
    def is_sound(self) -> bool:
        """Whether its hash is that of what it says."""
        if self.at is None:
            return False
        return chain.event_hash(self.fields, self.at, self.previous_hash) == self.hash

    @property
    def fields(self) -> Mapping[str, Any]:
        """What is hashed beside the time and the hash before."""
        said = {name: getattr(self, name) for name in ("who", "what", "object", "before", "after", "files")}
        return said if self.rows is None else {**said, "rows": self.rows}


@dataclass(frozen=True, slots=True)
class Anchor:
    """The chain's length and last hash at some moment. `hash` may be its beginning only."""

    count: int
    hash: str

    def __str__(self) -> str:
        return f"{self.count}:{self.hash}"


def parse_anchor(text: str) -> Anchor:
    """An anchor as `formflow audit verify` prints it: `128:ab12…`, the hash whole or its first 16 digits at least."""
    written = _WRITTEN.fullmatch(text.lower())
    if written is None:
        raise UsageError(
            f"“{text}”不是校验点", "校验点由条数、冒号和校验值组成，如 128:0f3a…（校验值至少写前 16 位）。"
        )
    return Anchor(int(written[1]), written[2])


@dataclass(frozen=True, slots=True)
class Break:
    """Where the chain is broken first: `entry_id` is the entry that was tampered with.

    `changed`: it does not say what was entered. `replaced`: it was changed and its hash made anew, or entries behind it were taken out
    and the rest renumbered. `removed`: entries from this number on were taken out. `inserted`, `moved`: it does not belong here.
    `truncated`: entries from this number on are gone. `rewritten`: an anchor says that this entry, or one before it, read differently.
    """

    fault: Fault
    entry_id: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many entries were found, the anchor for this state of the chain (None for an empty or broken one), and the first break."""

    count: int
    anchor: Anchor | None
    broken: Break | None
    anchors_met: int


# An entry's id by its hash; None when no entry has it.
Find = Callable[[str], int | None]


def examine(entries: Iterable[Entry], anchors: Iterable[Anchor], find: Find) -> Verdict:
    """Walks all entries, first to last, up to the first break."""
    expected = _by_count(anchors)
    last: Entry | None = None
    position, met = 0, 0
    for position, entry in enumerate(entries, 1):
        fault = _fault(entry, last, find)
        if fault is None and not all(entry.hash.startswith(hash_) for hash_ in expected.get(position, ())):
            fault = Break("rewritten", entry.id)
        if fault is not None:
            return Verdict(position, None, fault, met)
        met += len(expected.get(position, ()))
        last = entry
    if any(count > position for count in expected):
        return Verdict(position, None, Break("truncated", last.id + 1 if last else 1), met)
    return Verdict(position, Anchor(position, last.hash) if last else None, None, met)


def _by_count(anchors: Iterable[Anchor]) -> dict[int, set[str]]:
    expected: dict[int, set[str]] = {}
    for anchor in anchors:
        expected.setdefault(anchor.count, set()).add(anchor.hash)
    return expected


def _fault(entry: Entry, last: Entry | None, find: Find) -> Break | None:
    """What is wrong between an entry and the one before it, None if nothing."""
    if not entry.is_sound:
        return Break("changed", entry.id)
    if entry.previous_hash == (last.hash if last else chain.FIRST):
        return None
    # The entry says what it said when it was entered; so what stands before it is not what stood there.
    before = last.id if last else 0
    owner = 0 if entry.previous_hash == chain.FIRST else find(entry.previous_hash)
    if owner is not None and owner < entry.id:
        return Break("inserted", owner + 1)
    if owner is not None:
        return Break("moved", before + 1)
    if last is None or entry.id > before + 1:
        return Break("removed", before + 1)
    return Break("replaced", last.id)
