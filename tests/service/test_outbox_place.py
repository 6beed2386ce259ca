"""An outbox on a share: what comes out is put there, or waits."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from formflow.errors import EnvironmentFailure
from support import mounts, offices


@pytest.fixture
def share(tmp_path: Path) -> Iterator[tuple[Path, Path]]:
    """(what the server sees, the home whose outbox is the share)."""
    with mounts.home_on_a_share(tmp_path, "outbox") as places:
        yield places


def condition(home: Path) -> tuple[str, str]:
    from formflow.service.health import examine
    from formflow.service.home import Home

    return next((one.state, one.found) for one in examine(Home(home), offices.NOW.date()) if one.id == "folders")


def test_nothing_is_put_under_a_share_that_is_not_mounted(share: tuple[Path, Path]) -> None:
    server, home = share
    with offices.office(home) as office:
        from formflow.service import engine

        offices.drop(home, offices.COMPLETE)
        assert engine.work_off(office).problems == ()
        assert (server / offices.LEDGER).exists()
        assert condition(home)[0] == "ok"

        mounts.unmount(home / "outbox")
        offices.drop(home, offices.INCOMPLETE)
        with pytest.raises(EnvironmentFailure) as caught:
            engine.work_off(office)
        assert caught.value.code == "outbox_unmounted"
        assert list((home / "outbox").iterdir()) == []
        assert condition(home) == ("failed", "发件箱所在的网络磁盘没有挂上，outbox 现在是本机的文件夹")

        assert mounts.mount(server, home / "outbox")
        assert engine.work_off(office).problems == ()
        assert [path.name for path in server.rglob("补正通知书.pdf")] == ["补正通知书.pdf"]
        assert condition(home)[0] == "ok"


def test_an_outbox_that_has_moved_to_this_machine_is_used_once_the_note_is_gone(share: tuple[Path, Path]) -> None:
    server, home = share
    with offices.office(home) as office:
        from formflow.service import engine

        offices.drop(home, offices.COMPLETE)
        engine.work_off(office)
        mounts.unmount(home / "outbox")
        shutil.copytree(server, home / "outbox", dirs_exist_ok=True)
        offices.drop(home, offices.INCOMPLETE)
        with pytest.raises(EnvironmentFailure):
            engine.work_off(office)
        (home / "state" / "outbox-on-share").unlink()
        assert engine.work_off(office).problems == ()
        assert any((home / "outbox").rglob("补正通知书.pdf"))


def test_an_outbox_on_this_machine_leaves_no_note(tmp_path: Path) -> None:
    with offices.office(tmp_path) as office:
        from formflow.service import engine

        offices.drop(tmp_path, offices.COMPLETE)
        engine.work_off(office)
        assert not (tmp_path / "state" / "outbox-on-share").exists()
