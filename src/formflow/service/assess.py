"""One file looked at without keeping anything: what `read`, `check` and `run --dry-run` tell. Free of Django.

In: a file's bytes and the packs. Out: what it is, what it says, what is wrong with it, or why it cannot be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from formflow.errors import UnreadableError
from formflow.forms.align import align
from formflow.forms.approvals import returned_approval
from formflow.forms.copies import copies_in
from formflow.forms.corrections import returned_sheet
from formflow.forms.decisions import returned_summary
from formflow.forms.evaluations import record_of as evaluation_record
from formflow.forms.evidence_sheets import returned_evidence
from formflow.forms.honours import record_of_list
from formflow.forms.recognise import Match
from formflow.forms.score_record import as_record
from formflow.forms.settlements import returned_settlement
from formflow.forms.told import claims_on
from formflow.model.document import Document
from formflow.model.evidence import Applicant, Article, Attribution
from formflow.model.finding import Finding
from formflow.model.programme import Programme
from formflow.model.record import Record
from formflow.model.scoring import CheckedSheet
from formflow.rules.checks import check
from formflow.rules.decide import case_key, unit_key
from formflow.rules.evaluations import check_evaluation
from formflow.rules.scoring import check_sheet, check_together
from formflow.service import report
from formflow.service.members import Looked, Read, look_into

if TYPE_CHECKING:
    from formflow.forms.articles_record import EvidencePaper


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
    read: Read,
    received_on: date | None = None,
) -> tuple[Assessment, ...]:
    """Reads, recognises, aligns and checks one file; one assessment for each paper in it. What lies in one archive or mail is one
    submission: a form is not asked for attachments that are there. `received_on`: the day it arrived, None if it has not been handed
    in."""
    papers = look_into(name, data, read)
    submission = _Submission.of(papers, programmes)
    return tuple(one for paper in papers for one in _assess(paper, submission, received_on))


@dataclass(frozen=True, slots=True)
class _Submission:
    """What came together: the claims on each paper by its name, and the attachments, each as (programme, attachment, folded text)."""

    matches: Mapping[str, tuple[Match, ...]]
    attachments: tuple[tuple[str, str, str], ...]
    forms: tuple[Match, ...]
    is_bundle: bool

    @classmethod
    def of(cls, papers: tuple[Looked, ...], programmes: tuple[Programme, ...]) -> _Submission:
        documents = {paper.name: paper.document for paper in papers if paper.document}
        matches = {name: _claims_on(document, programmes) for name, document in documents.items()}
        sure = {name: found[0] for name, found in matches.items() if len(found) == 1}
        attachments = tuple(
            (match.programme.id, match.attachment.id, unit_key(documents[name].text))
            for name, match in sure.items()
            if match.attachment
        )
        forms = tuple(match for match in sure.values() if match.form)
        return cls(matches, attachments, forms, len(papers) > 1)

    def enclosed_with(self, programme: Programme, record: Record) -> frozenset[str]:
        """The attachments that belong to a form: all, if it is the only one; else those that name its unit."""
        found = {(id_, text) for programme_id, id_, text in self.attachments if programme_id == programme.id}
        if len(self.forms) > 1:
            key = case_key(programme, record, date.min)
            found = {(id_, text) for id_, text in found if key and any(name in text for name in key.names)}
        return frozenset(id_ for id_, _ in found) | frozenset(record.enclosed)

    @property
    def evidence(self) -> tuple[Match, ...]:
        """As what a paper counts that no pack claims: evidence, if it came with one form."""
        return (
            (Match(self.forms[0].programme, "evidence", None, 0.0),) if self.is_bundle and len(self.forms) == 1 else ()
        )


def _claims_on(document: Document, programmes: tuple[Programme, ...]) -> tuple[Match, ...]:
    """Who claims a document; a workbook of ours that comes back to decide something (审核表, 评分汇总, 发文审批表, 补助测算, 佐证材料) says it by itself."""
    returned = (returned_sheet, returned_summary, returned_approval, returned_settlement, returned_evidence)
    sheet = next((found for read in returned if (found := read(document))), None)
    if sheet is None:
        return claims_on(document, programmes)
    return tuple(Match(p, "decision_sheet", None, 1.0) for p in programmes if p.id == sheet.programme_id)


def _assess(paper: Looked, submission: _Submission, received_on: date | None) -> Iterator[Assessment]:
    if paper.document is None:
        yield Assessment(paper.name, paper.sha256, "unreadable", problem=paper.problem)
        return
    blank = Assessment(paper.name, paper.sha256, "unrecognised", remarks=paper.document.remarks)
    matches = submission.matches[paper.name] or submission.evidence
    if len(matches) != 1:
        yield replace(blank, matches=matches)
        return
    match = matches[0]
    whole = replace(blank, kind=match.kind, matches=matches)
    if match.sheets:
        yield from _score_sheets(whole, match)
        return
    if match.evaluation and (rules := match.programme.evaluation):
        yield replace(
            whole,
            record=evaluation_record(match.evaluation, rules),
            findings=check_evaluation(rules, match.evaluation),
        )
        return
    if match.honours:
        yield replace(whole, record=record_of_list(match.honours), findings=match.honours.findings)
        return
    if match.evidence:
        yield _from_the_press(whole, match.evidence)
        return
    if match.form is None:
        yield whole
        return
    for copy in copies_in(paper.document, match.form):
        record = align(copy, match.form, match.programme.id, match.programme.attachments)
        enclosed = submission.enclosed_with(match.programme, record)
        findings = check(match.programme, match.form, record, received_on, enclosed)
        yield replace(whole, record=record, findings=findings)


def _from_the_press(whole: Assessment, paper: EvidencePaper) -> Assessment:
    from formflow.forms.articles_record import findings_on, record_of_evidence

    record = record_of_evidence(paper, tuple(map(_about, paper.articles)))
    return replace(whole, record=record, findings=findings_on(paper))


def _about(article: Article) -> Attribution:
    """Whom an article is about by the names it tells itself; whose of the applicants it is, is asked when they are known."""
    from formflow.forms.articles_units import units_in
    from formflow.rules.evidence import attribute

    (attribution,) = attribute((article,), (Applicant(unit, unit, (unit,)) for unit in units_in(article)))
    return attribution


def _score_sheets(whole: Assessment, match: Match) -> Iterator[Assessment]:
    """One assessment for each sheet; what the sheets say to each other is told of each."""
    checked = check_together([CheckedSheet(s.sheet, check_sheet(s.rubric, s.sheet), whole.name) for s in match.sheets])
    for one in checked:
        yield replace(whole, record=as_record(one.sheet), findings=one.findings)
