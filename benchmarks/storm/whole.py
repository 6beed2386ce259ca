"""A storm from beginning to end, and the calm it is compared with.

In: an empty folder, and how much of everything. Out: where the kills fell, and the verdicts. The calm is worked through in a process of its own, with
its register in a file, whatever the storm's is in.
"""

from __future__ import annotations

import itertools
import json
import os
import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from benchmarks.storm import proof, standing
from benchmarks.storm.books import Books
from benchmarks.storm.clerk import Step, Year
from benchmarks.storm.crew import Gale
from benchmarks.storm.lives import Clock, Nursery, ended
from benchmarks.storm.proof import Remains, Verdict
from benchmarks.storm.weather import Office, Storm, Tally, calm

VARIABLE = "FORMFLOW_DATABASE_URL"
SETTINGS = "[inbox]\nsettle_s = 0.05\nrescan_s = 0.2\n[worker]\nheartbeat_s = 0.3\nstalled_s = 1.5\n"
# The years the packs give money and take forms in.
YEARS = (2022, 2023, 2024)
# A year of so many units has about 3.1 papers for each of them, and 25 more.
_EACH, _MORE = 3.1, 25
# The share of a year's kills that falls on a step; the others have the same share each.
_SHARES = {"applications": 0.38, "corrections": 0.10, "score sheets, votes, honours": 0.2}
# A crew is through with the few papers of another step sooner: who is killed then has nothing in hand.
_SHARES_OF_A_CREW = {"applications": 0.5, "corrections": 0.12, "score sheets, votes, honours": 0.22}
_OTHER_STEPS = 10


@dataclass(frozen=True, slots=True)
class Measure:
    """How much of everything. `years`: how many of those there are; `steps`: how many of a year's."""

    kills: int = 1000
    papers: int = 500
    years: int = len(YEARS)
    seed: int = 1
    steps: int = 99

    def years_in(self, home: Path) -> list[Year]:
        """The years of a home."""
        size = max(3, round((self.papers / self.years - _MORE) / _EACH) + 1)
        return [Year(home, number, year, size, self.steps) for number, year in enumerate(YEARS[: self.years])]


def rage(
    folder: Path, measure: Measure, url: str = "", shake: Callable[[], None] | None = None
) -> tuple[Tally, tuple[Verdict, ...]]:
    """A storm in a folder, and what it left behind beside what a calm leaves."""
    years = measure.years_in(folder / "storm")
    tally = _storm(_office(folder / "storm", url, shake), years, measure)
    due = {name: sum_ for year in years for name, sum_ in year.due.items()}
    (folder / "papers.json").write_text(json.dumps({"dropped": tally.dropped, "due": due}, ensure_ascii=False))
    remains = Remains(folder / "storm", _books(folder / "storm", url), tally.dropped, due)
    os.environ[VARIABLE] = url
    verdicts = proof.examine(remains)
    os.environ[VARIABLE] = ""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        undisturbed = pool.submit(calmly, folder / "calm", measure).result()
    return tally, (*verdicts, *standing.compared(standing.standing(remains), undisturbed))


def _storm(office: Office, years: list[Year], measure: Measure) -> Tally:
    tally = Tally()
    storm = (Gale if office.books.url else Storm)(office, random.Random(measure.seed), tally)
    with ended(office.nursery, office.lives):
        _rage(storm, years, measure.kills, _SHARES_OF_A_CREW if office.books.url else _SHARES)
    return tally


def _rage(storm: Storm, years: list[Year], kills: int, shares: Mapping[str, float]) -> None:
    due = 0.0
    for year in years:
        for step in year.steps():
            share = shares.get(step.name, (1 - sum(shares.values())) / _OTHER_STEPS)
            due += kills * share / len(years)
            is_last = year is years[-1] and step.is_last
            left = kills - storm.tally.kills if is_last else round(due) - storm.tally.kills
            storm.rage(step, left, is_last=is_last)
            print(
                f"{step.day:%Y-%m-%d} {step.name}: {len(storm.tally.dropped)} papers, {storm.tally.kills} kills",
                flush=True,
            )


def calmly(home: Path, measure: Measure) -> dict[str, Counter[str]]:
    """What the same years come to undisturbed, in a process of its own."""
    office = _office(home, "")
    steps: Iterator[Step] = itertools.chain.from_iterable(year.steps() for year in measure.years_in(home))
    calm(office, steps)
    remains = Remains(home, office.books, (), {})
    proof.formflow(remains, "run")
    return standing.standing(remains)


def _office(home: Path, url: str, shake: Callable[[], None] | None = None) -> Office:
    home.mkdir(parents=True)
    (home / "formflow.toml").write_text(SETTINGS, encoding="utf-8")
    clock = Clock()
    os.environ[VARIABLE] = url
    nursery = Nursery(home, clock, url)
    crew = (("serve",), ("worker", "--name", "甲"), ("worker", "--name", "乙")) if url else (("serve",),)
    return Office(home, _books(home, url), nursery, clock, crew, shake=shake)


def _books(home: Path, url: str) -> Books:
    return Books(home / "state" / "register.sqlite3", url)
