"""One file looked at without keeping anything: what `read`, `check` and `run --dry-run` tell. Free of Django.

In: a file's bytes and the packs. Out: what it is, what it says, what is wrong with it, or why it cannot be read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from formflow.errors import UnreadableError
from formflow.forms.align import align
from formflow.forms.copies import copies_in
from formflow.forms.recognise import Match, recognise
from formflow.model.document import Document
from formflow.model.finding import Finding
from formflow.model.programme import Programme
from formflow.model.record import Record
from formflow.rules.checks import check
from formflow.service import report


@dataclass(frozen=True, slots=True)
class Assessment:
    """What was found out about one paper. `matches` has several entries when several packs claim it, none when nobody does."""

    name: str
    sha256: str
    kind: str
    matches: tuple[Match, ...] = ()
    record: Record | None = None
    findings: tuple[Finding, ...] = ()
    problem: UnreadableError | None = None
    remarks: tuple[str, ...] = ()

    @property
    def programme(self) -> Programme | None:
        return self.matches[0].programme if len(self.matches) == 1 else None

    @property
    def is_complete(self) -> bool:
        """A paper we know, with nothing that holds it back."""
        return self.programme is not None and report.is_complete(self.findings)

    def as_json(self) -> dict[str, Any]:
        """The line `formflow read` prints (design.md section 5)."""
        line: dict[str, Any] = {
            "file": self.name,
            "sha256": self.sha256,
            "programme": self.programme.id if self.programme else None,
            "kind": self.kind,
            "fields": report.fields_json(self.record) if self.record else {},
            "findings": report.findings_json(self.findings),
            "complete": self.is_complete,
        }
        if self.problem:
            line["error"] = {"code": self.problem.code, "message": self.problem.message}
        return line


def assess(
    name: str,
    data: bytes,
    programmes: tuple[Programme, ...],
    read: Callable[[bytes], Document],
    received_on: date | None = None,
) -> tuple[Assessment, ...]:
    """Reads, recognises, aligns and checks one file; one assessment for each paper in it. `received_on`: the day it arrived, None if it
    has not been handed in."""
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        document = read(data)
    except UnreadableError as problem:
        return (Assessment(name, sha256, "unreadable", problem=problem),)
    matches = recognise(document, programmes).matches
    if len(matches) != 1:
        return (Assessment(name, sha256, "unrecognised", matches, remarks=document.remarks),)
    match = matches[0]
    if match.form is None:
        return (Assessment(name, sha256, match.kind, matches, remarks=document.remarks),)
    assessments = []
    for copy in copies_in(document, match.form):
        record = align(copy, match.form, match.programme.id, match.programme.attachments)
        findings = check(match.programme, match.form, record, received_on)
        assessments.append(Assessment(name, sha256, match.kind, matches, record, findings, remarks=document.remarks))
    return tuple(assessments)
