"""The storm over a crew: a `serve` and its workers on one PostgreSQL, each a process, killed one at a time and now and then all at once.

In and out as in `weather`. Whoever is killed is started again at once; what a killed worker had in hand goes to another when it has been silent for a
while. Some lives are aimed at a place that time alone seldom meets, and of those that time ends, mostly the one goes that is where the fewest
have been killed. Now and then the database itself crashes.
"""

from __future__ import annotations

import time

from benchmarks.storm.clerk import Step
from benchmarks.storm.lives import Aim, Life, ended
from benchmarks.storm.papers import Files
from benchmarks.storm.weather import FEW, Storm
from benchmarks.storm.where import AIMS_OF_SERVE, AIMS_OF_WORKERS, AIMS_OF_WORKERS_OF_MANY

# The mean time between two kills; enough for the others to go on.
_BETWEEN_S = 0.7
_LONGEST_S = 5.0
_TICK_S = 0.02
_ALL_AT_ONCE = 0.05
# How often, in place of a kill, the database crashes: the service rests for a quarter of a minute then.
_SHAKEN = 0.02
_AIMED_WORKERS, _AIMED_SERVES = 0.8, 0.3
# A decision is over soon: it has few effects in its own room, and whoever is aimed there has to be met by it.
_FEW_EFFECTS, _MANY_EFFECTS = 4, 12
_LONGER, _DECIDED_S = 1.5, 10.0
# How often it is not the rarest place that is struck, and how long is waited for somebody to be at work.
_ANYWHERE, _PATIENCE_S = 0.1, 4.0
_AT_REST = frozenset({"recovering, waiting", "starting", "elsewhere"})


class Gale(Storm):
    """Kills members of a crew."""

    _goes_on = False

    def rage(self, step: Step, kills: int, *, is_last: bool = False) -> None:
        """As over one process; all begin the day anew, for they would not work with a clock that leaps under them."""
        self._goes_on = is_last
        with ended(self._office.nursery, self._office.lives):
            super().rage(step, kills, is_last=is_last)
        self._office.lives.clear()

    def _live(self, step: Step, heap: list[Files], kills_left: int) -> None:
        """The time until a kill, and the kill; a step that has settled, or whose kills are spent, ends without one."""
        office = self._office
        spared = self._spare([])
        self._man(step, kills_left)
        begun = time.monotonic()
        at, is_aimed = begun + self._wait_s(kills_left), any(life.aim for life in office.lives)
        # Where something is decided, it is soon over: whoever is aimed there is left to get there.
        latest = begun + (_DECIDED_S if is_aimed and len(step.files) <= FEW and kills_left > 0 else 0.0)
        for files in self._share(heap, kills_left):
            self.drop(files)
        self.tally.let_be += bool(spared)
        while (now := time.monotonic()) < at or spared or (now < latest and office.in_work()):
            if self._has_lost_one(step):
                return
            if heap and not office.in_work():
                self.drop(heap.pop())
            time.sleep(_TICK_S)
            spared = self._spare(spared)
            if not heap and not (self._goes_on and kills_left > 0) and office.has_settled():
                return
        if kills_left > 0:
            self._strike(step)

    def _wait_s(self, kills_left: int) -> float:
        """The time until a kill; longer where somebody is aimed and has to get there."""
        if kills_left <= 0:
            return _LONGEST_S
        longer = _LONGER if any(life.aim for life in self._office.lives) else 1.0
        return min(_LONGEST_S, self._rng.expovariate(1 / (_BETWEEN_S * longer)))

    def _spare(self, spared: list[str]) -> list[str]:
        """The claims that must not be cut short again and have not been entered yet; nobody dies of its aim as long as there are such."""
        found = sorted({*spared, *self._office.often_cut_short()})
        found = found if found and self._office.books.lack(found) else []
        self._office.nursery.call_truce(bool(found))
        return found

    def _man(self, step: Step, kills_left: int) -> None:
        """Starts whoever is not at work."""
        office = self._office
        for number, command in enumerate(office.crew):
            if len(office.lives) > number and not office.lives[number].is_over():
                continue
            aim = self._aim_of(step, command[0]) if kills_left > 0 else None
            life = office.nursery.begin(*command, aim=aim)
            office.lives[number:] = [life, *office.lives[number + 1 :]]

    def _aim_of(self, step: Step, command: str) -> Aim | None:
        if self._rng.random() > (_AIMED_SERVES if command == "serve" else _AIMED_WORKERS):
            return None
        decides = len(step.files) <= FEW
        of_workers = AIMS_OF_WORKERS if decides else AIMS_OF_WORKERS_OF_MANY
        rooms = AIMS_OF_SERVE if command == "serve" else of_workers
        fewest = min(self.tally.rooms[room] for room in rooms)
        room = self._rng.choice([room for room in rooms if self.tally.rooms[room] <= fewest + 2])
        return Aim(room, self._rng.randint(1, _FEW_EFFECTS if decides else _MANY_EFFECTS))

    def _share(self, heap: list[Files], kills_left: int) -> list[Files]:
        share = len(heap) / max(1.0, kills_left * 2 / 3)
        count = min(len(heap), int(share) + (self._rng.random() < share % 1))
        return [heap.pop() for _ in range(count)]

    def _strike(self, step: Step) -> None:
        office, chance = self._office, self._rng.random()
        if office.shake and chance < _SHAKEN:
            office.shake()
            self.tally.shaken += 1
        elif chance < _SHAKEN + _ALL_AT_ONCE:
            for life in office.lives:
                self._end(step, life)
        elif life := self._chosen():
            self._end(step, life)

    def _chosen(self) -> Life | None:
        """Somebody who is at work, if anybody soon is, where the fewest have been killed; None if there is a paper to be spared by then."""
        office, end = self._office, time.monotonic() + _PATIENCE_S
        lives = self._rng.sample(office.lives, len(office.lives))
        if self._rng.random() < _ANYWHERE:
            return lives[0]
        while True:
            killed = {life.pid: self.tally.rooms[room] for life in lives if (room := self._room_at_work(life))}
            if self._spare([]):
                return None
            if killed or time.monotonic() > end:
                return min(lives, key=lambda life: killed.get(life.pid, self.tally.kills))
            time.sleep(_TICK_S)

    def _room_at_work(self, life: Life) -> str:
        """Where a life is, "" if it is at rest or over."""
        room = "" if life.is_over() else self._office.nursery.room_of(life)
        return "" if room in _AT_REST else room

    def _end(self, step: Step, life: Life) -> None:
        """One that has just come to its aim was killed there."""
        if not self._has_fallen(step, life):
            self._note(step, life, None, self._office.nursery.kill(life))

    def _has_lost_one(self, step: Step) -> bool:
        """Whether somebody was killed by its aim."""
        return sum(self._has_fallen(step, life) for life in self._office.lives) > 0

    def _has_fallen(self, step: Step, life: Life) -> bool:
        """Whether a life has ended, as nobody is to but by its aim."""
        if not life.is_over():
            return False
        if life.code != -9 or life.aim is None:
            raise RuntimeError(f"formflow {life.command} ended with {life.code}; see {self._office.home}.said")
        self._note(step, life, life.aim, life.aim.room)
        return True
