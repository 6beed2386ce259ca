"""What a worker does in a process of its own, with a register on PostgreSQL: its tasks called as the engine calls them."""

from __future__ import annotations

import asyncio
import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from formflow.errors import EnvironmentFailure
from formflow.register.location import DatabaseUrl
from formflow.register.setup import open_register
from formflow.settings import WorkerSettings
from support import offices


def refused(work: Callable[[], object]) -> str:
    """By which code it is refused, "" if it is not."""
    try:
        work()
    except EnvironmentFailure as failure:
        return failure.code
    return ""


def given(bench: Any, attempts: int = 0) -> Any:
    """A job as the engine hands it over."""
    job = SimpleNamespace(id=1, worker_id=None, queue="inbox", lock="x", attempts=attempts)
    return SimpleNamespace(additional_context={"office": bench}, job=job)


def where_no_paper_is(url: str, home: Path) -> dict[str, str]:
    """What becomes of jobs about a paper that is not in this folder, by what is the matter."""
    with offices.office(home, location=DatabaseUrl(url)) as office:
        from formflow.register import books, queue
        from formflow.service import jobs
        from formflow.service.office import _refuse_other_folder

        def work(attempts: int) -> str:
            bench = jobs.Bench(office, lambda done: None)
            return refused(lambda: jobs.work_on_paper.func(given(bench, attempts), claim="a", rank=1))

        found = {"nothing waits": refused(lambda: _refuse_other_folder(office.home))}
        with books.transaction():
            queue.defer_paper(queue.PaperJob("a", "inbox", 1))
        found |= {"first": work(0), "third": work(2), "last": work(3)}
        found["one waits"] = refused(lambda: _refuse_other_folder(office.home))
        (office.home.claimed / "a.json").write_text("{}")
        found["one waits here"] = refused(lambda: _refuse_other_folder(office.home))
        shutil.rmtree(office.home.claimed)
        return found | {"share away": work(9)}


def clocks_apart(url: str, home: Path) -> tuple[list[str], list[float]]:
    """By what code jobs are refused on machines whose clock is so many seconds off, and how long they rest after each."""
    with offices.office(home, location=DatabaseUrl(url)) as office:
        from formflow.register import queue
        from formflow.service import jobs, sweeping

        rested: list[float] = []
        sweeping.time = SimpleNamespace(sleep=rested.append, monotonic=time.monotonic)  # type: ignore[assignment]
        bench, codes = jobs.Bench(office, lambda done: None), []
        for off_s in (0, -290, 290, -600, 86_400, 0, 600):
            queue.server_time = lambda off_s=off_s: time.time() + off_s  # type: ignore[misc]
            codes.append(refused(lambda: jobs.fill_folder.func(given(bench), "某单位", False)))
        return codes, rested


def out_of_hand(url: str) -> tuple[list[str], list[str]]:
    """Three jobs count as begun by a worker which has the last one in hand: their states when it has looked once, and twice."""
    open_register(DatabaseUrl(url))
    from formflow.register import books, queue
    from formflow.service import sweeping

    with books.transaction():
        for name in "abc":
            queue.defer_paper(queue.PaperJob(name, "inbox", 1))
    ((worker,),) = queue._asked("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
    begun = "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s RETURNING id"
    *_, (last,) = sorted(queue._asked(begun, worker))
    hand = sweeping.Hand()
    hand.take(int(worker), int(last))
    states = "SELECT status FROM procrastinate_jobs ORDER BY id"
    before = sweeping.take_up_lost(hand, frozenset())
    once = [state for (state,) in queue._asked(states)]
    sweeping.take_up_lost(hand, before)
    return once, [state for (state,) in queue._asked(states)]


def after_a_cut(url: str) -> tuple[list[int], list[int]]:
    """At which of its looks a worker sweeps, at 0, 10, 35, 41 and 650 seconds, when the database was away at the second, and 30 seconds of silence
    are a worker's end; and at which it notes an anchor."""
    open_register(DatabaseUrl(url))
    from formflow.service import sweeping

    looks, clock, swept, anchored = 0, iter((0.0, 0.0, 10.0, 35.0, 41.0, 650.0)), [], []

    def look(*_: object) -> frozenset[int]:
        nonlocal looks
        looks += 1
        if looks == 2:
            raise OSError
        return frozenset()

    sweeping.take_up_lost = look
    sweeping._sweep_alone = lambda *_: swept.append(looks)
    sweeping.time = SimpleNamespace(monotonic=lambda: next(clock))  # type: ignore[assignment]
    stop: Any = SimpleNamespace(wait=lambda _: looks == 5)
    sweeping.anchors.keep = lambda *_: anchored.append(looks)
    office: Any = SimpleNamespace(home=None, now=None)
    sweeping.sweep_until(office, WorkerSettings(stalled_s=30), sweeping.Hand(), stop)
    return swept, anchored


def outlived(url: str, home: Path) -> list[str]:
    """How a worker's engine ends each time, until the worker is told to stop."""
    with offices.office(home, location=DatabaseUrl(url)) as office:
        from procrastinate.exceptions import ConnectorException
        from psycopg_pool import PoolTimeout

        from formflow.service import jobs

        ended: list[str] = []
        stop = threading.Event()

        async def run(*_: object) -> None:
            await asyncio.sleep(0)
            ended.append(("no pool", "cut off", "by itself", "told to")[len(ended)])
            if ended[-1] == "no pool":
                raise PoolTimeout("pool initialization incomplete after 30.0 sec")
            if ended[-1] == "cut off":
                raise ConnectorException
            if ended[-1] == "told to":
                stop.set()

        jobs._run, jobs.RECOVERY_PAUSE_S = run, 0.0  # type: ignore[assignment,misc]
        jobs.work(office, WorkerSettings(), "w", stop, lambda done: None)
        return ended
