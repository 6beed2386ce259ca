"""Which names are one project, which are asked about, and which are surely two."""

from __future__ import annotations

import pytest

from formflow.model.honours import NameQuestion, Ruling
from formflow.rules.honours import Identities, Name, are_near, name_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“新驿站”关爱项目", "新驿站关爱项目"), ("《新驿站》关爱项目", "「新驿站」 关爱项目"), ("爱心托管（二期）", "爱心托管(二期)"), ("爱心托管（二期）", "爱心托管二期"),
        ("１２３热线", "123热线"), ("e路同行", "Ｅ路同行"), ("“职”等你来", "职等你来"), ("心·港湾", "心港湾"), ("新驿站—户外关爱", "新驿站-户外关爱"), ("新驿站\n关爱", "新驿站关爱"),
    ],
)  # fmt: skip
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("新驿站一期", "新驿站二期"), ("新驿站（1）", "新驿站（2）"), ("第十二届职工文化节", "第十三届职工文化节"), ("幸福课堂A", "幸福课堂B"),
        ("职工子女爱心托管", "户外劳动者驿站"), ("法律援助", "心理援助"), ("阳光计划", "月光计划2"), ("新驿站II期", "新驿站III期"), ("2022年新驿站一期", "2023年新驿站二期"),
    ],
)  # fmt: skip
def test_surely_two(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)
    assert not are_near(name_key(one), name_key(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("幸福新驿站", "幸福新驿栈"), ("新驿站", "新驿站项目"), ("户外劳动者关爱服务", "户外劳动者关爱服务项目"), ("新驿站", "新驿站二期"), ("新驿站二期", "新驿站2期"),
        ("职工子女爱心托管班", "职工子女爱心拖管班"), ("青岛户外劳动者驿站", "户外劳动者驿站"), ("第二期法律大讲堂", "第2期法律大讲堂"), ("心理关爱直通车", "心理关爱直车通"),
        ("2022年普法行", "2023年普法行"), ("启航讲堂（2022年）", "启航讲堂（二〇二三年）"),
    ],
)  # fmt: skip
def test_nearly_one_is_a_question(one: str, other: str) -> None:
    assert are_near(name_key(one), name_key(other))
    asked = Identities([Name(one), Name(other)])
    assert asked.of(one, None).key != asked.of(other, None).key
    assert one in asked.of(other, None).question
    assert other in asked.of(one, None).question


def test_under_two_organisations_only_very_like_names_are_asked_about() -> None:
    names = [Name("阳光小站", "甲社工服务中心"), Name("阳光驿站", "乙公益发展协会")]
    assert not Identities(names).of(*_mention(names[0])).question
    like = [Name("户外劳动者新驿站", "甲社工服务中心"), Name("户外劳动者新驿栈", "乙公益发展协会")]
    assert Identities(like).of(*_mention(like[0])).question


def _mention(name: Name) -> tuple[str, str | None]:
    return name.project, name.organisation


def test_organisations_spelt_otherwise_are_one() -> None:
    names = [Name("新驿站", "青岛市暖阳中心（社会组织）"), Name("新驿站", "青岛市 暖阳中心(社会组织)"), Name("新驿站")]
    identities = Identities(names)
    assert {identities.of(*_mention(name)).key for name in names} == {identities.of("新驿站", None).key}
    assert not identities.of("新驿站", None).question


def test_a_chain_of_names_is_one_project() -> None:
    identities = Identities([Name("丙驿站", None, ("乙课堂",)), Name("乙课堂", None, ("甲热线",)), Name("甲热线")])
    assert len({identities.of(name, None).key for name in ("甲热线", "乙课堂", "丙驿站")}) == 1


def test_what_a_person_said_holds() -> None:
    names = [Name("新驿站"), Name("新驿站项目")]
    same = Identities(names, [Ruling("“新驿站”", "新驿站项目", True)])
    assert same.of("新驿站", None) == same.of("新驿站项目", None)
    two = Identities(names, [Ruling("新驿站项目", "新驿站", False)])
    assert two.of("新驿站", None).key != two.of("新驿站项目", None).key
    assert not two.of("新驿站", None).question


def test_names_without_likeness_ask_nothing() -> None:
    words = (
        "职工心理关爱",
        "子女假期托管",
        "法律援助热线",
        "技能提升讲堂",
        "单身联谊活动",
        "户外劳动驿站",
        "工伤康复陪伴",
        "困难职工帮扶",
    )
    identities = Identities([Name(word, f"{word}中心") for word in words])
    assert not [word for word in words if identities.of(word, None).question]


def test_what_can_be_answered_is_listed_once() -> None:
    names = [Name("新驿站", "甲社工"), Name("新驿站项目"), Name("新驿站", "乙协会"), Name("法律援助热线", "丙中心")]
    assert Identities(names).questions == (
        NameQuestion("新驿站", "新驿站项目", "甲社工", None),
        NameQuestion("新驿站", "新驿站", "甲社工", "乙协会"),
    )


OWNERS = [Name("新驿站", "甲社工"), Name("新驿站", "乙协会"), Name("新驿站", "丙中心")]


def _of_owners(*said: tuple[str, str, bool], names: list[Name] = OWNERS) -> Identities:
    return Identities(names, [Ruling("新驿站", "“新驿站”", same, one, other) for one, other, same in said])


def test_one_name_under_several_organisations_is_settled_pair_by_pair() -> None:
    some = _of_owners(("甲社工", "乙协会", True))
    assert some.of("新驿站", "甲社工").key == some.of("新驿站", "乙协会").key != some.of("新驿站", "丙中心").key
    assert "丙中心" in some.of("新驿站", "甲社工").question
    assert [(q.one_organisation, q.other_organisation) for q in some.questions] == [("甲社工", "丙中心")]
    # What is said of one of two that are one holds for the other.
    settled = _of_owners(("甲社工", "乙协会", True), ("乙协会", "丙中心", False))
    assert not settled.questions
    assert not settled.of("新驿站", "甲社工").question
    assert len({settled.of("新驿站", owner).key for owner in ("甲社工", "乙协会", "丙中心")}) == 2
    one = _of_owners(("甲社工", "乙协会", True), ("乙协会", "丙中心", True))
    assert len({one.of("新驿站", owner).key for owner in ("甲社工", "乙协会", "丙中心")}) == 1
    assert not one.of("新驿站", "丙中心").question


def test_a_mention_without_organisation_belongs_to_none_of_two() -> None:
    names = [*OWNERS[:2], Name("新驿站")]
    parted = _of_owners(("甲社工", "乙协会", False), names=names)
    assert not parted.questions
    # Whose it is cannot be told, so nothing is settled for either.
    assert all("没有写单位" in parted.of("新驿站", owner).question for owner in ("甲社工", "乙协会", None))
    joined = _of_owners(("甲社工", "乙协会", True), names=names)
    assert not joined.of("新驿站", None).question


def test_near_names_under_two_organisations_are_one_project_by_one_answer() -> None:
    names = [Name("户外劳动者新驿站", "甲社工服务中心"), Name("户外劳动者新驿栈", "乙公益发展协会")]
    (question,) = Identities(names).questions
    ruling = Ruling(question.one, question.other, True, question.one_organisation, question.other_organisation)
    identities = Identities(names, [ruling])
    assert not identities.questions
    assert identities.of(*_mention(names[0])) == identities.of(*_mention(names[1]))
    assert not identities.of(*_mention(names[0])).question
