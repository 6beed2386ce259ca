"""Which workbooks are gone over after an entry, and how often."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from formflow.model.finding import Finding
from formflow.model.letter import LetterContent
from formflow.service.office import Office
from support import offices
from support.rounds import AT, TODAY, case_of, nantong

OPEN = Finding("missing", "industry", "error", "没有填写", "附件2")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with offices.office(tmp_path, now=lambda: AT) as opened:
        yield opened


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch, office: Office) -> list[tuple[str, int]]:
    """Kind and year of each workbook that was gone over."""
    from formflow.service import workbook_kinds

    seen: list[tuple[str, int]] = []

    def noting(kind: Any) -> Any:
        def show(*given: Any) -> Any:
            seen.append((kind.id, given[2].year))
            return kind.show(*given)

        return replace(kind, show=show)

    monkeypatch.setattr(workbook_kinds, "KINDS", tuple(map(noting, workbook_kinds.KINDS)))
    return seen


def enter(work: Any) -> Any:
    from formflow.register import books

    with books.transaction():
        books.add_event(AT, "something", "x")
        return work()


def enter_case(unit: str, year: int, *findings: Finding) -> Any:
    def work() -> Any:
        case = case_of(unit, *findings)
        case.year = year
        case.save()
        case.letters.update(year=year, key=f"{year}/{unit}")
        return case

    return enter(work)


def renewed(office: Office, shown: list[tuple[str, int]]) -> list[tuple[str, int]]:
    from formflow.service import workbooks

    shown.clear()
    workbooks.renew(office)
    return sorted(shown)


def test_years_in_which_nothing_changed_are_not_gone_over(office: Office, shown: list[tuple[str, int]]) -> None:
    enter_case("甲镇职工服务中心", 2020)
    enter_case("乙镇职工服务中心", 2022)
    assert [one for one in renewed(office, shown) if one[0] == "ledger"] == [("ledger", 2020), ("ledger", 2022)]
    assert renewed(office, shown) == []
    enter_case("丙镇职工服务中心", 2022)
    assert {year for _, year in renewed(office, shown)} == {2022}
    assert renewed(office, shown) == []


def test_what_is_overdue_is_counted_anew_on_another_day(office: Office, shown: list[tuple[str, int]]) -> None:
    """A year with an open deadline shows how long it is past; that of another year needs something to happen at all."""
    enter_case("甲镇职工服务中心", 2020, OPEN)
    enter_case("乙镇职工服务中心", 2021)
    enter_case("丙镇职工服务中心", 2022)
    renewed(office, shown)
    tomorrow = replace(office, now=lambda: AT + timedelta(days=1))
    assert renewed(tomorrow, shown) == []
    enter_case("丁镇职工服务中心", 2022)
    assert {year for _, year in renewed(tomorrow, shown)} == {2020, 2022}


def test_another_pack_may_show_every_year_differently(office: Office, shown: list[tuple[str, int]]) -> None:
    enter_case("甲镇职工服务中心", 2020)
    enter_case("乙镇职工服务中心", 2022)
    renewed(office, shown)
    edited = replace(office, programmes=(replace(nantong(), sha256="of another version"),))
    enter_case("丙镇职工服务中心", 2022)
    assert {year for _, year in renewed(edited, shown)} == {2020, 2022}
    enter_case("丁镇职工服务中心", 2022)
    assert {year for _, year in renewed(edited, shown)} == {2022}


@pytest.mark.parametrize("content", ["", "[1]", "\x00"])
def test_packs_that_cannot_be_made_out_have_changed(content: str, office: Office, shown: list[tuple[str, int]]) -> None:
    enter_case("甲镇职工服务中心", 2020)
    renewed(office, shown)
    (office.home.state / "packs.json").write_text(content, encoding="utf-8")
    enter_case("乙镇职工服务中心", 2022)
    assert {year for _, year in renewed(office, shown)} == {2020, 2022}


def test_a_year_cut_short_is_gone_over_again(
    office: Office, shown: list[tuple[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    from formflow.service import workbooks

    enter_case("甲镇职工服务中心", 2022)
    plan = workbooks._plan
    monkeypatch.setattr(workbooks, "_plan", lambda *_: (_ for _ in ()).throw(OSError("cut short")))
    with pytest.raises(OSError, match="cut short"):
        workbooks.renew(office)
    monkeypatch.setattr(workbooks, "_plan", plan)
    assert ("ledger", 2022) in renewed(office, shown)


def test_a_round_is_not_kept_in_memory(office: Office, shown: list[tuple[str, int]]) -> None:
    """Neither when its workbooks stand in the outbox nor when there was nothing to make."""
    from formflow.service import engine, summaries, workbooks

    summaries._last[("a round",)] = None
    enter_case("甲镇职工服务中心", 2022)
    engine.work_off(office)
    assert not summaries._last
    summaries._last[("a round",)] = None
    enter(lambda: None)
    assert workbooks.renew(office) == 0
    assert not summaries._last


def test_the_longer_it_took_the_longer_is_the_rest() -> None:
    from formflow.service.workbooks import Pace

    clock = [100.0]
    pace = Pace(lambda: clock[0])
    assert pace.is_due(is_quiet=True)
    with pace.measured():
        clock[0] += 2
    assert not pace.is_due(is_quiet=True)
    clock[0] += 17
    assert not pace.is_due(is_quiet=True)
    clock[0] += 1
    assert pace.is_due(is_quiet=True)


def test_where_it_is_never_quiet_they_are_gone_over_every_ten_minutes() -> None:
    from formflow.service.workbooks import Pace

    clock = [0.0]
    pace = Pace(lambda: clock[0])
    for _ in range(2):
        clock[0] += 599
        assert not pace.is_due(is_quiet=False)
        clock[0] += 1
        assert pace.is_due(is_quiet=False)
        with pace.measured():
            pass
    with pace.measured():
        clock[0] += 100
    clock[0] += 899
    assert not pace.is_due(is_quiet=False)
    clock[0] += 1
    assert pace.is_due(is_quiet=False)


def test_a_look_that_fails_is_rested_from_too() -> None:
    from formflow.service.workbooks import Pace

    clock = [0.0]
    pace = Pace(lambda: clock[0])

    def fail() -> None:
        with pace.measured():
            clock[0] += 1
            raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        fail()
    assert not pace.is_due(is_quiet=True)


def test_the_letters_of_a_unit_show_in_its_year(office: Office, shown: list[tuple[str, int]]) -> None:
    from formflow.register import books

    case = enter_case("甲镇职工服务中心", 2022)
    enter_case("乙镇职工服务中心", 2020)
    renewed(office, shown)
    content = LetterContent("notice", "通知书", "通知书", {})
    enter(lambda: books.add_letter(case, content, serial="2022-0009-1", issued_on=TODAY, deadline=None))
    assert {year for _, year in renewed(office, shown)} == {2022}
    assert nantong().id == case.programme_id


def test_what_is_shown_is_told_apart_by_all_that_it_says(office: Office) -> None:
    """In pieces as in one: a register knows the digests of an earlier version."""
    from formflow.register.rounds import Round
    from formflow.service import workbook_kinds, workbooks

    for unit in ("甲镇职工服务中心", "乙镇职工服务中心"):
        enter(partial(case_of, unit))
    programme = nantong()
    told = 0
    this = Round(programme.id, 2022)
    for kind in (kind for kind in workbook_kinds.KINDS if this in kind.rounds(office)):
        shown = kind.show(office, programme, this, 0)
        told += shown is not None
        expected = hashlib.sha256(repr(shown).encode()).hexdigest() if shown is not None else ""
        assert workbooks._digest(shown) == expected
    assert told
    for value in ((), (1,), (1, ("a",)), ((1, 2), [3])):
        assert workbooks._digest(value) == hashlib.sha256(repr(value).encode()).hexdigest()
