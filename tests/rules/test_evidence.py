"""Whose an article is, which are one report, what points follow."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from formflow.forms.articles import articles_in
from formflow.model.document import Locator
from formflow.model.evidence import Applicant, Article, Attribution, MediaLevel, MediaRegistry, Outlet, sentences_of
from formflow.model.measures import ByPieces, Press
from formflow.model.programme import Citation, Programme
from formflow.model.record import Answer, Record
from formflow.packs import load_pack
from formflow.reading.reader import read_document
from formflow.rules.evidence import asked, attribute, reports_of
from formflow.rules.measured import propose

ROOT = Path(__file__).resolve().parents[2]
REGISTRY = MediaRegistry(
    (MediaLevel("municipal", "设区市级"), MediaLevel("provincial", "省部级"), MediaLevel("national", "国家级")),
    (Outlet("工人日报", "national"), Outlet("大众日报", "provincial"), Outlet("青岛日报", "municipal")),
    (),
    Citation("x", "一"),
)
LEVELS = {"工人日报": "national", "大众日报": "provincial", "青岛日报": "municipal"}
HAIPO = Applicant(
    "1", "青岛市海泊社会工作服务中心", ("青岛市海泊社会工作服务中心", "墨河清风户外劳动者关爱项目", "海泊社工")
)
QIHENG = Applicant("2", "青岛市齐衡法律服务社", ("青岛市齐衡法律服务社",))
UNION = Applicant("3", "旺苍县总工会", ("旺苍县总工会",))
CENTRE = Applicant("4", "旺苍县职工服务中心", ("旺苍县职工服务中心",))
FILLER = "职工们都说，这样的服务离自己很近，以后要常来。活动持续了一整天，现场气氛热烈。\n大家还就今后的打算谈了想法，约定下个月再聚。"


def article(text: str, title: str | None = "服务送到身边", medium: str | None = "青岛日报", **more: object) -> Article:
    level = LEVELS.get(medium or "")
    return Article(title, text, Locator("paragraph 1"), medium=medium, level=level, date="2023-07-05", **more)  # type: ignore[arg-type]


def whose(text: str, *applicants: Applicant, title: str | None = "服务送到身边") -> Attribution:
    (found,) = attribute((article(text, title),), applicants)
    return found


# Whose -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("海泊社工把驿站开到河边", f"7月4日中午，环卫工人走进驿站。\n{FILLER}"),
        (
            "服务送到身边",
            f"青岛市海泊社会工作服务中心日前在墨河边建起驿站。海泊社会工作服务中心负责人介绍，驿站全年开放。\n{FILLER}",
        ),
        (
            "服务送到身边",
            f"近日，海泊社会工作服务中心在墨河边建起驿站。\n“墨河清风”户外劳动者关爱项目去年启动。{FILLER}",
        ),
        (None, "由青岛市海泊社会工作服务中心举办的技能大赛日前落幕。6名选手获奖。"),
    ],
)
def test_about_one(title: str | None, text: str) -> None:
    found = whose(text, HAIPO, QIHENG, title=title)
    assert (found.applicant, found.question) == ("1", "")
    assert any(name in found.sentence for name in ("海泊", "墨河清风"))


@pytest.mark.parametrize(
    "text",
    [
        f"即墨区总工会近日慰问户外劳动者。\n{FILLER}活动得到海泊社工等社会组织的支持。",
        f"全市社会组织座谈会召开，青岛市海泊社会工作服务中心、青岛市齐衡法律服务社、市心理学会、市家政协会参加。\n{FILLER}",
        f"即墨区总工会近日走访了海泊社会工作服务中心等8家单位，了解情况。\n{FILLER}",
        FILLER,
    ],
)
def test_a_mention_is_none_of_theirs(text: str) -> None:
    found = whose(text, HAIPO, QIHENG)
    assert (found.applicant, found.question) == (None, "")
    assert all(naming.standing == "mention" for naming in found.namings)


def test_what_could_be_two_is_asked() -> None:
    text = f"海泊社会工作服务中心与工会签订协议。青岛市齐衡法律服务社同时进驻。\n{FILLER}"
    found = whose(text, HAIPO, QIHENG, title="海泊社工和青岛市齐衡法律服务社携手服务职工")
    assert found.applicant is None
    assert HAIPO.name in found.question
    assert QIHENG.name in found.question
    assert {naming.standing for naming in found.namings} == {"open"}


def test_the_title_decides_between_two() -> None:
    text = f"海泊社会工作服务中心与工会签订协议。青岛市齐衡法律服务社同时进驻。\n{FILLER}"
    assert whose(text, HAIPO, QIHENG, title="海泊社工进园区").applicant == "1"


@pytest.mark.parametrize(
    ("text", "applicant"),
    [
        ("四川省旺苍县职工服务中心建成了综合体。旺苍县职工服务中心还办了学堂。", "4"),
        ("旺苍县总工会职工服务中心建成了综合体。旺苍县总工会职工服务中心还办了学堂。", None),
        ("四川省旺苍县总工会积极联合县职工服务中心办学堂。旺苍县总工会还投入了资金。", "3"),
        ("旺苍县总工会和有关部门召开了会议。旺苍县总工会投入资金。", "3"),
    ],
)
def test_names_inside_longer_names(text: str, applicant: str | None) -> None:
    assert whose(text, UNION, CENTRE, title=None).applicant == applicant


def test_part_of_another_name_is_no_name() -> None:
    short = Applicant("5", "阳光社工", ("阳光社工",))
    assert whose("红阳光社工开展了活动。红阳光社工走进企业。", short, title=None).namings == ()
    assert whose("阳光社工开展了活动。阳光社工走进企业。", short, title=None).applicant == "5"


def test_a_place_left_out_and_a_short_form_count() -> None:
    tax = Applicant("6", "浙江省武义县税务局工会", ("浙江省武义县税务局工会",))
    text = f"武义县税务局工会整合资源。\n{FILLER}\n县税务局工会打造办税渠道。县税务局工会还设立平台。"
    found = whose(text, tax)
    assert (found.applicant, found.namings[0].times) == ("6", 3)
    assert whose(f"县税务局工会打造办税渠道。县税务局工会还设立平台。\n{FILLER}", tax).namings == ()


@pytest.mark.parametrize(
    ("name", "said", "is_told"),
    [
        ("温州市鹿城区丰门街道总工会", "丰门街道总工会", True),
        ("青岛市市北区海泊社会工作服务中心", "海泊社会工作服务中心", True),
        ("崂山区浮山社区工会联合会", "浮山社区工会联合会", True),
        ("青岛市市北区科技创新局工会", "科技创新局工会", False),
        ("青岛市市北区职工服务中心", "职工服务中心", False),
        ("青岛市市北区第二实验小学工会", "第二实验小学工会", False),
        ("青岛市李沧区总工会", "总工会", False),
    ],
)
def test_a_district_left_out(name: str, said: str, is_told: bool) -> None:
    text = f"{said}日前建起驿站。{said}还请来理发师。\n{FILLER}"
    assert whose(text, Applicant("6", name, (name,))).applicant == ("6" if is_told else None)


def test_a_name_that_is_only_common_words_is_not_cut() -> None:
    centre = Applicant("7", "杭州市职工服务中心", ("杭州市职工服务中心",))
    assert whose("职工服务中心建成了。职工服务中心办了学堂。", centre, title=None).namings == ()


def test_who_works_there_is_not_what_it_does() -> None:
    company = Applicant("8", "超竣电器制造有限公司", ("超竣电器制造有限公司",))
    found = whose(f"“很安心。”超竣电器制造有限公司职工彭飞霞说。\n{FILLER}", company)
    assert found.applicant is None


def test_the_articles_of_a_real_page(programme: Programme) -> None:
    units = [
        "丰门街道总工会", "杭州市临平区总工会", "嘉兴市秀洲区总工会", "杭州市职工服务中心", "宁波市奉化区总工会", "省检察院工会", "武义县税务局工会",
        "温州市鹿城区总工会", "武义县总工会", "武义县税务局", "浙江省总工会", "超竣电器制造(宁波奉化)有限公司",
    ]  # fmt: skip
    page = read_document((ROOT.parent / "shared" / "sources" / "003_56cfcd67497d7137.txt").read_bytes())
    found = attribute(articles_in(page, programme), [Applicant(unit, unit, (unit,)) for unit in units])
    assert [attribution.applicant for attribution in found] == [
        "丰门街道总工会", "杭州市临平区总工会", "嘉兴市秀洲区总工会", None, "宁波市奉化区总工会", "省检察院工会", "武义县税务局工会",
    ]  # fmt: skip
    assert all(attribution.sentence for attribution in found if attribution.applicant)


def test_sentences() -> None:
    assert sentences_of("“好！”他说。真的？\n 是的") == ("“好！”", "他说。", "真的？", "是的")


# Copies ----------------------------------------------------------------------------------------------------------------

LONG = (
    "青岛市海泊社会工作服务中心在墨河边建起驿站二十六个，服务户外劳动者四万余人次，满意率达到百分之九十八点六，职工有口皆碑。"
    + FILLER
)
OTHER = "青岛市海泊社会工作服务中心今年秋天在胶州湾畔又开出一条流动服务线，带着理发师、修鞋匠和医生走进二十多个工地，职工不出工地就能办事。"


def reported(*articles: Article) -> tuple:
    return reports_of(attribute(articles, (HAIPO, QIHENG)), REGISTRY)


def test_the_same_text_twice_is_one() -> None:
    (report,) = reported(article(LONG), article(LONG.replace("，", ",").replace("\n", "")))
    assert (report.index, report.copies) == (0, (1,))
    assert any("只计一次" in said for said in report.said)


def test_a_shortened_copy_under_the_same_title_is_one() -> None:
    (report,) = reported(article(LONG), article(LONG[: len(LONG) // 2] + OTHER))
    assert report.copies == (1,)


def test_different_reports_are_two() -> None:
    assert len(reported(article(LONG, "驿站建到河边"), article(OTHER, "流动服务进工地"))) == 2


def test_a_reprint_counts_as_its_source() -> None:
    copy = article(LONG, medium="工人日报", is_reprint=True)
    (report,) = reported(article(LONG, medium="青岛日报"), copy)
    assert report.attribution.article.medium == "工人日报"
    assert any("青岛日报" in said for said in report.said)


def test_one_report_in_two_media_counts_where_it_stood_first() -> None:
    later = Article("服务送到身边", LONG, Locator("p"), medium="工人日报", level="national", date="2023-07-08")
    (report,) = reported(later, article(LONG, medium="青岛日报"))
    assert (report.attribution.article.medium, report.index) == ("青岛日报", 1)


def test_without_days_the_lower_level_counts_and_a_person_is_asked() -> None:
    undated = [Article("服务送到身边", LONG, Locator("p"), medium=m, level=LEVELS[m]) for m in ("工人日报", "青岛日报")]
    (report,) = reported(*undated)
    assert report.attribution.article.medium == "青岛日报"
    assert any("首发" in said for said in report.said)


# Points ----------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def programme() -> Programme:
    return load_pack(ROOT / "templates" / "qingdao-social-organisations", with_letters=False)


def points(programme: Programme, *articles: Article) -> tuple[Decimal | None, tuple[str, ...]]:
    """What reports alone would give, and what is asked about them."""
    assert programme.media
    found = reports_of(attribute(articles, (HAIPO, QIHENG)), programme.media)
    press = Press(programme.media, "1", found)
    record = Record(programme.id, "application", {"media": Answer("media", [], "", None, 1.0)})
    proposals = propose(programme.rubrics[0], programme.measures, record, press)
    return next(one.points for one in proposals if one.criterion == "6.1"), tuple(asked(found, "1"))


def about(number: int, medium: str | None, **more: object) -> Article:
    # Texts that share nothing but the name.
    own = "".join(chr(0x4E00 + 97 * number + step * 31) for step in range(60))
    return article(f"青岛市海泊社会工作服务中心{own}。海泊社工{own}。", f"海泊社工第{number}条", medium, **more)


@pytest.mark.parametrize(
    ("media", "expected"),
    [
        ([], 0), (["青岛日报"], 1), (["大众日报"], 2), (["工人日报"], 3), (["青岛日报", "大众日报", "工人日报"], 6), (["工人日报"] * 4, 10), (["工人日报"] * 9, 10),
    ],
)  # fmt: skip
def test_points_by_level_and_their_cap(programme: Programme, media: list[str], expected: int) -> None:
    found, questions = points(programme, *(about(number, medium) for number, medium in enumerate(media)))
    assert (found, questions) == (expected, ())


def test_what_does_not_count_is_said(programme: Programme) -> None:
    below = Article("海泊社工在即墨", about(8, None).text, Locator("p"), medium="即墨区融媒体中心", is_below=True)
    found, questions = points(
        programme,
        about(1, "工人日报"),
        about(1, "工人日报"),
        about(2, "某某周刊", questions=("媒体“某某周刊”不在媒体名录里，请核对属哪一级",)),
        below,
        about(3, None, genre="commendation"),
        article("青岛市齐衡法律服务社调解纠纷。齐衡法律服务社派出律师。", "齐衡法律服务社"),
    )
    assert found == 3
    assert len(questions) == 3
    assert any("只计一次" in question for question in questions)
    assert any("某某周刊" in question for question in questions)
    assert any("即墨区融媒体中心" in question for question in questions)


def test_an_open_attribution_is_asked_and_gives_no_point(programme: Programme) -> None:
    text = f"海泊社会工作服务中心与工会签订协议。青岛市齐衡法律服务社同时进驻。\n{FILLER}"
    found, questions = points(programme, article(text, "海泊社工和青岛市齐衡法律服务社携手服务职工", "工人日报"))
    assert found == 0
    assert any("齐衡" in question for question in questions)


def test_every_level_of_the_registry_is_one_the_measure_counts(programme: Programme) -> None:
    measure = next(m for m in programme.measures if isinstance(m, ByPieces) and m.field == "media")
    assert programme.media
    assert {level.label for level in programme.media.levels} == {kind.label for kind in measure.kinds}
    assert [level.id for level in programme.media.levels] == ["municipal", "provincial", "national"]
