"""Where every unit of a programme's year stands: what came, what is missing, what was decided, which letters went out. Reads only.

A handful of queries however many cases there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

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
    records = _current_records(theirs, as_of)
    missing, deadlines, letters = _missing(records, theirs), _deadlines(theirs), _letters(theirs)
    sheets, namings = _sheets(theirs), _namings(theirs)
    return [
        _standing(programme, case, records.get(case.pk), missing, deadlines, letters, sheets, namings) for case in cases
    ]


def _standing(
    programme: Programme,
    case: rows.Case,
    record: rows.Record | None,
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
        county=_value(record, programme.case_rule.county),
        unit=case.unit,
        applicant=_value(record, programme.case_rule.folder) or case.unit,
        opened_on=case.opened_on,
        updated_on=case.updated_on,
        version=version,
        outcome=outcome,
        missing=missing.get(record.pk, ()) if record else (),
        deadline=deadlines.get((case.pk, version)) if outcome == "supplement" else None,
        sheets=counted,
        returned=returned,
        decided_in=naming.year if naming else None,
        decision=naming.decision if naming else "",
        grade=naming.grade if naming else "",
        until=naming.until if naming else None,
        letters=letters.get(case.pk, ()),
    )


def _value(record: rows.Record | None, field_ids: Iterable[str]) -> str:
    """The first of the fields that is filled in."""
    answers = record.answers if record else {}
    values = (answers.get(field_id, {}).get("value") for field_id in field_ids)
    return next((" ".join(value.split()) for value in values if isinstance(value, str) and value.strip()), "")


def _current_records(theirs: Q, as_of: date | None) -> dict[int, rows.Record]:
    if as_of is None:
        found = rows.Record.objects.filter(theirs, version_no=F("case__version"))
    else:
        found = rows.Record.objects.filter(theirs, paper__received_at__date__lte=as_of).order_by("version_no")
    return {record.case_id: record for record in found}


def _missing(records: dict[int, rows.Record], theirs: Q) -> dict[int, tuple[str, ...]]:
    """What a unit is asked for, each label once: everything wrong, and attachments that are not there."""
    labels: dict[int, dict[str, None]] = defaultdict(dict)
    current = {record.pk for record in records.values()}
    of_records = rows.Record.objects.filter(theirs).values("pk")
    open_findings = rows.Finding.objects.filter(record__in=of_records, is_settled=False)
    for finding in open_findings.order_by("record_id", "position"):
        if finding.record_id not in current:
            continue
        if finding.severity == "error" or finding.code == "attachment_missing":
            labels[finding.record_id][finding.label or finding.message] = None
    return {record_id: tuple(each) for record_id, each in labels.items()}


def _deadlines(theirs: Q) -> dict[tuple[int, int], date]:
    found = rows.Letter.objects.filter(theirs, deadline__isnull=False, is_draft=False).order_by("id")
    # Later ones of the same version take the place of earlier ones.
    return {
        (letter.case_id, letter.version_no): letter.deadline for letter in found if letter.case_id and letter.deadline
    }


def _letters(theirs: Q) -> dict[int, tuple[LedgerLetter, ...]]:
    found: dict[int, list[LedgerLetter]] = defaultdict(list)
    for letter in rows.Letter.objects.filter(theirs, is_draft=False).order_by("id"):
        if letter.case_id:
            is_void = letter.state == _LETTER.VOID
            found[letter.case_id].append(LedgerLetter(letter.title, letter.serial, letter.issued_on, is_void))
    return {case_id: tuple(letters) for case_id, letters in found.items()}


def _sheets(theirs: Q) -> dict[int, tuple[int, int]]:
    """How many sheets count, and how many were returned, in the latest round of each case."""
    state = rows.ScoreSheet.State
    latest: dict[int, tuple[int, int, int]] = {}
    for sheet in rows.ScoreSheet.objects.filter(theirs).exclude(state=state.REPLACED).order_by("year", "id"):
        year, counted, returned = latest.get(sheet.case_id, (sheet.year, 0, 0))
        if sheet.year != year:
            counted, returned = 0, 0
        is_counted = sheet.state == state.COUNTED
        latest[sheet.case_id] = (sheet.year, counted + is_counted, returned + (not is_counted))
    return {case_id: (counted, returned) for case_id, (_, counted, returned) in latest.items()}


def _namings(theirs: Q) -> dict[int, rows.Naming]:
    return {naming.case_id: naming for naming in rows.Naming.objects.filter(theirs).order_by("year")}
