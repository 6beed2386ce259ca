"""Articles that were entered, with what people said about them → the reports that count, each once, and what each applicant is left with.

A person's word goes before what was read: about whose an article is, about its level, about whether it counts. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from formflow.model.evidence import Attribution, MediaRegistry, Report
from formflow.model.evidence_kept import CaseEvidence, KeptArticle
from formflow.rules.evidence import asked, reports_of


@dataclass(frozen=True, slots=True)
class Reports:
    """All articles by the report they are, as their places: those of which people said that they are two applicants' are two reports.
    `counted`: the reports that count."""

    members: tuple[tuple[int, ...], ...]
    counted: tuple[Report, ...]


def reports_in(kept: Sequence[KeptArticle], registry: MediaRegistry | None) -> Reports:
    """The reports of all applicants; indices are into `kept`. A report of which a person said that it does not count is none; of several
    copies the one counts that a person chose."""
    found = reports_of([one.attribution for one in kept], registry)
    parts = [
        (report, part)
        for report in found
        for part in _apart(sorted((report.index, *report.copies)), report.index, kept)
    ]
    counted = (_as_people_said(report, part, kept) for report, part in parts)
    return Reports(tuple(part for _, part in parts), tuple(one for one in counted if one))


def evidence_for(
    applicant: str, kept: Sequence[KeptArticle], reports: Sequence[Report], *, open_too: Iterable[KeptArticle] = ()
) -> CaseEvidence:
    """What of these reports (indices into `kept`) is an applicant's. `open_too` are articles that may be his."""
    own = tuple(report for report in reports if report.attribution.applicant == applicant)
    claims = tuple(
        (article.title or "", claim)
        for report in own
        if (article := report.attribution.article)
        for claim in article.claims
    )
    undecided = [Report(one.attribution, 0) for one in open_too]
    questions = (*asked((*own, *undecided), applicant), *_doubts(own, kept))
    return CaseEvidence(applicant, own, claims, tuple(dict.fromkeys(questions)))


def _as_people_said(report: Report, part: Sequence[int], kept: Sequence[KeptArticle]) -> Report | None:
    """What counts of some copies of a report; None if nothing does."""
    index = _counted(part, report.index, kept)
    if index is None:
        return None
    copies = tuple(one for one in part if one != index)
    return Report(_attribution(part, index, kept), index, copies, report.said if copies else ())


def _apart(members: Sequence[int], first: int, kept: Sequence[KeptArticle]) -> Iterator[tuple[int, ...]]:
    """Copies of which a person said that they are different applicants' are different reports; the rest goes with the one that counts."""
    settled = {one: kept[one].attribution.applicant for one in members if kept[one].is_settled}
    owners = list(dict.fromkeys(settled.values()))
    if len(owners) < 2:
        yield tuple(members)
        return
    rest = settled.get(first, owners[0])
    for owner in owners:
        yield tuple(one for one in members if settled.get(one, rest) == owner)


def _counted(part: Sequence[int], first: int, kept: Sequence[KeptArticle]) -> int | None:
    """The copy that counts; None if a person said that the report does not."""
    chosen = next((one for one in part if kept[one].is_counted), None)
    if chosen is not None:
        return chosen
    if any(kept[one].is_counted is False for one in part):
        return None
    return first if first in part else part[0]


def _attribution(part: Sequence[int], index: int, kept: Sequence[KeptArticle]) -> Attribution:
    """Whose a report is: what a person said of any copy, else what was read, where the copies do not differ."""
    own = kept[index].attribution
    said = next((kept[one].attribution for one in part if kept[one].is_settled), None)
    if said is None and own.applicant is None:
        read = {kept[one].attribution.applicant: kept[one].attribution for one in part}
        read.pop(None, None)
        said = next(iter(read.values())) if len(read) == 1 else None
    if said is None or kept[index].is_settled:
        return own
    return replace(own, applicant=said.applicant, sentence=said.sentence, question=said.question)


def _doubts(reports: Sequence[Report], kept: Sequence[KeptArticle]) -> Iterator[str]:
    """What was not read surely of the articles that count, unless a person said that they do."""
    for report in reports:
        article = report.attribution.article
        if not kept[report.index].is_counted and (article.level or article.genre == "commendation"):
            title = f"《{article.title}》" if article.title else "没有标题的一篇"
            yield from (f"{title}：{question}" for question in article.questions)
