"""What a worker does: reads, judges and enters claimed papers, and fills the folders of the outbox. For a register on PostgreSQL.

In: jobs out of the register (`register.queue`). Out: entries and files, as `engine` makes them on one machine. A worker that is killed leaves
its jobs as they were: they count as stalled when nothing has been heard of it for a while, and are given to another. So every job may be
done twice, and the second time finds the work done. What ends a worker time and again is set aside; a full disk or a database that is away
is only waited for.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace

from django.utils.timezone import now
from procrastinate import App, BaseRetryStrategy, JobContext, PsycopgConnector, RetryDecision
from procrastinate.contrib.django import app, connector_params
from procrastinate.jobs import Job

from formflow.errors import EnvironmentFailure, in_words
from formflow.register import books, locks, queue
from formflow.service import casework, claims, notes, submissions
from formflow.service.apart import refuse_apart
from formflow.service.clock import ClockWatch
from formflow.service.delivery import deliver_folder
from formflow.service.engine import MOST_ATTEMPTS, RECOVERY_PAUSE_S
from formflow.service.filing import Done
from formflow.service.logs import LOG, Ref
from formflow.service.office import Office
from formflow.service.sweeping import Hand, pause, refusals, sweep_until
from formflow.settings import WorkerSettings

# How long a paper waits for those that go before it, should their worker have died; longer than a reading may take.
LONGEST_TURN_S = 120.0
_LOOK_S = 0.05
_TICK_S = 0.25
# The engine's own: one to listen, besides, and few are ever wanted at once. For how long one is waited for when the database is away.
_MOST_CONNECTIONS, _CONNECT_S = 4, 10.0
_OFFICE = "office"

OnDone = Callable[[Done], None]


class _Held(Exception):
    """Something in the folder is held back, or has to wait for another folder."""


class _Patience(BaseRetryStrategy):
    """A job is tried again after 1, 2, 4 … seconds, 5 minutes at most, until it succeeds: what was received must not be given up."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision:
        return RetryDecision(retry_at=now() + pause(job.attempts))


@dataclass(frozen=True, slots=True)
class Bench:
    """What the jobs of this process work with."""

    office: Office
    on_done: OnDone
    hand: Hand = field(default_factory=Hand)


@contextmanager
def _in_hand(bench: Bench, job: Job) -> Iterator[Office]:
    """Around all that is done for a job; gives the office to do it in, whose clock is watched until it is done. Logs why it is going to be
    tried again; the engine would keep it to itself."""
    bench.hand.take(job.worker_id, job.id)
    try:
        refuse_apart(queue.server_time(), time.time())
        yield replace(bench.office, now=ClockWatch(bench.office.now).now)
        bench.hand.succeeded()
    except refusals() as error:
        LOG.error("磁盘或登记库出错，稍后再试：%s", in_words(error))
        bench.hand.rest()
        raise
    except Exception:
        LOG.exception("任务没有办成，稍后再试")
        bench.hand.rest()
        raise
    finally:
        bench.hand.lay_down()


@app.task(name=queue.PAPER, pass_context=True, retry=_Patience())
def work_on_paper(context: JobContext, claim: str, rank: int) -> None:
    """Works on a claimed file until the register knows what follows."""
    bench: Bench = context.additional_context[_OFFICE]
    job_id, inbox = context.job.id or 0, context.job.queue
    with _in_hand(bench, context.job) as office, locks.exclusive(f"formflow/claim/{claim}"):
        office = replace(office, before_entry=lambda: _await_turn(job_id, inbox, rank))
        for done in _worked_on(office, claim, context.job.attempts):
            LOG.info("办结（%s）%s：%s", Ref(done.result), done.name, done.message)
            bench.on_done(done)


def _worked_on(office: Office, claim_id: str, begun_before: int = 0) -> tuple[Done, ...]:
    if books.is_registered(claim_id):
        submissions.tidy(office.home, claim_id)
        return ()
    claim = claims.find(office.home, claim_id)
    if claim is None or not claim.path.is_file():
        _miss(office, claim_id, begun_before)
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


def _miss(office: Office, claim_id: str, begun_before: int) -> None:
    """A claim that is not there has been given back to the inbox; or this is not the folder `serve` claims for, and then it must not be lost:
    another worker may find it. Raises EnvironmentFailure (`claim_missing`) until that has been tried some times."""
    if begun_before < MOST_ATTEMPTS or not office.home.claimed.is_dir():
        raise EnvironmentFailure(
            "收下的一份材料不在这台机器的工作文件夹里",
            "请核对 --home 和 serve 的是同一个文件夹，共享文件夹已经挂上。",
            "claim_missing",
        )
    LOG.error("%s 不在工作文件夹里，不再找；没有放回收件箱的，重新启动 serve 就会再分派", Ref(claim_id))


def _await_turn(job_id: int, inbox: str, rank: int) -> None:
    """A form is judged when the attachments that lay beside it have been entered."""
    end = time.monotonic() + LONGEST_TURN_S
    while rank and time.monotonic() < end and queue.is_earlier_at_work(job_id, inbox, rank):
        time.sleep(_LOOK_S)


@app.task(name=queue.DELIVERY, pass_context=True, retry=_Patience())
def fill_folder(context: JobContext, folder: str, retry: bool) -> None:
    """Puts into a folder of the outbox what has to stand there."""
    bench: Bench = context.additional_context[_OFFICE]
    with _in_hand(bench, context.job) as office:
        is_filled = deliver_folder(office, folder, retry=retry)
    if is_filled:
        return
    if context.job.lock is None:
        raise _Held(folder)
    # A job that is tried again later keeps back those with the same lock: what else is for this folder must not wait with it.
    with books.transaction():
        queue.defer_rest(folder)


def work(office: Office, settings: WorkerSettings, name: str, stop: threading.Event, on_done: OnDone) -> None:
    """Takes jobs until `stop` is set, which ends it when the job at hand is done. A database that is away is waited for, however long."""
    bench = Bench(office, on_done)
    sweeper = threading.Thread(target=sweep_until, args=(office, settings, bench.hand, stop), daemon=True)
    sweeper.start()
    try:
        while not stop.is_set():
            said = "连接断了"
            try:
                # psycopg works with no other loop, which on Windows is not the usual one.
                with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
                    runner.run(_run(bench, settings, name, stop))
            except refusals() as error:
                said = in_words(error)
            if not stop.is_set():
                LOG.error("登记库出错，%.0f 秒后再试：%s", RECOVERY_PAUSE_S, said)
                stop.wait(RECOVERY_PAUSE_S)
    finally:
        stop.set()
        sweeper.join(timeout=5)


async def _run(bench: Bench, settings: WorkerSettings, name: str, stop: threading.Event) -> None:
    """The engine, until it is told to stop. It ends by itself, as if it had been told, when one of its connections could not be had again."""
    running = asyncio.create_task(_engine(bench, settings, name))
    while not running.done() and not stop.is_set():
        await asyncio.wait({running}, timeout=_TICK_S)
    running.cancel()  # by which the engine finishes the job at hand, and ends
    with suppress(asyncio.CancelledError):
        await running


async def _engine(bench: Bench, settings: WorkerSettings, name: str) -> None:
    # A second app with the same tasks: jobs are fetched by its own connections, deferred by the register's.
    worker: App = app.with_connector(
        PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=_MOST_CONNECTIONS, timeout=_CONNECT_S)
    )
    async with worker.open_async():
        await worker.run_worker_async(
            name=name,
            concurrency=1,
            delete_jobs="successful",
            additional_context={_OFFICE: bench},
            install_signal_handlers=False,
            update_heartbeat_interval=settings.heartbeat_s,
            stalled_worker_timeout=settings.stalled_s,
            fetch_job_polling_interval=settings.heartbeat_s,
        )
