"""Names that file systems allow and people do not expect: each paper is taken, shown, published and kept, and none takes another's place."""

from __future__ import annotations

import os
import sys
import unicodedata
from pathlib import Path

import pytest

from formflow.service.office import Office
from support import offices

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")

LONGEST = "赋" * 83 + ".txt"  # 253 bytes; with a shorter ending 255
ODD = {
    "newline": "申请\n表.txt",
    "control": "申请\x07\x1b[31m表.txt",
    "turned": "申请\u202etxt.exe",
    "device": "CON.txt",
    "device without ending": "nul",
    "dots at the end": "申请表.txt...",
    "blank at the end": "申请表.txt ",
    "backslash": "申请\\..\\..\\表.txt",
    "colon": "C:申请表.txt",
    "only dots": "...",
    "hidden": ".申请表.txt",
    "dash": "-rf.txt",
    "emoji": "👩‍👩‍👧.txt",
    "255 bytes": "赋" * 85,
    "255 bytes with ending": LONGEST,
    "255 letters": "a" * 251 + ".txt",
    "quotes": "'\";$(reboot)`.txt",
    "html": "<b>申请表&amp;.txt",
    "formula": "=cmd|'!A1.txt",
}


def put(inbox: Path, name: str | bytes, data: bytes) -> None:
    with open(os.path.join(os.fsencode(inbox), os.fsencode(name)), "wb") as file:  # noqa: PTH118, PTH123 - bytes
        file.write(data)


def contents(folder: Path) -> dict[bytes, str]:
    """Content → name of every file below a folder; no content may lie there twice."""
    files = [path for path in folder.rglob("*") if path.is_file() and "说明.txt" not in path.name]
    found = {path.read_bytes(): path.name for path in files}
    assert len(found) == len(files)
    return found


@pytest.mark.parametrize("name", ODD.values(), ids=ODD.keys())
def test_an_odd_name_is_taken_and_published_under_one_that_stands_everywhere(
    office: Office, tmp_path: Path, name: str
) -> None:
    from formflow.service import engine

    put(office.home.inbox, name, b"no form of ours")
    (done,) = engine.work_off(office).done
    assert done.result == "set_aside"
    published = contents(office.home.outbox)[b"no form of ours"]
    assert_stands_everywhere(published)
    note = next(path for path in office.home.outbox.rglob("*说明.txt"))
    assert_stands_everywhere(note.name)
    assert all(ch.isprintable() for ch in done.name if ch != "\u200d")
    assert offices.names(office.home.claimed) == []
    assert os.listdir(office.home.inbox) == []  # noqa: PTH208


def assert_stands_everywhere(name: str) -> None:
    assert len(name.encode()) <= 255
    assert not set(name) & set('<>:"/\\|?*')
    assert all(ord(ch) >= 32 and ch not in "\u202a\u202b\u202c\u202d\u202e" for ch in name)
    assert name == name.rstrip(" .")
    assert name.split(".")[0].upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT1"}


@pytest.mark.parametrize("raw", ["申请表.txt".encode("gb18030"), b"\xff\xfe\x80.txt", b"caf\xe9.txt"])
def test_a_name_of_bytes_that_are_no_text_is_taken(office: Office, raw: bytes) -> None:
    from formflow.service import engine

    put(office.home.inbox, raw, b"no form of ours")
    (done,) = engine.work_off(office).done
    done.name.encode()
    assert_stands_everywhere(contents(office.home.outbox)[b"no form of ours"])


TWINS = {
    "case": ("申请表A.txt", "申请表a.TXT"),
    "unicode form": (unicodedata.normalize("NFC", "café.txt"), unicodedata.normalize("NFD", "café.txt")),
    "forbidden letters": ("申请:表.txt", "申请?表.txt"),
    "cut": ("赋" * 84 + "甲", "赋" * 84 + "乙"),
    "sharp s": ("Straße.txt", "STRASSE.txt"),
    "width of blanks": ("申请表 .txt", "申请表.txt "),
}


@pytest.mark.parametrize("twins", TWINS.values(), ids=TWINS.keys())
@pytest.mark.parametrize("folder", ["", "甲"])
def test_two_names_that_are_one_on_other_systems_stand_side_by_side(
    office: Office, twins: tuple[str, str], folder: str
) -> None:
    """The outbox is shared: Windows would show one of the two, or copying it would write one over the other."""
    from formflow.service import engine

    (office.home.inbox / folder).mkdir(exist_ok=True)
    for name in twins:
        put(office.home.inbox / folder, name, name.encode())
    assert len(engine.work_off(office).done) == 2
    published = contents(office.home.outbox)
    assert set(published) == {name.encode() for name in twins}
    on_others = {unicodedata.normalize("NFC", name).casefold() for name in published.values()}
    assert len(on_others) == 2
    assert offices.names(office.home.claimed) == []


def test_twins_inside_an_archive_stand_side_by_side(office: Office, tmp_path: Path) -> None:
    from formflow.service import engine
    from support.archives import zipped

    form = offices.COMPLETE.read_bytes()
    offices.drop(tmp_path, zipped({"申请表.docx": form, "A.txt": b"one", "a.txt": b"two"}), "套件.zip")
    engine.work_off(office)
    published = contents(office.home.outbox)
    assert {b"one", b"two"} <= set(published)
    assert published[b"one"].casefold() != published[b"two"].casefold()


def test_a_form_with_the_longest_name_goes_through_to_its_case_and_back_out_of_a_backup(tmp_path: Path) -> None:
    from formflow.service import backup, restore
    from formflow.service.home import Home

    home = tmp_path / "home"
    with offices.office(home) as office:
        from formflow.service import engine

        put(office.home.inbox, LONGEST.replace(".txt", ".dot"), offices.COMPLETE.read_bytes())
        put(office.home.inbox, LONGEST, b"left lying")
        (office.home.inbox / f"~${LONGEST[2:]}").write_bytes(b"owner")
        (done,) = engine.work_off(office).done
        assert done.result == "accepted"
        (original,) = (path for path in office.home.outbox.rglob("原件/*"))
        assert original.read_bytes() == offices.COMPLETE.read_bytes()
        backup.back_up(office.home, tmp_path / "备份.zip", offices.NOW)
    restore.restore(tmp_path / "备份.zip", Home(tmp_path / "again"))
    assert offices.tree(tmp_path / "again" / "outbox") == offices.tree(home / "outbox")
    assert (tmp_path / "again" / "inbox" / LONGEST).read_bytes() == b"left lying"


def test_a_path_as_long_as_the_system_allows_stops_nothing(office: Office, tmp_path: Path) -> None:
    from formflow.service import engine, inbox

    depth, here = inbox.DEEPEST_FOLDER, os.getcwd()  # noqa: PTH109
    os.chdir(office.home.inbox)
    try:
        for _ in range(depth):
            os.mkdir("赋" * 85)  # noqa: PTH102
            os.chdir("赋" * 85)
        Path("深.txt").write_bytes(b"deep")
    finally:
        os.chdir(here)
    offices.drop(tmp_path, offices.COMPLETE)
    summary = engine.work_off(office)
    assert [done.result for done in summary.done] == ["accepted"]
    assert any("名称太长" in remark.text for remark in summary.remarks)
    assert deep_file(office.home.inbox, depth) == b"deep"


def deep_file(folder: Path, depth: int) -> bytes:
    here = os.getcwd()  # noqa: PTH109
    os.chdir(folder)
    try:
        for _ in range(depth):
            os.chdir("赋" * 85)
        return Path("深.txt").read_bytes()
    finally:
        os.chdir(here)
