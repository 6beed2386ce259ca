"""A round's results → what the pack's rule proposes for each unit. A person decides; nothing binds before a 评分汇总 came back.

The rule: what a veto rules out is not named; from the pass mark on a unit is named while the quota lasts, ties at its edge all wait for a
person; who falls short may be given more time, where the pack says so.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from decimal import Decimal

from formflow.model.rubric import NamingRule, Rubric, Veto
from formflow.model.scoring import CentreResult, Proposal


def propose(rubric: Rubric, results: Sequence[CentreResult]) -> Mapping[str, Proposal]:
    """By `unit_key`: a proposal for each unit. Without a rule in the pack only what a veto rules out is proposed."""
    able = sorted(
        result.total for result in results if result.total is not None and result.satisfaction_ok is not False
    )
    return {result.unit_key: _proposal(rubric, result, able) for result in results}


def _proposal(rubric: Rubric, result: CentreResult, able: Sequence[Decimal]) -> Proposal:
    """`able` are the totals of those no veto rules out, lowest first. Who falls short of the pass mark is behind all who compete."""
    rule = rubric.naming
    if result.satisfaction_ok is False:
        return Proposal("refuse", _veto_words(rubric, result))
    if result.total is None:
        return Proposal(None, "没有可以计入的评分表，请先补齐")
    if rule is None:
        return Proposal(None, "项目没有规定达标分，请逐个确定")
    if result.total < rule.pass_mark:
        said = f"总分 {result.total}，未达到 {rule.pass_mark} 分"
        return Proposal("extend", f"{said}，可以延期") if rule.below == "extend" else Proposal("refuse", said)
    return _within_quota(rule, result.total, able)


def _within_quota(rule: NamingRule, total: Decimal, able: Sequence[Decimal]) -> Proposal:
    said = f"总分 {total}，达到 {rule.pass_mark} 分"
    if rule.quota is None:
        return Proposal("name", said)
    ahead = len(able) - bisect_right(able, total)
    equal = len(able) - ahead - bisect_left(able, total)
    if ahead + equal <= rule.quota:
        return Proposal("name", f"{said}，在 {rule.quota} 个名额之内")
    if ahead < rule.quota:
        return Proposal(None, f"{said}，同分 {equal} 个单位，名额只剩 {rule.quota - ahead} 个，请确定")
    return Proposal("refuse", f"{said}，但名额只有 {rule.quota} 个")


def _veto_words(rubric: Rubric, result: CentreResult) -> str:
    veto = next((veto for veto in rubric.vetoes if _rules_out(veto, result)), None)
    label = veto.label if veto else "满意率不够"
    return f"满意率 {result.rate}%：{label}" if result.rate is not None else label


def _rules_out(veto: Veto, result: CentreResult) -> bool:
    return veto.below_percent is not None and (result.rate is None or result.rate < veto.below_percent)
