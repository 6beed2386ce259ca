"""Working off an inbox once, or watching it. What happens to one paper is `casework`; what goes out is `delivery`.

In: an office. Out: a `Summary`, or a service that runs until it is told to stop. A paper is claimed, judged, entered and published
before the next one is claimed, so that a kill leaves at most one half-done and memory stays flat.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta

from formflow.errors import EnvironmentFailure, in_words
from formflow.register import books, cases, journal, presence
from formflow.service import anchors, casework, claims, held_back, notes, submissions, workbooks
from formflow.service.claims import Claim
from formflow.service.clock import ClockWatch, refuse_before
from formflow.service.delivery import deliver
from formflow.service.filing import Done
from formflow.service.inbox import Remark, Seen
from formflow.service.inboxes import Inbox
from formflow.service.logs import LOG, Ref
from formflow.service.office import Office
from formflow.service.post import Post
from formflow.service.pulse import Pulse
from formflow.service.trouble import Troubles, trouble_of
from formflow.service.waiting import away_words

# A claim that was cut short this often is set aside: whatever ends the program each time, it must not do so for ever.
MOST_ATTEMPTS = 3
# How long `run` waits for files that keep changing or cannot be moved before it says so and ends.
RUN_PATIENCE_S = 60.0
# How long the service waits after disk or register failed.
RECOVERY_PAUSE_S = 15.0
_TICK_S = 0.25
_FOR_A_PERSON = frozenset({"supplement", "review", "returned", "set_aside"})
OnDone = Callable[[Done, int], None]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did. `problems` are letters that could not be written, and files that cannot be put into the outbox."""

    done: tuple[Done, ...]
    remarks: tuple[Remark, ...]
    problems: tuple[str, ...]

    @property
    def needs_person(self) -> bool:
        """Whether anything is left that somebody has to look at."""
        return bool(self.remarks or self.problems) or any(d.result in _FOR_A_PERSON for d in self.done)


@dataclass(slots=True)
class _Log:
    """What has been done so far, and whom to tell."""

    on_done: OnDone
    pulse: Pulse = field(default_factory=Pulse)
    pace: workbooks.Pace = field(default_factory=workbooks.Pace)
    anchor_at: float = field(default_factory=lambda: time.monotonic() + anchors.EVERY_S)
    done: list[Done] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def add(self, done: Done, left: int) -> None:
        LOG.info("办结（%s）%s：%s", Ref(done.result), done.name, done.message)
        self.done.append(done)
        self.on_done(done, left)


def _silent(done: Done, left: int) -> None:
    """Tells nobody."""


def work_off(office: Office, on_done: OnDone = _silent) -> Summary:
    """Works off everything in the inbox and returns. `on_done` is told each paper and how many are left in sight.

    Raises EnvironmentFailure when disk or register fail; what was begun is finished by the next run.
    """
    try:
        return _work_off(office, _Log(on_done))
    except failures() as error:
        if isinstance(error, EnvironmentFailure):
            raise
        LOG.exception("磁盘或登记库出错")
        trouble = trouble_of(error, office.home)
        said = f"{trouble.message}（{in_words(error)}）" if isinstance(error, OSError) else trouble.message
        raise EnvironmentFailure(
            said, f"{trouble.remedy}已收的文件没有丢失，再运行一次就会接着办完。", trouble.code
        ) from error


def _work_off(office: Office, log: _Log) -> Summary:
    office = replace(office, now=ClockWatch(office.now).now)
    recover(office, log)
    post, last_progress = Post(office, Inbox(office.home.inbox)), time.monotonic()
    while True:
        post.look_through()
        if _work(office, post, log, threading.Event()):
            last_progress = time.monotonic()
        elif not post.waiting or post.is_hopeless or time.monotonic() - last_progress > RUN_PATIENCE_S:
            break
        else:
            time.sleep(max(_TICK_S, post.rest_s))
    _give_up_waiting(office, log, wait_s=0)
    _renew_workbooks(office, log)
    post.stop()
    # What waited has been joined by its form or given up by now, and was told as such.
    done = tuple(done for done in log.done if done.result != "waiting")
    held_back.tell(office.home)
    return Summary(done, tuple(_left(post)), (*log.problems, *held_back.sentences(office.home)))


def _left(post: Post) -> Iterable[Remark]:
    """What still lies in the inbox, and why."""
    if post.look.away:
        yield Remark(post.inbox.path, away_words(post.look))
    yield from post.look.remarks
    yield from (Remark(seen.path, post.gate.reason(seen)) for seen in post.look.papers)


def recover(office: Office, log: _Log | None = None, *, is_start: bool = True) -> None:
    """Finishes what an earlier run left: files claimed but not entered, entries not yet published, letters not yet written."""
    log = log or _Log(_silent)
    refuse_before(journal.last_at(), office.now())
    submissions.tidy(office.home)
    for claim in claims.left_over(office.home):
        if not books.is_registered(claim.id):
            refuse_before(claim.received_at, office.now())
            _finish(office, claim, log, is_start)
    log.problems.extend(deliver(office, retry=is_start))


def _finish(office: Office, claim: Claim, log: _Log, is_start: bool) -> None:
    """Works again on a claim that was cut short; only kills and lack of memory count as attempts, a full disk does not."""
    if is_start:
        claim = claims.count_attempt(office.home, claim)
    if claim.slip.attempts > MOST_ATTEMPTS:
        log.add(casework.set_aside(office, claim.arrival(), *notes.own_fault(claim.id)), 0)
    else:
        for done in _handled(office, claim):
            log.add(done, 0)


def _handled(office: Office, claim: Claim) -> tuple[Done, ...]:
    """Works on a claim; one for which memory does not suffice time and again must not stand in the way of the others for ever."""
    try:
        return casework.handle(office, claim)
    except MemoryError:
        if claims.count_attempt(office.home, claim).slip.attempts <= MOST_ATTEMPTS:
            raise
        return (casework.set_aside(office, claim.arrival(), *notes.out_of_memory()),)


def _work(office: Office, post: Post, log: _Log, stop: threading.Event) -> int:
    """Claims and works on each paper that is complete, until it is time to look again or to stop; how many were taken."""
    taken, end = 0, time.monotonic() + post.slice_s
    for seen in post.in_turn():
        if claim := post.take(seen):
            taken += 1
            _work_on(office, post, seen, claim, log)
        if stop.is_set() or time.monotonic() >= end:
            break
    return taken


def _work_on(office: Office, post: Post, seen: Seen, claim: Claim, log: _Log) -> None:
    begun = time.monotonic()
    LOG.info("收件 %s", Ref(claim.id))
    results = _handled(office, claim)
    if not results:
        post.given_back(seen)
    try:
        log.problems.extend(deliver(office))
    finally:  # entered is entered: a full outbox must not keep it from being told
        log.pulse.worked((done.result for done in results), time.monotonic() - begun)
        for done in results:
            log.add(done, post.waiting)


def _renew_workbooks(office: Office, log: _Log) -> None:
    """When nothing is left to do, the workbooks are made again that show something else by now."""
    if workbooks.renew(office):
        log.problems.extend(deliver(office))


def _give_up_waiting(office: Office, log: _Log, *, wait_s: float) -> None:
    """Attachments whose form has not come are put where a person sees them."""
    homeless = cases.waiting_since(office.now() - timedelta(seconds=wait_s))
    for paper in homeless:
        if done := casework.set_aside_waiting(office, paper):
            log.add(done, 0)
    if homeless:
        log.problems.extend(deliver(office))


def serve(
    office: Office, stop: threading.Event, wake: threading.Event, on_done: OnDone = _silent, pulse: Pulse | None = None
) -> None:
    """Works off the inbox until `stop` is set (set `wake` as well, so that it is noticed at once). `pulse` is told how it goes.

    A full disk, a locked register or a share that is away do not end it: it waits and begins again with `recover`.
    """
    troubles, said, clock = Troubles(office.home), office.now, ClockWatch(office.now)
    office = replace(office, now=clock.now)
    post, log = Post(office, Inbox(office.home.inbox), wake), _Log(on_done, pulse or Pulse())
    is_start, is_sound = True, False
    try:
        while not stop.is_set():
            wake.clear()
            pause_s = RECOVERY_PAUSE_S
            try:
                clock.check()
                if not is_sound:
                    recover(office, log, is_start=is_start)
                    is_start, is_sound = False, True
                pause_s = _serve_once(office, post, log, stop)
                troubles.over()
            except failures() as error:
                is_sound = False
                log.pulse.failed(troubles.note(error, said(), pause_s).sentence)
            log.done.clear()
            log.problems.clear()
            rest(stop, wake, min(post.rest_s, pause_s), pause_s)
    finally:
        post.stop()


def _serve_once(office: Office, post: Post, log: _Log, stop: threading.Event) -> float:
    """One look and the work it shows; for how long there is nothing to look for (seconds)."""
    presence.check()
    post.look_through()
    log.pulse.looked(post.figures())
    if held_back.is_due(office.home):
        log.problems.extend(deliver(office))
    log.pulse.held_back(*held_back.tell(office.home))
    _work(office, post, log, stop)
    if not post.has_line:
        # Not sooner: the form may lie further back in the line.
        _give_up_waiting(office, log, wait_s=office.inbox_settings.attachment_wait_s)
    if log.pace.is_due(is_quiet=post.is_quiet):
        with log.pace.measured():
            _renew_workbooks(office, log)
    if time.monotonic() >= log.anchor_at:
        anchors.keep(office.home, office.now)
        log.anchor_at = time.monotonic() + anchors.EVERY_S
    return 0.0 if post.has_line else post.pause_s


def rest(stop: threading.Event, wake: threading.Event, least_s: float, most_s: float) -> None:
    """Waits for `most_s`, or until `wake` is set, but not less than `least_s`; `stop` ends it at once."""
    if most_s > 0 and not stop.wait(least_s):
        wake.wait(most_s - least_s)


def failures() -> tuple[type[Exception], ...]:
    """What disk, register and memory raise when they refuse."""
    from django.db import DatabaseError, InterfaceError

    return (OSError, MemoryError, DatabaseError, InterfaceError, EnvironmentFailure)
