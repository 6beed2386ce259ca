"""Entering one paper that has been sorted, with everything that follows from it. Inside a transaction of the caller's.

A form opens its case or becomes the next version of it and is decided; an attachment finds its case or waits for it; a 审核表 corrects
its case (`returned`); what is none of these goes before a person.
"""

from __future__ import annotations

from datetime import date, datetime

from formflow.model.case import CaseKey, Decision
from formflow.model.programme import Programme
from formflow.register import books, cases
from formflow.register import models as rows
from formflow.register.entries import Arrival
from formflow.rules.decide import decide
from formflow.service import evidence_entry, filing, report, wording
from formflow.service.evaluation_entry import receive_votes
from formflow.service.filing import Done
from formflow.service.honours_entry import receive_honours
from formflow.service.judging import Basis, judge, sheet_stem
from formflow.service.letters_due import case_folder, plan_letters
from formflow.service.office import Office
from formflow.service.returned import receive_sheet
from formflow.service.round_entry import receive_workbook
from formflow.service.score_entry import receive_scores
from formflow.service.sorting import Sorted
from formflow.service.yearly import Evidence, Honours, Returned, Scores, Votes, Yearly


def receive(office: Office, paper: Sorted) -> tuple[Done, ...]:
    """Enters a paper. A form brings with it what became of the attachments that had been waiting for it."""
    if paper.is_form:
        return receive_form(office, paper)
    if paper.sheet:
        return (receive_sheet(office, paper),)
    if paper.yearly:
        return receive_yearly(office, paper.arrival, paper.yearly)
    if paper.is_attachment:
        return (_receive_attachment(office, paper),)
    return (filing.put_aside(office, paper.arrival, paper.reason, paper.remedy),)


def receive_yearly(office: Office, arrival: Arrival, found: Yearly) -> tuple[Done, ...]:
    """Enters a paper about a programme's year."""
    match found:
        case Scores():
            return receive_scores(office, arrival, found.sheets)
        case Votes():
            return receive_votes(office, arrival, found.sheets[0])
        case Honours():
            return receive_honours(office, arrival, found.lists[0])
        case Evidence():
            return evidence_entry.receive_evidence(office, arrival, found.papers)
        case Returned():
            return (receive_workbook(office, arrival, found),)


def receive_form(office: Office, paper: Sorted) -> tuple[Done, ...]:
    """Enters a form and decides on it."""
    match, record, key, arrival = paper.match, paper.record, paper.key, paper.arrival
    assert match is not None
    assert match.form is not None
    assert record is not None
    assert key is not None
    now, programme = office.now(), match.programme
    case = _case_of(programme, key, now.date())
    row = filing.file_paper(arrival, case, match.kind, programme)
    joined = _join_waiting(case, now)
    basis = Basis(programme, match.form, record, arrival.received_on, paper.pictures)
    decision = judge(case, row, basis, now.date())
    _note_received(now, row, case, decision)
    evidence_entry.find_again(office, programme, case)
    return (_form_done(row, case, decision), *(_joined_done(office, programme, case, paper) for paper in joined))


def _case_of(programme: Programme, key: CaseKey, today: date) -> rows.Case:
    case = cases.find_case(key, programme.case_rule.unit[0]) or cases.open_case(programme, key, today)
    cases.next_version(case, key, today)
    return case


def _note_received(at: datetime, paper: rows.Paper, case: rows.Case, decision: Decision) -> None:
    after = {"case": case.pk, "version": case.version, "outcome": decision.outcome, "findings": len(decision.findings)}
    books.add_event(at, "form_received", str(case), after=after, files={paper.original_name: paper.sha256})


def _form_done(paper: rows.Paper, case: rows.Case, decision: Decision) -> Done:
    submission = books.submissions(case) if case.version > 1 else 1
    times = f"第{submission}次提交，" if submission > 1 else ""
    message = f"{times}{wording.decided(decision)}"
    return Done(filing.label_of(paper), decision.outcome, message, case.unit, case_folder(case))


def _receive_attachment(office: Office, paper: Sorted) -> Done:
    match, arrival, now = paper.match, paper.arrival, office.now()
    assert match is not None
    assert match.attachment is not None
    case = cases.case_of_attachment(match.programme.id, arrival.submission, arrival.received_on, paper.text_key)
    if case is None:
        return wait(office, paper)
    row = filing.file_paper(arrival, case, match.kind, match.programme, match.attachment.id)
    return _join_decided(now, case, match.programme, row)


def wait(office: Office, paper: Sorted) -> Done:
    """Enters an attachment that has no case yet."""
    match, arrival = paper.match, paper.arrival
    assert match is not None
    assert match.attachment is not None
    row = filing.file_waiting(arrival, match.kind, match.programme, match.attachment.id, paper.text_key)
    books.add_event(office.now(), "attachment_waits", arrival.name, files={arrival.name: arrival.sha256})
    return waiting(office, row)


def waiting(office: Office, paper: rows.Paper) -> Done:
    """What is said of an attachment that has no case yet."""
    programme = office.programme(paper.programme_id)
    label = _label_of(programme, paper) if programme else paper.attachment
    return Done(filing.label_of(paper), "waiting", f"{label}，等待所属申请")


def join_if_possible(office: Office, paper: rows.Paper) -> Done | None:
    """A waiting paper goes into its case, if that is known by now."""
    received_at = paper.received_at.astimezone(office.now().tzinfo)
    case = cases.case_of_attachment(paper.programme_id, paper.submission, received_at.date(), paper.text)
    programme = office.programme(paper.programme_id)
    if case is None or programme is None:
        return None
    filing.adopt(paper, case)
    return _join_decided(office.now(), case, programme, paper)


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


def _join_waiting(case: rows.Case, now: datetime) -> list[rows.Paper]:
    """Papers that came before their form go into the case before it is judged, so that nothing is asked for that is here."""
    waiting = cases.waiting_for(case)
    for paper in waiting:
        filing.adopt(paper, case)
        files = {paper.original_name: paper.sha256}
        what = "evidence_joined" if paper.kind == rows.EVIDENCE else "attachment_joined"
        books.add_event(now, what, str(case), after={"attachment": paper.attachment}, files=files)
    return waiting


def _joined_done(office: Office, programme: Programme, case: rows.Case, paper: rows.Paper) -> Done:
    is_evidence = paper.kind == rows.EVIDENCE
    return evidence_entry.done_of(office, paper) if is_evidence else _attachment_done(programme, case, paper)


def _attachment_done(programme: Programme, case: rows.Case, paper: rows.Paper) -> Done:
    message = f"{_label_of(programme, paper)}，已归入案卷"
    return Done(filing.label_of(paper), "attachment", message, case.unit, case_folder(case))


def _label_of(programme: Programme, paper: rows.Paper) -> str:
    return next((a.label for a in programme.attachments if a.id == paper.attachment), paper.attachment)


def receive_duplicate(office: Office, arrival: Arrival, first: rows.Paper) -> tuple[Done, ...]:
    """The same file again: kept, entered, said, and no letter follows. In one folder with attachments that had found no case it tells
    theirs."""
    if first.case is None:
        return (_receive_repeated(office, arrival, first),)
    now, case, programme = office.now(), first.case, office.programme(first.programme_id)
    is_replaced = books.is_form(first) and (first.version_no or 0) < case.version
    later = _current_words(case) if is_replaced else ""
    paper = filing.file_duplicate(office, arrival, first, later)
    books.add_event(now, "duplicate_received", str(case), files={arrival.name: arrival.sha256})
    joined = _join_late(office, case, programme) if programme else ()
    message = f"与“{first.original_name}”内容相同，未重复办理" + (f"；案卷以{later}为准" if later else "")
    return (Done(filing.label_of(paper), "duplicate", message, case.unit, case_folder(case)), *joined)


def _receive_repeated(office: Office, arrival: Arrival, first: rows.Paper) -> Done:
    """The same about a programme's year."""
    paper = filing.file_duplicate(office, arrival, first, "")
    books.add_event(office.now(), "duplicate_received", arrival.name, files={arrival.name: arrival.sha256})
    message = f"与“{first.original_name}”内容相同，未重复办理"
    return Done(filing.label_of(paper), "duplicate", message, folder=filing.folder_of(first).rpartition("/")[0])


def _current_words(case: rows.Case) -> str:
    """What a case goes by now."""
    if books.current_record(case).paper.kind == rows.DECISION_SHEET:
        return f"按审核表核对后的内容（{sheet_stem(case.version)}）"
    return f"第{books.submissions(case)}次提交"


def _join_late(office: Office, case: rows.Case, programme: Programme) -> tuple[Done, ...]:
    joined = []
    for paper in cases.waiting_for(case):
        filing.adopt(paper, case)
        if paper.kind == rows.EVIDENCE:
            files = {paper.original_name: paper.sha256}
            books.add_event(office.now(), "evidence_joined", str(case), files=files)
            evidence_entry.find_again(office, programme, case)
            joined.append(evidence_entry.done_of(office, paper))
        else:
            joined.append(_join_decided(office.now(), case, programme, paper))
    return tuple(joined)
