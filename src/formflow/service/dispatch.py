"""`serve` where workers do the work: claims what is complete in the inboxes and gives it to them. For a register on PostgreSQL.

In: an office and its inboxes. Out: claimed files in the shared state folder, and a job for each. Papers are not read here. A claim without a
job (a kill in between) gets one at the next start, and so does a folder with something left to be delivered.

Several inboxes take turns: each has at most `at_once` papers with the workers, and they are handed out one from each inbox at a time. So a
county that copies 30,000 files into its inbox keeps nobody else waiting for longer than a round.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import chain, islice, zip_longest

from formflow.register import books, cases, publications, queue
from formflow.register.queue import PaperJob
from formflow.service import casework, claims, held_back, workbooks
from formflow.service.clock import ClockWatch
from formflow.service.engine import RECOVERY_PAUSE_S, failures, rest
from formflow.service.inbox import Seen
from formflow.service.inboxes import COMMON, Inbox
from formflow.service.logs import LOG, Ref
from formflow.service.office import Office
from formflow.service.post import Post, ranking
from formflow.service.pulse import Look, Pulse
from formflow.service.trouble import Troubles

_TICK_S = 0.25

OnClaimed = Callable[[str], None]


def dispatch(
    office: Office,
    inboxes: Sequence[Inbox],
    stop: threading.Event,
    wake: threading.Event,
    on_claimed: OnClaimed,
    pulse: Pulse | None = None,
) -> None:
    """Hands papers to the workers until `stop` is set (set `wake` as well). A full disk or a database that is away do not end it."""
    pulse, pace, troubles = pulse or Pulse(), workbooks.Pace(), Troubles(office.home)
    said, clock = office.now, ClockWatch(office.now)
    office = replace(office, now=clock.now)
    posts = [Post(office, inbox, wake) for inbox in inboxes]
    is_start, is_sound = True, False
    try:
        while not stop.is_set():
            wake.clear()
            pause_s = RECOVERY_PAUSE_S
            try:
                clock.check()
                if not is_sound:
                    resume(office, is_start=is_start)
                    is_start, is_sound = False, True
                pause_s = _hand_out(office, posts, on_claimed, pulse, pace)
                troubles.over()
            except failures() as error:
                is_sound = False
                pulse.failed(troubles.note(error, said(), pause_s).sentence)
                _drop_connection()
            rest(stop, wake, min(_TICK_S, pause_s), pause_s)
    finally:
        for post in posts:
            post.stop()


def resume(office: Office, *, is_start: bool) -> None:
    """Gives the workers what an earlier run left without a job."""
    known = queue.open_claims()
    rank = ranking(office)
    for claim in claims.left_over(office.home):
        if claim.id not in known and not books.is_registered(claim.id):
            _defer(PaperJob(claim.id, COMMON, rank(claim.slip.name), claim.slip.submission))
    known = queue.waiting_folders()
    for folder in publications.unsettled_folders():
        if is_start or folder not in known:
            with books.transaction():
                queue.defer_delivery(folder, retry=is_start)


def _hand_out(
    office: Office, posts: Sequence[Post], on_claimed: OnClaimed, pulse: Pulse, pace: workbooks.Pace
) -> float:
    """One look at every inbox that is due for one, and papers to the workers; for how long there is nothing to look for (seconds)."""
    for post in posts:
        if post.is_due:
            post.look_through()
    pulse.looked(sum((post.figures() for post in posts), Look()))
    pulse.held_back(*held_back.tell(office.home))
    given, rank = queue.open_papers(), ranking(office)
    for post, seen in turns(office, posts, given):
        if claim := post.take(seen):
            _defer(PaperJob(claim.id, post.inbox.name, rank(claim.slip.name), claim.slip.submission))
            LOG.info("收件 %s", Ref(claim.id))
            on_claimed(claim.slip.name)
    _give_up_waiting(office)
    if pace.is_due(is_quiet=not given and all(post.is_quiet for post in posts)):
        with pace.measured():
            workbooks.renew(office)
            workbooks.release()  # the files are the workers'
    pauses = [post.pause_s for post in posts]
    return min(*pauses, _TICK_S) if given or any(post.has_line for post in posts) else min(pauses)


def turns(office: Office, posts: Sequence[Post], given: dict[str, int]) -> Iterator[tuple[Post, Seen]]:
    """The papers to be handed out now, one from each inbox at a time. `given`: how many of each inbox the workers have."""
    lines = []
    for post in posts:
        room = max(0, office.inbox_settings.at_once - given.get(post.inbox.name, 0))
        lines.append([(post, seen) for seen in islice(post.in_turn(), room)])
    return (turn for turn in chain.from_iterable(zip_longest(*lines)) if turn is not None)


def _defer(job: PaperJob) -> None:
    with books.transaction():
        queue.defer_paper(job)


def _give_up_waiting(office: Office) -> None:
    """Attachments whose form has not come are put where a person sees them."""
    waited_s = office.inbox_settings.attachment_wait_s
    for paper in cases.waiting_since(office.now() - timedelta(seconds=waited_s)):
        casework.set_aside_waiting(office, paper)


def _drop_connection() -> None:
    """The next query opens another: a connection that broke would stay broken."""
    from django.db import connection

    connection.close()
