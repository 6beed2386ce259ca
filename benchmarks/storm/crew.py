"""The storm over a crew: a `serve` and its workers on one PostgreSQL, each a process, killed one at a time and now and then all at once.

In and out as in `weather`. Whoever is killed is started again at once; what a killed worker had in hand goes to another when it has been silent for a
while. Here time alone says when a kill falls: nothing is aimed.
"""

from __future__ import annotations

import time

from benchmarks.storm.clerk import Step
from benchmarks.storm.lives import Life, ended
from benchmarks.storm.papers import Files
from benchmarks.storm.weather import Storm

# The mean time between two kills; enough for the others to go on.
_BETWEEN_S = 0.7
_LONGEST_S = 5.0
_TICK_S = 0.02
_ALL_AT_ONCE = 0.05


class Gale(Storm):
    """Kills members of a crew."""

    def rage(self, step: Step, kills: int, *, is_last: bool = False) -> None:
        """As over one process; all begin the day anew, for they would not work with a clock that leaps under them."""
        with ended(self._office.nursery, self._office.lives):
            super().rage(step, kills, is_last=is_last)
        self._office.lives.clear()

    def _live(self, step: Step, heap: list[Files], kills_left: int) -> None:
        """The time until a kill, and the kill; a step that has settled, or whose kills are spent, ends without one."""
        office = self._office
        self._man()
        wait_s = min(_LONGEST_S, self._rng.expovariate(1 / _BETWEEN_S)) if kills_left > 0 else _LONGEST_S
        at = time.monotonic() + wait_s
        for files in self._share(heap, kills_left):
            self.drop(files)
        spared = office.often_cut_short()
        self.tally.let_be += bool(spared)
        while time.monotonic() < at or (spared and office.books.lack(spared)):
            self._assert_alive()
            if heap and not office.in_work():
                self.drop(heap.pop())
            time.sleep(_TICK_S)
            spared = spared or office.often_cut_short()
            if kills_left <= 0 and not heap and office.has_settled():
                return
        for number in self._struck() if kills_left > 0 else ():
            self._strike(step, number)

    def _man(self) -> None:
        """Starts whoever is not at work."""
        office = self._office
        for number, command in enumerate(office.crew):
            if len(office.lives) <= number:
                office.lives.append(office.nursery.begin(*command))
            elif office.lives[number].is_over():
                office.lives[number] = office.nursery.begin(*command)

    def _share(self, heap: list[Files], kills_left: int) -> list[Files]:
        share = len(heap) / max(1.0, kills_left * 2 / 3)
        count = min(len(heap), int(share) + (self._rng.random() < share % 1))
        return [heap.pop() for _ in range(count)]

    def _struck(self) -> list[int]:
        whole = range(len(self._office.crew))
        return list(whole) if self._rng.random() < _ALL_AT_ONCE else [self._rng.choice(whole)]

    def _strike(self, step: Step, number: int) -> None:
        life: Life = self._office.lives[number]
        self._note(step, life, None, self._office.nursery.kill(life))

    def _assert_alive(self) -> None:
        for life in self._office.lives:
            if life.is_over():
                raise RuntimeError(f"formflow {life.command} ended with {life.code}; see {self._office.home}.said")
