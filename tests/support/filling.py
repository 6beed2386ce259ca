"""What somebody writes into an application form, and what must be read and found in it.

A `Filling` is made first; papers are drawn from it afterwards, so the truth is known by construction and
never parsed back. Nothing here uses the code under test.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

YearMonth = tuple[int, int]
Day = tuple[int, int, int]
FieldFinding = tuple[str, str]

TEXT_FIELDS = (
    "centre_name", "undertaking_union", "managing_union", "applicant", "industry", "eligibility", "current_work",
    "work_plan", "funding_use", "funding_source",
)  # fmt: skip
OPINION_FIELDS = ("opinion_undertaking", "opinion_participating", "opinion_managing")
FIELD_ORDER = (
    "centre_name", "period_start", "period_end", "undertaking_union", "managing_union", "form_date", "applicant",
    "industry", "eligibility", "current_work", "work_plan", "schedule", "funding_use", "funding_source",
    *OPINION_FIELDS,
)  # fmt: skip
ATTACHMENTS = ("development_plan", "implementation_plan")
# What people write into a blank they cannot or will not fill.
NOTHING = ("", "待补充", "／", "/", "—", "——", "　", "（待补充）", "待定")
SUFFIXES = ("职工服务中心", "职工服务站", "职工服务中心（站）", "职工服务中心(站)")
# Hand-in window: January to March; cycles 2022 to 2024; one or two years.
WINDOW_MONTHS, CYCLE_YEARS, WHOLE_YEARS = (1, 3), (2022, 2024), (1, 2)


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """A line of the schedule as typed; `first` and `last` are the months its time means, None if it names no year."""

    time: str
    content: str
    responsible: str
    first: YearMonth | None = None
    last: YearMonth | None = None


@dataclass(frozen=True, slots=True)
class Opinion:
    """What stands in an opinion cell; `sealed` and `signed` put a picture of a seal or of handwriting into it."""

    text: str = ""
    day: Day | None = None
    signer: str = ""
    sealed: bool = False
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Filling:
    """All answers. `half_written` names the months whose year is written and whose month is left open. `enclosed` are
    attachments typed behind the form in the same file."""

    centre_name: str = ""
    period_start: YearMonth | None = None
    period_end: YearMonth | None = None
    undertaking_union: str = ""
    managing_union: str = ""
    form_date: YearMonth | None = None
    applicant: str = ""
    industry: str = ""
    eligibility: str = ""
    current_work: str = ""
    work_plan: str = ""
    schedule: tuple[ScheduleRow, ...] = ()
    funding_use: str = ""
    funding_source: str = ""
    opinion_undertaking: Opinion = field(default_factory=Opinion)
    opinion_participating: Opinion = field(default_factory=Opinion)
    opinion_managing: Opinion = field(default_factory=Opinion)
    half_written: frozenset[str] = frozenset()
    enclosed: tuple[str, ...] = ()


def said(text: str) -> str | None:
    """The answer as it must be read: each line trimmed, no empty lines; None when it says nothing."""
    lines = [line.strip(" \t\u3000") for line in text.split("\n")]
    answer = "\n".join(line for line in lines if line)
    return None if answer in NOTHING else answer


def fields_of(filling: Filling) -> dict[str, Any]:
    """The value of every field, shaped as design.md section 4 says."""
    values: dict[str, Any] = {}
    for name in FIELD_ORDER:
        written = getattr(filling, name)
        if name in TEXT_FIELDS:
            values[name] = said(written)
        elif name == "schedule":
            values[name] = [row for row in map(_row_value, written) if any(row.values())]
        elif name in OPINION_FIELDS:
            values[name] = _opinion_value(written)
        else:
            values[name] = None if written is None or name in filling.half_written else f"{written[0]}-{written[1]:02d}"
    return values


def _row_value(row: ScheduleRow) -> dict[str, str | None]:
    return {"time": said(row.time), "content": said(row.content), "responsible": said(row.responsible)}


def _opinion_value(opinion: Opinion) -> dict[str, Any]:
    date = "{}-{:02d}-{:02d}".format(*opinion.day) if opinion.day else None
    text = said(opinion.text) or ""
    return {"text": text, "sealed": opinion.sealed or None, "signed": opinion.signed or None, "date": date}


def findings_of(filling: Filling) -> tuple[FieldFinding, ...]:
    """Every (code, field) that checking must find, errors and reviews, one for each occurrence."""
    return (
        *_missing(filling),
        *_period_findings(filling),
        *_window_findings(filling),
        *_schedule_findings(filling),
        *(found for name in OPINION_FIELDS for found in _opinion_findings(name, getattr(filling, name))),
        *(("attachment_missing", name) for name in ATTACHMENTS if name not in filling.enclosed),
    )


def _missing(filling: Filling) -> list[FieldFinding]:
    values = fields_of(filling)
    found = []
    for name in FIELD_ORDER:
        if name not in OPINION_FIELDS and values[name] in (None, []):
            begun = name in filling.half_written and getattr(filling, name) is not None
            found.append(("invalid" if begun else "missing", name))
    centre = values["centre_name"]
    if centre and not centre.endswith(SUFFIXES):
        found.append(("invalid", "centre_name"))
    return found


def _period(filling: Filling) -> tuple[YearMonth, YearMonth] | None:
    """Both ends, when both can be read."""
    if filling.half_written & {"period_start", "period_end"} or not filling.period_start or not filling.period_end:
        return None
    return filling.period_start, filling.period_end


def _period_findings(filling: Filling) -> list[FieldFinding]:
    period = _period(filling)
    if not period:
        return []
    (first_year, first_month), (last_year, last_month) = period
    if period[0] > period[1]:
        return [("inconsistent", "period_end")]
    months = (last_year - first_year) * 12 + last_month - first_month
    whole = {12 * years - rest for years in WHOLE_YEARS for rest in (0, 1)}
    return [] if months in whole else [("invalid", "period_end")]


def _window_findings(filling: Filling) -> list[FieldFinding]:
    found = []
    start, handed_in = filling.period_start, filling.form_date
    if start and "period_start" not in filling.half_written and not CYCLE_YEARS[0] <= start[0] <= CYCLE_YEARS[1]:
        found.append(("out_of_window", "period_start"))
    in_time = not handed_in or WINDOW_MONTHS[0] <= handed_in[1] <= WINDOW_MONTHS[1]
    if not in_time and "form_date" not in filling.half_written:
        found.append(("out_of_window", "form_date"))
    return found


def _schedule_findings(filling: Filling) -> list[FieldFinding]:
    """A row that lacks a column, a row outside the period; a backwards period has no outside."""
    found = []
    period = _period(filling)
    for row in filling.schedule:
        value = _row_value(row)
        if any(value.values()) and not all(value.values()):
            found.append(("missing", "schedule"))
        if period and period[0] <= period[1] and value["time"] and _is_outside(row, period):
            found.append(("inconsistent", "schedule"))
    return found


def _is_outside(row: ScheduleRow, period: tuple[YearMonth, YearMonth]) -> bool:
    return bool(row.first and row.last) and (row.first < period[0] or row.last > period[1])


def _opinion_findings(name: str, opinion: Opinion) -> list[FieldFinding]:
    text = said(opinion.text)
    # A typed name alone is no signature and no opinion.
    if not (text or opinion.day or opinion.sealed or opinion.signed):
        return [("missing", name)]
    found = [] if text and opinion.day else [("missing", name)]
    if not opinion.sealed:
        found.append(("unsealed", name))
    if not opinion.signed:
        found.append(("unsigned", name))
    return found
