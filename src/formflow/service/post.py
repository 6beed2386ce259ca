"""One inbox while it is looked after: looks at it, says what is wrong there, and hands out what is complete, each paper in its turn.

In: an office, an inbox, an event that wakes the service. Out: papers in the order they should be worked on, and how long there is nothing to
look for. A look costs time that grows with what lies there, so the time between two looks grows with it: however much is waiting, looking takes
a small share of the time.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping

from formflow.service import claims, given_back, waiting
from formflow.service.claims import Claim
from formflow.service.gate import Gate
from formflow.service.given_back import GivenBack, Key
from formflow.service.home import SET_ASIDE
from formflow.service.inbox import Scan, Seen, scan
from formflow.service.inboxes import Inbox, ground_of
from formflow.service.logs import LOG
from formflow.service.office import Office
from formflow.service.pulse import Look
from formflow.service.waiting_note import WaitingNote
from formflow.service.watch import Watch

# However fast events come in, looks are at least this far apart.
LEAST_REST_S = 0.1
# Looking takes one part in this many of the time, or less.
_SHARE = 10
_TICK_S = 0.25
# Between two looks the papers at hand are worked on for so long, or for this many times what a look costs.
SLICE_S, _SLICE_LOOKS = 5.0, 20
# The note in the inbox is made anew this often at most; a line that has gone wrong stands there as long.
NOTE_EVERY_S = 60.0
_MOST_SAID = 50
# Words in names of papers that are about units which must have applied first.
_SPREADSHEETS = (".xlsx", ".xls", ".et", ".ods")
_LATER_WORDS = ("评分", "评议", "汇总", "审批表")


class Post:
    """See the module. Times are on the monotonic clock."""

    def __init__(self, office: Office, inbox: Inbox, wake: threading.Event | None = None) -> None:
        self.inbox = inbox
        self.look = Scan((), ())
        self._office = office
        self._ground = ground_of(inbox.path)
        self.gate = Gate(self._ground.settle_s(office.inbox_settings))
        self._watch = Watch(inbox.path, wake) if wake else None
        self._note = WaitingNote(inbox.path, office.home.outbox / SET_ASIDE, inbox.county)
        self._note_until = 0.0
        self._overdue: tuple[int, tuple[waiting.Waiting, ...]] = (0, ())
        self._line: deque[Seen] = deque()
        self._taken = 0
        self._cost_s = 0.0
        self._looked_at = 0.0
        self._said: frozenset[str] = frozenset()
        self._slips: Mapping[Key, GivenBack] = {}
        self._said_of: dict[Key, str] = {}
        self._was_shared = self._is_missed = False

    def look_through(self) -> None:
        """Looks at the inbox and judges what lies there. Never raises OSError."""
        if self._watch:
            self._watch.check()
        begun = time.monotonic()
        self.look, self._taken = self._looked(), 0
        if not self.look.away:  # what was known of the papers holds when the inbox is back
            self.gate.settle_s = self._ground.settle_s(self._office.inbox_settings)
            self.gate.check, self.gate.trusts_times = self._ground.check, not self._ground.is_shared
            now = time.time()
            self._slips = given_back.load(self._office.home, now)
            settled = self.gate.settled(self.look.papers, time.monotonic(), now, self._slips)
            self._line = deque(in_order(self._office, settled))
        else:
            self._line.clear()
        self._looked_at = time.monotonic()
        self._cost_s = self._looked_at - begun
        self._tell()

    def _looked(self) -> Scan:
        look = scan(self.inbox.path, time.time(), self.look.known)
        was_shared, self._ground = self._was_shared, ground_of(self.inbox.path)
        self._was_shared = was_shared or (self._ground.is_shared and not look.away)
        if was_shared and not self._ground.is_shared and not look.away:
            return Scan((), (), "网络磁盘没有挂上，这里是本机的文件夹")
        return look

    def in_turn(self) -> Iterator[Seen]:
        """The papers that may be taken, the next one first; each is judged when its turn has come. What is left over waits for the next call or
        the next look."""
        while self._line:
            seen = self._line.popleft()
            if self.gate.lets_through(seen):
                yield seen

    def take(self, seen: Seen) -> Claim | None:
        """Claims a paper; None if that is not possible now. Raises OSError if the state folder cannot take it."""
        try:
            claim = claims.take(self._office.home, seen, self._office.now(), self.inbox.submission(seen))
        except claims.Refused as refusal:
            self.gate.refuse(seen, refusal.reason)
            return None
        if claim is not None:
            self._taken += 1
        return claim

    def given_back(self, seen: Seen) -> None:
        """Notes that a claimed paper went back into the inbox."""
        self._taken -= 1
        self.gate.refuse(seen, "读的时候还在变化，或者读不出来")

    @property
    def has_line(self) -> bool:
        """Whether papers are left that may be taken without looking again."""
        return bool(self._line)

    @property
    def is_quiet(self) -> bool:
        """Whether the last look showed nothing that could be taken, then or soon: what lies there for long is not waited for."""
        return not (self._taken or self._line or any(map(self._may_come_through, self.look.papers)))

    def _may_come_through(self, seen: Seen) -> bool:
        return self.gate.is_young(seen) and not self.gate.is_stuck(seen)

    @property
    def waiting(self) -> int:
        """How many papers of the last look have not been taken."""
        return len(self.look.papers) - self._taken

    @property
    def is_hopeless(self) -> bool:
        """Whether nothing is left that could come through by itself."""
        return all(self.gate.is_hopeless(seen) for seen in self.look.papers)

    @property
    def slice_s(self) -> float:
        """For how long papers should be worked on before the next look."""
        return max(SLICE_S, _SLICE_LOOKS * self._cost_s)

    @property
    def rest_s(self) -> float:
        """How long not to look again, whatever is heard."""
        return max(min(LEAST_REST_S, self._office.inbox_settings.rescan_s), (_SHARE - 1) * self._cost_s)

    @property
    def pause_s(self) -> float:
        """How long not to look again if nothing is heard: shortly, if a paper may come to rest, else as the settings say."""
        if not self.waiting or not any(self.gate.is_young(seen) for seen in self.look.papers):
            return max(self.rest_s, self._office.inbox_settings.rescan_s)
        return max(self.rest_s, _TICK_S, self.gate.settle_s / 4)

    @property
    def is_due(self) -> bool:
        """Whether it is time for another look."""
        return time.monotonic() - self._looked_at >= self.rest_s

    def figures(self) -> Look:
        """What the last look has shown, in numbers."""
        oldest_s = max((time.time() - self.gate.waits_since(seen) for seen in self.look.papers), default=0.0)
        held = len(self.look.remarks) + sum(self.gate.is_stuck(seen) for seen in self.look.papers)
        return Look(len(self.look.papers), held, oldest_s, self._overdue[0], 1 if self.look.away else 0)

    def _tell(self) -> None:
        """Logs what is not taken, each thing once for as long as it lies there, and keeps the note in the inbox."""
        if self.look.away:
            said = frozenset({f"{self.inbox.label(self.inbox.path)}：{waiting.away_words(self.look)}"})
        else:
            said = self._complaints()
            self._overdue = waiting.overdue_in(self.inbox, self.look, self.gate, time.time())
            self._keep_note()
        if not self.look.away and self._is_missed:
            LOG.warning("%s：收件箱又能打开了", self.inbox.label(self.inbox.path))
        self._is_missed = bool(self.look.away)
        new = sorted(said - self._said)
        for sentence in new[:_MOST_SAID]:
            LOG.warning("%s", sentence)
        if len(new) > _MOST_SAID:
            LOG.warning("还有 %d 个没有处理的，见 formflow cases", len(new) - _MOST_SAID)
        self._said = said

    def _complaints(self) -> frozenset[str]:
        remarks = {f"{self.inbox.label(remark.path)}：{remark.text}" for remark in self.look.remarks}
        stuck = [seen for seen in self.look.papers if self.gate.is_stuck(seen)]
        said_of = {seen.key: f"{self.inbox.label(seen.path)}：{self.gate.reason(seen)}" for seen in stuck}
        # What has been taken to be tried again will lie here again: that is nothing new.
        self._said_of = {key: said for key, said in (self._said_of | said_of).items() if key in self._slips}
        return frozenset(remarks | set(said_of.values()) | set(self._said_of.values()))

    def _keep_note(self) -> None:
        count, oldest = self._overdue
        if not count:
            self._note.keep("")
        elif time.monotonic() >= self._note_until:
            self._note_until = time.monotonic() + NOTE_EVERY_S
            self._note.keep(waiting.note_text(count, oldest))

    def stop(self) -> None:
        """Ends the watching threads; the note, if there is one, is left as things stand now."""
        if self._watch:
            self._watch.stop()
            self._watch = None
        if self._overdue[0]:
            self._note_until = 0.0
            self.look_through()


def in_order(office: Office, ready: Iterable[Seen]) -> list[Seen]:
    """Files named like an attachment first: a form is best judged when what belongs to it is there. Files named like what comes after the
    forms, and workbooks, last. Only the order is settled by names."""
    rank = ranking(office)
    return sorted(ready, key=lambda seen: (rank(seen.path.name), seen.stamp.mtime_ns, seen.path.name))


def ranking(office: Office) -> Callable[[str], int]:
    """Says of a file's name which papers it goes with: 0 attachments, 1 forms, 2 what comes after the forms."""
    words = [word for p in office.programmes for attachment in p.attachments for word in attachment.title_words]

    def rank(name: str) -> int:
        is_later = any(word in name for word in _LATER_WORDS) or name.lower().endswith(_SPREADSHEETS)
        return 0 if any(word in name for word in words) else 2 if is_later else 1

    return rank
