"""佐证材料 as it is laid before a clerk: every article of a programme's year, whose it seems to be and why, and what has been said already.

In: the register. Out: an `EvidenceSheet`, None where there is nothing to show. Reads only; what comes back is `evidence_decisions`'.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from formflow.model.evidence import Article, MediaRegistry, Report
from formflow.model.evidence_kept import KeptArticle
from formflow.model.evidence_sheet import NOBODY, ArticleLine, ClaimLine, EvidenceHead, EvidenceSheet, UnitLine
from formflow.model.programme import Programme
from formflow.register import evidence as entered
from formflow.register import models as rows
from formflow.register.renewals import register_name
from formflow.register.rounds import Round
from formflow.rules.evidence_kept import reports_in
from formflow.service.evidence import applicants_of, kept_of, label_of, years_around

# An article without a title is told by so many of its first characters.
_BEGINNING = 20
_GENRES = {"report": "报道", "photo": "图片报道", "essay": "署名文章", "commendation": "表彰文件"}


# The sheet that was put together last, by what it was put together from: it is asked for several times in a row.
_last: dict[tuple[object, ...], EvidenceSheet] = {}


def sheet_of(programme: Programme, this: Round, revision: int) -> EvidenceSheet | None:
    """A programme's articles of a year, as they came."""
    state = entered.state_of(this)
    if not state or programme.media is None:
        return None
    cases = entered.state_of_cases(programme.id, years_around(this.year))
    key = (register_name(), programme.sha256, this, state, cases)
    if key not in _last:
        _last.clear()
        _last[key] = _put_together(programme, programme.media, this)
    sheet = _last[key]
    return replace(sheet, head=replace(sheet.head, revision=revision))


def release() -> None:
    """Lets go of the sheet that was put together last."""
    _last.clear()


def _put_together(programme: Programme, media: MediaRegistry, this: Round) -> EvidenceSheet:
    found = entered.articles_of(this)
    labels = {level.id: level.label for level in media.levels}
    kept = [kept_of(row) for row in found]
    reports = reports_in(kept, media)
    groups = {place: group for group in reports.members for place in group}
    shown = _Shown(this.year, labels, kept, reports.counted)
    articles = tuple(
        shown.line(row, place, tuple(kept[other].code for other in groups[place] if other != place))
        for place, row in enumerate(found)
    )
    return EvidenceSheet(
        head=EvidenceHead(programme.id, programme.name, this.year, 0),
        articles=articles,
        units=tuple(_units(programme, this.year)),
        levels=tuple(labels.values()),
        claims=tuple(_claims(articles, kept)),
    )


def _units(programme: Programme, year: int) -> Iterator[UnitLine]:
    applicants = applicants_of(programme, year)
    for one in applicants.applicants:
        case = applicants.cases[one.id]
        yield UnitLine(one.name, tuple(name for name in one.names if name != case.unit), case.year)


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the lines of one sheet are made of; indices of reports are into `kept`."""

    year: int
    levels: Mapping[str, str]
    kept: Sequence[KeptArticle]
    reports: Sequence[Report]
    by_place: dict[int, Report] = field(default_factory=dict)
    counted_for: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.by_place.update((report.index, report) for report in self.reports)
        self.counted_for.update((copy, report.index) for report in self.reports for copy in report.copies)

    def line(self, row: rows.EvidenceArticle, place: int, copies: tuple[int, ...]) -> ArticleLine:
        one = self.kept[place]
        article = one.attribution.article
        about = label_of(row.case, self.year) if row.case else ""
        return ArticleLine(
            code=one.code,
            file=one.file,
            title=article.title or f"（没有标题）{article.text[:_BEGINNING]}……",
            genre=_GENRES[article.genre],
            medium=article.medium or "",
            level=self._level_read(row, article),
            date=article.date or "",
            about="" if one.is_settled else about,
            sentence=one.attribution.sentence,
            questions=tuple(self._questions(one, place)),
            copies=copies,
            state=self._state(one, place, about),
            owner=(about or NOBODY) if one.is_settled else "",
            level_said=self.levels.get(row.level, row.level),
            is_counted=one.is_counted,
        )

    def _level_read(self, row: rows.EvidenceArticle, article: Article) -> str:
        read = row.content["article"]
        return "不属于计分媒体" if read["is_below"] else self.levels.get(read["level"] or "", "")

    def _questions(self, one: KeptArticle, place: int) -> Iterator[str]:
        """What a person must say: about whom it is, what was not read surely, which of several copies counts."""
        if one.is_settled and one.attribution.applicant is None:
            return
        if one.attribution.question:
            yield one.attribution.question
        report = self.by_place.get(place)
        if report is None:
            return
        if one.attribution.applicant or one.attribution.question:
            yield from one.attribution.article.questions
        if one.is_counted is None:
            yield from (said for said in report.said if said.endswith("请核对"))

    def _state(self, one: KeptArticle, place: int, about: str) -> str:
        """Whether it counts, in words."""
        if one.is_counted is False:
            return "不计入（人工核定）"
        if place in self.counted_for:
            return f"与{self.kept[self.counted_for[place]].code}号是同一篇，只计一次"
        report = self.by_place.get(place)
        if report is None:
            return "同一篇已核定不计入"
        if one.is_settled and not about:
            return "与申报单位无关（人工核定）"
        if report.attribution.applicant is None:
            return "待核对" if one.attribution.question else "没有归属"
        return _counts(one.attribution.article, about)


def _counts(article: Article, about: str) -> str:
    unit = about or "同一篇所属的单位"
    if article.genre == "commendation":
        return f"表彰材料：{unit}"
    if article.level:
        return f"计入：{unit}"
    return "不属于计分的媒体级别，不计入" if article.is_below else "媒体级别不明，暂不计入"


def _claims(articles: Sequence[ArticleLine], kept: Sequence[KeptArticle]) -> Iterator[ClaimLine]:
    """The figures of articles that may be somebody's, once for each report."""
    seen: set[int] = set()
    for line, one in zip(articles, kept, strict=True):
        owner = line.owner or line.about
        if owner == NOBODY or not (owner or one.attribution.question) or seen & {line.code, *line.copies}:
            continue
        seen.add(line.code)
        for claim in one.attribution.article.claims:
            yield ClaimLine(
                line.code, line.title, owner, claim.what, claim.bound, claim.number, claim.unit, claim.sentence
            )
