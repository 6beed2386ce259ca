"""The 审核表: a record as lines a person can correct, a returned sheet as corrections, and the corrected record.

Comes in: a record and its form, or the `Document` of a workbook. Goes out: lines, corrections, a new record. Writes no workbook.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from formflow.model.document import Cell, Document, Locator, Table
from formflow.model.finding import Finding
from formflow.model.period import parse_date, parse_month
from formflow.model.programme import Field, Form
from formflow.model.record import Answer, Record
from formflow.model.review import Correction, ReturnedSheet, ReviewLine
from formflow.model.text import fold, tidy

TITLE = "审核表"
CODE, VALUE, CORRECTION = "栏目编码", "读得的内容", "更正"
HEADINGS = ("序号", CODE, "栏目", VALUE, "位置", "把握", "问题", CORRECTION)
# What is written to say that nothing stands in the paper.
EMPTY = "（空）"
# The head's names, in the order they stand on the sheet.
HEAD_WORDS = ("项目编码", "年度", "案卷号", "版次")
_PARTS = {"text": "意见", "date": "日期", "sealed": "盖章", "signed": "签名"}
_YES_NO = {True: "有", False: "无", None: ""}
_SAYS_YES = frozenset(("有", "是", "已盖", "已签", "√", "☑", "对"))
_SAYS_NO = frozenset(("无", "否", "没有", "未盖", "未签", "×", "☐"))
_CODE = re.compile(r"(\w+)(?:\[(\d{1,4})\])?(?:\.(\w+))?")
_BY_HAND = Locator("review sheet")


def review_lines(form: Form, record: Record, findings: Iterable[Finding]) -> tuple[ReviewLine, ...]:
    """A line for each answer; rows and opinions have one for each of their parts. What was found about a field stands on its first."""
    problems: dict[str, list[str]] = {}
    for finding in findings:
        problems.setdefault(finding.field or "", []).append(finding.message)
    lines: list[ReviewLine] = []
    for field in form.fields:
        answer = record.answers.get(field.id)
        problem = "；".join(problems.get(field.id, ()))
        for number, (code, label, value) in enumerate(_parts(field, answer.value if answer else None)):
            place = answer.locator.part if answer and answer.locator else ""
            confidence = answer.confidence if answer else None
            lines.append(ReviewLine(code, label, value, place, confidence, "" if number else problem))
    return tuple(lines)


def _parts(field: Field, value: Any) -> Iterator[tuple[str, str, str]]:
    if field.type == "rows":
        for number, row in enumerate(value or (), 1):
            for column in field.columns:
                yield (
                    f"{field.id}[{number}].{column.id}",
                    f"{field.label}第{number}行 {column.label}",
                    row.get(column.id) or "",
                )
        if not value:
            for column in field.columns:
                yield f"{field.id}[1].{column.id}", f"{field.label}第1行 {column.label}", ""
    elif field.type == "opinion":
        for part, word in _PARTS.items():
            said = (value or {}).get(part)
            yield (
                f"{field.id}.{part}",
                f"{field.label} {word}",
                _YES_NO[said] if part in ("sealed", "signed") else said or "",
            )
    else:
        yield field.id, field.label, value or ""


def returned_sheet(document: Document) -> ReturnedSheet | None:
    """The 审核表 in a workbook; None if it is another workbook. It is told by its heads, not by its name."""
    for block in document.blocks:
        if isinstance(block, Table) and (sheet := _returned(block)):
            return sheet
    return None


def _returned(table: Table) -> ReturnedSheet | None:
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    head_row = next(
        (row for row, cells in sorted(rows.items()) if {CODE, CORRECTION} <= {cell.text.strip() for cell in cells}),
        None,
    )
    if head_row is None:
        return None
    columns = {cell.text.strip(): cell.column for cell in rows[head_row]}
    head = _head(
        [cell.text.strip() for row in range(head_row) for cell in sorted(rows.get(row, ()), key=lambda c: c.column)]
    )
    if head is None:
        return None
    corrections = []
    for row in sorted(rows):
        texts = {cell.column: cell.text for cell in rows[row]}
        code, text = texts.get(columns[CODE], "").strip(), tidy(texts.get(columns[CORRECTION], ""))
        if row > head_row and code and text:
            corrections.append(Correction(code, text))
    return ReturnedSheet(*head, tuple(corrections))


def _head(words: list[str]) -> tuple[str, int, int, int] | None:
    found = {name: words[at + 1] for name in HEAD_WORDS if name in words and (at := words.index(name)) + 1 < len(words)}
    if len(found) < len(HEAD_WORDS) or not all(found[name].isdigit() for name in HEAD_WORDS[1:]):
        return None
    return found["项目编码"], int(found["年度"]), int(found["案卷号"]), int(found["版次"])


def corrected(record: Record, form: Form, corrections: Iterable[Correction]) -> tuple[Record, tuple[str, ...]]:
    """The record with the corrections in it, and a sentence for each that cannot be taken; then none of them should be."""
    answers = dict(record.answers)
    problems: list[str] = []
    fields = {field.id: field for field in form.fields}
    for correction in corrections:
        match = _CODE.fullmatch(correction.code)
        field = fields.get(match[1]) if match else None
        answer = answers.get(match[1]) if match else None
        if match is None or field is None or answer is None:
            problems.append(f"“{correction.code}”不是这张表的栏目编码")
            continue
        try:
            answers[field.id] = _correct(field, answer, match[2], match[3], correction.text)
        except ValueError as error:
            problems.append(f"{field.label}：{error}")
    return replace(record, answers=answers), tuple(problems)


def _correct(field: Field, answer: Answer, row: str | None, part: str | None, text: str) -> Answer:
    """One answer corrected by hand: it is sure. ValueError says in Chinese what cannot be taken."""
    said = None if fold(text) in (fold(EMPTY), "空") else text
    value: Any
    if field.type == "rows":
        value = _correct_row(field, list(answer.value or ()), int(row or 0), part, said)
    elif field.type == "opinion":
        value = {**answer.value, part or "text": _opinion_part(part, said)}
    elif field.type == "month":
        value = _month(said)
    else:
        value = said
    return replace(answer, value=value, raw=text, locator=_BY_HAND, confidence=1.0, doubt="")


def _month(said: str | None) -> str | None:
    month = parse_month(said) if said else None
    if said and month is None:
        raise ValueError(f"“{said}”不是年月，请写成“2022年3月”的样子")
    return str(month) if month else None


def _correct_row(
    field: Field, rows: list[dict[str, Any]], number: int, column: str | None, said: str | None
) -> list[dict[str, Any]]:
    if column not in {known.id for known in field.columns} or not 1 <= number <= len(rows) + 1:
        raise ValueError(f"没有第{number}行的这一栏")
    if number > len(rows):
        rows.append({known.id: None for known in field.columns})
    rows[number - 1] = {**rows[number - 1], column: said}
    return [row for row in rows if any(row.values())]


def _opinion_part(part: str | None, said: str | None) -> Any:
    if part in ("sealed", "signed"):
        word = fold(said or "")
        if said is not None and word not in {fold(known) for known in _SAYS_YES | _SAYS_NO}:
            raise ValueError(f"“{said}”看不出是有还是无，请写“有”或“无”")
        return None if said is None else word in {fold(known) for known in _SAYS_YES}
    if part == "date":
        day = parse_date(said) if said else None
        if said and day is None:
            raise ValueError(f"“{said}”不是日期，请写成“2022年3月10日”的样子")
        return day.isoformat() if day else None
    if part != "text":
        raise ValueError("没有这一栏")
    return said or ""
