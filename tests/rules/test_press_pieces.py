"""What the form says of press reports beside the reports that were handed in: who counts, by which level, and what is asked."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest

from formflow.model.document import Locator
from formflow.model.evidence import Article, Attribution, Report
from formflow.model.measures import Press, Proposal
from formflow.model.record import Answer, Record
from formflow.rules.measured import propose
from support.office import packs

QINGDAO = next(programme for programme in packs() if programme.id == "qingdao-social-organisations")
assert QINGDAO.media
REGISTRY = QINGDAO.media
# Points a piece, by what the standard prints.
POINTS = {"设区市级": 1, "省部级": 2, "国家级": 3}
LEVEL_IDS = {"青岛日报": "municipal", "大众日报": "provincial", "工人日报": "national"}


def row(medium: str | None, title: str | None, level: str | None = None) -> dict[str, str | None]:
    labels = {"青岛日报": "设区市级", "大众日报": "省部级", "工人日报": "国家级"}
    return {"medium": medium, "level": level or labels.get(medium or ""), "title": title, "date": "2022年3月1日"}


def report(medium: str | None, title: str, **more: object) -> Report:
    said = more.pop("said", ())
    applicant = more.pop("applicant", "our")
    article = Article(title, "正文。", Locator("p"), medium=medium, level=LEVEL_IDS.get(medium or ""), **more)  # type: ignore[arg-type]
    return Report(Attribution(article, applicant), 0, (), said)  # type: ignore[arg-type]


def proposal(rows: list[dict[str, str | None]], *reports: Report, looked: bool = True) -> Proposal:
    record = Record(QINGDAO.id, "application", {"media": Answer("media", rows, "", None, 1.0)})
    press = Press(REGISTRY, "our", reports if looked else None)
    found = propose(QINGDAO.rubrics[0], QINGDAO.measures, record, press)
    return next(one for one in found if one.criterion == "6.1")


def test_a_report_that_both_tell_of_is_one_piece() -> None:
    one = proposal([row("青岛日报", "服务送到身边")], report("青岛日报", "服务送到身边"))
    assert (one.points, one.working, one.questions) == (1, "设区市级1×1 = 1分；都见到了材料", ())


@pytest.mark.parametrize(
    "title",
    ["《服务送到身边》", "服务 送到身边", "服务送到身边——记海泊社工", "服务送到身边！", "职工之家|服务送到身边"],
)
def test_a_headline_written_otherwise_is_the_same(title: str) -> None:
    one = proposal([row("青岛日报", title)], report("青岛日报", "服务送到身边"))
    assert (one.points, one.questions) == (1, ())


def test_a_headline_that_is_only_like_it_is_asked_about() -> None:
    one = proposal([row("青岛日报", "把贴心服务送到职工群众的身边")], report("青岛日报", "把贴心服务送到职工群众身旁"))
    assert one.points == 1
    assert ["标题相近" in question for question in one.questions] == [True]


@pytest.mark.parametrize(
    ("listed", "shown"), [("服务送到身边系列之一", "服务送到身边系列之二"), ("暖心驿站（上）", "暖心驿站（下）"), ("2022年托管班开班", "2023年托管班开班")]
)  # fmt: skip
def test_parts_of_a_series_are_reports_of_their_own(listed: str, shown: str) -> None:
    assert proposal([row("青岛日报", listed)], report("青岛日报", shown)).points == 2


def test_the_very_headline_goes_before_one_that_is_like_it() -> None:
    rows = [row("青岛日报", "把贴心服务送到职工群众身旁"), row("青岛日报", "把贴心服务送到职工群众身边")]
    one = proposal(rows, report("青岛日报", "把贴心服务送到职工群众身边"))
    assert one.points == 2
    assert one.questions == ("表中所填，未见材料：《把贴心服务送到职工群众身旁》",)


def test_a_part_of_a_headline_is_asked_about() -> None:
    one = proposal([row("青岛日报", "工会服务职工")], report("青岛日报", "工会服务职工优秀项目发布"))
    assert one.points == 1
    assert ["标题相近" in question for question in one.questions] == [True]


def test_another_headline_is_another_report() -> None:
    one = proposal([row("青岛日报", "法律服务进工地")], report("青岛日报", "服务送到身边"))
    assert one.points == 2
    assert one.working.endswith("其中见到材料的1篇")
    assert any(question == "表中所填，未见材料：《法律服务进工地》" for question in one.questions)
    assert any("《服务送到身边》（青岛日报）表中没有填，已计入" in question for question in one.questions)


def test_another_name_of_a_medium_is_the_medium() -> None:
    one = proposal(
        [row("人民网", "服务送到身边", "国家级")], replace_level(report("人民日报", "服务送到身边"), "national")
    )
    assert (one.points, one.questions) == (3, ())


def replace_level(one: Report, level: str) -> Report:
    article = replace(one.attribution.article, level=level)
    return replace(one, attribution=replace(one.attribution, article=article))


def test_the_paper_goes_before_the_form() -> None:
    one = proposal([row("工人日报", "服务送到身边")], report("青岛日报", "服务送到身边"))
    assert one.points == 1
    assert any("表中写的媒体是“工人日报”" in question for question in one.questions)
    assert any("是设区市级，按材料计" in question for question in one.questions)


def test_of_two_reports_with_one_headline_each_row_finds_its_own() -> None:
    rows = [row("工人日报", "服务送到身边"), row("青岛日报", "服务送到身边")]
    one = proposal(rows, report("青岛日报", "服务送到身边"), report("工人日报", "服务送到身边"))
    assert (one.points, one.questions) == (4, ())


def test_a_reprint_that_the_form_lists_apart_counts_once() -> None:
    rows = [row("大众日报", "服务送到身边"), row("青岛日报", "服务送到身边")]
    said = ("“大众日报”刊登的是同一篇报道，只计一次，按“青岛日报”计",)
    one = proposal(rows, report("青岛日报", "服务送到身边", said=said))
    assert one.points == 1
    assert any("第1行“大众日报”" in question and "只计一次" in question for question in one.questions)


def test_one_headline_in_two_media_without_a_paper_is_asked_about() -> None:
    one = proposal([row("大众日报", "服务送到身边"), row("青岛日报", "服务送到身边")])
    assert one.points == 3
    assert any("第2行与第1行标题相同" in question for question in one.questions)


def test_a_row_that_is_repeated_or_not_whole_counts_nothing() -> None:
    rows = [row("青岛日报", "一"), row("青岛日报", "一"), row(None, "二", "设区市级"), row("青岛日报", None)]
    one = proposal(rows)
    assert one.points == 1
    assert {question[:3] for question in one.questions} == {"第2行", "第3行", "第4行", "表中所"}


def test_a_row_without_a_medium_is_whole_with_its_paper() -> None:
    one = proposal([row(None, "服务送到身边")], report("大众日报", "服务送到身边"))
    assert one.points == 2


def test_the_registry_knows_a_level_better_than_the_form() -> None:
    one = proposal([row("青岛日报", "一", "国家级")], looked=False)
    assert one.points == 1
    assert any("媒体名录里“青岛日报”是设区市级" in question for question in one.questions)


def test_a_medium_nobody_knows_counts_as_the_form_says_and_is_asked_about() -> None:
    one = proposal([row("某某周刊", "一", "省部级")], looked=False)
    assert one.points == 2
    assert one.questions == ("媒体“某某周刊”不在媒体名录里，级别按表中所填计",)
    several = proposal(
        [row("甲周刊", "一", "省部级"), row("乙网", "二", "设区市级"), row("甲周刊", "三", "省部级")], looked=False
    )
    assert several.questions == ("媒体“甲周刊”、“乙网”不在媒体名录里，级别按表中所填计",)


def test_a_medium_beneath_all_levels_counts_nothing() -> None:
    one = proposal([row("即墨区融媒体中心", "一", "设区市级")])
    assert one.points == 0
    assert any("不属于计分的媒体级别" in question for question in one.questions)
    shown = proposal([row("青岛日报", "一")], report("即墨区融媒体中心", "一", is_below=True))
    assert shown.points == 0


def test_a_paper_of_unknown_level_counts_as_the_form_says_and_is_asked_about() -> None:
    asked = "媒体“某某周刊”不在媒体名录里，请核对属哪一级"
    known = proposal([row("某某周刊", "一", "省部级")], report("某某周刊", "一", questions=(asked,)))
    assert known.points == 2
    assert any(asked in question for question in known.questions)
    unlisted = proposal([], report("某某周刊", "一", questions=(asked,)))
    assert unlisted.points == 0
    assert any(asked in question for question in unlisted.questions)


def test_a_level_in_words_of_no_kind_is_asked_about() -> None:
    one = proposal([row("某某周刊", "一", "副省级")])
    assert one.points == 0
    assert any("第1行的级别写的是“副省级”" in question for question in one.questions)


def test_commendations_and_reports_about_others_are_left_out() -> None:
    one = proposal(
        [], report("青岛日报", "一", applicant="other"), report("青岛日报", "二", genre="commendation"), looked=True
    )
    assert (one.points, one.working, one.questions) == (0, "没有填写，不得分", ())


def test_what_else_the_papers_raise_is_asked() -> None:
    record = Record(QINGDAO.id, "application", {"media": Answer("media", [], "", None, 1.0)})
    press = Press(REGISTRY, "our", (), ("《一》没有计入：请核对以哪家为主",))
    found = {one.criterion: one for one in propose(QINGDAO.rubrics[0], QINGDAO.measures, record, press)}
    assert (found["6.1"].points, found["6.1"].questions) == (0, press.questions)
    assert not found["7.1"].questions


def test_nobody_has_looked_for_papers() -> None:
    one = proposal([row("青岛日报", "一")], looked=False)
    assert (one.working, one.questions) == ("设区市级1×1 = 1分", ())


def test_points_against_an_independent_count() -> None:
    """Every mix of rows and papers with headlines of their own: all of both count once, up to ten."""
    media = ("青岛日报", "大众日报", "工人日报")
    worth = dict(zip(media, (1, 2, 3), strict=True))
    titles = [f"第{one}{two}条" for one, two in pairwise("甲乙丙丁戊己庚辛壬癸子")]
    for number in range(64):
        on_form = [(media[(number + at) % 3], title) for at, title in enumerate(titles) if number >> (at % 6) & 1]
        shown = [(media[(number * at) % 3], title) for at, title in enumerate(titles) if (number + at) % 4 == 0]
        told = {title: medium for medium, title in on_form} | {title: medium for medium, title in shown}
        expected = min(10, sum(worth[medium] for medium in told.values()))
        rows = [row(medium, title) for medium, title in on_form]
        found = proposal(rows, *(report(medium, title) for medium, title in shown))
        assert found.points == Decimal(expected), number
