"""The 年度台账: where every unit of a programme's year stands on a day. What is shown; how it is shown is a workbook's business."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class LedgerLetter:
    """A letter that went out: its title, its number or serial, the day it bears."""

    title: str
    number: str
    on: date
    is_void: bool = False


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One unit. `outcome` and `decision` are in the words people see; `days_overdue` counts working days after `deadline` and is None
    where nothing is overdue; `score` is "" before one is settled. `sheets` count, `returned` went back for correction."""

    number: int
    county: str
    unit: str
    applicant: str
    opened_on: date | None
    version: int
    outcome: str
    missing: tuple[str, ...] = ()
    deadline: date | None = None
    days_overdue: int | None = None
    sheets: int = 0
    returned: int = 0
    score: str = ""
    decision: str = ""
    grade: str = ""
    until: date | None = None
    letters: tuple[LedgerLetter, ...] = ()
    folder: str = ""


@dataclass(frozen=True, slots=True)
class LoosePaper:
    """A paper that belongs to no unit yet; `state` and `reason` are in the words people see."""

    name: str
    received_on: date
    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """A programme's year on the day `as_of`."""

    programme_name: str
    year: int
    as_of: date
    rows: tuple[LedgerRow, ...]
    # Sentences for its head (what is left of a quota).
    remarks: tuple[str, ...] = ()
