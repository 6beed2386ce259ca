"""Where every project of a programme stands with its money, from the register: what `settle` says of its whole history.

In: what lists said, what people answered, the ledger. Out: `Accounts`, a line for each project. Reads only; whoever pays by it looks it up
inside his own transaction, under `ledger.lock`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from formflow.model.document import Locator
from formflow.model.finding import Finding
from formflow.model.honours import Honour, HonoursList, Ledger, Payment, Ruling, SettlementLine
from formflow.model.money import NOTHING, Fen, yuan_text
from formflow.model.policy import HonoursPolicy
from formflow.model.programme import Programme
from formflow.register import ledger
from formflow.register import models as rows
from formflow.rules.honours import Identities, Name
from formflow.rules.stated import stated_payments
from formflow.rules.subsidy import NamedLists, settle
from formflow.service.plain import dump, load
from formflow.service.subsidy import Known


@dataclass(frozen=True, slots=True)
class Listed:
    """An honour as it was entered, with what was found when it was read."""

    row: rows.HonourRow
    honour: Honour
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """One project: its line, its honours as they were entered, and what the ledger has of it. `notes` are what list and ledger say
    differently."""

    key: str
    line: SettlementLine
    listed: tuple[Listed, ...]
    entries: tuple[rows.LedgerEntry, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def undated(self) -> tuple[rows.LedgerEntry, ...]:
        """Payments that stand and bear no day."""
        reversed_ones = {entry.reverses_id for entry in self.entries}
        is_payment = rows.LedgerEntry.Kind.PAYMENT
        return tuple(
            entry
            for entry in self.entries
            if entry.kind == is_payment and entry.paid_on is None and entry.pk not in reversed_ones
        )

    @property
    def booked(self) -> Fen:
        """What the ledger says the project has been paid."""
        return Fen(sum(entry.amount for entry in self.entries))


@dataclass(frozen=True, slots=True)
class Accounts:
    """All projects in the order they first stood on a list, then those that only the ledger knows because all their honours were struck.
    `last` is the ledger's last entry; `paid` has what lists call paid beyond the ledger, too."""

    last: int
    accounts: Mapping[str, Account]
    listed: tuple[Listed, ...]
    names: tuple[Name, ...]
    identities: Identities
    paid: Ledger
    rulings: tuple[Ruling, ...]

    @property
    def honours(self) -> tuple[Honour, ...]:
        """All honours that count, without what they call paid: that is in `paid`."""
        return tuple(replace(one.honour, paid=None) for one in self.listed if one.honour.project)

    def paid_for(self, project: str, organisation: str | None) -> Fen:
        """What the project of a mention has been paid by all that is known."""
        key = self.key_of(project, organisation)
        sums = (one.amount for one in self.paid.payments if self.key_of(one.project, one.organisation) == key)
        return Fen(sum(sums))

    def key_of(self, project: str, organisation: str | None) -> str:
        """The account of a mention that is on a list or in the ledger."""
        return self.identities.of(project, organisation or None).key


def entry_of(honour: Honour, findings: Sequence[Finding]) -> dict[str, object]:
    """An honour as the register keeps it: its place only as words."""
    found = [dump(replace(finding, locator=None)) for finding in findings]
    return {"honour": dump(honour, frozenset({"locator"})), "findings": found, "part": honour.locator.part}


def listed_of(row: rows.HonourRow) -> Listed:
    """An honour as it was entered."""
    where = Locator(f"{row.paper_id}: {row.content['part']}")
    honour = load(Honour, row.content["honour"], locator=where)
    findings = (load(Finding, finding) for finding in row.content["findings"])
    return Listed(row, honour, tuple(replace(finding, locator=where) for finding in findings))


def accounts_of(programme: Programme) -> Accounts:
    """All of a programme's projects as they stand."""
    assert programme.honours is not None
    listed = tuple(listed_of(row) for row in ledger.honours_of(programme.id))
    entries = tuple(ledger.entries_of(programme.id))
    rulings = tuple(ruling_of(row) for row in ledger.rulings_of(programme.id))
    names = (
        *(Name(one.honour.project, one.honour.organisation, one.honour.names) for one in listed if one.honour.project),
        *(Name(entry.project, entry.organisation or None) for entry in entries),
    )
    history = _History(programme.honours, Identities(names, rulings), listed, entries)
    outside, notes = history.stated()
    paid = Ledger((*outside, *map(payment_of, entries)))
    return Accounts(
        last=ledger.last_entry(programme.id),
        accounts=history.settled(programme, paid, rulings, notes),
        listed=listed,
        names=names,
        identities=history.identities,
        paid=paid,
        rulings=rulings,
    )


def known_of(programme: Programme) -> Known:
    """What the register knows, for lists that are settled without being entered."""
    standing = accounts_of(programme)
    return Known(standing.paid, standing.honours, standing.rulings)


def ruling_of(row: rows.NameRuling) -> Ruling:
    return Ruling(row.one, row.other, row.is_same, row.one_organisation or None, row.other_organisation or None)


def payment_of(entry: rows.LedgerEntry) -> Payment:
    number = entry.letter.serial if entry.letter else ""
    return Payment(
        entry.project, entry.organisation or None, Fen(entry.amount), entry.level or None, entry.paid_on, number
    )


@dataclass(frozen=True, slots=True)
class _History:
    """What was entered, told apart by projects."""

    policy: HonoursPolicy
    identities: Identities
    listed: tuple[Listed, ...]
    entries: tuple[rows.LedgerEntry, ...]

    def _key(self, one: Listed | rows.LedgerEntry) -> str:
        if isinstance(one, Listed):
            return self.identities.of(one.honour.project, one.honour.organisation).key
        return self.identities.of(one.project, one.organisation or None).key

    def _by_key(self) -> dict[str, list[Listed]]:
        found: dict[str, list[Listed]] = {}
        for one in self.listed:
            if one.honour.project:
                found.setdefault(self._key(one), []).append(one)
        return found

    def _entries_by_key(self) -> dict[str, list[rows.LedgerEntry]]:
        found: dict[str, list[rows.LedgerEntry]] = {}
        for entry in self.entries:
            found.setdefault(self._key(entry), []).append(entry)
        return found

    def stated(self) -> tuple[tuple[Payment, ...], dict[str, list[str]]]:
        """What lists call paid beyond the ledger of their time, list by list; and by account what does not agree."""
        payments: list[Payment] = []
        notes: dict[str, list[str]] = {}
        entries = self._entries_by_key()
        for key, listed in self._by_key().items():
            outside = NOTHING
            for honours, so_far in _by_list(listed):
                booked = sum(
                    entry.amount for entry in entries.get(key, ()) if entry.number <= honours[0].row.known_entry
                )
                levels = [one.honour.level for one in so_far if one.honour.level]
                highest = max(levels, key=self.policy.rank, default=None)
                known = Fen(booked + outside)
                found = stated_payments([one.honour for one in honours], known, highest, self.policy)
                outside = Fen(outside + sum(payment.amount for payment in found.payments))
                payments += found.payments
                notes.setdefault(key, []).extend(found.notes)
        return tuple(payments), notes

    def settled(
        self, programme: Programme, paid: Ledger, rulings: tuple[Ruling, ...], notes: Mapping[str, list[str]]
    ) -> dict[str, Account]:
        listed, entries = self._by_key(), self._entries_by_key()
        lines = self._lines(programme, paid, rulings) | self._stray_lines(listed, entries)
        return {
            key: Account(key, line, tuple(listed.get(key, ())), tuple(entries.get(key, ())), tuple(notes.get(key, ())))
            for key, line in lines.items()
        }

    def _lines(self, programme: Programme, paid: Ledger, rulings: tuple[Ruling, ...]) -> dict[str, SettlementLine]:
        """What is settled for every project on a list."""
        named = [one for one in self.listed if one.honour.project]
        if not named:
            return {}
        honours = tuple(replace(one.honour, paid=None) for one in named)
        findings = tuple(finding for one in named for finding in one.findings)
        whole = HonoursList(programme.id, "", honours, findings, honours[0].locator)
        (batch,) = settle((NamedLists("", (whole,)),), paid, self.policy, rulings=rulings).batches
        return {self.identities.of(line.project, line.organisation).key: line for line in batch.lines}

    def _stray_lines(
        self, listed: Mapping[str, list[Listed]], entries: Mapping[str, list[rows.LedgerEntry]]
    ) -> dict[str, SettlementLine]:
        """Projects that were paid and have no honour any more: nothing is due, all of it was too much."""
        strays = {}
        for key, found in entries.items():
            paid = Fen(sum(entry.amount for entry in found))
            if key not in listed and paid:
                first, said = found[0], yuan_text(paid)
                working = f"没有可以补助的荣誉 0 − 已补助 {said} = −{said}，本次不补助"
                strays[key] = SettlementLine(
                    first.project, first.organisation or None, None, NOTHING, paid, NOTHING, working, (), None, overpaid=paid
                )  # fmt: skip
        return strays


def _by_list(listed: Sequence[Listed]) -> Iterator[tuple[list[Listed], list[Listed]]]:
    """A project's honours list by list, each with all up to it."""
    so_far: list[Listed] = []
    for paper in dict.fromkeys(one.row.paper_id for one in listed):
        found = [one for one in listed if one.row.paper_id == paper]
        so_far = so_far + found
        yield found, so_far
