"""Two workers on one home do not write into one log."""

from __future__ import annotations

from pathlib import Path

import pytest
from filelock import FileLock

from formflow.service.home import Home
from formflow.service.worker_names import own_name


def test_each_has_a_name_of_its_own(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with own_name(home, "甲") as first, own_name(home, "甲") as second, own_name(home, "乙") as other:
        assert (first, second, other) == ("甲", "甲-2", "乙")
        with own_name(home, "甲") as third:
            assert third == "甲-3"
    with own_name(home, "甲") as again:
        assert again == "甲"


def test_a_share_that_knows_no_locks_takes_the_name_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise NotImplementedError

    monkeypatch.setattr(FileLock, "acquire", refuse)
    with own_name(Home(tmp_path), "甲") as first, own_name(Home(tmp_path), "甲") as second:
        assert (first, second) == ("甲", "甲")
