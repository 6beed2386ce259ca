"""Which names are one project, which are asked about, and which are surely two."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations, permutations

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


WRITTEN = (
    [str(number) for number in range(1, 21)],
    [*"一二三四五六七八九", *(f"十{unit}" for unit in ("", *"一二三四五六七八九")), "二十"],
    [*"ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX"],
)


def test_numerals_are_equal_however_they_are_written() -> None:
    written = [(number, numeral) for numerals in WRITTEN for number, numeral in enumerate(numerals, 1)]
    written += [
        (2, "两"),
        (21, "21"),
        (21, "二十一"),
        (105, "105"),
        (105, "一百零五"),
        (2023, "2023"),
        (2023, "二〇二三"),
    ]
    for (one, first), (other, second) in combinations(written, 2):
        keys = name_key(f"新驿站{first}号"), name_key(f"新驿站{second}号")
        # A year and a number are not two numbers: only what is no year parts projects.
        is_asked = one == other or 2023 in (one, other)
        assert keys[0] == keys[1] or are_near(*keys) == is_asked, (first, second)


@pytest.mark.parametrize(
    ("one", "other", "is_near"),
    [
        # One character of a name of four and more, two of one of ten and more.
        ("甲乙丙", "甲乙丁", False), ("甲乙丙丁", "甲乙丙戊", True), ("甲乙丙丁", "甲乙己戊", False),
        ("甲乙丙丁戊己庚辛壬", "甲乙丙丁戊己庚子丑", False), ("甲乙丙丁戊己庚辛壬癸", "甲乙丙丁戊己庚辛子丑", True),
        ("甲乙丙丁戊己庚辛壬癸", "甲乙丙丁戊己庚子丑寅", False),
        ("甲乙丙丁戊己庚辛壬", "甲乙丙丁戊己庚辛子丑", True),
        # One name inside the other: at least four characters in at most three more.
        ("甲乙丙丁", "子丑寅甲乙丙丁", True), ("甲乙丙丁", "子丑寅卯甲乙丙丁", False), ("甲乙丙", "子丑甲乙丙", False),
        ("子丑寅甲乙丙丁", "甲乙丙丁", True),
        # What is a generic word at the end is no difference, however short the name.
        ("甲乙", "甲乙公益项目", True), ("甲乙服务项目", "甲乙公益活动", True),
    ],
)  # fmt: skip
def test_how_near_is_near(one: str, other: str, is_near: bool) -> None:
    assert are_near(one, other) == are_near(other, one) == is_near


@pytest.mark.parametrize(
    ("one", "other", "is_near"),
    [
        ("甲乙丙丁戊己庚", "甲乙丙丁戊己子", False), ("甲乙丙丁戊己庚辛", "甲乙丙丁戊己庚子", True),
        ("甲乙丙丁戊己庚辛壬癸", "甲乙丙丁戊己庚辛子丑", False), ("甲乙丙丁", "子丑寅甲乙丙丁", False), ("甲乙", "甲乙公益项目", True),
    ],
)  # fmt: skip
def test_how_near_is_near_under_two_organisations(one: str, other: str, is_near: bool) -> None:
    assert are_near(one, other, has_other_owner=True) == are_near(other, one, has_other_owner=True) == is_near


def test_of_many_names_every_near_pair_is_asked_about_once_in_any_order() -> None:
    dice = random.Random(7)
    plain = ["".join(dice.sample("暖阳心桥护航驿站课堂热线托管帮扶健康", 5)) for _ in range(60)]
    ends = ("", "公益服务项目", "（二期）", "第三届活动", "行动计划", "之家", "2023年度", "（第十二批）服务")
    names = [dice.choice(plain) + dice.choice(ends) for _ in range(150)]
    keys = {name_key(name): name for name in reversed(names)}
    wanted = {frozenset((keys[a], keys[b])) for a, b in combinations(keys, 2) if are_near(a, b)}
    assert len(wanted) > 20
    found = Identities(Name(name) for name in names).questions
    assert len(found) == len(wanted)
    assert {frozenset((question.one, question.other)) for question in found} == wanted
    dice.shuffle(names)
    again = Identities(Name(name) for name in sorted(keys.values(), key=lambda name: dice.random())).questions
    assert again == found


@pytest.mark.parametrize(
    ("owner", "is_asked"),
    [
        ("甲社工服务中心", True), ("甲社工服务中新", True), ("甲社工服务队部", True), ("甲社工", True), ("青岛市甲社工服务中心", True),
        ("乙公益发展协会", False), ("甲社工志愿协会", False), ("甲社工服丙丁戊", False),
    ],
)  # fmt: skip
def test_organisations_that_may_be_one_do_not_part_projects(owner: str, is_asked: bool) -> None:
    """Two names that are asked about unless they surely stand under two organisations."""
    one, other = Name("阳光小站", "甲社工服务中心"), Name("阳光驿站", owner)
    assert bool(Identities([one, other]).of(*_mention(one)).question) == is_asked
    assert bool(Identities([other, one]).of(*_mention(one)).question) == is_asked


def test_one_of_several_owners_that_may_be_the_same_is_enough() -> None:
    names = [Name("阳光小站", "甲社工服务中心"), Name("阳光小站", "丙研究院"), Name("阳光驿站", "甲社工服务中新")]
    assert "名称相近" in Identities(names).of("阳光驿站", "甲社工服务中新").question


def test_who_does_not_say_his_organisation_is_not_of_another_one() -> None:
    names = [Name("阳光小站", "甲社工服务中心"), Name("阳光驿站")]
    assert Identities(names).of("阳光驿站", None).question
    assert Identities([Name("阳光小站"), Name("阳光驿站", "甲社工服务中心")]).of("阳光小站", None).question


def test_a_former_name_is_asked_about_like_a_name() -> None:
    names = [Name("港湾热线", None, ("心灵驿站大课堂",)), Name("心灵驿栈大课堂")]
    identities = Identities(names)
    assert "心灵驿站大课堂" in identities.of("心灵驿栈大课堂", None).question
    assert identities.of("港湾热线", None).question == identities.of("心灵驿站大课堂", None).question != ""


def test_former_names_that_are_alike_ask_nothing_of_one_project() -> None:
    identities = Identities([Name("幸福新驿站", None, ("幸福新驿栈",))])
    assert not identities.questions
    assert not identities.of("幸福新驿站", None).question


def test_the_key_of_a_project_is_the_same_in_whatever_order_it_is_named() -> None:
    names = [Name("丙驿站", None, ("乙课堂",)), Name("乙课堂", None, ("甲热线",)), Name("甲热线")]
    keys = {Identities(order).of("乙课堂", None).key for order in permutations(names)}
    assert len(keys) == 1
    each = [Name("甲热线", None, ("乙课堂",)), Name("乙课堂", None, ("甲热线",))]
    assert Identities(each).of("乙课堂", None) == Identities(each[::-1]).of("乙课堂", None)


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


def test_the_names_of_a_project_under_two_organisations_are_all_quoted() -> None:
    names = [Name("新驿站", "甲社工"), Name("港湾热线", "乙协会", ("新驿站",)), Name("法律援助直通车", "乙协会")]
    question = Identities(names).of("港湾热线", "乙协会").question
    assert question.startswith("“新驿站”“港湾热线”写在几个单位名下（甲社工、乙协会）")


def test_what_is_said_of_the_owners_of_one_name_is_not_said_of_another() -> None:
    names = [*(Name(name, owner) for name in ("新驿站", "法律援助热线") for owner in ("甲社工", "乙协会"))]
    ruling = Ruling("新驿站", "新驿站", True, "甲社工", "乙协会")
    identities = Identities(names, [ruling])
    assert not identities.of("新驿站", "甲社工").question
    assert identities.of("法律援助热线", "甲社工").question
    # Without both owners, or about two projects, nothing is said of owners.
    for said in (replace(ruling, other_organisation=None), replace(ruling, other="法律援助热线", is_same=False)):
        assert Identities(names, [said]).of("新驿站", "甲社工").question


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
