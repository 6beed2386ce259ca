"""What waits in an inbox, as one look finds it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from formflow.service import complete, waiting
from formflow.service.home import Home
from formflow.service.inboxes import Inbox, inboxes_of
from formflow.settings import CountySettings, InboxSettings
from support import offices

SETTINGS = InboxSettings(settle_s=0.01, network_settle_s=0.01)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    home.prepare()
    return home


def test_the_oldest_is_first_and_is_called_by_where_it_lies(home: Home) -> None:
    offices.drop(home.root, b"one", "甲/乙/1.txt")
    time.sleep(0.02)
    (home.inbox / "2.txt").symlink_to(home.inbox)
    time.sleep(0.02)
    offices.drop(home.root, b"three", "3.txt")
    found = waiting.looked_up(Inbox(home.inbox), SETTINGS)
    assert [one.name for one in found] == ["甲/乙/1.txt", "2.txt", "3.txt"]
    assert sorted(one.since for one in found) == [one.since for one in found]


def test_those_of_a_county_are_called_by_its_name(home: Home) -> None:
    common, county = inboxes_of(home, [CountySettings("东县", "east")])
    (home.root / "east" / "甲").mkdir(parents=True)
    (home.root / "east" / "甲" / "1.txt").write_bytes(b"one")
    assert waiting.looked_up(common, SETTINGS) == ()
    assert [one.name for one in waiting.looked_up(county, SETTINGS)] == ["东县：甲/1.txt"]


def test_of_a_heap_only_the_oldest_are_opened(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(6):
        offices.drop(home.root, b"%PDF-1.7 half", f"{number}.pdf")
    time.sleep(0.03)
    opened: list[str] = []
    check = complete.is_being_written

    def counted(path: Path) -> bool:
        opened.append(path.name)
        return check(path)

    monkeypatch.setattr(complete, "is_being_written", counted)
    monkeypatch.setattr(waiting, "_MOST_OPENED", 2)
    assert len(waiting.looked_up(Inbox(home.inbox), SETTINGS)) == 6
    assert opened == ["0.pdf", "1.pdf"]


def test_looking_changes_nothing(home: Home) -> None:
    offices.drop(home.root, b"one", "1.txt")
    before = offices.tree(home.root)
    waiting.looked_up(Inbox(home.inbox), SETTINGS)
    assert offices.tree(home.root) == before


def test_a_note_without_anything_overdue_is_empty() -> None:
    assert waiting.note_text(0, ()) == ""
