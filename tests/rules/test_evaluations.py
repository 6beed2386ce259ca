"""What is wrong with an evaluation sheet, and what follows for each home."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from formflow.forms.evaluations import evaluation_sheets
from formflow.model.citation import Citation
from formflow.model.evaluation import EvaluationSheet, HomeResult, HomeTally
from formflow.rules.ballots import ballots_of, check_home, satisfaction
from formflow.rules.calendar import covered_years
from formflow.rules.evaluations import assess_homes, check_evaluation, rectify_dates
from formflow.rules.fields import SURE_ENOUGH
from support.evaluation_rules import RULES, with_evaluation
from support.evaluation_sheets import LAYOUTS, Vote, as_document, votes
from support.papers import CellLike, document, table

PACK = with_evaluation()
HEADS: list[CellLike] = ["单位", "发出", "收回", "满意", "基本满意", "不满意"]


def sheet(*rows: list[CellLike], heads: list[CellLike] = HEADS) -> EvaluationSheet:
    (found,) = evaluation_sheets(document("会员评议职工之家", table(heads, *rows)), (PACK,))
    return found


def slips(*rows: list[CellLike], heads: list[CellLike] = HEADS) -> list[tuple[str, str]]:
    return [(finding.code, finding.severity) for finding in check_evaluation(RULES, sheet(*rows, heads=heads))]


def result(*row: CellLike, heads: list[CellLike] = HEADS) -> HomeResult:
    (found,) = assess_homes(RULES, [sheet(list(row), heads=heads)])
    return found


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_false_alarm_on_clean_sheets(layout: str) -> None:
    for seed in range(4):
        (found,) = evaluation_sheets(as_document(layout, votes(4, seed, spoilt=layout == "spoilt")), (PACK,))
        assert check_evaluation(RULES, found) == ()


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (["甲厂", "100", "110", "100", "6", "4"], [("inconsistent", "error")]),
        (["甲厂", "100", "90", "80", "6", "3"], [("inconsistent", "error")]),
        (["甲厂", "100", "90", "80", "14", "-4"], [("invalid", "error")]),
        (["甲厂", "100", "90张票", "80", "6", "4"], [("invalid", "error")]),
        (["甲厂", "100", "90.5", "80", "6", "4"], [("invalid", "error")]),
        (["甲厂", "", "90", "80", "6", "4"], [("missing", "error")]),
        (["甲厂", "100", "90", "80", "6", ""], [("missing", "error")]),
        (["甲厂", "100", "86", "80", "6", ""], [("missing", "info")]),
        (["甲厂", "100", "86", "80", "6", "无"], [("missing", "info")]),
        (["甲厂", "0", "0", "0", "0", "0"], [("invalid", "error")]),
        (["", "100", "90", "80", "6", "4"], [("missing", "error")]),
    ],
)  # fmt: skip
def test_a_slip_in_a_line(row: list[CellLike], expected: list[tuple[str, str]]) -> None:
    assert slips(row) == expected


def test_both_sums_are_shown() -> None:
    (found,) = check_evaluation(RULES, sheet(["甲厂", "100", "90", "80", "6", "3"]))
    assert found.message == "“甲厂”：满意 80 + 基本满意 6 + 不满意 3 = 89 张，收回票数是 90 张，相差 1 张"
    assert found.place == "第1张表第2行第1列"
    assert found.basis == "四（三）"


def test_every_slip_at_once() -> None:
    found = slips(["甲厂", "", "九十", "80", "-6", "4"], ["甲厂", "100", "90", "80", "6", "4"])
    assert sorted(found) == [("duplicate", "error"), ("invalid", "error"), ("invalid", "error"), ("missing", "error")]


SPOILT: list[CellLike] = ["单位", "发出", "收回", "有效", "无效", "满意", "不满意"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (["甲厂", "100", "90", "88", "2", "80", "8"], []),
        (["甲厂", "100", "90", "88", "3", "80", "8"], [("inconsistent", "error")]),
        (["甲厂", "100", "90", "95", "", "80", "15"], [("inconsistent", "error")]),
        (["甲厂", "100", "90", "", "2", "80", "8"], []),
        (["甲厂", "100", "90", "88", "2", "80", "10"], [("inconsistent", "error")]),
    ],
)  # fmt: skip
def test_valid_and_spoilt_ballots(row: list[CellLike], expected: list[tuple[str, str]]) -> None:
    assert slips(row, heads=SPOILT) == expected


RATED: list[CellLike] = [*HEADS, "满意率"]


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("95.6%", []), ("95.56", []), ("95.5%", []), ("0.9556", []), ("96%", []), ("", []),
        ("97%", [("inconsistent", "error")]),
        ("88.9%", [("inconsistent", "review")]),
        ("很高", [("invalid", "review")]),
    ],
)  # fmt: skip
def test_a_stated_rate_against_the_counted_one(stated: str, expected: list[tuple[str, str]]) -> None:
    assert slips(["甲厂", "100", "90", "80", "6", "4", stated], heads=RATED) == expected


def test_both_rates_are_shown() -> None:
    (found,) = check_evaluation(RULES, sheet(["甲厂", "100", "90", "80", "6", "4", "97%"], heads=RATED))
    assert "表上写的是 97%，按票数计算是 95.56%" in found.message


def test_shares_of_answers_and_participation() -> None:
    heads: list[CellLike] = ["单位", "会员人数", "发出", "收回", "参评率", "满意", "满意率", "不满意", "不满意率"]
    assert slips(["甲厂", "120", "100", "90", "90%", "80", "88.9%", "10", "11.1%"], heads=heads) == []
    assert slips(["甲厂", "120", "100", "90", "75%", "80", "88.9%", "10", "11.1%"], heads=heads) == []
    wrong = ["甲厂", "120", "100", "90", "80%", "80", "85%", "10", "11.1%"]
    assert slips(list(wrong), heads=heads) == [("inconsistent", "error")] * 2
    assert slips(["甲厂", "90", "100", "90", "90%", "80", "88.9%", "10", "11.1%"], heads=heads) == [
        ("inconsistent", "review")
    ]


def test_totals_against_the_lines() -> None:
    rows: list[list[CellLike]] = [["甲厂", "100", "90", "80", "6", "4"], ["乙厂", "50", "40", "30", "6", "4"]]
    assert slips(*rows, ["合计", "150", "130", "110", "12", "8"]) == []
    assert slips(*rows, ["合计", "150", "131", "110", "12", "8"]) == [("inconsistent", "error")]


def test_a_total_is_held_against_whole_columns_only() -> None:
    rows: list[list[CellLike]] = [["甲厂", "100", "", "80", "6", "4"], ["乙厂", "50", "40", "30", "6", "4"]]
    assert slips(*rows, ["合计", "150", "131", "110", "12", "8"]) == [("missing", "error")]
    assert slips(*rows, ["合计", "150", "若干", "110", "12", "8"]) == [("missing", "error")]
    whole: list[CellLike] = ["甲厂", "100", "90", "80", "6", "4"]
    assert slips(whole, ["合计", "100", "若干", "80", "6", "4"]) == []
    # An answer left blank that can only be nought is nought in the sum as well.
    rest: list[CellLike] = ["甲厂", "100", "86", "80", "6", ""]
    assert slips(rest, ["合计", "100", "86", "80", "6", "0"]) == [("missing", "info")]
    assert slips(rest, ["合计", "100", "86", "80", "6", "5"]) == [("missing", "info"), ("inconsistent", "error")]


def test_of_lines_that_belong_to_no_home_each_is_asked_about_and_no_total() -> None:
    told = sheet(["甲厂", "100", "90", "80", "6", "4"], ["合计", "150", "131", "110", "12", "8"])
    assert [finding.code for finding in check_evaluation(RULES, told)] == ["inconsistent"] * 5
    nameless, several = replace(told.homes[0], home_name=""), replace(told.homes[0], home_name="乙厂")
    findings = check_evaluation(RULES, replace(told, unsorted=(nameless, several)))
    assert [(finding.code, finding.severity) for finding in findings] == [
        ("missing", "error"),
        ("inconsistent", "error"),
    ]
    assert "“乙厂”：同一个职工之家有几行票数" in findings[1].message
    alone = replace(told, homes=(), total=None, unsorted=(several,))
    assert [finding.code for finding in check_evaluation(RULES, alone)] == ["inconsistent"]


def test_votes_of_several_years_on_one_sheet() -> None:
    found = sheet(["甲厂", "100", "90", "80", "6", "4"])
    assert check_evaluation(RULES, replace(found, years=(2022,))) == ()
    (told,) = check_evaluation(RULES, replace(found, years=(2021, 2022)))
    assert (told.code, told.severity) == ("inconsistent", "error")
    assert "2021年、2022年" in told.message


def test_a_home_twice_is_told_with_the_line_it_stood_on_before() -> None:
    row: list[CellLike] = ["甲厂", "100", "90", "80", "6", "4"]
    found = sheet(row, row)
    assert "（前一次在第1张表第2行" in check_evaluation(RULES, found)[0].message
    placeless = replace(found, homes=tuple(replace(tally, locator=None) for tally in found.homes))
    assert check_evaluation(RULES, placeless)[0].message == "“甲厂”：在表中出现不止一次"


def test_an_answer_the_pack_does_not_know_is_for_a_person() -> None:
    heads: list[CellLike] = ["单位", "发出", "收回", "满意", "一般", "不满意"]
    assert slips(["甲厂", "100", "90", "80", "6", "4"], heads=heads) == [("inconsistent", "review")]
    assert slips(["甲厂", "100", "84", "80", "0", "4"], heads=heads) == []
    assert result("甲厂", "100", "90", "80", "6", "4", heads=heads).outcome == "unassessed"


def told(tally: HomeTally) -> list[tuple[str, str, str]]:
    return [(finding.code, finding.severity, finding.message) for finding in check_home(RULES, tally)]


PLAIN: list[CellLike] = ["甲厂", "100", "90", "80", "6", "4"]


@pytest.mark.parametrize(("confidence", "is_unsure"), [(SURE_ENOUGH, False), (SURE_ENOUGH - 0.01, True)])
def test_a_line_that_was_read_unsurely_is_looked_at(confidence: float, is_unsure: bool) -> None:
    (tally,) = sheet(PLAIN).homes
    found = told(replace(tally, confidence=confidence))
    assert found == ([("low_confidence", "review", "“甲厂”：票数识读的把握不大")] if is_unsure else [])


def test_numbers_the_sheet_has_no_place_for_are_asked_for() -> None:
    (tally,) = sheet(PLAIN).homes

    def without(*keys: str) -> list[tuple[str, str, str]]:
        return told(replace(tally, counts={key: count for key, count in tally.counts.items() if key not in keys}))

    assert without("returned") == [("missing", "error", "“甲厂”：没有写收回票数")]
    assert without("issued") == [("missing", "error", "“甲厂”：没有写发出票数")]
    assert without("satisfied", "fairly_satisfied", "dissatisfied") == [
        ("missing", "error", "“甲厂”：没有各种评价的票数")
    ]


def test_what_is_not_known_is_not_counted_as_satisfied() -> None:
    (tally,) = sheet(["甲厂", "100", "90", "80", "", "4"]).homes
    assert ballots_of(tally).satisfied(RULES) is None
    assert satisfaction(ballots_of(tally), RULES) is None
    none_of_them = replace(
        tally, counts={key: count for key, count in tally.counts.items() if key in ("issued", "returned")}
    )
    assert ballots_of(none_of_them).satisfied(RULES) is None
    (nobody,) = sheet(["甲厂", "100", "0", "0", "0", "0"]).homes
    assert satisfaction(ballots_of(nobody), RULES) is None


def test_a_rate_is_not_held_against_counts_that_are_wrong_themselves() -> None:
    assert slips(["甲厂", "100", "90", "80", "6", "3", "97%"], heads=RATED) == [("inconsistent", "error")]


def test_what_the_ballots_come_to_is_said_by_what_they_are() -> None:
    def said(*row: CellLike, heads: list[CellLike]) -> str:
        return check_evaluation(RULES, sheet(list(row), heads=heads))[0].message

    assert "有效 88 张加无效 3 张是 91 张，收回的是 90 张" in said(
        "甲厂", "100", "90", "88", "3", "80", "8", heads=SPOILT
    )
    assert "有效票是 88 张" in said("甲厂", "100", "90", "", "2", "80", "10", heads=SPOILT)
    assert "收回票数是 90 张" in said("甲厂", "100", "90", "80", "6", "3", heads=HEADS)
    only = said("甲厂", "100", "90", "80", "6", "4", "88.9%", heads=RATED)
    assert only.endswith("（与只计“满意”一种评价的比率相符）")


@pytest.mark.parametrize(
    ("ordinary", "expected"),
    [("", []), ("无", []), ("若干", [("invalid", "error")]), ("-6", [("invalid", "error")]), ("0", [])],
)
def test_an_answer_the_pack_does_not_know_has_to_be_a_number(ordinary: str, expected: list[tuple[str, str]]) -> None:
    heads: list[CellLike] = ["单位", "发出", "收回", "满意", "一般", "不满意"]
    found = check_evaluation(RULES, sheet(["甲厂", "100", "90", "86", ordinary, "4"], heads=heads))
    about = [(finding.code, finding.severity) for finding in found if "“一般”" in finding.message]
    assert about == expected


def test_the_first_answer_is_the_first_that_is_satisfied() -> None:
    reversed_ = replace(RULES, choices=tuple(sorted(RULES.choices, key=lambda choice: choice.is_satisfied)))
    (found,) = check_evaluation(reversed_, sheet(["甲厂", "100", "90", "80", "6", "4", "88.9%"], heads=RATED))
    assert (found.severity, "与只计“满意”一种评价的比率相符" in found.message) == ("review", True)


def test_as_many_ballots_as_members_are_no_slip() -> None:
    heads: list[CellLike] = ["单位", "会员人数", "发出", "收回", "满意", "不满意"]
    assert slips(["甲厂", "100", "100", "90", "80", "10"], heads=heads) == []
    assert slips(["甲厂", "99", "100", "90", "80", "10"], heads=heads) == [("inconsistent", "review")]


def test_nothing_filled_in() -> None:
    assert slips(["", "", "", "", "", ""]) == [("missing", "error")]


# What follows ---------------------------------------------------------------------------------------------------------


def test_rates_are_exact() -> None:
    found = result("甲厂", "147", "137", "80", "34", "23")
    assert (found.participation, found.satisfaction) == (Fraction(137, 147), Fraction(114, 137))


@pytest.mark.parametrize(
    ("row", "outcome"),
    [
        (("100", "100", "70", "10", "20"), "passed"),
        (("100", "100", "70", "9", "21"), "rectify"),
        (("1000", "600", "480", "0", "120"), "passed"),
        (("1000", "599", "599", "0", "0"), "repeat"),
        (("100", "100", "70", "10", "19"), "unassessed"),
        (("10000", "10000", "7999", "0", "2001"), "rectify"),
    ],
)
def test_thresholds_are_met_by_the_exact_rate(row: tuple[str, ...], outcome: str) -> None:
    assert result("甲厂", *row).outcome == outcome


def test_each_point_is_told() -> None:
    found = result("甲厂", "100", "90", "40", "20", "30")
    assert [point.problem for point in found.points] == [
        "收回的90张有效票中满意40张、基本满意20张、不满意30张，会员满意率66.67%，低于规定的80%",
        "有30张票的评价是“不满意”",
    ]
    assert all(point.requirement for point in found.points)
    # The thresholds are this office's own: the notice cites the clause they serve.
    assert {point.basis for point in found.points} == {"四（三）"}
    assert result("甲厂", "100", "90", "80", "6", "4").points == ()
    cited = replace(RULES, floors_citation=(Citation("来源", "五"), Citation("来源", "六")))
    held = assess_homes(cited, [sheet(["甲厂", "100", "90", "40", "20", "30"], ["乙厂", "100", "50", "40", "6", "4"])])
    assert [[point.basis for point in one.points] for one in held] == [["六", "四（三）"], ["五"]]
    (few,) = result("甲厂", "100", "50", "40", "6", "4").points
    assert "参评率50%，低于规定的60%" in few.problem


def test_equal_rates_share_a_rank() -> None:
    rows: list[list[CellLike]] = [
        ["甲厂", "100", "90", "80", "1", "9"], ["乙厂", "100", "100", "100", "0", "0"], ["丙厂", "50", "50", "40", "5", "5"],
        ["丁厂", "100", "50", "50", "0", "0"], ["戊厂", "100", "100", "50", "0", "50"], ["己厂", "100", "x", "50", "0", "50"],
    ]  # fmt: skip
    found = assess_homes(RULES, [sheet(*rows)])
    assert [(one.home_name, one.rank, one.outcome) for one in found] == [
        ("乙厂", 1, "passed"),
        ("甲厂", 2, "passed"),
        ("丙厂", 2, "passed"),
        ("戊厂", 4, "rectify"),
        ("丁厂", None, "repeat"),
        ("己厂", None, "unassessed"),
    ]


def test_a_home_in_two_sheets() -> None:
    first = sheet(["甲厂", "100", "90", "80", "6", "4"])
    again, other = sheet(["“甲厂”", "100", "90", "80", "6", "4"]), sheet(["甲厂", "100", "90", "80", "5", "5"])
    assert [one.outcome for one in assess_homes(RULES, [first, again])] == ["passed"]
    (unclear,) = assess_homes(RULES, [first, other])
    assert (unclear.outcome, unclear.satisfaction) == ("unassessed", None)
    assert [finding.code for finding in unclear.findings] == ["duplicate"]


def test_random_sheets_against_plain_arithmetic() -> None:
    rng = random.Random(20)
    for _ in range(300):
        parts = [rng.randint(0, 50) for _ in range(3)]
        returned = sum(parts)
        issued = returned + rng.randint(0, 40)
        if not returned:
            continue
        home = result("甲厂", str(issued), str(returned), *map(str, parts))
        enough, happy = returned * 100 >= 60 * issued, (parts[0] + parts[1]) * 100 >= 80 * returned
        assert home.outcome == ("repeat" if not enough else "passed" if happy else "rectify")


def test_the_answers_of_a_pack_decide_what_counts_as_satisfied() -> None:
    stricter = replace(RULES, choices=tuple(replace(c, is_satisfied=c.id == "satisfied") for c in RULES.choices))
    found = sheet(["甲厂", "100", "90", "60", "26", "4"])
    assert assess_homes(RULES, [found])[0].outcome == "passed"
    assert assess_homes(stricter, [found])[0].outcome == "rectify"


def test_dates_are_working_days() -> None:
    short = replace(RULES, rectify_working_days=5, follow_up_working_days=8)
    dates = rectify_dates(short, date(2021, 9, 30))
    # 1 to 7 October are holidays; Saturday the 9th is worked in exchange.
    assert (dates.deadline, dates.follow_up, dates.note) == (date(2021, 10, 13), date(2021, 10, 18), "")
    assert "2099" in rectify_dates(short, date(2099, 3, 2)).note
    # The last of December may be settled by the next year's arrangement: here only the look afterwards reaches it.
    late = covered_years().stop - 1
    by_then = rectify_dates(short, date(late, 12, 18))
    assert by_then.deadline <= date(late, 12, 27) < by_then.follow_up
    assert f"{late + 1}年" in by_then.note


def test_a_vote_says_what_its_oracle_says() -> None:
    vote = Vote("甲厂", 120, 96, 15, 3)
    assert (vote.returned, vote.share(96)) == (114, "84.2%")
