"""What a letter says before anyone draws it: the values for a Word template's Chinese keys, and the facts they come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from formflow.model.case import CaseKey, Decision
from formflow.model.programme import Programme
from formflow.model.record import Record


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """Everything a letter may say. Composing reads no clock and no register: who calls it has looked them up.

    `serial` is the letter's number as printed; `version_no` is 1 for the first paper of a case, 2 for its first correction …;
    `previous_on` the day of the letter before this one. `deadline`, `working_days` and `deadline_note` (how it was counted, a year
    without a published calendar …) belong to a 补正 letter. `received_papers` are (name, note) of each paper that came in.
    """

    programme: Programme
    case: CaseKey
    record: Record
    decision: Decision
    serial: str
    received_on: date
    issued_on: date
    version_no: int = 1
    received_papers: tuple[tuple[str, str], ...] = ()
    deadline: date | None = None
    working_days: int | None = None
    deadline_note: str = ""
    previous_on: date | None = None


@dataclass(frozen=True, slots=True)
class LetterContent:
    """One letter to be written. `context` maps the template's Chinese keys to text, or to tuples of such mappings for loops.

    `title` is the document's name (受理通知书), `file_stem` its file name without ending.
    """

    letter_id: str
    title: str
    file_stem: str
    context: Mapping[str, Any]
