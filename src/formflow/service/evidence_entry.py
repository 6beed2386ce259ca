"""A paper of evidence that came: every article in it entered, with whose it is; and asked again when an applicant's form comes.

In: what a file tells of the press. Out: rows, and the file in its case or among the year's papers. A paper that came with one application
belongs to that case; whether its articles are about the applicant is asked of their text all the same. Inside a transaction of the
caller's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from formflow.model.evidence import Attribution
from formflow.model.programme import Programme
from formflow.register import books, cases
from formflow.register import evidence as entered
from formflow.register import models as rows
from formflow.register.entries import Arrival
from formflow.register.evidence import Found
from formflow.rules.evidence import attribute
from formflow.rules.evidence_names import Names
from formflow.service import binding, filing, notes
from formflow.service.evidence import (
    Applicants,
    applicants_of,
    article_of,
    content_of,
    found_of,
    years_around,
)
from formflow.service.filing import Done
from formflow.service.letters_due import case_folder
from formflow.service.office import Office

if TYPE_CHECKING:
    from formflow.forms.articles_record import EvidencePaper

FOLDER = "评审/佐证材料"
_STANDING = rows.EvidenceArticle.Standing


@dataclass(frozen=True, slots=True)
class _Told:
    """What a paper tells for one programme: whose its articles are, and the case it came with (None without one)."""

    programme: Programme
    attributions: tuple[Attribution, ...]
    applicants: Applicants
    case: rows.Case | None

    @property
    def is_known(self) -> bool:
        """Whether it has anything to do with anybody who applied."""
        return bool(self.case or any(one.applicant or one.question for one in self.attributions))

    @property
    def only_case(self) -> rows.Case | None:
        """The case all its articles are about."""
        ids = {one.applicant for one in self.attributions}
        only = ids.pop() if len(ids) == 1 else None
        return self.applicants.cases[only] if only else None


def receive_evidence(office: Office, arrival: Arrival, papers: Sequence[EvidencePaper]) -> tuple[Done, ...]:
    """Enters a paper. One that several programmes could count belongs to the one it has to do with; if that does not show, a person says."""
    told = [_told(office, arrival, paper) for paper in papers]
    chosen = [one for one in told if one.is_known] if len(told) > 1 else told
    if len(chosen) != 1:
        names = tuple(one.programme.name for one in chosen or told)
        return (filing.put_aside(office, arrival, *notes.ambiguous(names)),)
    (one,) = chosen
    paper = _filed(arrival, one)
    founds = _entered(paper, one, arrival.received_on.year)
    files = {paper.original_name: paper.sha256}
    after = {"paper": paper.pk, "articles": [_short(title, found) for title, found in founds]}
    books.add_event(office.now(), "evidence_received", one.programme.name, after=after, files=files)
    return (_done(paper, one.programme, founds),)


def _told(office: Office, arrival: Arrival, paper: EvidencePaper) -> _Told:
    programme = office.programme(paper.programme_id)
    assert programme is not None
    applicants = applicants_of(programme, arrival.received_on.year)
    attributions = attribute(paper.articles, applicants.applicants)
    case = cases.case_of_attachment(programme.id, arrival.submission, arrival.received_on, "")
    return _Told(programme, attributions, applicants, case)


def _filed(arrival: Arrival, told: _Told) -> rows.Paper:
    """The paper where it belongs: in its case, or among the year's. One that came in a folder waits for the form beside it."""
    case = told.case
    if case is None and arrival.submission and arrival.container is None:
        return filing.file_waiting(arrival, rows.EVIDENCE, told.programme, "", "")
    if case := case or told.only_case:
        return filing.file_paper(arrival, case, rows.EVIDENCE, told.programme)
    folder = f"{binding.year_folder(told.programme, arrival.received_on.year)}/{FOLDER}"
    return filing.file_in_year(arrival, rows.EVIDENCE, told.programme, folder)


def _entered(paper: rows.Paper, told: _Told, year: int) -> list[tuple[str, Found]]:
    """Enters the articles. A paper that waits and was entered before, in another folder, is only filed."""
    if _is_entered(paper):
        return []
    founds = _with_doubts([found_of(one, told.applicants) for one in told.attributions], told.case)
    listed = []
    for position, (one, found) in enumerate(zip(told.attributions, founds, strict=True), 1):
        title = one.article.title or ""
        entered.add_article(paper, position, title, content_of(one), found, year)
        listed.append((title, found))
    return listed


def _is_entered(paper: rows.Paper) -> bool:
    same = rows.EvidenceArticle.objects.filter(paper__sha256=paper.sha256, programme_id=paper.programme_id)
    return same.exclude(paper=paper).exists()


def _with_doubts(founds: list[Found], case: rows.Case | None) -> list[Found]:
    """A paper that came with an application and tells nothing of it is asked about, once."""
    if case is None or any(one.case == case or one.standing == _STANDING.OPEN for one in founds):
        return founds
    asked = f"随{case.unit}的申请材料交来，没有看出与它有关，请核对"
    at = next((number for number, one in enumerate(founds) if one.standing == _STANDING.NONE), None)
    return [
        Found(None, _STANDING.OPEN, one.sentence, asked) if number == at else one for number, one in enumerate(founds)
    ]


def _short(title: str, found: Found) -> Mapping[str, Any]:
    """An article as the journal tells it."""
    return {"title": title, "standing": found.standing, "case": found.case.pk if found.case else None}


def _done(paper: rows.Paper, programme: Programme, founds: Sequence[tuple[str, Found]]) -> Done:
    units = dict.fromkeys(found.case.unit for _, found in founds if found.case)
    parts = [f"报道等佐证材料 {len(founds)} 篇已登记"] if founds else ["佐证材料已登记过"]
    parts += [f"关于{unit}的 {sum(f.case is not None and f.case.unit == unit for _, f in founds)} 篇" for unit in units]
    if nobodys := sum(found.standing == _STANDING.NONE for _, found in founds):
        parts.append(f"没有看出是关于哪家的 {nobodys} 篇")
    if still_open := sum(found.standing == _STANDING.OPEN for _, found in founds):
        parts.append(f"需核对 {still_open} 篇，请在佐证材料表上填写")
    folder = filing.folder_of(paper) or binding.year_folder(programme, paper.received_at.year)
    unit = paper.case.unit if paper.case else ""
    return Done(filing.label_of(paper), "evidence", "，".join(parts), unit, folder)


def place(office: Office, paper: rows.Paper) -> Done:
    """A paper that has waited for a form that did not come: into the case all its articles are about, else among the year's papers."""
    programme = office.programme(paper.programme_id)
    assert programme is not None
    year = paper.received_at.astimezone(office.now().tzinfo).year
    found = {row.case for row in paper.evidence_articles.select_related("case")}
    only = found.pop() if len(found) == 1 else None
    if only:
        filing.adopt(paper, only)
        message = "报道等佐证材料，已归入案卷"
        return Done(filing.label_of(paper), "evidence", message, only.unit, case_folder(only))
    folder = f"{binding.year_folder(programme, year)}/{FOLDER}"
    filing.place_in_year(paper, folder)
    return Done(filing.label_of(paper), "evidence", "报道等佐证材料，已归入年度材料", folder=folder)


def find_again(office: Office, programme: Programme, case: rows.Case) -> None:
    """A case has a (further) form: articles that name it, or were taken for its, are asked about again, unless a person has said whose
    they are."""
    if not entered.has_articles(programme.id):
        return
    known: dict[int, Applicants] = {}
    for row in entered.to_be_found(programme.id, years_around(case.year)):
        year = row.paper.received_at.astimezone(office.now().tzinfo).year
        applicants = known.setdefault(year, applicants_of(programme, year)) if year not in known else known[year]
        if _concerns(row, case, applicants):
            _find_again(office, row, applicants)


def _concerns(row: rows.EvidenceArticle, case: rows.Case, applicants: Applicants) -> bool:
    """Whether a form of a case can change whose an article is."""
    if case in (row.case, row.paper.case) or any(one["applicant"] == str(case.pk) for one in row.content["namings"]):
        return True
    own = [one for one in applicants.applicants if one.id == str(case.pk)]
    article = row.content["article"]
    said = "\n".join(filter(None, (article["title"], article["subtitle"], *article["over"], article["text"])))
    return Names(own).may_stand_in(said)


def _find_again(office: Office, row: rows.EvidenceArticle, applicants: Applicants) -> None:
    (attribution,) = attribute((article_of(row),), applicants.applicants)
    found = found_of(attribution, applicants)
    if found.standing == _STANDING.NONE and row.paper.case and row.paper.evidence_articles.count() == 1:
        (found,) = _with_doubts([found], row.paper.case)
    before = (row.case_id, row.standing, row.sentence, row.question)
    now = (found.case.pk if found.case else None, found.standing, found.sentence, found.question)
    if before == now:
        return
    told_before = {"case": row.case_id, "standing": row.standing}
    year = row.paper.received_at.astimezone(office.now().tzinfo).year
    entered.find_again(row, content_of(attribution), found, year)
    after = {"case": row.case_id, "standing": row.standing, "article": row.pk}
    books.add_event(office.now(), "evidence_attributed", row.title, before=told_before, after=after)
