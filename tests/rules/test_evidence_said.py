"""What stands against taking a 佐证材料 sheet: every reason at once."""

from __future__ import annotations

import pytest

from formflow.model.evidence_sheet import (
    ArticleLine,
    EvidenceHead,
    EvidenceSheet,
    ReturnedArticle,
    ReturnedEvidence,
    UnitLine,
)
from formflow.rules.evidence_said import problems_of

SHOWN = EvidenceSheet(
    EvidenceHead("p", "优秀项目", 2022, 4),
    (
        ArticleLine(1, "a.txt", "驿站", "报道", "青岛日报", "设区市级", "", "新驿站", "", (), (2,), "计入"),
        ArticleLine(2, "b.txt", "驿站", "报道", "青岛日报", "设区市级", "", "新驿站", "", (), (1,), "同一篇", is_counted=True),
        ArticleLine(3, "c.txt", "无题", "报道", "", "", "", "", "", (), (), "没有归属"),
        ArticleLine(4, "d.txt", "表彰决定", "表彰文件", "", "", "", "新驿站", "", (), (), "表彰材料"),
    ),
    (UnitLine("新驿站", ("暖阳中心", "向晴社"), 2022), UnitLine("热线", ("明法中心", "向晴社"), 2022)),
    ("设区市级", "省部级"),
)  # fmt: skip


def problems(*articles: ReturnedArticle, revision: int = 4, **more: tuple[str, ...]) -> tuple[str, ...]:
    return problems_of(SHOWN, ReturnedEvidence("p", 2022, revision, articles, **more))


@pytest.mark.parametrize(
    "article",
    [
        ReturnedArticle(1, "驿站", "新驿站"),
        ReturnedArticle(3, "无题", "暖阳中心", "省部级", True),
        ReturnedArticle(3, "无题", "无关"),
        ReturnedArticle(4, "表彰决定", is_counted=True),
        ReturnedArticle(2, "驿站", is_counted=True),
        ReturnedArticle(1, "驿站", is_counted=False),
    ],
)
def test_what_can_be_taken(article: ReturnedArticle) -> None:
    assert problems(article) == ()


@pytest.mark.parametrize(
    ("article", "said"),
    [
        (ReturnedArticle(9, "驿站", "无关"), "没有9号材料，不能增加行"),
        (ReturnedArticle(3, "驿站", "无关"), "3号应当是《无题》，表上是“驿站”，行被移动过，请在原表上填写"),
        (ReturnedArticle(3, "无题", "暖阳"), "名单上没有这一家；"),
        (ReturnedArticle(3, "无题", "向晴社"), "名单上没有这一家，可能是“新驿站”、“热线”；"),
        (ReturnedArticle(3, "无题", "", "县级"), "请写设区市级、省部级中的一个"),
        (ReturnedArticle(3, "无题", "新驿站", "", True), "《无题》写了计入，请在“媒体级别”一栏写明级别"),
        (ReturnedArticle(3, "无题", "", "省部级", True), "《无题》写了计入，请在“归属单位”一栏写明是哪一家"),
        (ReturnedArticle(1, "驿站", "无关", "", True), "《驿站》写了无关，不能计入"),
        (ReturnedArticle(1, "驿站", "", "", True), "1号和2号是同一篇，只能有一份计入"),
    ],
)
def test_what_cannot(article: ReturnedArticle, said: str) -> None:
    assert any(said in problem for problem in problems(article))


def test_copies_given_to_two_may_both_count() -> None:
    assert problems(ReturnedArticle(1, "驿站", "热线", "", True)) == ()


def test_an_older_sheet_says_only_that() -> None:
    (problem,) = problems(ReturnedArticle(9, "x", "y"), revision=3)
    assert problem.startswith("这是第3稿，现在是第4稿")


def test_every_reason_is_said_at_once() -> None:
    found = problems(ReturnedArticle(3, "无题", "某", "县级"), ReturnedArticle(9, ""), problems=("第一行看不懂",))
    assert len(found) == 3
