"""How far reviewers are apart on each criterion, and whose points stand out.

A sheet stands out on a criterion when its points are further from the median than 5.2 times the median absolute deviation (3.5 robust
standard deviations) and further than a quarter of the criterion's maximum; from three sheets on. The second condition keeps half a point
beside unanimous others from being an outlier. Exact but for the root of the variance, which is rounded half up to 4 decimals.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import lru_cache

from formflow.model.rubric import Rubric
from formflow.model.scoring import CheckedSheet, Spread

FEWEST = 3
_FACTOR = Fraction(52, 10)
_LEAST_SHARE = Fraction(1, 4)
_PLACES = Decimal("0.0001")
# Reviewers give few different points: what a round of ten thousand units asks for is nearly always known already.
_KEPT = 4096


def spread_of(rubric: Rubric, sheets: Sequence[CheckedSheet]) -> tuple[Spread, ...]:
    """One `Spread` for each criterion, over whole sheets; none where there are no sheets."""
    if not sheets:
        return ()
    spreads = []
    for criterion in rubric.criteria:
        values = tuple(value for s in sheets if (value := s.sheet.scores[criterion.id].value) is not None)
        spreads.append(
            Spread(criterion.id, min(values), max(values), deviation(values), outliers(values, criterion.points))
        )
    return tuple(spreads)


@lru_cache(maxsize=_KEPT)
def deviation(values: tuple[Decimal, ...]) -> Decimal:
    """The population standard deviation."""
    exact = [Fraction(value) for value in values]
    mean = sum(exact, Fraction(0)) / len(exact)
    variance = sum(((value - mean) ** 2 for value in exact), Fraction(0)) / len(exact)
    with localcontext(prec=40):
        root = (Decimal(variance.numerator) / Decimal(variance.denominator)).sqrt()
        return root.quantize(_PLACES, "ROUND_HALF_UP")


@lru_cache(maxsize=_KEPT)
def outliers(values: tuple[Decimal, ...], points: Decimal) -> tuple[int, ...]:
    """The places of the values that stand out, for a criterion with so many points."""
    if len(values) < FEWEST:
        return ()
    exact = [Fraction(value) for value in values]
    middle = _median(exact)
    distances = [abs(value - middle) for value in exact]
    limit = max(_FACTOR * _median(distances), _LEAST_SHARE * Fraction(points))
    return tuple(place for place, distance in enumerate(distances) if distance > limit)


def _median(values: Sequence[Fraction]) -> Fraction:
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
