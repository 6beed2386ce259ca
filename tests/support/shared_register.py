"""What a process of its own does with a register on PostgreSQL. A test process that has opened a register in a file cannot open one there."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from formflow.register.location import DatabaseUrl
from formflow.register.setup import open_register
from support import offices, postgres
from support.postgres import Server


@contextmanager
def processes(count: int) -> Iterator[ProcessPoolExecutor]:
    """Processes that have opened no register yet."""
    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
        yield pool


def alone(function: Callable[..., Any], *arguments: Any) -> Any:
    """What a function gives in a process of its own."""
    with processes(1) as pool:
        return pool.submit(function, *arguments).result(timeout=120)


def give_numbers(url: str, count: int) -> list[int]:
    """Opens the register, whoever opens it at the same time, and gives numbers, each with an event."""
    open_register(DatabaseUrl(url))
    from formflow.register import books, numbers, rounds
    from support.rounds import TODAY, letter_of

    given = []
    for _ in range(count):
        with books.transaction():
            number = numbers.give("通工发", 2022, rounds.add_final(letter_of("决定"), TODAY))
            books.add_event(offices.NOW, "numbered", str(number), after={"b": 1, "a": [2.5, "二"]})
        given.append(number.number)
    return given


def verified(url: str) -> tuple[int, Any]:
    """How many events there are, and where the chain is broken."""
    open_register(DatabaseUrl(url))
    from formflow.register import journal, proof

    verdict = proof.examine(journal.entries(), (), journal.find)
    return verdict.count, verdict.broken


def submissions_found(url: str, folders: list[str], asked: str) -> list[str]:
    """The folders of those papers that count as having come in the inbox folder `asked` or in an archive in it."""
    open_register(DatabaseUrl(url))
    from formflow.register import books, cases
    from formflow.register import models as rows
    from formflow.register.entries import Arrival

    with books.transaction():
        for number, folder in enumerate(folders):
            arrival = Arrival(f"claim-{number}", "x.docx", folder, f"{number:064}", 1, offices.NOW)
            books.add_paper(arrival, kind="application", state="filed")
    return sorted(rows.Paper.objects.filter(cases._within(asked)).values_list("submission", flat=True))


def deferred_with_its_entry(url: str) -> tuple[list[str], list[str], dict[str, dict[str, int]]]:
    """The deliveries that wait after a transaction that was undone, and after one that was not; and the figures then."""
    open_register(DatabaseUrl(url))
    from formflow.register import books, figures, publications, queue
    from formflow.register.entries import PlannedBundle, PlannedFile

    queue.use()
    bundle = PlannedBundle("note/1", "某单位", "说明", (PlannedFile("note", ".txt", text="…"),))
    try:
        with books.transaction():
            publications.add_bundle(bundle)
            raise RuntimeError
    except RuntimeError:
        undone = sorted(queue.waiting_folders())
    with books.transaction():
        publications.add_bundle(bundle)
    return undone, sorted(queue.waiting_folders()), figures.counts()


def sweep_three_times(url: str, home: Path) -> tuple[list[tuple[int, str, bool]], str]:
    """A paper whose worker falls silent again and again: after each sweep the attempts on its slip, its job's state and whether it is to
    rest a while; and what becomes of it in the end."""
    with offices.office(home, location=DatabaseUrl(url)) as office:
        from django.db import connection

        from formflow.register import books, queue
        from formflow.register import models as rows
        from formflow.service import claims, jobs, sweeping
        from formflow.service.inbox import scan

        queue.use()
        offices.drop(home, offices.COMPLETE)
        (seen,) = scan(office.home.inbox, 0).papers
        claim = claims.take(office.home, seen, office.now())
        assert claim is not None
        with books.transaction():
            queue.defer_paper(queue.PaperJob(claim.id, "inbox", 1))
        seen_so_far = []
        for _ in range(3):
            with connection.cursor() as cursor:
                cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', scheduled_at = NULL")
                assert sweeping.sweep(office, 30) == 1
                cursor.execute("SELECT status, scheduled_at > now() FROM procrastinate_jobs")
                state, rests = cursor.fetchone()
            found = claims.find(office.home, claim.id)
            assert found is not None
            seen_so_far.append((found.slip.attempts, state, rests))
        (done,) = jobs._worked_on(office, claim.id)
        assert rows.Paper.objects.get().state == done.result
        assert sorted(queue.waiting_folders()) == [done.folder]
        return seen_so_far, done.result


def enter_twice(url: str, home: Path) -> list[str]:
    """What becomes of a form that another worker enters while this one is reading the same content."""
    with offices.office(home, location=DatabaseUrl(url)) as office:
        from dataclasses import replace

        from formflow.service import casework, claims
        from formflow.service.inbox import scan

        for name in ("甲.docx", "乙.docx"):
            offices.drop(home, offices.COMPLETE, name)
        taken = [claims.take(office.home, seen, office.now()) for seen in scan(office.home.inbox, 0).papers]
        first, second = (claim for claim in taken if claim is not None)
        results: list[str] = []

        def meanwhile() -> None:
            results.extend(done.result for done in casework.handle(office, second))

        results.extend(done.result for done in casework.handle(replace(office, before_entry=meanwhile), first))
        return results


def too_long_for_its_column(url: str, home: Path) -> list[str]:
    """What becomes of a form with a name that no column takes."""
    with offices.office(home, location=DatabaseUrl(url)) as office:
        from formflow.service import casework, claims
        from formflow.service.inbox import scan

        offices.drop(home, offices.rewritten(offices.COMPLETE, {offices.COMPLETE_UNIT: "长" * 600 + "中心"}), "长.docx")
        (seen,) = scan(office.home.inbox, 0).papers
        claim = claims.take(office.home, seen, office.now())
        assert claim is not None
        return [done.result for done in casework.handle(office, claim)]


def copies_before_the_original(url: str, home: Path) -> tuple[bool, bool, bool, list[str]]:
    """An archive that belongs to two cases: whether its own folder could be filled before the other had its copy; then the other; then its
    own again; and what stands in the outbox."""
    with offices.office(home, location=DatabaseUrl(url)) as office:
        from formflow.register import books, publications
        from formflow.register.entries import Arrival, PlannedBundle, PlannedFile
        from formflow.service import unpacked
        from formflow.service.delivery import deliver_folder

        unpacked.lay_out(office.home, "20220310093000-a", "套件.zip", b"archive")
        sha256 = hashlib.sha256(b"archive").hexdigest()
        arrival = Arrival("20220310093000-a", "套件.zip", "", sha256, 7, office.now() - timedelta(minutes=1))
        with books.transaction():
            paper = books.add_paper(arrival, kind="container", state="filed")
            for what, folder in (("copy", "乙"), ("original", "甲")):
                file = PlannedFile(what, ".zip", sha256=sha256)  # type: ignore[arg-type]
                publications.add_bundle(PlannedBundle(f"{what}/1", folder, "套件", (file,)), paper=paper)
        first = deliver_folder(office, "甲")
        return first, deliver_folder(office, "乙"), deliver_folder(office, "甲"), offices.names(office.home.outbox)


def held_back_beside_the_others(url: str, home: Path) -> tuple[list[str], list[tuple[Any, ...]], bool]:
    """Of two files for one folder the first is refused by the system: what stands there after the delivery; the jobs that wait then, each with
    its lock, after two such deliveries; and whether the waiting one, done again, asks to be tried again."""
    with offices.office(home, location=DatabaseUrl(url)) as office:
        from types import SimpleNamespace

        from formflow.register import books, publications, queue
        from formflow.register.entries import PlannedBundle, PlannedFile
        from formflow.service import jobs, outbox

        queue.use(False)
        with books.transaction():
            for stem in ("甲", "乙"):
                file = PlannedFile("note", ".txt", text="…")
                publications.add_bundle(PlannedBundle(f"note/{stem}", "某单位", stem, (file,)))
        real = outbox.publish

        def publish(folder: Path, bundle: Any, materials: Any) -> None:
            if bundle[0].stem == "甲":
                raise OSError(errno.ENAMETOOLONG, "", str(folder / "甲"))
            real(folder, bundle, materials)

        outbox.publish = publish
        bench = {"office": jobs.Bench(office, lambda done: None)}
        locked, free = (
            SimpleNamespace(job=SimpleNamespace(id=1, worker_id=None, lock=lock), additional_context=bench)
            for lock in ("delivery/某单位", None)
        )
        for _ in range(2):
            jobs.fill_folder.func(locked, "某单位", False)
        waiting = queue._asked("SELECT lock, args ->> 'folder', status FROM procrastinate_jobs")
        try:
            jobs.fill_folder.func(free, "某单位", False)
        except jobs._Held:
            return offices.names(office.home.outbox), waiting, True
        return offices.names(office.home.outbox), waiting, False


def forms_wait_for_attachments(url: str, home: Path) -> tuple[list[bool], list[tuple[int, str, int]], str]:
    """Whether a paper of a higher rank, of the same rank, of another inbox and one that came earlier have to wait for an attachment that is
    being read; then what a form asked before it was entered, and what became of it."""
    with offices.office(home, location=DatabaseUrl(url)) as office:
        from types import SimpleNamespace

        from django.db import connection

        from formflow.register import books, queue
        from formflow.service import claims, jobs
        from formflow.service.inbox import scan

        with books.transaction():
            queue.defer_paper(queue.PaperJob("attachment", "inbox", 0))
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' RETURNING id")
            (first,) = cursor.fetchone()
        asked = [
            queue.is_earlier_at_work(job_id, inbox, rank)
            for job_id, inbox, rank in (
                (first + 1, "inbox", 1),
                (first + 1, "inbox", 0),
                (first + 1, "inbox/东县", 1),
                (first, "inbox", 1),
            )
        ]

        offices.drop(home, offices.COMPLETE)
        (seen,) = scan(office.home.inbox, 0).papers
        claim = claims.take(office.home, seen, office.now())
        assert claim is not None
        questions: list[tuple[int, str, int]] = []

        def earlier(*question: Any) -> bool:
            assert not books.is_registered(claim.id)
            questions.append(question)
            return len(questions) < 3

        queue.is_earlier_at_work = earlier
        results: list[str] = []
        bench = jobs.Bench(office, lambda done: results.append(done.result))
        job = SimpleNamespace(id=first + 1, worker_id=None, queue="inbox", attempts=0)
        jobs.work_on_paper.func(SimpleNamespace(additional_context={"office": bench}, job=job), claim=claim.id, rank=1)
        (result,) = results
        return asked, questions, result


def one_at_a_time(url: str) -> list[str]:
    """In which order two threads are in a block of one name, when the second comes while the first is inside; and then in blocks that are
    shared."""
    open_register(DatabaseUrl(url))
    from threading import Event, Thread

    from django.db import connection

    from formflow.register import locks

    order: list[str] = []
    is_inside = Event()

    def second() -> None:
        is_inside.wait(10)
        with locks.exclusive("x"):
            order.append("second")
        connection.close()

    thread = Thread(target=second)
    thread.start()
    with locks.exclusive("x"):
        is_inside.set()
        thread.join(0.5)
        order.append("first")
    thread.join(10)

    def sharer() -> None:
        with locks.shared("y"):
            order.append("beside")
        connection.close()

    with locks.shared("y"):
        thread = Thread(target=sharer)
        thread.start()
        thread.join(10)
        order.append("shared")
    return order


def cut_off(database: str) -> None:
    """Ends this thread's connection from the server's side, as a network or an administrator does."""
    import psycopg
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        ((pid,),) = cursor.fetchall()
    with psycopg.connect(database, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", (pid,))


def put_in_place(server: Server, url: str, other: str) -> None:
    """Another database in the place of one, by its name."""
    name, its = (urlsplit(one).path.removeprefix("/") for one in (url, other))
    postgres.tell(server.url("postgres"), f"DROP DATABASE {name} WITH (FORCE)")
    postgres.tell(server.url("postgres"), f"CREATE DATABASE {name} TEMPLATE {its}")


def connected_again(url: str, meanwhile: Callable[[], None]) -> str:
    """Enters something, loses its connection, and enters more with the next one: the code of what then stands in the way, "" for nothing."""
    open_register(DatabaseUrl(url))
    from django.db import connection

    from formflow.errors import EnvironmentFailure
    from formflow.register import books

    def enter() -> None:
        with books.transaction():
            books.add_event(offices.NOW, "received", "x")

    enter()
    enter()
    connection.close()
    meanwhile()
    try:
        enter()
    except EnvironmentFailure as failure:
        return failure.code
    return ""


def locks_after_a_cut(url: str) -> tuple[int, int]:
    """How many sessions share the house, before a connection was cut and after its next query."""
    open_register(DatabaseUrl(url))
    from django.db import connection

    from formflow.register import locks, queue
    from formflow.service.office import _enter_house

    held = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ShareLock' AND granted"
    _enter_house(True)
    ((before,),) = queue._asked(held)
    cut_off(url)
    connection.close()
    ((after,),) = queue._asked(held)
    assert locks.is_shared()
    return before, after


def durability_of(url: str) -> str:
    """Whether a commit of a connection that formflow has opened waits for the disk."""
    open_register(DatabaseUrl(url))
    from formflow.register import queue

    return str(queue._asked("SHOW synchronous_commit")[0][0])


def patience_with(url: str) -> list[int]:
    """After how many seconds of silence the server asks whether a client is still there, how often it asks again after how many, and after
    how many it gives up."""
    open_register(DatabaseUrl(url))
    from formflow.register import queue

    names = ("tcp_keepalives_idle", "tcp_keepalives_count", "tcp_keepalives_interval", "tcp_user_timeout")
    return [int(queue._asked("SELECT setting FROM pg_settings WHERE name = %s", name)[0][0]) for name in names]


def opened_while_at_work(url: str) -> str:
    """What somebody is told who opens a register while another, whom its own connection stands for, works with it."""
    import psycopg

    from formflow.errors import EnvironmentFailure
    from formflow.register import locks

    with psycopg.connect(url, autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock_shared(%s)", (locks._key(locks.HOUSE),))
        try:
            open_register(DatabaseUrl(url))
        except EnvironmentFailure as failure:
            return failure.code
    return ""


def opened(url: str) -> None:
    """Opens the register, and is done."""
    open_register(DatabaseUrl(url))
