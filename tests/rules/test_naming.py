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
    ],
)
def test_the_quota_and_ties_at_its_edge(totals: tuple[str, ...], quota: int, expected: list[str | None]) -> None:
    results = [result(f"单位{at}", total) for at, total in enumerate(totals)]
    assert proposed(*results, quota=quota) == expected


def test_who_is_ruled_out_takes_no_place_of_the_quota() -> None:
    assert proposed(result("甲", "99", is_ok=False), result("乙", "90"), quota=1) == ["refuse", "name"]


def test_without_sheets_or_without_a_rule_nothing_is_proposed() -> None:
    assert proposed(result("甲", None)) == [None]
    assert propose(replace(rubric(), naming=None), [result("甲", "90")])["甲"].decision is None


def test_the_shipped_rule_is_marked_as_this_office_s_own() -> None:
    assert isinstance(rubric().naming, NamingRule)
    assert rubric().naming.citation.is_local
