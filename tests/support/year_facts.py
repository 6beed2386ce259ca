"""Facts of a programme's second half to be written about: invented units, any number of them, and the letters composed from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from formflow.letters.compose_unit import compose_extended, compose_sheet_returned
from formflow.letters.compose_year import compose_announced, compose_circular, compose_named
from formflow.letters.word import render
from formflow.model.finding import Finding
from formflow.model.letter import (
    AnnouncedFacts,
    CircularFacts,
    ExtendedFacts,
    IncompleteUnit,
    Issue,
    LetterContent,
    ListedUnit,
    NamedFacts,
    Publicity,
    SheetReturnedFacts,
)
from formflow.model.programme import LetterSpec, Occasion, Programme
from formflow.packs import load_pack

ROOT = Path(__file__).parents[2]
_TOWNS = "白鹭墨河星沙望潮柳湾栖云石梁菱塘青禾盐垛双桥临溪海岸云岭金桥玉泉松坡竹园梅渚荷塘枫林桃源杏坞兰亭"
COUNTIES = ("临江区", "海风市", "云水县", "望海经济技术开发区")
PERIOD = Publicity(date(2026, 12, 2), date(2026, 12, 8), 5)
ISSUE = Issue("通工发〔2026〕31号", date(2026, 12, 10))


@cache
def pack() -> Programme:
    """The pack that has all letters, signed as an office signs."""
    programme = load_pack(ROOT / "templates" / "nantong-service-centre")
    issuer = replace(programme.issuer, contact="陈某", telephone="0513-00000000", address="南通市崇川区某路1号")
    return replace(programme, issuer=issuer)


def spec(on: Occasion) -> LetterSpec:
    return next(letter for letter in pack().letters if letter.on == on)


def units(count: int, grades: tuple[str, ...] = ("",), counties: tuple[str, ...] = COUNTIES) -> tuple[ListedUnit, ...]:
    """Units of different names; grades and counties take turns."""
    return tuple(
        ListedUnit(f"{name(n)}职工服务中心", counties[n % len(counties)], grades[n * len(grades) // max(count, 1)])
        for n in range(count)
    )


def name(number: int) -> str:
    """A town of its own for each number below 600."""
    first, second = divmod(number, 24)
    middle = "" if not first else _TOWNS[2 * (first - 1) % 48]
    return f"{_TOWNS[2 * second : 2 * second + 2]}{middle}{'镇' if first < 24 else '街道'}"


def announced(count: int = 12, **changes: Any) -> LetterContent:
    facts = AnnouncedFacts(pack(), 2026, units(count), Issue("", date(2026, 12, 1)), 5, PERIOD)
    return _letter(compose_announced(spec("announced"), replace(facts, **changes)))


def named(count: int = 12, **changes: Any) -> LetterContent:
    facts = NamedFacts(pack(), 2026, units(count), ISSUE, PERIOD)
    return _letter(compose_named(spec("named"), replace(facts, **changes)))


def extended(**changes: Any) -> LetterContent:
    facts = ExtendedFacts(
        pack(), 2026, "白鹭镇职工服务中心", "白鹭镇总工会", replace(ISSUE, number="通工发〔2026〕32号"), date(2027, 9, 30), date(2026, 12, 31),
        ("专家评分76.50分，未达到80分的达标分", "职工满意率测评表没有报送"), ("补报职工满意率测评表", "完善心理疏导室并投入使用"),
    )  # fmt: skip
    return _letter(compose_extended(spec("extended"), replace(facts, **changes)))


def incomplete(count: int) -> tuple[IncompleteUnit, ...]:
    missing = (
        ("发展规划", "实施方案"),
        ("承担单位意见没有盖章",),
        ("实施方案", "目前工作情况没有填写", "经费来源没有填写"),
    )
    deadline = date(2026, 3, 31)
    return tuple(
        IncompleteUnit(
            f"{name(n)}职工服务中心", COUNTIES[n % 4], missing[n % 3], deadline + timedelta(n % 4), n % 9 or None
        )
        for n in range(count)
    )


def circular(count: int = 12, **changes: Any) -> LetterContent:
    issue = Issue("通工发〔2026〕9号", date(2026, 4, 15))
    facts = CircularFacts(pack(), 2026, issue, date(2026, 4, 10), incomplete(count), received=count + 30)
    return _letter(compose_circular(spec("circulated"), replace(facts, **changes)))


def slips(count: int) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            "invalid", "scores", "error", f"写的是{n + 3}分，超过这一项的满分2分", "附件1", requirement="请改为0至2分", label=f"第1.{n + 1}项",
            place=f"工作表“评分表”第{n + 8}行",
        )
        for n in range(count)
    )  # fmt: skip


def returned(count: int = 3, **changes: Any) -> LetterContent:
    facts = SheetReturnedFacts(
        pack(), 2026, "2026-0007-2", date(2026, 11, 20), date(2026, 11, 19), "评分表（李某）.xlsx", slips(count),
        "白鹭镇职工服务中心", "李某", "2026年11月18日", date(2026, 11, 27),
    )  # fmt: skip
    return _letter(compose_sheet_returned(spec("sheet_returned"), replace(facts, **changes)))


def _letter(composed: object) -> LetterContent:
    assert isinstance(composed, LetterContent), composed
    return composed


def written(content: LetterContent) -> bytes:
    """The Word file of a composed letter."""
    letter = next(letter for letter in pack().letters if letter.id == content.letter_id)
    return render(letter.template, content.context, name=letter.template_name)


BY_OCCASION: Mapping[Occasion, Any] = {
    "announced": announced,
    "named": named,
    "extended": extended,
    "circulated": circular,
    "sheet_returned": returned,
}
