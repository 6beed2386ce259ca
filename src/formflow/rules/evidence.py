"""Articles and applicants → whose each article is, which are one report handed in twice, and what must be asked about them.

An article is attributed to one applicant or to none. What could be two's, or may be a mention only, is a question; so is a medium nobody
knows. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from formflow.model.evidence import (
    Applicant,
    Article,
    Attribution,
    MediaRegistry,
    Naming,
    Report,
    Standing,
    sentences_of,
)
from formflow.rules.evidence_brands import Brands
from formflow.rules.evidence_copies import same_reports
from formflow.rules.evidence_names import Names, Place

# What it weighs to be named: in the title, in the lines over and under it, in a sentence, as what a sentence is about, in the first
# paragraph, as the text's first words; in a list hardly anything.
_TITLE, _BESIDE, _SENTENCE, _SUBJECT, _LEAD, _FIRST, _LISTED = 6.0, 4.0, 1.0, 2.0, 2.0, 2.0, 0.25
# From these weights on an article may be about somebody, and is; in a text of a few sentences one that says so is enough.
_MAY_BE, _IS, _FEW_SENTENCES = 4.0, 6.0, 5
# Named in the first paragraph and so often in all (lists aside), an article is about somebody.
_OFTEN = 3
# The weightiest of several must weigh so many times the next.
_LEADS_BY = 2.0


def attribute(articles: Iterable[Article], applicants: Iterable[Applicant]) -> tuple[Attribution, ...]:
    """Whose each article is, in their order."""
    known = tuple(applicants)
    names, brands = Names(known), Brands(known)
    labels = {one.id: one.name for one in known}
    return tuple(_attribute(article, names, brands, known, labels) for article in articles)


def reports_of(attributions: Sequence[Attribution], registry: MediaRegistry | None) -> tuple[Report, ...]:
    """The reports that count, each once, in the order of their first copies; what was found about the copies is said."""
    articles = [attribution.article for attribution in attributions]
    return tuple(
        Report(attributions[group.index], group.index, group.copies, group.said)
        for group in same_reports(articles, registry)
    )


def asked(reports: Iterable[Report], applicant: str) -> Iterator[str]:
    """What a person must settle before all of an applicant's reports can be counted."""
    for report in reports:
        article, attribution = report.attribution.article, report.attribution
        title = f"《{article.title}》" if article.title else "没有标题的一篇"
        if attribution.applicant is None and any(
            n.applicant == applicant and n.standing == "open" for n in attribution.namings
        ):
            yield f"{title}没有计入：{attribution.question}"
        if attribution.applicant != applicant:
            continue
        if article.is_below:
            yield f"{title}刊登在“{article.medium}”，不属于计分的媒体级别，没有计入"
        elif article.genre != "commendation" and article.level is None:
            yield f"{title}没有计入：{next(iter(article.questions), '级别不明')}"
        yield from (f"{title}：{said}" for said in report.said)


@dataclass(slots=True)
class _Weight:
    """What speaks for one applicant's being an article's subject."""

    weight: float = 0.0
    times: int = 0
    outside_lists: int = 0
    in_title: bool = False
    in_lead: bool = False
    subjects: int = 0
    is_brand_only: bool = False
    name: str = ""
    shown: list[tuple[float, str]] = field(default_factory=list)

    def add(self, place: Place, weight: float, sentence: str) -> None:
        self.weight += weight
        self.times += 1
        self.outside_lists += not place.is_listed
        self.name = self.name or place.name
        self.shown.append((weight, sentence))

    @property
    def sentence(self) -> str:
        """The sentence that shows it best, the first of its kind."""
        return max(self.shown, key=lambda one: one[0])[1]


def _attribute(
    article: Article, names: Names, brands: Brands, applicants: Sequence[Applicant], labels: Mapping[str, str]
) -> Attribution:
    weights = _weighed(article, names)
    _weigh_short(article, [one for one in applicants if one.id in weights], weights)
    _weigh_brands(article, brands, weights)
    few = len(sentences_of(article.text)) <= _FEW_SENTENCES
    namings = tuple(
        Naming(applicant, _standing(found, few), found.name, found.times, found.sentence)
        for applicant, found in sorted(weights.items(), key=lambda item: -item[1].weight)
    )
    subjects = [naming for naming in namings if naming.standing == "subject"]
    maybe = [naming for naming in namings if naming.standing != "mention"]
    chosen = _chosen(subjects, maybe, weights)
    if chosen:
        return Attribution(article, chosen.applicant, chosen.sentence, "", namings)
    if not maybe:
        return Attribution(article, None, namings[0].sentence if namings else "", "", namings)
    # Those between whom it stays open are told as such, so that none of them loses it silently.
    open_ids = {naming.applicant for naming in maybe}
    namings = tuple(_opened(naming) if naming.applicant in open_ids else naming for naming in namings)
    return Attribution(article, None, maybe[0].sentence, _question(maybe, labels), namings)


def _weigh_brands(article: Article, brands: Brands, weights: dict[str, _Weight]) -> None:
    """Those whom the text names are told of by what their project is called in quotes, too; of others it is a question at most."""
    named = frozenset(weights)
    headlines = ((article.title or "", _TITLE), *((line, _BESIDE) for line in (*article.over, article.subtitle or "")))
    for line, weight in (*headlines, *((sentence, _SENTENCE) for sentence in sentences_of(article.text))):
        for applicant, name in brands.called_in(line):
            found = weights.setdefault(applicant, _Weight(is_brand_only=True, name=name))
            is_named = applicant in named
            found.in_title = found.in_title or (is_named and weight == _TITLE)
            found.weight += weight if is_named else min(weight, _MAY_BE)
            found.times += 1
            found.outside_lists += is_named
            found.shown.append((weight if weight != _SENTENCE else 0.5, line))


def _weighed(article: Article, names: Names) -> dict[str, _Weight]:
    """What speaks for each applicant that is named by its name."""
    weights: dict[str, _Weight] = {}
    for line, weight in (
        (article.title or "", _TITLE),
        *((line, _BESIDE) for line in article.over),
        (article.subtitle or "", _BESIDE),
    ):
        for place in names.places_in(line):
            found = weights.setdefault(place.applicant, _Weight())
            found.in_title = found.in_title or (weight == _TITLE and not place.is_listed)
            found.add(place, _LISTED if place.is_listed else weight, line)
    lead = article.text.partition("\n")[0]
    count = len(sentences_of(lead))
    for number, sentence in enumerate(sentences_of(article.text)):
        for place in names.places_in(sentence):
            _weigh(weights.setdefault(place.applicant, _Weight()), place, sentence, number, number < count)
    return weights


def _weigh(found: _Weight, place: Place, sentence: str, number: int, is_lead: bool) -> None:
    if place.is_listed:
        found.add(place, _LISTED, sentence)
        return
    found.in_lead = found.in_lead or is_lead
    found.subjects += place.is_subject
    weight = _SENTENCE + _SUBJECT * place.is_subject + _LEAD * is_lead
    found.add(place, weight + _FIRST * (number == 0 and place.is_first), sentence)


def _weigh_short(article: Article, named: Sequence[Applicant], weights: Mapping[str, _Weight]) -> None:
    """Those whose name the text tells go on being told of by shorter forms."""
    short = Names(named, short=True)
    for sentence in sentences_of(article.text):
        for place in short.places_in(sentence):
            if not place.is_listed:
                found = weights[place.applicant]
                found.subjects += place.is_subject
                found.weight += _SENTENCE + _SUBJECT * place.is_subject
                found.times += 1
                found.outside_lists += 1


def _standing(found: _Weight, is_short: bool) -> Standing:
    if found.is_brand_only:
        return "open" if found.weight >= _MAY_BE else "mention"
    if found.in_title or (found.weight >= _IS and (found.in_lead or found.subjects >= 2)):
        return "subject"
    if found.in_lead and (found.outside_lists >= _OFTEN or (is_short and found.subjects)):
        return "subject"
    return "open" if found.weight >= _MAY_BE else "mention"


def _chosen(subjects: list[Naming], maybe: list[Naming], weights: Mapping[str, _Weight]) -> Naming | None:
    """The one an article is about, if there is one and nobody comes near."""
    if not subjects:
        return None
    in_title = [naming for naming in subjects if weights[naming.applicant].in_title]
    if len(in_title) == 1:
        return in_title[0]
    first = subjects[0]
    others = [naming for naming in maybe if naming is not first]
    if in_title or any(weights[o.applicant].weight * _LEADS_BY > weights[first.applicant].weight for o in others):
        return None
    return first


def _opened(naming: Naming) -> Naming:
    return Naming(naming.applicant, "open", naming.name, naming.times, naming.sentence)


def _question(maybe: Sequence[Naming], labels: Mapping[str, str]) -> str:
    named = "、".join(f"“{labels[naming.applicant]}”" for naming in maybe[:3])
    if len(maybe) > 1:
        return f"可能是关于{named}中某一家的，请核对以哪家为主"
    return f"文中提到{named} {maybe[0].times} 次，请核对是否以它为主"
