"""A row of a list → an honour, and what about it a person must look at. What cannot be read surely is None with a doubt, never a guess."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from formflow.forms.honour_cells import Cells, Group
from formflow.forms.honour_levels import LevelReading, level_in_title, level_of_honour, level_of_issuer, read_level
from formflow.forms.honour_paid import paid_of_row
from formflow.forms.honour_papers import LineItem, Surroundings
from formflow.forms.honour_settled import RowReading, settle_date, settle_level
from formflow.forms.honour_tables import SURE, Block, ListRow
from formflow.forms.honour_texts import (
    Dated,
    date_of,
    date_within,
    document_number,
    document_of,
    name_of,
    name_says_void,
    names_remarked,
    one_line,
    project_of,
    says_revoked,
    says_void,
)
from formflow.model.finding import Finding
from formflow.model.honours import DaySpan, Honour
from formflow.model.policy import HonoursPolicy
from formflow.model.text import fold, quoted

# Where 2022.10 may have lost its 0; a PDF may have been printed from one of the others.
_OF_WORKBOOKS = ("xlsx", "xls", "ods", "pdf")
# What is longer and stands under no head of ours tells of the project (简介).
_LONGEST_ASIDE = 40
# Columns where it may be noted that a row does not count, as it may be under no head at all.
_ASIDE = ("other", "number", "status")
# Columns that say nothing about the honour or its money.
_BESIDE = ("other", "number", "paid_on")
_TICKS = re.compile(r"^[√✓✔☑☒■●是有1Vv]$|^(?:已?获[得评]?|入选|获奖)$")


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
    cells = _Row(row, block, around, policy, kind in _OF_WORKBOOKS)
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
    if item.doubt:
        reading.say("inconsistent", "review", item.doubt, is_doubt=True)
    _say_pending(reading, around)
    confidence = min(item.confidence, around.confidence)
    _say_unsure(reading, confidence)
    _say_void(reading, item.project if name_says_void(item.project) else "")
    heading = level_in_title(item.heading, policy) or read_level(item.heading, policy)
    level = settle_level(reading, [], heading if heading and heading.is_clear else None, around.level)
    honour = Honour(
        project=named.name, organisation=item.organisation, level=level, date=settle_date(reading, Dated(around.date), around),
        document=around.document, paid=None, locator=item.locator, names=named.others, is_revoked=_revoked(reading, "", around),
        period=_period(around), doubts=tuple(reading.doubts),
    )  # fmt: skip
    return RowHonour(honour, tuple(reading.findings), confidence)


@dataclass(frozen=True, slots=True)
class _Row(Cells):
    """A row that is read."""

    def honour(self, level: str | None, group: Group | None) -> RowHonour:
        """The row's honour; with `level` that of one level's columns."""
        reading = RowReading(self.policy, self.row.locator)
        names = self._names(reading)
        _say_pending(reading, self.around)
        organisation = name_of(self.text("organisation")) or None
        level = level or self._level(reading)
        day = self._date(reading, group)
        document = document_of(self.text("document", group)) or self._number_in(group) or self.around.document
        paid = paid_of_row(reading, self, group)
        confidence = self._confidence(group)
        _say_unsure(reading, confidence)
        _say_void(reading, self._void_words())
        honour = Honour(
            project=reading.project, organisation=organisation, level=level, date=day, document=document, paid=paid.amount,
            locator=self.row.locator, names=names, is_revoked=_revoked(reading, self._remarks(), self.around), period=_period(self.around),
            doubts=tuple(reading.doubts),
        )  # fmt: skip
        return RowHonour(honour, tuple(reading.findings), confidence)

    def _confidence(self, group: Group | None) -> float:
        """How sure the least sure text is that says something about the honour."""
        used = (self.entry(role, group) for role in self.block.columns.by_role if role not in _BESIDE)
        own = [entry.confidence for entry in used if entry]
        has_own = {"level", "honour", "issuer"} & self.block.columns.by_role.keys() and "date" in self.block.columns
        return min([*own, *([] if has_own else [self.around.confidence])], default=1.0)

    def _remarks(self) -> str:
        return "\n".join(filter(None, (self.text("status"), self.text("honour"))))

    def _void_words(self) -> str:
        """What is written beside the row, or added to its names, that says that it does not count; "" if nothing."""
        if says_revoked(self._remarks()):
            return ""
        columns = self.block.columns
        known = {column.index for role, column in columns.by_role.items() if role not in _ASIDE}
        known.update(column.index for group in columns.by_level.values() for column in group.values())
        beside = (entry.text for index, entry in self.row.entries.items() if index not in known)
        said = (text for text in beside if len(text) <= _LONGEST_ASIDE and says_void(text))
        names = (text for text in (self.text("project"), self.text("organisation")) if name_says_void(text))
        return next(chain(said, names), "")

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

    def _date(self, reading: RowReading, group: Group | None) -> str | None:
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
            dated = date_within(self.text("honour", group)) if "date" not in self.block.columns else Dated(None)
            if dated.text is None and not dated.doubt:
                dated = Dated(in_document.text or self.around.date)
        return settle_date(reading, dated, self.around)

    def _number_in(self, group: Group | None) -> str | None:
        """A document's number typed beside the honour."""
        return document_number(self.text("honour", group) or self.text("honour"))


def _say_unsure(reading: RowReading, confidence: float) -> None:
    """A row of which a text was not read surely is asked about; the rows beside it are not."""
    if confidence < SURE:
        said = "有的内容识读把握不足、划了删除线、在隐藏的行列里，或者在纸面上没有显示完整，请对照原件核对"
        reading.say("low_confidence", "review", said, is_doubt=True)


def _say_void(reading: RowReading, words: str) -> None:
    if words:
        said = f"这一行写有{quoted(one_line(words))}，看不出这项荣誉是否还作数、还要不要补助"
        reading.say("inconsistent", "review", said, is_doubt=True)


def _say_pending(reading: RowReading, around: Surroundings) -> None:
    if around.pending:
        said = f"标题是“{around.pending}”，看不出荣誉是否已经命名"
        reading.say("inconsistent", "review", said, is_doubt=True)


def _revoked(reading: RowReading, remarks: str, around: Surroundings) -> bool:
    if around.is_revoking or says_revoked(remarks):
        reading.say("not_eligible", "review", "荣誉已被撤销或取消，不再补助；已经补助的请核对处理")
        return True
    return False


def _period(around: Surroundings) -> DaySpan | None:
    """An honour of a year is conferred in it or early in the next."""
    return DaySpan(date(around.year, 1, 1), date(around.year + 1, 12, 31)) if around.year else None
