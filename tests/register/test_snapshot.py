from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from formflow.errors import EnvironmentFailure
from formflow.register import snapshot
from formflow.register.entries import Arrival, PlannedBundle, PlannedFile
from formflow.register.snapshot import Place

AT = datetime(2022, 3, 10, 1, 30, tzinfo=UTC)


def receive(claim: str, state: str, at: datetime = AT, *, is_pending: bool | None = None) -> None:
    """A paper, with a publication that is pending, done or (None) not there."""
    from formflow.register import books, publications

    with books.transaction():
        paper = books.add_paper(Arrival(claim, f"{claim}.docx", "", f"hash of {claim}", 1, at), kind="x", state=state)
        if is_pending is not None:
            bundle = publications.add_bundle(
                PlannedBundle(claim, "甲/2022年", claim, (PlannedFile("original", ".docx"),)), paper=paper
            )
            if not is_pending:
                publications.mark([bundle], "done")


def test_a_copy_taken_while_somebody_writes_is_of_one_moment(register: Path, tmp_path: Path) -> None:
    receive("a", "filed")
    other = sqlite3.connect(register, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    other.execute("UPDATE register_paper SET claim_id = 'half done'")
    snapshot.copy_register(register, tmp_path / "copy.sqlite3")
    other.execute("ROLLBACK")
    other.close()
    with sqlite3.connect(tmp_path / "copy.sqlite3") as copy:
        assert copy.execute("SELECT claim_id FROM register_paper").fetchall() == [("a",)]
    assert sorted(path.name for path in tmp_path.glob("copy*")) == ["copy.sqlite3"]


def test_what_is_no_database_or_damaged_gives_no_copy(register: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.sqlite3"
    bad.write_bytes(b"this is no database, and long enough to be looked at " * 50)
    for source in (bad, tmp_path / "none.sqlite3"):
        with pytest.raises(EnvironmentFailure, match="登记库"):
            snapshot.copy_register(source, tmp_path / "copy.sqlite3")
        assert not (tmp_path / "copy.sqlite3").exists()


def test_a_damaged_page_is_found(register: Path, tmp_path: Path) -> None:
    from formflow.register.setup import close_register

    for number in range(200):
        receive(f"{number:03}", "filed")
    close_register()
    data = bytearray(register.read_bytes())
    data[8 * 4096 :] = bytes(byte ^ 0xFF for byte in data[8 * 4096 :])
    register.write_bytes(data)
    with pytest.raises(EnvironmentFailure, match="损坏"):
        snapshot.copy_register(register, tmp_path / "copy.sqlite3")
    assert not (tmp_path / "copy.sqlite3").exists()


def test_what_was_received_from_a_moment_on(register: Path) -> None:
    receive("a", "filed")
    receive("b", "filed", AT + timedelta(seconds=1, microseconds=1))
    assert snapshot.received_since(register, AT + timedelta(seconds=1)) == {"hash of b"}
    assert snapshot.received_since(register, AT) == {"hash of a", "hash of b"}


def test_claims_that_are_not_needed_any_more(register: Path) -> None:
    receive("done", "filed", is_pending=False)
    receive("pending", "filed", is_pending=True)
    receive("waits", "waiting")
    receive("inside an archive", "duplicate")
    assert snapshot.finished_claims(register) == {"done", "inside an archive"}


def test_what_stands_in_the_outbox_since(register: Path) -> None:
    receive("first", "filed", is_pending=False)
    last = snapshot.last_publication(register)
    assert snapshot.published_after(register, last) == ()
    receive("second", "filed", is_pending=False)
    receive("third", "filed", is_pending=True)
    assert snapshot.published_after(register, last) == (Place("甲/2022年", "second", 1, ".docx"),)


def test_where_the_journal_ends(register: Path) -> None:
    from formflow.register import books

    assert snapshot.end_of_journal(register) == (0, "")
    with books.transaction():
        books.add_event(AT, "set_aside", "x")
        last = books.add_event(AT, "set_aside", "y")
    assert snapshot.end_of_journal(register) == (2, last.hash)
