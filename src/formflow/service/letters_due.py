"""Which letters follow from a decision, entered into the register with everything they say. Nothing is drawn here."""

from __future__ import annotations

from datetime import date

from formflow.letters.compose import compose
from formflow.model.case import CaseKey, Decision
from formflow.model.letter import LetterFacts
from formflow.model.programme import Programme
from formflow.model.record import Record
from formflow.register import books, cases, publications
from formflow.register import models as rows
from formflow.register.entries import PlannedBundle, PlannedFile
from formflow.rules.calendar import Deadline, add_working_days
from formflow.service.names import safe

# The parameter of a pack that says how many working days an applicant has to supplement a paper.
SUPPLEMENT_DAYS = "supplement_working_days"


def plan_letters(
    programme: Programme, case: rows.Case, record: Record, decision: Decision, received_on: date, today: date
) -> tuple[rows.Letter, ...]:
    """Enters the letters of a decision and the files they will be; call inside a transaction, after the papers were entered."""
    planned = []
    for spec in programme.letters:
        if spec.on == decision.outcome:
            facts = _facts(programme, case, record, decision, received_on, today)
            content = compose(spec, facts)
            letter = books.add_letter(case, content, serial=facts.serial, issued_on=today, deadline=facts.deadline)
            files = (PlannedFile("letter_docx", ".docx"), PlannedFile("letter_pdf", ".pdf"))
            bundle = PlannedBundle(f"letter/{letter.key}", case_folder(case), content.file_stem, files)
            publications.add_bundle(bundle, letter=letter)
            planned.append(letter)
    return tuple(planned)


def case_folder(case: rows.Case) -> str:
    """The folder of a case, relative to the outbox."""
    return f"{safe(case.programme_name)}/{case.year}年/{safe(case.folder)}"


def _facts(
    programme: Programme, case: rows.Case, record: Record, decision: Decision, received_on: date, today: date
) -> LetterFacts:
    earlier = books.dates_of_letters(case)
    deadline = _deadline(programme, decision, today)
    return LetterFacts(
        programme=programme,
        case=case_key_of(case),
        record=record,
        decision=decision,
        # One number for each letter of a case: it equals the version as long as each version gets one letter.
        serial=f"{case.year}-{case.number:04d}-{len(earlier) + 1}",
        received_on=received_on,
        issued_on=today,
        # How many times the applicant hears of it: a version that only went before a person here does not count.
        version_no=len({version for version, _ in earlier} - {case.version}) + 1,
        received_papers=_received(programme, case),
        deadline=deadline.day if deadline else None,
        working_days=programme.parameters[SUPPLEMENT_DAYS].value if deadline else None,
        deadline_note=deadline.note if deadline else "",
        previous_on=earlier[-1][1] if earlier else None,
    )


def case_key_of(case: rows.Case) -> CaseKey:
    """The case as it is told by, with every name it goes by."""
    return CaseKey(case.programme_id, case.year, case.unit, case.unit_key, case.folder, cases.names_of(case))


def _deadline(programme: Programme, decision: Decision, today: date) -> Deadline | None:
    if decision.outcome != "supplement" or SUPPLEMENT_DAYS not in programme.parameters:
        return None
    return add_working_days(today, programme.parameters[SUPPLEMENT_DAYS].value)


def _received(programme: Programme, case: rows.Case) -> tuple[tuple[str, str], ...]:
    """Name of each paper as the programme calls it, and the file it came in: the form of this version and every attachment."""
    titles: dict[str, str] = {form.kind: form.title for form in programme.forms}
    labels = {attachment.id: attachment.label for attachment in programme.attachments}
    papers = cases.handed_in(case)
    # A version corrected by hand brings no form of its own: the one handed in last counts.
    latest = max((paper.version_no or 0 for paper in papers if paper.kind in titles), default=case.version)
    current = [paper for paper in papers if paper.attachment or (paper.version_no or 0) >= latest]
    return tuple((labels.get(paper.attachment) or titles.get(paper.kind, ""), paper.original_name) for paper in current)
