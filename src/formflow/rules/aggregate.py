"""Checked sheets → one result for each unit: means, total, rank, how far reviewers are apart.

All arithmetic is exact; the means and the total are each rounded once, half up, where they are shown. Sheets with a slip are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from formflow.model.finding import Finding
from formflow.model.rubric import Rubric
from formflow.model.scoring import CentreResult, CheckedSheet, SelfComparison
from formflow.rules.decide import unit_key
from formflow.rules.spread import spread_of

# From so many sheets on, the highest and the lowest total are left out.
TRIM_FROM = 5
_CENT = 2
_LEFT_OUT = "（未计入）"
# Reviewers give few different points: most means are known already.
_KEPT = 4096


def aggregate(rubric: Rubric, sheets: Sequence[CheckedSheet]) -> tuple[CentreResult, ...]:
    """One result for each unit that a sheet names, best first, those without a total last; ties share a rank (1, 2, 2, 4). Sheets that name
    no unit belong to none."""
    units: dict[str, list[CheckedSheet]] = {}
    for checked in sheets:
        name = checked.sheet.centre_name.value
        if name:
            units.setdefault(unit_key(name), []).append(checked)
    return _ranked([_result(rubric, key, given) for key, given in units.items()])


def half_up(value: Fraction, places: int = _CENT) -> Decimal:
    """An exact number rounded once, half away from zero."""
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole if value >= 0 else -whole).scaleb(-places)


def group_means(rubric: Rubric, result: CentreResult) -> Mapping[str, Fraction]:
    """The exact mean of each group's sum."""
    return {
        group.id: sum((result.means[criterion.id] for criterion in group.criteria), Fraction(0))
        for group in rubric.groups
        if result.means
    }


def _result(rubric: Rubric, key: str, given: Sequence[CheckedSheet]) -> CentreResult:
    clean = sorted((checked for checked in given if not checked.has_slip), key=_by_reviewer)
    trimmed, explanation = _trimmed(clean)
    counted = [checked for place, checked in enumerate(clean) if place not in trimmed]
    means = {criterion.id: _mean(counted, criterion.id) for criterion in rubric.criteria} if counted else {}
    findings, rate, is_ok = _satisfaction(rubric, clean)
    return CentreResult(
        centre_name=_name(given),
        unit_key=key,
        sheets=tuple(clean),
        returned=tuple(checked for checked in given if checked.has_slip),
        trimmed=trimmed,
        means=means,
        total=half_up(sum(means.values(), Fraction(0))) if means else None,
        rank=None,
        satisfaction_ok=is_ok,
        rate=rate,
        spread=spread_of(rubric, clean),
        self_comparison=_compared(rubric, given, means),
        findings=(*findings, *_of_sheets(given)),
        explanation=explanation,
    )


def _by_reviewer(checked: CheckedSheet) -> tuple[str, str, str]:
    return checked.sheet.reviewer.value or "", checked.source, checked.sheet.label


def _name(given: Sequence[CheckedSheet]) -> str:
    """The unit's name as most sheets write it; of as many, the first."""
    names = [checked.sheet.centre_name.value or "" for checked in given]
    return max(names, key=names.count)


def _trimmed(clean: Sequence[CheckedSheet]) -> tuple[tuple[int, ...], str]:
    """The places of the lowest and the highest total, and why. Of several that are as high or as low, the one whose reviewer's name comes
    first is left out, so that the order of the files says nothing."""
    if len(clean) < TRIM_FROM:
        return (), ""
    places = range(len(clean))
    lowest = min(places, key=lambda place: (clean[place].sheet.sum, place))
    highest = min((p for p in places if p != lowest), key=lambda place: (-clean[place].sheet.sum, place))
    low, high = clean[lowest].sheet, clean[highest].sheet
    said = (
        f"有 {len(clean)} 份评分表，去掉最高的一份（{high.reviewer.value}，{high.sum} 分）和最低的一份"
        f"（{low.reviewer.value}，{low.sum} 分）后平均；同分时去掉评分人姓名排在前面的一份"
    )
    return tuple(sorted((lowest, highest))), said


def _mean(counted: Sequence[CheckedSheet], criterion_id: str) -> Fraction:
    return _mean_of(tuple(checked.sheet.scores[criterion_id].value for checked in counted))


@lru_cache(maxsize=_KEPT)
def _mean_of(values: tuple[Decimal | None, ...]) -> Fraction:
    """What is missing counts nothing, as one of them."""
    return sum((Fraction(value) for value in values if value is not None), Fraction(0)) / len(values)


def _satisfaction(
    rubric: Rubric, clean: Sequence[CheckedSheet]
) -> tuple[tuple[Finding, ...], Decimal | None, bool | None]:
    """What is odd about the rates, the lowest of them, and whether it allows a naming. Where no sheet states a rate, the points of the
    criterion that is bound to it tell: they are given by its bands alone."""
    floor, banded = rubric.satisfaction_floor, rubric.banded
    rates = (checked.sheet.rate.value for checked in clean if checked.sheet.rate)
    known = sorted({rate for rate in rates if rate is not None})
    findings = (_differing(known, rubric),) if len(known) > 1 else ()
    if floor is None:
        return findings, known[0] if known else None, True
    if known:
        return findings, known[0], known[0] >= floor
    if banded is None or not clean:
        return (), None, None
    lowest = min(band.lowest for band in banded.bands)
    points = [checked.sheet.scores[banded.id].value for checked in clean]
    return (), None, all(value is not None and value >= lowest for value in points)


def _differing(rates: Sequence[Decimal], rubric: Rubric) -> Finding:
    shown = "、".join(f"{rate}%" for rate in rates)
    return Finding(
        code="inconsistent",
        field="satisfaction",
        severity="review",
        message=f"各份评分表写的满意率不一样：{shown}；按最低的判断",
        basis=rubric.citation.clause,
        requirement="请核对满意度测评结果",
        label="满意率",
    )


def _of_sheets(given: Iterable[CheckedSheet]) -> tuple[Finding, ...]:
    """What was found in the sheets, each with whose it is and whether the sheet is left out for it."""
    return tuple(
        replace(finding, message=f"{_whose(checked)}{_LEFT_OUT if checked.has_slip else ''}：{finding.message}")
        for checked in given
        for finding in checked.findings
    )


def _whose(checked: CheckedSheet) -> str:
    reviewer = checked.sheet.reviewer.value
    return "，".join(part for part in (checked.source, checked.sheet.label, reviewer) if part) or "评分表"


def _compared(rubric: Rubric, given: Sequence[CheckedSheet], means: Mapping[str, Fraction]) -> SelfComparison | None:
    """The unit's own scores beside the means, where a sheet has all of them; the first such sheet counts."""
    ids = [criterion.id for criterion in rubric.criteria]
    for checked in given:
        own = {key: mark.value for key, mark in checked.sheet.self_scores.items() if mark.value is not None}
        if means and all(key in own for key in ids):
            scores = {key: own[key] for key in ids}
            differences = {key: Fraction(scores[key]) - means[key] for key in ids}
            total = sum(scores.values(), Decimal(0))
            return SelfComparison(scores, total, differences, Fraction(total) - sum(means.values(), Fraction(0)))
    return None


def _ranked(results: list[CentreResult]) -> tuple[CentreResult, ...]:
    """By total, highest first; equal totals share the rank of the first of them."""
    ordered = sorted(results, key=lambda result: (result.total is None, -(result.total or Decimal(0))))
    ranks: dict[Decimal | None, int] = {}
    for place, result in enumerate(ordered, 1):
        ranks.setdefault(result.total, place)
    return tuple(replace(result, rank=None if result.total is None else ranks[result.total]) for result in ordered)
