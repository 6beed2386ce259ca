"""The closed vocabulary of checks, one table each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formflow.model.checks import (
    AnswerIs,
    Check,
    Elapsed,
    EndsWith,
    HandedInWithin,
    Ordered,
    RowsComplete,
    RowsElapsed,
    RowsWithin,
    SpanYears,
    YearWithin,
)
from formflow.model.document import Locator
from formflow.model.finding import Finding
from formflow.model.period import Month
from formflow.rules.conditions import check_condition, subject
from formflow.rules.paper import Paper
from support.programme_values import CITATION, FIELDS, answer, codes, form, record

SUFFIX = EndsWith("name", ("服务中心", "服务站", "服务中心（站）"), CITATION)
ORDER = Ordered("start", "end", CITATION)
LENGTH = SpanYears("start", "end", (1, 2), CITATION)
CYCLE = YearWithin("start", 2022, 2024, CITATION)
WINDOW = HandedInWithin("signed_on", 1, 3, CITATION)
COMPLETE = RowsComplete("steps", CITATION)
INSIDE = RowsWithin("steps", "when", "start", "end", CITATION)


def found(check: Check, received_on: date | None = None, **values: Any) -> tuple[Finding, ...]:
    paper = Paper(form(check), record(**values), received_on)
    return tuple(finding for _, finding in check_condition(paper, check))


@pytest.mark.parametrize(
    ("name", "is_right"),
    [
        ("清溪镇职工服务中心", True),
        ("清溪镇职工服务站", True),
        ("清溪镇职工服务中心（站）", True),
        ("清溪镇职工服务中心(站)", True),
        ("清溪镇职工 服务中心 ", True),
        ("清溪镇职工服务中心。", True),
        ("清溪镇职工服务中心（盖章）", True),
        ("清溪镇总工会（公章）", False),
        ("清溪镇总工会", False),
        ("清溪镇职工服务中心筹备组", False),
        (None, True),
        ("待补充", True),
    ],
)
def test_ends_with(name: str | None, is_right: bool) -> None:
    assert codes(found(SUFFIX, name=name)) == ([] if is_right else [("invalid", "name", "error")])


def test_ends_with_quotes_what_was_written() -> None:
    (wrong,) = found(SUFFIX, name="清溪镇" * 20)
    assert "清溪镇清溪镇" in wrong.message
    assert "…" in wrong.message
    assert len(wrong.message) < 80
    assert wrong.place == "封面“名称”一行"


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2022-03", "2023-02", []),
        ("2022-03", "2022-03", []),
        ("2023-03", "2022-02", [("inconsistent", "end", "error")]),
        (None, "2022-02", []),
    ],
)
def test_ordered(start: str | None, end: str, expected: list[tuple[str, str, str]]) -> None:
    assert codes(found(ORDER, start=start, end=end)) == expected


@pytest.mark.parametrize(
    ("end", "is_right"),
    [
        ("2023-02", True),
        ("2023-03", True),
        ("2024-02", True),
        ("2024-03", True),
        ("2023-01", False),
        ("2023-04", False),
        ("2025-02", False),
        ("2022-03", False),
        ("2021-03", True),  # backwards: told by `ordered`
        (None, True),
    ],
)
def test_one_or_two_years(end: str | None, is_right: bool) -> None:
    assert codes(found(LENGTH, end=end)) == ([] if is_right else [("invalid", "end", "error")])


@pytest.mark.parametrize(("end", "length"), [("2025-02", "3年"), ("2022-08", "6个月"), ("2023-05", "1年零3个月")])
def test_how_long_it_is_instead(end: str, length: str) -> None:
    assert f"共{length}，不是1年或2年" in found(LENGTH, end=end)[0].message


@given(st.integers(2000, 2090), st.integers(1, 12), st.integers(0, 40))
def test_length_depends_on_months_only(year: int, month: int, months: int) -> None:
    last = year * 12 + month - 1 + months
    end = str(Month(last // 12, last % 12 + 1))
    assert bool(found(LENGTH, start=str(Month(year, month)), end=end)) == (months not in (11, 12, 23, 24))


@pytest.mark.parametrize(
    ("start", "is_right"), [("2021-12", False), ("2022-01", True), ("2024-12", True), ("2025-01", False), (None, True)]
)
def test_year_within(start: str | None, is_right: bool) -> None:
    assert codes(found(CYCLE, start=start)) == ([] if is_right else [("out_of_window", "start", "error")])


@pytest.mark.parametrize(
    ("own", "arrival", "said"),
    [
        ("2022-03", None, ""),
        ("2022-01", date(2022, 3, 31), ""),
        ("2022-04", None, "2022年4月"),
        ("2022-04", date(2022, 3, 1), "2022年4月"),
        ("2022-03", date(2022, 4, 1), "2022年4月1日"),  # dated in time, came late
        ("2022-03", date(2024, 7, 1), ""),  # an old paper taken up again: its own date counts
        (None, date(2022, 5, 2), "2022年5月2日"),
        (None, date(2022, 2, 2), ""),
        (None, date(2022, 1, 1), ""),
        (None, date(2022, 3, 31), ""),
        (None, date(2022, 4, 1), "2022年4月1日"),
        (None, None, ""),
    ],
)
def test_handed_in_within(own: str | None, arrival: date | None, said: str) -> None:
    findings = found(WINDOW, arrival, signed_on=own)
    assert codes(findings) == ([("out_of_window", "signed_on", "error")] if said else [])
    assert all(said in finding.message for finding in findings)


def test_rows_complete_tells_each_row_and_each_column() -> None:
    rows = [{"when": "2022年3月", "what": "动员"}, {"when": None, "what": "实施"}, {"when": "／", "what": None}]
    second, third = found(COMPLETE, steps=rows)
    assert codes((second, third)) == [("missing", "steps", "error")] * 2
    assert (second.place, third.place) == ("“步骤”表第2行", "“步骤”表第3行")
    assert second.message.startswith("第2行")
    assert "“何时”" in second.message
    assert "“实施”" in second.message
    assert "“何时”、“何事”" in third.message


@pytest.mark.parametrize(
    ("when", "is_inside"),
    [
        ("2022年3月", True),
        ("2023年2月", True),
        ("2022年3月—2023年2月", True),
        ("2022年2月", False),
        ("2023年3月", False),
        ("2022年11月—2023年3月", False),
        ("2022年2月—4月", False),
        ("2022年一季度", True),  # touches March
        ("2022年", True),
        ("2021年", False),
        ("2023年二季度", False),
        ("2023年第一季度", True),
        ("3月—5月", True),  # no year: nothing to compare
        ("前期", True),
        (None, True),
    ],
)
def test_rows_within(when: str | None, is_inside: bool) -> None:
    assert codes(found(INSIDE, steps=[{"when": when, "what": "动员"}])) == (
        [] if is_inside else [("inconsistent", "steps", "error")]
    )


@pytest.mark.parametrize(("start", "end"), [(None, "2023-02"), ("2022-03", None), ("2023-03", "2022-03")])
def test_rows_are_not_held_against_a_period_that_is_none(start: str | None, end: str | None) -> None:
    assert found(INSIDE, start=start, end=end, steps=[{"when": "2030年1月", "what": "动员"}]) == ()


def test_a_row_is_found_at_its_own_place() -> None:
    places = (Locator("table 2, row 3"), Locator("table 2, row 5"))
    rows = [{"when": "2022年3月", "what": "动员"}, {"when": "2030年1月", "what": "实施"}]
    paper = Paper(form(INSIDE), record(answer("steps", rows, row_locators=places)), None)
    ((index, finding),) = check_condition(paper, INSIDE)
    assert (index, finding.locator) == (1, places[1])
    without = Paper(form(INSIDE), record(replace(answer("steps", rows), row_locators=())), None)
    ((_, finding),) = check_condition(without, INSIDE)
    assert finding.locator == Locator("table 1, row 4, column 2")


def test_every_check_is_about_one_field() -> None:
    assert [subject(check) for check in (SUFFIX, ORDER, LENGTH, CYCLE, WINDOW, COMPLETE, INSIDE)] == [
        "name", "end", "end", "start", "signed_on", "steps", "steps",
    ]  # fmt: skip


WANTED = AnswerIs("site", "达到", CITATION)
OPTIONS = replace(next(field for field in FIELDS if field.id == "site"), options=("达到", "未达到"))
WAITED = Elapsed("start", "signed_on", 24, CITATION)
ROWS_WAITED = RowsElapsed("steps", "when", "what", 24, CITATION)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("达到", []),
        (None, []),
        ("未达到", [("not_eligible", "site", "info")]),
        ("达到、未达到", [("invalid", "site", "error")]),
        ("基本达到", [("invalid", "site", "error")]),
    ],
)
def test_answer_is(value: str | None, expected: list[tuple[str, str | None, str]]) -> None:
    fields = tuple(OPTIONS if field.id == "site" else field for field in FIELDS)
    paper = Paper(form(WANTED, fields=fields), record(site=value), None)
    assert codes(tuple(finding for _, finding in check_condition(paper, WANTED))) == expected


@pytest.mark.parametrize(
    ("start", "end", "has_elapsed"),
    [
        ("2021-03", "2023-03", True), ("2021-03", "2023-02", False), ("2021-03", "2024-01", True), ("2023-03", "2021-03", False),
        ("2021-03", "2021-03", False), (None, "2023-03", True), ("2021-03", None, True),
    ],
)  # fmt: skip
def test_elapsed(start: str | None, end: str | None, has_elapsed: bool) -> None:
    assert codes(found(WAITED, start=start, signed_on=end)) == (
        [] if has_elapsed else [("not_eligible", "signed_on", "error")]
    )


def test_what_has_elapsed_is_told() -> None:
    (finding,) = found(WAITED, start="2021-03", signed_on="2023-02")
    assert finding.message == "从2021年3月到2023年2月只有1年零11个月，不满2年"
    (backwards,) = found(WAITED, start="2023-03", signed_on="2021-03")
    assert "前后颠倒" in backwards.message
    (same,) = found(WAITED, start="2021-03", signed_on="2021-03")
    assert "在同一个月" in same.message


def test_rows_elapsed() -> None:
    rows = [
        ("2021年3月", "2023年3月"),
        ("2022.5", "2023.3"),
        ("2022年5月", None),
        ("待定", "2023年3月"),
        ("2021-03", "2023-02"),
    ]
    steps = [{"when": when, "what": what} for when, what in rows]
    told = found(ROWS_WAITED, steps=steps)
    assert codes(told) == [("not_eligible", "steps", "error")] * 2
    assert [finding.place for finding in told] == ["“步骤”表第2行", "“步骤”表第5行"]
    assert [finding.message[:3] for finding in told] == ["第2行", "第5行"]


def test_what_these_checks_are_about() -> None:
    assert [subject(check) for check in (WANTED, WAITED, ROWS_WAITED)] == ["site", "signed_on", "steps"]
