"""Jobs that nobody does any more, and what a worker has in hand. For a register on PostgreSQL.

In: the jobs of workers that have fallen silent, and those that got out of a living worker's hand because the connection was cut while it
was taking or finishing them. Out: the same jobs, to be done by whoever is next; a paper counts how often its worker fell silent. Doing a
job a second time finds the work done.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from asgiref.sync import async_to_sync
from django.utils.timezone import now
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job

from formflow.errors import in_words
from formflow.register import locks, queue
from formflow.service import anchors, claims
from formflow.service.engine import failures
from formflow.service.logs import LOG
from formflow.service.office import Office
from formflow.settings import WorkerSettings

_LONGEST_PAUSE_S, _LONGEST_REST_S = 300, 15
_SWEEP = "formflow/sweep"


def refusals() -> tuple[type[Exception], ...]:
    """What disk, register and the job engine's own connections raise when they refuse."""
    from psycopg import Error

    return (ConnectorException, Error, *failures())


def pause(attempts: int) -> timedelta:
    """How long a job rests that has been begun so often before."""
    return timedelta(seconds=min(2 ** min(attempts, 9), _LONGEST_PAUSE_S))


@dataclass(slots=True)
class Hand:
    """What the worker of this process has in hand: its number and the job's, as the engine counts them. `refused`: how many jobs in a row could
    not be done here."""

    worker: int | None = None
    job: int | None = None
    refused: int = 0

    def take(self, worker: int | None, job: int | None) -> None:
        self.worker, self.job = worker, job

    def lay_down(self) -> None:
        self.job = None

    def succeeded(self) -> None:
        self.refused = 0

    def rest(self) -> None:
        """Waits, longer each time: a machine on which everything fails at once (a share that is away) must not take all jobs from those on
        which nothing would."""
        time.sleep(min(2**self.refused - 1, _LONGEST_REST_S))
        self.refused = min(self.refused + 1, 9)


def sweep_until(office: Office, settings: WorkerSettings, hand: Hand, stop: threading.Event) -> None:
    """Looks for jobs that nobody does now and then; one process at a time. And notes where the chain of events stands."""
    from django.db import connection

    lost: frozenset[int] = frozenset()
    earliest = begun = time.monotonic()
    anchor_at = begun + anchors.EVERY_S
    while not stop.wait(settings.heartbeat_s):
        now_s = time.monotonic()
        try:
            lost = take_up_lost(hand, lost)
            if now_s >= earliest:
                _sweep_alone(office, settings.stalled_s)
            if now_s >= anchor_at:
                anchors.keep(office.home, office.now)
                anchor_at = now_s + anchors.EVERY_S
        except refusals() as error:
            LOG.warning("没有查成中断的任务：%s", in_words(error))
            connection.close()
            # Others were cut off as well, perhaps: they are given the time to show that they live.
            earliest = now_s + settings.stalled_s


def take_up_lost(hand: Hand, before: frozenset[int]) -> frozenset[int]:
    """Gives back what counts as being done by this worker and is not in its hand, neither now nor the last time (`before`); what may be such a
    job the next time."""
    found = queue.begun_by(hand.worker) - {hand.job} if hand.worker is not None else frozenset()
    for job_id in found & before:
        app.job_manager.retry_job_by_id(job_id, retry_at=now(), priority=None, queue=None, lock=None)
        LOG.warning("任务 %d 没有记下办完，再办一次", job_id)
    return frozenset(found - before)


def _sweep_alone(office: Office, stalled_s: float) -> None:
    if locks.try_exclusive(_SWEEP):
        try:
            sweep(office, stalled_s)
        finally:
            locks.release(_SWEEP)


def sweep(office: Office, stalled_s: float) -> int:
    """Gives jobs of workers that have fallen silent back to the others; how many. A paper counts how often this has happened to it."""
    stalled: list[Job] = list(async_to_sync(app.job_manager.get_stalled_jobs)(seconds_since_heartbeat=stalled_s))
    for job in stalled:
        _count_attempt(office, _arguments(job))
        assert job.id is not None
        app.job_manager.retry_job_by_id(
            job.id, retry_at=now() + pause(job.attempts), priority=None, queue=None, lock=None
        )
        LOG.warning("有一台机器中断了，它的任务 %d 交给别的机器", job.id)
    return len(stalled)


def _arguments(job: Job) -> dict[str, Any]:
    """Read through Django's connection, they are still JSON."""
    found: Any = job.task_kwargs
    return dict(json.loads(found) if isinstance(found, str) else found)


def _count_attempt(office: Office, arguments: Mapping[str, Any]) -> None:
    claim = claims.find(office.home, arguments["claim"]) if "claim" in arguments else None
    if claim is not None:
        claims.count_attempt(office.home, claim)
