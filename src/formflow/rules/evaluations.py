"""会员评议: what is wrong with a sheet, and what follows for each home from all sheets of a year. Pure; no clock.

A home whose members are not satisfied is told to put things right within a time (限期整改); one where too few took part votes again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction

from formflow.model.citation import Citation
from formflow.model.evaluation import (
    BALLOT_LABELS,
    EvaluationRules,
    EvaluationSheet,
    HomeOutcome,
    HomeResult,
    HomeTally,
    RectifyDates,
)
from formflow.model.finding import Finding, FindingCode
from formflow.model.letter import RectifyPoint
from formflow.model.ratio import percent
from formflow.rules.ballots import FIELD, Ballots, ballots_of, check_home, label_of, participation, satisfaction, slip
from formflow.rules.calendar import add_working_days
from formflow.rules.decide import unit_key
from formflow.rules.places import locator_words


def check_evaluation(rules: EvaluationRules, sheet: EvaluationSheet) -> tuple[Finding, ...]:
    """Everything that is wrong with one sheet, at once."""
    return tuple(_check_sheet(rules, sheet))


def _check_sheet(rules: EvaluationRules, sheet: EvaluationSheet) -> Iterator[Finding]:
    if not sheet.homes and not sheet.unsorted:
        wanted = "请逐个填写各职工之家的发出、收回和各种评价的票数"
        yield _sheet_slip(rules, sheet, "missing", "没有填写任何职工之家的票数", wanted)
    if len(sheet.years) > 1:
        years = "、".join(f"{year}年" for year in sheet.years)
        yield _sheet_slip(
            rules, sheet, "inconsistent", f"表上的评议分属{years}，请按年度分成几份表", "请按年度分成几份表"
        )
    for tally in sheet.homes:
        yield from check_home(rules, tally)
    for tally in sheet.unsorted:
        yield from _unsorted(rules, tally)
    yield from _duplicates(rules, sheet.homes)
    yield from _total(rules, sheet)


def _sheet_slip(rules: EvaluationRules, sheet: EvaluationSheet, code: FindingCode, said: str, wanted: str) -> Finding:
    """An error of the sheet as a whole."""
    return Finding(
        code=code,
        field=FIELD,
        severity="error",
        message=said,
        basis=rules.citation.clause,
        requirement=wanted,
        label=rules.title,
        place=locator_words(sheet.locator),
        locator=sheet.locator,
    )


def _unsorted(rules: EvaluationRules, tally: HomeTally) -> Iterator[Finding]:
    if tally.home_name:
        said = "同一个职工之家有几行票数，看不出以哪一行为准"
        yield slip(rules, tally, "inconsistent", said, "请写明总体评价的票数")
    else:
        yield slip(rules, tally, "missing", "这一行的票数没有写明是哪个职工之家", "请补上职工之家名称")


def _duplicates(rules: EvaluationRules, homes: tuple[HomeTally, ...]) -> Iterator[Finding]:
    first: dict[str, HomeTally] = {}
    for tally in homes:
        earlier = first.setdefault(unit_key(tally.home_name), tally)
        if earlier is not tally:
            where = locator_words(earlier.locator)
            said = "在表中出现不止一次" + (f"（前一次在{where}）" if where else "")
            yield slip(rules, tally, "duplicate", said, "请核对，每个职工之家只填一行")


def _total(rules: EvaluationRules, sheet: EvaluationSheet) -> Iterator[Finding]:
    """The sheet's 合计 against our sums, both shown; only where every home has the number."""
    if sheet.total is None or sheet.unsorted:
        return
    total = replace(sheet.total, home_name="合计")
    for key, count in total.counts.items():
        values = [_number(tally, key) for tally in sheet.homes]
        known = [value for value in values if value is not None]
        if count.value is not None and len(known) == len(values) and sum(known) != count.value:
            said = f"{label_of(rules, key)}写的是 {count.value}，各行相加是 {sum(known)}"
            yield slip(rules, total, "inconsistent", said, "请核对合计和各行票数", count=count)


def _number(tally: HomeTally, key: str) -> int | None:
    return tally.value(key) if key in BALLOT_LABELS else ballots_of(tally).answers.get(key)


def assess_homes(rules: EvaluationRules, sheets: Iterable[EvaluationSheet]) -> tuple[HomeResult, ...]:
    """What follows for every home named in the sheets: ranked homes first, best first, then the others as they come. A home that stands in
    two sheets with the same counts is one; with different counts nobody here decides which is right."""
    homes: dict[str, list[HomeTally]] = {}
    for sheet in sheets:
        for tally in sheet.homes:
            homes.setdefault(unit_key(tally.home_name), []).append(tally)
    return _ranked([_assess(rules, tallies) for tallies in homes.values()])


def _assess(rules: EvaluationRules, tallies: list[HomeTally]) -> HomeResult:
    tally = tallies[0]
    findings = list(check_home(rules, tally))
    if any(_said(other) != _said(tally) for other in tallies[1:]):
        said = f"有 {len(tallies)} 份不同的票数"
        findings.append(slip(rules, tally, "duplicate", said, "请核对以哪一份为准"))
    ballots = ballots_of(tally)
    taking_part, satisfied = participation(ballots), satisfaction(ballots, rules)
    if any(finding.severity == "error" for finding in findings):
        taking_part = satisfied = None
    elif any(count.value for _, count in tally.unmapped):
        satisfied = None
    outcome, points = _outcome(rules, ballots, taking_part, satisfied)
    return HomeResult(tally.home_name, tally, taking_part, satisfied, None, outcome, points, tuple(findings))


def _said(tally: HomeTally) -> dict[str, int]:
    return {key: count.value for key, count in tally.counts.items() if count.value is not None}


def _outcome(
    rules: EvaluationRules, ballots: Ballots, taking_part: Fraction | None, satisfied: Fraction | None
) -> tuple[HomeOutcome, tuple[RectifyPoint, ...]]:
    if taking_part is None or satisfied is None:
        return "unassessed", ()
    if taking_part < Fraction(rules.participation_floor, 100):
        return "repeat", (_few_took_part(rules, ballots, taking_part),)
    if satisfied < Fraction(rules.satisfaction_floor, 100):
        return "rectify", tuple(_dissatisfied(rules, ballots, satisfied))
    return "passed", ()


def _few_took_part(rules: EvaluationRules, ballots: Ballots, rate: Fraction) -> RectifyPoint:
    return RectifyPoint(
        problem=f"发出评议票{ballots.issued}张，收回{ballots.returned}张，参评率{percent(rate)}，低于规定的{rules.participation_floor}%",
        requirement="请重新组织会员评议，扩大参评范围",
        basis=_clause(rules, rules.floors_citation[0]),
    )


def _dissatisfied(rules: EvaluationRules, ballots: Ballots, rate: Fraction) -> Iterator[RectifyPoint]:
    """The rate itself, then each answer that does not count as satisfied and was given."""
    said = "、".join(
        f"{choice.label}{ballots.answers[choice.id]}张"
        for choice in rules.choices
        if ballots.answers.get(choice.id) is not None
    )
    yield RectifyPoint(
        problem=f"收回的{ballots.base}张有效票中{said}，会员满意率{percent(rate)}，低于规定的{rules.satisfaction_floor}%",
        requirement="请召开会员（代表）会议听取意见，查找不足，制定整改措施并向会员公布",
        basis=_clause(rules, rules.floors_citation[1]),
    )
    for choice in rules.choices:
        if not choice.is_satisfied and (number := ballots.answers.get(choice.id)):
            yield RectifyPoint(
                problem=f"有{number}张票的评价是“{choice.label}”",
                requirement="请了解会员不满意的具体事项，逐项列出问题、措施、责任人和完成时间",
                basis=rules.citation.clause,
            )


def _clause(rules: EvaluationRules, citation: Citation) -> str:
    """What a letter cites for a threshold: its own clause, or that of the evaluation where this office chose the number."""
    return rules.citation.clause if citation.is_local else citation.clause


def _ranked(results: list[HomeResult]) -> tuple[HomeResult, ...]:
    """By satisfaction among homes whose answer counts; equal rates share a rank (1, 2, 2, 4)."""
    counting = [(result, result.satisfaction) for result in results if result.outcome in ("passed", "rectify")]
    rates = [rate for _, rate in counting if rate is not None]
    ranked = [
        replace(result, rank=1 + sum(other > rate for other in rates)) for result, rate in counting if rate is not None
    ]
    ranked.sort(key=lambda result: result.rank or 0)
    return (*ranked, *(result for result in results if result.outcome not in ("passed", "rectify")))


def rectify_dates(rules: EvaluationRules, issued_on: date) -> RectifyDates:
    """By when a home has put things right, and by when somebody goes and looks, for a notice issued on a day."""
    deadline = add_working_days(issued_on, rules.rectify_working_days)
    follow_up = add_working_days(issued_on, rules.follow_up_working_days)
    return RectifyDates(deadline.day, follow_up.day, follow_up.note or deadline.note)
