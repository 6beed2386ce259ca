from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from formflow.service.health import Condition, examine
from formflow.service.home import Home
from formflow.service.office import Office
from support import offices

TODAY = offices.NOW.date()


def journal(root: Path, days: int = 0) -> Condition:
    found = examine(Home(root), TODAY + timedelta(days=days))
    return next(condition for condition in found if condition.id == "journal")


@pytest.fixture
def worked(office: Office) -> Office:
    """A home in which two things happened, the second noted."""
    from formflow.register import books
    from formflow.service import anchors

    with books.transaction():
        books.add_event(offices.NOW, "set_aside", "甲")
        books.add_event(offices.NOW, "set_aside", "乙")
    anchors.keep(office.home, lambda: offices.NOW)
    return office


def test_a_home_before_its_first_paper(tmp_path: Path) -> None:
    assert journal(tmp_path).state == "ok"


def test_all_is_well(worked: Office) -> None:
    found = journal(worked.home.root)
    assert (found.state, "2 条" in found.found) == ("ok", True)


def test_an_end_that_is_gone(worked: Office) -> None:
    from formflow.register.models import Event

    Event.objects.order_by("-id")[:1].get().delete()
    found = journal(worked.home.root)
    assert found.state == "failed"
    assert "audit verify" in found.remedy


def test_a_clock_that_went_back(worked: Office) -> None:
    found = journal(worked.home.root, days=-1)
    assert found.state == "failed"
    assert "2022-03-10" in found.found
    assert "日期" in found.remedy
    assert journal(worked.home.root, days=1).state == "ok"


def test_a_register_that_is_none_is_left_to_its_own_check(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.prepare()
    home.register.write_bytes(b"this is no database, and long enough to be looked at " * 50)
    assert journal(tmp_path).state == "warning"


def test_an_anchor_cut_by_a_power_failure_is_passed_over(worked: Office) -> None:
    with (worked.home.log / "anchors.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"at": "2022\n')
    assert journal(worked.home.root).state == "ok"


def test_anchors_that_are_gone_or_cannot_be_read_are_not_called_met(worked: Office) -> None:
    kept = worked.home.log / "anchors.jsonl"
    assert "相符" in journal(worked.home.root).found
    kept.unlink()
    assert journal(worked.home.root).found == "2 条，还没有以前的校验点可以对照"
    kept.mkdir()
    found = journal(worked.home.root)
    assert (found.state, "读不了以前记下的校验点" in found.found) == ("failed", True)
