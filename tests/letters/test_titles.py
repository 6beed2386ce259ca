"""Titles are broken between words, as 梯形 or 菱形, whatever they are about."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formflow.letters.titles import break_title, is_shapely

# Titles with every place marked where a reader of Chinese would end a line (or could bear to).
MARKED = """
南通市总工会/关于/开展/职工/服务/中心/赋能/创优/活动/的通知
南通市总工会/关于/命名/2026年度/优秀/职工/服务/中心/的决定
南通市总工会/关于/2026年度/职工/服务/中心/赋能/创优/未完成/申报/情况/的通报
关于/2026年度/优秀/职工/服务/中心/拟命名/名单/的公示
关于/延长/职工/服务/中心/赋能/创优/建设/期限/的通知
北京市总工会/关于/命名/2013—2014年度/市级/模范/职工之家/的决定
北京市总工会/关于/开展/会员/评议/职工之家/活动/的实施/意见
旺苍县总工会/关于/表彰/提升/职工/生活/品质/示范/单位/的通报
青岛市总工会/关于/拨付/2021年度/社会/组织/服务/职工/优秀/项目/补助/资金/的通知
青岛市总工会/关于/公布/社会/组织/服务/职工/优秀/项目/推荐/名单/的通知
中华全国总工会/关于/表彰/全国/模范/职工之家/ 全国/模范/职工/小家/ 全国/优秀/工会/工作者/的决定
中华全国总工会/关于/授予/2026年/全国/五一/劳动奖/和/全国/工人/先锋号/的决定
江苏省总工会/关于/印发/《江苏省/工会/经费/收支/管理/办法/实施/细则》/的通知
江苏省总工会/关于/修订/《江苏省/工会/困难/职工/帮扶/资金/管理/办法》/的通知
山东省总工会/关于/命名/第三批/“山东省劳模和工匠人才创新工作室”/的决定
山西省总工会/关于/命名/2024年度/劳模/创新/工作室/的决定
四川省总工会/关于/表彰/提升/职工/生活/品质/试点/工作/先进/单位/的通报
湖北省总工会/关于/2021年度/荆楚工匠/拟表彰/对象/的公示
全国总工会办公厅/关于/公布/2025年/全国/劳模/工匠/创新/工作室/名单/的通知
南通市总工会办公室/关于/报送/2026年度/工会/统计/年报/和/经费/决算/的通知
南通市总工会/关于/调整/市/职工/技能/竞赛/组织/委员会/成员/的通知
南通市总工会/关于/加强/新就业形态/劳动者/权益/维护/工作/的意见
南通市总工会/关于/推荐/评选/2026年/市/五一/劳动奖状/ 劳动奖章/ 工人/先锋号/的通知
南通市总工会/关于/进一步/加强/基层/工会/规范化/建设/的实施/意见
关于/同意/白鹭镇/职工/服务/中心/延期/验收/的批复
关于/同意/海安市曲塘镇/职工/服务/中心/延长/建设/期限/的批复
海安市总工会/关于/推荐/曲塘镇/职工/服务/中心/参加/命名/验收/的请示
如皋市总工会/关于/申请/追加/职工/服务/中心/建设/补助/资金/的请示
启东市总工会/关于/2026年/职工/服务/中心/建设/情况/的报告
南通市总工会/关于/做好/2026年/元旦/春节/期间/送温暖/工作/的通知
南通市总工会/关于/举办/第八届/全市/职工/职业/技能/大赛/的通知
南通市总工会/关于/开展/2026年/夏季/“送清凉”/活动/的通知
南通市总工会/关于/组织/开展/劳模/疗休养/活动/有关/事项/的通知
南通市总工会/关于/转发/《江苏省总工会/关于/做好/困难/职工/帮扶/工作/的意见》/的通知
南通市总工会/关于/印发/《2026年全市工会工作要点》/的通知
南通市总工会/关于/撤销/部分/单位/“模范职工之家”/称号/的决定
南通市总工会/关于/2026年/第一批/职工/服务/中心/考核/结果/的通报
南通市总工会/关于/召开/十三届/四次/全体/委员/会议/的通知
南通市总工会/关于/张三/等/同志/任职/的通知
南通市总工会/关于/限期/整改/会员/评议/不满意/问题/的通知
南通市总工会/关于/下达/2026年/县级/工会/补助/资金/预算/的通知
南通市总工会/关于/命名/2026年度/“职工书屋”/示范点/的决定
南通市总工会/关于/成立/南通市职工文化体育协会/的批复
关于/2026年度/市级/模范/职工之家/ 模范/职工/小家/拟表彰/名单/的公示
关于/报送/职工/服务/中心/赋能/创优/申报/材料/的补充/通知
关于/做好/职工/服务/中心/满意度/测评/工作/的函
关于/商请/协助/提供/社会/组织/登记/信息/的函
关于/2026年度/补助/资金/使用/情况/的审计/报告
关于/开展/全市/工会/资产/清查/工作/的通知
关于/成立/职工/服务/中心/赋能/创优/工作/领导/小组/的通知
南通市总工会/ 南通市财政局/关于/印发/《职工/服务/中心/建设/补助/资金/管理/办法》/的通知
南通市总工会/ 南通市人力资源和社会保障局/关于/开展/2026年/全市/职工/技能/竞赛/的通知
中共南通市委/关于/加强/和/改进/新时代/工会/工作/的实施/意见
国务院办公厅/关于/2027年/部分/节假日/安排/的通知
崇川区总工会/关于/2026年/一季度/职工/服务/中心/申报/工作/的情况/报告
通州湾示范区总工会/关于/认定/区级/职工/服务/中心/的决定
海门区/三厂/工业/园区/总工会/关于/申请/列入/赋能/创优/试点/的请示
南通市总工会/关于/深化/“互联网+”/工会/普惠/服务/工作/的指导/意见
南通市总工会/关于/2022—2024年/职工/服务/中心/赋能/创优/活动/总结/表彰/的决定
南通市总工会/关于/聘任/第二届/职工/法律/援助/律师/的通知
南通市总工会/关于/做好/户外/劳动者/服务/站点/建设/和/管理/工作/的通知
南通市总工会/关于/取消/白鹭镇/职工/服务/中心/“优秀职工服务中心”/称号/的决定
南通市总工会/关于/推迟/2026年度/职工/服务/中心/考查/评估/时间/的通知
南通市总工会/关于/全市/工会/开展/“学习二十大、建功新征程”/主题/活动/的通知
"""
TITLES = tuple(line for line in MARKED.splitlines() if line)


def widths(lines: tuple[str, ...]) -> list[float]:
    """In characters, by hand: half-width ones count a half."""
    return [sum(0.5 if char.isascii() else 1 for char in line) for line in lines]


def places(marked: str) -> set[int]:
    """Where the title without spaces may be broken."""
    found, place = set(), 0
    for part in marked.split("/"):
        place += len(part.replace(" ", ""))
        found.add(place)
    return found


def test_there_are_enough_of_them() -> None:
    assert len(TITLES) >= 60
    assert len(set(TITLES)) == len(TITLES)


@pytest.mark.parametrize("marked", TITLES)
def test_lines_end_where_words_end(marked: str) -> None:
    title = marked.replace("/", "")
    lines = break_title(title)
    assert "".join(lines).replace(" ", "") == title.replace(" ", "")
    ends, allowed = 0, places(marked)
    for line in lines[:-1]:
        ends += len(line.replace(" ", ""))
        assert ends in allowed, lines
    for line in lines[1:]:
        assert line[0] not in "的和与及等、）》”"
    assert not any(line[-1] in "《“（" for line in lines)


@pytest.mark.parametrize("marked", TITLES)
def test_lines_make_a_trapezium_or_a_rhombus(marked: str) -> None:
    lines = break_title(marked.replace("/", ""))
    wide = widths(lines)
    assert max(wide) <= 20
    assert len(lines) <= 3
    if len(lines) == 1:
        return
    assert min(wide) > 2
    steps = [b - a for a, b in pairwise(wide)]
    assert all(steps)
    assert not any(a < 0 < b for a, b in pairwise(steps)), "an hourglass"


def test_a_title_that_fits_is_one_line() -> None:
    assert break_title("关于同意白鹭镇职工服务中心延期验收的批复") == ("关于同意白鹭镇职工服务中心延期验收的批复",)


def test_forced_breaks_are_kept() -> None:
    assert break_title("关于活动\n的通知") == ("关于活动", "的通知")


def test_names_that_are_given_stay_whole() -> None:
    title = "南通市总工会关于同意荆楚绿洲之心中心延长建设期限的批复"
    name = "荆楚绿洲之心中心"
    assert any(name in line for line in break_title(title, (name,)))


@pytest.mark.parametrize(
    "title",
    [
        "南通市总工会关于开展《职工之友手册》学习宣传活动的通知",
        "南通市总工会关于命名“职工书屋示范点”和“职工之家示范点”的决定",
        "南通市总工会关于修改《工会经费管理办法》有关条款的通知",
    ],
)
def test_titles_within_a_title_are_not_torn(title: str) -> None:
    lines = break_title(title)
    assert "".join(lines) == title
    for line in lines:
        assert line.count("《") == line.count("》")
        assert line.count("“") == line.count("”")


def test_a_space_between_honours_is_a_place_to_break_and_goes() -> None:
    lines = break_title("中华全国总工会关于表彰全国模范职工之家 全国模范职工小家 全国优秀工会工作者的决定")
    assert not any(line.startswith(" ") or line.endswith(" ") for line in lines)


@given(st.text(alphabet="职工服务中心关于的和《》“”、2026甲乙丙丁", min_size=1, max_size=200))
def test_any_text_is_kept_whole_and_fits(text: str) -> None:
    lines = break_title(text)
    assert "".join(lines) == text
    assert all(sum(0.6 if char.isascii() else 1 for char in line) <= 20 + 1e-6 for line in lines)


@pytest.mark.parametrize(
    ("lines", "good"),
    [
        ([10, 15], True),
        ([15, 10], True),
        ([8, 15, 9], True),
        ([15, 8, 15], False),
        ([10, 10], False),
        ([18, 2], False),
        ([6], True),
    ],
)
def test_what_is_shapely(lines: list[float], good: bool) -> None:
    assert is_shapely(lines) is good


def test_a_paragraph_in_a_titles_style_is_filled_line_by_line() -> None:
    text = "南通市总工会关于做好户外劳动者服务站点建设和管理工作以及职工服务中心申报验收命名表彰工作有关事项的通知" * 8
    lines = break_title(text)
    assert "".join(lines) == text
    assert max(widths(lines)) <= 20
    assert len(lines) <= len(text) / 15
    assert not any(line.startswith("务") for line in lines)
