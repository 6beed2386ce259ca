"""Lists of honours that stand in the text of a paper, not in a table."""

from __future__ import annotations

import pytest

from formflow.forms.honours import honours_lists
from formflow.model.honours import Honour
from formflow.reading import read_document
from support.honours_lists import word
from support.office import packs

HEAD = (
    "青岛市总工会文件",
    "青工发〔2023〕12号",
    "青岛市总工会关于命名2023年度青岛市工会联系引导社会组织服务职工优秀项目的决定",
    "各区市总工会：",
)
TAIL = ("青岛市总工会", "2023年12月8日")
LIST = "2023年度青岛市工会联系引导社会组织服务职工优秀项目名单"


def told(*paragraphs: str) -> tuple[Honour, ...]:
    return tuple(h for found in honours_lists(read_document(word(*paragraphs)), packs()) for h in found.honours)


@pytest.mark.parametrize(
    "line",
    [
        "甲服务中心：暖心驿站（二期）",
        "暖心驿站（二期）——甲服务中心",
        "暖心驿站（二期）（甲服务中心）",
        "甲服务中心　　暖心驿站（二期）",
    ],
)
def test_a_stage_in_brackets_is_no_organisation(line: str) -> None:
    (honour,) = told(*HEAD, *TAIL, LIST, f"1.{line}")
    assert (honour.project, honour.organisation) == ("暖心驿站（二期）", "甲服务中心")


PROSE = "经研究，决定命名{}为青岛市工会联系引导社会组织服务职工优秀项目。"


@pytest.mark.parametrize(
    "named",
    [
        "“暖心驿站”（甲服务中心）、“法律讲堂（二期）”（乙（社区）服务中心）等2个项目",
        "甲服务中心“暖心驿站”项目和乙（社区）服务中心实施的“法律讲堂（二期）”",
        "甲服务中心承接的《暖心驿站》、乙（社区）服务中心《法律讲堂（二期）》等二个项目",
    ],
)
def test_honours_conferred_in_a_sentence(named: str) -> None:
    honours = told(*HEAD, PROSE.format(named), *TAIL)
    assert [(h.project, h.organisation, h.level, h.date, h.document, h.doubts) for h in honours] == [
        ("暖心驿站", "甲服务中心", "municipal", "2023-12-08", "青工发〔2023〕12号", ()),
        ("法律讲堂（二期）", "乙（社区）服务中心", "municipal", "2023-12-08", "青工发〔2023〕12号", ()),
    ]


def test_a_sentence_that_counts_more_than_it_names_is_asked_about() -> None:
    (honour,) = told(*HEAD, PROSE.format("“暖心驿站”（甲服务中心）等3个项目"), *TAIL)
    assert honour.doubts


def test_sentences_confer_each_their_own_level() -> None:
    title = "青岛市总工会关于表彰工会联系引导社会组织服务职工优秀项目的通报"
    text = "授予“甲项目”全国优秀项目称号；授予“乙项目”山东省优秀项目称号；授予“丙项目”济南市优秀项目称号。"
    levels = [(honour.project, honour.level) for honour in told(title, text, *TAIL)]
    assert levels == [("甲项目", "national"), ("乙项目", "provincial"), ("丙项目", None)]


@pytest.mark.parametrize(
    "paragraphs",
    [
        (
            "“暖心驿站”获评优秀项目",
            "本报讯 近日，“暖心驿站”（甲服务中心）被评为青岛市工会联系引导社会组织服务职工优秀项目。",
        ),
        ("甲服务中心工作总结", "“暖心驿站”被青岛市总工会命名为青岛市工会联系引导社会组织服务职工优秀项目。"),
    ],
)
def test_who_only_tells_of_honours_confers_none(paragraphs: tuple[str, ...]) -> None:
    assert told(*paragraphs) == ()


@pytest.mark.parametrize(
    ("title", "is_held"),
    [
        ("2023年度青岛市工会联系引导社会组织服务职工优秀项目拟命名名单", True),
        ("关于2023年度山东省优秀项目的公示", True),
        ("青岛市推荐全国优秀项目候选名单", True),
        ("2023年度优秀项目推荐汇总表", True),
        ("2023年度优秀项目推荐及获评情况一览表", False),
        ("2023年度优秀项目补助资金公示表", False),
        ("2023年度优秀项目荣誉汇总表", False),
    ],
)
def test_candidates_are_not_honoured_yet(title: str, is_held: bool) -> None:
    heads = ["项目名称", "实施单位", "级别", "命名时间"]
    data = word(title, [heads, ["暖心驿站", "甲中心", "山东省", "2023-05-06"]])
    (found,) = honours_lists(read_document(data), packs())
    assert [bool(honour.doubts) for honour in found.honours] == [is_held]


def test_headings_inside_a_table_tell_the_level_without_a_column_of_levels() -> None:
    rows = [
        ["项目名称", "命名时间"],
        ["一、全国优秀项目", ...],
        ["甲项目", "2023-05-06"],
        ["二、青岛市优秀项目", ...],
        ["乙项目", "2023-05-07"],
    ]
    (found,) = honours_lists(read_document(word(rows)), packs())
    assert [(h.project, h.level) for h in found.honours] == [("甲项目", "national"), ("乙项目", "municipal")]


def test_honour_and_day_in_one_column() -> None:
    rows = [["项目名称", "实施单位", "所获荣誉及时间"], ["甲项目", "甲中心", "2022年3月1日被评为全国工会联系引导社会组织服务职工优秀项目"],
            ["乙项目", "乙中心", "青岛市优秀项目（2023年4月）"]]  # fmt: skip
    (found,) = honours_lists(read_document(word(rows)), packs())
    assert [(h.level, h.date) for h in found.honours] == [("national", "2022-03-01"), ("municipal", "2023-04")]
