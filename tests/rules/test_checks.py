"""All findings of a paper at once, in the form's order."""

from __future__ import annotations

from datetime import date

from formflow.model.checks import HandedInWithin, Ordered, RowsComplete, RowsWithin, SpanYears
from formflow.rules.checks import check
from support.programme_values import ATTACHMENTS, CITATION, codes, programme, record

CHECKS = (
    HandedInWithin("signed_on", 1, 3, CITATION),
    RowsComplete("steps", CITATION),
    RowsWithin("steps", "when", "start", "end", CITATION),
    Ordered("start", "end", CITATION),
    SpanYears("start", "end", (1, 2), CITATION),
)


def test_a_complete_paper_has_no_findings() -> None:
    pack = programme(*CHECKS)
    assert check(pack, pack.forms[0], record(), date(2022, 3, 10)) == ()


def test_everything_at_once_in_the_order_of_the_form() -> None:
    pack = programme(*CHECKS, attachments=ATTACHMENTS)
    rows = [
        {"when": "2031年1月", "what": "动员"},
        {"when": "2022年4月", "what": None},
        {"when": "2032年1月", "what": None},
    ]
    paper = record(name=None, end="2022-08", signed_on="2022-06", steps=rows, opinion=None)
    findings = check(pack, pack.forms[0], paper, None)
    assert codes(findings) == [
        ("missing", "name", "error"),
        ("invalid", "end", "error"),
        ("out_of_window", "signed_on", "error"),
        ("inconsistent", "steps", "error"),
        ("missing", "steps", "error"),
        ("missing", "steps", "error"),
        ("inconsistent", "steps", "error"),
        ("missing", "opinion", "error"),
        ("attachment_missing", "plan", "review"),
        ("attachment_missing", "licence", "error"),
    ]
    assert [finding.place[-3:] for finding in findings if finding.field == "steps"] == [
        "第1行",
        "第2行",
        "第3行",
        "第3行",
    ]
    assert all(finding.basis and finding.requirement and finding.label and finding.place for finding in findings)


def test_attachments_may_come_in_the_same_file_or_apart() -> None:
    pack = programme(attachments=ATTACHMENTS)
    findings = check(pack, pack.forms[0], record(enclosed=("plan",)), None, frozenset({"licence"}))
    assert findings == ()
    (asked,) = check(pack, pack.forms[0], record(enclosed=("licence",)), None)
    assert (asked.field, asked.label, asked.place) == ("plan", "计划书", "附件")
    assert "目标和措施" in asked.requirement


def test_a_paper_that_lacks_answers_altogether_is_told_of_not_choked_on() -> None:
    pack = programme(*CHECKS)
    empty = record()
    empty = type(empty)(empty.programme_id, empty.kind, {})
    assert {code for code, _, _ in codes(check(pack, pack.forms[0], empty, None))} == {"missing"}
    assert len(check(pack, pack.forms[0], empty, None)) == len(pack.forms[0].fields)
