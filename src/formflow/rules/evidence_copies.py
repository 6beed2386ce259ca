"""Articles that are one report: the same text, or nearly, or one headline over much of the same text in another medium.

Which of the copies counts: the one whose medium the others are of, else the earliest, else one of the lowest level, and a person is asked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from formflow.model.evidence import Article, MediaRegistry
from formflow.model.text import fold

_SHINGLE = 5
# Of the shorter text's shingles, this share in the other makes them one; less where the headlines are one, too.
_SAME, _SAME_WITH_TITLE = 0.8, 0.4
_NOTHING_SAID = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]")


@dataclass(frozen=True, slots=True)
class Group:
    """Copies of one report by their places among the articles given: the one that counts, the others, and what is said about them."""

    index: int
    copies: tuple[int, ...] = ()
    said: tuple[str, ...] = ()


def same_reports(articles: Sequence[Article], registry: MediaRegistry | None) -> tuple[Group, ...]:
    """Every article in one group: that of the first article before it that it is one with."""
    shingles = [_shingles(article.text) for article in articles]
    titles = [fold(article.title or "") for article in articles]
    holders: dict[str, list[int]] = {}
    group_of: list[int] = []
    groups: list[list[int]] = []
    for index in range(len(articles)):
        # Most articles share nothing: only those that do are compared.
        shared: Counter[int] = Counter()
        for shingle in shingles[index]:
            shared.update(holders.get(shingle, ()))
        near = (
            (other, share)
            for other, count in shared.items()
            if (share := count / min(len(shingles[index]), len(shingles[other]))) >= _SAME_WITH_TITLE
        )
        same = [group_of[other] for other, share in near if share >= _SAME or _is_one(titles[index], titles[other])]
        group_of.append(min(same, default=len(groups)))
        if not same:
            groups.append([])
        groups[group_of[index]].append(index)
        for shingle in shingles[index]:
            holders.setdefault(shingle, []).append(index)
    return tuple(_group(group, articles, registry) for group in groups)


def _shingles(text: str) -> frozenset[str]:
    bare = _NOTHING_SAID.sub("", fold(text))
    return frozenset(bare[at : at + _SHINGLE] for at in range(max(1, len(bare) - _SHINGLE + 1)))


def _is_one(title: str, other: str) -> bool:
    return bool(title) and title == other


def _group(group: list[int], articles: Sequence[Article], registry: MediaRegistry | None) -> Group:
    if len(group) == 1:
        return Group(group[0])
    chosen, question = _counted(group, articles, registry)
    others = tuple(index for index in group if index != chosen)
    said = [_told(articles[index], articles[chosen]) for index in others]
    return Group(chosen, others, (*dict.fromkeys(said), *((question,) if question else ())))


def _told(copy: Article, counted: Article) -> str:
    if copy.medium == counted.medium:
        return "同一篇报道交了不止一份，只计一次"
    return f"“{copy.medium or '另一家媒体'}”刊登的是同一篇报道，只计一次，按“{counted.medium or '来源不明'}”计"


def _counted(group: list[int], articles: Sequence[Article], registry: MediaRegistry | None) -> tuple[int, str]:
    """The copy that counts, and a question where that is not sure."""
    media = {articles[index].medium for index in group if articles[index].medium}
    if len(media) <= 1:
        return next((index for index in group if articles[index].medium), group[0]), ""
    sources = {articles[index].medium for index in group if articles[index].is_reprint}
    if len(sources) == 1:
        (source,) = sources
        return next(index for index in group if articles[index].medium == source), ""
    dated = sorted((articles[index].date or "", index) for index in group if len(articles[index].date or "") == 10)
    if len(dated) == len(group) and dated[0][0] < dated[1][0]:
        return dated[0][1], ""
    ranks = {level.id: rank for rank, level in enumerate(registry.levels)} if registry else {}
    lowest = min(group, key=lambda index: ranks.get(articles[index].level or "", -1))
    return lowest, "看不出哪家是首发，暂按级别低的一家计，请核对"
