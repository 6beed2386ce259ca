"""Papers, records, letters and events: what the service writes into the register, one function for each entry.

In: plain values (`entries`, `model`). Out: rows. Every writing function belongs inside `transaction()`; nothing here
opens a file or reads a clock. Cases are looked up and opened in `cases`, publications in `publications`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.db import transaction as _transaction
from django.db.models import Q, QuerySet

from formflow.model.finding import Finding
from formflow.model.letter import LetterContent
from formflow.register import chain, locks, presence, queue, seals, touched
from formflow.register import models as rows
from formflow.register.asked import Asked
from formflow.register.entries import Arrival, PackStamp

SERVICE = "formflow"
_FILED_WITH = Asked(
    lambda sha256: (
        rows.Paper.objects.filter(sha256=sha256, state=rows.Paper.State.FILED).select_related("case").order_by("id")[:1]
    ),
    str,
)
_LETTERS_OF = Asked(
    lambda case: (
        rows.Letter.objects.filter(case_id=case, is_draft=False, draft=None)
        .order_by("id")
        .values_list("version_no", "issued_on")
    ),
    int,
)
_LAST_HASH = Asked(lambda: rows.Event.objects.order_by("-id").values_list("hash", flat=True)[:1])


@contextmanager
def transaction() -> Iterator[None]:
    """Everything inside is written at once and durably, or not at all, and nobody else writes meanwhile. Never nested: only an outermost one
    can promise. What every row says that was written goes into the chain with the event entered last."""
    presence.check()
    with _transaction.atomic(durable=True):
        locks.write_alone()
        with queue.deliveries_follow(), touched.remembered() as changed:
            yield
            seals.seal(changed)
    if changed.event is not None:
        presence.note_entry(changed.event.pk, changed.event.previous_hash)


def is_registered(claim_id: str) -> bool:
    """Whether the claimed file has been entered already."""
    return rows.Paper.objects.filter(claim_id=claim_id).exists()


def is_awaited(claim_id: str) -> bool:
    """Whether the file of a paper is still needed: it waits for its case or to be published."""
    paper = rows.Paper.objects.filter(claim_id=claim_id)
    pending = rows.Publication.State.PENDING
    return paper.filter(Q(state=rows.Paper.State.WAITING) | Q(publications__state=pending)).exists()


def is_form(paper: rows.Paper) -> bool:
    """Whether a paper was decided on."""
    return rows.Record.objects.filter(paper=paper).exists()


def filed_paper(sha256: str) -> rows.Paper | None:
    """The first paper of a case with exactly this content."""
    return _FILED_WITH.first(sha256)


def add_paper(
    arrival: Arrival,
    *,
    kind: str,
    state: str,
    case: rows.Case | None = None,
    stamp: PackStamp | None = None,
    **more: Any,
) -> rows.Paper:
    """Enters a file that was received. `more` are further columns (`reason`, `attachment`, `duplicate_of` …)."""
    if stamp:
        more |= {"programme_id": stamp.programme_id, "pack_version": stamp.version, "pack_sha256": stamp.sha256}
    return rows.Paper.objects.create(
        claim_id=arrival.claim_id,
        sha256=arrival.sha256,
        original_name=arrival.name,
        submission=arrival.submission,
        size=arrival.size,
        received_at=arrival.received_at,
        kind=kind,
        state=state,
        case=case,
        container_id=arrival.container,
        **more,
    )


def add_record(
    paper: rows.Paper,
    case: rows.Case,
    answers: Mapping[str, Any],
    enclosed: Iterable[str],
    outcome: str,
    *,
    kind: str = "",
) -> rows.Record:
    """Enters what a form says, as the case's version of now. `kind`: the form's, if the paper is another (the 审核表 that corrected it)."""
    return rows.Record.objects.create(
        paper=paper,
        case=case,
        version_no=case.version,
        kind=kind or paper.kind,
        answers=dict(answers),
        enclosed=sorted(enclosed),
        outcome=outcome,
    )


def add_findings(record: rows.Record, findings: Iterable[Finding]) -> None:
    """Enters everything that was found wrong, in order."""
    rows.Finding.objects.bulk_create(
        rows.Finding(
            record=record,
            position=position,
            code=finding.code,
            field=finding.field,
            severity=finding.severity,
            message=finding.message,
            basis=finding.basis,
            requirement=finding.requirement,
            label=finding.label,
            place=finding.place,
        )
        for position, finding in enumerate(findings, 1)
    )


def current_record(case: rows.Case) -> rows.Record:
    """The record of the case's latest version."""
    return case.records.get(version_no=case.version)


def latest_form(case: rows.Case) -> rows.Paper:
    """The paper the applicant handed in last: what was corrected by hand since goes back to it."""
    handed_in = case.records.exclude(paper__kind=rows.DECISION_SHEET).select_related("paper")
    return handed_in.latest("version_no").paper


def submissions(case: rows.Case) -> int:
    """How many forms the applicant has handed in."""
    return case.records.exclude(paper__kind=rows.DECISION_SHEET).count()


def open_findings(record: rows.Record) -> tuple[Finding, ...]:
    """What is still wrong with a record. Places are kept in words only: a locator is not entered."""
    return tuple(
        Finding(row.code, row.field, row.severity, row.message, row.basis, row.requirement, row.label, row.place)  # type: ignore[arg-type]
        for row in record.findings.filter(is_settled=False)
    )


def settle_attachment(record: rows.Record, attachment: str) -> int:
    """Marks the finding that asked for an attachment as settled; how many there were."""
    return record.findings.filter(code="attachment_missing", field=attachment, is_settled=False).update(is_settled=True)


def add_letter(
    case: rows.Case, content: LetterContent, *, serial: str, issued_on: date, deadline: date | None
) -> rows.Letter:
    """Enters a letter to be written. Its key makes a second one for the same version of the same case impossible."""
    return rows.Letter.objects.create(
        key=f"{case.programme_id}/{serial}/{content.letter_id}",
        case=case,
        programme_id=case.programme_id,
        year=case.year,
        version_no=case.version,
        kind=content.letter_id,
        title=content.title,
        serial=serial,
        content={"file_stem": content.file_stem, "context": content.context},
        issued_on=issued_on,
        deadline=deadline,
    )


def letter_content(letter: rows.Letter) -> LetterContent:
    """The content as it was entered."""
    return LetterContent(letter.kind, letter.title, letter.content["file_stem"], letter.content["context"])


def letters_of(case: rows.Case) -> QuerySet[rows.Letter]:
    """The letters that followed from the papers of a case, in order; not those that bind, which have numbers of their own."""
    return case.letters.filter(is_draft=False, draft=None).order_by("id")


def dates_of_letters(case: rows.Case) -> list[tuple[int, date]]:
    """Of each of them, the version of the case it was about and its date."""
    return _LETTERS_OF.all(case.pk)


def mark_letter(letter: rows.Letter, state: str, problem: str = "") -> None:
    """Says whether a letter was issued or waits for its template to be mended."""
    letter.state, letter.problem = state, problem
    letter.save(update_fields=("state", "problem"))


def add_event(
    at: datetime,
    what: str,
    about: str,
    *,
    who: str = SERVICE,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    files: Mapping[str, str] | None = None,
) -> rows.Event:
    """Appends to the journal; `files` are names with their SHA-256. The hash covers the event before it, too."""
    fields: dict[str, Any] = {
        "who": who,
        "what": what,
        "object": about,
        "before": dict(before) if before is not None else None,
        "after": dict(after) if after is not None else None,
        "files": dict(files or {}),
    }
    previous = _last_hash()
    event = rows.Event.objects.create(
        **fields, at=at, previous_hash=previous, hash=chain.event_hash(fields, at, previous)
    )
    touched.note_event(event)
    return event


def _last_hash() -> str:
    """The hash of the event entered last: nobody else writes while a transaction does."""
    if event := touched.last_event():
        found: str = event.hash
        return found
    return _LAST_HASH.first() or chain.FIRST
