"""What a letter says before anyone draws it: the values for a Word template's Chinese keys, and the facts they come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from formflow.model.case import CaseKey, Decision
from formflow.model.finding import Finding
from formflow.model.money import Fen
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


@dataclass(frozen=True, slots=True)
class NoLetter:
    """Why a letter cannot be written from the facts given, and what to do, in Chinese."""

    reason: str


@dataclass(frozen=True, slots=True)
class ListedUnit:
    """A unit on a list that is announced or named. `grade` is "" where a programme has no grades, `county` where it is not known."""

    name: str
    county: str = ""
    grade: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """When and under which number a letter of a batch goes out. A draft has neither: `number` "" and `on` None are printed as the
    blanks a clerk knows. `number` is printed as it is given (通工发〔2026〕3号)."""

    number: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Publicity:
    """The time a list is laid before everybody (公示期): first and last day, both included, and how it was counted."""

    first: date
    last: date
    working_days: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class AnnouncedFacts:
    """For a 公示: who is to be named. `units` stand in the order they are printed, grades together in the order of their first unit.

    `period` is None in a draft whose day of publication is not settled; `working_days` is then said all the same."""

    programme: Programme
    year: int
    units: tuple[ListedUnit, ...]
    issue: Issue
    working_days: int
    period: Publicity | None = None


@dataclass(frozen=True, slots=True)
class NamedFacts:
    """For a 命名决定: who is named, after which 公示. `result` is what came of it in a person's words ("" says nothing about it)."""

    programme: Programme
    year: int
    units: tuple[ListedUnit, ...]
    issue: Issue
    period: Publicity | None
    result: str = ""


@dataclass(frozen=True, slots=True)
class ExtendedFacts:
    """For a 延期通知 to one unit: until when its time is extended, why, and what it still has to do."""

    programme: Programme
    year: int
    unit: str
    applicant: str
    issue: Issue
    until: date
    formerly_until: date | None = None
    reasons: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    times: int = 1


@dataclass(frozen=True, slots=True)
class IncompleteUnit:
    """A unit whose submission is not complete on a day. `days_overdue` counts working days after `deadline`; None before the first, or
    without one."""

    name: str
    county: str
    missing: tuple[str, ...]
    deadline: date | None = None
    days_overdue: int | None = None


@dataclass(frozen=True, slots=True)
class CircularFacts:
    """For a 通报: whose submissions are incomplete on `as_of`, or who is commended. `received` are all units that applied, if known."""

    programme: Programme
    year: int
    issue: Issue
    as_of: date
    incomplete: tuple[IncompleteUnit, ...] = ()
    commended: tuple[ListedUnit, ...] = ()
    received: int | None = None


@dataclass(frozen=True, slots=True)
class RectifyPoint:
    """One thing to be put right: what is wrong, what is asked for, and by which rule."""

    problem: str
    requirement: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class RectifyFacts:
    """For a 限期整改通知书 to one unit: what was found when, until when it is to be put right, when somebody comes to look.

    `finding` is the sentence that says what was found (a satisfaction rate), without its full stop."""

    programme: Programme
    year: int
    unit: str
    applicant: str
    issue: Issue
    found_on: date | None
    points: tuple[RectifyPoint, ...]
    deadline: date
    finding: str = ""
    working_days: int | None = None
    deadline_note: str = ""
    visit: str = ""
    times: int = 1


@dataclass(frozen=True, slots=True)
class SheetReturnedFacts:
    """For a 评分表退回通知: one score sheet with its slips. `reviewer`, `unit` and `dated` are as the sheet says, "" where it does not.

    `deadline` is None where no day is set for the corrected sheet."""

    programme: Programme
    year: int
    serial: str
    issued_on: date
    received_on: date
    file_name: str
    slips: tuple[Finding, ...]
    unit: str = ""
    reviewer: str = ""
    dated: str = ""
    deadline: date | None = None
    times: int = 1


@dataclass(frozen=True, slots=True)
class Payment:
    """One line of a 补助通知. `working` says how the amount came about. `key` is the project's account, `level` that of the honour, `paid_on`
    the day the money goes out, as far as it is known: not printed, but what the ledger enters with the letter."""

    project: str
    organisation: str
    honour: str
    entitlement: Fen
    paid: Fen
    payable: Fen
    working: str = ""
    key: str = ""
    level: str = ""
    paid_on: date | None = None


@dataclass(frozen=True, slots=True)
class SubsidyFacts:
    """For a 补助通知: who is paid what. Whoever composes it reckons the sum, in figures and in words, from these very payments."""

    programme: Programme
    year: int
    issue: Issue
    payments: tuple[Payment, ...]

    @property
    def total(self) -> Fen:
        return Fen(sum(payment.payable for payment in self.payments))
