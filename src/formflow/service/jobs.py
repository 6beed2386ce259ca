"""What a worker does: reads, judges and enters claimed papers, and fills the folders of the outbox. For a register on PostgreSQL.

In: jobs out of the register (`register.queue`). Out: entries and files, as `engine` makes them on one machine. A worker that is killed leaves
its jobs as they were: they count as stalled when nothing has been heard of it for a while, and are given to another. So every job may be
done twice, and the second time finds the work done. What ends a worker time and again is set aside; a full disk or a database that is away
is only waited for.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from asgiref.sync import async_to_sync
from django.utils.timezone import now
from procrastinate import App, BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job

from formflow.errors import in_words
from formflow.register import books, locks, queue
from formflow.service import casework, claims, notes, submissions
from formflow.service.delivery import deliver_folder
from formflow.service.engine import MOST_ATTEMPTS, RECOVERY_PAUSE_S, failures
from formflow.service.filing import Done
from formflow.service.logs import LOG, Ref
from formflow.service.office import Office
from formflow.settings import WorkerSettings

# How long a paper waits for those that go before it, should their worker have died; longer than a reading may take.
LONGEST_TURN_S = 120.0
_LOOK_S = 0.05
_LONGEST_PAUSE_S = 300
_OFFICE = "office"

OnDone = Callable[[Done], None]


def _refusals() -> tuple[type[Exception], ...]:
    """What disk, register and the job engine's own connections raise when they refuse."""
    return (ConnectorException, *failures())


class _Held(Exception):
    """Something in the folder is held back, or has to wait for another folder."""


@contextmanager
def _told() -> Iterator[None]:
    """Logs why a job is going to be tried again; the engine would keep it to itself."""
    try:
        yield
    except _refusals() as error:
        LOG.error("磁盘或登记库出错，稍后再试：%s", in_words(error))
        raise
    except Exception:
        LOG.exception("任务没有办成，稍后再试")
        raise


class _Patience(BaseRetryStrategy):
    """A job is tried again after 1, 2, 4 … seconds, 5 minutes at most, until it succeeds: what was received must not be given up."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision:
        return RetryDecision(retry_at=now() + pause(job.attempts))


def pause(attempts: int) -> timedelta:
    """How long a job rests that has been begun so often before."""
    return timedelta(seconds=min(2 ** min(attempts, 9), _LONGEST_PAUSE_S))


@dataclass(frozen=True, slots=True)
class Bench:
    """What the jobs of this process work with."""

    office: Office
    on_done: OnDone


@app.task(name=queue.PAPER, pass_context=True, retry=_Patience())
def work_on_paper(context: JobContext, claim: str, rank: int) -> None:
    """Works on a claimed file until the register knows what follows."""
    bench: Bench = context.additional_context[_OFFICE]
    job_id, inbox = context.job.id or 0, context.job.queue
    office = replace(bench.office, before_entry=lambda: _await_turn(job_id, inbox, rank))
    with _told(), locks.exclusive(f"formflow/claim/{claim}"):
        for done in _worked_on(office, claim):
            LOG.info("办结（%s）%s：%s", Ref(done.result), done.name, done.message)
            bench.on_done(done)


def _worked_on(office: Office, claim_id: str) -> tuple[Done, ...]:
    if books.is_registered(claim_id):
        submissions.tidy(office.home, claim_id)
        return ()
    claim = claims.find(office.home, claim_id)
    if claim is None or not claim.path.is_file():
        return ()
    LOG.info("识读 %s", Ref(claim_id))
    if claim.slip.attempts >= MOST_ATTEMPTS:
        return (casework.set_aside(office, claim.arrival(), *notes.own_fault(claim_id)),)
    try:
        return casework.handle(office, claim)
    except MemoryError:
        if claims.count_attempt(office.home, claim).slip.attempts < MOST_ATTEMPTS:
            raise
        return (casework.set_aside(office, claim.arrival(), *notes.out_of_memory()),)


def _await_turn(job_id: int, inbox: str, rank: int) -> None:
    """A form is judged when the attachments that lay beside it have been entered."""
    end = time.monotonic() + LONGEST_TURN_S
    while rank and time.monotonic() < end and queue.is_earlier_at_work(job_id, inbox, rank):
        time.sleep(_LOOK_S)


@app.task(name=queue.DELIVERY, pass_context=True, retry=_Patience())
def fill_folder(context: JobContext, folder: str, retry: bool) -> None:
    """Puts into a folder of the outbox what has to stand there."""
    bench: Bench = context.additional_context[_OFFICE]
    with _told():
        is_filled = deliver_folder(bench.office, folder, retry=retry)
    if is_filled:
        return
    if context.job.lock is None:
        raise _Held(folder)
    # A job that is tried again later keeps back those with the same lock: what else is for this folder must not wait with it.
    with books.transaction():
        queue.defer_rest(folder)


def work(office: Office, settings: WorkerSettings, name: str, stop: threading.Event, on_done: OnDone) -> None:
    """Takes jobs until the process is told to stop (SIGTERM, SIGINT), which ends when the job at hand is done. `stop` ends it, too, where
    the database is away."""
    sweeper = threading.Thread(target=_sweep_until, args=(office, settings, stop), daemon=True)
    sweeper.start()
    try:
        while not stop.is_set():
            try:
                _run(Bench(office, on_done), settings, name)
                return
            except _refusals() as error:
                LOG.error("登记库出错，%.0f 秒后再试：%s", RECOVERY_PAUSE_S, in_words(error))
                stop.wait(RECOVERY_PAUSE_S)
    finally:
        stop.set()
        sweeper.join(timeout=5)


def _run(bench: Bench, settings: WorkerSettings, name: str) -> None:
    # A second app with the same tasks: jobs are fetched by its own connections, deferred by the register's.
    worker: App = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
    worker.run_worker(
        name=name,
        concurrency=1,
        delete_jobs="successful",
        additional_context={_OFFICE: bench},
        update_heartbeat_interval=settings.heartbeat_s,
        stalled_worker_timeout=settings.stalled_s,
        fetch_job_polling_interval=settings.heartbeat_s,
    )


def _sweep_until(office: Office, settings: WorkerSettings, stop: threading.Event) -> None:
    """Looks for stalled jobs now and then; one process at a time."""
    from django.db import connection

    while not stop.wait(settings.heartbeat_s):
        try:
            if locks.try_exclusive("formflow/sweep"):
                try:
                    sweep(office, settings.stalled_s)
                finally:
                    locks.release("formflow/sweep")
        except _refusals() as error:
            LOG.warning("没有查成中断的任务：%s", in_words(error))
            connection.close()


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


def _count_attempt(office: Office, arguments: dict[str, Any]) -> None:
    claim = claims.find(office.home, arguments["claim"]) if "claim" in arguments else None
    if claim is not None:
        claims.count_attempt(office.home, claim)
