"""How many units may be named in a span of years, and what is left of it."""

from __future__ import annotations

from dataclasses import dataclass

from formflow.model.citation import Citation


@dataclass(frozen=True, slots=True)
class Quota:
    """At most `limit` units are named in the years `first_year`..`last_year`, in every `every_years`-th year from `first_year` on."""

    id: str
    label: str
    limit: int
    unit: str
    first_year: int
    last_year: int
    every_years: int
    citation: Citation

    @property
    def naming_years(self) -> range:
        return range(self.first_year, self.last_year + 1, self.every_years)


@dataclass(frozen=True, slots=True)
class QuotaState:
    """What became of a quota by a year: how many were named in its years so far. `left` is never negative; `over` is by how many the
    quota was exceeded."""

    quota: Quota
    named: int

    @property
    def left(self) -> int:
        return max(0, self.quota.limit - self.named)

    @property
    def over(self) -> int:
        return max(0, self.named - self.quota.limit)
