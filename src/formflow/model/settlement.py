"""补助测算: what each project of a programme is due laid before a clerk, and what came back. Sums are fen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from formflow.model.honours import NameQuestion
from formflow.model.money import NOTHING, Fen

# Whether a sum is paid: 是, 否.
SumVerdict = Literal["approve", "refuse"]
SUM_WORDS: dict[SumVerdict, str] = {"approve": "是", "refuse": "否"}


@dataclass(frozen=True, slots=True)
class SettlementHead:
    """Which sheet it is. `revision` counts the sheets of a programme's year; only the latest may come back."""

    programme_id: str
    programme_name: str
    year: int
    revision: int


@dataclass(frozen=True, slots=True)
class SettlementRow:
    """One project. `key` is that of its account; `honours` are told in words; `booked` is what the ledger paid, `is_undated`:
    some of it without a day. `verdict` and `paid_on` are what has been decided already."""

    key: str
    project: str
    organisation: str
    honours: str
    highest: str
    entitlement: Fen
    paid: Fen
    payable: Fen
    working: str
    clause: str
    state: str
    questions: tuple[str, ...] = ()
    overpaid: Fen = NOTHING
    is_held: bool = False
    booked: Fen = NOTHING
    is_undated: bool = False
    verdict: SumVerdict | None = None
    paid_on: date | None = None


@dataclass(frozen=True, slots=True)
class NameLine:
    """A question of names, with what was answered before (None: nothing)."""

    question: NameQuestion
    is_same: bool | None = None


@dataclass(frozen=True, slots=True)
class HonourLine:
    """An honour as it was read, and what is doubtful about it. `code` names it for the way back."""

    code: int
    file: str
    project: str
    organisation: str
    level: str
    date: str
    document: str
    paid: str
    doubts: tuple[str, ...]
    is_struck: bool = False


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry of the ledger."""

    number: int
    kind: str
    project: str
    organisation: str
    level: str
    amount: Fen
    document: str
    entered_on: date
    paid_on: date | None
    note: str


@dataclass(frozen=True, slots=True)
class MatchingLine:
    """What a district adds from its own money: told, never reckoned with."""

    district: str
    level: str
    amount: Fen
    since: date
    clause: str


@dataclass(frozen=True, slots=True)
class SettlementSheet:
    """The sheet as it is written."""

    head: SettlementHead
    rows: tuple[SettlementRow, ...]
    names: tuple[NameLine, ...] = ()
    honours: tuple[HonourLine, ...] = ()
    entries: tuple[EntryLine, ...] = ()
    matching: tuple[MatchingLine, ...] = ()


@dataclass(frozen=True, slots=True)
class ReturnedSum:
    """What somebody wrote beside one project. `number` is that of its line, `payable` the sum that stands on the sheet, None where whatever
    saved it last has computed no formula; `recovered` is money that came back, above zero."""

    number: int
    project: str
    payable: Fen | None
    verdict: SumVerdict | None = None
    paid_on: date | None = None
    recovered: Fen | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReturnedSettlement:
    """A 补助测算 that came back: whose it is, what was filled in (answers by the number of their line, honours to be struck by their code),
    and a sentence for each line that cannot be taken."""

    programme_id: str
    year: int
    revision: int
    sums: tuple[ReturnedSum, ...] = ()
    answers: tuple[tuple[int, bool], ...] = ()
    struck: tuple[int, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """One sum of a 付款清单."""

    payee: str
    project: str
    amount: Fen
    paid_on: date | None = None


@dataclass(frozen=True, slots=True)
class PaymentList:
    """What the finance office pays by one notice; the accounts are filled in there."""

    programme_name: str
    document: str
    issued_on: date
    lines: tuple[PaymentLine, ...]
