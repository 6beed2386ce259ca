"""What a letter says: a decision with its facts in, the values of the template's Chinese keys out.

Pure: no files, no clock, no wording of its own beyond joining what the pack and the findings say. How it looks on paper is `word`
and `typeset`; which letter is due and its number, date and deadline are the caller's.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

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
from formflow.model.finding import Finding
from formflow.model.letter import LetterContent, LetterFacts
from formflow.model.period import Month
from formflow.model.programme import Attachment, LetterSpec
from formflow.model.text import fold

_SEAL_WORDS = {"unsealed": "盖章", "unsigned": "签名"}


def compose(spec: LetterSpec, facts: LetterFacts) -> LetterContent:
    """The content of one letter. Raises nothing: what is not known is an empty text, never a guess."""
    context: dict[str, Any] = {
        **wording_of(facts.programme),
        **issuer_words(facts.programme),
        **_case(facts),
        **_dates(facts),
        **_lists(facts),
        "编号": facts.serial,
        "回执编号": facts.serial,
        "文件名称": spec.title,
        "件次": facts.version_no if facts.version_no > 1 else "",
    }
    stem = spec.title if facts.version_no <= 1 else f"{spec.title}（第{facts.version_no}次）"
    return LetterContent(letter_id=spec.id, title=spec.title, file_stem=stem, context=context)


def _case(facts: LetterFacts) -> dict[str, str]:
    rule = facts.programme.case_rule
    return {
        "单位名称": shorten(_first_filled(facts, rule.unit) or facts.case.unit, NAME_LIMIT),
        "申请单位": shorten(_first_filled(facts, rule.folder) or facts.case.unit, NAME_LIMIT),
        "年度": str(facts.case.year),
        "建设周期": _period(facts),
    }


def _first_filled(facts: LetterFacts, field_ids: Iterable[str]) -> str:
    """The first of the fields that names somebody: a label of the form typed into its own cell names nobody."""
    form = facts.programme.form(facts.record.kind)
    labels = {fold(words) for field in (form.fields if form else ()) for words in (field.label, field.anchor)}
    values = (facts.record.value(field_id) for field_id in field_ids)
    return next((value for value in values if isinstance(value, str) and fold(value) not in labels | {""}), "")


def _period(facts: LetterFacts) -> str:
    """The first "…至…" of the form, both ends as months; "" unless both are filled in."""
    form = facts.programme.form(facts.record.kind)
    fields = form.fields if form else ()
    ends = {f.range_part: facts.record.value(f.id) for f in reversed(fields) if f.type == "month" and f.range_part}
    start, end = ends.get("start"), ends.get("end")
    return f"{_chinese_month(start)}至{_chinese_month(end)}" if start and end else ""


def _chinese_month(value: str) -> str:
    month = Month.of(value)
    return f"{month.year}年{month.month}月"


def _dates(facts: LetterFacts) -> dict[str, Any]:
    return {
        "收到日期": chinese_date(facts.received_on),
        "成文日期": chinese_date(facts.issued_on),
        "补正期限": chinese_date(facts.deadline),
        "工作日数": "" if facts.working_days is None else facts.working_days,
        "期限说明": sentence(facts.deadline_note),
        "上次日期": chinese_date(facts.previous_on),
    }


def _lists(facts: LetterFacts) -> dict[str, Any]:
    order = _form_order(facts)
    findings = sorted(facts.decision.findings, key=lambda finding: order.get(finding.field or "", len(order)))
    asked = [f for f in findings if f.severity == "review" and f.code == "attachment_missing"]
    errors = [f for f in findings if f.severity == "error"]
    hints = [f for f in findings if f.severity == "review" and f.code != "attachment_missing"]
    attachments = {attachment.id: attachment for attachment in facts.programme.attachments}
    return {
        "收到材料": numbered(
            {"材料名称": shorten(name, NAME_LIMIT), "说明": shorten(note)} for name, note in facts.received_papers
        ),
        "待补交材料": numbered(_asked(finding, attachments.get(finding.field or "")) for finding in asked),
        "补正事项": numbered(finding_item(finding) for finding in errors),
        "提示事项": (*_seal_hints(hints), *(_hint(finding) for finding in hints if finding.code not in _SEAL_WORDS)),
        "事项数": len(errors),
    }


def _form_order(facts: LetterFacts) -> dict[str, int]:
    """Fields in the form's order, then the attachments in the pack's."""
    form = facts.programme.form(facts.record.kind)
    ids = [field.id for field in form.fields] if form else []
    return {name: index for index, name in enumerate([*ids, *(a.id for a in facts.programme.attachments)])}


def _asked(finding: Finding, attachment: Attachment | None) -> dict[str, str]:
    contents = f"应包括{attachment.contents}" if attachment and attachment.contents else ""
    return {
        "材料名称": attachment.label if attachment else finding.label,
        "要求": bare(contents or finding.requirement),
    }


def _seal_hints(hints: Iterable[Finding]) -> tuple[str, ...]:
    """Seals and signatures that the file cannot show, in one sentence for all opinions that lack the same."""
    unseen: dict[str, list[str]] = {}
    for finding in hints:
        if finding.code in _SEAL_WORDS:
            unseen.setdefault(finding.label, []).append(_SEAL_WORDS[finding.code])
    alike: dict[tuple[str, ...], list[str]] = {}
    for label, words in unseen.items():
        alike.setdefault(tuple(words), []).append(label)
    return tuple(f"{'、'.join(labels)}是否已经{'、'.join(words)}" for words, labels in alike.items())


def _hint(finding: Finding) -> str:
    """One sentence without its full stop; the label leads unless the message names it already."""
    message = bare(finding.message)
    lead = "" if not finding.label or finding.label in message else f"{finding.label}："
    requirement = bare(finding.requirement)
    return f"{lead}{message}" + (f"，{requirement}" if requirement else "")
