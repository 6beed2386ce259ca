"""Means, totals and ranks against arithmetic written a second time, on thousands of sheets."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

import pytest

from formflow.model.finding import Finding
from formflow.model.scoring import CentreResult, CheckedSheet, Entry, Mark
from formflow.rules.aggregate import aggregate, group_means, half_up
from support.score_sheets import Marks, invent, rubric, sheet_of

SLIP = Finding("inconsistent", "total", "error", "总分写错", "附件1")
# Wide enough that a mean's decimals decide its rounding, whatever they are.
_WIDE = Context(prec=60)


def checked(marks: Marks, *findings: Finding) -> CheckedSheet:
    return CheckedSheet(sheet_of(marks), findings, f"{marks.reviewer}.xlsx")


def oracle(sheets: Sequence[Marks]) -> dict[str, tuple[dict[str, Decimal], Decimal, int]]:
    """By unit: the means, the total and the rank, with integers in half points and long division."""
    by_unit = defaultdict(list)
    for marks in sheets:
        by_unit[marks.centre].append(marks)
    results = {}
    for unit, given in by_unit.items():
        ordered = sorted(given, key=lambda marks: sum(int(v * 2) for v in marks.scores.values()))
        kept = ordered[1:-1] if len(ordered) >= 5 else ordered
        halves = {name: sum(int(marks.scores[name] * 2) for marks in kept) for name in given[0].scores}
        divisor = 2 * len(kept)
        means = {name: rounded(half, divisor) for name, half in halves.items()}
        results[unit] = (means, rounded(sum(halves.values()), divisor))
    totals = sorted((total for _, total in results.values()), reverse=True)
    return {unit: (means, total, totals.index(total) + 1) for unit, (means, total) in results.items()}


def rounded(numerator: int, divisor: int) -> Decimal:
    return _WIDE.divide(Decimal(numerator), Decimal(divisor)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def told(results: Sequence[CentreResult]) -> dict[str, tuple[dict[str, Decimal], Decimal | None, int | None]]:
    return {r.centre_name: ({k: half_up(m) for k, m in r.means.items()}, r.total, r.rank) for r in results}


def test_thousands_of_sheets_agree_with_an_oracle() -> None:
    rng = random.Random(2022)
    count = 0
    while count < 3000:
        units = [f"第{number}镇职工服务中心" for number in range(rng.randrange(1, 8))]
        # Totals of one unit differ, so that which sheet is the highest is no question (ties are a test of their own).
        sheets = [
            invent(rng, centre=unit, reviewer=f"专家{number}")
            for unit in units
            for number in range(rng.randrange(1, 9))
        ]
        if any(len({m.total for m in sheets if m.centre == u}) < sum(m.centre == u for m in sheets) for u in units):
            continue
        count += len(sheets)
        expected = oracle(sheets)
        rng.shuffle(sheets)
        assert told(aggregate(rubric(), [checked(marks) for marks in sheets])) == expected


def of_one_unit(*totals: str) -> list[Marks]:
    """Sheets of one unit that differ in 3.4 alone, by so much."""
    base = invent(random.Random(3), centre="青禾镇职工服务中心")
    return [
        replace(base, reviewer=f"专家{number}", scores={**base.scores, "3.4": Decimal(value)})
        for number, value in enumerate(totals)
    ]


def test_four_sheets_all_count_five_do_not() -> None:
    four = aggregate(rubric(), [checked(marks) for marks in of_one_unit("0", "1", "2", "4")])[0]
    assert four.means["3.4"] == Fraction(7, 4)
    assert (four.trimmed, four.explanation) == ((), "")
    five = aggregate(rubric(), [checked(marks) for marks in of_one_unit("0", "1", "2", "3", "4")])[0]
    assert five.means["3.4"] == 2
    assert [five.sheets[at].sheet.reviewer.value for at in five.trimmed] == ["专家0", "专家4"]
    assert "专家4" in five.explanation
    assert len(five.counted) == 3


def test_ties_at_the_ends_are_settled_by_name_whatever_the_order() -> None:
    sheets = [checked(marks) for marks in of_one_unit("4", "4", "1", "0", "0", "2")]
    for seed in range(5):
        random.Random(seed).shuffle(sheets)
        result = aggregate(rubric(), sheets)[0]
        assert [result.sheets[at].sheet.reviewer.value for at in result.trimmed] == ["专家0", "专家3"]
        assert result.means["3.4"] == Fraction(7, 4)


def test_a_tie_is_settled_by_the_name_of_the_reviewer_not_of_the_file() -> None:
    files = ("5.xlsx", "4.xlsx", "3.xlsx", "2.xlsx", "1.xlsx")
    tied = [
        replace(checked(m), source=name) for m, name in zip(of_one_unit("4", "4", "2", "0", "0"), files, strict=True)
    ]
    result = aggregate(rubric(), tied)[0]
    assert [result.sheets[at].sheet.reviewer.value for at in result.trimmed] == ["专家0", "专家3"]


def test_all_alike_still_loses_two() -> None:
    result = aggregate(rubric(), [checked(marks) for marks in of_one_unit(*["2"] * 5)])[0]
    assert len(result.trimmed) == 2
    assert len(result.counted) == 3


def test_sheets_with_a_slip_are_left_out_before_anything_is_trimmed() -> None:
    sheets = of_one_unit("0", "1", "2", "3", "4")
    result = aggregate(rubric(), [checked(sheets[0], SLIP), *map(checked, sheets[1:])])[0]
    assert (len(result.sheets), len(result.returned), result.trimmed) == (4, 1, ())
    assert result.means["3.4"] == Fraction(10, 4)
    (finding,) = result.findings
    assert finding.message.startswith("专家0.xlsx，专家0（未计入）：总分写错")


def test_a_unit_without_a_clean_sheet_has_no_total_and_no_rank() -> None:
    good, bad = of_one_unit("1", "2")
    results = aggregate(rubric(), [checked(replace(bad, centre="柳湾镇职工服务中心"), SLIP), checked(good)])
    assert [(r.centre_name, r.rank) for r in results] == [("青禾镇职工服务中心", 1), ("柳湾镇职工服务中心", None)]
    assert (results[1].total, dict(results[1].means), results[1].satisfaction_ok) == (None, {}, None)
    assert group_means(rubric(), results[1]) == {}


def test_a_sheet_that_names_no_unit_belongs_to_none() -> None:
    nameless = CheckedSheet(sheet_of(of_one_unit("1")[0], centre_name=Entry(None)))
    assert aggregate(rubric(), [nameless]) == ()


def test_ties_share_a_rank() -> None:
    base = of_one_unit("2")[0]
    values = {"甲": "4", "乙": "3", "丙": "3", "丁": "1"}
    sheets = [
        replace(base, centre=f"{name}镇职工服务中心", scores={**base.scores, "3.4": Decimal(v)})
        for name, v in values.items()
    ]
    assert [r.rank for r in aggregate(rubric(), [checked(marks) for marks in sheets])] == [1, 2, 2, 4]


def test_one_unit_however_its_name_is_typed() -> None:
    first, second = of_one_unit("1", "2")
    results = aggregate(rubric(), [checked(first), checked(replace(second, centre="青禾镇 职工服务中心"))])
    assert [(r.centre_name, len(r.sheets)) for r in results] == [("青禾镇职工服务中心", 2)]


def test_the_unit_is_called_what_most_sheets_call_it() -> None:
    names = ("青禾镇（服务中心）", "青禾镇服务中心", "青禾镇服务中心")
    sheets = [checked(replace(m, centre=name)) for m, name in zip(of_one_unit("1", "2", "3"), names, strict=True)]
    assert [r.centre_name for r in aggregate(rubric(), sheets)] == ["青禾镇服务中心"]
    assert aggregate(rubric(), sheets[:2])[0].centre_name == "青禾镇（服务中心）"
    assert aggregate(rubric(), sheets[1::-1])[0].centre_name == "青禾镇服务中心"


@pytest.mark.parametrize(
    ("value", "shown"),
    [("1/8", "0.13"), ("1/200", "0.01"), ("-1/200", "-0.01"), ("2/3", "0.67"), ("1/3", "0.33"), ("5", "5.00"), ("41/40", "1.03")],
)  # fmt: skip
def test_rounding_is_half_up_from_the_exact_fraction(value: str, shown: str) -> None:
    assert str(half_up(Fraction(value))) == shown


def test_the_total_is_rounded_once_not_added_from_rounded_means() -> None:
    base = invent(random.Random(3), centre="青禾镇职工服务中心")
    thirds = [
        replace(base, reviewer=f"专家{at}", scores={name: Decimal(int(at == 0)) for name in base.scores})
        for at in range(3)
    ]
    result = aggregate(rubric(), [checked(marks) for marks in thirds])[0]
    assert result.total == 11
    assert sum(half_up(mean) for mean in result.means.values()) != 11
    assert group_means(rubric(), result)["1"] == Fraction(5, 3)


# Satisfaction ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("rate", "is_ok"), [("70", True), ("69.99", False)])
def test_the_rate_decides_whether_a_unit_can_be_named(rate: str, is_ok: bool) -> None:
    marks = replace(of_one_unit("1")[0], rate=Decimal(rate))
    assert aggregate(rubric(), [checked(marks)])[0].satisfaction_ok is is_ok


def test_rates_that_differ_are_said_and_the_lowest_counts() -> None:
    first, second = of_one_unit("1", "2")
    sheets = [checked(replace(first, rate=Decimal(91))), checked(replace(second, rate=Decimal("69.5")))]
    result = aggregate(rubric(), sheets)[0]
    assert (result.rate, result.satisfaction_ok) == (Decimal("69.5"), False)
    assert [(f.code, f.severity) for f in result.findings] == [("inconsistent", "review")]
    assert "69.5%、91%" in result.findings[0].message


@pytest.mark.parametrize(("points", "is_ok"), [("1", True), ("0", False)])
def test_without_a_rate_the_points_of_its_bands_tell(points: str, is_ok: bool) -> None:
    marks = of_one_unit("1")[0]
    sheet = sheet_of(replace(marks, scores={**marks.scores, "8.1": Decimal(points)}), rate=None)
    assert aggregate(rubric(), [CheckedSheet(sheet)])[0].satisfaction_ok is is_ok


def test_without_a_rate_every_sheet_has_to_give_points() -> None:
    sheets = [
        CheckedSheet(replace(sheet_of(replace(marks, scores={**marks.scores, "8.1": Decimal(points)})), rate=None))
        for marks, points in zip(of_one_unit("1", "2"), ("12", "0"), strict=True)
    ]
    assert aggregate(rubric(), sheets)[0].satisfaction_ok is False
    assert aggregate(rubric(), sheets[:1])[0].satisfaction_ok is True


def test_where_nothing_is_bound_to_the_rate_nobody_can_tell_without_one() -> None:
    free = [replace(g, criteria=tuple(replace(c, bands=()) for c in g.criteria)) for g in rubric().groups]
    unbound = replace(rubric(), groups=tuple(free))
    sheet = sheet_of(of_one_unit("1")[0])
    assert aggregate(unbound, [CheckedSheet(replace(sheet, rate=None))])[0].satisfaction_ok is None
    assert aggregate(unbound, [CheckedSheet(sheet)])[0].satisfaction_ok is True


def test_what_was_found_is_told_with_whose_sheet_it_was() -> None:
    remark = replace(SLIP, severity="review")
    sheet = sheet_of(of_one_unit("1")[0])
    (told,) = aggregate(rubric(), [CheckedSheet(sheet, (remark,), "甲.xlsx")])[0].findings
    assert told.message == "甲.xlsx，专家0：总分写错"
    nobody = CheckedSheet(replace(sheet, reviewer=Entry(None)), (SLIP,))
    assert aggregate(rubric(), [nobody])[0].findings[0].message == "评分表（未计入）：总分写错"


@pytest.mark.parametrize("rate", ["12", None])
def test_without_a_floor_every_rate_allows_a_naming(rate: str | None) -> None:
    stated = None if rate is None else Mark(Decimal(rate))
    sheet = replace(sheet_of(of_one_unit("1")[0]), rate=stated)
    result = aggregate(replace(rubric(), vetoes=()), [CheckedSheet(sheet)])[0]
    assert (result.rate, result.satisfaction_ok) == (stated and stated.value, True)


# Own scores -----------------------------------------------------------------------------------------------------------


def test_own_scores_beside_the_mean() -> None:
    own = {criterion.id: criterion.points for criterion in rubric().criteria}
    first, second = of_one_unit("1", "2")
    result = aggregate(rubric(), [checked(replace(first, own=own)), checked(second)])[0]
    assert result.self_comparison is not None
    assert result.self_comparison.total == 100
    assert result.self_comparison.differences["3.4"] == Fraction(5, 2)
    assert result.self_comparison.total_difference == 100 - Fraction(first.total + second.total) / 2


def test_own_scores_that_are_not_whole_are_not_compared() -> None:
    first = of_one_unit("1")[0]
    sheet = replace(sheet_of(first), self_scores={"1.1": Mark(Decimal(2))})
    assert aggregate(rubric(), [CheckedSheet(sheet)])[0].self_comparison is None
    blank = {criterion.id: Mark(criterion.points if criterion.id != "3.4" else None) for criterion in rubric().criteria}
    assert aggregate(rubric(), [CheckedSheet(replace(sheet, self_scores=blank))])[0].self_comparison is None


def test_own_scores_are_compared_with_a_mean_only() -> None:
    own = {criterion.id: criterion.points for criterion in rubric().criteria}
    assert aggregate(rubric(), [checked(replace(of_one_unit("1")[0], own=own), SLIP)])[0].self_comparison is None
