"""The register as a list."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from formflow.model.finding import Finding
from formflow.model.letter import LetterContent
from formflow.register.entries import Arrival, PlannedBundle, PlannedFile
from support.forms_of_cases import key
from support.offices import programmes

pytestmark = pytest.mark.usefixtures("register")
TODAY = date(2022, 3, 10)
# Half past midnight in Shanghai is still the day before in UTC.
AT = datetime(2022, 3, 10, 0, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
ERROR = Finding("missing", "industry", "error", "没有填写", "附件2")
REVIEW = Finding("unsealed", "opinion_managing", "review", "看不出", "附件2")


def arrival(name: str) -> Arrival:
    return Arrival(
        claim_id=name, name=f"{name}.docx", submission="", sha256=name.ljust(64, "0"), size=1, received_at=AT
    )


def enter(case: Any, name: str, *findings: Finding, deadline: date | None = None) -> None:
    """A further form of a case with its findings and letter."""
    from formflow.register import books, cases

    cases.next_version(case, key(case.unit), TODAY)
    outcome = "supplement" if any(finding.severity == "error" for finding in findings) else "accepted"
    paper = books.add_paper(arrival(name), kind="application", state="filed", case=case)
    books.add_findings(books.add_record(paper, case, {}, (), outcome), findings)
    cases.set_outcome(case, outcome, TODAY)
    content = LetterContent(outcome, "通知书", "通知书", {})
    books.add_letter(case, content, serial=name, issued_on=TODAY, deadline=deadline)


def opened(unit: str) -> Any:
    from formflow.register import cases

    return cases.open_case(programmes()[0], key(unit), TODAY)


def test_a_case_counts_what_is_open_in_its_latest_version() -> None:
    from formflow.register import overview

    case = opened("海风镇职工服务中心")
    enter(case, "1", ERROR, ERROR, deadline=date(2022, 3, 20))
    enter(case, "2", ERROR, REVIEW, REVIEW, deadline=date(2022, 3, 24))
    [line] = overview.case_lines(incomplete_only=False)
    assert (line.errors, line.reviews, line.version, line.deadline) == (1, 2, 2, date(2022, 3, 24))
    assert line.outcome_label == "待补正"
    assert line.as_json()["deadline"] == "2022-03-24"


def test_what_has_been_settled_is_not_counted() -> None:
    from formflow.register import books, overview

    case = opened("海风镇职工服务中心")
    enter(case, "1", Finding("attachment_missing", "development_plan", "review", "没有收到规划", "四"))
    books.settle_attachment(books.current_record(case), "development_plan")
    [line] = overview.case_lines(incomplete_only=False)
    assert line.reviews == 0


def test_accepted_cases_have_no_deadline_and_are_not_incomplete() -> None:
    from formflow.register import overview

    accepted, open_case = opened("甲中心"), opened("乙中心")
    enter(accepted, "1", ERROR, deadline=date(2022, 3, 20))
    enter(accepted, "2", REVIEW)
    enter(open_case, "3", ERROR, deadline=date(2022, 3, 21))
    assert [(line.unit, line.deadline) for line in overview.case_lines(incomplete_only=False)] == [
        ("甲中心", None),
        ("乙中心", date(2022, 3, 21)),
    ]
    assert [line.unit for line in overview.case_lines(incomplete_only=True)] == ["乙中心"]


def test_papers_without_a_case_with_the_day_here_and_where_they_lie() -> None:
    from formflow.register import books, overview, publications

    aside = books.add_paper(arrival("aside"), kind="unrecognised", state="set_aside", reason="不是已知的表")
    note, original = PlannedFile("note", ".说明.txt", text="x"), PlannedFile("original", ".docx", sha256="1")
    publications.add_bundle(PlannedBundle("b", "_待人工处理", "aside", (note, original)), paper=aside)
    books.add_paper(arrival("waits"), kind="attachment", state="waiting")
    lines = list(overview.papers_without_case())
    assert [(line.name, line.state, line.received_on) for line in lines] == [
        ("aside.docx", "set_aside", TODAY),
        ("waits.docx", "waiting", TODAY),
    ]
    assert lines[0].publication is not None
    assert (lines[0].publication.ending, lines[1].publication) == (".docx", None)


def test_a_paper_whose_twin_has_found_its_case_is_dealt_with() -> None:
    from dataclasses import replace

    from formflow.register import books, overview

    books.add_paper(arrival("one"), kind="unrecognised", state="set_aside")
    twin = replace(arrival("one"), claim_id="later")
    books.add_paper(twin, kind="application", state="filed", case=opened("甲中心"))
    assert list(overview.papers_without_case()) == []


def test_what_was_read_unsurely_is_counted_apart() -> None:
    from formflow.register import cases, overview

    case = opened("海风镇职工服务中心")
    enter(case, "1", REVIEW, Finding("low_confidence", "industry", "review", "把握不大", "附件2"))
    cases.set_outcome(case, "review", TODAY)
    [line] = overview.case_lines(incomplete_only=True)
    assert (line.reviews, line.doubts, line.outcome_label, line.as_json()["doubts"]) == (2, 1, "待复核 1 处", 1)


def test_cases_are_handed_on_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred thousand would fill memory."""
    from formflow.register import overview

    for unit in ("甲中心", "乙中心"):
        enter(opened(unit), unit, ERROR)
    made: list[str] = []
    whole = overview.CaseLine

    def counted(**values: Any) -> Any:
        made.append(values["unit"])
        return whole(**values)

    monkeypatch.setattr(overview, "CaseLine", counted)
    lines = overview.case_lines(incomplete_only=False)
    assert next(lines).unit == "甲中心"
    assert made == ["甲中心"]
