"""An invented pack's rules for evaluation sheets."""

from __future__ import annotations

from dataclasses import replace

from formflow.model.citation import Citation
from formflow.model.evaluation import Choice, EvaluationRules
from formflow.model.programme import Programme
from support.papers import programme

CITED = Citation("来源", "四（三）")
LOCAL = Citation("local", "由本单位确定")
RULES = EvaluationRules(
    title="会员评议职工之家统计表",
    subjects=("会员评议", "评议职工之家", "职工之家"),
    home_heads=("职工之家", "基层工会", "单位"),
    choices=(
        Choice("satisfied", "满意", ("很满意", "非常满意"), True, LOCAL),
        Choice("fairly_satisfied", "基本满意", ("比较满意", "较满意"), True, LOCAL),
        Choice("dissatisfied", "不满意", ("很不满意",), False, LOCAL),
        Choice("abstained", "弃权", ("未表态",), False, LOCAL),
    ),
    participation_floor=60,
    satisfaction_floor=80,
    rectify_working_days=30,
    follow_up_working_days=40,
    floors_citation=(LOCAL, LOCAL),
    citation=CITED,
)


def with_evaluation(id_: str = "homes", rules: EvaluationRules = RULES) -> Programme:
    """A programme that has evaluation sheets."""
    return replace(programme(id_), evaluation=rules)
