"""A 审核表 that came back: the record is corrected by what a person wrote, checked again and decided on; or the sheet is refused whole.

In: a sheet out of the inbox. Out: a new version of its case, or the sheet before a person with everything that is wrong with it. Inside a
transaction of the caller's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from formflow.forms.corrections import corrected
from formflow.forms.review_lines import TITLE, field_of
from formflow.model.case import CaseKey
from formflow.model.programme import Form, Programme
from formflow.model.record import Record
from formflow.model.review import ReturnedSheet
from formflow.register import books, cases
from formflow.register import models as rows
from formflow.register.entries import Arrival
from formflow.rules.decide import case_key
from formflow.service import evidence_entry, filing, notes, report, wording
from formflow.service.filing import Done
from formflow.service.judging import Basis, judge, sheet_stem
from formflow.service.letters_due import case_folder
from formflow.service.office import Office
from formflow.service.sorting import Sorted

# Who corrected it, if the program that saved the sheet does not say.
UNSIGNED = "未署名"


class _RefusedError(Exception):
    """The sheet cannot be taken; the arguments are the reason and the remedy."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What a sheet is about: its case, and the record it shows."""

    programme: Programme
    form: Form
    case: rows.Case
    record: Record
    received_on: date


def receive_sheet(office: Office, paper: Sorted) -> Done:
    """Enters a 审核表 that came back."""
    sheet = paper.sheet
    assert sheet is not None
    try:
        known = _known(office, sheet)
        record, key = _corrected(known, sheet)
    except _RefusedError as refusal:
        return filing.put_aside(office, paper.arrival, *refusal.args)
    if not sheet.corrections and known.case.outcome != "review":
        return _confirm(office, paper.arrival, sheet, known)
    return _enter(office, paper.arrival, sheet, known, record, key)


def _known(office: Office, sheet: ReturnedSheet) -> _Known:
    programme = office.programme(sheet.programme_id)
    case = cases.numbered_case(sheet.programme_id, sheet.year, sheet.number)
    if programme is None or case is None:
        raise _RefusedError(*notes.sheet_of_nobody(sheet.programme_id, sheet.year, sheet.number))
    if sheet.version != case.version:
        raise _RefusedError(*notes.sheet_overtaken(case.unit, sheet_stem(case.version)))
    row = books.current_record(case)
    form = programme.form(row.kind)
    if form is None:
        raise _RefusedError(*notes.sheet_of_nobody(sheet.programme_id, sheet.year, sheet.number))
    record = report.record_of(case.programme_id, row.kind, row.answers, row.enclosed)
    return _Known(programme, form, case, record, localdate(books.latest_form(case).received_at))


def _corrected(known: _Known, sheet: ReturnedSheet) -> tuple[Record, CaseKey]:
    """The record with the corrections, and whose it is then. A correction must not make it another case."""
    record, problems = corrected(known.record, known.form, sheet.corrections)
    if problems:
        raise _RefusedError(*notes.sheet_unclear(known.case.unit, problems))
    key = case_key(known.programme, record, known.received_on)
    if key is None:
        labels = tuple(known.form.field(field_id).label for field_id in known.programme.case_rule.unit)
        raise _RefusedError(*notes.sheet_unclear(known.case.unit, (f"更正后没有单位名称（{'、'.join(labels)}）",)))
    if key.year != known.case.year:
        raise _RefusedError(*notes.sheet_of_another_year(known.case.unit, known.case.year, key.year))
    if namesake := cases.namesake(known.case, key):
        raise _RefusedError(*notes.sheet_of_a_namesake(known.case.unit, namesake.unit, namesake.year, namesake.number))
    return record, key


def _confirm(office: Office, arrival: Arrival, sheet: ReturnedSheet, known: _Known) -> Done:
    """Nothing was written, and nothing was waited for: the sheet is filed, the decision stands."""
    case = known.case
    row = filing.file_paper(arrival, case, rows.DECISION_SHEET, known.programme)
    who, files = sheet.saved_by or UNSIGNED, {arrival.name: arrival.sha256}
    books.add_event(office.now(), "record_confirmed", str(case), who=who, after={"version": case.version}, files=files)
    message = f"{TITLE}没有填写更正，案卷照旧"
    return Done(filing.label_of(row), "confirmed", message, case.unit, case_folder(case))


def _enter(office: Office, arrival: Arrival, sheet: ReturnedSheet, known: _Known, record: Record, key: CaseKey) -> Done:
    """The corrected or confirmed record as the case's next version."""
    now, case = office.now(), known.case
    original = books.latest_form(case)
    before = {"version": case.version, "outcome": case.outcome, **_told(known.record, sheet)}
    cases.next_version(case, key, now.date())
    row = filing.file_paper(arrival, case, rows.DECISION_SHEET, known.programme)
    decision = judge(case, row, Basis(known.programme, known.form, record, known.received_on), now.date())
    evidence_entry.find_again(office, known.programme, case)
    books.add_event(
        now,
        "record_corrected" if sheet.corrections else "record_confirmed",
        str(case),
        who=sheet.saved_by or UNSIGNED,
        before=before,
        after={"version": case.version, "outcome": decision.outcome, **_told(record, sheet)},
        files={original.original_name: original.sha256, arrival.name: arrival.sha256},
    )
    done_to_it = f"更正 {len(sheet.corrections)} 处" if sheet.corrections else "核对无误"
    message = f"{TITLE}已收回，{done_to_it}；{wording.decided(decision)}"
    return Done(filing.label_of(row), decision.outcome, message, case.unit, case_folder(case))


def _told(record: Record, sheet: ReturnedSheet) -> Mapping[str, Any]:
    """The values of the fields that were corrected."""
    corrected_fields = dict.fromkeys(field_of(correction.code) for correction in sheet.corrections)
    return {"fields": {field_id: record.value(field_id) for field_id in corrected_fields}}
