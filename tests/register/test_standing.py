"""Where every unit of a year stands."""

from __future__ import annotations

from datetime import date

import pytest

from formflow.model.finding import Finding
from support.rounds import case_of, naming_of, nantong, sheet_of, units

pytestmark = pytest.mark.usefixtures("register")
ERROR = Finding("missing", "industry", "error", "没有填写", "附件2", label="所属行业")
AGAIN = Finding("invalid", "industry", "error", "不对", "附件2", label="所属行业")
ATTACHMENT = Finding("attachment_missing", "development_plan", "review", "没有收到", "四", label="发展规划")
SEAL = Finding("unsealed", "opinion_managing", "review", "看不出", "附件2", label="管理单位意见")


def test_what_is_missing_is_said_once_each_with_the_day_it_is_due() -> None:
    from formflow.register.standing import standings

    case_of("甲镇职工服务中心", ERROR, AGAIN, SEAL, ATTACHMENT, county="海门区总工会", deadline=date(2022, 11, 15))
    [line] = standings(nantong(), 2022)
    assert line.missing == ("所属行业", "发展规划")
    assert line.deadline == date(2022, 11, 15)
    assert (line.unit, line.applicant, line.county) == (
        "甲镇职工服务中心",
        "甲镇职工服务中心的主管工会",
        "海门区总工会",
    )
    assert [letter.number for letter in line.letters] == ["2022-0001-1"]


def test_an_accepted_case_has_no_deadline() -> None:
    from formflow.register.standing import standings

    case_of("甲镇职工服务中心", SEAL, deadline=date(2022, 11, 15))
    [line] = standings(nantong(), 2022)
    assert (line.outcome, line.missing, line.deadline) == ("accepted", (), None)


def test_sheets_are_counted_in_the_latest_round() -> None:
    from formflow.register.standing import standings

    case, other = case_of("甲镇职工服务中心"), case_of("乙镇职工服务中心")
    for reviewer, year, state in (("张三", 2022, "counted"), ("张三", 2023, "counted"), ("李四", 2023, "returned"),
                                  ("王五", 2023, "counted"), ("王五", 2023, "replaced")):  # fmt: skip
        sheet_of(case, reviewer, year=year, state=state)
    lines = standings(nantong(), 2022)
    assert units(lines) == [case.unit, other.unit]
    assert [(line.sheets, line.returned) for line in lines] == [(2, 1), (0, 0)]


def test_the_latest_decision_counts() -> None:
    from formflow.register.standing import standings

    case = case_of("甲镇职工服务中心")
    naming_of(case, "extended", until=date(2023, 12, 31))
    naming_of(case, "named", year=2023, grade="示范")
    [line] = standings(nantong(), 2022)
    assert (line.decided_in, line.decision, line.grade, line.until) == (2023, "named", "示范", None)


def test_other_years_and_programmes_do_not_show() -> None:
    from formflow.register.standing import standings

    case_of("甲镇职工服务中心")
    assert standings(nantong(), 2023) == []


def test_it_takes_as_many_queries_for_many_cases_as_for_one() -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from formflow.register.standing import standings

    case_of("甲镇职工服务中心", ERROR)
    with CaptureQueriesContext(connection) as few:
        standings(nantong(), 2022)
    for number in range(5):
        sheet_of(case_of(f"乙镇第{number}职工服务中心", ERROR), "张三")
    with CaptureQueriesContext(connection) as more:
        assert len(standings(nantong(), 2022)) == 6
    assert len(more) == len(few)


def test_as_of_a_day_only_what_had_come_by_then_counts() -> None:
    from datetime import timedelta

    from formflow.register import books, cases
    from formflow.register import models as rows
    from formflow.register.standing import standings
    from support.forms_of_cases import key
    from support.rounds import AT, TODAY, arrival

    case = case_of("甲镇职工服务中心", ERROR, deadline=date(2022, 11, 15))
    rows.Case.objects.update(opened_on=TODAY)
    cases.next_version(case, key(case.unit), TODAY)
    paper = books.add_paper(arrival(), kind="application", state="filed", case=case)
    rows.Paper.objects.filter(pk=paper.pk).update(received_at=AT + timedelta(days=3))
    books.add_record(paper, case, {}, (), "accepted")
    cases.set_outcome(case, "accepted", TODAY)
    [before] = standings(nantong(), 2022, TODAY + timedelta(days=2))
    assert (before.outcome, before.version, before.missing) == ("supplement", 1, ("所属行业",))
    assert before.deadline == date(2022, 11, 15)
    [after] = standings(nantong(), 2022, TODAY + timedelta(days=3))
    assert (after.outcome, after.version, after.deadline) == ("accepted", 2, None)
    assert standings(nantong(), 2022, TODAY - timedelta(days=1)) == []
