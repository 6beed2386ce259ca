"""A score sheet as a `Record`: the fields that `formflow read` prints (design.md section 4), numbers as JSON numbers.

Comes in: a `ScoreSheet`. Goes out: `centre_name`, `reviewer`, `score_date`, `scores`, `total` always; `group_totals`, `satisfaction` (0..1),
`self_scores` and `self_total` where the sheet has them. What is blank or no number is null.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from formflow.model.document import Locator
from formflow.model.record import Answer, Record
from formflow.model.scoring import Entry, Mark, ScoreSheet

KIND = "score_sheet"


def as_record(sheet: ScoreSheet) -> Record:
    """The record; nothing is checked."""
    answers = {field: _entry(field, getattr(sheet, field)) for field in ("centre_name", "reviewer", "score_date")}
    answers["scores"] = _marks("scores", sheet.scores, sheet.locator)
    answers["total"] = _total(sheet)
    if sheet.group_totals:
        answers["group_totals"] = _marks("group_totals", sheet.group_totals, sheet.locator)
    if sheet.rate is not None:
        answers["satisfaction"] = _ratio(sheet.rate)
    if sheet.self_scores:
        answers["self_scores"] = _marks("self_scores", sheet.self_scores, sheet.locator)
    if sheet.self_total is not None:
        answers["self_total"] = _number("self_total", sheet.self_total)
    return Record(sheet.programme_id, KIND, answers)


def json_number(value: Decimal | None) -> int | float | None:
    """A decimal as JSON has it: 2, 2.5."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _entry(field: str, entry: Entry) -> Answer:
    return Answer(field, entry.value, entry.raw, entry.locator, entry.confidence, entry.doubt)


def _number(field: str, mark: Mark) -> Answer:
    return Answer(field, json_number(mark.value), mark.raw, mark.locator, mark.confidence, mark.doubt)


def _ratio(rate: Mark) -> Answer:
    value = json_number(rate.value / 100) if rate.value is not None else None
    return Answer("satisfaction", value, rate.raw, rate.locator, rate.confidence, rate.doubt)


def _marks(field: str, marks: Mapping[str, Mark], where: Locator | None) -> Answer:
    """Several numbers as one answer, as sure as the least sure of them; each of them keeps its own place."""
    parts = tuple(_number(name, mark) for name, mark in marks.items())
    places = tuple(mark.locator for mark in marks.values() if mark.locator)
    surety = min((mark.confidence for mark in marks.values() if not mark.is_blank), default=1.0)
    value = {part.field_id: part.value for part in parts}
    return Answer(field, value, "", places[0] if places else where, surety, parts=parts)


def _total(sheet: ScoreSheet) -> Answer:
    """The total as stated; added up where the sheet states none, and then as sure as what it is made of."""
    if sheet.total is not None and not (sheet.total.is_blank and sheet.is_whole):
        return _number("total", sheet.total)
    surety = min((mark.confidence for mark in sheet.scores.values()), default=1.0)
    return Answer("total", json_number(sheet.total_value), "", None, surety)
