"""Record → findings: everything that is missing or wrong with a filled form, all at once (一次性告知), in the form's order.

Pure: the day the paper arrived and the attachments that came are arguments. What follows from the findings is `decide`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from operator import itemgetter

from formflow.model.finding import Finding
from formflow.model.programme import Attachment, Form, Programme
from formflow.model.record import Record
from formflow.rules.conditions import check_condition, subject
from formflow.rules.fields import check_field
from formflow.rules.paper import Paper


def check(
    programme: Programme, form: Form, record: Record, received_on: date | None, enclosed: frozenset[str] = frozenset()
) -> tuple[Finding, ...]:
    """All findings of one application. `enclosed` are ids of attachments that have come separately, beside `record.enclosed`."""
    paper = Paper(form, record, received_on)
    has_come = enclosed | set(record.enclosed)
    return (*_by_field(paper), *_missing_attachments(programme, has_come))


def _by_field(paper: Paper) -> Iterator[Finding]:
    """Each field's own findings, then those of the checks about it, rows from the top."""
    for field in paper.form.fields:
        yield from check_field(paper, field)
        checks = [check for check in paper.form.checks if subject(check) == field.id]
        found = [pair for check in checks for pair in check_condition(paper, check)]
        yield from (finding for _, finding in sorted(found, key=itemgetter(0)))


def _missing_attachments(programme: Programme, has_come: frozenset[str] | set[str]) -> Iterator[Finding]:
    yield from (_missing(attachment) for attachment in programme.attachments if attachment.id not in has_come)


def _missing(attachment: Attachment) -> Finding:
    return Finding(
        code="attachment_missing",
        field=attachment.id,
        severity=attachment.severity,
        message=f"没有收到{attachment.label}",
        basis=attachment.citation.clause,
        requirement=f"请提交{attachment.label}，内容应包括：{attachment.contents}",
        label=attachment.label,
        place="附件",
    )
