"""Which units are due in a round, and until when one that falls short is given time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from formflow.model.programme import Programme
from formflow.register.setup import close_register, open_register
from support.rounds import case_of, naming_of, nantong

ERROR_OUTCOME = "supplement"


@pytest.fixture(autouse=True)
def register(tmp_path: Path) -> Iterator[None]:
    open_register(tmp_path / "register.sqlite3")
    yield
    close_register()


def planned(unit: str, start: str | None, end: str | None) -> Any:
    """A case of 2022 whose form says from when to when its plan runs."""
    case = case_of(unit)
    record = case.records.get()
    record.answers = {**record.answers, "period_start": {"value": start}, "period_end": {"value": end}}
    record.save()
    return case


def due(year: int) -> list[str]:
    from formflow.register.rounds import Round
    from formflow.service.summaries import due_cases

    return sorted(case.unit for case in due_cases(nantong(), Round(nantong().id, year)))


@pytest.mark.parametrize(
    ("start", "end", "year"),
    [
        ("2022-03", "2023-02", 2022),
        ("2022-03", "2023-03", 2022),
        ("2022-03", "2023-04", 2023),
        ("2022-03", "2024-02", 2024),
        (None, None, 2022),
        ("2022-03", None, 2022),
        ("三月", "2024-02", 2022),
    ],
)
def test_a_plan_of_a_year_is_due_in_its_own_a_longer_one_when_it_ends(
    start: str | None, end: str | None, year: int
) -> None:
    planned("甲镇", start, end)
    assert [at for at in range(2021, 2026) if due(at)] == list(range(year, 2026))


def test_who_is_not_accepted_is_not_due() -> None:
    from formflow.register import cases

    cases.set_outcome(case_of("甲镇"), ERROR_OUTCOME, date(2022, 11, 1))
    assert due(2022) == []


def test_who_was_decided_on_for_good_is_not_due_again_who_was_given_time_is_when_it_ends() -> None:
    named, refused, extended = (case_of(unit) for unit in ("甲镇", "乙镇", "丙镇"))
    naming_of(named, "named")
    naming_of(refused, "not_named")
    naming_of(extended, "extended", until=date(2024, 12, 31))
    # The round in which they were decided on goes on showing them.
    assert due(2022) == sorted(("甲镇", "乙镇", "丙镇"))
    assert [due(year) for year in (2023, 2024)] == [[], ["丙镇"]]


def test_the_latest_decision_before_a_round_counts() -> None:
    case = case_of("甲镇")
    naming_of(case, "extended", until=date(2023, 12, 31))
    naming_of(case, "named", year=2023)
    assert [due(year) for year in (2023, 2024)] == [["甲镇"], []]


@pytest.mark.parametrize(
    ("months", "end"),
    [
        (1, date(2023, 1, 31)),
        (2, date(2023, 2, 28)),
        (6, date(2023, 6, 30)),
        (11, date(2023, 11, 30)),
        (12, date(2023, 12, 31)),
        (14, date(2024, 2, 29)),
        (24, date(2024, 12, 31)),
    ],
)
def test_time_is_counted_from_the_end_of_the_year(months: int, end: date) -> None:
    from formflow.service.summaries import proposed_extension

    assert proposed_extension(with_months(months), 2022) == end


def test_where_a_pack_says_nothing_no_time_is_proposed() -> None:
    from formflow.service.summaries import proposed_extension

    parameters = {id_: one for id_, one in nantong().parameters.items() if id_ != "extension_months"}
    assert proposed_extension(replace(nantong(), parameters=parameters), 2022) is None


def with_months(months: int) -> Programme:
    known = nantong().parameters
    return replace(
        nantong(), parameters={**known, "extension_months": replace(known["extension_months"], value=months)}
    )
