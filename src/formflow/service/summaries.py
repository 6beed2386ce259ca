"""A round of assessment as its 评分汇总 shows it: every unit that is due, with the sheets that came, the means, and what is proposed.

In: the register. Out: a `ScoreSummary`; None where a round has nothing to show. Reads only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db.models import F, Q
from django.db.models.fields.json import KT

from formflow.model.citation import Citation
from formflow.model.period import Month
from formflow.model.programme import Programme
from formflow.model.rubric import Rubric
from formflow.model.scoring import (
    CentreResult,
    CheckedSheet,
    Proposal,
    ScoreSummary,
    SummaryLine,
)
from formflow.register import models as rows
from formflow.register import renewals, rounds
from formflow.register.rounds import Round
from formflow.rules.aggregate import aggregate
from formflow.rules.naming import propose
from formflow.rules.quota import quota_for, quota_words, state_of
from formflow.service.plain import load

# The parameter of a pack that says for how many months the time of a unit that falls short is extended.
EXTENSION_MONTHS = "extension_months"


# The round that was added up last, by what it was added up from: it is asked for several times in a row, and takes seconds when large.
_last: dict[tuple[object, ...], ScoreSummary | None] = {}


def summary_of(programme: Programme, this: Round, revision: int) -> ScoreSummary | None:
    """The round as it stands now. A programme that gives no points is decided on without: its accepted units are listed."""
    key = (renewals.register_name(), renewals.last_event(), programme.sha256, this)
    if key not in _last:
        _last.clear()
        _last[key] = _added_up(programme, this)
    found = _last[key]
    return replace(found, revision=revision) if found else None


def release() -> None:
    """Lets go of the round that was added up last."""
    _last.clear()


def _added_up(programme: Programme, this: Round) -> ScoreSummary | None:
    rubric = next(iter(programme.rubrics), _NO_POINTS)
    checked: list[CheckedSheet] = []
    cases: dict[int, rows.Case] = {}
    for sheet in rounds.sheets_of(this):
        checked.append(_checked(sheet))
        cases[sheet.case_id] = sheet.case
    if not checked and (programme.rubrics or not names_units(programme)):
        return None
    cases |= {case.pk: case for case in due_cases(programme, this)}
    by_key = {case.unit_key: case for case in cases.values()}
    results = list(aggregate(rubric, checked))
    proposals = propose(rubric, results)
    decided = {naming.case_id: naming for naming in rounds.namings_of(this)}
    lines = [
        _line(programme, this, by_key[result.unit_key], result, proposals[result.unit_key], decided)
        for result in results
    ]
    with_sheets = {result.unit_key for result in results}
    without = sorted((case for key, case in by_key.items() if key not in with_sheets), key=rounds.case_code)
    proposal = _NO_SHEETS if programme.rubrics else _NO_SCORES
    lines += [_line(programme, this, case, _nothing(case), proposal, decided) for case in without]
    if not lines:
        return None
    remarks = quota_remarks(programme, this.year)
    return ScoreSummary(programme.id, programme.name, this.year, 0, rubric, tuple(lines), remarks)


def quota_remarks(programme: Programme, year: int) -> tuple[str, ...]:
    """What is left of the quota a year belongs to, in words; nothing for a programme without quotas."""
    quota = quota_for(programme.quotas, year)
    if quota is None:
        return ()
    named = {at: count for at, count in rounds.named_by_year(programme.id).items() if at <= year}
    return (quota_words(state_of(quota, named)),)


# Months from the first to the last of a plan of one year: 2022-03 to 2023-02, or as people also write it, to 2023-03.
_ONE_YEAR = 12
_NO_SHEETS = Proposal(None, "没有收到评分表")
_NO_SCORES = Proposal(None, "申报材料已受理，请核定")
_NO_POINTS = Rubric("核定", Decimal(0), (), Citation("local", "本项目不评分"))


def names_units(programme: Programme) -> bool:
    """Whether units are named, or commended, at the end of a round."""
    return any(spec.on in ("named", "announced", "circulated") for spec in programme.letters)


def rounds_to_decide(programmes: Iterable[Programme]) -> list[Round]:
    """Every round that has score sheets, or accepted units of a programme that gives no points."""
    unscored = {programme.id for programme in programmes if not programme.rubrics and names_units(programme)}
    more = [this for this in rounds.rounds_with_cases() if this.programme_id in unscored]
    return [*rounds.rounds_with_sheets(), *more]


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
        proposal = Proposal(rounds.DECIDED[naming.decision], said)
        until = naming.until
    else:
        until = proposed_extension(programme, this.year) if proposal.decision == "extend" else None
        if proposal.decision == "name" and (waits := _waits(case, result)):
            proposal = Proposal(None, waits)
    return SummaryLine(result, proposal, rounds.case_code(case), until.isoformat() if until else "")


def _waits(case: rows.Case, result: CentreResult) -> str:
    """Why a unit that has the points cannot be named yet: nothing is proposed that would be refused. "" if it can."""
    if case.outcome != "accepted":
        return "申请材料还没有受理，请先核对"
    return f"还有 {len(result.returned)} 份评分表退回更正，收齐后再定" if result.returned else ""


def totals_of(programme: Programme, year: int) -> dict[int, Decimal]:
    """The total of each case of a year in the latest round it was scored in, by the case's number."""
    totals: dict[int, Decimal] = {}
    for scored in rounds.rounds_of_cases(programme.id, year):
        found = summary_of(programme, Round(programme.id, scored), 0)
        for line in found.lines if found else ():
            opened, number = rounds.year_and_number(line.case_number or 0)
            if opened == year and line.result.total is not None:
                totals[number] = line.result.total
    return totals


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
    """Accepted cases that are to be assessed in this round or were before, and have not been decided on for good in an earlier one: plans
    of a year in the fourth quarter of the year they were applied for, longer ones in the year they end, extensions in theirs."""
    years = range(this.year - rounds.OLDEST_CASE_YEARS, this.year + 1)
    accepted = {"programme_id": programme.id, "year__in": years, "outcome": "accepted"}
    earlier = rows.Naming.objects.filter(programme_id=programme.id, year__lt=this.year).order_by("year")
    decided = {naming.case_id: naming for naming in earlier}
    plans = _plans(programme, accepted)
    found = []
    for case in rows.Case.objects.filter(**accepted):
        naming = decided.get(case.pk)
        due = _due_again(naming) if naming else max(case.year, plans.get(case.pk, case.year))
        if due is not None and due <= this.year:
            found.append(case)
    return found


def _due_again(naming: rows.Naming) -> int | None:
    """The year in which the time that was given ends; None if the decision was for good."""
    return naming.until.year if naming.until else None


def _plans(programme: Programme, accepted: Mapping[str, Any]) -> dict[int, int]:
    """The year in which the plan of each of these cases ends, by the case's key; only of plans that are longer than a year. Of the records
    nothing else is read: there may be tens of thousands."""
    ends: dict[int, int] = {}
    of_accepted = Q(**{f"case__{name}": value for name, value in accepted.items()}, version_no=F("case__version"))
    for form in programme.forms:
        parts = {field.range_part: KT(f"answers__{field.id}__value") for field in form.fields if field.range_part}
        if set(parts) != {"start", "end"}:
            continue
        records = rows.Record.objects.filter(of_accepted, kind=form.kind).order_by()
        for case_id, start, end in records.values_list("case_id", parts["start"], parts["end"]):
            if year := _ending(start, end):
                ends[case_id] = year
    return ends


@lru_cache(maxsize=1024)
def _ending(start: str | None, end: str | None) -> int | None:
    """The year a plan of more than one year ends in; None of one that does not say or is no longer."""
    try:
        first, last = Month.of(start or ""), Month.of(end or "")
    except ValueError:
        return None
    return last.year if first.months_to(last) > _ONE_YEAR else None
