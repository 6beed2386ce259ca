"""The cross-field conditions a pack can state of a form: a closed vocabulary, each with its citation; none is Python in a pack.

Fields and columns are named by their ids. Whether a condition holds is for `rules.conditions`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from formflow.model.citation import Citation


@dataclass(frozen=True, slots=True)
class EndsWith:
    """The field's text ends in one of `suffixes`."""

    field: str
    suffixes: tuple[str, ...]
    citation: Citation


@dataclass(frozen=True, slots=True)
class Ordered:
    """Month field `first` is not after `then`."""

    first: str
    then: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class SpanYears:
    """From `start` to `end` is one of `years` (whole years, months counted inclusively or to the same month: 2022-03..2023-02 or -03)."""

    start: str
    end: str
    years: tuple[int, ...]
    citation: Citation


@dataclass(frozen=True, slots=True)
class YearWithin:
    """The year of a month field lies in [first, last]."""

    field: str
    first: int
    last: int
    citation: Citation


@dataclass(frozen=True, slots=True)
class RowsComplete:
    """Every row of a rows field has all its columns."""

    field: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class RowsWithin:
    """The months named in `column` of each row lie within [start, end]."""

    field: str
    column: str
    start: str
    end: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class HandedInWithin:
    """The paper was handed in in months first..last of its year: the form's own date in `field`, or the day it arrived."""

    field: str
    first_month: int
    last_month: int
    citation: Citation


@dataclass(frozen=True, slots=True)
class AnswerIs:
    """Of a field's printed options one is ticked, and it is `option`; any other is told to people here, none at all is told elsewhere."""

    field: str
    option: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Elapsed:
    """From month field `start` to month field `end` at least `months` have gone by."""

    start: str
    end: str
    months: int
    citation: Citation


@dataclass(frozen=True, slots=True)
class RowsElapsed:
    """In each row, from the month in column `start` to the month in column `end` at least `months` have gone by."""

    field: str
    start: str
    end: str
    months: int
    citation: Citation


@dataclass(frozen=True, slots=True)
class CreditCode:
    """The text field holds a 统一社会信用代码 with a right check character (GB 32100-2015)."""

    field: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class YearsBefore:
    """Date field `field` is at least `years` before the day that counts: that of the opinion (or date) field `at`, or the day the paper
    arrived."""

    field: str
    years: int
    at: str
    severity: Literal["error", "review"]
    citation: Citation


@dataclass(frozen=True, slots=True)
class WithinYears:
    """Date field `field` is at most `years` before the day that counts (see `YearsBefore`), and not after it."""

    field: str
    years: int
    at: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class StillValid:
    """Date field `field` is not before the day that counts (see `YearsBefore`)."""

    field: str
    at: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class AllChosen:
    """Every option of choice field `field` is ticked."""

    field: str
    severity: Literal["error", "review"]
    citation: Citation


Check = (
    EndsWith
    | CreditCode
    | YearsBefore
    | WithinYears
    | StillValid
    | AllChosen
    | Ordered
    | SpanYears
    | YearWithin
    | RowsComplete
    | RowsWithin
    | HandedInWithin
    | AnswerIs
    | Elapsed
    | RowsElapsed
)
