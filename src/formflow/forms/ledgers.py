"""A ledger of payments (台账): which project was paid how much, when, for which honour. Comes in: a document. Goes out: a `Ledger`.

In a ledger a column 补助金额 or 拨付金额 is what was paid; what is due (应补, 标准) is not. An entry that cannot be read surely makes its
project doubtful; no sum is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from formflow.forms.honour_columns import Role
from formflow.forms.honour_levels import level_in_title, read_level
from formflow.forms.honour_papers import Paper, Surroundings, surroundings
from formflow.forms.honour_tables import SURE, Block, Entry, ListRow, blocks_in
from formflow.forms.honour_texts import Paid, document_of, name_of, one_line, paid_of, project_of
from formflow.forms.honours import tables_in
from formflow.model.document import Document
from formflow.model.finding import Finding, FindingCode
from formflow.model.honours import Ledger, Payment
from formflow.model.money import Fen
from formflow.model.period import parse_date
from formflow.model.policy import HonoursPolicy
from formflow.model.text import fold, is_blank, quoted

# The columns that say what was paid, the surest first.
_PAID_ROLES: tuple[Role, ...] = ("paid", "unsure_payment", "amount")
_BACK = re.compile("退回|退款|收回|追回|冲销|冲减|核减")
_MINUS = re.compile(r"^(?:-|−|－|\((?=[\d,.]+\)$))")


def ledger_of(document: Document, policy: HonoursPolicy) -> Ledger | None:
    """The payments of a document; None if none of its tables has a column of projects and one of sums."""
    found = _Found(policy)
    paper = Paper.of(document)
    blocks = [
        (block, role)
        for table in tables_in(document)
        for block in blocks_in(table, policy)
        if (role := _paid_role(block))
    ]
    for block, role in blocks:
        around = surroundings(paper, block.table, block.above, policy)
        for row in block.rows:
            found.enter(row, block, around, role)
    if not blocks:
        return None
    return Ledger(tuple(found.payments), tuple(found.doubtful), (*found.findings, *found.repeated()))


def _paid_role(block: Block) -> Role | None:
    columns = block.columns.by_role
    return next((role for role in _PAID_ROLES if role in columns and columns[role].rank < 9), None)


@dataclass(slots=True)
class _Found:
    policy: HonoursPolicy
    payments: list[Payment] = field(default_factory=list)
    doubtful: list[tuple[str, str | None]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def enter(self, row: ListRow, block: Block, around: Surroundings, role: Role) -> None:
        """One row: a payment, or a doubt about its project. A row without a sum is no payment."""
        cells = {key: row.entries.get(column.index) for key, column in block.columns.by_role.items()}
        project = project_of(_text(cells.get("project"))).name
        organisation = name_of(_text(cells.get("organisation"))) or None
        paid = self._paid(cells.get(role), block, around, role)
        sureness = min((entry.confidence for name in ("project", role) if (entry := cells.get(name))), default=1.0)
        if paid.amount is not None and sureness < SURE:
            paid = Paid(None, "有的内容识读把握不足、划了删除线或者在隐藏的行列里，请对照原件核对")
        if paid.amount is None and not paid.doubt:
            return
        if not project:
            self._say("missing", f"台账里有一笔{one_line(_text(cells.get(role)))}没有写项目名称", "")
            return
        if paid.amount is None:
            self._say("invalid", f"台账：{paid.doubt}", project)
            self.doubtful.append((project, organisation))
            return
        if _BACK.search(fold(_text(cells.get("status")))) and paid.amount > 0:
            self._say("inconsistent", "台账的备注写有退回或收回，看不出这笔是付出还是收回", project)
            self.doubtful.append((project, organisation))
        level = self._level(_text(cells.get("level")) or _text(cells.get("honour")))
        reference = document_of(_text(cells.get("document"))) or ""
        self.payments.append(Payment(project, organisation, paid.amount, level, _day(cells), reference))

    def _paid(self, entry: Entry | None, block: Block, around: Surroundings, role: Role) -> Paid:
        if entry is None or entry.is_shared:
            return Paid(None)
        if is_blank(entry.text) and (around.has_uncomputed or not entry.is_surely_empty):
            return Paid(None, "金额一栏可能有出错或没有计算结果的公式，请用 Excel 或 WPS 打开，改正、保存后再核对")
        line = one_line(entry.text)
        sign = _MINUS.match(line)
        unit = block.columns.by_role[role].unit or around.unit
        paid = paid_of(line[1:].rstrip(")）") if sign else line, unit)
        if paid.note:
            self.findings.append(self._finding("low_confidence", f"台账：{paid.note}", ""))
        return Paid(Fen(-paid.amount)) if sign and paid.amount is not None else paid

    def _level(self, text: str) -> str | None:
        reading = (level_in_title(text, self.policy) or read_level(text, self.policy)) if text else None
        return reading.level if reading else None

    def repeated(self) -> Iterator[Finding]:
        """Entries that are alike in everything: counted, but shown."""
        seen: set[Payment] = set()
        for payment in self.payments:
            if payment in seen:
                yield self._finding("duplicate", "台账里有两笔完全相同的记录，已都计入，请核对", payment.project)
            seen.add(payment)

    def _say(self, code: FindingCode, message: str, project: str) -> None:
        self.findings.append(self._finding(code, message, project))

    def _finding(self, code: FindingCode, message: str, project: str) -> Finding:
        said = f"{quoted(project)}：{message}" if project else message
        return Finding(code, None, "review", said, self.policy.citation.clause, label=project)


def _text(entry: Entry | None) -> str:
    return entry.text if entry and not is_blank(entry.text) else ""


def _day(cells: dict[Role, Entry | None]) -> date | None:
    return parse_date(_text(cells.get("paid_on")) or _text(cells.get("date")))
