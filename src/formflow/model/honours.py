"""Honours of projects, what has been paid for them, and what is payable: the values of a programme that rewards honours with money.

Levels are the policy's own (ids like "national" with their rank); nothing here knows a programme.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from formflow.model.citation import Citation
from formflow.model.document import Locator
from formflow.model.finding import Finding
from formflow.model.money import NOTHING, Fen


@dataclass(frozen=True, slots=True)
class DaySpan:
    """The days a written date may mean: one day, a month, a year; `last` is None where nothing bounds it."""

    first: date
    last: date | None


def days_of(text: str) -> DaySpan:
    """The days that "YYYY-MM-DD", "YYYY-MM" or "YYYY" may mean. ValueError for anything else."""
    year, *rest = (int(part) for part in text.split("-"))
    if len(rest) == 2:
        day = date(year, rest[0], rest[1])
        return DaySpan(day, day)
    first, last = (rest[0], rest[0]) if rest else (1, 12)
    return DaySpan(date(year, first, 1), date(year, last, monthrange(year, last)[1]))


@dataclass(frozen=True, slots=True)
class Honour:
    """One row of an honours list. `project` and `organisation` as written; `names` are other names the row gives the project (原名).

    `level` is a level id, None where it is none that counts or cannot be told. `date` is "YYYY-MM-DD", or "YYYY-MM" or "YYYY" where no
    more is written. `paid`: what the row says has been paid, None where it says nothing. `is_revoked`: the list says it was taken back.
    `period` is the year a title names where the row bears no date. `doubts` say in Chinese why the row cannot be settled by itself.
    """

    project: str
    organisation: str | None
    level: str | None
    date: str | None
    document: str | None
    paid: Fen | None
    locator: Locator
    names: tuple[str, ...] = ()
    is_revoked: bool = False
    period: DaySpan | None = None
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HonoursList:
    """One list that was read. `findings` are about the list and its rows; `confidence` 0..1 is that of the least sure text used."""

    programme_id: str
    title: str
    honours: tuple[Honour, ...]
    findings: tuple[Finding, ...]
    locator: Locator
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that went to a project, as a ledger enters it; a repayment is below zero. `level` is that of the honour it was paid for."""

    project: str
    organisation: str | None
    amount: Fen
    level: str | None = None
    paid_on: date | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """What has been paid so far. `doubtful` are projects (name, organisation) with an entry that could not be read surely: nothing can
    be settled for them."""

    payments: tuple[Payment, ...] = ()
    doubtful: tuple[tuple[str, str | None], ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a person said about two names: one project, or two. With both organisations it is about the name of one under each: whether
    what these two run under one name is one project."""

    one: str
    other: str
    is_same: bool
    one_organisation: str | None = None
    other_organisation: str | None = None


@dataclass(frozen=True, slots=True)
class NameQuestion:
    """Whether two mentions are one project: nearly equal names, or one name under two organisations. A `Ruling` answers it."""

    one: str
    other: str
    one_organisation: str | None = None
    other_organisation: str | None = None


@dataclass(frozen=True, slots=True)
class SettlementLine:
    """What is settled for one project in one batch. `highest` is the level the entitlement follows from, None if no honour counts.

    `paid` is what had been paid before; `payable` is never below zero, and zero while `is_held`: a question is open. `overpaid` is what
    was paid beyond the entitlement. `working` says the sum in words, `citation` the clause.
    """

    project: str
    organisation: str | None
    highest: str | None
    entitlement: Fen
    paid: Fen
    payable: Fen
    working: str
    findings: tuple[Finding, ...]
    citation: Citation | None
    overpaid: Fen = NOTHING
    is_held: bool = False


@dataclass(frozen=True, slots=True)
class Batch:
    """The lists of one file, settled together. `total` is what is payable for all of its projects."""

    name: str
    lines: tuple[SettlementLine, ...]

    @property
    def total(self) -> Fen:
        return Fen(sum(line.payable for line in self.lines))


@dataclass(frozen=True, slots=True)
class Settlement:
    """All batches in the order they were given."""

    batches: tuple[Batch, ...]

    @property
    def total(self) -> Fen:
        return Fen(sum(batch.total for batch in self.batches))
