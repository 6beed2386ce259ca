"""What people said of articles goes before what was read: which reports count, whose they are, what is still asked."""

from __future__ import annotations

from decimal import Decimal

from formflow.model.citation import Citation
from formflow.model.document import Locator
from formflow.model.evidence import Article, Attribution, Claim, MediaLevel, MediaRegistry, Naming, Outlet
from formflow.model.evidence_kept import CaseEvidence, KeptArticle
from formflow.rules.evidence_kept import evidence_for, reports_in

REGISTRY = MediaRegistry(
    (MediaLevel("municipal", "设区市级"), MediaLevel("national", "国家级")),
    (Outlet("工人日报", "national"), Outlet("青岛日报", "municipal")),
    (),
    Citation("x", "一"),
)
TEXT = "青岛市海泊社会工作服务中心日前在墨河边建起驿站，服务户外劳动者八百人次，职工都说离自己很近，以后要常来坐坐。"
OTHER = "平度市同和街道的女职工在非遗工坊里学习刺绣，工坊每周三晚上开课，已有九十多名女职工结业，作品很受欢迎。"
CLAIM = Claim(Decimal(800), "人次", "服务户外劳动者", "", TEXT)


def kept(code: int, applicant: str | None, text: str = TEXT, **more: object) -> KeptArticle:
    settings = {"is_settled": False, "is_counted": None, "namings": (), "question": "", "level": "municipal"} | more
    medium, questions = settings.get("medium", "青岛日报"), settings.get("questions", ())
    article = Article(
        f"标题{code if text == OTHER else ''}", text, Locator(f"paragraph {code}"), medium=medium,  # type: ignore[arg-type]
        level=settings["level"], date=settings.get("date"), claims=(CLAIM,), questions=questions,  # type: ignore[arg-type]
    )  # fmt: skip
    told = Attribution(article, applicant, "句", settings["question"], settings["namings"])  # type: ignore[arg-type]
    return KeptArticle(code, f"{code}.txt", told, settings["is_settled"], settings["is_counted"])  # type: ignore[arg-type]


def counted(*articles: KeptArticle) -> list[tuple[int, str | None, tuple[int, ...]]]:
    """(code of the article that counts, whose, codes of its copies) of every report."""
    found = reports_in(articles, REGISTRY).counted
    return [
        (articles[report.index].code, report.attribution.applicant, tuple(articles[one].code for one in report.copies))
        for report in found
    ]


def test_copies_are_one_report() -> None:
    assert counted(kept(1, "a"), kept(2, None, OTHER), kept(3, "a")) == [(1, "a", (3,)), (2, None, ())]


def test_a_report_a_person_struck_is_none_whichever_copy_he_named() -> None:
    assert counted(kept(1, "a"), kept(2, "a", is_counted=False)) == []


def test_the_copy_a_person_chose_counts() -> None:
    assert counted(kept(1, "a"), kept(2, "a", is_counted=True)) == [(2, "a", (1,))]
    assert counted(kept(1, "a", is_counted=False), kept(2, "a", is_counted=True)) == [(2, "a", (1,))]


def test_what_a_person_said_of_one_copy_is_said_of_the_report() -> None:
    assert counted(kept(1, "a"), kept(2, "b", is_settled=True)) == [(1, "b", (2,))]
    assert counted(kept(1, "a"), kept(2, None, is_settled=True)) == [(1, None, (2,))]


def test_copies_a_person_gave_to_two_are_two_reports() -> None:
    articles = (kept(1, "a", is_settled=True), kept(2, "b", is_settled=True), kept(3, None))
    assert counted(*articles) == [(1, "a", (3,)), (2, "b", ())]
    assert reports_in(articles, REGISTRY).members == ((0, 2), (1,))


def test_a_copy_that_names_somebody_helps_one_that_does_not() -> None:
    assert counted(kept(1, None), kept(2, "a")) == [(1, "a", (2,))]
    assert counted(kept(1, None), kept(2, "a"), kept(3, "b")) == [(1, None, (2, 3))]


def test_what_an_applicant_is_left_with() -> None:
    articles = (kept(1, "a"), kept(2, "b", OTHER))
    found = evidence_for("a", articles, reports_in(articles, REGISTRY).counted)
    assert [report.index for report in found.reports] == [0]
    assert found.claims == (("标题", CLAIM),)
    assert found.questions == ()
    assert evidence_for("c", articles, reports_in(articles, REGISTRY).counted) == CaseEvidence("c")


def test_what_was_not_read_surely_is_asked_until_a_person_counts_it() -> None:
    doubtful = kept(1, "a", questions=("没有找到刊登日期，请核对",))
    reports = reports_in((doubtful,), REGISTRY).counted
    assert evidence_for("a", (doubtful,), reports).questions == ("《标题》：没有找到刊登日期，请核对",)
    sure = kept(1, "a", questions=("没有找到刊登日期，请核对",), is_counted=True)
    assert evidence_for("a", (sure,), reports_in((sure,), REGISTRY).counted).questions == ()


def test_a_report_of_unknown_level_is_asked_once() -> None:
    unknown = kept(1, "a", level=None, questions=("看不出刊登在哪家媒体，请核对",))
    found = evidence_for("a", (unknown,), reports_in((unknown,), REGISTRY).counted)
    assert found.questions == ("《标题》没有计入：看不出刊登在哪家媒体，请核对",)


def test_an_open_article_is_asked_of_all_it_may_be_about() -> None:
    naming = Naming("a", "open", "海泊社工", 2, TEXT)
    undecided = kept(1, None, namings=(naming,), question="可能是关于两家中某一家的，请核对以哪家为主")
    found = evidence_for("a", (), (), open_too=(undecided,))
    assert found.questions == ("《标题》没有计入：可能是关于两家中某一家的，请核对以哪家为主",)
    assert evidence_for("b", (), (), open_too=(undecided,)).questions == ()
