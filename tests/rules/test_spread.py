"""How far reviewers are apart."""

from __future__ import annotations

import random
import statistics
from decimal import Decimal

import pytest

from formflow.model.scoring import CheckedSheet
from formflow.rules.spread import deviation, outliers, spread_of
from support.score_sheets import invent, rubric, sheet_of


def decimals(*values: str) -> tuple[Decimal, ...]:
    return tuple(map(Decimal, values))


def test_the_deviation_is_that_of_the_population() -> None:
    rng = random.Random(1)
    for _ in range(200):
        values = tuple(Decimal(rng.randrange(31)) / 2 for _ in range(rng.randrange(1, 9)))
        assert abs(deviation(values) - statistics.pstdev(values)) <= Decimal("0.00005")
    assert deviation(decimals("1", "2")) == Decimal("0.5")
    assert deviation(decimals("3")) == 0


@pytest.mark.parametrize(
    ("values", "points", "expected"),
    [
        (("4", "4", "4", "0"), "4", (3,)),
        (("4", "4", "4", "3.5"), "4", ()),  # half a point beside unanimous others
        (("4", "4", "4", "3"), "4", ()),  # a quarter of the maximum, not more
        (("4", "0"), "4", ()),  # two are no crowd
        (("1", "2", "3", "4", "2"), "4", ()),
        (("12", "13", "12.5", "13", "1", "12"), "15", (4,)),
        (("0", "4", "4", "4", "0"), "4", (0, 4)),
        (("4", "4", "0"), "4", (2,)),  # three are a crowd
        # Of an even number the median lies halfway: 10.5, and half of them are within 1.5; 8.5 is further than 5.2 times that.
        (("10", "11", "19", "8"), "20", (2,)),
        # Half of these are within 1 of 10: a distance of 5.2 is the limit itself.
        (("9", "10", "10", "11", "11", "10", "9", "15.2"), "16", ()),
        (("9", "10", "10", "11", "11", "10", "9", "15.3"), "16", (7,)),
    ],
)
def test_points_that_stand_out(values: tuple[str, ...], points: str, expected: tuple[int, ...]) -> None:
    assert outliers(decimals(*values), Decimal(points)) == expected


def test_one_line_for_each_criterion() -> None:
    rng = random.Random(2)
    sheets = [invent(rng, reviewer=f"专家{at}") for at in range(4)]
    spreads = spread_of(rubric(), [CheckedSheet(sheet_of(marks)) for marks in sheets])
    assert [spread.criterion_id for spread in spreads] == [criterion.id for criterion in rubric().criteria]
    for spread in spreads:
        values = [marks.scores[spread.criterion_id] for marks in sheets]
        assert (spread.lowest, spread.highest) == (min(values), max(values))
    assert spread_of(rubric(), []) == ()
