"""Articles that are one report are found however many there are, as comparing each with each finds them."""

from __future__ import annotations

import random
from itertools import combinations

from formflow.model.document import Locator
from formflow.model.evidence import Article
from formflow.rules.evidence_copies import same_reports

WORDS = (
    "职工服务驿站社工活动培训法律援助托管心理健康慰问困难帮扶技能竞赛文化阵地读书分享春风行动夏送清凉金秋助学冬送温暖"
)


def article(text: str, title: str | None) -> Article:
    return Article(title, text, Locator("paragraph 1"))


def shingles(text: str) -> set[str]:
    return {text[at : at + 5] for at in range(max(1, len(text) - 4))}


def is_one(one: Article, other: Article) -> bool:
    own, others = shingles(one.text), shingles(other.text)
    share = len(own & others) / min(len(own), len(others))
    return share >= (0.4 if one.title and one.title == other.title else 0.8)


def some_articles(seed: int, count: int = 40) -> list[Article]:
    """Texts of which some are copied, cut or half written anew."""
    drawn = random.Random(seed)
    found: list[Article] = []
    for _ in range(count):
        text = "".join(drawn.choices(WORDS, k=drawn.randint(20, 120)))
        if found and drawn.random() < 0.5:
            earlier = drawn.choice(found).text
            text = earlier[: drawn.randint(len(earlier) // 3, len(earlier))] + text[: drawn.choice((0, 5, 40, 90))]
        found.append(article(text, drawn.choice((None, "标题一", "标题二"))))
    return found


def test_the_same_groups_as_by_comparing_each_with_each() -> None:
    joined = 0
    for seed in range(20):
        articles = some_articles(seed)
        group_of: dict[int, int] = {}
        for index in range(len(articles)):
            near = [group_of[other] for other in range(index) if is_one(articles[index], articles[other])]
            group_of[index] = min(near, default=index)
        expected: dict[int, list[int]] = {}
        for index, group in group_of.items():
            expected.setdefault(group, []).append(index)
        found = [sorted((group.index, *group.copies)) for group in same_reports(articles, None)]
        assert sorted(found) == sorted(expected.values()), seed
        joined += sum(len(group) > 1 for group in found)
    assert joined > 50


def test_every_article_is_in_one_group() -> None:
    articles = some_articles(99)
    groups = [{group.index, *group.copies} for group in same_reports(articles, None)]
    assert set().union(*groups) == set(range(len(articles)))
    assert all(not one & other for one, other in combinations(groups, 2))
