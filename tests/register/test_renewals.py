"""How far workbooks have been gone over."""

from __future__ import annotations

import pytest

from support.rounds import AT

pytestmark = pytest.mark.usefixtures("register")
PROGRAMME = "nantong-service-centre"


def test_a_workbook_begins_with_nothing_shown() -> None:
    from formflow.register import renewals, rounds

    this = rounds.Round(PROGRAMME, 2022)
    book = renewals.workbook("summary", this)
    assert (book.revision, book.sha256) == (0, "")
    assert renewals.workbook("summary", this) == book
    assert renewals.workbook("ledger", this) != book


def test_the_journal_says_how_far_it_has_come() -> None:
    from formflow.register import books, renewals

    assert renewals.last_event() == 0
    event = books.add_event(AT, "tested", "")
    assert renewals.last_event() == event.pk
