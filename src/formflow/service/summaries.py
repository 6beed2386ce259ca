"""A round of assessment as its 评分汇总 shows it: every unit that is due, with the sheets that came, the means, and what is proposed.

In: the register. Out: a `ScoreSummary`; None where a round has nothing to show. Reads only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import F, Q

from formflow.model.programme import Programme
from formflow.model.scoring import (
    CentreResult,
    CheckedSheet,
    NamingDecision,
    Proposal,
    ScoreSummary,
    SummaryLine,
)
from formflow.register import models as rows
from formflow.register import rounds
from formflow.register.rounds import Round
from formflow.rules.aggregate import aggregate
from formflow.rules.naming import propose
from formflow.service.plain import load

_DECIDED: Mapping[str, NamingDecision] = {"named": "name", "not_named": "refuse", "extended": "extend"}
# The parameter of a pack that says for how many months the time of a unit that falls short is extended.
EXTENSION_MONTHS = "extension_months"


def summary_of(programme: Programme, this: Round, revision: int) -> ScoreSummary | None:
    """The round as it stands now."""
    rubric = next(iter(programme.rubrics), None)
    sheets = rounds.sheets_of(this)
    if rubric is None or not sheets:
        return None
    cases = {sheet.case_id: sheet.case for sheet in sheets} | {case.pk: case for case in due_cases(programme, this)}
    by_key = {case.unit_key: case for case in cases.values()}
    results = list(aggregate(rubric, [_checked(sheet) for sheet in sheets]))
    proposals = propose(rubric, results)
    decided = {naming.case_id: naming for naming in rounds.namings_of(this)}
    lines = [
        _line(programme, this, by_key[result.unit_key], result, proposals[result.unit_key], decided)
        for result in results
    ]
    with_sheets = {result.unit_key for result in results}
    without = sorted((case for key, case in by_key.items() if key not in with_sheets), key=rounds.case_code)
    lines += [_line(programme, this, case, _nothing(case), _NO_SHEETS, decided) for case in without]
    return ScoreSummary(programme.id, programme.name, this.year, revision, rubric, tuple(lines))


_NO_SHEETS = Proposal(None, "没有收到评分表")


def _nothing(case: rows.Case) -> CentreResult:
    return CentreResult(case.unit, case.unit_key, (), (), (), {}, None, None, None)


def _line(
    programme: Programme,
    this: Round,
    case: rows.Case,
    result: CentreResult,
    proposal: Proposal,
    decided: Mapping[int, rows.Naming],
) -> SummaryLine:
    """A unit's line. What has been decided already stands in place of what is proposed."""
    naming = decided.get(case.pk)
    if naming:
        said = f"已决定（{naming.decided_on}，{naming.who}）" + (f"：{naming.reason}" if naming.reason else "")
        proposal = Proposal(_DECIDED[naming.decision], said)
        until = naming.until
    else:
        until = proposed_extension(programme, this.year) if proposal.decision == "extend" else None
        if case.outcome != "accepted" and proposal.decision == "name":
            proposal = Proposal(None, "申请材料还没有受理，请先核对")
    return SummaryLine(result, proposal, rounds.case_code(case), until.isoformat() if until else "")


def proposed_extension(programme: Programme, year: int) -> date | None:
    """The end of the months a pack gives a unit that falls short, counted from the end of the year; None where a pack says nothing."""
    parameter = programme.parameters.get(EXTENSION_MONTHS)
    if parameter is None:
        return None
    months = parameter.value
    end_year, end_month = year + 1 + (months // 12), months % 12 + 1
    return date.fromordinal(date(end_year, end_month, 1).toordinal() - 1)


def _checked(sheet: rows.ScoreSheet) -> CheckedSheet:
    """A sheet as it was checked, under the name its case goes by."""
    kept = load(CheckedSheet, sheet.content)
    entry = replace(kept.sheet.centre_name, value=sheet.case.unit)
    return replace(kept, sheet=replace(kept.sheet, centre_name=entry))


def due_cases(programme: Programme, this: Round) -> list[rows.Case]:
    """Accepted cases whose plan, or the time they were given beyond it, ends in this round or has ended before, and that have not been
    decided on for good in an earlier one."""
    years = range(this.year - rounds.OLDEST_CASE_YEARS, this.year + 1)
    accepted = {"programme_id": programme.id, "year__in": years, "outcome": "accepted"}
    of_accepted = Q(**{f"case__{name}": value for name, value in accepted.items()}, version_no=F("case__version"))
    ends = {record.case_id: _plan_end(programme, record) for record in rows.Record.objects.filter(of_accepted)}
    earlier = rows.Naming.objects.filter(programme_id=programme.id, year__lt=this.year).order_by("year")
    decided = {naming.case_id: naming for naming in earlier}
    found = []
    for case in rows.Case.objects.filter(**accepted):
        naming = decided.get(case.pk)
        plan_year = max(case.year, ends.get(case.pk) or case.year)
        due = plan_year if naming is None else naming.until.year if naming.until else None
        if due is not None and due <= this.year:
            found.append(case)
    return found


def _plan_end(programme: Programme, record: rows.Record) -> int | None:
    """The year of the last month of a plan as the form gives it; None where it gives none."""
    form = programme.form(record.kind)
    ends = [field.id for field in form.fields if field.type == "month" and field.range_part == "end"] if form else []
    values: list[Any] = [record.answers.get(field_id, {}).get("value") for field_id in ends]
    written = next((value for value in values if isinstance(value, str) and value[:4].isdigit()), "")
    return int(written[:4]) if written else None
