"""What follows, and which case a paper belongs to."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formflow.model.case import CaseKey
from formflow.model.finding import Finding
from formflow.rules.decide import case_key, decide, folder_name, unit_key, unit_names
from support.programme_values import programme, record


def finding(severity: str) -> Finding:
    return Finding("missing", "site", severity, "没有填写", "附件一")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("severities", "outcome"),
    [
        ([], "accepted"),
        (["review", "info"], "accepted"),
        (["error"], "supplement"),
        (["review", "error"], "supplement"),
    ],
)
def test_only_an_error_holds_an_application_back(severities: list[str], outcome: str) -> None:
    decision = decide(map(finding, severities))
    assert decision.outcome == outcome
    assert len(decision.findings) == len(severities)


def test_what_was_read_unsurely_comes_before_a_person_whatever_else_is_wrong() -> None:
    doubt = Finding("low_confidence", "site", "review", "把握不大", "附件一")
    assert decide([doubt]).outcome == "review"
    decision = decide([finding("error"), doubt, finding("review")])
    assert decision.outcome == "review"
    assert decision.doubts == (doubt,)


def key(**values: Any) -> CaseKey | None:
    return case_key(programme(), record(**values), date(2025, 6, 1))


def test_a_case_is_told_by_the_pack_rule() -> None:
    assert key() == CaseKey(
        programme_id="demo",
        year=2022,
        unit="清溪镇职工服务中心",
        unit_key="清溪镇职工服务中心",
        folder="清溪镇",
        names=("清溪镇职工服务中心", "清溪镇"),
        telling_folder="清溪镇（清溪镇职工服务中心）",
    )


def test_the_first_name_that_was_filled_in_counts() -> None:
    given = key(name="待补充")
    assert given is not None
    assert (given.unit, given.folder, given.names) == ("清溪镇", "清溪镇", ("清溪镇",))
    given = key(site=None)
    assert given is not None
    assert (given.unit, given.folder) == ("清溪镇职工服务中心", "清溪镇职工服务中心")
    assert given.telling_folder == ""


def test_the_names_a_paper_gives_its_unit_each_once_as_written() -> None:
    assert unit_names(programme(), record()) == ("清溪镇职工服务中心", "清溪镇")
    assert unit_names(programme(), record(name=" 清溪镇 ", site="清溪镇")) == ("清溪镇",)
    assert unit_names(programme(), record(name="待补充", site=None)) == ()


@pytest.mark.parametrize("nobody", [None, "", "／", "待补充", "无", "（）", "名称"])
def test_no_name_no_case(nobody: str | None) -> None:
    assert key(name=nobody, site=nobody) is None


@pytest.mark.parametrize(
    ("values", "year"),
    [
        ({}, 2022),
        ({"signed_on": None, "start": "2023-01"}, 2023),
        ({"signed_on": None, "start": None}, 2025),
        ({"signed_on": "三月"}, 2022),
    ],
)
def test_the_year_of_the_cycle(values: dict[str, Any], year: int) -> None:
    given = key(**values)
    assert given is not None
    assert given.year == year


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("清溪镇职工服务中心（站）", "清溪镇职工服务中心(站)"),
        ("清溪镇职工服务中心（站）", "清溪镇职工服务中心站"),
        ("清溪镇 职工服务中心", "清溪镇职工服务中心"),
        ("“清溪”职工服务中心", "清溪职工服务中心"),
        ("清溪镇职工服务中心。", "清溪镇职工服务中心"),
        ("Ａ区职工服务中心", "a区职工服务中心"),
    ],
)
def test_one_unit_however_it_is_typed(one: str, other: str) -> None:
    assert unit_key(one) == unit_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("清溪镇职工服务中心", "清溪街道职工服务中心"),
        ("清溪镇职工服务中心", "江岚市清溪镇职工服务中心"),
        ("清溪镇职工服务中心", "清溪镇职工服务站"),
        ("第一职工服务中心", "第二职工服务中心"),
        ("东-西职工服务中心", "东西职工服务中心"),
    ],
)
def test_two_units_are_never_made_one(one: str, other: str) -> None:
    assert unit_key(one) != unit_key(other)


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("清溪镇职工服务中心", "清溪镇职工服务中心"),
        ("清溪/开发区: “职工”服务中心?", "清溪 开发区 “职工”服务中心"),
        ("../../etc", "etc"),
        ("名称\n第二行", "名称 第二行"),
        ("结尾有点...", "结尾有点"),
        ("CON", "_CON"),
        ("lpt1.txt", "_lpt1.txt"),
        ("console", "console"),
        ("甲" * 81, "甲" * 80),
        ("甲" * 79 + " 乙", "甲" * 79),
        ("CON." + "x" * 90, "_CON." + "x" * 75),
        ("   ", "未写明单位"),
        ("..", "未写明单位"),
        ("\u202egnp.exe", "gnp.exe"),
    ],
)
def test_folder_names(name: str, folder: str) -> None:
    assert folder_name(name) == folder


@given(st.text(max_size=300))
def test_a_folder_name_is_always_safe(name: str) -> None:
    folder = folder_name(name)
    assert 1 <= len(folder) <= 80
    assert not set(folder) & set('<>:"/\\|?*\n\r\t\0')
    assert folder == folder.strip(" .")
    assert folder_name(folder) == folder
