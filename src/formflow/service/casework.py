"""One paper's life, from the claim to its place in a case or among what a person has to look at.

In: a claimed file. Out: one transaction in the register that says everything that follows, and a `Done` for the summary. Nothing is
put into the outbox here: `delivery` does that from the register, now or after a restart.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from formflow.errors import FormflowError, UnreadableError
from formflow.forms.align import align
from formflow.forms.copies import copies_in
from formflow.forms.recognise import Match, recognise
from formflow.model.case import CaseKey, Decision
from formflow.model.document import Document
from formflow.model.programme import Form, Programme
from formflow.model.record import Record
from formflow.register import books, cases, publications
from formflow.register import models as rows
from formflow.register.entries import Arrival, PackStamp, PlannedBundle, PlannedFile
from formflow.rules.checks import check
from formflow.rules.decide import case_key, decide, unit_key
from formflow.service import claims, names, notes, report
from formflow.service.claims import Claim
from formflow.service.home import SET_ASIDE
from formflow.service.inbox import Stamp
from formflow.service.letters_due import case_folder, plan_letters
from formflow.service.office import LOG, Office

Result = Literal["accepted", "supplement", "attachment", "waiting", "duplicate", "set_aside"]
ORIGINALS = "原件"
DUPLICATES = f"{ORIGINALS}/重复提交"


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a paper. `unit` and `folder` are of its case, "" without one; `message` is one Chinese sentence."""

    name: str
    result: Result
    message: str
    unit: str = ""
    folder: str = ""


def handle(office: Office, claim: Claim) -> tuple[Done, ...]:
    """Works on a claimed file until the register knows what follows; nothing if it turned out to be still written to.

    A form brings with it what became of the attachments that had been waiting for it.

    Whatever goes wrong in between is our own fault: the file is set aside, the traceback goes to the log, the service goes on.
    Raises OSError or a database error when disk or register fail: the claim stays and is worked on again.
    """
    from django.db import DatabaseError

    arrival = claim.arrival()
    before = Stamp.of(claim.path.stat())
    try:
        return _work(office, claim, arrival)
    except UnreadableError as problem:
        if Stamp.of(claim.path.stat()) != before and claims.give_back(office.home, claim):
            return ()
        return (set_aside(office, arrival, problem.message, problem.remedy),)
    except (OSError, DatabaseError):
        raise
    except FormflowError as problem:
        LOG.exception("%s: %s", claim.id, claim.slip.name)
        return (set_aside(office, arrival, problem.message, problem.remedy),)
    except Exception:
        LOG.exception("%s: %s", claim.id, claim.slip.name)
        return (set_aside(office, arrival, *notes.own_fault(claim.id)),)


def _work(office: Office, claim: Claim, arrival: Arrival) -> tuple[Done, ...]:
    if first := books.filed_paper(arrival.sha256):
        return _file_duplicate(office, arrival, first)
    document = office.read(claim.path)
    matches = recognise(document, office.programmes).matches
    if not matches:
        return (set_aside(office, arrival, *notes.unrecognised(tuple(p.name for p in office.programmes))),)
    if len(matches) > 1:
        return (set_aside(office, arrival, *notes.ambiguous(tuple(_claim_of(match) for match in matches))),)
    match = matches[0]
    if match.form is None:
        return (_receive_attachment(office, arrival, match, document),)
    if (count := len(copies_in(document, match.form))) > 1:
        return (set_aside(office, arrival, *notes.several(count)),)
    return _receive_form(office, arrival, match.programme, match.form, document)


def _claim_of(match: Match) -> str:
    return f"{match.programme.name}《{match.form.title if match.form else match.kind}》"


def _receive_form(
    office: Office, arrival: Arrival, programme: Programme, form: Form, document: Document
) -> tuple[Done, ...]:
    record = align(document, form, programme.id, programme.attachments)
    key = case_key(programme, record, arrival.received_on)
    if key is None:
        labels = tuple(form.field(field_id).label for field_id in programme.case_rule.unit)
        return (set_aside(office, arrival, *notes.nameless(labels)),)
    now = office.now()
    with books.transaction():
        case = _case_of(programme, key, now.date())
        paper = _file_paper(arrival, case, form.kind, programme)
        joined = _join_waiting(programme, case, now)
        enclosed = cases.enclosed_in(case) | frozenset(record.enclosed)
        decision = decide(check(programme, form, record, arrival.received_on, enclosed))
        _enter_record(paper, case, record, decision, now.date())
        plan_letters(programme, case, record, decision, arrival.received_on, now.date())
        _note_received(now, paper, case, decision)
    return (_done(arrival, case, decision), *joined)


def _case_of(programme: Programme, key: CaseKey, today: date) -> rows.Case:
    case = cases.find_case(key, programme.case_rule.unit[0]) or cases.open_case(programme, key, today)
    cases.next_version(case, key, today)
    return case


def _file_paper(arrival: Arrival, case: rows.Case, kind: str, programme: Programme, attachment: str = "") -> rows.Paper:
    """Enters a paper of a case and where its original will lie."""
    paper = books.add_paper(
        arrival,
        kind=kind,
        state=rows.Paper.State.FILED,
        case=case,
        stamp=_stamp(programme),
        attachment=attachment,
        version_no=case.version,
    )
    publications.add_bundle(_original(paper, f"{case_folder(case)}/{ORIGINALS}"), paper=paper)
    return paper


def _stamp(programme: Programme) -> PackStamp:
    return PackStamp(programme.id, programme.version, programme.sha256)


def _original(paper: rows.Paper, folder: str, note: str = "") -> PlannedBundle:
    """The received file, last of its bundle; with a note beside it if there is something to say."""
    stem, ending = names.split(paper.original_name)
    original = PlannedFile("original", ending, sha256=paper.sha256)
    beside = (PlannedFile("note", f"{ending}.说明.txt", text=note),) if note else ()
    return PlannedBundle(f"original/{paper.claim_id}", folder, stem, (*beside, original))


def _enter_record(paper: rows.Paper, case: rows.Case, record: Record, decision: Decision, today: date) -> None:
    row = books.add_record(paper, case, report.fields_json(record), record.enclosed, decision.outcome)
    books.add_findings(row, decision.findings)
    cases.set_outcome(case, decision.outcome, today)


def _note_received(at: datetime, paper: rows.Paper, case: rows.Case, decision: Decision) -> None:
    after = {"case": case.pk, "version": case.version, "outcome": decision.outcome, "findings": len(decision.findings)}
    books.add_event(at, "form_received", str(case), after=after, files={paper.original_name: paper.sha256})


def _done(arrival: Arrival, case: rows.Case, decision: Decision) -> Done:
    count = len(decision.errors)
    version = f"第{case.version}次提交，" if case.version > 1 else ""
    message = f"{version}材料齐全，已受理" if decision.outcome == "accepted" else f"{version}需补正 {count} 项"
    return Done(arrival.name, decision.outcome, message, case.unit, case_folder(case))


def _receive_attachment(office: Office, arrival: Arrival, match: Match, document: Document) -> Done:
    assert match.attachment is not None
    now, text, programme = office.now(), unit_key(document.text), match.programme
    with books.transaction():
        case = cases.case_of_attachment(programme.id, arrival.submission, arrival.received_on, text)
        if case:
            paper = _file_paper(arrival, case, match.kind, programme, match.attachment.id)
            return _join_decided(now, case, programme, paper)
        state = rows.Paper.State.WAITING
        books.add_paper(
            arrival, kind=match.kind, state=state, stamp=_stamp(programme), attachment=match.attachment.id, text=text
        )
        books.add_event(now, "attachment_waits", arrival.name, files={arrival.name: arrival.sha256})
    return Done(arrival.name, "waiting", f"{match.attachment.label}，等待所属申请")


def _join_decided(now: datetime, case: rows.Case, programme: Programme, paper: rows.Paper) -> Done:
    """An attachment has come to a case that has its decision: it is not asked for any more, which may turn the decision."""
    row = books.current_record(case)
    books.settle_attachment(row, paper.attachment)
    decision = decide(books.open_findings(row))
    before, after = {"outcome": case.outcome}, {"outcome": decision.outcome, "attachment": paper.attachment}
    files = {paper.original_name: paper.sha256}
    books.add_event(now, "attachment_joined", str(case), before=before, after=after, files=files)
    if decision.outcome != case.outcome:
        record = report.record_of(case.programme_id, row.kind, row.answers, row.enclosed)
        cases.set_outcome(case, decision.outcome, now.date())
        received_on = paper.received_at.astimezone(now.tzinfo).date()
        plan_letters(programme, case, record, decision, received_on, now.date())
    return _attachment_done(programme, case, paper)


def _join_waiting(programme: Programme, case: rows.Case, now: datetime) -> tuple[Done, ...]:
    """Attachments that came before their form go into the case before it is judged, so that nothing is asked for that is here."""
    waiting = cases.waiting_for(case)
    for paper in waiting:
        _adopt(paper, case)
        files = {paper.original_name: paper.sha256}
        books.add_event(now, "attachment_joined", str(case), after={"attachment": paper.attachment}, files=files)
    return tuple(_attachment_done(programme, case, paper) for paper in waiting)


def _attachment_done(programme: Programme, case: rows.Case, paper: rows.Paper) -> Done:
    label = next((a.label for a in programme.attachments if a.id == paper.attachment), paper.attachment)
    return Done(paper.original_name, "attachment", f"{label}，已归入案卷", case.unit, case_folder(case))


def _adopt(paper: rows.Paper, case: rows.Case) -> None:
    """Moves a waiting paper into its case; the second of two equal ones lies with the duplicates."""
    first = books.filed_paper(paper.sha256)
    paper.case, paper.text, paper.version_no, paper.duplicate_of = case, "", case.version, first
    paper.state = rows.Paper.State.DUPLICATE if first else rows.Paper.State.FILED
    paper.save()
    publications.add_bundle(_original(paper, f"{case_folder(case)}/{DUPLICATES if first else ORIGINALS}"), paper=paper)


def _file_duplicate(office: Office, arrival: Arrival, first: rows.Paper) -> tuple[Done, ...]:
    """The same file again: kept, entered, said, and no letter follows. In one folder with attachments that had found no case it tells
    theirs."""
    assert first.case is not None
    now, case, programme = office.now(), first.case, office.programme(first.programme_id)
    first_received_at = first.received_at.astimezone(now.tzinfo)
    is_replaced = not first.attachment and (first.version_no or 0) < case.version
    later = f"第{case.version}次提交" if is_replaced else ""
    note = notes.duplicate(arrival.name, arrival.received_at, first.original_name, first_received_at, later)
    with books.transaction():
        paper = books.add_paper(
            arrival,
            kind=first.kind,
            state=rows.Paper.State.DUPLICATE,
            case=case,
            attachment=first.attachment,
            duplicate_of=first,
            programme_id=first.programme_id,
        )
        publications.add_bundle(_original(paper, f"{case_folder(case)}/{DUPLICATES}", note), paper=paper)
        books.add_event(now, "duplicate_received", str(case), files={arrival.name: arrival.sha256})
        joined = _join_late(now, case, programme) if programme else ()
    message = f"与“{first.original_name}”内容相同，未重复办理" + (f"；案卷以{later}为准" if later else "")
    return (Done(arrival.name, "duplicate", message, case.unit, case_folder(case)), *joined)


def _join_late(now: datetime, case: rows.Case, programme: Programme) -> tuple[Done, ...]:
    joined = []
    for paper in cases.waiting_for(case):
        _adopt(paper, case)
        joined.append(_join_decided(now, case, programme, paper))
    return tuple(joined)


def set_aside(office: Office, arrival: Arrival, reason: str, remedy: str) -> Done:
    """Puts a file where a person will look at it, with a note that says why and what to do."""
    state = rows.Paper.State.SET_ASIDE
    with books.transaction():
        paper = books.add_paper(arrival, kind="unrecognised", state=state, reason=reason)
        _plan_set_aside(office, paper, arrival.received_at, reason, remedy)
    return Done(arrival.name, "set_aside", reason, folder=SET_ASIDE)


def set_aside_waiting(office: Office, paper: rows.Paper) -> Done:
    """An attachment has waited long enough for its case."""
    programme = office.programme(paper.programme_id)
    labels = {a.id: a.label for a in programme.attachments} if programme else {}
    reason, remedy = notes.homeless(labels.get(paper.attachment, paper.attachment))
    received_at = paper.received_at.astimezone(office.now().tzinfo)
    with books.transaction():
        paper.state, paper.reason, paper.text = rows.Paper.State.SET_ASIDE, reason, ""
        paper.save()
        _plan_set_aside(office, paper, received_at, reason, remedy)
    return Done(paper.original_name, "set_aside", reason, folder=SET_ASIDE)


def _plan_set_aside(office: Office, paper: rows.Paper, received_at: datetime, reason: str, remedy: str) -> None:
    note = notes.set_aside(paper.original_name, reason, remedy, received_at)
    publications.add_bundle(_original(paper, SET_ASIDE, note), paper=paper)
    files = {paper.original_name: paper.sha256}
    books.add_event(office.now(), "set_aside", paper.original_name, after={"reason": reason}, files=files)
