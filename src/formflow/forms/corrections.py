"""The 审核表 as it comes back: a returned sheet as corrections, and the record with the corrections in it.

Comes in: the `Document` of a workbook, or a record and what was written beside it. Goes out: corrections, a new record. Nothing that
cannot be understood is taken: it is said, and the sheet is a person's again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from formflow.forms import values
from formflow.forms.choices import ticked
from formflow.forms.returned_pages import returned_page
from formflow.forms.review_lines import CODE, CODE_PATTERN, CORRECTION, EMPTY, HEAD_WORDS, field_of
from formflow.model.case import CODE_STEP
from formflow.model.document import Document, Locator, Table
from formflow.model.period import parse_date, parse_month
from formflow.model.programme import Field, Form
from formflow.model.record import Answer, Record
from formflow.model.review import Correction, ReturnedSheet
from formflow.model.text import fold

_SAYS_YES = frozenset(("有", "是", "已盖", "已签", "√", "☑", "对"))
_SAYS_NO = frozenset(("无", "否", "没有", "未盖", "未签", "×", "☐"))
_BY_HAND = Locator("review sheet")
_SHOWN_LENGTH = 40


def returned_sheet(document: Document) -> ReturnedSheet | None:
    """The 审核表 in a workbook; None if it is another workbook. It is told by its heads, not by its name."""
    for block in document.blocks:
        if isinstance(block, Table) and (sheet := _returned(block)):
            return replace(sheet, saved_by=document.saved_by)
    return None


def _returned(table: Table) -> ReturnedSheet | None:
    page = returned_page(table, HEAD_WORDS, (CODE, CORRECTION))
    if page is None:
        return None
    year, code, version = page.numbers
    opened, number = divmod(code, CODE_STEP)
    if opened not in (0, year):  # of another year than the head says: nobody's, as it stands
        number = code
    written = ((line.text(CODE), line.text(CORRECTION)) for line in page.lines)
    corrections = tuple(Correction(code, text) for code, text in written if text)
    return ReturnedSheet(page.programme_id, year, number, version, corrections)


def corrected(record: Record, form: Form, corrections: Sequence[Correction]) -> tuple[Record, tuple[str, ...]]:
    """The record with the corrections in it and the rest confirmed, and a sentence for each correction that cannot be taken; then none of
    them should be."""
    answers = {field_id: replace(answer, confidence=1.0) for field_id, answer in record.answers.items()}
    problems: list[str] = list(_contradictions(corrections))
    fields = {field.id: field for field in form.fields}
    for correction in corrections:
        match = CODE_PATTERN.fullmatch(correction.code)
        field = fields.get(match[1]) if match else None
        answer = answers.get(match[1]) if match else None
        if match is None or field is None or answer is None:
            problems.append(f"“{correction.code}”不是这张表的栏目编码（更正写的是“{_short(correction.text)}”）")
            continue
        try:
            answers[field.id] = _correct(field, answer, match[2], match[3], correction.text)
        except ValueError as error:
            problems.append(f"{field.label}：{error}")
    touched = {id_ for correction in corrections if (id_ := field_of(correction.code)) in fields}
    emptied = {id_: _without_empty_rows(answers[id_]) for id_ in touched if fields[id_].type == "rows"}
    tidied = {id_: emptied.get(id_, answer) for id_, answer in answers.items()}
    return replace(record, answers=tidied), tuple(problems)


def _contradictions(corrections: Sequence[Correction]) -> Iterator[str]:
    """A line that was copied and filled in twice says two things."""
    texts: dict[str, str] = {}
    for correction in corrections:
        if texts.setdefault(correction.code, correction.text) != correction.text:
            yield f"“{correction.code}”有两行，更正写得不一样"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN_LENGTH else f"{line[: _SHOWN_LENGTH - 1]}…"


def _correct(field: Field, answer: Answer, row: str | None, part: str | None, text: str) -> Answer:
    """One answer corrected by hand: it is sure. ValueError says in Chinese what cannot be taken."""
    said = None if fold(text) in (fold(EMPTY), "空") else text
    value: Any
    if field.type == "rows":
        value = _correct_row(field, list(answer.value or ()), int(row or 0), part, said)
    elif row is not None or (part is not None and field.type != "opinion"):
        raise ValueError("没有这一栏")
    elif field.type == "opinion":
        value = {**answer.value, part or "text": _opinion_part(part, said)}
    elif field.type == "month":
        value = _month(said)
    elif values.is_typed(field):
        value = _typed(field, said)
    elif field.type == "text":
        value = _choice(field, said) if field.options else said
    else:
        raise ValueError("这一栏不能在本表更正，请改好申请表后重新提交")
    return replace(answer, value=value, raw=said or "", locator=_BY_HAND, confidence=1.0, doubt="", row_locators=())


def _typed(field: Field, said: str | None) -> Any:
    value, doubt = values.read_value(field, said, ()) if said else (None, "")
    if doubt:
        raise ValueError(doubt)
    return value


def _choice(field: Field, said: str | None) -> str | None:
    """The printed options that were written."""
    chosen, is_sure = ticked(said, field.options) if said else (None, True)
    if not is_sure:
        raise ValueError(f"“{_short(said or '')}”不在可选项（{'、'.join(field.options)}）之内")
    return chosen


def _month(said: str | None) -> str | None:
    month = parse_month(said) if said else None
    if said and month is None:
        raise ValueError(f"“{_short(said)}”不是年月，请写成“2022年3月”的样子")
    return str(month) if month else None


def _correct_row(
    field: Field, rows: list[dict[str, Any]], number: int, column: str | None, said: str | None
) -> list[dict[str, Any]]:
    if column not in {known.id for known in field.columns} or not 1 <= number <= len(rows) + 1:
        raise ValueError(f"没有第{number}行的这一栏")
    if number > len(rows):
        rows.append({known.id: None for known in field.columns})
    rows[number - 1] = {**rows[number - 1], column: said}
    return rows


def _without_empty_rows(answer: Answer) -> Answer:
    """A row that was emptied goes, once all lines have been counted."""
    return replace(answer, value=[row for row in answer.value or () if any(row.values())])


def _opinion_part(part: str | None, said: str | None) -> Any:
    if part in ("sealed", "signed"):
        word = fold(said or "")
        if said is not None and word not in {fold(known) for known in _SAYS_YES | _SAYS_NO}:
            raise ValueError(f"“{_short(said)}”看不出是有还是无，请写“有”或“无”")
        return None if said is None else word in {fold(known) for known in _SAYS_YES}
    if part == "date":
        day = parse_date(said) if said else None
        if said and day is None:
            raise ValueError(f"“{_short(said)}”不是日期，请写成“2022年3月10日”的样子")
        return day.isoformat() if day else None
    if part != "text":
        raise ValueError("没有这一栏")
    return said or ""
