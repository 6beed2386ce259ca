from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest

from formflow.register.entries import Arrival

pytestmark = pytest.mark.usefixtures("register")
AT = datetime(2022, 3, 10, tzinfo=UTC)


def test_what_the_register_holds_by_state_asked_from_another_thread() -> None:
    from formflow.register import books, figures

    with books.transaction():
        for number, state in enumerate(("filed", "filed", "waiting")):
            books.add_paper(Arrival(str(number), "x", "", str(number), 1, AT), kind="x", state=state)
    told: list[dict[str, dict[str, int]]] = []
    thread = threading.Thread(target=lambda: told.append(figures.counts()))
    thread.start()
    thread.join()
    assert told[0]["papers"] == {"filed": 2, "waiting": 1}
    assert told[0]["letters"] == {}
    assert set(told[0]) == {"cases", "papers", "letters", "publications"}
