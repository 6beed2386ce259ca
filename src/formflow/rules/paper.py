"""One filled form as the checks see it: typed access to its answers, and findings that name field, place and basis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from formflow.model.citation import Citation
from formflow.model.document import Locator
from formflow.model.finding import Finding, FindingCode, Severity
from formflow.model.period import Month
from formflow.model.programme import Field, Form
from formflow.model.record import Answer, Record
from formflow.model.text import is_blank
from formflow.rules.places import field_place

# Words that say there is nothing; an answer only where the pack says so (`accepts_none`).
_NOTHING = ("无", "暂无", "没有")
_QUOTE_LENGTH = 24


@dataclass(frozen=True, slots=True)
class Paper:
    """A record with the form it fills; `received_on` is the day it arrived, None when nobody knows (a file read by hand)."""

    form: Form
    record: Record
    received_on: date | None

    def answer(self, field_id: str) -> Answer | None:
        return self.record.answers.get(field_id)

    def text(self, field_id: str) -> str:
        """A text field's answer, "" when nothing was written or what was written says nothing."""
        value = self.record.value(field_id)
        return value if isinstance(value, str) and not self.says_nothing(self.form.field(field_id), value) else ""

    def month(self, field_id: str) -> Month | None:
        """A month field's answer, None when there is none or it is not a month."""
        value = self.record.value(field_id)
        try:
            return Month.of(value) if isinstance(value, str) else None
        except ValueError:
            return None

    def day(self, field_id: str) -> date | None:
        """A date field's answer, or the day an opinion bears; None when there is none."""
        value = self.record.value(field_id)
        written = value.get("date") if isinstance(value, Mapping) else value
        try:
            return date.fromisoformat(written) if isinstance(written, str) else None
        except ValueError:
            return None

    def day_that_counts(self, field_id: str) -> date | None:
        """The day a field bears, or else the one the paper arrived on."""
        return self.day(field_id) or self.received_on

    def rows(self, field_id: str) -> tuple[Mapping[str, Any], ...]:
        value = self.record.value(field_id)
        return tuple(value) if isinstance(value, list | tuple) else ()

    def says_nothing(self, field: Field, text: str | None) -> bool:
        """Whether a written text stands for an empty field."""
        nothing = () if field.accepts_none else _NOTHING
        return is_blank(text or "", (*self.form.placeholders, *nothing))


@dataclass(frozen=True, slots=True)
class Slip:
    """What is wrong, before it is tied to a field: the code, what to say, what to do."""

    code: FindingCode
    message: str
    requirement: str
    severity: Severity = "error"


def finding(
    paper: Paper, field: Field, slip: Slip, citation: Citation, *, place: str = "", locator: Locator | None = None
) -> Finding:
    """The finding of a slip in a field, at `place` and `locator` or else where its answer stands."""
    answer = paper.answer(field.id)
    return Finding(
        code=slip.code,
        field=field.id,
        severity=slip.severity,
        message=slip.message,
        basis=citation.clause,
        requirement=slip.requirement,
        label=field.label,
        place=place or field_place(field, answer),
        locator=locator or (answer.locator if answer else None),
    )


def quote(text: str) -> str:
    """A text as it is quoted in a message: on one line, shortened."""
    line = " ".join(text.split())
    return f"“{line}”" if len(line) <= _QUOTE_LENGTH else f"“{line[: _QUOTE_LENGTH - 1]}…”"


def in_words(month: Month) -> str:
    return f"{month.year}年{month.month}月"
