"""The storm itself: papers are dropped while the service lives, and it is killed at moments of chance, until the papers of a step have settled.

In: an office that has been made ready, and steps. Out: a `Tally` of where the kills fell. A life lasts a random time whose mean is chosen so that
the work and the kills come to an end together; some are aimed at a place that time alone seldom meets. A paper whose work has been cut short
three times is let be until it is entered: a fourth time would set it aside, as it should (`tests/service/test_casework.py`), and the end would
be another than without the storm.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import groupby
from pathlib import Path

from benchmarks.storm.books import Books
from benchmarks.storm.clerk import Step
from benchmarks.storm.lives import Aim, Clock, Life, Nursery
from benchmarks.storm.papers import Files
from benchmarks.storm.where import AIMS, AIMS_OF_MANY

# A start from the fork to the first paper.
_START_S = 0.25
# What a paper takes, with the starts of readers that kills bring with them.
_PACE_S = 0.3
_MOST_CUT_SHORT = 2
_LONGEST_LIFE_S, _LONGEST_STEP_S = 6.0, 1200.0
_TICK_S = 0.01
# Steps of so few papers are those in which something is decided.
FEW = 6


@dataclass(slots=True)
class Tally:
    """What has been done to the office. `dropped`: the name in the inbox and the SHA-256 of each file."""

    rooms: Counter[str] = field(default_factory=Counter)
    steps: Counter[str] = field(default_factory=Counter)
    commands: Counter[str] = field(default_factory=Counter)
    aimed: int = 0
    let_be: int = 0
    shaken: int = 0
    dropped: list[tuple[str, str]] = field(default_factory=list)

    @property
    def kills(self) -> int:
        return self.rooms.total()


@dataclass(slots=True)
class Office:
    """What a storm rages over. `crew`: what formflow is called with, one process each. `shake`: ends the database server as a crash would, and
    starts it again."""

    home: Path
    books: Books
    nursery: Nursery
    clock: Clock
    crew: tuple[tuple[str, ...], ...] = (("serve",),)
    lives: list[Life] = field(default_factory=list)
    shake: Callable[[], None] | None = None

    def has_settled(self) -> bool:
        """Whether nothing that was dropped is still being worked on, and every workbook shows how things are."""
        return not self.in_work() and self.books.have_settled()

    def in_work(self) -> int:
        """How many files lie in the inbox or with the service."""
        inbox = sum(len(files) for _, _, files in os.walk(self.home / "inbox"))
        return inbox + len(list((self.home / "state" / "claimed").glob("*.json")))

    def progress(self) -> tuple[object, ...]:
        """Something else after everything that is brought to an end."""
        return self.in_work(), *self.books.progress()

    def often_cut_short(self) -> list[str]:
        """The claims that a further kill or two would set aside."""
        found = []
        for slip in (self.home / "state" / "claimed").glob("*.json"):
            try:
                told = json.loads(slip.read_text(encoding="utf-8"))
            except (FileNotFoundError, json.JSONDecodeError):
                continue
            if told["attempts"] >= _MOST_CUT_SHORT:
                found.append(slip.stem)
        return found


def drop(home: Path, files: Files) -> None:
    """Puts what lies in one folder into the inbox at once, as a copy that is complete."""
    waiting = home / "dropping"
    for folder, group in groupby(sorted(files), key=lambda name: name.rpartition("/")[0]):
        shutil.rmtree(waiting, ignore_errors=True)
        for name in group:
            target = waiting / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(files[name])
        for path in [waiting / folder] if folder else sorted(waiting.iterdir()):
            path.rename(home / "inbox" / path.name)
    shutil.rmtree(waiting, ignore_errors=True)


class Storm:
    """Kills whatever works in an office. `kills`: how many are left to be spent."""

    def __init__(self, office: Office, rng: random.Random, tally: Tally) -> None:
        self._office, self._rng, self.tally = office, rng, tally
        # What lives are given beyond the time that is planned: more after each in which nothing was brought to an end.
        self._grace_s = 0.0

    def rage(self, step: Step, kills: int, *, is_last: bool = False) -> None:
        """Works through a step under about so many kills; returns when everything has settled. The last step goes on until all are spent."""
        self._office.clock.set(step.day)
        heap = _portions(step.files, self._rng)
        end, before = time.monotonic() + _LONGEST_STEP_S, self.tally.kills
        while heap or not self._office.has_settled() or (is_last and self.tally.kills - before < kills):
            if time.monotonic() > end:
                raise TimeoutError(f"{step.name}: it does not settle")
            self._live(step, heap, kills - (self.tally.kills - before))

    def _live(self, step: Step, heap: list[Files], kills_left: int) -> None:
        """One life, from its start to its kill; a long one when the kills of the step are spent."""
        office = self._office
        spared = office.often_cut_short()
        self.tally.let_be += bool(spared)
        aim = None if spared or kills_left <= 0 else self._aim(step)
        is_run = len(office.crew) == 1 and self._rng.random() < 0.15
        life = office.nursery.begin("run" if is_run else "serve", aim=aim)
        office.lives[:] = [life]
        work = sum(map(len, heap)) + office.in_work()
        at = self._lifetime(work * _PACE_S / kills_left, bool(aim)) if kills_left > 0 else _LONGEST_LIFE_S
        drops = self._moments(at, heap, kills_left)
        before = office.progress()
        done = self._watch(life, at + self._grace_s, heap, drops, spared)
        self._grace_s = self._grace_s * 1.3 + 0.1 if office.progress() == before else self._grace_s * 0.7
        self._note(step, life, aim, done)

    def _aim(self, step: Step) -> Aim | None:
        """Some lives are aimed; most of those in which something is decided."""
        decides = len(step.files) <= FEW
        if self._rng.random() > (0.6 if decides else 0.25):
            return None
        return Aim(self._rng.choice(AIMS if decides else AIMS_OF_MANY), self._rng.randint(1, 12))

    def _lifetime(self, mean_s: float, is_aimed: bool) -> float:
        """How long a life is to last. Some end while they start; one that is aimed has time to get there."""
        if is_aimed:
            return _START_S + 2.0
        if self._rng.random() < 0.1:
            return self._rng.uniform(0.01, _START_S)
        return min(_LONGEST_LIFE_S, _START_S + self._rng.expovariate(1 / max(0.05, mean_s)))

    def _moments(self, life_s: float, heap: list[Files], kills_left: int) -> list[float]:
        """When in this life something is dropped: a share of what is left, so that it lasts for two thirds of the kills."""
        share = len(heap) / max(1.0, kills_left * 2 / 3)
        count = int(share) + (self._rng.random() < share % 1)
        return sorted((self._rng.uniform(0, life_s) for _ in range(min(count, len(heap)))), reverse=True)

    def _watch(self, life: Life, at: float, heap: list[Files], drops: list[float], spared: list[str]) -> str:
        """Waits until the life is to end, and ends it; in which room. "" if it came to its own end."""
        office, rests = self._office, 0
        while not life.is_over():
            while heap and drops and life.age_s >= drops[-1]:
                drops.pop()
                self.drop(heap.pop())
            if heap and not office.in_work():
                self.drop(heap.pop())
            is_due = life.age_s >= at and not (spared and office.books.lack(spared))
            rests = rests + 1 if not heap and life.command == "serve" and office.has_settled() else 0
            if is_due or rests > 3:
                return office.nursery.kill(life)
            time.sleep(_TICK_S)
        return office.nursery.end_of(life) if life.code and life.code < 0 else ""

    def drop(self, files: Files) -> None:
        """Puts papers into the inbox."""
        drop(self._office.home, files)
        self.tally.dropped.extend((name, sha256(data).hexdigest()) for name, data in files.items())

    def _note(self, step: Step, life: Life, aim: Aim | None, room: str) -> None:
        if life.code == -9:
            self.tally.rooms[room] += 1
            self.tally.steps[step.name] += 1
            self.tally.commands[life.command] += 1
            self.tally.aimed += bool(aim and room == aim.room)
        elif life.code not in (0, 1):
            raise RuntimeError(f"formflow {life.command} ended with {life.code}; see {self._office.home}.said")


def _portions(files: Files, rng: random.Random) -> list[Files]:
    """What is dropped at once: each file alone, those of a folder together; in an order of chance."""
    whole: dict[str, Files] = {}
    for name, data in files.items():
        whole.setdefault(name.partition("/")[0], {})[name] = data
    found = list(whole.values())
    rng.shuffle(found)
    return found


def calm(office: Office, steps: Iterator[Step]) -> None:
    """Works through steps without any kill. The service is started for each: it would not work with a clock that leaps under it."""
    for step in steps:
        office.clock.set(step.day)
        with _at_work(office):
            for files in _portions(step.files, random.Random(1)):
                drop(office.home, files)
            end = time.monotonic() + _LONGEST_STEP_S
            while not office.has_settled():
                if time.monotonic() > end:
                    raise TimeoutError(f"{step.name}: it does not settle")
                time.sleep(0.05)


@contextmanager
def _at_work(office: Office) -> Iterator[None]:
    office.lives[:] = [office.nursery.begin(*command) for command in office.crew]
    try:
        yield
    finally:
        codes = [office.nursery.stop(life) for life in office.lives]
    if any(codes):
        raise RuntimeError(f"formflow ended with {codes}; see {office.home}.said")
