from __future__ import annotations

import errno
import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from formflow.errors import EnvironmentFailure
from formflow.service.office import Office
from support import offices
from support.serving import serving, wait_for


def has(outbox: Path, name: str) -> Callable[[], bool]:
    return lambda: any(outbox.rglob(name))


def test_the_service_works_off_what_is_there_and_what_comes(tmp_path: Path) -> None:
    offices.drop(tmp_path, offices.COMPLETE)
    with serving(tmp_path) as outbox:
        wait_for(has(outbox, "受理通知书.pdf"))
        offices.drop(tmp_path, offices.INCOMPLETE)
        wait_for(has(outbox, "补正通知书.pdf"))


def test_an_inbox_that_goes_away_and_comes_back_is_watched_again(tmp_path: Path) -> None:
    with serving(tmp_path) as outbox:
        wait_for((tmp_path / "inbox").exists)
        time.sleep(0.2)
        shutil.rmtree(tmp_path / "inbox")
        time.sleep(0.3)
        offices.drop(tmp_path, offices.COMPLETE)
        wait_for(has(outbox, "受理通知书.pdf"))


def test_a_disk_that_fails_for_a_while_does_not_end_the_service(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures = [OSError(errno.ENOSPC, "full"), OSError(errno.ENOSPC, "full")]

    def print_letter(spec, content):
        if failures:
            raise failures.pop()
        return offices.print_plainly(spec, content)

    offices.drop(tmp_path, offices.COMPLETE)
    with offices.office(tmp_path):
        from formflow.service import engine

        monkeypatch.setattr(engine, "RECOVERY_PAUSE_S", 0.05)
    with serving(tmp_path, print_letter=print_letter) as outbox:
        wait_for(has(outbox, "受理通知书.pdf"))
    assert failures == []


def test_run_says_that_the_disk_failed_and_the_next_run_finishes(tmp_path: Path) -> None:
    def full(spec, content):
        raise OSError(errno.ENOSPC, "full")

    offices.drop(tmp_path, offices.COMPLETE)
    with offices.office(tmp_path, print_letter=full) as office:
        from formflow.service import engine

        told: list[str] = []
        with pytest.raises(EnvironmentFailure, match="磁盘已满"):
            engine.work_off(office, lambda done, left: told.append(done.name))
        assert told == [offices.COMPLETE.name]
    with offices.office(tmp_path) as office:
        engine.work_off(office)
        assert any(office.home.outbox.rglob("受理通知书.pdf"))
        from formflow.register.models import Letter, Paper

        assert (Letter.objects.count(), Paper.objects.count()) == (1, 1)


def test_what_ends_the_program_each_time_is_set_aside(tmp_path: Path) -> None:
    class Killed(BaseException):
        pass

    def deadly(path: Path):
        raise Killed

    offices.drop(tmp_path, offices.COMPLETE)
    with offices.office(tmp_path, read=deadly) as office:
        from formflow.service import engine

        for _ in range(1 + engine.MOST_ATTEMPTS):
            with pytest.raises(Killed):
                engine.work_off(office)
        (done,) = engine.work_off(office).done
        assert done.result == "set_aside"
        assert (office.home.outbox / "_待人工处理" / offices.COMPLETE.name).exists()


def test_progress_is_told_for_each_paper(office: Office, tmp_path: Path) -> None:
    from formflow.service import engine

    offices.drop(tmp_path, offices.COMPLETE, age_s=200)
    offices.drop(tmp_path, offices.INCOMPLETE, age_s=100)
    told: list[tuple[str, int]] = []
    engine.work_off(office, lambda done, left: told.append((done.name, left)))
    assert told == [(offices.COMPLETE.name, 1), (offices.INCOMPLETE.name, 0)]


def test_what_is_not_taken_is_in_the_summary(office: Office, tmp_path: Path) -> None:
    from formflow.service import engine

    (office.home.inbox / "link.docx").symlink_to(offices.COMPLETE)
    summary = engine.work_off(office)
    assert [remark.path.name for remark in summary.remarks] == ["link.docx"]
    assert summary.needs_person


def test_a_file_that_cannot_be_taken_does_not_keep_run_for_ever(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from formflow.service import claims, engine

    offices.drop(tmp_path, offices.COMPLETE)
    monkeypatch.setattr(engine, "RUN_PATIENCE_S", 0.1)
    monkeypatch.setattr(claims, "take", lambda *arguments: None)
    (remark,) = engine.work_off(office).remarks
    assert remark.path.name == offices.COMPLETE.name
    assert remark.path.exists()


def test_in_the_service_an_attachment_waits_before_it_is_given_up(tmp_path: Path) -> None:
    patient = replace(offices.AT_ONCE, attachment_wait_s=3600)
    with serving(tmp_path, inbox_settings=patient) as outbox:
        offices.drop(tmp_path, offices.PLAN)
        wait_for(lambda: not offices.names(tmp_path / "inbox"))
        time.sleep(0.3)
        assert offices.names(outbox) == []
        offices.drop(tmp_path, offices.WITH_ATTACHMENTS)
        wait_for(lambda: any(outbox.rglob(f"原件/{offices.PLAN.name}")))


def test_asked_to_stop_it_finishes_the_paper_at_hand_and_no_more(office: Office, tmp_path: Path) -> None:
    from formflow.service import engine

    for number in range(5):
        offices.drop(tmp_path, f"no form {number}".encode(), f"{number}.txt")
    stop, wake, done = threading.Event(), threading.Event(), []

    def told(one, left) -> None:
        done.append(one.name)
        stop.set()
        wake.set()

    engine.serve(office, stop, wake, told)
    assert len(done) == 1
    assert len(offices.names(tmp_path / "inbox")) == 4
    assert offices.names(office.home.claimed) == []


def test_a_long_line_is_left_now_and_then_to_look_for_what_has_come(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What comes later and goes before the others (an attachment before its form) is not at the end of a line of thousands."""
    from formflow.service import engine, post

    monkeypatch.setattr(post, "SLICE_S", 0.0)
    monkeypatch.setattr(post, "_SLICE_LOOKS", 0)
    for number in range(4):
        offices.drop(tmp_path, f"no form {number}".encode(), f"{number}.txt")
    order = []

    def told(one, left) -> None:
        if not order:
            offices.drop(tmp_path, offices.PLAN)
            time.sleep(0.05)
        order.append(one.name)

    engine.work_off(office, told)
    assert order.index(offices.PLAN.name) == 1


def test_an_attachment_is_not_given_up_while_its_form_lies_further_back_in_the_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from formflow.service import post

    monkeypatch.setattr(post, "SLICE_S", 0.0)
    monkeypatch.setattr(post, "_SLICE_LOOKS", 0)
    offices.drop(tmp_path, offices.PLAN, age_s=900)
    for number in range(3):
        offices.drop(tmp_path, f"no form {number}".encode(), f"{number}.txt", age_s=800)
    offices.drop(tmp_path, offices.WITH_ATTACHMENTS, age_s=100)
    begun = time.monotonic()

    def now() -> datetime:
        return offices.NOW + timedelta(seconds=time.monotonic() - begun)

    impatient = replace(offices.AT_ONCE, attachment_wait_s=0.001)
    with serving(tmp_path, inbox_settings=impatient, now=now) as outbox:
        wait_for(has(outbox, "受理通知书.pdf"))
        wait_for(lambda: not offices.names(tmp_path / "inbox"))
    assert any(outbox.rglob(f"原件/{offices.PLAN.name}"))


def test_a_stop_is_noticed_at_once_and_events_do_not_make_it_run_hot() -> None:
    from formflow.service.engine import rest

    stop, wake = threading.Event(), threading.Event()
    wake.set()
    begun = time.monotonic()
    rest(stop, wake, 0.2, 10.0)
    assert 0.2 <= time.monotonic() - begun < 5
    stop.set()
    begun = time.monotonic()
    rest(stop, wake, 30.0, 60.0)
    assert time.monotonic() - begun < 5


def test_an_inbox_that_is_away_is_in_the_summary(office: Office) -> None:
    from formflow.service import engine

    office.home.inbox.rmdir()
    summary = engine.work_off(office)
    (remark,) = summary.remarks
    assert "打不开" in remark.text
    assert summary.needs_person


def test_a_file_that_nobody_but_a_person_can_free_does_not_keep_run_waiting(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from formflow.service import complete, engine

    offices.drop(tmp_path, offices.COMPLETE)
    monkeypatch.setattr(engine, "RUN_PATIENCE_S", 3600.0)

    def no_permission(path: Path) -> bool:
        raise PermissionError(errno.EACCES, "denied")

    monkeypatch.setattr(complete, "_is_whole", no_permission)

    (remark,) = engine.work_off(office).remarks
    assert "没有读取权限" in remark.text
