"""补助测算 as it is laid before a clerk: each project with what it is due, what is asked about it, and what has been decided already.

In: the register. Out: a `SettlementSheet`, None where there is nothing to show. Reads only; what comes back is `settlement_entry`'s.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from formflow.model.honours import NameQuestion, SettlementLine
from formflow.model.money import Fen, yuan_text
from formflow.model.policy import HonoursPolicy
from formflow.model.programme import Programme
from formflow.model.settlement import (
    EntryLine,
    HonourLine,
    MatchingLine,
    NameLine,
    SettlementHead,
    SettlementRow,
    SettlementSheet,
    SumVerdict,
)
from formflow.register import ledger
from formflow.register import models as rows
from formflow.register.rounds import Round
from formflow.service.accounts import Account, Accounts, Listed, accounts_of, listed_of

_ENTRY = rows.LedgerEntry.Kind


def sheet_of(programme: Programme, this: Round, revision: int) -> SettlementSheet | None:
    """A programme's projects of the latest year, with those of earlier years that are not settled. Earlier years have no sheet of their own
    any more: what is open of them is settled here."""
    if programme.honours is None or ledger.latest_year(programme.id) != this.year:
        return None
    standing, decided = accounts_of(programme), ledger.decisions_of(programme.id)
    shown = [account for account in standing.accounts.values() if _is_shown(account, this.year)]
    return SettlementSheet(
        head=SettlementHead(programme.id, programme.name, this.year, revision),
        rows=tuple(_row(programme.honours, account, decided.get(account.key)) for account in shown),
        names=tuple(_names(programme, standing)),
        honours=tuple(_honours(programme, shown, this.year)),
        entries=tuple(map(_entry, ledger.entries_of(programme.id))),
        matching=tuple(_matching(programme.honours)),
    )


def _is_shown(account: Account, year: int) -> bool:
    line = account.line
    is_open = line.payable or line.is_held or line.overpaid or account.undated
    return bool(is_open) or any(one.row.year == year for one in account.listed)


def holds(decision: rows.SubsidyDecision | None, line: SettlementLine) -> bool:
    """Whether a sum is still what it was when somebody decided about it."""
    if decision is None or line.is_held or line.payable <= 0:
        return False
    before = (decision.level, decision.entitlement, decision.paid_before, decision.amount)
    return before == (line.highest or "", line.entitlement, line.paid, line.payable)


def _row(policy: HonoursPolicy, account: Account, decision: rows.SubsidyDecision | None) -> SettlementRow:
    line = account.line
    standing = decision if holds(decision, line) else None
    verdict: SumVerdict | None = None if standing is None else "approve" if standing.is_approved else "refuse"
    asked = [*(f.message for f in line.findings if f.severity != "info"), *account.notes]
    if line.payable and not line.organisation:
        asked.append("名单没有写单位，请在付款以前核对收款单位")
    return SettlementRow(
        key=account.key,
        project=line.project,
        organisation=line.organisation or "",
        honours="；".join(dict.fromkeys(_honour_words(policy, one) for one in account.listed)),
        highest=policy.level(line.highest).label if line.highest else "",
        entitlement=line.entitlement,
        paid=line.paid,
        payable=line.payable,
        working=line.working,
        clause=line.citation.clause if line.citation else "",
        state=_state(line, verdict),
        questions=tuple(dict.fromkeys(asked)),
        overpaid=line.overpaid,
        is_held=line.is_held,
        booked=account.booked,
        is_undated=bool(account.undated),
        verdict=verdict,
        paid_on=standing.paid_on if standing else None,
    )


def _state(line: SettlementLine, verdict: SumVerdict | None) -> str:
    if line.is_held:
        return "待确认"
    if line.overpaid:
        return "多付，待处理"
    if line.payable:
        return {"approve": "已核定，待签发", "refuse": "不予拨付"}.get(verdict or "", "待核定")
    return "已补足" if line.paid else "没有应补"


def _honour_words(policy: HonoursPolicy, one: Listed) -> str:
    honour = one.honour
    label = policy.level(honour.level).label if honour.level else "不计入"
    return f"{label} {honour.date or '未写日期'}" + ("（已撤销）" if honour.is_revoked else "")


def _names(programme: Programme, standing: Accounts) -> Iterator[NameLine]:
    """What was answered, then what is open."""
    for row in ledger.rulings_of(programme.id):
        owners = row.one_organisation or None, row.other_organisation or None
        yield NameLine(NameQuestion(row.one, row.other, *owners), row.is_same)
    yield from map(NameLine, standing.identities.questions)


def _honours(programme: Programme, shown: list[Account], year: int) -> Iterator[HonourLine]:
    """Every honour of the projects that are shown, those that were struck, and those without a project."""
    assert programme.honours is not None
    here = {one.row.pk for account in shown for one in account.listed}
    for row in ledger.honours_of(programme.id, struck_too=True):
        if row.pk in here or row.year == year or not row.project:
            yield _honour(programme.honours, listed_of(row))


def _honour(policy: HonoursPolicy, one: Listed) -> HonourLine:
    honour = one.honour
    doubts = (*honour.doubts, *(f.message for f in one.findings if f.severity != "info"))
    told = [doubt for doubt in dict.fromkeys(doubts) if not any(doubt != other and doubt in other for other in doubts)]
    return HonourLine(
        code=one.row.pk,
        file=one.row.paper.original_name,
        project=honour.project,
        organisation=honour.organisation or "",
        level=policy.level(honour.level).label if honour.level else "",
        date=honour.date or "",
        document=honour.document or "",
        paid="" if honour.paid is None else yuan_text(honour.paid),
        doubts=tuple(told),
        is_struck=one.row.state == rows.HonourRow.State.STRUCK,
    )


def _entry(entry: rows.LedgerEntry) -> EntryLine:
    return EntryLine(
        number=entry.number,
        kind=_ENTRY(entry.kind).label,
        project=entry.project,
        organisation=entry.organisation,
        level=entry.level,
        amount=Fen(entry.amount),
        document=entry.letter.serial if entry.letter else "",
        entered_on=entry.entered_on,
        paid_on=entry.paid_on,
        note=entry.reason,
    )


def _matching(policy: HonoursPolicy) -> Iterator[MatchingLine]:
    labels: Mapping[str, str] = {level.id: level.label for level in policy.levels}
    for standard in policy.matching:
        value = standard.value
        yield MatchingLine(
            standard.district, labels[standard.level], Fen(value.value), value.first, value.citation.clause
        )
