"""Where every unit of a programme's year stands: what came, what is missing, what was decided, which letters went out. Reads only.

A handful of queries however many cases there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q
from django.db.models.fields.json import KT

from formflow.model.ledger import LedgerLetter
from formflow.model.programme import Programme
from formflow.register import models as rows

_LETTER = rows.Letter.State


@dataclass(frozen=True, slots=True)
class Standing:
    """One case. `missing` are the labels of what is asked for; `deadline` is of the latest supplement notice, None once all is there.
    `decision` is that of the latest round ("" before any), `sheets` how many experts' sheets count in it, `returned` how many went back."""

    case_id: int
    number: int
    county: str
    unit: str
    applicant: str
    opened_on: date
    updated_on: date
    version: int
    outcome: str
    missing: tuple[str, ...]
    deadline: date | None
    sheets: int
    returned: int
    decided_in: int | None
    decision: str
    grade: str
    until: date | None
    letters: tuple[LedgerLetter, ...]


def standings(programme: Programme, year: int, as_of: date | None = None) -> list[Standing]:
    """Every case of a programme's year, by its number: as it is now, or with the papers that had come by the end of a day."""
    cases = list(rows.Case.objects.filter(programme_id=programme.id, year=year).order_by("number"))
    if as_of:
        cases = [case for case in cases if case.opened_on <= as_of]
    # By what the cases have in common: a list of their keys may be longer than a query takes.
    theirs = Q(case__programme_id=programme.id, case__year=year)
    records = _current_records(programme, theirs, as_of)
    missing, deadlines, letters = _missing(records, theirs), _deadlines(theirs), _letters(theirs)
    sheets, namings = _sheets(theirs), _namings(theirs)
    return [
        _standing(programme, case, records.get(case.pk), missing, deadlines, letters, sheets, namings) for case in cases
    ]


def _standing(
    programme: Programme,
    case: rows.Case,
    record: _Form | None,
    missing: dict[int, tuple[str, ...]],
    deadlines: dict[tuple[int, int], date],
    letters: dict[int, tuple[LedgerLetter, ...]],
    sheets: dict[int, tuple[int, int]],
    namings: dict[int, rows.Naming],
) -> Standing:
    naming = namings.get(case.pk)
    counted, returned = sheets.get(case.pk, (0, 0))
    # What has come since may have turned the outcome (an attachment): then the case knows better than its record.
    is_latest = record is None or record.version_no == case.version
    version = record.version_no if record else case.version
    outcome = case.outcome if is_latest or record is None else record.outcome
    return Standing(
        case_id=case.pk,
        number=case.number,
        county=record.county if record else "",
        unit=case.unit,
        applicant=record.applicant if record and record.applicant else case.unit,
        opened_on=case.opened_on,
        updated_on=case.updated_on,
        version=version,
        outcome=outcome,
        missing=missing.get(record.key, ()) if record else (),
        deadline=deadlines.get((case.pk, version)) if outcome == "supplement" else None,
        sheets=counted,
        returned=returned,
        decided_in=naming.year if naming else None,
        decision=naming.decision if naming else "",
        grade=naming.grade if naming else "",
        until=naming.until if naming else None,
        letters=letters.get(case.pk, ()),
    )


@dataclass(frozen=True, slots=True)
class _Form:
    """Of a case's record what a line shows; `key` is the record's own. A year's records as a whole would fill memory."""

    key: int
    version_no: int
    outcome: str
    county: str
    applicant: str


def _current_records(programme: Programme, theirs: Q, as_of: date | None) -> dict[int, _Form]:
    """The record of each case, by its key: of the latest version, or of the latest whose paper had come by the end of a day."""
    if as_of is None:
        found = rows.Record.objects.filter(theirs, version_no=F("case__version"))
    else:
        found = rows.Record.objects.filter(theirs, paper__received_at__date__lte=as_of)
    rule = programme.case_rule
    asked = tuple(KT(f"answers__{field_id}__value") for field_id in (*rule.county, *rule.folder))
    forms: dict[int, _Form] = {}
    columns = ("case_id", "pk", "version_no", "outcome")
    for case_id, key, version, outcome, *said in found.order_by("version_no").values_list(*columns, *asked):
        counties, applicants = said[: len(rule.county)], said[len(rule.county) :]
        forms[case_id] = _Form(key, version, outcome, _first(counties), _first(applicants))
    return forms


def _first(values: Iterable[str | None]) -> str:
    """The first that is filled in, on one line."""
    return next((" ".join(value.split()) for value in values if value and value.strip()), "")


def _missing(records: dict[int, _Form], theirs: Q) -> dict[int, tuple[str, ...]]:
    """What a unit is asked for, each label once: everything wrong, and attachments that are not there."""
    labels: dict[int, dict[str, None]] = defaultdict(dict)
    current = {record.key for record in records.values()}
    of_records = rows.Record.objects.filter(theirs).values("pk")
    asked_for = Q(severity="error") | Q(code="attachment_missing")
    found = rows.Finding.objects.filter(asked_for, record__in=of_records, is_settled=False)
    ordered = found.order_by("record_id", "position").values_list("record_id", "label", "message")
    for record_id, label, message in ordered.iterator():
        if record_id in current:
            labels[record_id][label or message] = None
    return {record_id: tuple(each) for record_id, each in labels.items()}


def _deadlines(theirs: Q) -> dict[tuple[int, int], date]:
    found = rows.Letter.objects.filter(theirs, deadline__isnull=False, is_draft=False).order_by("id")
    # Later ones of the same version take the place of earlier ones.
    return {
        (case_id, version): deadline
        for case_id, version, deadline in found.values_list("case_id", "version_no", "deadline")
        if case_id and deadline
    }


def _letters(theirs: Q) -> dict[int, tuple[LedgerLetter, ...]]:
    found: dict[int, list[LedgerLetter]] = defaultdict(list)
    letters = rows.Letter.objects.filter(theirs, is_draft=False).order_by("id")
    for case_id, title, serial, on, state in letters.values_list("case_id", "title", "serial", "issued_on", "state"):
        found[case_id].append(LedgerLetter(title, serial, on, state == _LETTER.VOID))
    return {case_id: tuple(each) for case_id, each in found.items()}


def _sheets(theirs: Q) -> dict[int, tuple[int, int]]:
    """How many sheets count, and how many were returned, in the latest round of each case."""
    states = rows.ScoreSheet.State
    latest: dict[int, tuple[int, int, int]] = {}
    sheets = rows.ScoreSheet.objects.filter(theirs).exclude(state=states.REPLACED).order_by("year", "id")
    for case_id, sheet_year, state in sheets.values_list("case_id", "year", "state"):
        year, counted, returned = latest.get(case_id, (sheet_year, 0, 0))
        if sheet_year != year:
            counted, returned = 0, 0
        is_counted = state == states.COUNTED
        latest[case_id] = (sheet_year, counted + is_counted, returned + (not is_counted))
    return {case_id: (counted, returned) for case_id, (_, counted, returned) in latest.items()}


def _namings(theirs: Q) -> dict[int, rows.Naming]:
    return {naming.case_id: naming for naming in rows.Naming.objects.filter(theirs).order_by("year")}
