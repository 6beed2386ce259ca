"""The journal of events as it stands in the register: read in order, for audit and export. Enters nothing.

Rows are taken as they are, even when somebody has written into them what formflow never would: an audit must not stumble over what it
is looking for.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from formflow.register import models as rows
from formflow.register.proof import Anchor, Entry

_AT_ONCE, _IN_MEMORY = 1000, 20
_COLUMNS = ("id", "at", "who", "what", "object", "before", "after", "files", "previous_hash", "hash", "rows")


def entries(after: int | None = None) -> Iterator[Entry]:
    """Every event, or every one behind that of a number, first to last, a few in memory at a time."""
    last = after
    while ids := _next_ids(last):
        yield from _entries_of(ids)
        last = ids[-1]


def _next_ids(last: int | None) -> list[int]:
    events = rows.Event.objects.order_by("id").values_list("id", flat=True)
    return list((events if last is None else events.filter(id__gt=last))[:_AT_ONCE])


def _entries_of(ids: list[int]) -> Iterator[Entry]:
    found = rows.Event.objects.filter(id__gte=ids[0], id__lte=ids[-1]).order_by("id")
    last = 0
    try:
        # One by one: an entry that seals all rows of an older register is as long as thousands of others.
        for values in found.values_list(*_COLUMNS).iterator(_IN_MEMORY):
            entry_ = Entry(*values)
            last = entry_.id
            yield entry_
    except (ValueError, TypeError):  # a column of one of them no longer holds what it is for
        for id_ in ids:
            if id_ > last:
                yield _entry_of(id_)


def _entry_of(id_: int) -> Entry:
    one = rows.Event.objects.filter(id=id_)
    try:
        return Entry(*one.values_list(*_COLUMNS).get())
    except (ValueError, TypeError):
        legible = one.values_list("id", "who", "what", "object", "previous_hash", "hash").get()
        return Entry(legible[0], None, *legible[1:4], None, None, {}, *legible[4:])


def find(hash_: str) -> int | None:
    """The id of the event with this hash."""
    return rows.Event.objects.filter(hash=hash_).values_list("id", flat=True).first()


def entry(id_: int) -> Entry:
    """One event."""
    return _entry_of(id_)


def last_at() -> datetime | None:
    """When the last event was entered; None if there is none, or somebody has written there what is no time."""
    try:
        return rows.Event.objects.order_by("-id").values_list("at", flat=True).first()
    except (ValueError, TypeError):
        return None


def latest() -> Anchor | None:
    """The chain's length and end as they are now; None if nothing was entered."""
    last = rows.Event.objects.order_by("-id").values_list("id", "hash").first()
    return Anchor(rows.Event.objects.filter(id__lte=last[0]).count(), last[1]) if last else None
