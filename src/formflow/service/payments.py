"""What a 补助通知 pays goes into the ledger together with the notice, or neither does; a withdrawn one is reversed.

In: the facts a notice is issued with. Out: entries of the ledger and the 付款清单; or why it cannot be issued. Everything that enters belongs
inside the transaction that issues or withdraws the letter. Amounts are reckoned anew from the register, under its lock: what was approved
is paid exactly as it stands in the notice, or not at all.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from formflow.errors import FormflowError
from formflow.model.letter import Payment, SubsidyFacts
from formflow.model.money import yuan_text
from formflow.model.programme import Programme
from formflow.model.settlement import PaymentLine, PaymentList
from formflow.model.text import quoted
from formflow.register import books, ledger, publications
from formflow.register import models as rows
from formflow.register.entries import Figures, PlannedBundle, PlannedFile
from formflow.service.accounts import Accounts, accounts_of
from formflow.service.names import safe
from formflow.service.office import Office
from formflow.service.sheets.payment_list import TITLE

# The kind of workbook a 付款清单 is planned as (see `workbook_kinds`).
LIST_KIND = "payments"


def problems_of(facts: SubsidyFacts) -> tuple[str, ...]:
    """Why these payments cannot be made now, in Chinese; empty when they can."""
    return tuple(_problems(facts, accounts_of(facts.programme)))


def _problems(facts: SubsidyFacts, standing: Accounts) -> Iterator[str]:
    for payment in facts.payments:
        account = standing.accounts.get(payment.key)
        if account is None:
            yield f"{quoted(payment.project)}：名单或名称答复有变，已不是原来的项目，请重新核定"
        elif account.line.is_held:
            yield f"{quoted(payment.project)}：又有疑问没有答复，暂不能拨付"
        elif (account.line.entitlement, account.line.paid, account.line.payable) != _sums(payment):
            line = account.line
            yield (
                f"{quoted(payment.project)}：核定时应补 {yuan_text(payment.payable)} 元，现在是 {yuan_text(line.payable)} 元"
                f"（{line.working}），请重新核定"
            )


def _sums(payment: Payment) -> tuple[int, int, int]:
    return payment.entitlement, payment.paid, payment.payable


def enter(office: Office, facts: SubsidyFacts, final: rows.Letter, who: str, folder: str) -> None:
    """Enters what an issued notice pays, and plans its 付款清单 in `folder`. Raises FormflowError if the sums are others by now."""
    programme = facts.programme
    ledger.lock(programme.id)
    standing = accounts_of(programme)
    if against := tuple(_problems(facts, standing)):
        raise FormflowError("；".join(against), "请在最新一稿补助测算上重新核定。")
    today, days = office.now().date(), {payment.key: payment.paid_on for payment in facts.payments}
    figures = [_figures(payment) for payment in facts.payments]
    ledger.pay(programme.id, standing.last, figures, final, who=who, entered_on=today, paid_on=days)
    ledger.spend(programme.id, days, final)
    paid = {payment.key: payment.payable for payment in facts.payments}
    after = {"letter": final.key, "number": final.serial, "fen": paid, "total": facts.total}
    books.add_event(office.now(), "ledger_paid", str(final), who=who, after=after)
    _plan_list(programme, final, folder)


def _figures(payment: Payment) -> Figures:
    return Figures(
        payment.key,
        payment.project,
        payment.organisation,
        payment.level,
        payment.entitlement,
        payment.paid,
        payment.payable,
    )


def _plan_list(programme: Programme, final: rows.Letter, folder: str) -> None:
    about = {"kind": LIST_KIND, "programme": programme.id, "year": final.year, "revision": final.pk}
    file = PlannedFile("workbook", ".xlsx", text=json.dumps(about))
    publications.add_bundle(PlannedBundle(_list_key(final), folder, f"{TITLE}（{safe(final.serial)}）", (file,)))


def _list_key(final: rows.Letter) -> str:
    return f"{LIST_KIND}/{final.key}"


def list_of(programme: Programme, final: rows.Letter, facts: SubsidyFacts) -> PaymentList:
    """What the finance office pays by a notice, as the notice says it."""
    lines = tuple(
        PaymentLine(payment.organisation, payment.project, payment.payable, payment.paid_on)
        for payment in facts.payments
    )
    return PaymentList(programme.name, final.serial, final.issued_on, lines)


def problems_of_voiding(final: rows.Letter) -> tuple[str, ...]:
    """Why a notice cannot be withdrawn, in Chinese; empty when it can."""
    return tuple(
        f"{quoted(entry.project)}这笔补助之后已有收回记录，台账不能再冲销；请先核对款项"
        for entry in ledger.paid_by(final)
        if ledger.recovered_since(entry)
    )


def reverse(office: Office, final: rows.Letter, who: str, reason: str) -> None:
    """Takes back in the ledger what a withdrawn letter paid, if it paid anything; its projects can be paid again by a new one."""
    entries, programme = ledger.paid_by(final), office.programme(final.programme_id)
    if not entries:
        return
    if programme is None or programme.honours is None:
        raise FormflowError(f"{final}的项目包里已没有补助政策，台账不能冲销", "请恢复项目包（templates 文件夹）。")
    if against := problems_of_voiding(final):
        raise FormflowError("；".join(against), "请与财务核对后再办。")
    last, standing = ledger.lock(programme.id), accounts_of(programme)
    today, said = office.now().date(), f"{final}作废{f'：{reason}' if reason else ''}"
    for number, entry in enumerate(entries):
        paid = standing.paid_for(entry.project, entry.organisation)
        ledger.reverse(entry, paid, last + number, who=who, entered_on=today, reason=said)
    after = {"letter": final.key, "fen": {entry.project_key: -entry.amount for entry in entries}}
    books.add_event(office.now(), "ledger_reversed", str(final), who=who, after=after)
    _note_void(final, said)


def _note_void(final: rows.Letter, said: str) -> None:
    """The list stays where it is, with a note beside it that nothing is to be paid by it."""
    planned = rows.Publication.objects.filter(bundle=_list_key(final)).first()
    if planned is not None:
        text = f"{said}。\n\n本付款清单请勿再用；已经付款的，请与经办人核对。台账已冲销。\n"
        note = PlannedFile("note", "_已作废.说明.txt", text=text)
        bundle = PlannedBundle(f"void/{planned.bundle}", planned.folder, planned.stem, (note,))
        publications.add_bundle(bundle)
