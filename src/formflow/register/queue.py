"""The jobs that workers on any machine take: papers to be read, folders of the outbox to be filled. PostgreSQL only.

Jobs are deferred through the register's own connection: one that follows from an entry is there when the entry is, or not at all. What a
job does is `service.jobs`; here are only its name and what goes with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import OperationalError, connection

PAPER, DELIVERY = "formflow.paper", "formflow.delivery"
DELIVERIES = "deliveries"
_OPEN = "status IN ('todo', 'doing')"
_noted: ContextVar[set[str] | None] = ContextVar("folders to be delivered", default=None)
_used = False


@dataclass(frozen=True, slots=True)
class PaperJob:
    """A claimed file to be worked on. `inbox` is the inbox it came in, `rank` as in `engine.rank` (a paper waits for those of a lower rank
    that are being worked on), `submission` what it came in the same folder with; those are worked on one after the other."""

    claim_id: str
    inbox: str
    rank: int
    submission: str = ""


def use(is_used: bool = True) -> None:
    """From now on, what this process enters is put into the outbox by workers."""
    global _used
    _used = is_used


def note_folder(folder: str) -> None:
    """A folder of the outbox has something to be put into it or taken back; remembered until the transaction ends."""
    folders = _noted.get()
    if folders is not None:
        folders.add(folder)


@contextmanager
def deliveries_follow() -> Iterator[None]:
    """Around everything that is entered in one transaction, inside of it: defers a delivery for each folder that was noted."""
    if not _used:
        yield
        return
    folders: set[str] = set()
    token = _noted.set(folders)
    try:
        yield
        for folder in sorted(folders):
            defer_delivery(folder)
    finally:
        _noted.reset(token)


def defer_delivery(folder: str, *, retry: bool = False) -> None:
    """A worker will put into this folder what has to stand there. `retry`: also letters that could not be written before."""
    _defer(DELIVERY, {"folder": folder, "retry": retry}, queue=DELIVERIES, lock=f"delivery/{folder}", priority=1)


def defer_rest(folder: str) -> None:
    """A worker will try again, and again, what of this folder had to wait, beside the deliveries of what is new there; one such job is enough."""
    query = (
        f"SELECT 1 FROM procrastinate_jobs WHERE task_name = %s AND {_OPEN} AND lock IS NULL AND args ->> 'folder' = %s"
    )
    if not _asked(query, DELIVERY, folder):
        _defer(DELIVERY, {"folder": folder, "retry": False}, queue=DELIVERIES, lock=None, priority=0)


def defer_paper(job: PaperJob) -> None:
    """A worker will work on this file."""
    lock = f"paper/{job.inbox}/{job.submission}" if job.submission else None
    _defer(PAPER, {"claim": job.claim_id, "rank": job.rank}, queue=job.inbox, lock=lock, priority=0)


def _defer(task: str, arguments: dict[str, Any], **options: Any) -> None:
    from procrastinate.contrib.django import app
    from procrastinate.exceptions import ConnectorException

    try:
        app.configure_task(task, allow_unknown=True, **options).defer(**arguments)
    except ConnectorException as error:
        raise OperationalError(str(error.__cause__ or error)) from error


def open_papers() -> dict[str, int]:
    """How many claimed files each inbox has with the workers."""
    rows = _asked(
        f"SELECT queue_name, count(*) FROM procrastinate_jobs WHERE task_name = %s AND {_OPEN} GROUP BY queue_name",
        PAPER,
    )
    return {str(inbox): int(count) for inbox, count in rows}


def open_claims() -> frozenset[str]:
    """The claims that a worker works on or will."""
    rows = _asked(f"SELECT args ->> 'claim' FROM procrastinate_jobs WHERE task_name = %s AND {_OPEN}", PAPER)
    return frozenset(str(row[0]) for row in rows)


def waiting_folders() -> frozenset[str]:
    """The folders whose delivery no worker has begun."""
    query = "SELECT args ->> 'folder' FROM procrastinate_jobs WHERE task_name = %s AND status = 'todo'"
    return frozenset(str(row[0]) for row in _asked(query, DELIVERY))


def is_earlier_at_work(job_id: int, inbox: str, rank: int) -> bool:
    """Whether a worker is at a paper of the same inbox that came no later and has a lower rank."""
    query = """
        SELECT 1 FROM procrastinate_jobs WHERE task_name = %s AND queue_name = %s AND status = 'doing' AND id < %s
        AND (args ->> 'rank')::int < %s LIMIT 1"""
    return bool(_asked(query, PAPER, inbox, job_id, rank))


def begun_by(worker: int) -> frozenset[int]:
    """The jobs that count as being done by this worker."""
    rows = _asked("SELECT id FROM procrastinate_jobs WHERE worker_id = %s AND status = 'doing'", worker)
    return frozenset(int(row[0]) for row in rows)


def server_time() -> float:
    """What the database's clock says, in seconds since 1970."""
    return float(_asked("SELECT extract(epoch FROM clock_timestamp())")[0][0])


def counts() -> dict[str, dict[str, int]]:
    """For the service's metrics: jobs by state, and the workers that have shown life in the last minute."""
    states = _asked("SELECT status, count(*) FROM procrastinate_jobs GROUP BY 1")
    alive = _asked("SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '1 minute'")
    return {"jobs": {str(state): int(count) for state, count in states}, "workers": {"alive": int(alive[0][0])}}


def _asked(query: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        found: Iterable[tuple[Any, ...]] = cursor.fetchall()
    return list(found)
