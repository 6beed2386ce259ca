"""Which years of which programmes an entry has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from formflow.register.setup import close_register, open_register
from support.rounds import AT, case_of, letter_of, naming_of, sheet_of

NANTONG = "nantong-service-centre"


@pytest.fixture(autouse=True)
def register(tmp_path: Path) -> Iterator[None]:
    open_register(tmp_path / "register.sqlite3")
    yield
    close_register()


def years_changed_by(work: Callable[[], Any]) -> dict[str, int] | None:
    """What one transaction with an event changes; None for everything."""
    from formflow.register import books, changes, renewals

    with books.transaction():
        books.add_event(AT, "something_before", "x")
    before = renewals.last_event()
    with books.transaction():
        work()
        books.add_event(AT, "something", "x")
    found = changes.since(before)
    return None if found.is_everything else dict(found.years)


def entered(work: Callable[[], Any]) -> Any:
    from formflow.register import books

    with books.transaction():
        return work()


def test_a_case_changes_its_year_with_all_that_hangs_on_it() -> None:
    assert years_changed_by(lambda: case_of("甲镇职工服务中心")) == {NANTONG: 2022}


def test_what_was_settled_later_changes_the_year_of_its_case() -> None:
    from formflow.model.finding import Finding
    from formflow.register import models as rows

    finding = Finding("attachment_missing", "plan", "error", "缺少", "附件2")
    entered(lambda: case_of("甲镇职工服务中心", finding))
    settled = years_changed_by(lambda: rows.Finding.objects.filter(field="plan").update(is_settled=True))
    assert settled == {NANTONG: 2022}


def test_a_sheet_changes_its_round_and_the_year_of_its_case() -> None:
    case = entered(lambda: case_of("甲镇职工服务中心"))
    assert years_changed_by(lambda: sheet_of(case, "陈安", year=2024)) == {NANTONG: 2022}


def test_a_letter_about_many_units_changes_its_round() -> None:
    assert years_changed_by(lambda: letter_of("公示", year=2024)) == {NANTONG: 2024}


def test_a_decision_changes_all_years_of_its_programme() -> None:
    case = entered(lambda: case_of("甲镇职工服务中心"))
    assert years_changed_by(lambda: naming_of(case, "named")) == {NANTONG: 0}


def test_what_is_gone_may_have_changed_anything() -> None:
    from formflow.register import models as rows

    entered(lambda: case_of("甲镇职工服务中心"))
    assert years_changed_by(lambda: rows.Letter.objects.all().delete()) is None


def test_where_files_are_changes_nothing() -> None:
    from formflow.register import publications
    from formflow.register.entries import PlannedBundle, PlannedFile

    bundle = PlannedBundle("note/x", "某文件夹", "说明", (PlannedFile("note", ".txt"),))
    assert years_changed_by(lambda: publications.add_bundle(bundle)) == {}


def test_an_upgrade_that_seals_what_is_there_changes_nothing() -> None:
    from formflow.register import books, changes, seals
    from formflow.register.models import Event

    case = entered(lambda: case_of("甲镇职工服务中心"))
    before = Event.objects.latest("id").pk
    with books.transaction():
        digests = dict.fromkeys(map(str, seals.sealed_now(type(case), [case.pk])), "0" * 32)
        seals.enter_sealing(Event, {"case": digests}, "register_sealed")
    assert changes.since(before) == changes.Changes({})


def test_too_many_entries_are_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    from formflow.register import changes

    monkeypatch.setattr(changes, "_MOST_ENTRIES", 0)
    assert years_changed_by(lambda: letter_of("公示")) is None


def test_what_changes_in_a_year_shows_in_it_and_later() -> None:
    from formflow.register.changes import EVERYTHING, Changes
    from formflow.register.rounds import Round

    found = Changes({NANTONG: 2022})
    assert [found.touch(Round(NANTONG, year)) for year in (2021, 2022, 2026)] == [False, True, True]
    assert not found.touch(Round("another", 2022))
    assert EVERYTHING.touch(Round("another", 2022))


def test_every_table_that_is_told_is_one_of_the_register() -> None:
    from formflow.register import changes, seals

    tables = {model._meta.model_name for model in seals.kept_models()}
    assert set(changes._YEARS) | changes._PROGRAMMES | changes._NOTHING <= tables
    # What is not named there counts as a change of everything: only what hardly ever happens may.
    assert tables - set(changes._YEARS) - changes._PROGRAMMES - changes._NOTHING <= {"numberbook"}


def test_the_day_of_an_entry_is_told_in_the_offices_zone() -> None:
    from formflow.register import books, renewals

    with books.transaction():
        books.add_event(AT.replace(hour=0, minute=30), "something", "x")
    assert renewals.day_of(renewals.last_event(), date(2000, 1, 1)) == AT.date()
    assert renewals.day_of(999, date(2000, 1, 1)) == date(2000, 1, 1)
