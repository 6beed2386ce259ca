"""Every article of a page is found, with its own title and its own text alone: on a real page as extraction left it, and on invented ones."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from formflow.forms.articles import articles_in
from formflow.model.document import Document, Locator, Paragraph
from formflow.model.evidence import Article
from formflow.model.programme import Programme
from formflow.packs import load_pack
from formflow.reading.reader import read_document
from support import press_pages
from support.press_pages import SETTINGS, STORIES, Story

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT.parent / "shared" / "sources"
PAGE, ACCOUNT = SOURCES / "003_56cfcd67497d7137.txt", SOURCES / "002_fcd14af6bada9f59.txt"
# The articles of the real page: title, what stands over it, who wrote it, the lines of the file (0-based, both included) with its text, and
# what of the first of them is no text.
REAL = (
    ("“中国鞋都”探索党建带动工建“五共”模式", ("开创“基层组建、基层改革”工作新局面", "“组织共建、阵地共享、事务共商、活动共办、难题共解”"), "通讯员庄越", 8, 52, "通讯员庄越报道 "),
    ("“好版师”的对决", (), "通讯员耿玲菊 摄", 58, 60, ""),
    ("嘉兴秀洲“娘家人”团结职工同走共富路", ("生活富足 精神富有",), None, 70, 86, ""),
    ("浅谈工会组织参与公共服务供给的有效作用", ("理论天地",), "汪燕盼", 94, 136, ""),
    ("“链式助学”圆了九成来奉务工产业工人家庭的团聚梦", ("“产改”进行时", "有学上 上好学 择近校"), "记者张浩呈 通讯员陈标、王锡权", 146, 156, "本报讯 记者张浩呈 通讯员陈标、王锡权报道 "),
    ("省检察院工会“三个精心”打造党史学习教育生动课堂", ("“今天你有没有重走长征路”",), "记者胡舫", 162, 176, "记者胡舫报道 "),
    ("武义县税务局工会 助推税务服务数字化转型", ("“三办”“三有”联动建设",), "通讯员王姝芳", 182, 190, "本报讯 通讯员王姝芳报道 "),
)  # fmt: skip


@pytest.fixture(scope="module")
def programme() -> Programme:
    return load_pack(ROOT / "templates" / "qingdao-social-organisations", with_letters=False)


def read(lines: list[str], programme: Programme) -> tuple[Article, ...]:
    return articles_in(read_document("\n".join(lines).encode()), programme)


def bare(text: str) -> str:
    """The text without what a setting may change: line ends, indents, kinds of marks."""
    marks = str.maketrans("，：；？！（）", ",:;?!()", "\n 　")
    return text.translate(marks)


# A real page ---------------------------------------------------------------------------------------------------------


def test_the_articles_of_a_real_page(programme: Programme) -> None:
    lines = PAGE.read_text(encoding="utf-8").split("\n")
    found = articles_in(read_document(PAGE.read_bytes()), programme)
    assert [(article.title, article.over, article.byline) for article in found] == [real[:3] for real in REAL]
    for article, (title, _, _, first, last, before) in zip(found, REAL, strict=True):
        own = "".join(lines[first : last + 1]).removeprefix(before)
        assert bare(article.text) == bare(own), title


def test_what_the_real_page_does_not_tell_is_asked(programme: Programme) -> None:
    found = articles_in(read_document(PAGE.read_bytes()), programme)
    assert {(article.medium, article.level, article.date) for article in found} == {(None, None, None)}
    assert all(any("哪家媒体" in question for question in article.questions) for article in found)
    cut = [article.title for article in found if any("开头像是不完整" in question for question in article.questions)]
    assert cut == ["嘉兴秀洲“娘家人”团结职工同走共富路"]
    assert [article.genre for article in found] == ["report", "photo", "report", "essay", "report", "report", "report"]


def test_a_real_account_without_a_title(programme: Programme) -> None:
    (found,) = articles_in(read_document(ACCOUNT.read_bytes()), programme)
    assert (found.title, found.byline) == (None, "姚雪梅")
    whole = ACCOUNT.read_text(encoding="utf-8")
    assert bare(found.text) == bare(whole.removesuffix("(姚雪梅)"))
    assert any("标题" in question for question in found.questions)


# Invented pages ------------------------------------------------------------------------------------------------------

# Every story comes first, last and between others.
ORDERS = tuple(STORIES[turn:] + STORIES[:turn] for turn in range(len(STORIES)))


@pytest.mark.parametrize("setting", [name for name in SETTINGS if name != "interrupted"])
@pytest.mark.parametrize("turn", range(len(ORDERS)))
@pytest.mark.parametrize("count", [1, 3, 6])
def test_invented_pages(programme: Programme, setting: str, turn: int, count: int) -> None:
    stories = ORDERS[turn][:count]
    found = read(SETTINGS[setting](stories), programme)
    assert {bare(a.title or ""): bare(a.text) for a in found} == {bare(s.title): bare(s.text) for s in stories}


@pytest.mark.parametrize("setting", ["plain", "indented", "wrapped", "broken_off"])
@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_what_stands_round_the_text(programme: Programme, setting: str, story: Story) -> None:
    (found,) = read(SETTINGS[setting]([story]), programme)
    assert found.over == story.over
    assert found.subtitle == (story.subtitle.removeprefix("——") or None)
    writer = bare(story.byline or story.reporter or story.signed or story.photo).lstrip("■□")
    assert bare(found.byline or "") == writer
    assert found.date == "2023-07-05"
    assert found.medium == (
        "新华社" if "新华社" in story.dateline else "大众日报" if setting == "indented" else "青岛日报"
    )
    assert found.questions == ()


REST_TELLS = (
    (press_pages.MEDIATION, press_pages.AGENCY, press_pages.SCHOOL),
    (press_pages.SCHOOL, press_pages.AGENCY, press_pages.TREE),
    (press_pages.MEDIATION, press_pages.SCHOOL, press_pages.COOLING),
)


@pytest.mark.parametrize("stories", REST_TELLS, ids=lambda stories: stories[0].title)
def test_the_rest_behind_another_article(programme: Programme, stories: tuple[Story, ...]) -> None:
    found = read(SETTINGS["interrupted"](stories), programme)
    assert [(a.title, bare(a.text)) for a in found] == [(s.title, bare(s.text)) for s in stories]


def test_a_rest_that_tells_nothing_is_asked_for(programme: Programme) -> None:
    found = read(SETTINGS["interrupted"]([press_pages.LIGHT, press_pages.AGENCY]), programme)
    assert found[0].title == press_pages.LIGHT.title
    assert any("结尾像是不完整" in question for question in found[0].questions)


def test_headlines_apart_from_their_texts(programme: Programme) -> None:
    stories = [press_pages.COOLING, press_pages.LIGHT, press_pages.AGENCY]
    heads = [line for story in stories for line in (story.title,)]
    texts = [line for story in stories for line in press_pages.text_of(story)]
    found = read(["青岛日报 2023年7月5日", *heads, *texts], programme)
    assert {(a.title, bare(a.text)) for a in found} == {(s.title, bare(s.text)) for s in stories}


# Styles and sizes ----------------------------------------------------------------------------------------------------


def styled(lines: list[tuple[str, str | None]]) -> Document:
    blocks = (Paragraph(text, Locator(f"paragraph {n}"), style=style) for n, (text, style) in enumerate(lines, 1))
    return Document("docx", tuple(blocks))


def test_headings_by_their_style(programme: Programme) -> None:
    tree = press_pages.TREE
    lines: list[tuple[str, str | None]] = [("浮山后的“解忧树”", "Title"), ("心理服务走进工间", "Subtitle")]
    headings = {heading for _, heading in tree.sections}
    lines += [(text, "heading 2" if text in headings else None) for text in tree.body]
    (found,) = articles_in(styled(lines), programme)
    assert (found.title, found.subtitle, found.text) == (tree.title, "心理服务走进工间", tree.text)


def test_articles_of_one_file_by_their_style(programme: Programme) -> None:
    stories = [press_pages.SCHOOL, press_pages.LIGHT, press_pages.TREE]
    lines: list[tuple[str, str | None]] = []
    for story in stories:
        lines += [(story.title, "heading 1"), *((text, None) for text in story.paragraphs)]
    found = articles_in(styled(lines), programme)
    assert [(a.title, a.text) for a in found] == [(s.title, "\n".join(s.paragraphs)) for s in stories]
    assert [a.locator.part for a in found] == ["paragraph 1", "paragraph 5", "paragraph 9"]


def test_nothing_to_read(programme: Programme) -> None:
    assert articles_in(Document("docx", ()), programme) == ()
    assert articles_in(styled([("青岛日报", None), ("2023年7月5日", None), ("第4版", None)]), programme) == ()


def test_every_order_is_another() -> None:
    assert len({tuple(s.title for s in order) for order in ORDERS}) == len(STORIES) == 8
    assert all(a.title != b.title for a, b in itertools.pairwise(STORIES))
