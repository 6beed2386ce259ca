"""Letters about all that a programme did in a year: 公示, 命名决定, 通报, 补助通知. Facts in, the values of the template's keys out.

Pure, as `compose` is. What cannot be said is not said: facts that do not bear the letter (nobody to name, a 公示 that has not ended)
give `NoLetter` with the reason. Counts in a text are those of the list that is printed with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from formflow.letters.issued import by_county, content, issued_words, ordinal, repeated, unit_lists
from formflow.letters.phrases import NAME_LIMIT, bare, chinese_date, numbered, sentence, shorten
from formflow.model.letter import (
    AnnouncedFacts,
    CircularFacts,
    IncompleteUnit,
    LetterContent,
    ListedUnit,
    NamedFacts,
    NoLetter,
    Payment,
    Publicity,
    SubsidyFacts,
)
from formflow.model.money import capital, plain_yuan
from formflow.model.programme import LetterSpec
from formflow.model.text import quoted


def compose_announced(spec: LetterSpec, facts: AnnouncedFacts) -> LetterContent | NoLetter:
    """公示: who is to be named, from when until when objections are heard, and by whom."""
    if refused := _refused(facts.units, "拟命名名单"):
        return refused
    period = facts.period
    if period and facts.issue.on and period.first <= facts.issue.on:
        return NoLetter("公示期应从公示发布的次日起算，请核对公示日期。")
    context = {
        **issued_words(spec, facts.programme, facts.year, facts.issue),
        **unit_lists(facts.units),
        **_period(period),
        "公示天数": period.working_days if period else facts.working_days,
        "期限说明": sentence(period.note) if period else "",
    }
    return content(spec, context)


def compose_named(spec: LetterSpec, facts: NamedFacts) -> LetterContent | NoLetter:
    """命名决定: who is named, after which 公示. Not before the 公示 has ended."""
    if refused := _refused(facts.units, "命名名单"):
        return refused
    is_announced = any(letter.on == "announced" for letter in facts.programme.letters)
    if is_announced and facts.period is None:
        return NoLetter("拟命名名单还没有公示，不能命名；请先印发公示。")
    if facts.period and facts.issue.on and facts.issue.on <= facts.period.last:
        last = chinese_date(facts.period.last)
        return NoLetter(f"公示到{last}才结束，命名决定的成文日期应在这一天之后。")
    context = {
        **issued_words(spec, facts.programme, facts.year, facts.issue),
        **unit_lists(facts.units),
        **_period(facts.period),
        "公示结果": bare(facts.result),
    }
    return content(spec, context)


def compose_circular(spec: LetterSpec, facts: CircularFacts) -> LetterContent | NoLetter:
    """通报: whose submissions are incomplete on a day, county by county, or who is commended."""
    units = [(unit.name, unit.county) for unit in facts.incomplete]
    units += [(unit.name, unit.county) for unit in facts.commended]
    if not units:
        return NoLetter(f"截至{chinese_date(facts.as_of)}没有需要通报的单位，不用发通报。")
    if twice := repeated(units):
        return NoLetter(f"通报名单里“{twice}”出现了两次，请核对。")
    counties = by_county(facts.incomplete)
    context = {
        **issued_words(spec, facts.programme, facts.year, facts.issue),
        **unit_lists(facts.commended),
        "统计日期": chinese_date(facts.as_of),
        "申报数": "" if facts.received is None else facts.received,
        "未完成数": len(facts.incomplete),
        "逾期数": sum(bool(unit.days_overdue) for unit in facts.incomplete),
        "地区数": sum(any(unit.county.strip() for unit in members) for _, members in counties),
        "未完成名单": _late(unit for _, members in counties for unit in members),
        "未完成分组": tuple(
            {
                "序号": ordinal(number),
                "所属地区": county,
                "单位数": len(members),
                "单位": "、".join(shorten(unit.name, NAME_LIMIT) for unit in members),
                "名单": _late(members),
            }
            for number, (county, members) in enumerate(counties, 1)
        ),
    }
    return content(spec, context)


def compose_subsidised(spec: LetterSpec, facts: SubsidyFacts) -> LetterContent | NoLetter:
    """补助通知: who is paid what and what for. The sum is that of the very payments that are listed, in figures and in words."""
    if refused := _against_paying(facts):
        return refused
    policy = facts.programme.honours
    context = {
        **issued_words(spec, facts.programme, facts.year, facts.issue),
        "项数": len(facts.payments),
        "合计": plain_yuan(facts.total),
        "合计大写": capital(facts.total),
        "金额单位": "元",
        "经费用途": tuple(bare(use) for use in policy.uses) if policy else (),
        "补助名单": numbered(_payment(payment) for payment in facts.payments),
    }
    return content(spec, context)


def _against_paying(facts: SubsidyFacts) -> NoLetter | None:
    if not facts.payments:
        return NoLetter("没有应当拨付的补助，不用发补助通知。")
    if nothing := next((payment for payment in facts.payments if payment.payable <= 0), None):
        return NoLetter(f"{quoted(nothing.project)}没有应当拨付的金额，不能列入补助通知。")
    if twice := repeated((payment.project, payment.organisation) for payment in facts.payments):
        return NoLetter(f"补助名单里“{twice}”出现了两次，请核对后再发文。")
    return None


def _refused(units: Sequence[ListedUnit], what: str) -> NoLetter | None:
    if not units:
        return NoLetter(f"{what}是空的，没有单位可以列入，不用发文。")
    if twice := repeated((unit.name, unit.county) for unit in units):
        return NoLetter(f"{what}里“{twice}”出现了两次，请核对后再发文。")
    return None


def _period(period: Publicity | None) -> dict[str, str]:
    return {
        "公示开始": chinese_date(period.first) if period else "",
        "公示结束": chinese_date(period.last) if period else "",
    }


def _late(units: Any) -> tuple[Any, ...]:
    return numbered(_late_unit(unit) for unit in units)


def _late_unit(unit: IncompleteUnit) -> dict[str, str]:
    return {
        "单位名称": shorten(unit.name, NAME_LIMIT),
        "所属地区": shorten(unit.county, NAME_LIMIT),
        "缺少内容": "；".join(bare(one) for one in unit.missing),
        "截止日期": chinese_date(unit.deadline),
        "逾期天数": "" if unit.days_overdue is None else str(unit.days_overdue),
    }


def _payment(payment: Payment) -> dict[str, str]:
    return {
        "项目": shorten(payment.project, NAME_LIMIT),
        "单位名称": shorten(payment.organisation, NAME_LIMIT),
        "荣誉": bare(payment.honour),
        "应补助": plain_yuan(payment.entitlement),
        "已补助": plain_yuan(payment.paid),
        "本次补助": plain_yuan(payment.payable),
        "计算": shorten(payment.working),
    }
