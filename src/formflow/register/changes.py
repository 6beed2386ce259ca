"""Which years of which programmes have changed since an entry in the journal: told by the rows that the entries since then have sealed.

In: the number of an entry. Out: `Changes`. Reads only. What cannot be told for sure counts as changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps

from formflow.register import models as rows
from formflow.register.rounds import Round

# From so many entries on it is quicker to take everything for changed than to look at each.
_MOST_ENTRIES = 5_000
_AT_ONCE = 5_000
_PROGRAMME, _YEAR = "programme_id", "year"
# By which columns a row belongs to programmes' years. Case and round may be years apart.
_YEARS: Mapping[str, tuple[str, ...]] = {
    "case": ("",),
    "casename": ("case__",),
    "paper": ("case__",),
    "record": ("case__",),
    "finding": ("record__case__",),
    "letter": ("", "case__"),
    "documentnumber": ("letter__", "letter__case__"),
    "scoresheet": ("", "case__"),
}
# One year's rows tell on the others: quotas, votes of the year before, accounts of projects.
_PROGRAMMES = frozenset(
    {
        "naming",
        "evaluation",
        "evidencearticle",
        "honourrow",
        "nameruling",
        "subsidydecision",
        "ledgerbook",
        "ledgerentry",
    }
)
# Where files are, and what we made ourselves: no workbook shows it.
_NOTHING = frozenset({"publication", "workbook"})


@dataclass(frozen=True, slots=True)
class Changes:
    """`years`: programmes with the earliest year of theirs that has changed; `is_everything`: there is no telling."""

    years: Mapping[str, int]
    is_everything: bool = False

    def touch(self, this: Round) -> bool:
        """Whether a round may show something else now: what changes in a year shows in that year and, as units are assessed for years
        after they applied, in later ones."""
        return self.is_everything or this.year >= self.years.get(this.programme_id, this.year + 1)


EVERYTHING = Changes({}, is_everything=True)


def since(entry: int) -> Changes:
    """What has changed by the entries after this one."""
    # An upgrade that seals what is there changes nothing.
    later = rows.Event.objects.filter(id__gt=entry).exclude(what="register_sealed")
    sealed = later.order_by("id").values_list("rows", flat=True)
    entries = list(sealed[: _MOST_ENTRIES + 1])
    if len(entries) > _MOST_ENTRIES:
        return EVERYTHING
    years: dict[str, int] = {}
    for model, keys in _keys(entries).items():
        if model in _NOTHING:
            continue
        found = _found(model, keys) if model in _YEARS or model in _PROGRAMMES else None
        if found is None:
            return EVERYTHING
        for programme, year in found:
            years[programme] = min(year, years.get(programme, year))
    return Changes(years)


def _keys(entries: Iterable[Any]) -> dict[str, dict[int, bool]]:
    """The keys of the rows that were sealed, by table; whether the row was there when it was sealed last."""
    keys: dict[str, dict[int, bool]] = {}
    for sealed in entries:
        for model, digests in (sealed or {}).items():
            keys.setdefault(model, {}).update({int(key): digest is not None for key, digest in digests.items()})
    return keys


def _found(model: str, keys: Mapping[int, bool]) -> list[tuple[str, int]] | None:
    """The programmes' years that rows of a table belong to, year 0 for all of them; None if one of the rows is gone."""
    if not all(keys.values()):
        return None
    ordered = sorted(keys)
    return [
        pair
        for start in range(0, len(ordered), _AT_ONCE)
        for pair in _years_of(model, ordered[start : start + _AT_ONCE])
    ]


def _years_of(model: str, keys: list[int]) -> Iterator[tuple[str, int]]:
    those = apps.get_model("register", model)._default_manager.filter(pk__in=keys).order_by()
    if model in _PROGRAMMES:
        yield from ((programme, 0) for programme in those.values_list(_PROGRAMME, flat=True).distinct())
        return
    for where in _YEARS[model]:
        pairs = those.values_list(f"{where}{_PROGRAMME}", f"{where}{_YEAR}").distinct()
        # A paper or letter without a case: what it says of a year stands in tables of its own.
        yield from ((programme, year) for programme, year in pairs if programme and year is not None)
