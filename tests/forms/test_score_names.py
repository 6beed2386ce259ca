"""Words over columns of marks: a unit's, a reviewer's, a person's, or nobody's."""

from __future__ import annotations

import pytest

from formflow.forms.score_names import Owner, is_person, is_unit, owner_of

NOBODY = ("评审情况", "考评", "专家评", "专家组", "复核结果", "差值", "增减", "市总工会", "评审委员会")


@pytest.mark.parametrize("words", NOBODY)
@pytest.mark.parametrize("others", [(), ("差额",)], ids=["alone", "beside another"])
@pytest.mark.parametrize("centre", ["", "青禾镇职工服务中心"])
@pytest.mark.parametrize("reviewer", ["", "王建国"])
def test_words_that_name_nobody(words: str, others: tuple[str, ...], centre: str, reviewer: str) -> None:
    assert owner_of(words, (words, *others), centre=centre, reviewer=reviewer) is None


@pytest.mark.parametrize("name", ["评委甲", "专家1", "评审专家三", "考评员2", "评委（一）", "专家一号"])
def test_a_head_that_says_it_is_a_reviewer(name: str) -> None:
    assert owner_of(name, (name,), centre="青禾镇职工服务中心", reviewer="") == Owner("reviewer", name)
    assert owner_of(name, (name,), centre="", reviewer="王建国") is None, "what is printed outweighs it"
    assert owner_of(name, (name, "评委乙"), centre="", reviewer="王建国") == Owner("reviewer", name)


def test_persons_are_reviewers_side_by_side_only() -> None:
    names = ("陈安", "欧阳明轩", "阿依古丽·买买提")
    for name in names:
        assert owner_of(name, names, centre="青禾镇职工服务中心", reviewer="") == Owner("reviewer", name)
        assert owner_of(name, (name,), centre="青禾镇职工服务中心", reviewer="") is None
    assert owner_of("陈安", names, centre="青禾镇职工服务中心", reviewer="王建国") is None
    assert owner_of("陈安", ("陈安", "李晓雯"), centre="某中心", reviewer="陈安、李晓雯") == Owner("reviewer", "陈安")


def test_a_unit_is_one_beside_others_or_where_none_is_printed() -> None:
    name = "分水镇职工服务中心（站）"
    assert owner_of(name, (name,), centre="", reviewer="王建国") == Owner("unit", name)
    assert owner_of(name, (name, "柳湾镇职工服务中心"), centre="某单位", reviewer="") == Owner("unit", name)
    assert owner_of(name, (name,), centre="柳湾镇职工服务中心", reviewer="") is None


def test_short_names_of_units_where_no_other_unit_is_named() -> None:
    names = ("青禾", "柳湾", "石梁")
    assert [owner_of(name, names, centre="", reviewer="王建国") for name in names] == [Owner("unit", n) for n in names]
    assert owner_of("青禾", names, centre="青禾镇职工服务中心", reviewer="王建国") is None


@pytest.mark.parametrize(
    ("text", "expected"), [("陈安", True), ("诸葛青", True), ("材料", False), ("方案评分", False), ("高分", False)]
)
def test_persons(text: str, expected: bool) -> None:
    assert is_person(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"), [("青禾镇总工会", True), ("县总工会", False), ("考评组织", False), ("验收公司", False)]
)
def test_units(text: str, expected: bool) -> None:
    assert is_unit(text) is expected
