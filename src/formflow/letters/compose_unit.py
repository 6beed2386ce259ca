"""Letters to one unit or one person outside of an application: 延期通知, 限期整改通知书, 评分表退回通知. Facts in, template values out.

Pure, as `compose` is; facts that do not bear the letter give `NoLetter` with the reason.
"""

from __future__ import annotations

from typing import Any

from formflow.letters.issued import content, issued_words
from formflow.letters.items import finding_item
from formflow.letters.phrases import (
    NAME_LIMIT,
    bare,
    chinese_date,
    issuer_words,
    numbered,
    sentence,
    shorten,
    wording_of,
)
from formflow.model.letter import ExtendedFacts, LetterContent, NoLetter, RectifyFacts, SheetReturnedFacts
from formflow.model.programme import LetterSpec

_NOBODY = "有关评分人"


def compose_extended(spec: LetterSpec, facts: ExtendedFacts) -> LetterContent | NoLetter:
    """延期通知: until when a unit's time is extended, why, and what is still to be done."""
    if facts.formerly_until and facts.until <= facts.formerly_until:
        return NoLetter(
            f"新的期限{chinese_date(facts.until)}不晚于原来的期限{chinese_date(facts.formerly_until)}，请核对。"
        )
    if facts.issue.on and facts.until <= facts.issue.on:
        return NoLetter(f"新的期限{chinese_date(facts.until)}不晚于成文日期，请核对。")
    context = {
        **issued_words(spec, facts.programme, facts.year, facts.issue),
        **_addressed(facts.unit, facts.applicant, facts.times),
        "原期限": chinese_date(facts.formerly_until),
        "新期限": chinese_date(facts.until),
        "延期原因": tuple(bare(reason) for reason in facts.reasons if reason.strip()),
        "待完成事项": tuple(bare(one) for one in facts.missing if one.strip()),
    }
    return content(spec, context, facts.times)


def compose_rectify(spec: LetterSpec, facts: RectifyFacts) -> LetterContent | NoLetter:
    """限期整改通知书: every point with its requirement, the last day, and the visit that follows."""
    if not facts.points:
        return NoLetter("没有需要整改的事项，不用发限期整改通知。")
    if facts.issue.on and facts.deadline <= facts.issue.on:
        return NoLetter(f"整改期限{chinese_date(facts.deadline)}不晚于成文日期，请核对。")
    points = (
        {"问题": bare(one.problem), "要求": bare(one.requirement), "依据": bare(one.basis)} for one in facts.points
    )
    context = {
        **issued_words(spec, facts.programme, facts.year, facts.issue),
        **_addressed(facts.unit, facts.applicant, facts.times),
        "检查日期": chinese_date(facts.found_on),
        "检查结论": bare(facts.finding),
        "整改期限": chinese_date(facts.deadline),
        "工作日数": "" if facts.working_days is None else facts.working_days,
        "期限说明": sentence(facts.deadline_note),
        "复查安排": sentence(facts.visit),
        "事项数": len(facts.points),
        "整改事项": numbered(points),
    }
    return content(spec, context, facts.times)


def compose_sheet_returned(spec: LetterSpec, facts: SheetReturnedFacts) -> LetterContent | NoLetter:
    """评分表退回通知: every slip of one score sheet, to the one who filled it in."""
    if not facts.slips:
        return NoLetter("评分表没有需要更正的地方，不用退回。")
    context: dict[str, Any] = {
        **wording_of(facts.programme),
        **issuer_words(facts.programme),
        "年度": str(facts.year),
        "文件名称": spec.title,
        "编号": facts.serial,
        "成文日期": chinese_date(facts.issued_on),
        "收到日期": chinese_date(facts.received_on),
        "被评单位": shorten(facts.unit, NAME_LIMIT),
        "评分人": shorten(facts.reviewer, NAME_LIMIT) or _NOBODY,
        "评分日期": shorten(facts.dated),
        "来件名称": shorten(facts.file_name, NAME_LIMIT),
        "更正期限": chinese_date(facts.deadline),
        "事项数": len(facts.slips),
        "件次": facts.times if facts.times > 1 else "",
        "问题清单": numbered(finding_item(finding) for finding in facts.slips),
    }
    return content(spec, context, facts.times)


def _addressed(unit: str, applicant: str, times: int) -> dict[str, Any]:
    return {
        "单位名称": shorten(unit, NAME_LIMIT),
        "申请单位": shorten(applicant, NAME_LIMIT) or shorten(unit, NAME_LIMIT),
        "件次": times if times > 1 else "",
    }
