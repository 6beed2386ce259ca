"""When the members voted: a 会员评议 sheet's document → the day it names, and the year or years the votes belong to.

The day of the vote itself says most, over the table or in a column of it; then the year in the title; the day the sheet was filled in comes
last, for votes of December are reported in January. Nothing is guessed: where nothing is said there is no year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from formflow.model.document import Cell, Document, Table
from formflow.model.period import Month, arabic, parse_date, parse_month
from formflow.model.text import fold

_VOTE_LINE = re.compile(r"(?:评议|测评)(?:时间|日期)[:：]?\s*([^:：]{4,20})")
_REPORT_LINE = re.compile(r"(?:填报|填表|汇总|统计|制表)(?:时间|日期)[:：]?\s*([^:：]{4,20})")
_VOTE_HEAD = re.compile(r"(?:会员|民主)?(?:评议|测评|评家|投票)(?:的)?(?:时间|日期)(?:\(.{1,12}\))?:?")
_YEAR = r"(?<!\d)((?:19|20)\d{2})"
_TITLE = re.compile(
    rf"(?:{_YEAR}年?度?[-~至到])?{_YEAR}年度?(?:\d{{1,2}}月)?[^\d，。；、《》,;]{{0,16}}?(?:评议|评家|测评|满意度)"
)
_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class Held:
    """`on`: "YYYY-MM-DD", "YYYY-MM" where no day is written, None if no day or month is said; `years`: those of the votes, in order."""

    on: str | None
    years: tuple[int, ...]


def when_held(document: Document, texts: Iterable[str]) -> Held:
    """What a document says of the time of its votes. `texts` are its lines, a label and what stands beside it in a table as one."""
    lines = list(texts)
    vote, report = _day_behind(_VOTE_LINE, lines), _day_behind(_REPORT_LINE, lines)
    column = _common(list(_column_days(document))) if vote is None else None
    titled = _titled_years(lines)
    if vote is not None:
        return Held(str(vote), (vote.year,))
    if column is not None:
        return Held(column.on or _written(report), column.years)
    return Held(_written(report), titled or ((report.year,) if report else ()))


def _day_behind(label: re.Pattern[str], lines: list[str]) -> date | Month | None:
    for line in lines:
        if (found := label.search(line)) and (day := _read(found[1])):
            return day
    return None


def _read(text: str) -> date | Month | None:
    return parse_date(text) or parse_month(text)


def _written(day: date | Month | None) -> str | None:
    return str(day) if day else None


def _column_days(document: Document) -> Iterator[date | Month]:
    """The days under a head that asks for the day of the vote."""
    for table in document.blocks:
        if isinstance(table, Table):
            for head in table.cells:
                if _VOTE_HEAD.fullmatch(fold(head.text)):
                    yield from (day for cell in _below(table, head) if (day := _read(cell.text)))


def _below(table: Table, head: Cell) -> list[Cell]:
    return [cell for cell in table.cells if cell.column == head.column and cell.row >= head.row + head.row_span]


def _common(days: list[date | Month]) -> Held | None:
    """What days have in common: the day, else the month, and all their years."""
    if not days:
        return None
    months = {Month(day.year, day.month) for day in days}
    same = days[0] if len(set(days)) == 1 else months.pop() if len(months) == 1 else None
    return Held(_written(same), tuple(sorted({day.year for day in days})))


def _titled_years(lines: list[str]) -> tuple[int, ...]:
    """The years of the first short line that says whose votes these are."""
    for line in lines:
        if len(line) < _LONGEST_TITLE and (found := _TITLE.search(arabic(line))):
            return tuple(sorted({int(year) for year in found.groups() if year}))
    return ()
