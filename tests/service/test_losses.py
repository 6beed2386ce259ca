"""A home that has lost its register, its outbox or the latest state of its register is not begun anew: numbers would be given twice."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from formflow.errors import EnvironmentFailure
from formflow.service.health import examine
from formflow.service.home import Home
from formflow.service.office import opened
from support import offices


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home in which a case was accepted."""
    with offices.office(tmp_path) as office:
        from formflow.service import anchors, engine

        offices.drop(tmp_path, offices.COMPLETE)
        engine.work_off(office)
        anchors.keep(office.home, lambda: offices.NOW)
    return Home(tmp_path)


def refusal(home: Home) -> EnvironmentFailure:
    with pytest.raises(EnvironmentFailure) as caught, opened(home):
        raise AssertionError
    return caught.value


def test_a_state_folder_that_is_gone(home: Home) -> None:
    before = offices.tree(home.outbox)
    home.state.rename(home.root / "away")
    refused = refusal(home)
    assert refused.code == "register_gone"
    assert "formflow restore" in refused.remedy
    assert not home.state.exists(), "nothing is begun anew"
    told = next(condition for condition in examine(home, offices.NOW.date()) if condition.id == "register")
    assert (told.state, told.found, told.remedy) == ("failed", refused.message, refused.remedy)
    (home.root / "away").rename(home.state)
    with opened(home):
        pass
    assert offices.tree(home.outbox) == before


def test_an_outbox_that_is_gone_is_not_made_anew_but_one_made_by_a_person_will_do(home: Home) -> None:
    home.outbox.rename(home.root / "档案")
    assert refusal(home).code == "outbox_gone"
    told = {condition.id: condition for condition in examine(home, offices.NOW.date())}
    assert (told["folders"].state, told["register"].state) == ("failed", "ok")
    assert "发件箱" in told["folders"].found
    assert not home.outbox.exists()
    home.outbox.mkdir()
    with opened(home) as office:
        from formflow.service import engine

        offices.drop(home.root, offices.INCOMPLETE)
        assert [done.result for done in engine.work_off(office).done] == ["supplement"]


def test_an_older_copy_of_the_register_is_refused_until_a_person_has_looked(home: Home) -> None:
    copy = home.register.with_name("copy")
    shutil.copyfile(home.register, copy)
    with offices.office(home.root, now=lambda: offices.NOW + timedelta(days=1)) as office:
        from formflow.service import anchors, engine

        offices.drop(home.root, offices.INCOMPLETE)
        engine.work_off(office)
        anchors.keep(office.home, lambda: datetime.now(offices.NOW.tzinfo))
    copy.replace(home.register)
    refused = refusal(home)
    assert (refused.code, "audit verify" in refused.remedy) == ("register_older", True)
    (home.log / "anchors.jsonl").rename(home.log / "anchors-查明.jsonl")
    with opened(home):
        pass


def test_a_new_home_and_one_with_loose_files_in_its_outbox_are_begun(tmp_path: Path) -> None:
    (tmp_path / "outbox").mkdir()
    (tmp_path / "outbox" / "请看这里.txt").write_text("…", encoding="utf-8")
    with opened(Home(tmp_path)):
        pass


def test_an_inbox_that_is_a_link_to_what_is_not_there_is_waited_for(home: Home) -> None:
    home.inbox.rename(home.root / "共享")
    home.inbox.symlink_to(home.root / "挂载点")
    told = next(condition for condition in examine(home, offices.NOW.date()) if condition.id == "folders")
    assert (told.state, "挂载点" in told.found) == ("failed", True)
    with opened(home) as office:
        from formflow.service import engine

        (remark,) = engine.work_off(office).remarks
        assert (remark.path, "收件箱打不开" in remark.text) == (home.inbox, True)
        (home.root / "共享").rename(home.root / "挂载点")
        offices.drop(home.root, offices.INCOMPLETE)
        assert [done.result for done in engine.work_off(office).done] == ["supplement"]


def test_a_service_starts_though_the_share_of_its_inbox_does_not_answer(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a power failure that has hit the server of the share as well."""
    for name in ("lstat", "stat", "is_symlink", "exists", "is_dir", "mkdir"):
        monkeypatch.setattr(Path, name, silent(getattr(Path, name), home.inbox))
    monkeypatch.setattr(os, "scandir", silent(os.scandir, home.inbox))
    with opened(home) as office:
        from formflow.service import engine

        (remark,) = engine.work_off(office).remarks
        assert remark.text == "收件箱打不开（网络磁盘已断开），等它回来"


def silent(ask: Callable[..., Any], share: Path) -> Callable[..., Any]:
    """Asks, but for what lies on a share that is cut off."""

    def asked(path: Any, *more: Any, **settings: Any) -> Any:
        if str(path) == str(share):
            raise OSError(errno.ENOTCONN, "Transport endpoint is not connected", str(path))
        return ask(path, *more, **settings)

    return asked


def test_an_inbox_that_is_gone_is_said_and_not_made_anew_by_whoever_is_refused(home: Home) -> None:
    with opened(home):
        home.inbox.rename(home.root / "收件")
        assert "另一个 formflow 正在处理" in refusal(home).message
        assert not home.inbox.exists()
        told = next(condition for condition in examine(home, offices.NOW.date()) if condition.id == "folders")
    assert (told.state, "不见了" in told.found) == ("failed", True)
