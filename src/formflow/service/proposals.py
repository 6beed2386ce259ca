"""What is proposed to the judges about the cases of a round, from the register: the form as it counts, and the evidence beside it.

In: the register. Out: `CaseProposals`. Reads only, and is never a score: nothing that is decided asks for it.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F

from formflow.model.programme import Programme
from formflow.model.proposals import CaseProposals, ComparedSummary
from formflow.model.scoring import ScoreSummary
from formflow.register import models as rows
from formflow.register import renewals, rounds
from formflow.register.rounds import Round
from formflow.rules.proposals import case_proposals, has_proposals
from formflow.service import evidence, report
from formflow.service.summaries import due_cases


def proposals_of_cases(programme: Programme, cases: Iterable[rows.Case]) -> dict[int, CaseProposals]:
    """The same for several cases, by the case's key; what they have in common is looked up once for each year."""
    if not has_proposals(programme):
        return {}
    by_year: dict[int, list[rows.Case]] = {}
    for case in cases:
        by_year.setdefault(case.year, []).append(case)
    return {
        case.pk: found
        for year, of_year in by_year.items()
        for case, found in _of_year(programme, Round(programme.id, year), of_year)
    }


# What went to the judges of the round that was asked for last, by what it was counted from: it is asked for once for each unit.
_last: dict[tuple[object, ...], tuple[CaseProposals, ...]] = {}


def handed_out(programme: Programme, this: Round) -> tuple[CaseProposals, ...]:
    """What goes to the judges of a round: a sheet for each accepted case that is still to be assessed, in the order of their numbers."""
    if not has_proposals(programme):
        return ()
    key = (renewals.register_name(), renewals.last_event(), programme.sha256, this)
    if key not in _last:
        found = proposals_of_cases(programme, _to_score(programme, this)).values()
        _last.clear()
        _last[key] = tuple(sorted(found, key=lambda one: one.code))
    return _last[key]


def _to_score(programme: Programme, this: Round) -> list[rows.Case]:
    """The cases that are due, but for those that were decided on in this round, and those of earlier years that have been scored already
    and were given no more time."""
    decided = {naming.case_id for naming in rounds.namings_of(this)}
    earlier = {"programme_id": programme.id, "year__lt": this.year}
    scored = rows.ScoreSheet.objects.filter(**earlier, state=rows.ScoreSheet.State.COUNTED)
    extended = rows.Naming.objects.filter(**earlier, until__isnull=False)
    done = set(scored.values_list("case_id", flat=True)) - set(extended.values_list("case_id", flat=True))
    return [case for case in due_cases(programme, this) if case.pk not in decided | done]


def release() -> None:
    """Lets go of the round that was handed out last."""
    _last.clear()


def compared(programme: Programme, summary: ScoreSummary) -> ScoreSummary | ComparedSummary:
    """A round's summary with what is proposed for its units; the summary as it is where nothing is counted."""
    if not has_proposals(programme):
        return summary
    codes = [line.case_number for line in summary.lines if line.case_number is not None]
    found = proposals_of_cases(programme, _cases(programme, codes))
    return ComparedSummary(summary, {one.code: one.proposals for one in found.values()})


def _cases(programme: Programme, codes: Iterable[int]) -> list[rows.Case]:
    """The cases that go by these numbers on a round's sheets."""
    wanted = set(map(rounds.year_and_number, codes))
    of_years = rows.Case.objects.filter(programme_id=programme.id, year__in={year for year, _ in wanted})
    return [case for case in of_years if (case.year, case.number) in wanted]


def _of_year(programme: Programme, year: Round, cases: list[rows.Case]) -> Iterable[tuple[rows.Case, CaseProposals]]:
    """The cases of one year, all of them or one."""
    records = rows.Record.objects.filter(version_no=F("case__version"))
    if len(cases) == 1:
        (case,) = cases
        told = {case.pk: evidence.evidence_of(programme, case)}
        records = records.filter(case=case)
    else:
        told = evidence.evidence_of_round(programme, year)
        records = records.filter(case__programme_id=programme.id, case__year=year.year)
    by_case = {record.case_id: record for record in records}
    for case in cases:
        kept = by_case.get(case.pk)
        if kept is not None:
            record = report.record_of(case.programme_id, kept.kind, kept.answers, kept.enclosed)
            code = rounds.case_code(case)
            yield case, case_proposals(programme, record, case.unit, code, told.get(case.pk))
