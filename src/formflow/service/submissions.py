"""An archive or mail is one submission: its papers are entered together, each for what it is, in one transaction.

In: a claim and what its file holds. Out: a `Done` for each paper. Each paper is first laid out as a file of its own in the state folder
(`unpacked.lay_out`), from where it is read and later published as any other file; the archive itself goes into the case, too. Papers that
cannot be read, or are no papers of ours in a submission of several units, are put before a person by name; if there is nothing else, the
archive is set aside whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from formflow.errors import UnreadableError
from formflow.reading.contents import Bundle, Member
from formflow.register import books, cases
from formflow.register import models as rows
from formflow.register.entries import Arrival
from formflow.service import filing, names, notes, reception, unpacked
from formflow.service.claims import Claim
from formflow.service.filing import Done
from formflow.service.home import Home
from formflow.service.letters_due import case_folder
from formflow.service.members import document_of, papers_in
from formflow.service.office import Office
from formflow.service.pictures import with_pictures
from formflow.service.sorting import Sorted, sort

_STATE = rows.Paper.State


def receive(office: Office, claim: Claim, arrival: Arrival, bundle: Bundle) -> tuple[Done, ...]:
    """Enters everything in an archive or mail."""
    papers = [
        _sort_member(office, claim, _arrival_of(arrival, member, number), member)
        for number, member in enumerate(papers_in(bundle), 1)
    ]
    office.before_entry()
    with books.transaction():
        if first := books.filed_paper(arrival.sha256):  # entered by another worker while this one was reading
            done = reception.receive_duplicate(office, arrival, first)
        else:
            done = tuple(_enter(office, arrival, papers))
    tidy(office.home, claim.id)
    return done


def _arrival_of(whole: Arrival, member: Member, number: int) -> Arrival:
    return Arrival(
        claim_id=unpacked.inner_id(whole.claim_id, number),
        name=names.legible(member.name.rsplit("/", 1)[-1]),
        # Nearer to each other than to what else lies in the inbox folder.
        submission=f"{whole.submission}/{whole.claim_id}",
        sha256=hashlib.sha256(member.data).hexdigest(),
        size=len(member.data),
        received_at=whole.received_at,
    )


def _sort_member(office: Office, claim: Claim, arrival: Arrival, member: Member) -> Sorted:
    path = unpacked.lay_out(office.home, arrival.claim_id, arrival.name, member.data)
    try:
        document = document_of(office.read(path))
    except UnreadableError as problem:
        return Sorted(arrival, reason=problem.message, remedy=problem.remedy, is_read=False)
    return with_pictures(office, sort(office, arrival, document), document, path)


def _enter(office: Office, arrival: Arrival, papers: list[Sorted]) -> Iterator[Done]:
    if not any(paper.is_ours for paper in papers):
        reasons = tuple((paper.arrival.name, paper.reason) for paper in papers)
        yield filing.put_aside(office, arrival, *notes.nothing_inside(reasons))
        return
    container = filing.open_container(office, arrival)
    inside = [replace(paper, arrival=replace(paper.arrival, container=container.pk)) for paper in papers]
    has_several_forms = sum(paper.is_form for paper in inside) > 1
    # Attachments first: a form is judged with all that came with it.
    for paper in inside:
        if paper.is_attachment:
            reception.wait(office, _by_name_alone(paper) if has_several_forms else paper)
    for paper in inside:
        if paper.is_form:
            yield from _enter_form(office, paper)
        elif (paper.sheet or paper.yearly) and not paper.is_evidence:
            yield from _enter_sheet(office, paper)
    yield from _settle_waiting(office, container)
    its_cases = cases.cases_of_container(container)
    # Newspapers behind the forms: by then it shows whom they came with.
    for paper in inside:
        if paper.is_evidence:
            yield from _enter_sheet(office, paper)
    for paper in inside:
        if not paper.is_ours:
            yield _enter_rest(office, paper, its_cases)
    filing.close_container(container, cases.cases_of_container(container))


def _by_name_alone(paper: Sorted) -> Sorted:
    """With forms of several units around it, an attachment belongs to the one it names."""
    return replace(paper, arrival=replace(paper.arrival, submission=""))


def _enter_form(office: Office, paper: Sorted) -> tuple[Done, ...]:
    first = books.filed_paper(paper.arrival.sha256)
    return reception.receive_duplicate(office, paper.arrival, first) if first else reception.receive_form(office, paper)


def _enter_sheet(office: Office, paper: Sorted) -> tuple[Done, ...]:
    first = books.filed_paper(paper.arrival.sha256)
    return reception.receive_duplicate(office, paper.arrival, first) if first else reception.receive(office, paper)


def _settle_waiting(office: Office, container: rows.Paper) -> Iterator[Done]:
    """Attachments that no form inside has taken: into the case they name, or they wait."""
    for row in container.members.filter(state=_STATE.WAITING):
        yield reception.join_if_possible(office, row) or reception.waiting(office, row)


def _enter_rest(office: Office, paper: Sorted, its_cases: tuple[rows.Case, ...]) -> Done:
    """What is no form and no attachment goes with the one case the submission is about as further evidence, else before a person; as does
    what cannot be read."""
    arrival = paper.arrival
    if not paper.is_unknown or len(its_cases) != 1:
        return filing.put_aside(office, arrival, paper.reason, paper.remedy)
    (case,) = its_cases
    programme = office.programme(case.programme_id)
    assert programme is not None
    if first := books.filed_paper(arrival.sha256):
        return reception.receive_duplicate(office, arrival, first)[0]
    row = filing.file_paper(arrival, case, rows.EVIDENCE, programme)
    books.add_event(office.now(), "other_filed", str(case), files={arrival.name: arrival.sha256})
    return Done(filing.label_of(row), "attachment", filing.OTHER_MATERIAL, case.unit, case_folder(case))


def tidy(home: Home, claim_id: str = "") -> None:
    """Clears away what was laid out (of one claim, or of all) and is not waited for: duplicates, and what a kill left behind."""
    for inner in unpacked.laid_out(home, claim_id):
        if not books.is_awaited(inner):
            unpacked.clear_away(home, inner)
