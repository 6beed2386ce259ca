"""What an honours list says has been paid, held against the books when it came: the part they do not know of is money, too.

In: the rows of one list about one project, and what the books knew then. Out: payments to be counted, and what a person should compare.
Pure; as `subsidy.settle` does it within one run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from formflow.model.honours import Honour, Payment
from formflow.model.money import NOTHING, Fen, yuan_text
from formflow.model.policy import HonoursPolicy


@dataclass(frozen=True, slots=True)
class Stated:
    """Payments the books do not know of, and sentences about what list and books say differently."""

    payments: tuple[Payment, ...] = ()
    notes: tuple[str, ...] = ()


def stated_payments(honours: Sequence[Honour], known: Fen, highest: str | None, policy: HonoursPolicy) -> Stated:
    """What these rows add to `known`, which the books say was paid by then. A sum beside the highest honour so far (`highest`) is what was
    paid in all, no payment for that honour: it bears no level. The same honour in two rows is stated once."""
    by_level: dict[str | None, Fen] = {}
    for honour in honours:
        if honour.paid:
            by_level[honour.level] = max(honour.paid, by_level.get(honour.level, NOTHING))
    total = Fen(sum(by_level.values()))
    rest, payments = total - known, []
    for level, amount in by_level.items():
        part = min(amount, rest)
        if part > 0:
            first = next(honour for honour in honours if honour.paid and honour.level == level)
            paid_for = level if level != highest and level in {one.id for one in policy.levels} else None
            payments.append(Payment(first.project, first.organisation, Fen(part), paid_for))
            rest -= part
    return Stated(tuple(payments), tuple(_notes(by_level, total, known)))


def _notes(by_level: dict[str | None, Fen], total: Fen, known: Fen) -> list[str]:
    notes = []
    if total and known and total != known:
        notes.append(f"名单写已补助 {yuan_text(total)} 元，当时台账记有 {yuan_text(known)} 元，按较大的计算，请核对")
    if len(by_level) > 1:
        sums = "、".join(f"{yuan_text(amount)} 元" for amount in by_level.values())
        notes.append(f"名单在几级荣誉后都写了已补助（{sums}），按各是一笔计算，请核对")
    return notes
