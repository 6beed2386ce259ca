"""A rubric: what reviewers give points for, in groups, as a pack states it. Points are exact decimals, rates are percentages.

Data only: reading sheets is `forms`, checking and adding up is `rules`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from formflow.model.citation import Citation

# judged: reviewers decide; measured: the points follow from something counted (a rate, a number of pieces).
Method = Literal["judged", "measured"]


@dataclass(frozen=True, slots=True)
class Band:
    """The points a criterion may have while the rate it is bound to is at least `from_percent` and below the band above."""

    from_percent: Decimal
    lowest: Decimal
    highest: Decimal


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of the rubric: `id` is "group.item", `points` the most it can have. `title` is a short wording of our own; `also` are
    fragments of the printed wording that stand in no other criterion. `bands` (highest rate first) bind it to the satisfaction rate."""

    id: str
    title: str
    points: Decimal
    method: Method
    citation: Citation
    also: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    bands: tuple[Band, ...] = ()

    def band(self, percent: Decimal) -> Band | None:
        """The band of a rate, None below the lowest. A rate between two printed bands (89.5 %) belongs to the lower one."""
        return next((band for band in self.bands if percent >= band.from_percent), None)


@dataclass(frozen=True, slots=True)
class Group:
    """Criteria that are summed up together; `points` is their sum."""

    id: str
    title: str
    points: Decimal
    criteria: tuple[Criterion, ...]
    citation: Citation
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Veto:
    """What rules a naming out whatever the points. `below_percent`: a satisfaction rate lower than this; None: only a person can tell."""

    id: str
    label: str
    citation: Citation
    below_percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade (等次) units are named in, from so many points on."""

    label: str
    from_points: Decimal


@dataclass(frozen=True, slots=True)
class NamingRule:
    """What is proposed for a unit by its points: named from `pass_mark` on, `quota` units at most (None: no limit); `below` is the proposal
    for those that fall short. A person decides. `grades`, the highest first, are what named units are listed in; none: all alike."""

    pass_mark: Decimal
    below: Literal["extend", "refuse"]
    citation: Citation
    quota: int | None = None
    grades: tuple[Grade, ...] = ()

    def grade(self, points: Decimal | None) -> str:
        """The grade of a unit named with so many points; "" where there are no grades, or no points."""
        reached = (grade.label for grade in self.grades if points is not None and points >= grade.from_points)
        return next(reached, "")

    def rank(self, label: str) -> int:
        """Where a grade stands in a list, the highest first; what is no grade comes last."""
        labels = [grade.label for grade in self.grades]
        return labels.index(label) if label in labels else len(labels)


@dataclass(frozen=True, slots=True)
class Reviewer:
    """A reviewer of this office's list, and the units he may not score because they are his own."""

    name: str
    own_units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rubric:
    """A whole rubric. `points` is the total; `step` the smallest fraction points are given in, None where nobody says."""

    title: str
    points: Decimal
    groups: tuple[Group, ...]
    citation: Citation
    step: Decimal | None = None
    vetoes: tuple[Veto, ...] = ()
    naming: NamingRule | None = None
    reviewers: tuple[Reviewer, ...] = ()

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """All criteria in printed order."""
        return tuple(criterion for group in self.groups for criterion in group.criteria)

    @property
    def satisfaction_floor(self) -> Decimal | None:
        """The rate in percent below which nothing is named, None where the rubric has no such rule."""
        return max((veto.below_percent for veto in self.vetoes if veto.below_percent is not None), default=None)

    @property
    def banded(self) -> Criterion | None:
        """The criterion bound to the satisfaction rate, if there is one."""
        return next((criterion for criterion in self.criteria if criterion.bands), None)

    def criterion(self, criterion_id: str) -> Criterion:
        """KeyError if there is none."""
        for criterion in self.criteria:
            if criterion.id == criterion_id:
                return criterion
        raise KeyError(criterion_id)

    def group_of(self, criterion_id: str) -> Group:
        """The group a criterion is in; KeyError if there is no such criterion."""
        for group in self.groups:
            if any(criterion.id == criterion_id for criterion in group.criteria):
                return group
        raise KeyError(criterion_id)
