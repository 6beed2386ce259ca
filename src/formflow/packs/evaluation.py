"""evaluation.yaml and the quotas of policy.yaml → `EvaluationRules` and `Quota`s, or what does not fit together in them, by line.

Shapes were settled before (see `evaluation_schema`, `schema`).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from formflow.model.evaluation import BALLOT_COUNTS, Choice, EvaluationRules
from formflow.model.quota import Quota
from formflow.model.text import fold
from formflow.packs import schema as s
from formflow.packs.build import citation
from formflow.packs.crosscheck import repeated_ids
from formflow.packs.evaluation_schema import EvaluationFile
from formflow.packs.strict_yaml import Problem, YamlFile

# What judging an evaluation needs of policy.yaml: the unit, and the largest number that makes sense in it.
PARTICIPATION_FLOOR, SATISFACTION_FLOOR = "participation_floor", "satisfaction_floor"
RECTIFY_DAYS, FOLLOW_UP_DAYS = "rectify_working_days", "follow_up_working_days"
_PARAMETERS = {
    PARTICIPATION_FLOOR: ("%", 100),
    SATISFACTION_FLOOR: ("%", 100),
    RECTIFY_DAYS: ("工作日", 250),
    FOLLOW_UP_DAYS: ("工作日", 250),
}
_TAKEN_IDS = frozenset((*BALLOT_COUNTS, "home_name", "participation", "satisfaction"))


def check_evaluation(file: YamlFile, part: EvaluationFile) -> Iterator[Problem]:
    """Everything inside evaluation.yaml that does not fit together."""
    yield from repeated_ids(file, "choices", [choice.id for choice in part.choices])
    seen: dict[str, str] = {}
    for index, choice in enumerate(part.choices):
        if choice.id in _TAKEN_IDS:
            yield file.problem(("choices", index, "id"), f"“{choice.id}”是票数栏目用的名称；请换一个 id。")
        for words in (choice.label, *choice.also):
            if (other := seen.setdefault(fold(words), choice.id)) != choice.id:
                said = f"“{words}”在“{other}”里已经用过，分不清算哪一种意见；请只留一处。"
                yield file.problem(("choices", index), said)
    if len({choice.satisfied for choice in part.choices}) < 2:
        yield file.problem(("choices",), "各种意见的 satisfied 都一样，算不出满意率；请分清哪些算满意、哪些不算。")


def check_evaluation_parameters(file: YamlFile, policy: s.PolicyFile) -> Iterator[Problem]:
    """The thresholds and deadlines that judging needs are in policy.yaml, in their unit and of a size that makes sense."""
    given = {parameter.id: (index, parameter) for index, parameter in enumerate(policy.parameters)}
    for wanted, (unit, largest) in _PARAMETERS.items():
        if wanted not in given:
            said = f"有 evaluation.yaml，就要有参数“{wanted}”（单位：{unit}）；请补上，来源没有规定的写 {{source: local, clause: 说明}}。"
            yield file.problem(("parameters",), said)
            continue
        index, found = given[wanted]
        if found.unit != unit:
            said = f"参数“{wanted}”的单位是“{found.unit}”，应为“{unit}”；请改正并核对数值。"
            yield file.problem(("parameters", index, "unit"), said)
        elif not 1 <= found.value <= largest:
            said = f"参数“{wanted}”写的是 {found.value}，应在 1 至 {largest} {unit}之间；请改正。"
            yield file.problem(("parameters", index, "value"), said)
    yield from _check_dates(file, policy)


def _check_dates(file: YamlFile, policy: s.PolicyFile) -> Iterator[Problem]:
    """Nobody goes and looks before the home has had its time."""
    days = {
        p.id: (index, p.value) for index, p in enumerate(policy.parameters) if p.id in (RECTIFY_DAYS, FOLLOW_UP_DAYS)
    }
    if len(days) == 2 and days[FOLLOW_UP_DAYS][1] < days[RECTIFY_DAYS][1]:
        said = f"回访（{days[FOLLOW_UP_DAYS][1]} 工作日）早于整改期限（{days[RECTIFY_DAYS][1]} 工作日）；请改正。"
        yield file.problem(("parameters", days[FOLLOW_UP_DAYS][0], "value"), said)


def check_quotas(file: YamlFile, policy: s.PolicyFile) -> Iterator[Problem]:
    """The years of each quota run forward, and no two quotas share a year: what is left would be told twice."""
    yield from repeated_ids(file, "quotas", [quota.id for quota in policy.quotas])
    for index, quota in enumerate(policy.quotas):
        if quota.last_year < quota.first_year:
            said = f"last_year（{quota.last_year}）早于 first_year（{quota.first_year}）；请把先后改过来。"
            yield file.problem(("quotas", index, "last_year"), said)
    for (_, before), (index, quota) in combinations(enumerate(policy.quotas), 2):
        if quota.first_year <= before.last_year and before.first_year <= quota.last_year:
            said = f"“{quota.id}”和“{before.id}”的年份有重叠；同一年只能按一个名额计算，请改正。"
            yield file.problem(("quotas", index, "first_year"), said)


def build_evaluation(part: EvaluationFile, policy: s.PolicyFile, source: str) -> EvaluationRules:
    """The rules; everything that can be wrong has been said before."""
    given = {parameter.id: parameter for parameter in policy.parameters}
    return EvaluationRules(
        title=part.title,
        subjects=tuple("".join(words.split()) for words in part.subjects),
        home_heads=tuple(part.home_heads),
        choices=tuple(
            Choice(c.id, c.label, tuple(c.also), c.satisfied, citation(c.basis, source)) for c in part.choices
        ),
        participation_floor=given[PARTICIPATION_FLOOR].value,
        satisfaction_floor=given[SATISFACTION_FLOOR].value,
        rectify_working_days=given[RECTIFY_DAYS].value,
        follow_up_working_days=given[FOLLOW_UP_DAYS].value,
        floors_citation=(
            citation(given[PARTICIPATION_FLOOR].basis, source),
            citation(given[SATISFACTION_FLOOR].basis, source),
        ),
        citation=citation(part.basis, source),
    )


def build_quotas(policy: s.PolicyFile, source: str) -> tuple[Quota, ...]:
    return tuple(
        Quota(
            id=part.id,
            label=part.label,
            limit=part.limit,
            unit=part.unit,
            first_year=part.first_year,
            last_year=part.last_year,
            every_years=part.every_years,
            citation=citation(part.basis, source),
        )
        for part in policy.quotas
    )


def local_choices(part: EvaluationFile | None, policy: s.PolicyFile) -> tuple[str, ...]:
    """What the sources do not give and this federation chose, one line each."""
    bases = [("会员评议", part.basis)] if part else []
    bases += [(f"评议意见“{choice.label}”", choice.basis) for choice in part.choices] if part else []
    bases += [(f"{quota.label} {quota.limit} {quota.unit}", quota.basis) for quota in policy.quotas]
    return tuple(f"{name}：{basis.clause}" for name, basis in bases if basis.source == "local")
