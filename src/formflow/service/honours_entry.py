"""An honours list that came: its rows entered as they were read. A row that is not sure is entered, too, and asked about in the 补助测算:
it holds up its own project and no other.

In: a list. Out: rows, and the draft of a notice that does not follow any more overtaken. Inside a transaction of the caller's.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from formflow.model.honours import Honour, HonoursList, days_of
from formflow.model.money import yuan_text
from formflow.register import books, ledger
from formflow.register.entries import Arrival
from formflow.service import binding, filing
from formflow.service.accounts import Account, accounts_of, entry_of
from formflow.service.filing import Done
from formflow.service.office import Office
from formflow.service.subsidy_notice import draft_notice

KIND, FOLDER = "honours", "荣誉名单"


def receive_honours(office: Office, arrival: Arrival, found: HonoursList) -> tuple[Done, ...]:
    """Enters a list. It belongs to the year it came in: the money is that year's."""
    programme = office.programme(found.programme_id)
    assert programme is not None
    year, folder = arrival.received_on.year, binding.year_folder(programme, arrival.received_on.year)
    paper = filing.file_in_year(arrival, KIND, programme, f"{folder}/{FOLDER}")
    listed = [_entered(found, honour, arrival.received_on) for honour in found.honours]
    ledger.lock(programme.id)
    ledger.add_honours(paper, programme.id, year, listed)
    after = {"paper": paper.pk, "year": year, "honours": len(listed)}
    files = {paper.original_name: paper.sha256}
    books.add_event(office.now(), "honours_received", f"{programme.name} {year}年", after=after, files=files)
    draft_notice(office, programme)
    mine = [
        a for a in accounts_of(programme).accounts.values() if any(one.row.paper_id == paper.pk for one in a.listed)
    ]
    return (Done(filing.label_of(paper), "listed", _message(len(listed), mine), folder=folder),)


def _entered(found: HonoursList, honour: Honour, received_on: date) -> tuple[str, dict[str, object]]:
    """An honour with what was found in its row. One of a day that was still to come when its list came is a slip of the pen."""
    if honour.date and days_of(honour.date).first > received_on:
        said = f"获得荣誉的时间（{honour.date}）在收到名单的日期以后，请核对"
        honour = replace(honour, doubts=(*honour.doubts, said))
    findings = [f for f in found.findings if (f.locator, f.label) == (honour.locator, honour.project)]
    return honour.project, entry_of(honour, findings)


def _message(count: int, accounts: list[Account]) -> str:
    due = sum(account.line.payable for account in accounts)
    held = sum(account.line.is_held for account in accounts)
    parts = [f"荣誉 {count} 项已登记", f"所涉项目现应补 {yuan_text(due)} 元"]
    if held:
        parts.append(f"{held} 个项目有疑问，请在补助测算上答复")
    return "，".join(parts)
