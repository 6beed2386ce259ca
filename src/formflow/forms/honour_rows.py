"""A row of a list → an honour, and what about it a person must look at. What cannot be read surely is None with a doubt, never a guess."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from formflow.forms.honour_columns import Column, Role
from formflow.forms.honour_levels import LevelReading, level_in_title, level_of_honour, level_of_issuer, read_level
from formflow.forms.honour_papers import LineItem, Surroundings
from formflow.forms.honour_settled import RowReading, settle_date, settle_level
from formflow.forms.honour_tables import Block, Entry, ListRow
from formflow.forms.honour_texts import (
    Dated,
    Paid,
    date_of,
    document_number,
    document_of,
    name_of,
    names_remarked,
    paid_in_remark,
    paid_of,
    project_of,
    says_revoked,
)
from formflow.model.finding import Finding
from formflow.model.honours import DaySpan, Honour
from formflow.model.money import NOTHING, parse_money
from formflow.model.policy import HonoursPolicy
from formflow.model.text import fold, is_blank

# Where 2022.10 may have lost its 0; a PDF may have been printed from one of the others.
_OF_WORKBOOKS = ("xlsx", "xls", "ods", "pdf")
_TICKS = re.compile(r"^[√✓✔☑☒■●是有1Vv]$|^(?:已?获[得评]?|入选|获奖)$")
_CROSSES = re.compile(r"^(?:[×xX☐□否无0]|未.*|没有|不是)$")


@dataclass(frozen=True, slots=True)
class RowHonour:
    """An honour with its findings and how sure its texts are."""

    honour: Honour
    findings: tuple[Finding, ...]
    confidence: float


def honours_of_row(
    row: ListRow, block: Block, around: Surroundings, policy: HonoursPolicy, kind: str
) -> Iterator[RowHonour]:
    """The honours one row of a table tells: one, or where heads name levels one for each that is filled in."""
    cells = _Cells(row, block, around, policy, kind in _OF_WORKBOOKS)
    if block.columns.by_level and ("level" not in block.columns or len(block.columns.by_level) > 1):
        found = [cells.honour(level, group) for level, group in block.columns.by_level.items() if cells.has(group)]
        yield from found or [cells.honour(None, None)]
    else:
        yield cells.honour(None, None)


def honour_of_item(item: LineItem, around: Surroundings, policy: HonoursPolicy) -> RowHonour:
    """The honour of a line of a naming paper."""
    reading = RowReading(policy, item.locator)
    named = project_of(item.project)
    reading.project = named.name
    heading = level_in_title(item.heading, policy) or read_level(item.heading, policy)
    level = settle_level(reading, [], heading if heading and heading.is_clear else None, around.level)
    honour = Honour(
        project=named.name, organisation=item.organisation, level=level, date=settle_date(reading, Dated(around.date), around),
        document=around.document, paid=None, locator=item.locator, names=named.others, is_revoked=_revoked(reading, "", around),
        period=_period(around), doubts=tuple(reading.doubts),
    )  # fmt: skip
    return RowHonour(honour, tuple(reading.findings), item.confidence)


@dataclass(frozen=True, slots=True)
class _Cells:
    """A row's cells by role."""

    row: ListRow
    block: Block
    around: Surroundings
    policy: HonoursPolicy
    is_workbook: bool

    def entry(self, role: Role, group: Mapping[Role, Column] | None = None) -> Entry | None:
        column = (group or {}).get(role) or self.block.columns.by_role.get(role)
        return self.row.entries.get(column.index) if column else None

    def text(self, role: Role, group: Mapping[Role, Column] | None = None) -> str:
        entry = self.entry(role, group)
        return entry.text if entry and not is_blank(entry.text) else ""

    def has(self, group: Mapping[Role, Column]) -> bool:
        """Whether the cells under a level's heads say that there was this honour."""
        texts = [
            fold(self.row.entries[column.index].text)
            for role, column in group.items()
            if role != "paid" and column.index in self.row.entries
        ]
        return any(text and not is_blank(text) and not _CROSSES.match(text) for text in texts)

    def honour(self, level: str | None, group: Mapping[Role, Column] | None) -> RowHonour:
        """The row's honour; with `level` that of one level's columns."""
        reading = RowReading(self.policy, self.row.locator)
        names = self._names(reading)
        organisation = name_of(self.text("organisation")) or None
        level = level or self._level(reading)
        day = self._date(reading, group)
        document = document_of(self.text("document", group)) or self._number_in(group) or self.around.document
        paid = self._paid(reading, group)
        honour = Honour(
            project=reading.project, organisation=organisation, level=level, date=day, document=document, paid=paid.amount,
            locator=self.row.locator, names=names, is_revoked=_revoked(reading, self._remarks(), self.around), period=_period(self.around),
            doubts=tuple(reading.doubts),
        )  # fmt: skip
        used = [
            entry
            for role in self.block.columns.by_role
            if (entry := self.entry(role, group)) and role not in ("other", "number")
        ]
        return RowHonour(honour, tuple(reading.findings), min((entry.confidence for entry in used), default=1.0))

    def _remarks(self) -> str:
        return "\n".join(filter(None, (self.text("status"), self.text("honour"))))

    def _names(self, reading: RowReading) -> tuple[str, ...]:
        named = project_of(self.text("project"))
        reading.project = named.name
        old, new = names_remarked("\n".join(filter(None, (self.text("status"), self.text("former")))))
        former = self.text("former")
        if former and not old and not new and fold(former) not in ("无", "否"):
            old = (name_of(former),)
        if not named.name:
            reading.say("missing", "error", "这一行没有写项目名称", is_doubt=True)
        if new and fold(new) != fold(named.name):
            old, reading.project = (*old, named.name), new
        return tuple(name for name in dict.fromkeys((*named.others, *old)) if name and name != reading.project)

    def _level(self, reading: RowReading) -> str | None:
        texts = [self.text("level"), self.text("honour")]
        readings = [level_of_honour(text, self.policy) for text in texts if text]
        if issuer := self.text("issuer"):
            readings.append(level_of_issuer(issuer, self.policy))
        heading = level_in_title(self.row.heading, self.policy) or read_level(self.row.heading, self.policy)
        said = [found for found in readings if found]
        has_own = "level" in self.block.columns or "honour" in self.block.columns
        context = None if has_own else self.around.level
        if not said and texts[0]:
            said = [LevelReading(texts[0])] if has_own and not (heading and heading.is_clear) else []
        return settle_level(
            reading, said, heading if heading and heading.is_clear else None, context, self.around.level
        )

    def _date(self, reading: RowReading, group: Mapping[Role, Column] | None) -> str | None:
        text = self.text("date", group)
        if not text and group and "honour" in group:
            cell = self.text("honour", group)
            text = cell if date_of(cell).text and not _TICKS.match(fold(cell)) else ""
        dated = date_of(text, is_from_workbook=self.is_workbook) if text else Dated(None)
        if not text:
            in_document = (
                date_of(self.text("document", group))
                if re.search("年.*月", self.text("document", group))
                else Dated(None)
            )
            dated = Dated(in_document.text or self.around.date)
        return settle_date(reading, dated, self.around)

    def _number_in(self, group: Mapping[Role, Column] | None) -> str | None:
        """A document's number typed beside the honour."""
        return document_number(self.text("honour", group) or self.text("honour"))

    def _paid(self, reading: RowReading, group: Mapping[Role, Column] | None) -> Paid:
        """What the row says has been paid; a cell that reaches down from the row above was told there."""
        column = (group or {}).get("paid") or self.block.columns.by_role.get("paid")
        entry = self.row.entries.get(column.index) if column else None
        paid = (
            paid_of(entry.text, column.unit or self.around.unit)
            if entry and column and not entry.is_shared
            else Paid(None)
        )
        if column and entry and is_blank(entry.text) and self.around.has_uncomputed:
            paid = Paid(None, "“已补助”一栏可能有没有计算结果的公式，请用 Excel 或 WPS 打开保存后再核对")
        paid = self._flagged(paid)
        remarked = paid_in_remark(f"{self.text('status')}\n{self.text('amount')}")
        if remarked and paid.amount is None and not paid.doubt:
            paid = remarked
        elif remarked and remarked.amount not in (None, paid.amount):
            paid = Paid(None, "“已补助”一栏与备注写的金额不一样")
        if paid.doubt:
            reading.say("invalid", "error", paid.doubt, is_doubt=True)
        if paid.note:
            reading.say("low_confidence", "review", paid.note)
        self._unsure(reading)
        return paid

    def _flagged(self, paid: Paid) -> Paid:
        """是 in 是否已补助 without a sum is a question; 否 says that nothing was paid."""
        flag = fold(self.text("paid_flag"))
        if not flag or paid.amount is not None or paid.doubt:
            return paid
        if flag in ("否", "未", "无", "未补助", "×", "没有"):
            return Paid(NOTHING)
        amount = parse_money(flag)
        return Paid(amount) if amount is not None else Paid(None, "写明已经补助，但没有写金额")

    def _unsure(self, reading: RowReading) -> None:
        text = self.text("unsure_payment")
        column = self.block.columns.by_role.get("unsure_payment")
        if column and text and "paid" not in self.block.columns and parse_money(text, "yuan") != NOTHING:
            said = f"“{column.head}”一栏写有“{text}”，看不出是已经付的还是将要付的，没有计入已补助"
            reading.say("low_confidence", "review", said, is_doubt=True)


def _revoked(reading: RowReading, remarks: str, around: Surroundings) -> bool:
    if around.is_revoking or says_revoked(remarks):
        reading.say("not_eligible", "review", "荣誉已被撤销或取消，不再补助；已经补助的请核对处理")
        return True
    return False


def _period(around: Surroundings) -> DaySpan | None:
    """An honour of a year is conferred in it or early in the next."""
    return DaySpan(date(around.year, 1, 1), date(around.year + 1, 12, 31)) if around.year else None
