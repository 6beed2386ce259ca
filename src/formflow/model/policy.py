"""Numbers that change with time, and what a programme says about honours that are rewarded with money. Data only.

Each value is in force from a day until a day; before, between and after them there is none, and nobody guesses one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from formflow.model.citation import Citation
from formflow.model.money import Fen

# Fen is the unit of every sum of money in a pack.
FEN_UNIT = "分"


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value in force from `first` to `until`, both included; `until` is None while no amendment ends it. `quote` is the clause's
    own words, kept short."""

    value: int
    first: date
    until: date | None
    citation: Citation
    quote: str

    def covers(self, first: date, last: date | None) -> bool:
        """Whether all days from `first` to `last` (None: without end) lie in the window."""
        return self.first <= first and (self.until is None or (last is not None and last <= self.until))

    def touches(self, first: date, last: date | None) -> bool:
        """Whether one of these days lies in the window."""
        return (last is None or self.first <= last) and (self.until is None or first <= self.until)


@dataclass(frozen=True, slots=True)
class DatedParameter:
    """A number of a policy over time, its windows in order without gap or overlap."""

    id: str
    label: str
    unit: str
    values: tuple[DatedValue, ...]

    def within(self, first: date, last: date | None) -> DatedValue | None:
        """The one value in force on all of these days; None if there is none, or more than one could be."""
        return next((value for value in self.values if value.covers(first, last)), None)

    def reaches(self, first: date, last: date | None) -> bool:
        """Whether any value is in force on one of these days."""
        return any(value.touches(first, last) for value in self.values)


@dataclass(frozen=True, slots=True)
class HonourLevel:
    """A level of honours, with the sum it is rewarded with. `places` name who confers it (山东省, 鲁), `words` its rank (省级); `amount`
    is the id of a dated parameter in fen."""

    id: str
    label: str
    places: tuple[str, ...]
    words: tuple[str, ...]
    amount: DatedParameter


@dataclass(frozen=True, slots=True)
class MatchingStandard:
    """What a district adds from its own money for an honour of a level."""

    district: str
    level: str
    value: DatedValue


# Why an honour of another place does not count: another province or city, or a place below the lowest level.
PlaceKind = Literal["outside", "below"]


@dataclass(frozen=True, slots=True, eq=False)
class HonoursPolicy:
    """What a programme pays for which honour. `levels` from the lowest to the highest. `title_words` name the honour in titles. Compared
    by identity: a pack is loaded once, and much is remembered for its policy.

    `outside` and `below` are places whose honours do not count, beside what is plain from their names. `uses` are what the money may be
    spent on. `citation` is the clause that several honours of one project are topped up to the highest.
    """

    title_words: tuple[str, ...]
    levels: tuple[HonourLevel, ...]
    outside: tuple[str, ...]
    below: tuple[str, ...]
    uses: tuple[str, ...]
    citation: Citation
    matching: tuple[MatchingStandard, ...] = ()

    def level(self, level_id: str) -> HonourLevel:
        """KeyError if there is none of this id."""
        for level in self.levels:
            if level.id == level_id:
                return level
        raise KeyError(level_id)

    def rank(self, level_id: str) -> int:
        """0 for the lowest level."""
        return self.levels.index(self.level(level_id))

    def amount(self, level_id: str, first: date, last: date | None) -> tuple[Fen, Citation] | None:
        """The sum for an honour conferred on one of these days, and its clause; None where no policy settles it."""
        value = self.level(level_id).amount.within(first, last)
        return (Fen(value.value), value.citation) if value else None
