"""What is left of a quota of namings. Pure: how many were named in which year comes in from the books."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from formflow.model.finding import Finding, FindingCode
from formflow.model.quota import Quota, QuotaState


def quota_for(quotas: tuple[Quota, ...], year: int) -> Quota | None:
    """The quota in force in a year; None outside of every span: a later one is not guessed from an earlier one."""
    return next((quota for quota in quotas if quota.first_year <= year <= quota.last_year), None)


def state_of(quota: Quota, named: Mapping[int, int]) -> QuotaState:
    """How many of a quota are used up; `named` is the number of units named, by year, other spans' years passed over."""
    years = range(quota.first_year, quota.last_year + 1)
    return QuotaState(quota, sum(count for year, count in named.items() if year in years))


def next_naming_year(quota: Quota, year: int) -> int | None:
    """The first naming year of the quota that is not before `year`; None when there is none left."""
    return next((naming for naming in quota.naming_years if naming >= year), None)


def check_naming(quotas: tuple[Quota, ...], year: int, named: Mapping[int, int], proposed: int) -> Iterator[Finding]:
    """What speaks against naming `proposed` units in a year; `named` leaves out what is proposed. Nothing for a pack without quotas."""
    if not quotas:
        return
    quota = quota_for(quotas, year)
    if quota is None:
        spans = "、".join(f"{quota.first_year}—{quota.last_year}年" for quota in quotas)
        said = f"{year}年不在规定名额的年份（{spans}）之内，没有名额可用"
        yield _finding(quotas[-1], "not_eligible", said, "请在项目的 policy.yaml 里补上新一期的名额和出处")
        return
    if year not in quota.naming_years:
        years = "、".join(str(naming) for naming in quota.naming_years)
        yield _finding(quota, "out_of_window", f"{year}年不是命名年份（{years}年）", f"请列入{_next(quota, year)}命名")
    state = state_of(quota, named)
    if proposed > state.left:
        said = f"{quota_words(state)}，拟命名 {proposed} {quota.unit}，超出 {proposed - state.left} {quota.unit}"
        yield _finding(quota, "not_eligible", said, "请减少拟命名数量")


def quota_words(state: QuotaState) -> str:
    """2013—2017年市级名额 1000 个，已命名 180 个，剩余 820 个."""
    quota = state.quota
    said = f"{quota.first_year}—{quota.last_year}年{quota.label} {quota.limit} {quota.unit}，已命名 {state.named} {quota.unit}"
    return f"{said}，超出 {state.over} {quota.unit}" if state.over else f"{said}，剩余 {state.left} {quota.unit}"


def _next(quota: Quota, year: int) -> str:
    naming = next_naming_year(quota, year)
    return f"{naming}年" if naming else "下一期"


def _finding(quota: Quota, code: FindingCode, said: str, requirement: str) -> Finding:
    return Finding(
        code=code,
        field=None,
        severity="error",
        message=said,
        basis=quota.citation.clause,
        requirement=requirement,
        label=quota.label,
    )
