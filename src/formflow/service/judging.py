"""What a record leads to: findings, a decision, the letters that follow from it, and the 审核表 it is laid before a person in.

In: a case whose version has been counted, the paper that brought the record, and what it is judged by. Out: everything entered in the
register. Inside a transaction of the caller's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from formflow.forms.review_lines import TITLE, review_lines
from formflow.model.case import Decision
from formflow.model.programme import Form, Programme
from formflow.model.record import Record
from formflow.model.review import ReviewHead, ReviewSheet
from formflow.register import books, cases, publications
from formflow.register import models as rows
from formflow.register.entries import PlannedBundle, PlannedFile
from formflow.rules.checks import check
from formflow.rules.decide import decide
from formflow.rules.places import field_place
from formflow.service import report
from formflow.service.letters_due import case_folder, plan_letters
from formflow.service.review_book import as_text, build


@dataclass(frozen=True, slots=True)
class Basis:
    """What a case is judged by. `received_on`: the day the applicant's paper arrived; `pictures`: PNG files of the places its answers were
    read from, by the code of their line."""

    programme: Programme
    form: Form
    record: Record
    received_on: date
    pictures: Mapping[str, bytes] = field(default_factory=dict)


def judge(case: rows.Case, paper: rows.Paper, basis: Basis, today: date) -> Decision:
    """Decides on a record with everything that has come for the case."""
    record = basis.record
    enclosed = cases.enclosed_in(case) | frozenset(record.enclosed)
    decision = decide(check(basis.programme, basis.form, record, basis.received_on, enclosed))
    answers = report.kept_json(record)
    entered = books.add_record(paper, case, answers, record.enclosed, decision.outcome, kind=record.kind)
    books.add_findings(entered, decision.findings)
    cases.set_outcome(case, decision.outcome, today)
    plan_letters(basis.programme, case, record, decision, basis.received_on, today)
    _plan_sheet(case, paper, basis, decision)
    return decision


def _plan_sheet(case: rows.Case, paper: rows.Paper, basis: Basis, decision: Decision) -> None:
    """The 审核表 of this version. Those of earlier versions stay where they are: they are the record of what was read then, and one that is
    handed in after all is refused with the name of this one."""
    head = ReviewHead(case.programme_id, case.programme_name, case.year, case.number, case.version, case.unit)
    sheet = ReviewSheet(head, review_lines(basis.form, basis.record, decision.findings, field_place))
    key = f"review/{case.programme_id}/{case.year}/{case.number}/{case.version}"
    # Its content is settled: known before, it need not be entered when it is published, which would be one more commit.
    content = sha256(build(sheet, basis.pictures)).hexdigest()
    file = PlannedFile("review_sheet", ".xlsx", text=as_text(sheet), sha256=content)
    bundle = PlannedBundle(key, case_folder(case), sheet_stem(case.version), (file,))
    (publication,) = publications.add_bundle(bundle, paper=paper)
    publications.add_pictures(publication, basis.pictures)


def sheet_stem(version: int) -> str:
    """What the 审核表 of a version is called, without its ending."""
    return TITLE if version == 1 else f"{TITLE}（第{version}次）"
