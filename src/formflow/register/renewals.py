"""How far the workbooks of the years have been gone over: by the entries of the journal, so that only what has changed is made again.

Looks up and enters; what a workbook shows is the service's. Every writing function belongs inside a transaction of the caller's.
"""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.db.models import Min
from django.utils.timezone import localdate

from formflow.register import models as rows
from formflow.register.entries import BOOKKEEPING
from formflow.register.rounds import Round


def register_name() -> str:
    """Which register is open, to tell two apart."""
    return str(connection.settings_dict["NAME"])


def last_event() -> int:
    """The number of the latest entry in the journal from which something follows; 0 if there is none."""
    telling = rows.Event.objects.exclude(what__in=BOOKKEEPING)
    return telling.order_by("-id").values_list("id", flat=True).first() or 0


def day_of(entry: int, otherwise: date) -> date:
    """The day of an entry in the journal; `otherwise` if it is not there."""
    at = rows.Event.objects.filter(id=entry).values_list("at", flat=True).first()
    return localdate(at) if at else otherwise


def workbook(kind: str, this: Round) -> rows.Workbook:
    """The workbook of a round; made with revision 0 if there was none."""
    found, _ = rows.Workbook.objects.get_or_create(kind=kind, programme_id=this.programme_id, year=this.year)
    return found


def seen(kind: str, this: Round) -> int:
    """Up to which entry of the journal the workbook of a round has been gone over; -1 if it never was."""
    found = rows.Workbook.objects.filter(kind=kind, programme_id=this.programme_id, year=this.year)
    last = found.values_list("seen", flat=True).first()
    return -1 if last is None else last


def all_seen(latest: int) -> bool:
    """Whether every workbook has been gone over since the entry `latest` of the journal."""
    # A kind that is new to a round has no row yet: it shows by an entry after those the others have seen.
    last = rows.Workbook.objects.aggregate(first=Min("seen"))["first"]
    return bool(last is not None and last >= latest)


def look_past(latest: int) -> None:
    """Notes that all workbooks have been gone over up to an entry of the journal, those too for which nothing followed from it."""
    rows.Workbook.objects.filter(seen__lt=latest).update(seen=latest)


def has_deadlines(this: Round) -> bool:
    """Whether units of a year have yet to hand in what is missing."""
    cases = rows.Case.objects.filter(programme_id=this.programme_id, year=this.year)
    return cases.filter(outcome="supplement").exists()
