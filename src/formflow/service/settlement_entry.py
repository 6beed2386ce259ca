"""A 补助测算 that came back filled in: which sums are paid, what is one project, which honours were read wrong, what money came back.

In: the returned sheet. Out: all of it in the register and the draft of a 补助通知; or every reason why the sheet cannot be taken, and then
nothing of it is. Nothing is paid here: the ledger is entered when the notice is issued (`payments`). Inside a transaction of the caller's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from formflow.model.honours import Ruling, SettlementLine
from formflow.model.money import NOTHING, Fen, yuan_text
from formflow.model.programme import Programme
from formflow.model.settlement import NameLine, ReturnedSettlement, ReturnedSum, SettlementRow, SettlementSheet
from formflow.model.text import quoted
from formflow.register import books, ledger
from formflow.register import models as rows
from formflow.register.entries import Figures
from formflow.rules.drafts import not_the_latest
from formflow.rules.honours import Identities, name_key
from formflow.service.accounts import Account, Accounts, accounts_of
from formflow.service.office import Office
from formflow.service.plain import dump
from formflow.service.settlements import holds
from formflow.service.subsidy_notice import draft_notice


def problems_of(programme: Programme, shown: SettlementSheet, returned: ReturnedSettlement) -> tuple[str, ...]:
    """Everything that stands against taking the sheet, in Chinese; empty when it can be taken. `shown` is how things are now."""
    if returned.revision != shown.head.revision:
        return (not_the_latest(returned.revision, shown.head.revision, "此后又有名单、决定或拨付"),)
    found = list(returned.problems)
    for one in returned.sums:
        row = shown.rows[one.number - 1] if 0 < one.number <= len(shown.rows) else None
        found += _sum_problems(one, row) if row else [f"补助测算没有第{one.number}行，不能增加行"]
    found += [f"名称问题没有第{number}行" for number, _ in returned.answers if not 0 < number <= len(shown.names)]
    codes = {line.code for line in shown.honours}
    found += [f"荣誉明细没有第{code}号" for code in returned.struck if code not in codes]
    return tuple(found) or tuple(_contradictions(programme, shown, returned))


def _sum_problems(one: ReturnedSum, row: SettlementRow) -> Iterator[str]:
    name = quoted(row.project)
    if name_key(one.project) != name_key(row.project):
        yield f"第{one.number}行应当是{name}，表上是{quoted(one.project)}，行被移动过，请在原表上填写"
        return
    if one.verdict and row.is_held:
        yield f"{name}还有疑问没有答复，不能核定；请先答复，在新的一稿上核定"
    elif one.verdict and not row.payable:
        yield f"{name}没有可以拨付的金额，不用核定"
    if one.verdict and one.payable not in (None, row.payable):
        shown = yuan_text(one.payable or NOTHING)
        yield f"{name}的应补金额是 {yuan_text(row.payable)} 元，表上是 {shown} 元；金额由系统算出，不能更改"
    is_day_alone = one.paid_on is not None and one.verdict != "approve"
    if is_day_alone and one.recovered:
        yield f"{name}同时写了拨付日期和收回金额，看不出是哪一笔的日期，请分两次填写"
    elif is_day_alone and not row.is_undated:
        yield f"{name}写了拨付日期，但没有核定，也没有等待填写日期的拨付"
    if one.recovered and one.recovered > row.booked:
        yield f"{name}收回 {yuan_text(one.recovered)} 元，超过台账上拨付的 {yuan_text(row.booked)} 元"


def _contradictions(programme: Programme, shown: SettlementSheet, returned: ReturnedSettlement) -> Iterator[str]:
    """Two names cannot be two projects when other answers make them one."""
    if not returned.answers:
        return
    standing = accounts_of(programme)
    answers = dict(returned.answers)
    lines = [(line, answers.get(number, line.is_same)) for number, line in enumerate(shown.names, 1)]
    rulings = [_ruling(line, is_same) for line, is_same in lines if is_same is not None]
    identities = Identities(standing.names, rulings)
    for ruling in rulings:
        keys = {
            identities.of(ruling.one, ruling.one_organisation).key,
            identities.of(ruling.other, ruling.other_organisation).key,
        }
        if not ruling.is_same and len(keys) == 1:
            yield f"{quoted(ruling.one)}与{quoted(ruling.other)}答复为不同项目，但按其他答复它们是同一项目，请核对"


def _ruling(line: NameLine, is_same: bool) -> Ruling:
    asked = line.question
    return Ruling(asked.one, asked.other, is_same, asked.one_organisation, asked.other_organisation)


def enter(
    office: Office,
    programme: Programme,
    paper: rows.Paper,
    shown: SettlementSheet,
    returned: ReturnedSettlement,
    who: str,
) -> str:
    """Enters a sheet without problems; what came of it, in one Chinese sentence. A sum that an answer on the same sheet has changed is
    not approved by it."""
    entry = _Entry(office, programme, paper, shown, who)
    ledger.lock(programme.id)
    said = [
        *entry.answer(returned.answers),
        *entry.strike(returned.struck),
        *entry.recover(returned.sums),
        *entry.date(returned.sums),
        *entry.decide(returned.sums),
    ]
    refused = draft_notice(office, programme)
    return "；".join((*said, refused.reason) if refused else said) or "补助测算上没有填写新的意见"


class _Entry:
    """Enters the parts of one sheet."""

    def __init__(
        self, office: Office, programme: Programme, paper: rows.Paper, shown: SettlementSheet, who: str
    ) -> None:
        self.office, self.programme, self.paper, self.shown, self.who = office, programme, paper, shown, who

    def _note(self, what: str, about: str, before: object, after: object) -> None:
        was = {"value": before} if before is not None else None
        books.add_event(self.office.now(), what, about, who=self.who, before=was, after={"value": after})

    def _row(self, one: ReturnedSum) -> SettlementRow:
        return self.shown.rows[one.number - 1]

    def answer(self, answers: Sequence[tuple[int, bool]]) -> Iterator[str]:
        """What is one project and what is two."""
        count = 0
        for number, is_same in answers:
            line = self.shown.names[number - 1]
            if line.is_same == is_same:
                continue
            ruling, count = _ruling(line, is_same), count + 1
            fields = {
                "one": ruling.one,
                "other": ruling.other,
                "one_organisation": ruling.one_organisation or "",
                "other_organisation": ruling.other_organisation or "",
                "is_same": is_same,
                "paper": self.paper,
                "who": self.who,
            }
            ledger.rule(self.programme.id, pair_key(ruling), fields)
            self._note("names_ruled", f"{ruling.one}、{ruling.other}", line.is_same, dump(ruling))
        if count:
            yield f"名称答复 {count} 处已登记"

    def strike(self, codes: Sequence[int]) -> Iterator[str]:
        """Honours that were read wrong count no more."""
        struck = {line.code for line in self.shown.honours if line.is_struck}
        found = rows.HonourRow.objects.filter(pk__in=[code for code in codes if code not in struck]).order_by("pk")
        for row in found:
            ledger.strike(row)
            self._note("honour_struck", row.project or row.paper.original_name, row.content["honour"], row.pk)
        if found:
            yield f"荣誉 {len(found)} 项已作废"

    def recover(self, sums: Sequence[ReturnedSum]) -> Iterator[str]:
        """Money that came back."""
        for one in sums:
            if one.recovered:
                self._recover(one, one.recovered)
                yield f"{quoted(self._row(one).project)}收回 {yuan_text(one.recovered)} 元已记入台账"

    def _recover(self, one: ReturnedSum, amount: Fen) -> None:
        standing, row, today = accounts_of(self.programme), self._row(one), self.office.now().date()
        # By the account as it was paid: other answers on this sheet may have made it part of another one.
        last = next(entry for entry in reversed(ledger.entries_of(self.programme.id)) if _is_of(standing, entry, row))
        paid = standing.paid_for(last.project, last.organisation)
        figures = Figures(last.project_key, last.project, last.organisation, last.level, row.entitlement, paid, -amount)
        more = {"who": self.who, "entered_on": today, "reason": one.reason, "paid_on": today}
        ledger.recover(self.programme.id, standing.last, figures, self.paper, **more)
        self._note("ledger_recovered", row.project, None, {"fen": -amount, "reason": one.reason})

    def date(self, sums: Sequence[ReturnedSum]) -> Iterator[str]:
        """The days on which earlier payments went out."""
        for one in sums:
            row, day = self._row(one), one.paid_on
            if day is None or one.verdict == "approve":
                continue
            if account := accounts_of(self.programme).accounts.get(row.key):
                numbers = [entry.number for entry in account.undated]
                ledger.date_payments(account.undated, day)
                self._note("ledger_dated", row.project, None, {"entries": numbers, "day": day.isoformat()})
                yield f"{quoted(row.project)}拨付日期已登记"

    def decide(self, sums: Sequence[ReturnedSum]) -> Iterator[str]:
        """Which sums are paid."""
        standing, decided = accounts_of(self.programme), ledger.decisions_of(self.programme.id)
        approved, changed, refused = [], [], 0
        for one in sums:
            row = self._row(one)
            if one.verdict is None:
                continue
            account = standing.accounts.get(row.key)
            if account is None or not _is_as_shown(account.line, row):
                changed.append(row.project)
                continue
            is_approved = one.verdict == "approve"
            self._decide(account, decided.get(account.key), one, is_approved=is_approved)
            approved += [account.line.payable] if is_approved else []
            refused += not is_approved
        if approved:
            yield f"核定 {len(approved)} 项，共 {yuan_text(sum(approved))} 元，补助通知已拟稿"
        if refused:
            yield f"不予拨付 {refused} 项"
        if changed:
            yield f"{'、'.join(f'“{name}”' for name in changed)}按本表其他答复金额有变，没有核定，请在新的一稿上核定"

    def _decide(
        self, account: Account, before: rows.SubsidyDecision | None, one: ReturnedSum, *, is_approved: bool
    ) -> None:
        if (
            before
            and holds(before, account.line)
            and (before.is_approved, before.paid_on) == (is_approved, one.paid_on)
        ):
            return
        figures = _figures(account)
        ledger.decide(
            self.programme.id, figures, is_approved=is_approved, paid_on=one.paid_on, who=self.who, paper=self.paper
        )
        told = {
            "approved": is_approved,
            "fen": figures.amount,
            "entitlement": figures.entitlement,
            "paid": figures.paid_before,
        }
        self._note("subsidy_decided", account.line.project, None, told)


def pair_key(ruling: Ruling) -> str:
    """How a pair of names is told, whichever comes first: by the names, or by the organisations of one name."""
    names = [name_key(ruling.one), name_key(ruling.other)]
    if names[0] == names[1]:
        owners = (ruling.one_organisation, ruling.other_organisation)
        names = [f"{names[0]}@{name_key(owner or '')}" for owner in owners]
    return "|".join(sorted(names))


def _is_of(standing: Accounts, entry: rows.LedgerEntry, row: SettlementRow) -> bool:
    return standing.key_of(entry.project, entry.organisation) == row.key


def _figures(account: Account) -> Figures:
    line = account.line
    return Figures(
        account.key,
        line.project,
        line.organisation or "",
        line.highest or "",
        line.entitlement,
        line.paid,
        line.payable,
    )


def _is_as_shown(line: SettlementLine, row: SettlementRow) -> bool:
    shown = (row.entitlement, row.paid, row.payable)
    return not line.is_held and (line.entitlement, line.paid, line.payable) == shown
