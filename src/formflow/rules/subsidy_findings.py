"""What a person is told about a project's settlement: honours that do not count, dates that leave it open, sums that do not agree. Each sentence
says whose it is and what to do.

In: an honour or sums. Out: a `Finding`. Settles nothing (see `subsidy`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from formflow.model.finding import Finding, FindingCode, Severity
from formflow.model.honours import Honour
from formflow.model.money import Fen, yuan_text
from formflow.model.policy import HonoursPolicy
from formflow.model.text import quoted


def stated_findings(
    stated: dict[str | None, Fen], known: Fen, project: str, policy: HonoursPolicy
) -> Iterator[Finding]:
    total = sum(stated.values())
    if total and known and total != known:
        said = f"{quoted(project)}：名单写已补助 {yuan_text(total)} 元，台账和前面的批次共 {yuan_text(known)} 元，按较大的计算，请核对"
        yield finding("inconsistent", "review", said, project, policy)
    if len(stated) > 1:
        sums = "、".join(f"{yuan_text(amount)} 元" for amount in stated.values())
        said = f"{quoted(project)}：名单在几级荣誉后都写了已补助（{sums}），按各是一笔计算，请核对"
        yield finding("inconsistent", "review", said, project, policy)


def overpaid(over: Fen, entitled: Fen, paid: Fen, project: str, policy: HonoursPolicy) -> Finding:
    said = (
        f"{quoted(project)}：已补助 {yuan_text(paid)} 元，超过最高荣誉应补助的 {yuan_text(entitled)} 元，"
        f"多出 {yuan_text(over)} 元，请核对是否另有更高荣誉或需要收回"
    )
    return finding("inconsistent", "review", said, project, policy)


def out_of_window(honour: Honour, policy: HonoursPolicy) -> Finding:
    level = policy.level(honour.level or "")
    since, until = level.amount.values[0].first, level.amount.values[-1].until
    window = f"{_day(since)}至{_day(until)}" if until else f"{_day(since)}起"
    said = (
        f"{quoted(honour.project)}：{level.label}荣誉的时间（{honour.date or '标题所写年度'}）不在补助政策有效期内"
        f"（{window}），单独列出，不予补助"
    )
    return finding("out_of_window", "review", said, honour.project, policy)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def date_question(honour: Honour, policy: HonoursPolicy) -> Finding:
    label = policy.level(honour.level or "").label
    if honour.date is None and honour.period is None:
        said = f"{quoted(honour.project)}：没有写获得{label}荣誉的时间，不能确定适用的补助标准；确认前不按这项荣誉补助"
        return finding("missing", "review", said, honour.project, policy)
    said = f"{quoted(honour.project)}：{label}荣誉的时间只写到{honour.date or '年度'}，跨补助政策的有效期，请写明日期；确认前不按这项荣誉补助"
    return finding("inconsistent", "review", said, honour.project, policy)


def gone(honour: Honour, policy: HonoursPolicy) -> Finding:
    label = policy.level(honour.level).label if honour.level else ""
    said = f"{quoted(honour.project)}：{label}荣誉已被撤销或取消，不再计算，请核对已经补助的款项"
    return finding("not_eligible", "review", said, honour.project, policy)


def finding(code: FindingCode, severity: Severity, message: str, project: str, policy: HonoursPolicy) -> Finding:
    return Finding(code, "honours", severity, message, policy.citation.clause, label=project)
