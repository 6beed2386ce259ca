"""What a large piece of work has taken is given back."""

from __future__ import annotations

import ctypes
import gc
import sys
from pathlib import Path
from typing import Any

import pytest

from formflow.service import memory


class Ring:
    """Refers to itself: only the collector can let go of it."""

    def __init__(self) -> None:
        self.own = self


def test_what_refers_to_itself_is_let_go_of() -> None:
    gc.disable()
    try:
        before = sum(isinstance(one, Ring) for one in gc.get_objects())
        Ring()
        memory.give_back()
        assert sum(isinstance(one, Ring) for one in gc.get_objects()) == before
    finally:
        gc.enable()


def test_the_c_library_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    class Library:
        def malloc_trim(self, pad: int) -> None:
            asked.append(pad)

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(ctypes, "CDLL", lambda name: Library())
    memory.give_back()
    assert asked == [0]


def test_what_is_large_is_given_back_by_itself_from_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from formflow.service.home import Home
    from formflow.service.office import opened

    asked: list[tuple[int, int]] = []

    class Library:
        def mallopt(self, what: int, value: int) -> int:
            asked.append((what, value))
            return 1

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(ctypes, "CDLL", lambda name: Library())
    with opened(Home(tmp_path)):
        monkeypatch.undo()
    assert asked == [(-3, 1024 * 1024)]


@pytest.mark.parametrize("problem", [OSError, AttributeError])
def test_one_that_cannot_is_left_alone(problem: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: Any) -> Any:
        raise problem

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(ctypes, "CDLL", refuse)
    memory.begin()
    memory.give_back()


def test_it_is_given_back_after_workbooks_were_made_and_only_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from support import offices
    from support.rounds import case_of

    given: list[bool] = []
    monkeypatch.setattr(memory, "give_back", lambda: given.append(True))
    with offices.office(tmp_path) as office:
        from formflow.register import books
        from formflow.service import engine

        engine.work_off(office)
        assert not given
        with books.transaction():
            case_of("甲镇职工服务中心")
            books.add_event(office.now(), "something", "x")
        engine.work_off(office)
        assert given == [True]
