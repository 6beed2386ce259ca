"""A clock that goes back or leaps ahead is not worked with; a person who says that it is right is entered."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from formflow.errors import EnvironmentFailure
from formflow.model.document import Document
from formflow.reading.contents import Bundle
from formflow.service.office import Office
from support import offices

NEW_YEAR = datetime(2023, 1, 1, 0, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


class Clock:
    """What the machine says, and what has really gone by."""

    def __init__(self) -> None:
        self.at, self.seconds = NEW_YEAR, 0.0

    def __call__(self) -> datetime:
        return self.at

    def passes(self, really: timedelta, said: timedelta | None = None) -> None:
        self.seconds += really.total_seconds()
        self.at += really if said is None else said


def entered(at: datetime) -> None:
    from formflow.register import books

    with books.transaction():
        books.add_event(at, "set_aside", "甲")


@pytest.mark.parametrize(
    ("really", "said", "code"),
    [
        (timedelta(minutes=5), timedelta(minutes=5), ""),
        (timedelta(days=20), timedelta(days=20), ""),  # nothing came for so long, or the machine slept
        (timedelta(minutes=5), timedelta(minutes=-40), ""),  # put right by a time server
        (timedelta(minutes=5), timedelta(hours=-2), "clock_back"),  # over New Year: back into last year's numbers
        (timedelta(minutes=5), timedelta(days=-365), "clock_back"),
        (timedelta(minutes=5), timedelta(hours=23), ""),
        (timedelta(minutes=5), timedelta(days=2), "clock_ahead"),
        (timedelta(days=3), timedelta(days=300), "clock_ahead"),
    ],
)
def test_what_is_believed(office: Office, really: timedelta, said: timedelta, code: str) -> None:
    from formflow.service.clock import ClockWatch

    entered(NEW_YEAR)
    clock = Clock()
    watch = ClockWatch(clock, lambda: clock.seconds)
    watch.check()
    clock.passes(really, said)
    for _ in range(2):
        if not code:
            watch.check()
            continue
        with pytest.raises(EnvironmentFailure) as caught:
            watch.check()
        assert (caught.value.code, "核对" in caught.value.remedy) == (code, True)
    clock.at = NEW_YEAR + really
    watch.check()


def test_a_run_with_the_clock_of_last_year_enters_nothing(office: Office) -> None:
    from formflow.register import models as rows
    from formflow.service import engine

    entered(offices.NOW + timedelta(days=300))
    offices.drop(office.home.root, offices.COMPLETE)
    with pytest.raises(EnvironmentFailure, match="比最近一次办理") as caught:
        engine.work_off(office)
    assert "--trust-clock" in caught.value.remedy
    assert (rows.Paper.objects.count(), len(list(office.home.inbox.iterdir()))) == (0, 1)


def test_a_file_that_was_received_later_than_now_waits(office: Office) -> None:
    from formflow.register import models as rows
    from formflow.service import claims, engine
    from formflow.service.inbox import scan

    path = offices.drop(office.home.root, offices.COMPLETE)
    [seen] = scan(office.home.inbox, path.stat().st_mtime + 60).papers
    assert claims.take(office.home, seen, offices.NOW + timedelta(days=400)) is not None
    with pytest.raises(EnvironmentFailure, match="比最近一次办理"):
        engine.work_off(office)
    assert rows.Paper.objects.count() == 0


def test_a_person_s_word_is_entered_and_counts_from_then_on(office: Office) -> None:
    from formflow.register import models as rows
    from formflow.service import engine
    from formflow.service.clock import trust

    entered(offices.NOW + timedelta(days=10_000))
    offices.drop(office.home.root, offices.COMPLETE)
    trust(offices.NOW)
    [done] = engine.work_off(office).done
    assert done.result == "accepted"
    told = rows.Event.objects.get(what="clock_trusted")
    assert told.before["last"].startswith("2049")
    assert told.after["now"] == offices.NOW.isoformat()


def test_a_clock_that_is_set_while_papers_are_worked_on_gives_no_paper_its_day(office: Office) -> None:
    """What is entered bears the right day; the paper at hand and those after it wait, and are entered when the clock is right."""
    from formflow.register import models as rows
    from formflow.service import engine

    days, read = [offices.NOW], 0

    def read_and_set(path: Path) -> Document | Bundle:
        nonlocal read
        read += 1
        if read == 2:
            days[0] = offices.NOW + timedelta(days=300)
        return offices.read_in_process(path)

    watched = replace(office, now=lambda: days[0], read=read_and_set)
    for number in range(4):
        offices.drop(office.home.root, f"no form {number}".encode() * 9, f"{number}.txt")
    offices.drop(office.home.root, offices.COMPLETE, age_s=900)
    with pytest.raises(EnvironmentFailure, match="忽然快了 300 天"):
        engine.work_off(watched)
    assert rows.Paper.objects.count() == 1
    days[0] = offices.NOW
    engine.work_off(watched)
    assert rows.Paper.objects.count() == 5
    assert {paper.received_at for paper in rows.Paper.objects.all()} == {offices.NOW}
    assert {event.at for event in rows.Event.objects.all()} == {offices.NOW}


def test_a_clock_that_goes_back_while_papers_are_worked_on_is_noticed(office: Office) -> None:
    from formflow.service.clock import ClockWatch

    clock = Clock()
    watch = ClockWatch(clock, lambda: clock.seconds)
    clock.passes(timedelta(minutes=1), timedelta(days=-300))
    assert watch.now() == clock.at, "nothing was entered later than that: it was wrong before"
    clock.passes(timedelta(minutes=1), timedelta(days=300))
    with pytest.raises(EnvironmentFailure, match="忽然快了 300 天"):
        watch.now()
    clock.at = NEW_YEAR
    watch = ClockWatch(clock, lambda: clock.seconds)
    entered(watch.now())
    clock.passes(timedelta(minutes=1), timedelta(days=-300))
    for _ in range(2):
        with pytest.raises(EnvironmentFailure, match="比最近一次办理"):
            watch.now()
    clock.passes(timedelta(minutes=1), timedelta(days=300))
    assert watch.now() == clock.at
