"""A file that whoever took it cannot read rests longer each time, on whichever machine that was, and is told for as long as it lies there."""

from __future__ import annotations

import errno
import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from formflow.service import files, given_back
from formflow.service.gate import Gate
from formflow.service.given_back import GivenBack
from formflow.service.home import Home
from formflow.service.inbox import Scan, scan
from formflow.service.inboxes import Inbox
from formflow.service.office import Office
from formflow.service.waiting import OVERDUE_S, looked_up, overdue_in
from formflow.settings import InboxSettings
from support import offices

DENIED = "取不走：读不出来（没有权限）；会再试"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    home.prepare()
    return home


def unreadable(path: Path) -> str:
    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))


def taken_and_given_back(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a worker on another machine does that may not read the file."""
    from formflow.service import claims, jobs

    (claim,) = claims.left_over(office.home)
    with monkeypatch.context() as patched:
        patched.setattr(files, "sha256_of", unreadable)
        assert jobs._worked_on(office, claim.id) == ()
    assert list(claims.left_over(office.home)) == []


def test_given_back_by_a_worker_it_rests_and_is_said_once(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from formflow.service.post import Post

    office = replace(office, inbox_settings=InboxSettings(settle_s=0, network_settle_s=0, rescan_s=0.05))
    monkeypatch.setattr(given_back, "FIRST_REST_S", 100.0)
    offices.drop(office.home.root, offices.COMPLETE)
    post, label = Post(office, Inbox(office.home.inbox)), offices.COMPLETE.name
    for times in (1, 2, 3):
        post.look_through()
        (seen,) = post.in_turn()
        assert post.take(seen)
        taken_and_given_back(office, monkeypatch)
        post.look_through()
        assert list(post.in_turn()) == [], "it rests"
        assert (post.waiting, post.figures().held) == (1, 1)
        ((key, slip),) = given_back.load(office.home, time.time()).items()
        assert (slip.times, key) == (times, seen.key)
        given_back_long_ago(office.home, slip)
        post.gate = Gate(0)  # the service is started anew: tried at once
    assert [record.getMessage() for record in caplog.records if "取不走" in record.getMessage()] == [
        f"{label}：{DENIED}"
    ]


def given_back_long_ago(home: Home, slip: GivenBack) -> None:
    for path in (home.state / "given_back").iterdir():
        text = path.read_text(encoding="utf-8").replace(str(slip.last), str(slip.last - 1000))
        path.write_text(text, encoding="utf-8")


def test_a_list_says_why_and_since_when(home: Home) -> None:
    path = offices.drop(home.root, b"x", "甲.docx")
    since = time.time() - 500
    given_back.note(home, path, "读不出来（没有权限）", since)
    given_back.note(home, path, "读不出来（没有权限）", since + 400)
    (told,) = looked_up(Inbox(home.inbox), InboxSettings(settle_s=0.01), given_back.load(home, time.time()))
    assert (told.name, told.since, told.reason) == ("甲.docx", since, DENIED)


def test_put_back_a_moment_ago_it_has_waited_for_as_long_as_it_has(home: Home) -> None:
    path = offices.drop(home.root, b"x", "甲.docx")
    now = time.time() + OVERDUE_S
    given_back.note(home, path, "读不出来", now - OVERDUE_S - 1)
    given_back.note(home, path, "读不出来", now)
    look, gate = scan(home.inbox, now), Gate(0.01)
    (seen,) = look.papers
    fresh = Scan((replace(seen, stamp=replace(seen.stamp, ctime_ns=int(now * 1e9))),), ())
    gate.settled(fresh.papers, 0.0, now, given_back.load(home, now))
    assert overdue_in(Inbox(home.inbox), fresh, gate, now)[0] == 1
    unknown = Gate(0.01)
    unknown.settled(fresh.papers, 0.0, now)
    assert overdue_in(Inbox(home.inbox), fresh, unknown, now)[0] == 0


def test_each_rest_is_twice_as_long_and_not_for_ever() -> None:
    slips = [GivenBack("甲.docx", 1, 2, "读不出来", 0.0, 1000.0, times) for times in range(1, 12)]
    assert [slip.until - 1000 for slip in slips] == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]


def test_another_content_under_the_same_name_does_not_rest(home: Home) -> None:
    path = offices.drop(home.root, b"x", "甲.docx")
    gate, now = Gate(0.01), time.time()
    gate.settled(scan(home.inbox, now).papers, 0.0, now)
    given_back.note(home, path, "读不出来", now)
    slips = given_back.load(home, now)
    assert gate.settled(scan(home.inbox, now).papers, 0.5, now + 0.5, slips) == ()
    offices.drop(home.root, b"xy", "甲.docx")
    assert len(gate.settled(scan(home.inbox, now).papers, 0.5, now + 0.5, slips)) == 1


def test_slips_are_forgotten_after_an_hour_and_spoiled_ones_at_once(home: Home) -> None:
    path = offices.drop(home.root, b"x", "甲.docx")
    given_back.note(home, path, "读不出来", 1000.0)
    (home.state / "given_back" / "x.json").write_text("{", encoding="utf-8")
    assert len(given_back.load(home, 1000.0 + 3600)) == 1
    assert [path.name for path in (home.state / "given_back").iterdir() if path.stem == "x"] == []
    assert given_back.load(home, 1000.0 + 3601) == {}
    assert list((home.state / "given_back").iterdir()) == []


def test_a_file_that_is_gone_or_a_state_that_takes_nothing_is_no_trouble(home: Home) -> None:
    given_back.note(home, home.inbox / "nowhere.docx", "读不出来", 1.0)
    (home.state / "given_back").write_bytes(b"in the way")
    given_back.note(home, offices.drop(home.root, b"x", "甲.docx"), "读不出来", 1.0)
    assert given_back.load(home, 1.0) == {}
