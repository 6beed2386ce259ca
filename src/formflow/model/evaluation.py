"""会员评议: how members voted on their 职工之家, as the sheets say it, and what a pack says about such sheets.

Counts are whole ballots; rates are exact fractions of 1. What follows from the counts is for `rules.evaluations`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from formflow.model.document import Locator
from formflow.model.finding import Finding

if TYPE_CHECKING:
    from formflow.model.citation import Citation
    from formflow.model.letter import RectifyPoint

# What is counted beside the answers themselves, in the order of a count: members of the home, ballots handed out, handed in, valid, spoilt.
BallotCount = Literal["members", "issued", "returned", "valid", "spoilt"]
BALLOT_COUNTS: tuple[BallotCount, ...] = ("members", "issued", "returned", "valid", "spoilt")
BALLOT_LABELS: Mapping[str, str] = {
    "members": "会员人数",
    "issued": "发出票数",
    "returned": "收回票数",
    "valid": "有效票数",
    "spoilt": "无效票数",
}
# Rates that sheets state for a whole home; the share of one answer is stated under the answer's own id.
PARTICIPATION, SATISFACTION = "participation", "satisfaction"
RATE_LABELS: Mapping[str, str] = {PARTICIPATION: "参评率", SATISFACTION: "满意率"}


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer a member can tick. `also` are other printed wordings of it; `is_satisfied`: it counts towards the satisfaction rate."""

    id: str
    label: str
    also: tuple[str, ...]
    is_satisfied: bool
    citation: Citation


@dataclass(frozen=True, slots=True)
class EvaluationRules:
    """What a pack says about its evaluation sheets.

    A sheet is one of this programme's when one of `subjects` is printed on it. `home_heads` are wordings of the head over the homes'
    names. `participation_floor` and `satisfaction_floor` are per cent; the deadlines are working days after the notice is issued.
    """

    title: str
    subjects: tuple[str, ...]
    home_heads: tuple[str, ...]
    choices: tuple[Choice, ...]
    participation_floor: int
    satisfaction_floor: int
    rectify_working_days: int
    follow_up_working_days: int
    floors_citation: tuple[Citation, Citation]
    citation: Citation

    def choice(self, choice_id: str) -> Choice | None:
        return next((choice for choice in self.choices if choice.id == choice_id), None)


@dataclass(frozen=True, slots=True)
class Count:
    """A number of ballots as written. `value` is None where nothing, or no whole number, was written; it may be negative."""

    value: int | None
    raw: str = ""
    locator: Locator | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class StatedRate:
    """A rate as written. `readings` are what it can mean, as fractions of 1: "0.9" without a sign is nine tenths or nine in a thousand.
    `unit` is the worth of its last written digit, in the same order; both empty where no number was written."""

    raw: str
    readings: tuple[Fraction, ...] = ()
    units: tuple[Fraction, ...] = ()
    locator: Locator | None = None


@dataclass(frozen=True, slots=True)
class HomeTally:
    """One home's line of a sheet. `counts` and `rates` have those keys alone for which the sheet has a place: ballot counts, choice ids,
    `PARTICIPATION` and `SATISFACTION`. `unmapped` are counts under answers the pack does not know, by their printed words."""

    home_name: str
    counts: Mapping[str, Count]
    rates: Mapping[str, StatedRate] = field(default_factory=dict)
    unmapped: tuple[tuple[str, Count], ...] = ()
    locator: Locator | None = None
    confidence: float = 1.0

    def value(self, key: str) -> int | None:
        """The number under a key, None if the sheet has none."""
        count = self.counts.get(key)
        return count.value if count else None


@dataclass(frozen=True, slots=True)
class EvaluationSheet:
    """Everything read from one paper. `total` is its 合计 line, `reporting_union` and `evaluated_on` its head lines ("" and None if absent;
    the date as "YYYY-MM-DD", or "YYYY-MM" where no day is written). `years` are those its votes belong to: one, none if it does not say,
    several if it does not keep them apart. `unsorted` are lines of answers that name no home, or several."""

    programme_id: str
    homes: tuple[HomeTally, ...]
    total: HomeTally | None = None
    reporting_union: str = ""
    evaluated_on: str | None = None
    unsorted: tuple[HomeTally, ...] = ()
    locator: Locator | None = None
    years: tuple[int, ...] = ()


# passed: members are satisfied; rectify: they are not; repeat: too few took part for the answer to count; unassessed: the counts have
# an error, or the pack does not say what an answer counts as.
HomeOutcome = Literal["passed", "rectify", "repeat", "unassessed"]


@dataclass(frozen=True, slots=True)
class HomeResult:
    """What follows for one home. Rates are exact; None where they cannot be counted. `rank` is by satisfaction among homes whose answer
    counts (1, 2, 2, 4), None for the others. `points` are empty for a home that passed."""

    home_name: str
    tally: HomeTally
    participation: Fraction | None
    satisfaction: Fraction | None
    rank: int | None
    outcome: HomeOutcome
    points: tuple[RectifyPoint, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class RectifyDates:
    """By when a home has put things right, and by when somebody goes and looks; `note` says in Chinese what is uncertain about a day."""

    deadline: date
    follow_up: date
    note: str = ""
