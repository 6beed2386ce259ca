from __future__ import annotations

from pathlib import Path

import pytest

from formflow.errors import EnvironmentFailure
from formflow.register.proof import Anchor
from formflow.service.home import Home
from formflow.service.office import Office, opened
from support import offices
from support.offices import NOW
from support.serving import serving, wait_for

HASH = "0123456789abcdef" * 4


def test_what_is_noted_is_read_again_and_only_once(office: Office) -> None:
    from formflow.service import anchors

    home = office.home
    assert anchors.read(home) == ()
    for anchor in (None, Anchor(3, HASH), Anchor(3, HASH), Anchor(5, HASH[::-1])):
        anchors.note(home, anchor, NOW)
    assert anchors.read(home) == (Anchor(3, HASH), Anchor(5, HASH[::-1]))


def test_a_line_that_was_cut_is_passed_over(office: Office) -> None:
    from formflow.service import anchors

    home = office.home
    anchors.note(home, Anchor(3, HASH), NOW)
    with (home.log / "anchors.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"at": "2022", "count": 4, "ha\n[]\n\n')
    anchors.note(home, Anchor(5, HASH), NOW)
    assert [anchor.count for anchor in anchors.read(home)] == [3, 5]


def test_where_the_chain_stands_is_kept_at_start_and_at_the_end(tmp_path: Path) -> None:
    with opened(Home(tmp_path)):
        from formflow.register import books, journal

        with books.transaction():
            books.add_event(NOW, "set_aside", "坏.docx")
        expected = journal.latest()
    with opened(Home(tmp_path)):
        from formflow.service import anchors

        assert anchors.read(Home(tmp_path)) == (expected,)


def test_a_chain_that_lost_its_end_is_said_at_the_next_start_and_not_taken_for_the_truth(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    from formflow.register import books, journal
    from formflow.register.models import Event
    from formflow.service import anchors

    with books.transaction():
        for number in range(2):
            books.add_event(NOW, "set_aside", f"{number}")
    expected = journal.latest()
    anchors.keep(office.home, lambda: NOW)
    Event.objects.filter(id=2).delete()
    anchors.keep(office.home, lambda: NOW)
    assert "可能被改动过" in caplog.text
    assert anchors.read(office.home) == (expected,)


def test_a_log_folder_that_cannot_be_written_stops_nobody(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    from formflow.register import books
    from formflow.service import anchors

    with books.transaction():
        books.add_event(NOW, "set_aside", "坏.docx")
    (office.home.log / "anchors.jsonl").mkdir()
    anchors.keep(office.home, lambda: NOW)
    assert "没有记下" in caplog.text


def test_anchors_that_cannot_be_read_are_no_empty_list(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    from formflow.service import anchors

    (office.home.log / "anchors.jsonl").mkdir()
    with pytest.raises(EnvironmentFailure, match="读不了以前记下的校验点"):
        anchors.read(office.home)
    anchors.keep(office.home, lambda: NOW)
    assert "没有记下办理记录的校验点" in caplog.text


def test_a_service_notes_where_the_chain_stands_while_it_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with offices.office(tmp_path):
        from formflow.service import anchors
    monkeypatch.setattr(anchors, "EVERY_S", 0.0)
    with serving(tmp_path):
        offices.drop(tmp_path, offices.COMPLETE)
        wait_for(lambda: anchors.read(Home(tmp_path)))
        (first, *_) = anchors.read(Home(tmp_path))
        offices.drop(tmp_path, offices.INCOMPLETE)
        wait_for(lambda: anchors.read(Home(tmp_path))[-1].count > first.count)
