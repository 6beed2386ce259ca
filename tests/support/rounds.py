"""Cases, sheets and letters of a year, entered into an open register without any file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from formflow.model.finding import Finding
from formflow.model.letter import LetterContent
from formflow.model.programme import Programme
from formflow.register.entries import Arrival
from support.forms_of_cases import key
from support.offices import programmes

AT = datetime(2022, 11, 1, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = AT.date()
_numbers = iter(range(10**9))


def nantong() -> Programme:
    return next(programme for programme in programmes() if programme.id == "nantong-service-centre")


def arrival(name: str = "") -> Arrival:
    number = next(_numbers)
    return Arrival(f"claim-{number}", name or f"{number}.xlsx", "", f"{number:064d}", 1, AT)


def case_of(unit: str, *findings: Finding, county: str = "", deadline: date | None = None) -> Any:
    """A case with one form; supplemented if a finding is an error."""
    from formflow.register import books, cases

    case = cases.open_case(nantong(), key(unit), TODAY)
    cases.next_version(case, key(unit), TODAY)
    outcome = "supplement" if any(finding.severity == "error" for finding in findings) else "accepted"
    paper = books.add_paper(arrival(), kind="application", state="filed", case=case)
    answers = {"managing_union": {"value": county or None}, "applicant": {"value": f"{unit}的主管工会"}}
    books.add_findings(books.add_record(paper, case, answers, (), outcome), findings)
    cases.set_outcome(case, outcome, TODAY)
    content = LetterContent(outcome, "受理通知书", "受理通知书", {})
    books.add_letter(case, content, serial=f"2022-{case.number:04d}-1", issued_on=TODAY, deadline=deadline)
    return case


def sheet_of(case: Any, reviewer: str, *, year: int = 2022, state: str = "counted") -> Any:
    from formflow.register import books, rounds

    paper = books.add_paper(arrival(), kind="score_sheet", state="filed")
    return rounds.add_sheet(paper, 1, case, year, (reviewer, reviewer), {}, state)


def naming_of(case: Any, decision: str, **more: Any) -> Any:
    from formflow.register import books
    from formflow.register import models as rows

    paper = books.add_paper(arrival(), kind="decision_sheet", state="filed")
    parts = {"programme_id": case.programme_id, "year": 2022, "decided_on": TODAY, "who": "李四", "paper": paper}
    return rows.Naming.objects.create(case=case, decision=decision, **(parts | more))


def letter_of(title: str, kind: str = "named", case: Any = None, year: int = 2022) -> Any:
    """A draft."""
    from formflow.register import rounds

    content = LetterContent(kind, title, title, {})
    return rounds.add_draft(content, rounds.Round("nantong-service-centre", year), case, TODAY, {})


def units(lines: Iterable[Any]) -> list[str]:
    return [line.unit for line in lines]
