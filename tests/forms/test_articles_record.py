"""What reads as the press or a commendation, and what must never: forms, plans, letters, lists, whatever they tell."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from formflow.errors import UnreadableError
from formflow.forms.articles_record import evidence_papers, findings_on, record_of_evidence
from formflow.forms.articles_units import units_in
from formflow.model.document import Document
from formflow.model.evidence import Applicant, Attribution
from formflow.model.programme import Programme
from formflow.packs import load_packs
from formflow.reading.contents import Bundle, Contents
from formflow.reading.reader import open_file, read_document
from formflow.rules.evidence import attribute
from support.press_pages import COOLING, SETTINGS, STORIES, TREE, text_of

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
REAL = SHARED / "corpus" / "real"
SOURCES = SHARED / "sources"
FEWEST_READ = 40


@pytest.fixture(scope="module")
def programmes() -> tuple[Programme, ...]:
    return load_packs(ROOT / "templates", with_letters=False)


def read(text: str) -> Document:
    return read_document(text.encode())


def documents_in(contents: Contents) -> list[Document]:
    """The documents in a file that need no other program to be read."""
    if isinstance(contents, Bundle):
        found = []
        for member in contents.members:
            try:
                found += documents_in(open_file(member.data))
            except UnreadableError:
                continue
        return found
    return [contents] if isinstance(contents, Document) else []


def test_no_paper_of_another_kind_is_claimed(programmes: tuple[Programme, ...]) -> None:
    read_papers = 0
    claimed = []
    paths = [*REAL.rglob("*"), *(ROOT / "templates").rglob("*")]
    for path in (path for path in paths if path.is_file() and path.suffix not in (".yaml", ".tsv", ".md")):
        try:
            documents = documents_in(open_file(path.read_bytes()))
        except UnreadableError:
            continue
        read_papers += len(documents)
        claimed += [path.name for document in documents if evidence_papers(document, programmes)]
    assert set(claimed) == {path.name for path in (ROOT / "templates").glob("*/samples/佐证材料/*")}
    assert read_papers >= FEWEST_READ, "hardly anything was read: the papers have moved"


@pytest.mark.parametrize("name", ["000_53059dd65aca6f79.txt", "001_10e4c66a7c07b08c.txt", "004_f8f9936aea5b817d.txt"])
def test_a_notice_with_its_attachments_is_none(programmes: tuple[Programme, ...], name: str) -> None:
    assert evidence_papers(read_document((SOURCES / name).read_bytes()), programmes) == ()


PROSE = "\n".join(TREE.paragraphs)
OTHERS = {
    "plan": f"暖阳心理咨询中心2024年服务职工实施方案\n{PROSE}\n（丛珊）",
    "two years' plan": f"职工心理服务规划（2024—2025年）\n{PROSE}",
    "covering letter": f"青岛市总工会：\n现将我中心申报材料报送贵会，请予审核。\n{PROSE}\n此致\n敬礼",
    "summary": f"2023年度工作总结\n{PROSE}\n青岛市暖阳心理咨询中心\n2023年12月1日",
    "request": f"关于申请项目经费的请示\n{PROSE}\n特此请示。",
    "plain prose": PROSE,
    "minutes": f"座谈会会议纪要\n{PROSE}\n（记录：丛珊）",
}


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_plans_and_letters_are_none(programmes: tuple[Programme, ...], text: str) -> None:
    assert evidence_papers(read(text), programmes) == ()


@pytest.mark.parametrize("setting", SETTINGS)
def test_pages_of_a_newspaper(programmes: tuple[Programme, ...], setting: str) -> None:
    (paper,) = evidence_papers(read("\n".join(SETTINGS[setting](STORIES))), programmes)
    assert (paper.programme_id, paper.is_press) == ("qingdao-social-organisations", True)
    assert len(paper.articles) == len(STORIES)


def test_only_a_programme_that_counts_reports_claims_them(programmes: tuple[Programme, ...]) -> None:
    page = read("\n".join(SETTINGS["plain"](STORIES)))
    without = tuple(replace(programme, media=None) for programme in programmes)
    assert evidence_papers(page, without) == ()
    assert len([programme for programme in programmes if programme.media]) == 1


@pytest.mark.parametrize(
    ("text", "is_press"),
    [
        ("\n".join(["市总工会出台五年规划", *text_of(COOLING)]), True),
        ("\n".join([TREE.title, TREE.byline, PROSE]), False),
        ("\n".join(["巧手绣出新生活", "日前，平度市同和街道的女职工在工坊里学习刺绣。", "通讯员 姜丽 摄"]), False),
        ("\n".join([TREE.title, "来源：大众日报", PROSE]), True),
        ("\n".join([TREE.title, "来源：滨城导报　2021年9月8日　作者：梁毅", PROSE]), False),
        (
            f"青岛市总工会关于表彰服务职工先进集体的决定\n各区市总工会：\n{PROSE}\n市总工会决定，授予青岛市暖阳心理咨询中心“服务职工先进集体”称号。",
            False,
        ),
    ],
    ids=["dateline under a title like a plan's", "byline", "picture", "source", "source unknown", "commendation"],
)
def test_other_papers_that_are(programmes: tuple[Programme, ...], text: str, is_press: bool) -> None:
    (paper,) = evidence_papers(read(text), programmes)
    assert paper.is_press is is_press


def test_a_signed_account_with_figures(programmes: tuple[Programme, ...]) -> None:
    (paper,) = evidence_papers(read_document((SOURCES / "002_fcd14af6bada9f59.txt").read_bytes()), programmes)
    assert [article.byline for article in paper.articles] == ["姚雪梅"]


def test_the_record_and_what_is_asked(programmes: tuple[Programme, ...]) -> None:
    (paper,) = evidence_papers(read("\n".join(SETTINGS["in_ascii"]([COOLING, TREE]))), programmes)
    attributions = tuple(Attribution(article, "某中心", "一句话。") for article in paper.articles)
    record = record_of_evidence(paper, attributions)
    assert (record.programme_id, record.kind) == ("qingdao-social-organisations", "evidence")
    assert list(record.answers) == ["articles", "claims"]
    first = record.value("articles")[0]
    assert first == {
        "title": COOLING.title, "medium": None, "level": None, "date": None, "about": "某中心", "sentence": "一句话。", "genre": "report", "byline": "记者 高远",
    }  # fmt: skip
    assert {"article": COOLING.title, "what": "建成驿站", "number": "26", "unit": "个", "bound": None} in [
        {key: value for key, value in claim.items() if key != "sentence"} for claim in record.value("claims")
    ]
    assert [place.part for place in record.answers["articles"].row_locators] == ["paragraph 2", "paragraph 7"]
    findings = findings_on(paper)
    assert {finding.severity for finding in findings} == {"review"}
    assert {finding.code for finding in findings} == {"low_confidence"}
    assert sum("哪家媒体" in finding.message for finding in findings) == 2


def test_bodies_an_article_names_and_the_one_it_is_about(programmes: tuple[Programme, ...]) -> None:
    (paper,) = evidence_papers(read_document((SOURCES / "003_56cfcd67497d7137.txt").read_bytes()), programmes)
    about = []
    for article in paper.articles:
        units = units_in(article)
        (found,) = attribute((article,), (Applicant(unit, unit, (unit,)) for unit in units))
        about.append(found.applicant)
    assert about == [
        "丰门街道总工会",
        "杭州市临平区总工会",
        "秀洲区总工会",
        None,
        "奉化区总工会",
        "省检察院工会",
        "武义县税务局工会",
    ]
