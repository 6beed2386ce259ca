"""Which papers of the inbox may be taken now, and why the others wait.

In: what a look has seen, and two clocks. Out: papers that have come to rest, and for each, when its turn has come, whether it is complete. One
gate for everything: a file found at start, reported by the system or found by the scan has to stay unchanged in size and time for the settle
time, on our own clock; nobody of this machine may be writing to it; and it has to be whole. What lies in one sub-folder is one submission and
comes through together: a form is not judged while its attachments are still being copied. Files are opened for reading, none is moved.

A paper is opened only when its turn has come, and not again before it has changed: with 30,000 waiting, a look costs what listing them costs.

Residual risk: a program on another machine that writes a whole, valid file and rewrites it later than the settle time is taken twice, as two
papers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from formflow.service import complete
from formflow.service.complete import Check
from formflow.service.given_back import GivenBack, Key
from formflow.service.inbox import LONGEST_HOLD_S, Seen, Stamp

# A file that is not whole is waited for this many settle times after its last change, then taken as it is and explained.
PATIENCE = 5.0
# A complete file in a sub-folder waits this many settle times for the others in it, then goes on alone.
COMPANIONS_PATIENCE = 15.0
# A folder with more files than this is no unit's submission: of the others in it, only that they have come to rest is asked.
MOST_COMPANIONS = 500
# After this, somebody may wonder why a paper is not dealt with.
LONG_QUEUE_S = 600.0
# What could not be taken is tried again after this, twice this, four times this …
FIRST_PAUSE_S, _LONGEST_PAUSE_S = 1.0, 300.0
_SETTLING = "刚放进来，或者还在变化，正在等它复制完"
_WRITTEN = "有程序正在写这个文件，写完后会自动处理"
_PARTIAL = "文件还不完整，可能正在复制"
_COMPANIONS = "在等同一文件夹里的其他文件复制完"
_QUEUED = "排在队里，轮到就处理"
_LONG_QUEUED = "已经可以处理，但还没有轮到；如果一直这样，请确认 formflow serve 正在运行"


@dataclass(slots=True)
class _Followed:
    """What is known of one file. `since`: how long its stamp has been what it is, on the monotonic clock. `pause_s` is how long the last
    refusal keeps it from being tried again, `not_before` when that ends. `waits_since` on the wall clock, where it has been out of the inbox in
    between, else 0."""

    stamp: Stamp
    since: float
    check: Check | None = None
    check_again_at: float = 0.0
    refusal: str = ""
    pause_s: float = 0.0
    not_before: float = 0.0
    waits_since: float = 0.0

    def given_back(self, slip: GivenBack, rest_s: float, clock: float) -> None:
        """Takes over what is known of a file that others could not read."""
        self.refusal, self.waits_since = slip.reason, slip.since
        self.not_before = max(self.not_before, clock + rest_s)

    def seen_as(self, stamp: Stamp, clock: float) -> _Followed:
        """What is known after another look. A file that cannot be taken stays one, unless its content changes."""
        if stamp is self.stamp or stamp == self.stamp:
            return self
        fresh = _Followed(stamp, clock)
        if stamp.has_content_of(self.stamp):
            fresh.refusal, fresh.pause_s, fresh.not_before = self.refusal, self.pause_s, self.not_before
            fresh.waits_since = self.waits_since
        return fresh


class Gate:
    """Lets a file through once it is complete. Remembers what it has seen, on the monotonic clock it is given. `trusts_times`: files bear the
    times of this machine's clock, so that what last changed long ago need not be watched; a share bears those of its server, which may be an hour
    behind."""

    def __init__(self, settle_s: float, check: Callable[[Path], Check] = complete.check) -> None:
        self.settle_s = settle_s
        self.check = check
        self.trusts_times = True
        self._followed: dict[Path, _Followed] = {}
        self._by_submission: dict[str, list[Seen]] = {}
        # Found out once a look.
        self._submissions_complete: dict[str, bool] = {}
        self._clock = self._now = self._began_at = 0.0

    def settled(
        self, papers: tuple[Seen, ...], clock: float, now: float, slips: Mapping[Key, GivenBack] = MappingProxyType({})
    ) -> tuple[Seen, ...]:
        """The papers that have come to rest. `clock` is monotonic, `now` the wall clock; `slips` tell of those that could not be read by whoever
        took them. Files are not touched."""
        self._clock, self._now, self._began_at = clock, now, self._began_at or now
        known, self._followed = self._followed, {}
        self._by_submission, self._submissions_complete = defaultdict(list), {}
        for seen in papers:
            followed = known.get(seen.path)
            self._followed[seen.path] = (
                followed.seen_as(seen.stamp, clock) if followed else _Followed(seen.stamp, clock)
            )
            if slip := slips.get(seen.key):
                self._followed[seen.path].given_back(slip, self._rest_s(slip), clock)
            if seen.submission:
                self._by_submission[seen.submission].append(seen)
        return tuple(seen for seen in papers if self._is_at_rest(seen))

    def lets_through(self, seen: Seen) -> bool:
        """Whether a paper of the last look may be taken: it, and what came with it, is complete."""
        if not self._is_complete(seen):
            return False
        if not seen.submission or self._quiet_s(seen) >= COMPANIONS_PATIENCE * self.settle_s:
            return True
        if seen.submission not in self._submissions_complete:
            self._submissions_complete[seen.submission] = self._has_come_whole(seen.submission)
        return self._submissions_complete[seen.submission]

    def _rest_s(self, slip: GivenBack) -> float:
        """How long it still rests. What was given back before this gate began is tried at once: something may have been put right since."""
        return slip.until - self._now if slip.last >= self._began_at else 0.0

    def _has_come_whole(self, submission: str) -> bool:
        members = self._by_submission[submission]
        is_ready = self._is_complete if len(members) <= MOST_COMPANIONS else self._is_at_rest
        return all(is_ready(member) for member in members)

    def refuse(self, seen: Seen, reason: str) -> None:
        """Notes that a paper could not be taken (`reason`: Chinese): it is tried again, each time a longer time later."""
        followed = self._followed[seen.path]
        followed.refusal = reason
        followed.pause_s = min(2 * followed.pause_s or FIRST_PAUSE_S, _LONGEST_PAUSE_S)
        followed.not_before = self._clock + followed.pause_s

    def is_young(self, seen: Seen) -> bool:
        """Whether a paper may come through soon: it has changed a little while ago."""
        return self._quiet_s(seen) < PATIENCE * self.settle_s

    def is_stuck(self, seen: Seen) -> bool:
        """Whether a paper has come to rest and cannot be taken, or has been held open for long."""
        followed = self._followed[seen.path]
        is_held = followed.check is not None and followed.check.state == "written"
        return bool(followed.refusal) or self.is_hopeless(seen) or (is_held and self._quiet_s(seen) > LONG_QUEUE_S)

    def is_hopeless(self, seen: Seen) -> bool:
        """Whether somebody has to do something before a paper can come through."""
        check = self._followed[seen.path].check
        return check is not None and check.state == "unreadable"

    def waits_since(self, seen: Seen) -> float:
        """Since when a paper of the last look waits, on the wall clock: its last change, or when it was first taken and could not be read."""
        return self._followed[seen.path].waits_since or seen.stamp.changed_at

    def reason(self, seen: Seen) -> str:
        """Why a paper of the last look still waits, as far as is known without looking again (Chinese)."""
        followed = self._followed[seen.path]
        if followed.refusal:
            return f"取不走：{followed.refusal}；会再试"
        if not self._is_at_rest(seen):
            return _SETTLING
        if followed.check and not self._passes(followed.check, self._quiet_s(seen)):
            return {"written": _WRITTEN, "partial": _PARTIAL}.get(followed.check.state, followed.check.reason)
        if any(not self._is_at_rest(other) for other in self._by_submission.get(seen.submission, ())):
            return _COMPANIONS
        return _LONG_QUEUED if self._quiet_s(seen) > LONG_QUEUE_S else _QUEUED

    def _quiet_s(self, seen: Seen) -> float:
        seen_s = self._clock - self._followed[seen.path].since
        return max(seen_s, self._now - seen.stamp.changed_at) if self.trusts_times else seen_s

    def _is_at_rest(self, seen: Seen) -> bool:
        return self._quiet_s(seen) >= self.settle_s and self._clock >= self._followed[seen.path].not_before

    def _is_complete(self, seen: Seen) -> bool:
        if not self._is_at_rest(seen):
            return False
        followed, quiet_s = self._followed[seen.path], self._quiet_s(seen)
        check = followed.check
        if check is None or (check.state != "whole" and self._clock >= followed.check_again_at):
            check = followed.check = self.check(seen.path)
            followed.check_again_at = self._clock + min(max(self.settle_s, quiet_s / 4), _LONGEST_PAUSE_S)
        return self._passes(check, quiet_s)

    def _passes(self, check: Check, quiet_s: float) -> bool:
        if check.state == "partial":
            return quiet_s >= PATIENCE * self.settle_s
        # A program that forgets to close its file must not hold it for ever.
        return check.state == "whole" or (check.state == "written" and quiet_s >= LONGEST_HOLD_S)
