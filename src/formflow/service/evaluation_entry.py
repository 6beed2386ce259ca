"""Members' votes on their 职工之家: entered home by home, and a draft 限期整改通知书 for each home whose members are not satisfied.

In: an evaluation sheet. Out: rows and drafts; or the sheet before a person with everything that is wrong with it. Inside a transaction of
the caller's.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from formflow.model.evaluation import EvaluationRules, EvaluationSheet, HomeResult, HomeTally
from formflow.model.letter import Issue, RectifyFacts, RectifyPoint
from formflow.model.period import parse_date
from formflow.model.programme import Programme
from formflow.register import books, rounds
from formflow.register import models as rows
from formflow.register.entries import Arrival
from formflow.register.rounds import Round
from formflow.rules.decide import unit_key
from formflow.rules.evaluations import assess_homes, check_evaluation, rectify_dates
from formflow.service import binding, filing, notes
from formflow.service.filing import Done
from formflow.service.office import Office
from formflow.service.plain import dump, load

KIND = "evaluation"
FOLDER = "会员评议"
_STATE = rows.Evaluation.State


def receive_votes(office: Office, arrival: Arrival, sheet: EvaluationSheet) -> tuple[Done, ...]:
    """Enters a sheet, or puts it before a person."""
    programme = office.programme(sheet.programme_id)
    assert programme is not None
    rules = programme.evaluation
    assert rules is not None
    year = _year_of(sheet, arrival)
    problems = tuple(_problems(rules, sheet, Round(programme.id, year)))
    if problems:
        return (filing.put_aside(office, arrival, *notes.votes_unclear(problems)),)
    folder = f"{binding.year_folder(programme, year)}/{FOLDER}/评议表"
    paper = filing.file_in_year(arrival, KIND, programme, folder)
    new = [tally for tally in sheet.homes if not _is_entered(tally, Round(programme.id, year))]
    for position, tally in enumerate(new, 1):
        _enter(paper, position, programme, year, sheet, tally)
    after = {"year": year, "homes": len(sheet.homes), "new": len(new)}
    files = {paper.original_name: paper.sha256}
    books.add_event(office.now(), "evaluation_received", f"{programme.name} {year}年", after=after, files=files)
    to_rectify = draft_rectifications(office, programme, Round(programme.id, year))
    message = f"{len(sheet.homes)} 个职工之家的评议已登记，本年度需限期整改 {to_rectify} 个"
    return (Done(filing.label_of(paper), "evaluated", message, folder=binding.year_folder(programme, year)),)


def _year_of(sheet: EvaluationSheet, arrival: Arrival) -> int:
    """The year of the vote; that of arrival if the sheet does not say."""
    return sheet.years[-1] if sheet.years else arrival.received_on.year


def _problems(rules: EvaluationRules, sheet: EvaluationSheet, this: Round) -> list[str]:
    """Slips, doubtful numbers, and homes that were entered with other counts before."""
    found = [
        f"{finding.message}" + (f"（{finding.place}）" if finding.place else "")
        for finding in check_evaluation(rules, sheet)
        if finding.severity == "error" or finding.code == "low_confidence"
    ]
    for tally in sheet.homes:
        entered = rounds.counted_evaluation(this, unit_key(tally.home_name))
        if entered and not _is_same(tally, entered) and not _is_later(sheet, entered):
            found.append(f"{tally.home_name}今年已登记过另一份评议结果（{entered.paper.original_name}），两份票数不同")
    return found


def _is_same(tally: HomeTally, entered: rows.Evaluation) -> bool:
    return _counts(tally) == _counts(load(HomeTally, entered.content["tally"]))


def _counts(tally: HomeTally) -> dict[str, int | None]:
    return {key: count.value for key, count in tally.counts.items() if count.value is not None}


def _is_later(sheet: EvaluationSheet, entered: rows.Evaluation) -> bool:
    """A vote held again, on a later day, takes the place of the first."""
    before, after = _day(entered.content["evaluated_on"]), _day(sheet.evaluated_on)
    return before is not None and after is not None and after > before


def _day(written: str | None) -> date | None:
    return parse_date(written) if written else None


def _is_entered(tally: HomeTally, this: Round) -> bool:
    entered = rounds.counted_evaluation(this, unit_key(tally.home_name))
    return entered is not None and _is_same(tally, entered)


def _enter(
    paper: rows.Paper, position: int, programme: Programme, year: int, sheet: EvaluationSheet, tally: HomeTally
) -> None:
    key = unit_key(tally.home_name)
    this = Round(programme.id, year)
    if entered := rounds.counted_evaluation(this, key):
        entered.state = _STATE.REPLACED
        entered.save(update_fields=("state",))
    rows.Evaluation.objects.create(
        paper=paper,
        position=position,
        case=rounds.case_by_name(programme.id, year, key),
        programme_id=programme.id,
        year=year,
        home=tally.home_name,
        home_key=key,
        content={"tally": dump(_without_places(tally)), "evaluated_on": sheet.evaluated_on},
        state=_STATE.COUNTED,
    )


def _without_places(tally: HomeTally) -> HomeTally:
    counts = {key: replace(count, locator=None) for key, count in tally.counts.items()}
    rates = {key: replace(rate, locator=None) for key, rate in tally.rates.items()}
    unmapped = tuple((words, replace(count, locator=None)) for words, count in tally.unmapped)
    return replace(tally, counts=counts, rates=rates, unmapped=unmapped, locator=None)


def results_of(programme: Programme, this: Round) -> tuple[HomeResult, ...]:
    """What follows for each home of a year."""
    rules = programme.evaluation
    if rules is None:
        return ()
    entered = rounds.evaluations_of(this)
    tallies = tuple(load(HomeTally, row.content["tally"]) for row in entered)
    return assess_homes(rules, [EvaluationSheet(programme.id, (tally,)) for tally in tallies])


def draft_rectifications(office: Office, programme: Programme, this: Round) -> int:
    """Drafts a notice for each home that has to put something right, unless one has been issued; what does not follow any more is
    overtaken. How many homes have to."""
    spec, rules = binding.spec_on(programme, "rectify"), programme.evaluation
    assert rules is not None
    wanted = {result.home_name: result for result in results_of(programme, this) if result.outcome == "rectify"}
    if spec is None:
        return len(wanted)
    issued = {final.subject for final in rounds.finals_of(this, spec.id) if final.state != rows.Letter.State.VOID}
    for drafted in rounds.open_drafts(this, spec.id):
        if drafted.subject not in wanted:
            binding.overtake([drafted])
    entered = {row.home: row for row in rounds.evaluations_of(this)}
    for name, result in wanted.items():
        if name not in issued:
            facts = _rectification(programme, rules, this, result, entered[name], office.now().date())
            binding.draft(office, spec, facts, entered[name].case, subject=name)
    return len(wanted)


def _rectification(
    programme: Programme, rules: EvaluationRules, this: Round, result: HomeResult, row: rows.Evaluation, today: date
) -> RectifyFacts:
    dates = rectify_dates(rules, today)
    return RectifyFacts(
        programme=programme,
        year=this.year,
        unit=result.home_name,
        applicant=result.home_name,
        issue=Issue(),
        found_on=_day(row.content["evaluated_on"]),
        points=tuple(RectifyPoint(point.problem, point.requirement, point.basis) for point in result.points),
        deadline=dates.deadline,
        working_days=rules.rectify_working_days,
        deadline_note=dates.note,
        visit=f"整改期满后{rules.follow_up_working_days - rules.rectify_working_days}个工作日内安排回访",
    )
