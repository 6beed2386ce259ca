"""The closed vocabulary of checks (`model.programme.Check`): one pure function per kind.

Each speaks only when what it compares is there: a field that is missing or unreadable has been told of by `fields` already.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from formflow.model.checks import (
    AllChosen,
    AnswerIs,
    Check,
    CreditCode,
    Elapsed,
    EndsWith,
    HandedInWithin,
    Ordered,
    RowsComplete,
    RowsElapsed,
    RowsWithin,
    SpanYears,
    StillValid,
    WithinYears,
    YearsBefore,
    YearWithin,
)
from formflow.model.citation import Citation
from formflow.model.document import Locator
from formflow.model.finding import Finding
from formflow.model.period import Month, MonthSpan, NamedSpan, named_spans, parse_month
from formflow.model.programme import Field
from formflow.model.text import fold
from formflow.rules import conditions_days as days
from formflow.rules.paper import Paper, Slip, finding, in_words, quote
from formflow.rules.places import row_place

RowFinding = tuple[int, Finding]

# "（盖章）" behind a name is said to whoever seals it and no part of the name.
_SEAL_HINT = re.compile(r"\((?:加?盖?公?章)\)$")


def check_condition(paper: Paper, check: Check) -> Iterator[RowFinding]:
    """What one check of the form finds, each with the 0-based row it is about (0 where the field has no rows)."""
    if isinstance(check, RowsComplete | RowsWithin | RowsElapsed):
        yield from _BY_KIND_OF_ROWS[type(check)](paper, check)
    else:
        yield from ((0, found) for found in _BY_KIND[type(check)](paper, check))


def subject(check: Check) -> str:
    """The id of the field that a check's findings are about."""
    match check:
        case Ordered():
            return check.then
        case SpanYears() | Elapsed():
            return check.end
        case _:
            return check.field


def _ends_with(paper: Paper, check: EndsWith) -> Iterator[Finding]:
    name = paper.text(check.field)
    endings = tuple(fold(suffix) for suffix in check.suffixes)
    if name and not _SEAL_HINT.sub("", fold(name).rstrip(".,;:")).endswith(endings):
        field = paper.form.field(check.field)
        wanted = "或".join(f"“{suffix}”" for suffix in check.suffixes[:2])
        slip = Slip("invalid", f"“{field.label}”写的是{quote(name)}，末尾不是{wanted}", f"请写以{wanted}结尾的全称")
        yield finding(paper, field, slip, check.citation)


def _ordered(paper: Paper, check: Ordered) -> Iterator[Finding]:
    if paper.form.field(check.then).type == "date":
        yield from _days_ordered(paper, check)
        return
    first, then = paper.month(check.first), paper.month(check.then)
    if first and then and then < first:
        field = paper.form.field(check.then)
        said = f"起止时间前后颠倒：开始写的是{in_words(first)}，结束写的是{in_words(then)}"
        yield finding(paper, field, Slip("inconsistent", said, "请核对并改正起止年月，开始应早于结束"), check.citation)


def _days_ordered(paper: Paper, check: Ordered) -> Iterator[Finding]:
    first, then = paper.day(check.first), paper.day(check.then)
    if first and then and then < first:
        field, other = paper.form.field(check.then), paper.form.field(check.first)
        said = f"“{field.label}”（{days.day_words(then)}）早于“{other.label}”（{days.day_words(first)}）"
        yield finding(paper, field, Slip("inconsistent", said, "请核对并改正日期的先后"), check.citation)


def _span_years(paper: Paper, check: SpanYears) -> Iterator[Finding]:
    start, end = paper.month(check.start), paper.month(check.end)
    if not (start and end) or end < start:
        return
    months = start.months_to(end)
    # Both 2022-03 to 2023-02 and 2022-03 to 2023-03 are how people write one year.
    if any(months in (12 * years - 1, 12 * years) for years in check.years):
        return
    allowed = "或".join(f"{years}年" for years in check.years)
    said = f"从{in_words(start)}到{in_words(end)}共{_length(months + 1)}，不是{allowed}"
    slip = Slip("invalid", said, f"请把起止时间设定为{allowed}")
    yield finding(paper, paper.form.field(check.end), slip, check.citation)


def _length(months: int) -> str:
    years, rest = divmod(months, 12)
    return (f"{years}年" if years else "") + (f"{'零' if years else ''}{rest}个月" if rest else "")


def _year_within(paper: Paper, check: YearWithin) -> Iterator[Finding]:
    month = paper.month(check.field)
    if month and not check.first <= month.year <= check.last:
        field = paper.form.field(check.field)
        cycle = f"{check.first}年至{check.last}年"
        slip = Slip(
            "out_of_window",
            f"“{field.label}”写的是{in_words(month)}，不在{cycle}的申报年度内",
            f"请填写{cycle}之间的年月",
        )
        yield finding(paper, field, slip, check.citation)


def _handed_in_within(paper: Paper, check: HandedInWithin) -> Iterator[Finding]:
    """The form's own date counts; the day of arrival where the form has none, or came later in the same year than the window."""
    field = paper.form.field(check.field)
    own, arrival = paper.month(check.field), paper.received_on
    window = f"{check.first_month}月至{check.last_month}月"
    requirement = f"请在申报年度的{window}内提出申请"
    if own and not check.first_month <= own.month <= check.last_month:
        said = f"“{field.label}”是{in_words(own)}，不在每年{window}的申报时间内"
        yield finding(paper, field, Slip("out_of_window", said, requirement), check.citation)
    elif arrival and _arrived_outside(own, Month(arrival.year, arrival.month), check):
        said = f"材料于{arrival.year}年{arrival.month}月{arrival.day}日收到，不在每年{window}的申报时间内"
        yield finding(paper, field, Slip("out_of_window", said, requirement), check.citation)


def _arrived_outside(own: Month | None, arrival: Month, check: HandedInWithin) -> bool:
    if own is None:
        return not check.first_month <= arrival.month <= check.last_month
    return own.year == arrival.year and arrival.month > check.last_month


def _answer_is(paper: Paper, check: AnswerIs) -> Iterator[Finding]:
    """Another option is no slip of whoever filled in the form: it is told to people here, in no letter. Two ticks on one line are a slip."""
    field = paper.form.field(check.field)
    value = paper.text(check.field)
    if not value or value == check.option:
        return
    if value in field.options:
        slip = Slip("not_eligible", f"“{field.label}”选的是“{value}”", f"请对照要求，做到“{check.option}”", "info")
    else:
        one = "、".join(f"“{option}”" for option in field.options)
        slip = Slip("invalid", f"“{field.label}”写的是{quote(value)}，看不出选了哪一项", f"请在{one}中只选一项")
    yield finding(paper, field, slip, check.citation)


def _elapsed(paper: Paper, check: Elapsed) -> Iterator[Finding]:
    start, end = paper.month(check.start), paper.month(check.end)
    if start and end and start.months_to(end) < check.months:
        field = paper.form.field(check.end)
        said = _too_short(start, end, check.months)
        slip = Slip("not_eligible", said, f"请在满{_length(check.months)}以后申报，年月写错的请改正")
        yield finding(paper, field, slip, check.citation)


def _too_short(start: Month, end: Month, months: int) -> str:
    gone = start.months_to(end)
    how = f"只有{_length(gone)}，不满{_length(months)}" if gone > 0 else "前后颠倒或在同一个月"
    return f"从{in_words(start)}到{in_words(end)}{how}"


def _rows_elapsed(paper: Paper, check: RowsElapsed) -> Iterator[RowFinding]:
    field = paper.form.field(check.field)
    for index, row in enumerate(paper.rows(check.field)):
        start, end = (parse_month(row.get(column) or "") for column in (check.start, check.end))
        if start and end and start.months_to(end) < check.months:
            said = f"第{index + 1}行{_row_words(field, row)}{_too_short(start, end, check.months)}"
            slip = Slip("not_eligible", said, "请核对这一行的年月")
            yield index, _row_finding(paper, field, index, slip, check.citation)


def _rows_complete(paper: Paper, check: RowsComplete) -> Iterator[RowFinding]:
    field = paper.form.field(check.field)
    for index, row in enumerate(paper.rows(check.field)):
        lacking = [column.label for column in field.columns if paper.says_nothing(field, row.get(column.id))]
        if lacking:
            names = "、".join(f"“{label}”" for label in lacking)
            slip = Slip("missing", f"第{index + 1}行{_row_words(field, row)}没有填写{names}", f"请补填这一行的{names}")
            yield index, _row_finding(paper, field, index, slip, check.citation)


def _rows_within(paper: Paper, check: RowsWithin) -> Iterator[RowFinding]:
    start, end = paper.month(check.start), paper.month(check.end)
    if not (start and end) or end < start:
        return
    field = paper.form.field(check.field)
    for index, row in enumerate(paper.rows(check.field)):
        text = row.get(check.column) or ""
        if any(_is_outside(named, MonthSpan(start, end)) for named in named_spans(text)):
            said = f"第{index + 1}行的时间{quote(text)}超出了{in_words(start)}至{in_words(end)}的起止时间"
            slip = Slip("inconsistent", said, "请把这一行的时间调整到起止时间以内，或改正起止时间")
            yield index, _row_finding(paper, field, index, slip, check.citation)


def _is_outside(named: NamedSpan, period: MonthSpan) -> bool:
    """A named month lies in the period or not; a quarter, half or whole year is outside only where it does not touch it."""
    first, last = named.span.first, named.span.last
    if named.is_exact:
        return first < period.first or last > period.last
    return last < period.first or first > period.last


def _row_words(field: Field, row: Any) -> str:
    """What tells a row from its neighbours: the first thing written in it."""
    written = next((row[column.id] for column in field.columns if row.get(column.id)), "")
    return f"（{quote(written)}）" if written else ""


def _row_finding(paper: Paper, field: Field, index: int, slip: Slip, citation: Citation) -> Finding:
    return finding(
        paper, field, slip, citation, place=row_place(field, index), locator=_row_locator(paper, field, index)
    )


def _row_locator(paper: Paper, field: Field, index: int) -> Locator | None:
    answer = paper.answer(field.id)
    return answer.row_locators[index] if answer and index < len(answer.row_locators) else None


_BY_KIND: dict[type, Callable[[Paper, Any], Iterator[Finding]]] = {
    EndsWith: _ends_with,
    CreditCode: days.credit_code,
    YearsBefore: days.years_before,
    WithinYears: days.within_years,
    StillValid: days.still_valid,
    AllChosen: days.all_chosen,
    Ordered: _ordered,
    SpanYears: _span_years,
    YearWithin: _year_within,
    HandedInWithin: _handed_in_within,
    AnswerIs: _answer_is,
    Elapsed: _elapsed,
}
_BY_KIND_OF_ROWS: dict[type, Callable[[Paper, Any], Iterator[RowFinding]]] = {
    RowsComplete: _rows_complete,
    RowsWithin: _rows_within,
    RowsElapsed: _rows_elapsed,
}
