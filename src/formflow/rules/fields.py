"""Whether a field holds what its type asks for: one function per type. What fields say to each other is `conditions`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from formflow.model.finding import Finding
from formflow.model.programme import Field, FieldType
from formflow.model.text import tidy
from formflow.rules.paper import Paper, Slip, finding, quote

# Below this an answer is shown to a person.
SURE_ENOUGH = 0.9


def check_field(paper: Paper, field: Field) -> Iterator[Finding]:
    """What is missing, unreadable or unsure in one field."""
    yield from _BY_TYPE[field.type](paper, field)
    answer = paper.answer(field.id)
    if answer and answer.confidence < SURE_ENOUGH:
        said = f"“{field.label}”识读的把握不大" + (f"（{answer.doubt}）" if answer.doubt else "")
        slip = Slip("low_confidence", said, "请对照原件核对这一栏的内容", "review")
        yield finding(paper, field, slip, field.citation)


def _text(paper: Paper, field: Field) -> Iterator[Finding]:
    if not paper.text(field.id):
        options = "、".join(f"“{option}”" for option in field.options)
        yield from _not_there(paper, field, f"请在{options}中勾选一项" if options else f"请填写{field.label}")


def _month(paper: Paper, field: Field) -> Iterator[Finding]:
    if paper.month(field.id) is None:
        yield from _not_there(paper, field, f"请写明{field.label}，例如“2022年3月”")


_EXAMPLES: Mapping[FieldType, str] = {
    "date": "，例如“2022年3月10日”",
    "number": "，写确切的数",
    "ratio": "，例如“95%”",
    "money": "，写明金额和单位",
}


def _typed(paper: Paper, field: Field) -> Iterator[Finding]:
    answer = paper.answer(field.id)
    is_open_ended = field.accepts_none and bool(answer and tidy(answer.raw) and not answer.doubt)
    if not paper.record.value(field.id) and paper.record.value(field.id) != 0 and not is_open_ended:
        do = "请勾选" if field.type == "choice" else "请写明"
        yield from _not_there(paper, field, f"{do}{field.label}{_EXAMPLES.get(field.type, '')}")


def _rows(paper: Paper, field: Field) -> Iterator[Finding]:
    if not paper.rows(field.id):
        columns = "、".join(column.label for column in field.columns)
        yield from _not_there(paper, field, f"请逐项填写{columns}")


def _not_there(paper: Paper, field: Field, requirement: str) -> Iterator[Finding]:
    """Nothing usable: something written that cannot be read is told apart from nothing written."""
    answer = paper.answer(field.id)
    raw = answer.raw if answer else ""
    if answer and answer.doubt and answer.value is None:
        slip = Slip("invalid", f"“{field.label}”{_lead(answer.doubt)}{answer.doubt}", requirement)
        yield finding(paper, field, slip, field.citation)
    elif field.is_required:
        written = tidy(raw) if field.type == "text" and paper.says_nothing(field, raw) else ""
        said = f"“{field.label}”只写了{quote(written)}，等于没有填写" if written else f"“{field.label}”没有填写"
        yield finding(paper, field, Slip("missing", said, requirement), field.citation)


def _lead(doubt: str) -> str:
    """What joins a field's name to a doubt: nothing where the doubt is a predicate already (写的是…)."""
    return "" if doubt.startswith(("写", "填", "有", "没", "无", "不")) else "填写有疑问："


def _opinion(paper: Paper, field: Field) -> Iterator[Finding]:
    value = paper.record.value(field.id)
    opinion: Mapping[str, Any] = value if isinstance(value, Mapping) else {}
    wanted = _wanted_words(field)
    has_text = not paper.says_nothing(field, opinion.get("text"))
    has_date = bool(opinion.get("date")) or not field.wants_date
    if not (has_text or opinion.get("date") or opinion.get("sealed") or opinion.get("signed")):
        if field.is_required:
            said = f"{field.label}没有填写" + (f"，{'、'.join(wanted)}都需要补齐" if len(wanted) > 1 else "")
            yield finding(paper, field, Slip("missing", said, _sign_off(wanted)), field.citation)
        return
    lacking = [word for word, is_there in (("意见内容", has_text), ("日期", has_date)) if not is_there]
    if lacking and field.is_required:
        slip = Slip(
            "missing", f"{field.label}缺少{'和'.join(lacking)}{_half_date(paper, field, has_date)}", _sign_off(lacking)
        )
        yield finding(paper, field, slip, field.citation)
    yield from _marks(paper, field, opinion)


def _wanted_words(field: Field) -> list[str]:
    marks = (("盖章", field.wants_seal), ("签名", field.wants_signature), ("日期", field.wants_date))
    return ["意见", *(word for word, is_wanted in marks if is_wanted)]


_DOINGS = {"意见": "写明意见", "意见内容": "写明意见", "盖章": "加盖公章", "签名": "由负责人签名", "日期": "注明日期"}


def _sign_off(words: list[str]) -> str:
    return f"请{'、'.join(_DOINGS[word] for word in words)}"


def _half_date(paper: Paper, field: Field, has_date: bool) -> str:
    answer = paper.answer(field.id)
    return f"（{answer.doubt}）" if answer and answer.doubt and not has_date else ""


def _marks(paper: Paper, field: Field, opinion: Mapping[str, Any]) -> Iterator[Finding]:
    """Seal and signature: absent is a slip, not visible in this kind of file is for a person to look at."""
    if field.wants_seal and not opinion.get("sealed"):
        yield finding(paper, field, _seal(field, opinion.get("sealed")), field.citation)
    if field.wants_signature and not opinion.get("signed"):
        yield finding(paper, field, _signature(field, opinion.get("signed")), field.citation)


def _seal(field: Field, sealed: bool | None) -> Slip:
    if sealed is None:
        return Slip("unsealed", f"{field.label}是否已经盖章，从电子版上看不出来", "请核对纸质原件上的公章", "review")
    return Slip("unsealed", f"{field.label}没有盖章", "请加盖公章")


def _signature(field: Field, signed: bool | None) -> Slip:
    if signed is None:
        return Slip(
            "unsigned", f"{field.label}的负责人是否已经签名，从电子版上看不出来", "请核对纸质原件上的签名", "review"
        )
    return Slip("unsigned", f"{field.label}没有负责人签名", "请由负责人签名")


_BY_TYPE: dict[FieldType, Callable[[Paper, Field], Iterator[Finding]]] = {
    "text": _text,
    "month": _month,
    "date": _typed,
    "number": _typed,
    "ratio": _typed,
    "money": _typed,
    "choice": _typed,
    "rows": _rows,
    "opinion": _opinion,
}
