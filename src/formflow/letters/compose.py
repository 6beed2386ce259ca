"""What a letter says: a decision with its facts in, the values of the template's Chinese keys out.

Pure: no files, no clock, no wording of its own beyond joining what the pack and the findings say. How it looks on paper is `word`
and `typeset`; which letter is due and its number, date and deadline are the caller's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from formflow.model.finding import Finding
from formflow.model.letter import LetterContent, LetterFacts
from formflow.model.period import Month
from formflow.model.programme import Attachment, Issuer, LetterSpec, Programme
from formflow.model.text import fold

# Longest text an answer or a finding may bring into a letter; what a clerk needs more of stands in the form itself.
# A letter must not cut the name of the one it is addressed to: the longest registered names have about 80.
NAME_LIMIT = 120
TEXT_LIMIT = 160
ELLIPSIS = "……"

_COMMON = ("发文机关", "经办部门", "联系人", "联系电话", "联系地址", "编号", "回执编号", "申请单位", "单位名称", "项目名称", "年度",
           "收到日期", "成文日期", "依据", "文件名称", "建设周期", "份数要求", "后续程序", "逾期后果", "补正期限", "工作日数", "期限说明",
           "事项数", "上次日期", "件次")  # fmt: skip
_LISTS = {
    "收到材料": ("序号", "材料名称", "说明"),
    "待补交材料": ("序号", "材料名称", "要求"),
    "补正事项": ("序号", "项目", "位置", "问题", "要求", "依据"),
    "提示事项": (),
}
# Every key a template may use; the keys of a list's items are written with a dot (补正事项.要求).
PROVIDED_KEYS = (
    frozenset(_COMMON) | frozenset(_LISTS) | {f"{name}.{key}" for name, keys in _LISTS.items() for key in keys}
)
# Sentences that come from the pack's letters.yaml; a pack may give more, each is then a key too.
WORDING_KEYS = ("份数要求", "后续程序", "逾期后果")

_SEAL_WORDS = {"unsealed": "盖章", "unsigned": "签名"}
_COPIES = {1: "一式一份", 2: "一式两份", 3: "一式三份", 4: "一式四份"}


def compose(spec: LetterSpec, facts: LetterFacts) -> LetterContent:
    """The content of one letter. Raises nothing: what is not known is an empty text, never a guess."""
    context: dict[str, Any] = {
        **_wording(facts.programme),
        **_issuer(facts.programme.issuer),
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


def provided_keys(programme: Programme) -> frozenset[str]:
    """Every key that `compose` gives to a template of this programme, items of lists as 补正事项.要求."""
    return PROVIDED_KEYS | frozenset(programme.wording)


def chinese_date(day: date | None) -> str:
    """2022年3月4日 (GB/T 9704 7.3.5.4: no leading zeros); "" for no day."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def shorten(text: str, limit: int = TEXT_LIMIT) -> str:
    """The text on one line, cut with …… when longer than `limit` characters. Marks that cannot be seen, and may turn the writing
    round, are left out."""
    line = "".join(char for char in " ".join(text.split()) if unicodedata.category(char) not in ("Cf", "Cc"))
    return line if len(line) <= limit else line[: limit - len(ELLIPSIS)].rstrip("，、；：（《“ ") + ELLIPSIS


def _wording(programme: Programme) -> dict[str, str]:
    copies = _COPIES.get(programme.copies, f"一式{programme.copies}份")
    return dict.fromkeys(WORDING_KEYS, "") | {"份数要求": f"申报材料{copies}。"} | dict(programme.wording)


def _issuer(issuer: Issuer) -> dict[str, str]:
    return {"发文机关": issuer.name, "经办部门": issuer.office, "联系人": issuer.contact,
            "联系电话": issuer.telephone, "联系地址": issuer.address}  # fmt: skip


def _case(facts: LetterFacts) -> dict[str, str]:
    rule = facts.programme.case_rule
    return {
        "单位名称": shorten(_first_filled(facts, rule.unit) or facts.case.unit, NAME_LIMIT),
        "申请单位": shorten(_first_filled(facts, rule.folder) or facts.case.unit, NAME_LIMIT),
        "项目名称": facts.programme.name,
        "年度": str(facts.case.year),
        "依据": "、".join(_cited(title) for title in facts.programme.legal_basis),
        "建设周期": _period(facts),
    }


def _first_filled(facts: LetterFacts, field_ids: Iterable[str]) -> str:
    """The first of the fields that names somebody: a label of the form typed into its own cell names nobody."""
    form = facts.programme.form(facts.record.kind)
    labels = {fold(words) for field in (form.fields if form else ()) for words in (field.label, field.anchor)}
    values = (facts.record.value(field_id) for field_id in field_ids)
    return next((value for value in values if isinstance(value, str) and fold(value) not in labels | {""}), "")


def _cited(title: str) -> str:
    """A document's title in 《》; a date or number behind it in brackets stays outside."""
    match = re.fullmatch(r"([^《》]+?)((?:（[^（）]*）)?)", title.strip())
    return f"《{match[1]}》{match[2]}" if match else title.strip()


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
        "期限说明": _sentence(facts.deadline_note),
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
        "收到材料": _numbered(
            {"材料名称": shorten(name, NAME_LIMIT), "说明": shorten(note)} for name, note in facts.received_papers
        ),
        "待补交材料": _numbered(_asked(finding, attachments.get(finding.field or "")) for finding in asked),
        "补正事项": _numbered(_item(finding) for finding in errors),
        "提示事项": (*_seal_hints(hints), *(_hint(finding) for finding in hints if finding.code not in _SEAL_WORDS)),
        "事项数": len(errors),
    }


def _form_order(facts: LetterFacts) -> dict[str, int]:
    """Fields in the form's order, then the attachments in the pack's."""
    form = facts.programme.form(facts.record.kind)
    ids = [field.id for field in form.fields] if form else []
    return {name: index for index, name in enumerate([*ids, *(a.id for a in facts.programme.attachments)])}


def _numbered(items: Iterable[Mapping[str, str]]) -> tuple[Mapping[str, str], ...]:
    return tuple({"序号": str(number), **item} for number, item in enumerate(items, 1))


def _item(finding: Finding) -> dict[str, str]:
    return {
        "项目": shorten(finding.label or "整份材料", NAME_LIMIT),
        "位置": finding.place,
        "问题": _bare(_without_label(finding)),
        "要求": _bare(finding.requirement),
        "依据": finding.basis,
    }


def _without_label(finding: Finding) -> str:
    """The message without the label it begins with: the item is headed by it."""
    for head in (f"“{finding.label}”", finding.label):
        rest = finding.message.removeprefix(head)
        if head and rest and rest != finding.message:
            return rest.lstrip("：:，, ")
    return finding.message


def _asked(finding: Finding, attachment: Attachment | None) -> dict[str, str]:
    contents = f"应包括{attachment.contents}" if attachment and attachment.contents else ""
    return {
        "材料名称": attachment.label if attachment else finding.label,
        "要求": _bare(contents or finding.requirement),
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
    return tuple(
        f"{'、'.join(labels)}是否已经{'、'.join(words)}，从电子版上不能确认，请核对纸质原件"
        for words, labels in alike.items()
    )


def _hint(finding: Finding) -> str:
    """One sentence without its full stop; the label leads unless the message names it already."""
    message = _bare(finding.message)
    lead = "" if not finding.label or finding.label in message else f"{finding.label}："
    requirement = _bare(finding.requirement)
    return f"{lead}{message}" + (f"，{requirement}" if requirement else "")


def _sentence(text: str) -> str:
    """A sentence of its own, with its full stop; "" stays empty."""
    return f"{_bare(text)}。" if text else ""


def _bare(sentence: str) -> str:
    """A sentence for the middle of a line: shortened, without the mark at its end."""
    return shorten(sentence.strip().rstrip("。；;，, "))
