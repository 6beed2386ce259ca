"""What a form says of reports in the press beside the reports that were handed in: the form claims, the paper shows.

A report that both tell of is one piece and counts as the paper has it. What only the form tells of counts as stated, and it is said that no
paper shows it; what only a paper shows counts, too, and it is said that the form leaves it out. A person settles every difference. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from formflow.model.evidence import Article, MediaRegistry, Outlet, Report
from formflow.model.measures import ByPieces, PieceKind, Press, PressColumns
from formflow.model.text import fold
from formflow.rules.pieces import Counted, Line, Piece, Row, kind_of, lines_of, told, unclear

# Letters, digits and Chinese characters: marks and brackets are written anyhow.
_MARKS = re.compile(r"[^0-9a-z\u3400-\u9fff]")
# What parts the lines of a headline when they are written in one.
_BETWEEN = re.compile(r"[—\-|｜丨:：]+|\s{2,}")
# 之一 and 之二, 上 and 下, are two reports.
_COUNTING = re.compile(r"[0-9一二三四五六七八九十上中下]")
# A headline of which so much is alike may be the same; a part of one must have so many characters.
_SAME, _INSIDE, _ALIKE, _SHORTEST_PART = 100.0, 90.0, 85.0, 6


@dataclass(frozen=True, slots=True)
class _Claim:
    """A row of the form that may count."""

    line: Line
    medium: str
    title: str
    level: str

    @property
    def number(self) -> int:
        return self.line.number

    @property
    def shown(self) -> str:
        return _quoted(self.title) if self.title else f"第{self.number}行"


@dataclass(slots=True)
class _Tally:
    """What has been counted so far."""

    measure: ByPieces
    press: Press
    pieces: list[Piece] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def add(self, kind: PieceKind, *, is_shown: bool) -> None:
        self.pieces.append(Piece(kind, is_shown))

    def ask(self, *questions: str) -> None:
        self.questions.extend(questions)


def joined(measure: ByPieces, columns: PressColumns, rows: Sequence[Row], press: Press) -> Counted:
    """What counts of a form's rows and the reports handed in, each report once."""
    tally = _Tally(measure, press)
    claims = [_claim(line, measure, columns) for line in lines_of(measure, rows)]
    own = [report for report in press.reports or () if _is_own(report, press)]
    pairs = _pairs(claims, own, press.registry)
    titled: dict[str, int] = {}
    for claim in claims:
        if claim.number in pairs:
            _count_shown(tally, claim, own[pairs[claim.number]])
        else:
            _count_stated(tally, claim, own, titled.get(_bare(claim.title)))
        titled.setdefault(_bare(claim.title), claim.number)
    for index, report in enumerate(own):
        if index not in pairs.values():
            _count_unlisted(tally, report)
    tally.ask(*press.questions)
    if tally.unknown:
        tally.ask(f"媒体{'、'.join(dict.fromkeys(tally.unknown))}不在媒体名录里，级别按表中所填计")
    if tally.unseen and press.reports is not None:
        tally.ask(f"表中所填，未见材料：{'、'.join(tally.unseen)}")
    return Counted(tuple(tally.pieces), tuple(tally.questions))


def _claim(line: Line, measure: ByPieces, columns: PressColumns) -> _Claim:
    return _Claim(line, *(told(line.row, column) for column in (columns.medium, columns.title, measure.column)))


def _is_own(report: Report, press: Press) -> bool:
    attribution = report.attribution
    return attribution.applicant == press.applicant and attribution.article.genre != "commendation"


# Which row is which report ---------------------------------------------------------------------------------------------


def _pairs(claims: Sequence[_Claim], own: Sequence[Report], registry: MediaRegistry) -> Mapping[int, int]:
    """The place of the report each row tells of, by the row's number: those with the very headline first, and of them those whose medium
    is the same, too."""
    pairs: dict[int, int] = {}
    single = [claim for claim in claims if not claim.line.is_repeated and not _is_copy(claim, own, registry)]
    for least, wants_medium in ((_SAME, True), (_SAME, False), (_ALIKE, True), (_ALIKE, False)):
        for claim in (one for one in single if one.number not in pairs):
            free = {at: report.attribution.article for at, report in enumerate(own) if at not in pairs.values()}
            fitting = {
                at: likeness
                for at, article in free.items()
                if (likeness := _likeness(claim.title, article)) >= least
                and (not wants_medium or _is_same_medium(claim.medium, article, registry))
            }
            if fitting:
                pairs[claim.number] = max(fitting, key=fitting.__getitem__)
    return pairs


def _is_copy(claim: _Claim, own: Iterable[Report], registry: MediaRegistry) -> bool:
    """Whether a row is the copy, in another medium, of a report that counts as it stood elsewhere."""
    return any(
        f"“{claim.medium}”" in "".join(report.said)
        and _likeness(claim.title, report.attribution.article)
        and not _is_same_medium(claim.medium, report.attribution.article, registry)
        for report in own
    )


def _likeness(title: str, article: Article) -> float:
    """How much a row's title is an article's headline, 0 to 100; 0 where it is another."""
    over, main, under = "".join(article.over), article.title or "", article.subtitle or ""
    wanted, headlines = _wordings(title), {_bare(words) for words in (main, over + main, main + under)}
    return max((_alike(one, other) for one in wanted for other in headlines), default=0.0)


def _wordings(title: str) -> set[str]:
    """A title as a whole, and each line of it."""
    parts = (_bare(part) for part in _BETWEEN.split(title))
    return {_bare(title), *(part for part in parts if len(part) >= _SHORTEST_PART)}


def _alike(one: str, other: str) -> float:
    if not one or not other:
        return 0.0
    if one == other:
        return _SAME
    if _COUNTING.findall(one) != _COUNTING.findall(other):
        return 0.0
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) >= _SHORTEST_PART and shorter in longer:
        return _INSIDE
    likeness = fuzz.ratio(one, other)
    return likeness if likeness >= _ALIKE else 0.0


def _is_same_medium(name: str, article: Article, registry: MediaRegistry) -> bool:
    if not name or not article.medium:
        return False
    return _name_of(name, registry) == _name_of(article.medium, registry)


def _name_of(medium: str, registry: MediaRegistry) -> str:
    outlet = registry.outlet(medium)
    return outlet.name if outlet else fold(medium).strip("<>《》\"'")


# What it counts ---------------------------------------------------------------------------------------------------------


def _count_shown(tally: _Tally, claim: _Claim, report: Report) -> None:
    """A row that a paper shows."""
    article, registry = report.attribution.article, tally.press.registry
    claimed = kind_of(tally.measure, claim.level)
    tally.ask(*_differences(claim, article, registry))
    kind = _kind_at(tally, article.level)
    if kind and claimed is not kind:
        tally.ask(f"{claim.shown}的级别表中写“{claim.level}”，材料刊登在“{article.medium}”，是{kind.label}，按材料计")
    if kind is None and not article.is_below:
        kind = claimed
        counted = f"按表中所填的{kind.label}计" if kind else "没有计入"
        tally.ask(f"{claim.shown}{counted}：{next(iter(article.questions), '级别不明')}")
    if kind:
        tally.add(kind, is_shown=True)
    else:
        tally.ask(*_not_counted(article))
    tally.ask(*_of_copies(report))


def _differences(claim: _Claim, article: Article, registry: MediaRegistry) -> Iterator[str]:
    if _likeness(claim.title, article) < _SAME:
        yield f"表中的{claim.shown}与材料中的{_quoted(article.title or '')}标题相近，按同一篇计"
    if claim.medium and article.medium and not _is_same_medium(claim.medium, article, registry):
        yield f"{claim.shown}表中写的媒体是“{claim.medium}”，材料刊登在“{article.medium}”，按材料计"


def _count_stated(tally: _Tally, claim: _Claim, own: Sequence[Report], twin: int | None) -> None:
    """A row that no paper shows. `twin`: an earlier row with the same headline."""
    if claim.line.doubt:
        tally.ask(claim.line.doubt)
        return
    if _is_copy(claim, own, tally.press.registry):
        tally.ask(f"第{claim.number}行“{claim.medium}”的{claim.shown}与材料中另一家媒体刊登的是同一篇，只计一次")
        return
    kind = _stated_kind(tally, claim)
    if kind is None:
        return
    if twin:
        tally.ask(f"第{claim.number}行与第{twin}行标题相同，都已计入，是不是同一篇请核对")
    tally.add(kind, is_shown=False)
    tally.unseen.append(claim.shown)


def _stated_kind(tally: _Tally, claim: _Claim) -> PieceKind | None:
    """The kind a row counts as: what it says, but for what the registry knows better."""
    registry = tally.press.registry
    outlet, claimed = registry.outlet(claim.medium), kind_of(tally.measure, claim.level)
    if outlet is None and registry.is_beneath(claim.medium):
        tally.ask(f"{claim.shown}的媒体“{claim.medium}”不属于计分的媒体级别，没有计入")
        return None
    kind = _listed_kind(tally, outlet)
    if kind and kind is not claimed:
        tally.ask(f"{claim.shown}的级别表中写“{claim.level}”，媒体名录里“{claim.medium}”是{kind.label}，按名录计")
    if kind is None and claimed is None:
        tally.ask(unclear(claim.number, claim.level))
    elif kind is None:
        tally.unknown.append(f"“{claim.medium}”")
    return kind or claimed


def _count_unlisted(tally: _Tally, report: Report) -> None:
    """A report that the form leaves out."""
    article = report.attribution.article
    if kind := _kind_at(tally, article.level):
        tally.add(kind, is_shown=True)
        tally.ask(f"材料中的{_quoted(article.title or '无标题')}（{article.medium}）表中没有填，已计入")
    elif article.is_below:
        tally.ask(*_not_counted(article))
    else:
        tally.ask(f"材料中的{_quoted(article.title or '无标题')}没有计入：{next(iter(article.questions), '级别不明')}")
    tally.ask(*_of_copies(report))


def _not_counted(article: Article) -> Iterator[str]:
    if article.is_below:
        yield f"{_quoted(article.title or '无标题')}刊登在“{article.medium}”，不属于计分的媒体级别，没有计入"


def _of_copies(report: Report) -> Iterator[str]:
    return (f"{_quoted(report.attribution.article.title or '无标题')}：{said}" for said in report.said)


def _kind_at(tally: _Tally, level: str | None) -> PieceKind | None:
    """The kind that counts a level of the registry."""
    return kind_of(tally.measure, tally.press.registry.label(level)) if level else None


def _listed_kind(tally: _Tally, outlet: Outlet | None) -> PieceKind | None:
    return _kind_at(tally, outlet.level) if outlet else None


def _bare(title: str) -> str:
    return _MARKS.sub("", fold(title).lower())


def _quoted(title: str) -> str:
    return f"《{title.strip().strip('《》')}》"
