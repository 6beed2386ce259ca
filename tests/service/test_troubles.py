"""Each way in which the machine can fail: the service says what happened and what to do, and goes on by itself when it is over.

Each trouble lasts while a paper comes in; afterwards the paper is entered once, its letter stands there once, and the audit finds nothing.
"""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from formflow.errors import EnvironmentFailure
from formflow.register import django_settings
from formflow.service import files
from formflow.service.home import Home
from formflow.service.pulse import Pulse
from formflow.service.trouble import left
from support import offices
from support.serving import serving, wait_for

Trouble = Callable[[pytest.MonkeyPatch, Path], AbstractContextManager[None]]
NOW = [offices.NOW]


@dataclass
class Service:
    root: Path
    pulse: Pulse = field(default_factory=Pulse)

    def published(self, name: str) -> list[Path]:
        return list((self.root / "outbox").rglob(name))


@contextmanager
def watched(root: Path, **changes: object) -> Iterator[Service]:
    service = Service(root)
    with serving(root, service.pulse, **changes):
        yield service


@pytest.fixture(autouse=True)
def impatient(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The service tries again at once, a locked register is said after a moment, the clock shows what it is to show."""
    monkeypatch.setitem(django_settings.SQLITE_OPTIONS, "timeout", 0.2)
    NOW[:] = [offices.NOW]
    with offices.office(tmp_path / "other"):
        from formflow.service import engine
    monkeypatch.setattr(engine, "RECOVERY_PAUSE_S", 0.2)


def refusing(function: str, code: int, folder: str) -> Trouble:
    """Whatever `function` of `files` does in a folder of the home is refused by the system."""

    @contextmanager
    def trouble(monkeypatch: pytest.MonkeyPatch, root: Path) -> Iterator[None]:
        real = getattr(files, function)

        def refuse(path: Path, *more: object) -> object:
            target = next(one for one in (*more, path) if isinstance(one, Path))
            if target.is_relative_to(root / folder):
                raise OSError(code, os.strerror(code), str(target))
            return real(path, *more)

        with monkeypatch.context() as patched:
            patched.setattr(files, function, refuse)
            yield

    return trouble


@contextmanager
def locked(monkeypatch: pytest.MonkeyPatch, root: Path) -> Iterator[None]:
    other = sqlite3.connect(root / "state" / "register.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.close()


def moved(folder: str) -> Trouble:
    @contextmanager
    def trouble(monkeypatch: pytest.MonkeyPatch, root: Path) -> Iterator[None]:
        (root / folder).rename(root / "elsewhere")
        yield
        (root / "elsewhere").rename(root / folder)

    return trouble


@contextmanager
def replaced(monkeypatch: pytest.MonkeyPatch, root: Path) -> Iterator[None]:
    register = root / "state" / "register.sqlite3"
    register.rename(root / "kept")
    shutil.copyfile(root / "kept", register)
    yield
    (root / "kept").replace(register)


@contextmanager
def a_year_back(monkeypatch: pytest.MonkeyPatch, root: Path) -> Iterator[None]:
    NOW[0] = offices.NOW - timedelta(days=365)
    yield
    NOW[0] = offices.NOW


@contextmanager
def years_ahead(monkeypatch: pytest.MonkeyPatch, root: Path) -> Iterator[None]:
    NOW[0] = offices.NOW + timedelta(days=4000)
    yield
    NOW[0] = offices.NOW


TROUBLES = {
    "full while claiming": (refusing("write_durably", errno.ENOSPC, "state"), "disk_full", "磁盘已满"),
    "full while publishing": (refusing("write_durably", errno.ENOSPC, "outbox"), "disk_full", "发件箱（outbox）所在的磁盘已满"),
    "quota": (refusing("write_durably", errno.EDQUOT, "outbox"), "disk_full", "请清理磁盘"),
    "read-only outbox": (refusing("make_folder", errno.EROFS, "outbox"), "read_only", "发件箱（outbox）是只读的"),
    "open in Word": (refusing("put_without_overwriting", errno.EACCES, "outbox"), "no_permission", "正被 Word、WPS"),
    "share away": (refusing("write_durably", errno.ESTALE, "outbox"), "share_away", "网络磁盘断开"),
    "disk error": (refusing("write_durably", errno.EIO, "state"), "disk_error", "检查磁盘"),
    "register locked": (locked, "register_locked", "登记库正被其他程序占用"),
    "state folder gone": (moved("state"), "register_gone", "登记库不见了"),
    "register replaced": (replaced, "register_replaced", "换成了另一个文件"),
    "outbox renamed": (moved("outbox"), "outbox_gone", "发件箱（outbox 文件夹）不见了"),
    "clock back": (a_year_back, "clock_back", "比最近一次办理"),
    "clock ahead": (years_ahead, "clock_ahead", "忽然快了 4000 天"),
}  # fmt: skip


@pytest.mark.parametrize("name", TROUBLES)
def test_a_trouble_is_said_and_ends_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    trouble, code, says = TROUBLES[name]
    with watched(tmp_path, now=lambda: NOW[0]) as service:
        offices.drop(tmp_path, offices.INCOMPLETE)
        wait_for(lambda: service.published("年度台账.xlsx"))
        with trouble(monkeypatch, tmp_path):
            offices.drop(tmp_path, offices.COMPLETE)
            wait_for(lambda: not service.pulse.health().is_well)
            health = service.pulse.health()
            assert health.reason == "failing"
            assert says in health.sentence
            assert "没有丢失" in health.sentence
            if (tmp_path / "state").is_dir() and not name.startswith("full while claiming"):
                wait_for(lambda: told_by_doctor(tmp_path, says))
                assert left(Home(tmp_path))[1].code == code
            assert not service.published("受理通知书.pdf")
        wait_for(lambda: service.published("受理通知书.pdf") and service.pulse.health().is_well)
        wait_for(lambda: "故障已经消除" in caplog.text)
    told = [record.levelname for record in caplog.records if says in record.getMessage() and record.levelname != "INFO"]
    assert told == ["ERROR"], "once, however often it was tried"
    all_in_order(tmp_path)
    assert not told_by_doctor(tmp_path, says)


def told_by_doctor(root: Path, says: str) -> bool:
    """`test_health` has how the doctor shows it."""
    told = left(Home(root))
    return told is not None and says in told[1].sentence and told[0] == NOW[0]


def all_in_order(root: Path) -> None:
    """Two papers, each once, with its letter once; the audit finds nothing."""
    with offices.office(root) as office:
        from formflow.register import models as rows
        from formflow.service.audit import verify

        assert sorted(rows.Paper.objects.values_list("original_name", "state")) == sorted(
            (source.name, "filed") for source in (offices.COMPLETE, offices.INCOMPLETE)
        )
        assert rows.Letter.objects.count() == 2
        assert len(list(office.home.outbox.rglob("*通知书*.pdf"))) == 2
        assert not [path for path in office.home.outbox.rglob("*") if path.name.startswith(".part-")]
        result = verify(office.home, (), offices.NOW)
        assert (result.is_sound, list(result.published.differences)) == (True, [])
        assert list(office.home.inbox.iterdir()) == list(office.home.claimed.iterdir()) == []


def test_a_disk_that_really_is_full(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    root = tmp_path / "small"
    root.mkdir()
    if (
        not sys.platform.startswith("linux")
        or os.geteuid() != 0
        or subprocess.call(["mount", "-t", "tmpfs", "-o", "size=3m", "none", root], stderr=subprocess.DEVNULL)
    ):
        pytest.skip("only an administrator may mount a small disk")
    try:
        with watched(root) as service:
            offices.drop(root, offices.INCOMPLETE)
            wait_for(lambda: service.published("年度台账.xlsx"))
            offices.drop(root, offices.COMPLETE, ".later")
            fill(root / "filler")
            (root / "inbox" / ".later").rename(root / "inbox" / offices.COMPLETE.name)
            wait_for(lambda: not service.pulse.health().is_well)
            assert "磁盘已满" in service.pulse.health().sentence
            (root / "filler").unlink()
            wait_for(lambda: service.published("受理通知书.pdf") and service.pulse.health().is_well)
        all_in_order(root)
    finally:
        subprocess.check_call(["umount", root])


def fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        for size in (65536, 4096, 1):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue


def test_memory_that_does_not_suffice_for_a_moment(tmp_path: Path) -> None:
    short = [MemoryError(), MemoryError()]

    def read(path: Path) -> object:
        if path.name == offices.COMPLETE.name and short:
            raise short.pop()
        return offices.read_in_process(path)

    with watched(tmp_path, read=read) as service:
        offices.drop(tmp_path, offices.INCOMPLETE)
        offices.drop(tmp_path, offices.COMPLETE)
        wait_for(lambda: service.published("受理通知书.pdf") and service.pulse.health().is_well)
    assert short == []
    all_in_order(tmp_path)


def test_a_paper_that_memory_never_suffices_for_does_not_keep_the_others(tmp_path: Path) -> None:
    def read(path: Path) -> object:
        if path.name == "大.docx":
            raise MemoryError
        return offices.read_in_process(path)

    with watched(tmp_path, read=read) as service:
        offices.drop(tmp_path, b"large", "大.docx", age_s=90)
        offices.drop(tmp_path, offices.COMPLETE)
        wait_for(lambda: service.published("大.docx") and service.published("受理通知书.pdf"))
        assert service.published("大.docx")[0].parent.name == "_待人工处理"
        assert "内存不够" in next((tmp_path / "outbox").rglob("大.docx.说明.txt")).read_text(encoding="utf-8")


def test_a_run_says_the_same_and_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    offices.drop(tmp_path, offices.COMPLETE)
    with offices.office(tmp_path) as office:
        from formflow.service import engine

        full = refusing("write_durably", errno.ENOSPC, "outbox")(monkeypatch, tmp_path)
        with full, pytest.raises(EnvironmentFailure, match="发件箱（outbox）所在的磁盘已满") as caught:
            engine.work_off(office)
        assert "没有丢失" in caught.value.remedy
        assert engine.work_off(office).done == ()
        assert any(office.home.outbox.rglob("受理通知书.pdf"))
