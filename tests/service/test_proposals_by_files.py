"""What is counted for the judges, by dropping files only: applications, a newspaper and scored sheets in; sheets to be filled in and a
comparison out. Points are held against the standard, counted apart from the rules."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook

from formflow.packs import load_pack
from support import offices
from support.draw_recommendation import MATERIALS, draw
from support.draw_recommendation_samples import COMPLETE
from support.judges import JUDGED, MOST, expected, judged
from support.workbooks_back import filled

YEAR = Path("社会组织服务职工优秀项目/2022年")
SHEETS = "评审/待填评分表"
STATION, COURT, CLASS = "“新驿站”户外劳动者关爱项目", "法律援助直通车（二期）", "泉城职工课堂"
FORMS: dict[str, dict[str, Any]] = {
    STATION: {
        **COMPLETE,
        "media": [
            ("青岛日报", "设区市级", "“新驿站”为户外劳动者送清凉", "2021年7月3日"),
            ("工人日报", "国家级", "社会组织服务职工有新招", "2021年9月8日"),
        ],
    },
    COURT: {
        **COMPLETE,
        "project_name": COURT, "organisation": "青岛市明法法律服务中心", "credit_code": "91350100M000100Y43", "satisfaction": "79",
        "media": [("大众日报", "省部级", "法律服务进工地", "2021年5月1日")] * 2, "attachments": MATERIALS[2:7],
        "exchanges": [("全国工会法律工作会议", "国家级", "2021年11月5日"), ("全省推进会", "省级", "2021年12月5日")],
    },
}  # fmt: skip
PAGE = """青岛日报　2021年7月3日　星期六　第4版　民生

“新驿站”为户外劳动者送清凉

本报讯（记者 高远）7月2日中午，环卫工人孙桂芳走进墨河边的“新驿站”，接过一杯绿豆汤。“现在有空调、有座位。”她说。
“新驿站”户外劳动者关爱项目由青岛市暖阳社会工作服务中心承接。目前已建成驿站18个，服务户外劳动者6200人次。
暖阳社会工作服务中心负责人介绍，下半年还将新建户外劳动者服务站20个。
"""
SECOND = """大众日报　2021年10月9日　星期六　第2版　要闻

户外劳动者有了温暖的家

本报讯（记者 梁毅）“新驿站”户外劳动者关爱项目由青岛市暖阳社会工作服务中心承接，秋天又添了三处站点。
青岛市暖阳社会工作服务中心的社工每天下午在站里值班，已服务户外劳动者9000人次。“新驿站”户外劳动者关爱项目明年还要走进园区。
"""


class Clock:
    at = datetime(2022, 3, 20, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))

    def __call__(self) -> datetime:
        return self.at


class Desk:
    """An office that works off what is dropped."""

    def __init__(self, office: Any, clock: Clock) -> None:
        self.office, self.clock = office, clock
        self.year = office.home.outbox / YEAR

    def drop(self, **files: bytes) -> list[tuple[str, str]]:
        from formflow.service.engine import work_off

        for name, data in files.items():
            offices.drop(self.office.home.root, data, name.replace("_DOT_", "."))
        return [(done.result, done.message) for done in work_off(self.office).done]

    def named(self, files: dict[str, bytes]) -> list[tuple[str, str]]:
        return self.drop(**{name.replace(".", "_DOT_"): data for name, data in files.items()})

    def sheet(self, unit: str) -> bytes:
        found: bytes = (self.year / SHEETS / f"{unit}.xlsx").read_bytes()
        return found

    def sheets(self) -> list[str]:
        return offices.names(self.year / SHEETS)

    def judge(self, unit: str, reviewer: str, **taken: int) -> tuple[str, str]:
        scores = {key: most - taken.get(f"c{key.replace('.', '_')}", 0) for key, most in MOST.items()}
        [done] = self.named({f"{reviewer} {unit}.xlsx": judged(self.sheet(unit), reviewer, scores)})
        return done

    def newest(self) -> bytes:
        [path] = sorted((self.year / "评审").glob("评分汇总（第*稿）.xlsx"))
        data: bytes = path.read_bytes()
        return data


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    clock = Clock()
    pack = load_pack(offices.TEMPLATES / "qingdao-social-organisations")
    with offices.office(tmp_path / "home", programmes=(pack,), now=clock) as office:
        desk = Desk(office, clock)
        done = desk.named({f"{unit[:4]}推荐表.docx": draw(values) for unit, values in FORMS.items()})
        assert [result for result, _ in done] == ["accepted"] * len(FORMS), done
        clock.at = clock.at.replace(month=11, day=20)
        yield desk


def page(data: bytes, title: str, head: str) -> list[dict[str, Any]]:
    rows = list(load_workbook(io.BytesIO(data), data_only=True)[title].iter_rows(values_only=True))
    heads = next(row for row in rows if head in row)
    return [dict(zip(heads, row, strict=True)) for row in rows[rows.index(heads) + 1 :]]


def proposed(data: bytes) -> dict[str, Any]:
    lines = page(data, "评分表", "得分")
    return {line["序号"]: line["测算建议分"] for line in lines if line["序号"] and line["测算建议分"] is not None}


def asked(data: bytes, criterion: str) -> str:
    return next(str(line["需核对"] or "") for line in page(data, "评分表", "得分") if line["序号"] == criterion)


STATION_POINTS = expected(MATERIALS, Decimal("96.5"), ["设区市级", "国家级"], ["设区市级"])
COURT_POINTS = expected(MATERIALS[2:7], Decimal(79), ["省部级"], ["国家级", "省级"])


def test_each_accepted_unit_has_a_sheet_with_what_the_standard_gives(desk: Desk) -> None:
    assert desk.sheets() == sorted(f"{unit}.xlsx" for unit in FORMS)
    assert proposed(desk.sheet(STATION)) == STATION_POINTS
    assert proposed(desk.sheet(COURT)) == COURT_POINTS
    assert "第2行与前面的一行相同" in asked(desk.sheet(COURT), "6.1")
    assert "表中所填，未见材料" in asked(desk.sheet(STATION), "6.1")


def test_a_newspaper_changes_the_sheet_of_the_unit_it_is_about_and_no_other(desk: Desk) -> None:
    before = offices.tree(desk.year / SHEETS)
    desk.named({"青岛日报2021年7月3日.txt": PAGE.encode()})
    after = offices.tree(desk.year / SHEETS)
    assert {name for name in before if before[name] != after[name]} == {f"{STATION}.xlsx"}
    # What the form lists and the paper shows is one report.
    assert proposed(desk.sheet(STATION)) == STATION_POINTS
    question = asked(desk.sheet(STATION), "6.1")
    assert "未见材料：《社会组织服务职工有新招》" in question
    assert "送清凉" not in question
    [working] = [line["计算过程"] for line in page(desk.sheet(STATION), "评分表", "得分") if line["序号"] == "6.1"]
    assert working.endswith("其中见到材料的1篇")
    clues = page(desk.sheet(STATION), "数据线索", "指标")
    assert {(line["数量"], line["单位"]) for line in clues} >= {("18", "个"), ("6200", "人次"), ("20", "个")}
    assert all(line["出自哪一篇"] == "“新驿站”为户外劳动者送清凉" for line in clues)


def test_a_report_the_form_leaves_out_counts_and_is_told(desk: Desk) -> None:
    desk.named({"大众日报2021年10月9日.txt": SECOND.encode()})
    assert proposed(desk.sheet(STATION))["6.1"] == STATION_POINTS["6.1"] + 2
    assert "《户外劳动者有了温暖的家》（大众日报）表中没有填，已计入" in asked(desk.sheet(STATION), "6.1")


def test_scored_sheets_come_back_and_the_summary_compares(desk: Desk) -> None:
    desk.named({"青岛日报2021年7月3日.txt": PAGE.encode()})
    assert desk.judge(STATION, "陈安") == ("scored", "陈安评 100 分，计入汇总")
    assert desk.judge(STATION, "李晓雯", c1_1=1, c6_1=6)[0] == "scored"
    assert desk.judge(COURT, "陈安", c5_1=4)[0] == "scored"
    lines = {(line["单位"], line["序号"]): line for line in page(desk.newest(), "测算对照", "测算建议分")}
    assert {key for unit, key in lines if unit == STATION} == set(MOST)
    for unit, points in ((STATION, STATION_POINTS), (COURT, COURT_POINTS)):
        told = {key: lines[unit, key]["测算建议分"] for key in MOST}
        assert told == {key: points.get(key) for key in MOST}
    assert (lines[STATION, "1.1"]["评分人平均"], lines[STATION, "1.1"]["平均减建议"]) == (9.5, -0.5)
    assert (lines[STATION, "6.1"]["评分人平均"], lines[STATION, "6.1"]["平均减建议"]) == (7, 3)
    assert (lines[COURT, "5.1"]["评分人平均"], lines[COURT, "5.1"]["平均减建议"]) == (6, 0)
    assert {lines[STATION, key]["计算过程"] for key in JUDGED} == {"由评分人判断"}


def totals(data: bytes) -> list[tuple[Any, ...]]:
    lines = page(data, "汇总", "拟命名")
    return [(line["单位"], line["名次"], line["总分"], line["拟命名"], line["份数"]) for line in lines]


def test_what_is_proposed_changes_no_score_no_rank_and_no_decision(desk: Desk) -> None:
    for unit in FORMS:
        desk.judge(unit, "陈安", c1_1=1)
    before = totals(desk.newest())
    desk.named({"青岛日报2021年7月3日.txt": PAGE.encode(), "大众日报2021年10月9日.txt": SECOND.encode()})
    lines = {(line["单位"], line["序号"]): line for line in page(desk.newest(), "测算对照", "测算建议分")}
    assert lines[STATION, "6.1"]["测算建议分"] == STATION_POINTS["6.1"] + 2
    assert totals(desk.newest()) == before


def test_a_sheet_nobody_scored_is_returned_not_counted(desk: Desk) -> None:
    [(result, message)] = desk.named({"空表.xlsx": judged(desk.sheet(STATION), "陈安", {})})
    assert result == "returned", message
    told = {unit: (total, sheets) for unit, _, total, _, sheets in totals(desk.newest())}
    assert told[STATION] == (None, 0)


def test_nothing_is_made_again_while_nothing_changes(desk: Desk) -> None:
    from formflow.register import models as rows
    from formflow.service.workbooks import renew

    before = rows.Publication.objects.count()
    again = desk.named({"又一份.docx": draw(FORMS[STATION])})
    assert [result for result, _ in again] == ["duplicate"]
    assert renew(desk.office) == 0
    of_sheets = rows.Publication.objects.filter(series__startswith="score_sheets/")
    assert of_sheets.count() == len(FORMS)
    assert rows.Publication.objects.count() >= before


def test_a_corrected_form_renews_its_sheet_and_one_that_falls_short_takes_it_back(desk: Desk) -> None:
    better = draw({**FORMS[COURT], "satisfaction": "92"})
    assert desk.named({"改好的.docx": better})[0][0] == "accepted"
    assert proposed(desk.sheet(COURT))["5.1"] == 10
    worse = draw({**FORMS[COURT], "satisfaction": ""})
    assert desk.named({"又改的.docx": worse})[0][0] == "supplement"
    assert desk.sheets() == [f"{STATION}.xlsx"]
    assert desk.named({"再改的.docx": draw({**FORMS[COURT], "satisfaction": "85"})})[0][0] == "accepted"
    assert proposed(desk.sheet(COURT))["5.1"] == 8


def test_a_sheet_that_was_filled_in_on_the_spot_is_left_alone(desk: Desk) -> None:
    path = desk.year / SHEETS / f"{STATION}.xlsx"
    by_hand = judged(path.read_bytes(), "陈安", MOST)
    path.write_bytes(by_hand)
    desk.named({"青岛日报2021年7月3日.txt": PAGE.encode()})
    assert path.read_bytes() == by_hand
    assert len(desk.sheets()) == len(FORMS) + 1


def test_who_was_scored_is_not_handed_out_again_the_year_after(desk: Desk) -> None:
    """What was applied for a year ago and nobody scored still is."""
    assert desk.judge(STATION, "陈安")[0] == "scored"
    desk.clock.at = desk.clock.at.replace(year=2023, month=3)
    form = draw({**COMPLETE, "project_name": CLASS, "opinion_date": "2022年12月30日"})
    assert desk.named({"新的推荐表.docx": form})[0][0] == "accepted"
    assert desk.sheets() == sorted(f"{unit}.xlsx" for unit in FORMS)
    after = desk.year.parent / "2023年" / SHEETS
    assert offices.names(after) == sorted(f"{unit}.xlsx" for unit in (COURT, CLASS))


def test_who_was_decided_on_needs_no_sheet_any_more(desk: Desk) -> None:
    for unit in FORMS:
        assert desk.judge(unit, "陈安")[0] == "scored"
    decision = {STATION: {"拟命名": "是"}, COURT: {"拟命名": ""}}
    [(result, message)] = desk.named({"评分汇总.xlsx": filled(desk.newest(), decision, "单位", "张科长")})
    assert result == "decided", message
    assert desk.sheets() == [f"{COURT}.xlsx"]
