"""Every slip of a score sheet is found, all at once, and a clean one has none."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from formflow.model.document import Locator
from formflow.model.rubric import Reviewer
from formflow.model.scoring import CheckedSheet, Entry, Mark, ScoreSheet, Stray
from formflow.rules.fields import SURE_ENOUGH
from formflow.rules.scoring import check_sheet, check_together, points_words
from support.score_sheets import Marks, invent, rubric, sheet_of

PLACE = Locator("sheet 1, row 9, column 5")


def marks(seed: int = 1) -> Marks:
    """Marks that leave room for slips: 1.1 is 1, 1.2 is 1.5, the rate 92 % and 8.1 is 12."""
    made = invent(random.Random(seed))
    scores = {**made.scores, "1.1": Decimal(1), "1.2": Decimal("1.5"), "8.1": Decimal(12)}
    return replace(made, scores=scores, rate=Decimal(92))


def found(sheet: ScoreSheet) -> list[tuple[str, str | None, str]]:
    return [(finding.code, finding.field, finding.severity) for finding in check_sheet(rubric(), sheet)]


def with_score(name: str, mark: Mark, seed: int = 1) -> ScoreSheet:
    """The sheet with one mark replaced, its stated sums those of the marks as they were."""
    sheet = sheet_of(marks(seed))
    return replace(sheet, scores={**sheet.scores, name: mark})


def test_no_false_alarm_on_clean_sheets() -> None:
    rng = random.Random(2)
    for _ in range(300):
        assert found(sheet_of(invent(rng))) == []


def test_a_sheet_that_states_no_sums_is_clean() -> None:
    assert found(sheet_of(marks(), total=None, group_totals={})) == []


@pytest.mark.parametrize(
    ("mark", "code", "said"),
    [
        (Mark(None, "", PLACE), "missing", "1.1 项没有得分"),
        (Mark(None, "优", PLACE, doubt="“优”不是一个数"), "invalid", "1.1 项的得分“优”不是一个数"),
        (Mark(Decimal(-1), "-1", PLACE), "invalid", "负数"),
        (Mark(Decimal("2.5"), "2.5", PLACE), "invalid", "是 2.5，超过分值 2"),
    ],
)
def test_a_wrong_score(mark: Mark, code: str, said: str) -> None:
    sheet = with_score("1.1", mark)
    # The sums follow the mark, so that it is the only slip.
    delta = (mark.value or Decimal(0)) - 1
    sums = {name: replace(s, value=s.value + delta if name == "1" and s.value is not None else s.value) for name, s in sheet.group_totals.items()}  # fmt: skip
    assert sheet.total is not None
    assert sheet.total.value is not None
    sheet = replace(sheet, group_totals=sums, total=replace(sheet.total, value=sheet.total.value + delta))
    (finding,) = check_sheet(rubric(), sheet)
    assert (finding.code, finding.field, finding.severity) == (code, "scores", "error")
    assert said in finding.message
    assert "9" in finding.place
    assert finding.basis == "附件1 1"


def test_points_in_smaller_steps_are_for_a_person_to_look_at() -> None:
    sheet = replace(with_score("1.1", Mark(Decimal("1.3"), "1.3", PLACE)), total=None, group_totals={})
    assert found(sheet) == [("invalid", "scores", "review")]
    assert check_sheet(replace(rubric(), step=None), sheet) == ()


@pytest.mark.parametrize("part", ["total", "group"])
def test_a_wrong_sum_says_ours_and_theirs(part: str) -> None:
    sheet = sheet_of(marks())
    wrong = Mark(Decimal(99), "99", PLACE)
    changed = replace(sheet, total=wrong) if part == "total" else replace(sheet, group_totals={"1": wrong})
    (finding,) = check_sheet(rubric(), changed)
    ours = marks().total if part == "total" else marks().group("1")
    assert (finding.code, finding.field) == ("inconsistent", "total" if part == "total" else "scores")
    assert f"是 {ours.normalize():f}" in finding.message
    assert "99" in finding.message
    assert "没有得分" not in finding.message


def test_a_sum_over_missing_marks_is_wrong_only_if_nothing_could_make_it_right() -> None:
    blank = with_score("1.1", Mark(None, "", PLACE))
    assert found(blank) == [("missing", "scores", "error")]
    total = marks().total
    out_of_reach = replace(blank, total=Mark(total + 2, "", PLACE), group_totals={})
    assert found(out_of_reach) == [("missing", "scores", "error"), ("inconsistent", "total", "error")]
    said = check_sheet(rubric(), out_of_reach)[1].message
    assert said.endswith("（有 1 项没有得分）")
    below = replace(blank, total=Mark(total - 2, "", PLACE), group_totals={})
    assert ("inconsistent", "total", "error") in found(below)


@pytest.mark.parametrize("text", ["八十", ""])
def test_a_sum_that_is_no_number(text: str) -> None:
    mark = Mark(None, text, PLACE, doubt=f"“{text}”不是一个数" if text else "")
    assert found(sheet_of(marks(), total=mark)) == ([("invalid", "total", "error")] if text else [])


@pytest.mark.parametrize(
    ("rate", "points", "is_wrong"),
    [
        ("90", 11, False), ("90", 15, False), ("90", "10.5", True), ("100", 10, True), ("89.99", 11, True), ("89.5", 10, False),
        ("80", 6, False), ("80", "5.5", True), ("79.9", 5, False), ("79.9", 6, True), ("70", 1, False), ("70", 0, True),
        ("85", 15, True), ("92", 0, True),
    ],
)  # fmt: skip
def test_the_band_of_the_rate(rate: str, points: Any, is_wrong: bool) -> None:
    made = marks()
    made = replace(made, rate=Decimal(rate), scores={**made.scores, "8.1": Decimal(points)})
    assert found(sheet_of(made)) == ([("inconsistent", "scores", "error")] if is_wrong else [])


def test_below_the_lowest_band_there_are_no_points_and_no_naming() -> None:
    made = replace(marks(), rate=Decimal("69.9"))
    none = replace(made, scores={**made.scores, "8.1": Decimal(0)})
    assert found(sheet_of(none)) == [("not_eligible", "satisfaction", "review")]
    assert found(sheet_of(made)) == [("inconsistent", "scores", "error"), ("not_eligible", "satisfaction", "review")]
    least = replace(made, scores={**made.scores, "8.1": Decimal("0.5")})
    assert found(sheet_of(least)) == found(sheet_of(made))
    assert "8.1 项的得分是 0.5，满意率是 69.9%，不得分" in check_sheet(rubric(), sheet_of(least))[0].message


@pytest.mark.parametrize("points", ["16", "-1"])
def test_points_that_cannot_be_are_not_held_against_the_rate_as_well(points: str) -> None:
    made = replace(marks(), scores={**marks().scores, "8.1": Decimal(points)})
    assert found(sheet_of(made)) == [("invalid", "scores", "error")]


def test_a_rubric_without_bands_asks_for_no_rate() -> None:
    free = [replace(g, criteria=tuple(replace(c, bands=()) for c in g.criteria)) for g in rubric().groups]
    assert check_sheet(replace(rubric(), groups=tuple(free)), sheet_of(marks(), rate=None)) == ()


def test_a_rate_that_is_missing_or_no_rate() -> None:
    assert found(sheet_of(marks(), rate=None)) == [("missing", "satisfaction", "review")]
    (blank,) = check_sheet(rubric(), sheet_of(marks(), rate=Mark(None, "", PLACE)))
    assert (blank.code, blank.field, blank.severity, blank.locator) == ("missing", "satisfaction", "review", PLACE)
    doubt = Mark(None, "120%", PLACE, doubt="“120%”不在 0 至 100% 之间")
    assert found(sheet_of(marks(), rate=doubt)) == [("invalid", "satisfaction", "error")]


@pytest.mark.parametrize("field", ["centre_name", "reviewer", "score_date"])
def test_the_head(field: str) -> None:
    assert found(sheet_of(marks(), **{field: Entry(None)})) == [("missing", field, "error")]
    doubt = Entry(None, "11月3日", PLACE, doubt="“11月3日”看不出完整的年月日")
    assert found(sheet_of(marks(), **{field: doubt})) == [("invalid", field, "error")]
    unsure = Entry("甲", "甲", PLACE, 0.6)
    assert found(sheet_of(marks(), **{field: unsure})) == [("low_confidence", field, "review")]


def test_everything_at_once() -> None:
    sheet = sheet_of(marks(), reviewer=Entry(None), rate=Mark(Decimal(85), "85%"), total=Mark(Decimal(100), "100"))
    sheet = replace(
        sheet, scores={**sheet.scores, "2.1": Mark(None), "3.4": Mark(Decimal(9), "9"), "5.2": Mark(Decimal(-2), "-2")}
    )
    assert [code for code, _, _ in found(sheet)] == [
        "missing", "missing", "invalid", "invalid", "inconsistent", "inconsistent", "inconsistent", "inconsistent"
    ]  # fmt: skip


def test_a_sheet_nobody_scored_is_told_once() -> None:
    blank = {name: Mark(None, "", PLACE) for name in marks().scores}
    sheet = sheet_of(marks(), scores=blank, total=None, group_totals={})
    assert found(sheet) == [("missing", "scores", "error")]
    own = replace(sheet, self_scores={"1.1": Mark(Decimal(2), "2")})
    assert check_sheet(rubric(), own)[0].message == "只有自评分，33 项都没有得分"
    assert check_sheet(rubric(), sheet)[0].message == "33 项都没有得分"
    summed = replace(own, total=Mark(Decimal(120), "120", PLACE), group_totals={"1": Mark(Decimal(50), "50", PLACE)})
    assert found(summed) == found(sheet)


def test_rows_that_could_not_be_told_are_for_a_person() -> None:
    sheet = with_score("1.1", Mark(None))
    told = check_sheet(rubric(), replace(sheet, strays=(Stray("看不懂的一行", "对不上", PLACE),)))
    assert [(finding.code, finding.severity) for finding in told] == [("low_confidence", "review")]
    assert CheckedSheet(sheet, told).has_slip
    # A row that was found, and stands empty, is none of those that could not be told.
    empty = replace(with_score("1.1", Mark(None, "", PLACE)), strays=(Stray("看不懂的一行", "对不上", PLACE),))
    assert found(empty) == [("missing", "scores", "error"), ("low_confidence", "scores", "review")]


@pytest.mark.parametrize(
    ("words", "shown"),
    [("一" * 20, "一" * 20), ("一" * 21, "一" * 19 + "…"), ("甲 \n 乙", "甲 乙")],
)
def test_a_row_that_could_not_be_told_is_quoted_in_short(words: str, shown: str) -> None:
    (told,) = check_sheet(rubric(), sheet_of(marks(), strays=(Stray(words, "对不上", PLACE),)))
    assert told.message == f"“{shown}”：对不上"


def test_numbers_that_were_read_unsurely() -> None:
    sheet = with_score("1.1", Mark(Decimal(1), "1", PLACE, 0.7))
    told = check_sheet(rubric(), sheet)
    assert [(finding.code, finding.severity) for finding in told] == [("low_confidence", "review")]
    assert "识读为“1”" in told[0].message


@pytest.mark.parametrize(("confidence", "is_unsure"), [(SURE_ENOUGH, False), (SURE_ENOUGH - 0.01, True)])
@pytest.mark.parametrize("part", ["1.1", "total", "group", "rate"])
def test_whatever_number_was_read_unsurely_is_looked_at(part: str, confidence: float, is_unsure: bool) -> None:
    sheet = sheet_of(marks())
    assert sheet.total is not None
    assert sheet.rate is not None
    changed = {
        "1.1": replace(sheet, scores={**sheet.scores, "1.1": replace(sheet.scores["1.1"], confidence=confidence)}),
        "total": replace(sheet, total=replace(sheet.total, confidence=confidence)),
        "group": replace(sheet, group_totals={"1": replace(sheet.group_totals["1"], confidence=confidence)}),
        "rate": replace(sheet, rate=replace(sheet.rate, confidence=confidence)),
    }[part]
    field = {"1.1": "scores", "group": "scores", "rate": "satisfaction"}.get(part, part)
    assert found(changed) == ([("low_confidence", field, "review")] if is_unsure else [])


def test_a_name_that_was_read_just_surely_enough() -> None:
    sure = Entry("甲", "甲", PLACE, SURE_ENOUGH)
    assert found(sheet_of(marks(), reviewer=sure)) == []


def test_a_reviewer_may_not_score_his_own_unit() -> None:
    made = marks()
    listed = replace(rubric(), reviewers=(Reviewer(made.reviewer, (made.centre,)), Reviewer("别人", ("别处",))))
    assert [(f.code, f.field) for f in check_sheet(listed, sheet_of(made))] == [("not_eligible", "reviewer")]
    assert check_sheet(listed, sheet_of(replace(made, centre="别处"))) == ()


# Several sheets -------------------------------------------------------------------------------------------------------


def checked(made: Marks, **changes: Any) -> CheckedSheet:
    sheet = sheet_of(made, **changes)
    return CheckedSheet(sheet, check_sheet(rubric(), sheet))


def codes(sheets: tuple[CheckedSheet, ...]) -> list[list[str]]:
    return [[finding.code for finding in sheet.findings] for sheet in sheets]


def test_the_same_sheet_twice_counts_once() -> None:
    one = checked(marks())
    assert codes(check_together([one, one])) == [[], ["duplicate"]]


def test_of_two_that_differ_neither_counts() -> None:
    made = marks()
    other = replace(made, scores={**made.scores, "1.1": Decimal("0.5")})
    assert codes(check_together([checked(made), checked(other)])) == [["duplicate"], ["duplicate"]]


def test_of_three_one_that_differs_is_enough() -> None:
    made = marks()
    other = replace(made, scores={**made.scores, "1.1": Decimal("0.5")})
    assert codes(check_together([checked(made), checked(made), checked(other)])) == [["duplicate"]] * 3
    assert codes(check_together([checked(made)] * 3)) == [[], ["duplicate"], ["duplicate"]]


def test_other_reviewers_other_units_and_returned_sheets_are_no_duplicates() -> None:
    made = marks()
    others = [replace(made, reviewer="另一人"), replace(made, centre="另一镇职工服务中心")]
    bad = checked(made, total=Mark(Decimal(1), "1"))
    assert codes(check_together([checked(made), *map(checked, others), bad])) == [[], [], [], ["inconsistent"]]


def test_a_name_is_the_same_whatever_its_spaces() -> None:
    made = marks()
    assert codes(check_together([checked(made), checked(made, reviewer=Entry(f" {made.reviewer}　"))]))[1] == [
        "duplicate"
    ]


@pytest.mark.parametrize(
    ("points", "words"), [("12", "12"), ("12.00", "12"), ("1E+1", "10"), ("2.5", "2.5"), ("0.0", "0")]
)
def test_points_as_people_write_them(points: str, words: str) -> None:
    assert points_words(Decimal(points)) == words
