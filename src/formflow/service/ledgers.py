"""The 年度台账 of a home: where every unit of every programme's year stands on a day. Reads the register; writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import groupby

from formflow.model.ledger import Ledger, LedgerRow
from formflow.model.programme import Programme
from formflow.register import models as rows
from formflow.register.overview import CaseLine, outcome_label
from formflow.register.standing import Standing, standings
from formflow.rules.calendar import days_overdue
from formflow.service.summaries import quota_remarks, totals_of


def ledger_of(programme: Programme, year: int, as_of: date, folders: Mapping[int, str] | None = None) -> Ledger:
    """One programme's year. `folders` are the names of the case folders by case number, where they are to be shown."""
    scores = totals_of(programme, year)
    lines = standings(programme, year)
    listed = tuple(_row(line, as_of, (folders or {}).get(line.number, ""), scores) for line in lines)
    return Ledger(programme.name, year, as_of, listed, quota_remarks(programme, year))


def ledgers_of(lines: Iterable[CaseLine], programmes: Iterable[Programme], as_of: date) -> Iterator[Ledger]:
    """A ledger for each programme's year among `lines`, with their units only, in their order: one year's lines come after the other's,
    and one year is in memory at a time. A year whose pack is no longer there is listed by what `lines` say, under the name it bore last."""
    known = {programme.id: programme for programme in programmes}
    for (programme_id, year), of_year in groupby(lines, key=lambda line: (line.programme_id, line.year)):
        if programme_id in known:
            yield _whole(known[programme_id], year, as_of, {line.number: line.folder for line in of_year})
        else:
            listed = list(of_year)
            yield Ledger(listed[-1].programme, year, as_of, tuple(_bare_row(line, as_of) for line in listed))


def _whole(programme: Programme, year: int, as_of: date, folders: Mapping[int, str]) -> Ledger:
    """The year with the units only whose numbers have a folder."""
    ledger = ledger_of(programme, year, as_of, folders)
    return replace(ledger, rows=tuple(row for row in ledger.rows if row.number in folders))


def _row(line: Standing, as_of: date, folder: str, scores: Mapping[int, Decimal]) -> LedgerRow:
    return LedgerRow(
        number=line.number,
        county=line.county,
        unit=line.unit,
        applicant=line.applicant,
        opened_on=line.opened_on,
        version=line.version,
        outcome=outcome_label(line.outcome),
        missing=line.missing,
        deadline=line.deadline,
        days_overdue=days_overdue(line.deadline, as_of),
        sheets=line.sheets,
        returned=line.returned,
        score=str(scores.get(line.number, "")),
        decision=str(dict(rows.Naming.Decision.choices).get(line.decision, line.decision)),
        grade=line.grade,
        until=line.until,
        letters=line.letters,
        folder=folder,
    )


def _bare_row(line: CaseLine, as_of: date) -> LedgerRow:
    return LedgerRow(
        number=line.number,
        county="",
        unit=line.unit,
        applicant="",
        opened_on=None,
        version=line.version,
        outcome=line.outcome_label,
        deadline=line.deadline,
        days_overdue=days_overdue(line.deadline, as_of),
        folder=line.folder,
    )
