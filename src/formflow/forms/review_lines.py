"""The 审核表 as it goes out: a record as lines a person can check and correct, and where each of them can be looked up.

Comes in: a record, its form and what was found. Goes out: lines and places. What comes back is `corrections`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from formflow.forms import values
from formflow.model.case import CASE_NUMBER
from formflow.model.document import Locator
from formflow.model.finding import Finding
from formflow.model.programme import Field, Form
from formflow.model.record import Answer, Record
from formflow.model.review import ReviewLine

TITLE = "审核表"
CODE, VALUE, CORRECTION = "栏目编码", "读得的内容", "更正"
PICTURE = "原文图"
HEADINGS = ("序号", CODE, "栏目", VALUE, PICTURE, "位置", "把握", "问题", CORRECTION)
# What is written to say that nothing stands in the paper.
EMPTY = "（空）"
# The head's names, in the order they stand on the sheet.
HEAD_WORDS = ("项目编码", "年度", CASE_NUMBER, "版次")
# A line's code: field, row (from 1), part of an opinion or column.
CODE_PATTERN = re.compile(r"(\w+)(?:\[(\d{1,4})\])?(?:\.(\w+))?")
# Which part of an opinion a finding is about; the first one else.
_PART_OF: Mapping[str, str] = {"unsealed": "sealed", "unsigned": "signed"}
_PARTS = {"text": "意见", "date": "日期", "sealed": "盖章", "signed": "签名"}
_MARKS = ("sealed", "signed")
_YES_NO = {True: "有", False: "无", None: ""}


def review_lines(
    form: Form, record: Record, findings: Iterable[Finding], place_of: Callable[[Field, Answer | None], str]
) -> tuple[ReviewLine, ...]:
    """A line for each answer, those of doubtful fields first; rows and opinions have one for each of their parts. `place_of` says in words
    where an answer stands."""
    # An attachment that is missing is no line of the form, whatever its id.
    found = tuple(finding for finding in findings if finding.code != "attachment_missing")
    doubtful = {finding.field for finding in found if finding.code == "low_confidence"}
    lines = [
        line
        for field in form.fields
        for line in _lines(field, record.answers.get(field.id), [f for f in found if f.field == field.id], place_of)
    ]
    return tuple(
        sorted(
            (replace(line, is_doubtful=field_of(line.code) in doubtful) for line in lines),
            key=lambda line: not line.is_doubtful,
        )
    )


def field_of(code: str) -> str:
    """The id of the field a line's code is about."""
    match = CODE_PATTERN.fullmatch(code)
    return match[1] if match else ""


def _lines(
    field: Field,
    answer: Answer | None,
    findings: list[Finding],
    place_of: Callable[[Field, Answer | None], str],
) -> Iterator[ReviewLine]:
    """What is wrong stands beside the part it is about, or else beside the first one."""
    parts = list(_parts(field, answer.value if answer else None))
    problems: dict[str, list[str]] = {}
    for finding in findings:
        part = f"{field.id}.{_PART_OF[finding.code]}" if finding.code in _PART_OF else ""
        at = part if part in {code for code, _, _ in parts} else parts[0][0]
        problems.setdefault(at, []).append(finding.message)
    place, confidence = place_of(field, answer), answer.confidence if answer else None
    for code, label, value in parts:
        # It says how surely words were read; of a seal or signature it would say that something is there, or is not.
        sure = None if field.type == "opinion" and code.rpartition(".")[2] in _MARKS else confidence
        yield ReviewLine(code, label, value, place, sure, "；".join(problems.get(code, ())))


def places(form: Form, record: Record) -> dict[str, Locator]:
    """Where to look for what each line says, by its code: the answer's place, or that of its row. Only lines that have a place of their
    own; the other parts of an opinion or row are seen in the same picture."""
    found: dict[str, Locator] = {}
    for field in form.fields:
        answer = record.answers.get(field.id)
        codes = [code for code, _, _ in _parts(field, answer.value if answer else None)]
        if answer and field.type == "rows" and answer.row_locators:
            found.update(zip(codes[:: len(field.columns)], answer.row_locators, strict=False))
        elif answer and answer.locator:
            found[codes[0]] = answer.locator
    return found


def _parts(field: Field, value: Any) -> Iterator[tuple[str, str, str]]:
    """(code, label, value as it is shown) of each part of an answer."""
    if field.type == "rows":
        for number, row in enumerate(value or ({},), 1):
            for column in field.columns:
                code, label = f"{field.id}[{number}].{column.id}", f"{field.label}第{number}行 {column.label}"
                said = row.get(column.id)
                yield code, label, "" if said is None else str(said)
    elif field.type == "opinion":
        for part, word in _PARTS.items():
            yield f"{field.id}.{part}", f"{field.label} {word}", _shown_part(part, (value or {}).get(part))
    else:
        yield field.id, field.label, _shown(field, value)


def _shown_part(part: str, said: Any) -> str:
    if part in _MARKS:
        return _YES_NO[said]
    return _as_day(said) if part == "date" and said else said or ""


def _shown(field: Field, value: Any) -> str:
    if value is None:
        return ""
    if values.is_typed(field):
        return values.shown_value(field, value)
    return _as_month(value) if field.type == "month" else str(value)


def _as_month(value: str) -> str:
    year, month = value.split("-")
    return f"{int(year)}年{int(month)}月"


def _as_day(value: str) -> str:
    day = date.fromisoformat(value)
    return f"{day.year}年{day.month}月{day.day}日"
