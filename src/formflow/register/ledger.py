"""Honours, answers, decisions and the ledger of a programme: looked up and entered; what is due is the service's to reckon.

Sums are fen. Every writing function belongs inside a transaction of the caller's. Money is entered on what was looked up under `lock`:
a number of the ledger, or of a project in it, is given once, so that two who reckon from one state cannot both pay.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Max, Sum

from formflow.register import models as rows
from formflow.register.entries import Figures
from formflow.register.rounds import Round

_KIND = rows.LedgerEntry.Kind
_COUNTED = rows.HonourRow.State.COUNTED


def lock(programme_id: str) -> int:
    """The number of the ledger's last entry; whoever else wants to write waits until this transaction has ended."""
    rows.LedgerBook.objects.get_or_create(programme_id=programme_id)
    # Locked where the database can; SQLite lets one transaction write at a time anyway.
    return rows.LedgerBook.objects.select_for_update().get(programme_id=programme_id).last


def last_entry(programme_id: str) -> int:
    """The number of the ledger's last entry; 0 for an empty one."""
    return rows.LedgerBook.objects.filter(programme_id=programme_id).values_list("last", flat=True).first() or 0


def entries_of(programme_id: str) -> list[rows.LedgerEntry]:
    """The whole ledger, in order."""
    found = rows.LedgerEntry.objects.filter(programme_id=programme_id)
    return list(found.select_related("letter").order_by("number"))


def paid_by(letter: rows.Letter) -> list[rows.LedgerEntry]:
    """What a notice paid and has not been reversed."""
    found = rows.LedgerEntry.objects.filter(letter=letter, kind=_KIND.PAYMENT, reversed_by__isnull=True)
    return list(found.order_by("number"))


def pay(programme_id: str, after: int, payments: Sequence[Figures], letter: rows.Letter, **more: Any) -> None:
    """Enters what a notice pays. `after` is the ledger's last entry when the figures were reckoned; `more` are `who`, `entered_on` and
    `paid_on`, days by account. IntegrityError when anything was entered since."""
    days: Mapping[str, date | None] = more.pop("paid_on", {})
    for number, figures in enumerate(payments, after + 1):
        day = days.get(figures.project_key)
        _add(programme_id, number, figures, kind=_KIND.PAYMENT, letter=letter, paid_on=day, **more)


def reverse(entry: rows.LedgerEntry, paid_before: int, after: int, **more: Any) -> rows.LedgerEntry:
    """Takes a payment back whose notice was withdrawn; `more` are `who`, `entered_on` and `reason`."""
    figures = _figures_of(entry, paid_before, -entry.amount)
    return _add(
        entry.programme_id, after + 1, figures, kind=_KIND.REVERSAL, letter=entry.letter, reverses=entry, **more
    )


def recover(programme_id: str, after: int, figures: Figures, paper: rows.Paper, **more: Any) -> rows.LedgerEntry:
    """Enters money that came back, as a person says; the amount is below zero. `more` are `who`, `entered_on` and `reason`."""
    return _add(programme_id, after + 1, figures, kind=_KIND.RECOVERY, paper=paper, **more)


def _figures_of(entry: rows.LedgerEntry, paid_before: int, amount: int) -> Figures:
    return Figures(
        entry.project_key, entry.project, entry.organisation, entry.level, entry.entitlement, paid_before, amount
    )


def _add(programme_id: str, number: int, figures: Figures, **more: Any) -> rows.LedgerEntry:
    same = rows.LedgerEntry.objects.filter(programme_id=programme_id, project_key=figures.project_key)
    sequence = (same.filter(number__lt=number).aggregate(last=Max("sequence"))["last"] or 0) + 1
    entry = rows.LedgerEntry.objects.create(
        programme_id=programme_id,
        number=number,
        project_key=figures.project_key,
        sequence=sequence,
        project=figures.project,
        organisation=figures.organisation,
        level=figures.level,
        entitlement=figures.entitlement,
        paid_before=figures.paid_before,
        amount=figures.amount,
        **more,
    )
    rows.LedgerBook.objects.update_or_create(programme_id=programme_id, defaults={"last": number})
    return entry


def recovered_since(entry: rows.LedgerEntry) -> int:
    """What came back from the project of a payment after it, below zero; 0 if nothing did."""
    later = rows.LedgerEntry.objects.filter(programme_id=entry.programme_id, project_key=entry.project_key)
    return later.filter(kind=_KIND.RECOVERY, number__gt=entry.number).aggregate(sum=Sum("amount"))["sum"] or 0


def date_payments(entries: Iterable[rows.LedgerEntry], day: date) -> None:
    """Enters on which day payments went out that had no day yet."""
    for entry in entries:
        entry.paid_on = day
        entry.save(update_fields=("paid_on",))


def add_honours(
    paper: rows.Paper, programme_id: str, year: int, honours: Sequence[tuple[str, Mapping[str, Any]]]
) -> None:
    """Enters the rows of a list, each as its project's name and all it says."""
    known = last_entry(programme_id)
    rows.HonourRow.objects.bulk_create(
        rows.HonourRow(
            paper=paper,
            position=position,
            programme_id=programme_id,
            year=year,
            project=project[:500],
            content=dict(content),
            known_entry=known,
        )
        for position, (project, content) in enumerate(honours, 1)
    )


def honours_of(programme_id: str, *, struck_too: bool = False) -> list[rows.HonourRow]:
    """Every honour that was entered, in order."""
    found = rows.HonourRow.objects.filter(programme_id=programme_id)
    return list((found if struck_too else found.filter(state=_COUNTED)).select_related("paper").order_by("id"))


def strike(row: rows.HonourRow) -> None:
    """An honour counts no more."""
    row.state = rows.HonourRow.State.STRUCK
    row.save(update_fields=("state",))


def latest_year(programme_id: str) -> int | None:
    """The year of the latest list; None if none has come."""
    years = rows.HonourRow.objects.filter(programme_id=programme_id).order_by("-year")
    return years.values_list("year", flat=True).first()


def rounds_with_honours() -> list[Round]:
    """Every programme's year in which a list came."""
    found = rows.HonourRow.objects.values_list("programme_id", "year").distinct().order_by("programme_id", "year")
    return [Round(*key) for key in found]


def rulings_of(programme_id: str) -> list[rows.NameRuling]:
    """What was said about names, in order."""
    return list(rows.NameRuling.objects.filter(programme_id=programme_id).order_by("id"))


def rule(programme_id: str, pair: str, fields: Mapping[str, Any]) -> None:
    """Enters what a person says about a pair of names, in place of what was said before."""
    rows.NameRuling.objects.update_or_create(programme_id=programme_id, pair=pair, defaults=dict(fields))


def decisions_of(programme_id: str) -> dict[str, rows.SubsidyDecision]:
    """What was decided and has not been paid, by account."""
    found = rows.SubsidyDecision.objects.filter(programme_id=programme_id, letter=None).order_by("id")
    return {decision.project_key: decision for decision in found}


def decide(programme_id: str, figures: Figures, **more: Any) -> None:
    """Enters what was decided about a sum, in place of what was decided before; `more` are the other columns."""
    fields = {
        "project": figures.project,
        "level": figures.level,
        "entitlement": figures.entitlement,
        "paid_before": figures.paid_before,
        "amount": figures.amount,
    }
    rows.SubsidyDecision.objects.update_or_create(
        programme_id=programme_id, project_key=figures.project_key, letter=None, defaults=fields | more
    )


def spend(programme_id: str, keys: Iterable[str], letter: rows.Letter) -> None:
    """What was decided about these accounts has been paid by a notice."""
    open_decisions = rows.SubsidyDecision.objects.filter(programme_id=programme_id, letter=None)
    open_decisions.filter(project_key__in=list(keys)).update(letter=letter)
