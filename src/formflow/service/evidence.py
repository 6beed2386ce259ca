"""What papers of evidence tell, from the register: who may be reported on, whose each article is, what an applicant is left with.

In: the register. Out: `CaseEvidence` for a case, or for every case of a round; articles as the register keeps them and back. Reads only;
papers are entered by `evidence_entry`, what people say of them by `evidence_decisions`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from formflow.model.evidence import Applicant, Article, Attribution, Naming, Report
from formflow.model.evidence_kept import CaseEvidence, KeptArticle
from formflow.model.programme import Programme
from formflow.register import evidence as entered
from formflow.register import models as rows
from formflow.register.evidence import Found
from formflow.register.renewals import register_name
from formflow.register.rounds import Round
from formflow.rules.decide import unit_names
from formflow.rules.evidence_applicants import applicant_of
from formflow.rules.evidence_kept import evidence_for, reports_in
from formflow.service import report
from formflow.service.plain import dump, load

_STANDING = rows.EvidenceArticle.Standing


@dataclass(frozen=True, slots=True)
class Applicants:
    """Who may be reported on in papers of one year, with their cases by the applicant's id (the case's key)."""

    applicants: tuple[Applicant, ...]
    cases: Mapping[str, rows.Case]


# The round that was gone over last, by what it was gone over for: it is asked for once for each unit.
_last: dict[tuple[object, ...], dict[int, CaseEvidence]] = {}


def evidence_of(programme: Programme, case: rows.Case) -> CaseEvidence:
    """What counts for a case, and what a person must settle about it. The applicant's id is the case's key."""
    return evidence_of_round(programme, Round(programme.id, case.year))[case.pk]


def evidence_of_round(programme: Programme, this: Round) -> dict[int, CaseEvidence]:
    """The same for every case of a programme's year, by the case's key: reports are told to be one among all articles of the year, as on the
    sheet a clerk decides on."""
    years = years_around(this.year)
    states = tuple(entered.state_of(Round(this.programme_id, year)) for year in years)
    key = (register_name(), programme.sha256, this, states, entered.state_of_cases(programme.id, (this.year,)))
    if key not in _last:
        _last.clear()
        _last[key] = _gone_over(programme, this)
    return _last[key]


def release() -> None:
    """Lets go of the round that was gone over last."""
    _last.clear()


def _gone_over(programme: Programme, this: Round) -> dict[int, CaseEvidence]:
    kept = [kept_of(row) for row in entered.articles_of(this)]
    own: dict[str | None, list[Report]] = {}
    for one in reports_in(kept, programme.media).counted:
        own.setdefault(one.attribution.applicant, []).append(one)
    open_to: dict[str, list[KeptArticle]] = {}
    for asked in map(kept_of, entered.open_articles(programme.id, years_around(this.year))):
        for naming in asked.attribution.namings:
            if naming.standing == "open":
                open_to.setdefault(naming.applicant, []).append(asked)
    cases = [str(pk) for pk, *_ in entered.state_of_cases(programme.id, (this.year,))]
    return {int(id_): evidence_for(id_, kept, own.get(id_, ()), open_too=open_to.get(id_, ())) for id_ in cases}


def years_around(year: int) -> tuple[int, ...]:
    """Evidence may come a year before its applicant's form, or be handed in late for the year before."""
    return (year - 1, year, year + 1)


def applicants_of(programme: Programme, year: int) -> Applicants:
    """Who may be reported on in papers that came in a year. Of several cases of one unit it is the latest that was there by then, else the
    first after it."""
    chosen: dict[str, tuple[rows.Case, rows.Record | None]] = {}
    for case, record in entered.cases_of_years(programme.id, years_around(year)):
        if case.year <= year or case.unit_key not in chosen:
            chosen[case.unit_key] = (case, record)
    found = tuple(_applicant(programme, case, record, year) for case, record in chosen.values())
    return Applicants(found, {str(case.pk): case for case, _ in chosen.values()})


def _applicant(programme: Programme, case: rows.Case, record: rows.Record | None, year: int) -> Applicant:
    names: tuple[str, ...] = (case.unit,)
    if record is not None:
        said = report.record_of(case.programme_id, record.kind, record.answers, record.enclosed)
        names = (case.unit, *unit_names(programme, said))
    return applicant_of(str(case.pk), label_of(case, year), names)


def label_of(case: rows.Case, year: int) -> str:
    """How a case is called on the sheets of a year."""
    return case.unit if case.year == year else f"{case.unit}（{case.year}年）"


def content_of(attribution: Attribution) -> dict[str, Any]:
    """An article with those it names, as the register keeps it."""
    return {"article": dump(attribution.article), "namings": [dump(naming) for naming in attribution.namings]}


def article_of(row: rows.EvidenceArticle) -> Article:
    """The article as it was read."""
    return load(Article, row.content["article"])


def found_of(attribution: Attribution, applicants: Applicants) -> Found:
    """What an attribution says, as it is entered."""
    if attribution.applicant is not None:
        case = applicants.cases[attribution.applicant]
        return Found(case, _STANDING.ATTRIBUTED, attribution.sentence)
    standing = _STANDING.OPEN if attribution.question else _STANDING.NONE
    return Found(None, standing, attribution.sentence, attribution.question)


def kept_of(row: rows.EvidenceArticle) -> KeptArticle:
    """An article with what people said of it. Who has given its level, or said whether it counts, has looked at it: what was doubtful about
    it is not asked any more."""
    article = article_of(row)
    if row.level:
        article = replace(article, level=row.level, is_below=False)
    if row.level or row.is_counted is not None:
        article = replace(article, questions=())
    is_settled = row.standing == _STANDING.SETTLED
    namings = () if is_settled else tuple(load(Naming, one) for one in row.content["namings"])
    applicant = str(row.case_id) if row.case_id else None
    attribution = Attribution(article, applicant, row.sentence, row.question, namings)
    return KeptArticle(row.pk, row.paper.original_name, attribution, is_settled, row.is_counted)
