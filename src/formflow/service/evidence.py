"""What papers of evidence tell, from the register: who may be reported on, whose each article is, what an applicant is left with.

In: the register. Out: `CaseEvidence` for a case, or for every case of a round; articles as the register keeps them and back. Reads only;
papers are entered by `evidence_entry`, what people say of them by `evidence_decisions`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from formflow.model.evidence import Applicant, Article, Attribution, Naming
from formflow.model.evidence_kept import CaseEvidence, KeptArticle
from formflow.model.programme import Programme
from formflow.register import evidence as entered
from formflow.register import models as rows
from formflow.register.evidence import Found
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


def evidence_of(programme: Programme, case: rows.Case) -> CaseEvidence:
    """What counts for a case, and what a person must settle about it. The applicant's id is the case's key."""
    own = entered.articles_of_cases(programme.id, (case.pk,))
    return _evidence(programme, (case.pk,), own, entered.open_articles(programme.id, years_around(case.year)))[case.pk]


def evidence_of_round(programme: Programme, this: Round) -> dict[int, CaseEvidence]:
    """The same for every case of a round, by the case's key."""
    cases = [case.pk for case, _ in entered.cases_of_years(programme.id, (this.year,))]
    if not entered.has_articles(programme.id):
        return {case: CaseEvidence(str(case)) for case in cases}
    own = entered.articles_of_cases(programme.id, cases)
    return _evidence(programme, cases, own, entered.open_articles(programme.id, years_around(this.year)))


def _evidence(
    programme: Programme,
    cases: Iterable[int],
    own: Sequence[rows.EvidenceArticle],
    undecided: Sequence[rows.EvidenceArticle],
) -> dict[int, CaseEvidence]:
    by_case: dict[int | None, list[KeptArticle]] = {}
    for row in own:
        by_case.setdefault(row.case_id, []).append(kept_of(row))
    open_to: dict[str, list[KeptArticle]] = {}
    for kept in map(kept_of, undecided):
        for naming in kept.attribution.namings:
            if naming.standing == "open":
                open_to.setdefault(naming.applicant, []).append(kept)
    found = {}
    for case in cases:
        kept_here = by_case.get(case, [])
        reports = reports_in(kept_here, programme.media).counted
        found[case] = evidence_for(str(case), kept_here, reports, open_too=open_to.get(str(case), ()))
    return found


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
