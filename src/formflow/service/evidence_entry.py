"""A paper of evidence that came: every article in it entered, with whose it is; and asked again when an applicant's form comes.

In: what a file tells of the press. Out: rows, and the file in its case or among the year's papers. A paper that came with one application
belongs to that case; whether its articles are about the applicant is asked of their text all the same. Inside a transaction of the
caller's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from formflow.model.evidence import Attribution
from formflow.model.programme import Programme
from formflow.register import books, cases
from formflow.register import evidence as entered
from formflow.register import models as rows
from formflow.register.entries import Arrival
from formflow.register.evidence import Found
from formflow.rules.evidence import attribute
from formflow.rules.evidence_brands import Brands
from formflow.rules.evidence_names import Names
from formflow.service import binding, filing, notes
from formflow.service.evidence import Applicants, applicants_of, article_of, content_of, found_of, years_around
from formflow.service.filing import Done
from formflow.service.letters_due import case_folder
from formflow.service.office import Office

if TYPE_CHECKING:
    from formflow.forms.articles_record import EvidencePaper

FOLDER = "评审/佐证材料"
_STANDING = rows.EvidenceArticle.Standing
_STATE = rows.Paper.State


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
    known = [one for one in told if one.is_known]
    if not known and (case := _case_beside(office, arrival, papers)):
        return (_file_beside(office, arrival, case),)
    chosen = known if len(told) > 1 else told
    if len(chosen) != 1:
        names = tuple(one.programme.name for one in chosen or told)
        return (filing.put_aside(office, arrival, *notes.ambiguous(names)),)
    (one,) = chosen
    paper = _filed(arrival, one)
    listed = _entered(paper, one, arrival.received_on.year)
    after = {"paper": paper.pk, "articles": listed}
    files = {paper.original_name: paper.sha256}
    books.add_event(office.now(), "evidence_received", one.programme.name, after=after, files=files)
    return (done_of(office, paper),)


def _told(office: Office, arrival: Arrival, paper: EvidencePaper) -> _Told:
    programme = office.programme(paper.programme_id)
    assert programme is not None
    applicants = applicants_of(programme, arrival.received_on.year)
    attributions = attribute(paper.articles, applicants.applicants)
    case = cases.case_of_attachment(programme.id, arrival.submission, arrival.received_on, "")
    return _Told(programme, attributions, applicants, case)


def _case_beside(office: Office, arrival: Arrival, papers: Sequence[EvidencePaper]) -> rows.Case | None:
    """The one case it came with of a programme that counts no reports."""
    counting = {paper.programme_id for paper in papers}
    others = (programme.id for programme in office.programmes if programme.id not in counting)
    found = [cases.case_of_attachment(id_, arrival.submission, arrival.received_on, "") for id_ in others]
    beside = [case for case in found if case]
    return beside[0] if len(beside) == 1 else None


def _file_beside(office: Office, arrival: Arrival, case: rows.Case) -> Done:
    programme = office.programme(case.programme_id)
    assert programme is not None
    row = filing.file_paper(arrival, case, rows.EVIDENCE, programme)
    books.add_event(office.now(), "other_filed", str(case), files={arrival.name: arrival.sha256})
    return Done(filing.label_of(row), "attachment", filing.OTHER_MATERIAL, case.unit, case_folder(case))


def _filed(arrival: Arrival, told: _Told) -> rows.Paper:
    """The paper where it belongs: in its case, or among the year's. One that came in a folder waits for the form beside it."""
    case = told.case
    if case is None and arrival.submission and arrival.container is None:
        return filing.file_waiting(arrival, rows.EVIDENCE, told.programme, "", "")
    if case := case or told.only_case:
        return filing.file_paper(arrival, case, rows.EVIDENCE, told.programme)
    return filing.file_in_year(
        arrival, rows.EVIDENCE, told.programme, _folder(told.programme, arrival.received_on.year)
    )


def _folder(programme: Programme, year: int) -> str:
    return f"{binding.year_folder(programme, year)}/{FOLDER}"


def _entered(paper: rows.Paper, told: _Told, year: int) -> list[Mapping[str, Any]]:
    """Enters the articles, and says them as the journal does. A paper that was entered before while it waited in another folder is only
    filed."""
    if entered.is_entered(paper):
        return []
    founds = _with_doubt([found_of(one, told.applicants) for one in told.attributions], told.case)
    for position, (one, found) in enumerate(zip(told.attributions, founds, strict=True), 1):
        entered.add_article(paper, position, one.article.title or "", content_of(one), found, year)
    return [
        {"title": one.article.title, "standing": found.standing, "case": found.case.pk if found.case else None}
        for one, found in zip(told.attributions, founds, strict=True)
    ]


def _with_doubt(founds: list[Found], case: rows.Case | None) -> list[Found]:
    """A paper that came with an application and tells nothing of it is asked about, at its first article."""
    if case is None or any(one.case == case or one.standing in (_STANDING.OPEN, _STANDING.SETTLED) for one in founds):
        return founds
    first = founds[0]
    seems = f"看来是关于{first.case.unit}的" if first.case else "没有看出与它有关"
    asked = f"随{case.unit}的申请材料交来，{seems}，请核对"
    standing = first.standing if first.case else _STANDING.OPEN
    return [replace(first, standing=standing, question=asked), *founds[1:]]


def done_of(office: Office, paper: rows.Paper) -> Done:
    """What became of a paper of evidence, as it stands now."""
    if paper.state == _STATE.WAITING:
        return Done(filing.label_of(paper), "waiting", "报道等佐证材料，等待同一文件夹里的申请")
    found = list(paper.evidence_articles.select_related("case").order_by("position"))
    folder = case_folder(paper.case) if paper.case else filing.folder_of(paper).rpartition("/")[0]
    unit = paper.case.unit if paper.case else ""
    return Done(filing.label_of(paper), "evidence", "，".join(_message(found)), unit, folder)


def _message(found: Sequence[rows.EvidenceArticle]) -> list[str]:
    if not found:
        return ["佐证材料以前登记过，不重复计算"]
    parts = [f"报道等佐证材料 {len(found)} 篇已登记"]
    units = dict.fromkeys(one.case.unit for one in found if one.case)
    parts += [f"关于{unit}的 {sum(bool(one.case and one.case.unit == unit) for one in found)} 篇" for unit in units]
    if nobodys := sum(one.standing == _STANDING.NONE for one in found):
        parts.append(f"没有看出是关于哪家的 {nobodys} 篇")
    if asked := sum(bool(one.question) for one in found):
        parts.append(f"需核对归属的 {asked} 篇，请在佐证材料表上填写")
    return parts


def place(office: Office, paper: rows.Paper) -> Done:
    """A paper that has waited for a form that did not come: into the case all its articles are about, else among the year's papers."""
    programme = office.programme(paper.programme_id)
    assert programme is not None
    found = {row.case for row in paper.evidence_articles.select_related("case")}
    only = found.pop() if len(found) == 1 else None
    if only:
        filing.adopt(paper, only)
    else:
        year = paper.received_at.astimezone(office.now().tzinfo).year
        filing.place_in_year(paper, _folder(programme, year))
    about, files = str(only or f"{programme.name} {paper.original_name}"), {paper.original_name: paper.sha256}
    books.add_event(office.now(), "evidence_joined", about, files=files)
    return done_of(office, paper)


def find_again(office: Office, programme: Programme, case: rows.Case) -> None:
    """A case has a (further) form: papers that name it, or were taken for its, are asked about again. What a person has said stays."""
    if programme.media is None or not entered.has_articles(programme.id):
        return
    known: dict[int, _Concern] = {}
    found = entered.of_papers_that_came(programme.id, years_around(case.year))
    for _, articles in groupby(found, key=lambda row: row.paper_id):
        listed = list(articles)
        year = listed[0].paper.received_at.astimezone(office.now().tzinfo).year
        if year not in known:
            known[year] = _Concern(case, applicants_of(programme, year))
        if listed[0].paper.case_id == case.pk or any(map(known[year].has, listed)):
            _find_paper_again(office, listed, known[year].applicants, year)


class _Concern:
    """Whose an article is may change by a form of one case."""

    def __init__(self, case: rows.Case, applicants: Applicants) -> None:
        self.applicants = applicants
        self._case = case
        own = [one for one in applicants.applicants if one.id == str(case.pk)]
        self._names, self._brands = Names(own), Brands(own)

    def has(self, row: rows.EvidenceArticle) -> bool:
        """Whether it is this article: it was taken for the case's, or it has a name of the case in it."""
        id_, article = str(self._case.pk), row.content["article"]
        if row.case_id == self._case.pk or any(one["applicant"] == id_ for one in row.content["namings"]):
            return True
        said = "\n".join(filter(None, (article["title"], article["subtitle"], *article["over"], article["text"])))
        return self._names.may_stand_in(said) or any(self._brands.called_in(said))


def _find_paper_again(
    office: Office, listed: Iterable[rows.EvidenceArticle], applicants: Applicants, year: int
) -> None:
    found = list(listed)
    attributions = attribute(map(article_of, found), applicants.applicants)
    founds = [
        Found(row.case, row.standing) if row.standing == _STANDING.SETTLED else found_of(one, applicants)
        for row, one in zip(found, attributions, strict=True)
    ]
    for row, attribution, now in zip(found, attributions, _with_doubt(founds, found[0].paper.case), strict=True):
        if row.standing != _STANDING.SETTLED and now != entered.found_now(row):
            _enter_again(office, row, attribution, now, year)


def _enter_again(office: Office, row: rows.EvidenceArticle, attribution: Attribution, now: Found, year: int) -> None:
    before = {"case": row.case_id, "standing": row.standing}
    entered.find_again(row, content_of(attribution), now, year)
    after = {"case": row.case_id, "standing": row.standing, "article": row.pk}
    about = row.title or row.paper.original_name
    books.add_event(office.now(), "evidence_attributed", about, before=before, after=after)
