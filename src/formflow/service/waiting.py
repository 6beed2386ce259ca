"""What lies in an inbox and is not taken: since when, and why. For `formflow cases`, the log, the figures and the note in the inbox.

In: a look at an inbox and the gate that has judged it. Out: `Waiting`, oldest first. Looks only.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from types import MappingProxyType
from typing import Any

from formflow.service import claims, notes
from formflow.service.gate import Gate
from formflow.service.given_back import GivenBack, Key
from formflow.service.home import Home
from formflow.service.inbox import Remark, Scan, Seen, scan
from formflow.service.inboxes import Inbox, ground_of
from formflow.service.office import ZONE
from formflow.settings import InboxSettings

# What waits longer than this is told to the clerks beside the file.
OVERDUE_S = 3600.0
_TAKEN = "已经取走，正在办理；formflow 没有在运行的，启动后接着办"
# Opening a file to see why it waits costs something: of more than this, only what listing them tells is told.
_MOST_OPENED = 200


@dataclass(frozen=True, slots=True)
class Waiting:
    """`since`: the last change, on the wall clock (seconds); 0 where that is not known. `reason`: Chinese."""

    name: str
    since: float
    reason: str

    def as_json(self) -> dict[str, Any]:
        return {"file": self.name, "since": _at(self.since).isoformat() if self.since else None, "reason": self.reason}

    def since_words(self) -> str:
        """The minute, as it is shown in a table; "" where it is not known."""
        return f"{_at(self.since):%Y-%m-%d %H:%M}" if self.since else ""


def waiting_in(inbox: Inbox, look: Scan, gate: Gate) -> tuple[Waiting, ...]:
    """Everything that waits, as the last look has shown it."""
    if look.away:
        return (Waiting(inbox.label(inbox.path), 0.0, away_words(look)),)
    remarks = (Waiting(inbox.label(remark.path), remark.since, remark.text) for remark in look.remarks)
    papers = (Waiting(inbox.label(seen.path), gate.waits_since(seen), gate.reason(seen)) for seen in look.papers)
    return tuple(sorted((*remarks, *papers), key=lambda waiting: (waiting.since, waiting.name)))


def away_words(look: Scan) -> str:
    """Why an inbox cannot be looked through, for people."""
    return f"收件箱打不开（{look.away}），等它回来"


def looked_up(
    inbox: Inbox, settings: InboxSettings, slips: Mapping[Key, GivenBack] = MappingProxyType({})
) -> tuple[Waiting, ...]:
    """The same without a service that has watched it: one look now, in which the oldest files are opened. `slips`: what was given back."""
    now = time.time()
    look, ground = scan(inbox.path, now), ground_of(inbox.path)
    gate = Gate(ground.settle_s(settings), ground.check)
    settled = gate.settled(look.papers, 0.0, now, slips)
    for seen in islice(sorted(settled, key=lambda seen: seen.stamp.changed_at), _MOST_OPENED):
        gate.lets_through(seen)
    return waiting_in(inbox, look, gate)


def taken(home: Home) -> tuple[Waiting, ...]:
    """What was taken out of the inboxes and is not entered yet: it is being worked on, or was when the program was ended. The register is open."""
    from formflow.register import books

    return tuple(
        Waiting("/".join(filter(None, (claim.slip.submission, claim.slip.name))), claim.received_at.timestamp(), _TAKEN)
        for claim in claims.in_sight(home)
        if not books.is_registered(claim.id)
    )


def overdue_in(inbox: Inbox, look: Scan, gate: Gate, now: float) -> tuple[int, tuple[Waiting, ...]]:
    """How many things have been waiting for too long, and the oldest of them, as many as a note lists. What is not listed is not put into words:
    there may be tens of thousands."""
    found: list[tuple[float, Remark | Seen]] = [
        (one.since, one) for one in look.remarks if 0 < one.since <= now - OVERDUE_S
    ]
    waiting = ((gate.waits_since(seen), seen) for seen in look.papers)
    found += [(since, seen) for since, seen in waiting if since <= now - OVERDUE_S]
    oldest = sorted(found, key=lambda pair: pair[0])[: notes.MOST_LISTED]
    shown = tuple(
        Waiting(inbox.label(one.path), since, one.text if isinstance(one, Remark) else gate.reason(one))
        for since, one in oldest
    )
    return len(found), shown


def note_text(count: int, oldest: tuple[Waiting, ...]) -> str:
    """What the note in the inbox says about `count` things, of which the oldest are listed; "" if nothing is overdue."""
    return notes.waiting(count, tuple((one.name, _at(one.since), one.reason) for one in oldest)) if oldest else ""


def _at(moment: float) -> datetime:
    return datetime.fromtimestamp(moment, ZONE)
