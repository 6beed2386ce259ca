"""What a project is still to be paid: up to its highest honour, never twice, never below zero, with the working in words.

In: lists in the order they are to be settled, what has been paid, the policy. Out: a `Settlement`. Each batch sees the honours of the
batches before it, and what they pay counts as paid. Where a question is open nothing is paid, and the line says what the question is.
Pure; whose ledger it is and what is done with the result is the caller's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from formflow.model.citation import Citation
from formflow.model.finding import Finding
from formflow.model.honours import (
    Batch,
    Honour,
    HonoursList,
    Ledger,
    Payment,
    Ruling,
    Settlement,
    SettlementLine,
    days_of,
)
from formflow.model.money import NOTHING, Fen, yuan_text
from formflow.model.policy import HonoursPolicy
from formflow.model.text import quoted
from formflow.rules import subsidy_findings as findings_on
from formflow.rules.honours import Identities, Name

_MINUS = "−"


@dataclass(frozen=True, slots=True)
class NamedLists:
    """The lists of one file: one batch."""

    name: str
    lists: tuple[HonoursList, ...]

    @property
    def honours(self) -> tuple[Honour, ...]:
        return tuple(honour for found in self.lists for honour in found.honours)

    def findings_about(self, honours: Sequence[Honour]) -> tuple[Finding, ...]:
        """What was found when these rows were read."""
        places = {(honour.locator, honour.project) for honour in honours}
        found = (
            finding for one in self.lists for finding in one.findings if (finding.locator, finding.label) in places
        )
        return tuple(dict.fromkeys(found))


def settle(
    batches: Sequence[NamedLists],
    ledger: Ledger,
    policy: HonoursPolicy,
    *,
    earlier: Sequence[Honour] = (),
    rulings: Sequence[Ruling] = (),
) -> Settlement:
    """All batches in order. `earlier` are honours of lists settled before, which still count; `rulings` answer questions about names."""
    books = _Books.opened(batches, ledger, policy, earlier, rulings)
    return Settlement(tuple(Batch(batch.name, tuple(books.settle(batch))) for batch in batches))


@dataclass(slots=True)
class _Account:
    """One project's history so far: its honours, and what it was paid as (whose honour, sum)."""

    honours: list[Honour] = field(default_factory=list)
    payments: list[tuple[str, Fen]] = field(default_factory=list)
    is_doubtful: bool = False

    @property
    def paid(self) -> Fen:
        return Fen(sum(amount for _, amount in self.payments))


@dataclass(frozen=True, slots=True)
class _Claim:
    """What a history entitles to: the level and sum of its highest honour, its clause, and what is unsure about it."""

    level: str | None = None
    amount: Fen = NOTHING
    citation: Citation | None = None
    findings: tuple[Finding, ...] = ()
    is_open: bool = False


@dataclass(slots=True)
class _Books:
    """The accounts of all projects while batches are settled one behind the other."""

    policy: HonoursPolicy
    identities: Identities
    accounts: dict[str, _Account] = field(default_factory=dict)

    @classmethod
    def opened(
        cls,
        batches: Sequence[NamedLists],
        ledger: Ledger,
        policy: HonoursPolicy,
        earlier: Sequence[Honour],
        rulings: Sequence[Ruling],
    ) -> _Books:
        named = [honour for batch in batches for honour in batch.honours if honour.project]
        names = [Name(h.project, h.organisation, h.names) for h in (*named, *earlier)]
        names += [Name(p.project, p.organisation) for p in ledger.payments]
        names += [Name(project, organisation) for project, organisation in ledger.doubtful]
        books = cls(policy, Identities(names, rulings))
        for honour in earlier:
            books._account(honour.project, honour.organisation).honours.append(honour)
        for payment in ledger.payments:
            books._enter(payment)
        for project, organisation in ledger.doubtful:
            books._account(project, organisation).is_doubtful = True
        return books

    def _account(self, project: str, organisation: str | None) -> _Account:
        return self.accounts.setdefault(self.identities.of(project, organisation).key, _Account())

    def _enter(self, payment: Payment) -> None:
        label = self.policy.level(payment.level).label if payment.level else ""
        self._account(payment.project, payment.organisation).payments.append((label, payment.amount))

    def settle(self, batch: NamedLists) -> Iterator[SettlementLine]:
        """The lines of one batch, one a project, in the order of its lists; the accounts go on."""
        by_key: dict[str, list[Honour]] = {}
        for number, honour in enumerate(batch.honours):
            key = self.identities.of(honour.project, honour.organisation).key if honour.project else f"#{number}"
            by_key.setdefault(key, []).append(honour)
        for key, honours in by_key.items():
            account = self.accounts.setdefault(key, _Account())
            yield self._line(account, honours, batch.findings_about(honours))

    def _line(self, account: _Account, honours: Sequence[Honour], told: tuple[Finding, ...]) -> SettlementLine:
        """Settles one project and enters what it is paid. `told` was found when its rows were read."""
        policy, first = self.policy, honours[0]
        account.honours += honours
        stated = _stated(honours, policy)
        findings = [*findings_on.stated_findings(stated, account.paid, first.project, policy)]
        _enter_stated(account, stated, policy)
        claim = _claim(account.honours, policy)
        questions = tuple(self._questions(account, honours))
        findings = [*questions, *claim.findings, *told, *findings]
        is_held = bool(questions) or claim.is_open
        paid = account.paid
        payable = NOTHING if is_held else Fen(max(0, claim.amount - paid))
        overpaid = Fen(max(0, paid - claim.amount)) if not is_held else NOTHING
        if overpaid:
            findings.append(findings_on.overpaid(overpaid, claim.amount, account.paid, first.project, policy))
        working = _working(claim, account.payments, policy, is_held=is_held)
        if payable and claim.level:
            account.payments.append((policy.level(claim.level).label, payable))
        organisation = next((h.organisation for h in (*honours, *account.honours) if h.organisation), None)
        return SettlementLine(
            project=first.project, organisation=organisation, highest=claim.level, entitlement=claim.amount, paid=paid, payable=payable,
            working=working, findings=tuple(findings), citation=claim.citation, overpaid=overpaid, is_held=is_held,
        )  # fmt: skip

    def _questions(self, account: _Account, honours: Sequence[Honour]) -> Iterator[Finding]:
        """What must be answered before anything is paid: who the project is, and what its rows leave open."""
        project = honours[0].project
        if project and (asked := self.identities.of(project, honours[0].organisation).question):
            yield findings_on.finding("inconsistent", "review", f"{asked}；确认前不予补助", project, self.policy)
        if account.is_doubtful:
            said = f"{quoted(project)}在台账里有看不清的记录，请先核对台账；确认前不予补助"
            yield findings_on.finding("low_confidence", "review", said, project, self.policy)
        doubts = dict.fromkeys(doubt for honour in account.honours for doubt in honour.doubts)
        for doubt in doubts:
            yield findings_on.finding(
                "low_confidence", "review", f"{quoted(project)}：{doubt}；确认前不予补助", project, self.policy
            )


def _claim(honours: Sequence[Honour], policy: HonoursPolicy) -> _Claim:
    """The highest sum any honour of the history entitles to, by the policy in force on its day. Honours never add up."""
    revoked = {honour.level for honour in honours if honour.is_revoked}
    standing = [honour for honour in honours if honour.level and honour.level not in revoked]
    best = _Claim()
    findings: list[Finding] = []
    unsure: list[tuple[Fen, Finding]] = []
    for honour in standing:
        span = days_of(honour.date) if honour.date else honour.period
        level = honour.level or ""
        found = policy.amount(level, span.first, span.last) if span else None
        if found:
            if (found[0], policy.rank(level)) > (best.amount, policy.rank(best.level) if best.level else -1):
                best = _Claim(level, found[0], found[1])
        elif span and not policy.level(level).amount.reaches(span.first, span.last):
            findings.append(findings_on.out_of_window(honour, policy))
        else:
            most = Fen(max(value.value for value in policy.level(level).amount.values))
            unsure.append((most, findings_on.date_question(honour, policy)))
    findings += [findings_on.gone(honour, policy) for honour in honours if honour.is_revoked]
    is_open = any(most > best.amount for most, _ in unsure)
    findings += [finding for _, finding in unsure]
    return _Claim(best.level, best.amount, best.citation, tuple(dict.fromkeys(findings)), is_open)


def _stated(honours: Sequence[Honour], policy: HonoursPolicy) -> dict[str | None, Fen]:
    """What the rows of one batch say has been paid, by the level of the row. The same honour in two rows or lists is stated once."""
    stated: dict[str | None, Fen] = {}
    for honour in honours:
        if honour.paid is not None:
            stated[honour.level] = max(honour.paid, stated.get(honour.level, NOTHING))
    return {level: amount for level, amount in stated.items() if amount}


def _enter_stated(account: _Account, stated: dict[str | None, Fen], policy: HonoursPolicy) -> None:
    """What the list says was paid is the same money as the books know of, as far as they know of it; the rest is entered."""
    rest = sum(stated.values()) - account.paid
    highest = max((h.level for h in account.honours if h.level), key=policy.rank, default=None)
    for level, amount in stated.items():
        part = min(amount, rest)
        if part > 0:
            # On the row of the highest honour stands what was paid so far, not what was paid for it.
            label = policy.level(level).label if level and level != highest else ""
            account.payments.append((label, Fen(part)))
            rest -= part


def _working(claim: _Claim, payments: Sequence[tuple[str, Fen]], policy: HonoursPolicy, *, is_held: bool) -> str:
    """The sum in words: 山东省 20,000 − 已补助青岛市 10,000 = 10,000."""
    if claim.level is None and not payments:
        return "没有可以补助的荣誉" + ("，待确认后计算" if is_held else "")
    label = policy.level(claim.level).label if claim.level else "没有可以补助的荣誉"
    parts = (
        "".join(f" {_MINUS} 已补助{who} {yuan_text(amount)}" for who, amount in _summed(payments))
        or f" {_MINUS} 已补助 0"
    )
    left = f"{label} {yuan_text(claim.amount)}{parts}"
    if is_held:
        return f"{left}，待确认后计算"
    rest = claim.amount - sum(amount for _, amount in payments)
    if rest < 0:
        return f"{left} = {_MINUS}{yuan_text(-rest)}，本次不补助"
    return f"{left} = {yuan_text(rest)}"


def _summed(payments: Sequence[tuple[str, Fen]]) -> list[tuple[str, Fen]]:
    """Payments for honours of one level as one sum, in order."""
    sums: dict[str, int] = {}
    for who, amount in payments:
        sums[who] = sums.get(who, 0) + amount
    return [(who, Fen(amount)) for who, amount in sums.items() if amount]
