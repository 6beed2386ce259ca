"""`serve` where workers do the work: claims what is complete in the inboxes and gives it to them. For a register on PostgreSQL.

In: an office and its inboxes. Out: claimed files in the shared state folder, and a job for each. Papers are not read here. A claim without a
job (a kill in between) gets one at the next start, and so does a folder with something left to be delivered.

Several inboxes take turns: each has at most `at_once` papers with the workers, and they are handed out one from each inbox at a time. So a
county that copies 30,000 files into its inbox keeps nobody else waiting for longer than a round.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import chain, islice, zip_longest
from pathlib import Path

from formflow.errors import in_words
from formflow.register import books, cases, publications, queue
from formflow.register.queue import PaperJob
from formflow.service import casework, claims, workbooks
from formflow.service.engine import RECOVERY_PAUSE_S, failures, in_order, ranking, say_once
from formflow.service.inbox import Gate, Remark, Scan, Seen, scan
from formflow.service.logs import LOG, Ref
from formflow.service.office import Office
from formflow.service.pulse import Pulse
from formflow.service.watch import Watch
from formflow.settings import CountySettings

COMMON = "inbox"
_TICK_S = 0.25

OnClaimed = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Inbox:
    """A folder that papers are dropped into. `county` "" for the common one."""

    path: Path
    county: str = ""

    @property
    def name(self) -> str:
        """What its jobs are kept under."""
        return f"{COMMON}/{self.county}" if self.county else COMMON

    def submission(self, seen: Seen) -> str:
        """What a paper came with. Sub-folders of the same name in two counties are not the same."""
        return f"{self.county}：{seen.submission}" if self.county and seen.submission else seen.submission


def inboxes_of(office: Office, counties: Sequence[CountySettings]) -> tuple[Inbox, ...]:
    """The common inbox and those of the counties; a path that is not absolute is one in the home."""
    further = (Inbox(office.home.root / Path(county.path).expanduser(), county.name) for county in counties)
    return (Inbox(office.home.inbox), *further)


@dataclass(slots=True)
class _Post:
    """One inbox while it is looked after."""

    inbox: Inbox
    watch: Watch
    gate: Gate
    look: Scan = field(default_factory=lambda: Scan((), ()))
    ready: tuple[Seen, ...] = ()
    said: frozenset[str] = frozenset()


def dispatch(
    office: Office,
    inboxes: Sequence[Inbox],
    stop: threading.Event,
    wake: threading.Event,
    on_claimed: OnClaimed,
    pulse: Pulse | None = None,
) -> None:
    """Hands papers to the workers until `stop` is set (set `wake` as well). A full disk or a database that is away do not end it."""
    posts = [_Post(inbox, Watch(inbox.path, wake), Gate(office.settle_s)) for inbox in inboxes]
    pulse = pulse or Pulse()
    is_start, is_sound = True, False
    try:
        while not stop.is_set():
            wake.clear()
            pause_s = RECOVERY_PAUSE_S
            try:
                if not is_sound:
                    resume(office, is_start=is_start)
                    is_start, is_sound = False, True
                has_more = _hand_out(office, posts, on_claimed, pulse)
                pause_s = max(_TICK_S, office.settle_s / 4) if has_more else office.inbox_settings.rescan_s
            except failures() as error:
                is_sound = False
                pulse.failed()
                LOG.error("磁盘或登记库出错，%.0f 秒后再试：%s", pause_s, in_words(error))
                _drop_connection()
            if not stop.is_set():
                wake.wait(pause_s)
    finally:
        for post in posts:
            post.watch.stop()


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


def _hand_out(office: Office, posts: Sequence[_Post], on_claimed: OnClaimed, pulse: Pulse) -> bool:
    """One look at every inbox; whether something still lies in one of them."""
    for post in posts:
        post.watch.check()
        post.look = _looked_through(post.inbox)
        post.said = say_once(post.look, post.said)
        post.ready = post.gate.ready(post.look.papers, time.monotonic(), time.time())
    pulse.looked(*_figures(posts))
    given, rank = queue.open_papers(), ranking(office)
    for inbox, seen in turns(office, posts, given):
        claim = claims.take(office.home, seen, office.now(), inbox.submission(seen))
        if claim is None:
            continue
        _defer(PaperJob(claim.id, inbox.name, rank(claim.slip.name), claim.slip.submission))
        LOG.info("收件 %s", Ref(claim.id))
        on_claimed(claim.slip.name)
    _give_up_waiting(office)
    is_idle = not any(post.look.papers for post in posts)
    if is_idle and not given:
        workbooks.renew(office)
    return not is_idle or bool(given)


def _looked_through(inbox: Inbox) -> Scan:
    """An inbox of a county that is not there (a share that is away, a name misspelt) is said; the common one is made at the start."""
    if inbox.county and not inbox.path.is_dir():
        return Scan((), (Remark(inbox.path, "这个收件箱的文件夹不在，没有查看"),))
    return scan(inbox.path, time.time())


def turns(office: Office, posts: Sequence[_Post], given: dict[str, int]) -> Iterator[tuple[Inbox, Seen]]:
    """The papers to be handed out now, one from each inbox at a time. `given`: how many of each inbox the workers have."""
    lines = []
    for post in posts:
        room = max(0, office.inbox_settings.at_once - given.get(post.inbox.name, 0))
        lines.append([(post.inbox, seen) for seen in islice(in_order(office, post.ready), room)])
    return (turn for turn in chain.from_iterable(zip_longest(*lines)) if turn is not None)


def _defer(job: PaperJob) -> None:
    with books.transaction():
        queue.defer_paper(job)


def _give_up_waiting(office: Office) -> None:
    """Attachments whose form has not come are put where a person sees them."""
    waited_s = office.inbox_settings.attachment_wait_s
    for paper in cases.waiting_since(office.now() - timedelta(seconds=waited_s)):
        casework.set_aside_waiting(office, paper)


def _figures(posts: Sequence[_Post]) -> tuple[int, int, float]:
    """How many papers wait to be taken, how many things cannot be, the age (seconds) of the oldest."""
    papers = [seen for post in posts for seen in post.look.papers]
    oldest_s = max((time.time() - seen.stamp.changed_at for seen in papers), default=0.0)
    return len(papers), sum(len(post.look.remarks) for post in posts), oldest_s


def _drop_connection() -> None:
    """The next query opens another: a connection that broke would stay broken."""
    from django.db import connection

    connection.close()
