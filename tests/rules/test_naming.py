"""What the pack's rule proposes for each unit."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from formflow.model.rubric import NamingRule
from formflow.model.scoring import CentreResult
from formflow.rules.naming import propose
from support.score_sheets import rubric


def result(name: str, total: str | None, *, is_ok: bool | None = True, rate: str | None = None) -> CentreResult:
    shown = Decimal(total) if total else None
    return CentreResult(name, name, (), (), (), {}, shown, None, is_ok, Decimal(rate) if rate else None)


def proposed(*results: CentreResult, **rule: object) -> list[str | None]:
    base = rubric().naming
    assert base is not None
    changed = replace(rubric(), naming=replace(base, **rule))  # type: ignore[arg-type]
    proposals = propose(changed, results)
    assert all(proposals[r.unit_key].reason for r in results)
    return [proposals[r.unit_key].decision for r in results]


def test_the_pass_mark() -> None:
    assert proposed(result("甲", "80.00"), result("乙", "79.99")) == ["name", "extend"]
    assert proposed(result("乙", "79.99"), below="refuse") == ["refuse"]


def test_a_veto_stands_above_points() -> None:
    low = result("甲", "95", is_ok=False, rate="69.5")
    assert proposed(low) == ["refuse"]
    assert "69.5%" in propose(rubric(), [low])["甲"].reason


@pytest.mark.parametrize(
    ("totals", "quota", "expected"),
    [
        (("95", "90", "85"), 2, ["name", "name", "refuse"]),
        (("95", "90", "90"), 2, ["name", None, None]),
        (("95", "95"), 2, ["name", "name"]),
        (("95", "79"), 5, ["name", "extend"]),
        (("90", "90", "85"), 2, ["name", "name", "refuse"]),
        (("80", "80"), 1, [None, None]),  # on the pass mark
        (("95", "90", "90", "90", "85"), 2, ["name", None, None, None, "refuse"]),
    ],
)
def test_the_quota_and_ties_at_its_edge(totals: tuple[str, ...], quota: int, expected: list[str | None]) -> None:
    results = [result(f"单位{at}", total) for at, total in enumerate(totals)]
    assert proposed(*results, quota=quota) == expected


def test_a_tie_is_told_with_the_places_that_are_left() -> None:
    base = rubric().naming
    assert base is not None
    limited = replace(rubric(), naming=replace(base, quota=3))
    said = propose(limited, [result("甲", "95"), *(result(name, "90") for name in "乙丙丁")])
    assert "同分 3 个单位，名额只剩 2 个" in said["乙"].reason


def test_who_is_ruled_out_takes_no_place_of_the_quota() -> None:
    assert proposed(result("甲", "99", is_ok=False), result("乙", "90"), quota=1) == ["refuse", "name"]


def test_the_veto_that_rules_out_is_the_one_that_is_named() -> None:
    (given,) = (veto for veto in rubric().vetoes if veto.below_percent is not None)
    vetoes = (
        replace(given, id="a", label="只有人能看出的", below_percent=None),
        replace(given, id="b", label="不到五成", below_percent=Decimal(50)),
        replace(given, id="c", label="不到七成", below_percent=Decimal(70)),
    )
    vetoed = replace(rubric(), vetoes=vetoes)

    def reason(rate: str | None) -> str:
        return propose(vetoed, [result("甲", "95", is_ok=False, rate=rate)])["甲"].reason

    assert reason("49.9") == "满意率 49.9%：不到五成"
    assert reason("50") == "满意率 50%：不到七成"
    assert reason(None) == "不到五成"
    assert reason("70") == "满意率 70%：满意率不够"


def test_without_sheets_or_without_a_rule_nothing_is_proposed() -> None:
    assert proposed(result("甲", None)) == [None]
    assert propose(replace(rubric(), naming=None), [result("甲", "90")])["甲"].decision is None


def test_the_shipped_rule_is_marked_as_this_office_s_own() -> None:
    assert isinstance(rubric().naming, NamingRule)
    assert rubric().naming.citation.is_local
