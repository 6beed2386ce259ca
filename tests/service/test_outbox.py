from __future__ import annotations

import errno
import os
from hashlib import sha256
from pathlib import Path

import pytest

from formflow.register.entries import PlannedBundle, PlannedFile
from formflow.service import files
from formflow.service.office import Office

PAIR = (PlannedFile("letter_docx", ".docx"), PlannedFile("letter_pdf", ".pdf"))


def bundle(planned: tuple[PlannedFile, ...] = PAIR, stem: str = "受理通知书"):
    from formflow.register import publications

    return publications.add_bundle(PlannedBundle("k", "项目/2022年/甲", stem, planned))


def material(data: bytes):
    from formflow.service.outbox import Material

    return Material(sha256(data).hexdigest(), data=data)


def publish(office: Office, planned, **data: bytes) -> None:
    from formflow.service import outbox

    outbox.publish(office.home.outbox, planned, {row.position: material(data[row.what]) for row in planned})


def read(office: Office) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in office.home.outbox.rglob("*") if path.is_file()}


def test_files_stand_under_their_names_and_twice_is_once(office: Office) -> None:
    planned = bundle()
    publish(office, planned, letter_docx=b"d", letter_pdf=b"p")
    publish(office, planned, letter_docx=b"d", letter_pdf=b"p")
    assert read(office) == {"受理通知书.docx": b"d", "受理通知书.pdf": b"p"}
    assert [row.sha256 for row in planned] == [sha256(b"d").hexdigest(), sha256(b"p").hexdigest()]


def test_a_clerks_file_is_never_overwritten_and_the_pair_stays_together(office: Office) -> None:
    folder = office.home.outbox / "项目/2022年/甲"
    folder.mkdir(parents=True)
    (folder / "受理通知书.pdf").write_bytes(b"a clerk's")
    planned = bundle()
    publish(office, planned, letter_docx=b"d", letter_pdf=b"p")
    expected = {"受理通知书.pdf": b"a clerk's", "受理通知书（2）.docx": b"d", "受理通知书（2）.pdf": b"p"}
    assert read(office) == expected
    planned[0].refresh_from_db()
    assert planned[0].variant == 2


def test_the_name_is_entered_before_it_is_used(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from formflow.register.models import Publication
    from formflow.service import outbox

    planned, entered = bundle(), []
    place = outbox._place

    def look_first(*args: object) -> None:
        entered.append(Publication.objects.exclude(sha256="").count())
        place(*args)

    monkeypatch.setattr(outbox, "_place", look_first)
    publish(office, planned, letter_docx=b"d", letter_pdf=b"p")
    assert entered == [2, 2]


def test_what_a_kill_left_half_written_is_cleared_away(office: Office) -> None:
    planned = bundle()
    folder = office.home.outbox / "项目/2022年/甲"
    folder.mkdir(parents=True)
    (folder / f".part-{planned[0].pk}").write_bytes(b"half")
    publish(office, planned, letter_docx=b"d", letter_pdf=b"p")
    assert sorted(read(office)) == ["受理通知书.docx", "受理通知书.pdf"]


@pytest.mark.parametrize("has_links", [True, False])
def test_an_original_is_moved_also_between_disks(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_links: bool
) -> None:
    from formflow.service import outbox

    original = tmp_path / "original"
    original.write_bytes(b"data")
    inode = original.stat().st_ino
    if not has_links:
        link = os.link

        def refuse(source: Path, target: Path) -> None:
            if Path(source) == original:
                raise OSError(errno.EXDEV, "another disk")
            link(source, target)

        monkeypatch.setattr(os, "link", refuse)
    planned = bundle((PlannedFile("original", ".docx", sha256=files.sha256_of(original)),), "申请表")
    outbox.publish(office.home.outbox, planned, {1: outbox.Material(planned[0].sha256, original=original)})
    assert read(office) == {"申请表.docx": b"data"}
    assert not original.exists()
    assert ((office.home.outbox / "项目/2022年/甲/申请表.docx").stat().st_ino == inode) is has_links


def test_an_original_that_arrived_before_the_kill_is_only_taken_away(office: Office, tmp_path: Path) -> None:
    from formflow.service import outbox

    original = tmp_path / "original"
    original.write_bytes(b"data")
    planned = bundle((PlannedFile("original", ".docx", sha256=files.sha256_of(original)),), "申请表")
    target = outbox.target_of(office.home.outbox, planned[0])
    target.parent.mkdir(parents=True)
    os.link(original, target)
    outbox.publish(office.home.outbox, planned, {1: outbox.Material(planned[0].sha256, original=original)})
    assert read(office) == {"申请表.docx": b"data"}
    assert not original.exists()


def test_a_note_is_taken_back_unless_somebody_has_written_in_it(office: Office) -> None:
    from formflow.service import outbox

    planned = bundle((PlannedFile("note", ".说明.txt", text="x"),), "文书")
    publish(office, planned, note=b"x")
    target = outbox.target_of(office.home.outbox, planned[0])
    target.write_bytes(b"x, and a remark")
    outbox.withdraw(office.home.outbox, planned)
    assert target.exists()
    target.write_bytes(b"x")
    outbox.withdraw(office.home.outbox, planned)
    outbox.withdraw(office.home.outbox, planned)
    assert not target.exists()
