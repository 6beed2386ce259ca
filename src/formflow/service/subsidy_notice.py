"""The draft of the 补助通知 that follows from what has been decided: it pays every sum that was approved and is still due as it was.

In: the register. Out: a draft, in place of one that does not follow any more; or the reason why there is none. Call it after anything that
changes what is due. Inside a transaction of the caller's.
"""

from __future__ import annotations

from collections.abc import Iterator

from formflow.model.honours import SettlementLine
from formflow.model.letter import Issue, NoLetter, Payment, SubsidyFacts
from formflow.model.programme import Programme
from formflow.register import ledger, rounds
from formflow.register import models as rows
from formflow.service import binding
from formflow.service.accounts import accounts_of
from formflow.service.office import Office
from formflow.service.settlements import holds


def draft_notice(office: Office, programme: Programme) -> NoLetter | None:
    """Drafts the notice that pays what has been approved and is still due as it was; what does not follow any more is overtaken. The
    reason when it cannot be drafted."""
    spec, year = binding.spec_on(programme, "subsidised"), ledger.latest_year(programme.id)
    if programme.honours is None or year is None:
        return None
    payments = tuple(_approved(programme))
    if spec is None:
        return NoLetter("项目包里没有补助通知，核定的补助发不出去；请在 letters.yaml 里补上") if payments else None
    for earlier in rounds.rounds_with_binding_letters():
        if earlier.programme_id == programme.id and (earlier.year != year or not payments):
            binding.overtake(rounds.open_drafts(earlier, spec.id))
    if not payments:
        return None
    facts = SubsidyFacts(programme, year, Issue(), payments)
    drafted = binding.draft(office, spec, facts)
    return drafted if isinstance(drafted, NoLetter) else None


def _approved(programme: Programme) -> Iterator[Payment]:
    assert programme.honours is not None
    decided = ledger.decisions_of(programme.id)
    for account in accounts_of(programme).accounts.values():
        decision = decided.get(account.key)
        if decision and decision.is_approved and holds(decision, account.line):
            yield _payment(account.line, account.key, decision, programme)


def _payment(line: SettlementLine, key: str, decision: rows.SubsidyDecision, programme: Programme) -> Payment:
    assert programme.honours is not None
    assert line.highest is not None
    return Payment(
        project=line.project,
        organisation=line.organisation or "",
        honour=programme.honours.level(line.highest).label,
        entitlement=line.entitlement,
        paid=line.paid,
        payable=line.payable,
        working=line.working,
        key=key,
        level=line.highest,
        paid_on=decision.paid_on,
    )
