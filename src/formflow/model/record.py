"""What a paper says: answers by field id, each with its raw text, its place and how sure we are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from formflow.model.document import Locator

# A JSON value, shaped by the field's type (design.md section 4): text → str; month → "YYYY-MM"; date → "YYYY-MM-DD"; rows → list of
# {column id: str | None}; opinion → {"text": str, "sealed": bool | None, "signed": bool | None, "date": "YYYY-MM-DD" | None}.
# A field nobody filled in is None (rows: []; opinion: {"text": "", None, None, None}).
AnswerValue = Any


@dataclass(frozen=True, slots=True)
class Answer:
    """One field's answer. `raw` is the text as it stands in the paper ("" if nothing was written); `confidence` is 0..1.

    `doubt` is a Chinese sentence when something was written that could not be read as the field's type, or two ways of reading
    disagree; the value is then None or the more likely one. `row_locators` are the places of a rows field's rows.
    """

    field_id: str
    value: AnswerValue
    raw: str
    locator: Locator | None
    confidence: float
    doubt: str = ""
    row_locators: tuple[Locator, ...] = ()
    # Of a value made of several that stand apart (the points of a score sheet): each with its own place and surety.
    parts: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """Everything read from one paper of one kind. `answers` has every field of the form, in the form's order."""

    programme_id: str
    kind: str
    answers: Mapping[str, Answer]
    # Ids of the pack's attachments that are part of the same file (a 规划 typed behind the form).
    enclosed: tuple[str, ...] = ()

    def value(self, field_id: str) -> AnswerValue:
        """The value of a field, None if the form has no such field."""
        answer = self.answers.get(field_id)
        return answer.value if answer else None
