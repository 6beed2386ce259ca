"""The journal as it stands in the tables, even when somebody wrote into them what formflow never would."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from formflow.register.proof import Break, examine

AT = datetime(2022, 3, 10, 1, 30, tzinfo=UTC)


@pytest.fixture
def written(register: Path) -> Path:
    from formflow.register import books

    with books.transaction():
        for number in range(5):
            books.add_event(AT + timedelta(minutes=number), "form_received", f"案卷{number}", after={"n": number}, files={"甲": "a" * 64})  # fmt: skip
    return register


def tampered(register: Path, statement: str, *values: object) -> Break | None:
    from formflow.register import journal
    from formflow.register.setup import close_register

    close_register()
    with sqlite3.connect(register) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute(statement, values)
    return examine(journal.entries(), (), journal.find).broken


def test_what_was_entered_is_sound(written: Path) -> None:
    from formflow.register import journal

    verdict = examine(journal.entries(), (), journal.find)
    assert (verdict.count, verdict.broken, verdict.anchor) == (5, None, journal.latest())
    assert [entry.object for entry in journal.entries()] == [f"案卷{number}" for number in range(5)]


def test_an_empty_journal_has_no_end(register: Path) -> None:
    from formflow.register import journal

    assert journal.latest() is None
    assert list(journal.entries()) == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("who", "李四"),
        ("what", "decided"),
        ("object", "别的案卷"),
        ("before", '{"outcome": "supplement"}'),
        ("after", '{"n": 7}'),
        ("after", "no JSON {"),
        ("files", "{}"),
        ("files", "no JSON {"),
        ("at", "2022-03-11 01:30:00"),
        ("at", "gestern"),
        ("at", "2022-99-99 01:30:00"),
        ("previous_hash", "b" * 64),
        ("hash", "b" * 64),
    ],
)
def test_each_column_counts_and_none_makes_the_audit_stumble(written: Path, column: str, value: str) -> None:
    broken = tampered(written, f"UPDATE register_event SET {column} = ? WHERE id = 3", value)
    assert broken == Break("changed", 3)


def test_a_deleted_row(written: Path) -> None:
    assert tampered(written, "DELETE FROM register_event WHERE id = 3") == Break("removed", 3)


def test_more_than_is_read_at_once(register: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from formflow.register import books, journal

    monkeypatch.setattr(journal, "_AT_ONCE", 3)
    with books.transaction():
        for number in range(8):
            books.add_event(AT, "form_received", f"{number}")
    assert [entry.id for entry in journal.entries()] == list(range(1, 9))
