"""A backup is a whole home, and what is restored from it goes on where that one stood."""

from __future__ import annotations

import errno
import json
import os
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from formflow.errors import EnvironmentFailure, FormflowError, UsageError
from formflow.register import snapshot
from formflow.service import backup as module
from formflow.service.backup import MANIFEST, back_up
from formflow.service.home import Home
from formflow.service.office import Office
from formflow.service.restore import restore
from support import offices


def work_off(office: Office) -> list[str]:
    from formflow.service import engine

    return [done.result for done in engine.work_off(office).done]


@pytest.fixture
def worked(office: Office) -> Office:
    """A home with a case, a paper waiting in the inbox, a pack and settings."""
    offices.drop(office.home.root, offices.COMPLETE)
    work_off(office)
    offices.drop(office.home.root, offices.INCOMPLETE, "某镇/草稿.docx")
    (office.home.root / "formflow.toml").write_text("[letters]\nofficial_fonts = false\n", encoding="utf-8")
    (office.home.root / "templates").mkdir()
    (office.home.root / "templates" / "读我.txt").write_text("x", encoding="utf-8")
    return office


@pytest.fixture
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("elsewhere")


def shown(root: Path) -> dict[str, str]:
    """Every file but the database's own notes of who reads it, which reading changes."""
    return {name: digest for name, digest in offices.tree(root).items() if not name.endswith("-shm")}


def test_what_is_restored_is_what_was_there(worked: Office, place: Path) -> None:
    before = shown(worked.home.root)
    made = back_up(worked.home, place / "备份.zip", offices.NOW)
    assert made.skipped == ()
    assert sorted(path.name for path in place.iterdir()) == ["备份.zip"]
    assert shown(worked.home.root) == before
    restore(place / "备份.zip", Home(place / "新"))
    after = offices.tree(place / "新")
    # What packs the workbooks were gone over with is a note to oneself: without it they are gone over again.
    register = {path for path in before if path.startswith(("state/register", "state/packs.json"))}
    assert {path: hash_ for path, hash_ in after.items() if path not in register} == {
        path: hash_ for path, hash_ in before.items() if path not in register
    }
    assert sorted(path.name for path in place.iterdir()) == ["备份.zip", "新"]
    draft = "inbox/某镇/草稿.docx"
    assert (place / "新" / draft).stat().st_mtime_ns == (worked.home.root / draft).stat().st_mtime_ns


def test_a_restored_home_works_on(worked: Office, place: Path) -> None:
    back_up(worked.home, place / "备份.zip", offices.NOW)
    restore(place / "备份.zip", Home(place / "新"))
    with offices.office(place / "新") as again:
        from formflow.register.models import Case
        from formflow.service.audit import verify

        assert work_off(again) == ["supplement"]
        offices.drop(again.home.root, offices.COMPLETE, "又.docx")
        assert work_off(again) == ["duplicate"]
        assert [case.number for case in Case.objects.all()] == [1, 2]
        assert verify(again.home, (), offices.NOW).is_sound


def test_papers_in_work_are_worked_on_and_given_back_to_the_new_inbox(worked: Office, place: Path) -> None:
    from formflow.service import claims, inbox

    (seen,) = inbox.scan(worked.home.inbox, 0).papers
    claim = claims.take(worked.home, seen, offices.NOW)
    assert claim is not None
    back_up(worked.home, place / "备份.zip", offices.NOW)
    restore(place / "备份.zip", Home(place / "新"))
    with offices.office(place / "新") as again:
        (found,) = claims.left_over(again.home)
        assert claims.give_back(again.home, found)
        assert offices.names(again.home.inbox) == ["某镇/草稿.docx"]
        assert work_off(again) == ["supplement"]
    assert claim.path.is_file()
    assert offices.names(worked.home.inbox) == []


def test_a_paper_in_work_from_an_inbox_elsewhere_is_given_back_there(worked: Office, place: Path) -> None:
    from formflow.service import claims, inbox

    county = place / "县总工会"
    county.mkdir()
    (county / "表.docx").write_bytes(offices.INCOMPLETE.read_bytes())
    (seen,) = inbox.scan(county, 0).papers
    assert claims.take(worked.home, seen, offices.NOW) is not None
    back_up(worked.home, place / "备份.zip", offices.NOW)
    restore(place / "备份.zip", Home(place / "新"))
    with offices.office(place / "新") as again:
        (found,) = claims.left_over(again.home)
        assert claims.give_back(again.home, found)
    assert offices.names(county) == ["表.docx"]


# While the backup is at one folder, the service works the inbox off: before the register is copied and after, at each folder.
@pytest.mark.parametrize("moment", ["state/log", "inbox", "state/claimed", "register", "outbox"])
def test_a_service_that_works_meanwhile_costs_nothing_and_doubles_nothing(
    worked: Office, place: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    if moment == "register":
        copy = snapshot.copy_register
        monkeypatch.setattr(snapshot, "copy_register", lambda *paths: (copy(*paths), work_off(worked)))
    else:
        monkeypatch.setattr(module, "_walk", _listed_first(worked, module._walk, worked.home.root / moment))
    back_up(worked.home, place / "备份.zip", offices.NOW)
    monkeypatch.undo()
    restore(place / "备份.zip", Home(place / "新"))
    with offices.office(place / "新") as again:
        from formflow.register.models import Case
        from formflow.service.audit import verify

        assert work_off(again) in (["supplement"], [])
        assert [case.version for case in Case.objects.order_by("number")] == [1, 1]
        assert list(verify(again.home, (), offices.NOW).published.differences) == []
    with offices.office(worked.home.root):
        assert Case.objects.count() == 2
    assert offices.names(place / "新" / "outbox") == offices.names(worked.home.outbox)
    assert offices.names(place / "新" / "inbox") == offices.names(place / "新" / "state" / "claimed") == []


def _listed_first(worked: Office, walk: Callable[..., object], folder: Path) -> Callable[..., object]:
    """Lists a folder, lets the service work, and only then gives the list out."""

    def listed(wanted: Path, not_listed: object) -> object:
        found = list(walk(wanted, not_listed))  # type: ignore[call-overload]
        if wanted == folder:
            work_off(worked)
        return iter(found)

    return listed


def test_what_cannot_be_taken_is_said(worked: Office, place: Path) -> None:
    (worked.home.inbox / "链接.docx").symlink_to(offices.COMPLETE)
    made = back_up(worked.home, place / "备份.zip", offices.NOW)
    assert [line.split("：")[0] for line in made.skipped] == ["inbox/链接.docx"]


@pytest.mark.skipif(sys.platform == "win32", reason="such names are of POSIX systems")
def test_names_that_are_no_text_survive(worked: Office, place: Path) -> None:
    raw = os.fsdecode("申请\\表.docx".encode("gb18030"))
    (worked.home.inbox / raw).write_bytes(b"x")
    back_up(worked.home, place / "备份.zip", offices.NOW)
    restore(place / "备份.zip", Home(place / "新"))
    assert (place / "新" / "inbox" / raw).read_bytes() == b"x"


@pytest.mark.parametrize("where", ["inbox/b.zip", "outbox/b.zip", "state/b.zip", "templates/b.zip"])
def test_a_backup_does_not_hold_itself(worked: Office, where: str) -> None:
    with pytest.raises(UsageError, match="被备份的文件夹"):
        back_up(worked.home, worked.home.root / where, offices.NOW)


def test_nothing_is_overwritten(worked: Office, place: Path) -> None:
    (place / "备份.zip").write_bytes(b"earlier")
    with pytest.raises(UsageError, match="没有覆盖"):
        back_up(worked.home, place / "备份.zip", offices.NOW)
    assert (place / "备份.zip").read_bytes() == b"earlier"


def test_a_full_disk_leaves_nothing_behind(worked: Office, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "_look_through", full)
    with pytest.raises(EnvironmentFailure, match="磁盘已满"):
        back_up(worked.home, place / "备份.zip", offices.NOW)
    assert list(place.iterdir()) == []


def test_a_home_without_a_register_has_nothing_to_be_kept(tmp_path: Path) -> None:
    (tmp_path / "家" / "inbox").mkdir(parents=True)
    with pytest.raises(UsageError, match="还没有登记"):
        back_up(Home(tmp_path / "家"), tmp_path / "b.zip", offices.NOW)


def rewritten(path: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    """The zip with its entries changed; None leaves one out."""
    with zipfile.ZipFile(path) as archive:
        entries = {info.filename: archive.read(info) for info in archive.infolist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in entries.items():
            if (made := change(name, data)) is not None:
                archive.writestr(name, made)


def manifest_with(data: bytes, **changes: object) -> bytes:
    return json.dumps(json.loads(data) | changes).encode()


def moved(data: bytes, path: str) -> bytes:
    told = json.loads(data)
    told["files"][0]["path"] = path
    return json.dumps(told).encode()


@pytest.mark.parametrize(
    "change",
    [
        lambda name, data: data + b" " if name.endswith("草稿.docx") else data,
        lambda name, data: b"" if name.endswith("草稿.docx") else data,
        lambda name, data: None if name.endswith("草稿.docx") else data,
        lambda name, data: None if name == MANIFEST else data,
        lambda name, data: b"{}" if name == MANIFEST else data,
        lambda name, data: b"[1" if name == MANIFEST else data,
        lambda name, data: manifest_with(data, format="formflow-backup-9") if name == MANIFEST else data,
        lambda name, data: manifest_with(data, files=[]) if name == MANIFEST else data,
        lambda name, data: manifest_with(data, files=[{"path": 3}]) if name == MANIFEST else data,
        lambda name, data: manifest_with(data, anchor=[1, "0" * 64]) if name == MANIFEST else data,
        lambda name, data: moved(data, "../外.txt") if name == MANIFEST else data,
        lambda name, data: moved(data, "/tmp/外.txt") if name == MANIFEST else data,
        lambda name, data: moved(data, "inbox/../../外.txt") if name == MANIFEST else data,
        lambda name, data: moved(data, "C:/外.txt") if name == MANIFEST else data,
        lambda name, data: moved(data, "src/外.py") if name == MANIFEST else data,
    ],
)
def test_a_backup_that_was_changed_restores_nothing(
    worked: Office, place: Path, change: Callable[[str, bytes], bytes | None]
) -> None:
    back_up(worked.home, place / "备份.zip", offices.NOW)
    rewritten(place / "备份.zip", change)
    with pytest.raises(FormflowError) as caught:
        restore(place / "备份.zip", Home(place / "新"))
    assert caught.value.remedy
    assert caught.value.exit_code == 4
    assert sorted(path.name for path in place.iterdir()) == ["备份.zip"]


@pytest.mark.parametrize("keep", [0, 10, 5_000, -10])
def test_a_backup_that_was_cut_restores_nothing(worked: Office, place: Path, keep: int) -> None:
    back_up(worked.home, place / "备份.zip", offices.NOW)
    data = (place / "备份.zip").read_bytes()
    (place / "备份.zip").write_bytes(data[:keep])
    with pytest.raises(FormflowError, match="备份"):
        restore(place / "备份.zip", Home(place / "新"))
    assert not (place / "新").exists()


def test_a_home_that_holds_anything_is_not_touched(worked: Office, place: Path) -> None:
    back_up(worked.home, place / "备份.zip", offices.NOW)
    (place / "旧").mkdir()
    (place / "旧" / "x.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="已有文件"):
        restore(place / "备份.zip", Home(place / "旧"))
    assert offices.names(place / "旧") == ["x.txt"]
    (place / "空").mkdir()
    restore(place / "备份.zip", Home(place / "空"))
    assert (place / "空" / "state" / "register.sqlite3").is_file()
    with pytest.raises(UsageError, match="没有这个文件"):
        restore(place / "none.zip", Home(place / "x"))


def test_a_folder_that_cannot_be_listed_is_said(worked: Office, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("某镇"):
            raise PermissionError(errno.EACCES, "", str(path))
        return real(path)

    with monkeypatch.context() as patched:
        patched.setattr(os, "scandir", refuse)
        made = back_up(worked.home, place / "备份.zip", offices.NOW)
    assert made.skipped == ("inbox/某镇：没有权限，里面的没有备份",)
    assert not [one.path for one in made.manifest.files if "某镇" in one.path]


@pytest.mark.parametrize("name", ["inbox", "outbox"])
def test_an_inbox_or_outbox_that_is_gone_is_said(worked: Office, place: Path, name: str) -> None:
    (worked.home.root / name).rename(worked.home.root / "移走的")
    made = back_up(worked.home, place / "备份.zip", offices.NOW)
    assert made.skipped == (f"{name}：文件或文件夹不存在，里面的没有备份",)
