"""The audit of a home that has worked: sound when nothing was touched, and each thing that was touched is named."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

import pytest

from formflow.register.proof import Anchor
from formflow.service.office import Office
from support import offices


@pytest.fixture
def worked(office: Office) -> Office:
    """One accepted case, one to be supplemented, one file set aside."""
    from formflow.service import engine

    for source in (offices.COMPLETE, offices.INCOMPLETE):
        offices.drop(office.home.root, source)
    offices.drop(office.home.root, b"bad", "坏.docx")
    engine.work_off(office)
    return office


def differences(office: Office, *given: Anchor) -> list[tuple[str, str]]:
    from formflow.service.audit import verify

    result = verify(office.home, given, offices.NOW)
    assert result.is_sound == all(one.is_expected for one in result.published.differences)
    return [(Path(one.path).name, one.kind) for one in result.published.differences]


def published(office: Office, pattern: str) -> Path:
    (path,) = (path for path in office.home.outbox.rglob(pattern) if offices.COMPLETE_UNIT in str(path))
    return path


def execute(office: Office, statement: str) -> None:
    with sqlite3.connect(office.home.register) as connection:
        connection.execute(statement)


def test_a_home_that_nobody_touched(worked: Office) -> None:
    from formflow.service import anchors
    from formflow.service.audit import verify

    result = verify(worked.home, (), offices.NOW)
    assert result.is_sound
    assert list(result.published.differences) == []
    # Both letters as Word and PDF, both originals and the one set aside at the least; no note.
    assert result.published.count >= 7
    assert anchors.read(worked.home) == (result.verdict.anchor,)


def test_what_people_do_with_their_files_is_told_apart_from_what_they_should_not(worked: Office) -> None:
    published(worked, "受理通知书.docx").write_bytes(b"edited")
    assert differences(worked) == [("受理通知书.docx", "changed")]
    published(worked, "受理通知书.docx").unlink()
    (worked.home.outbox / "_待人工处理" / "坏.docx").unlink()
    for note in worked.home.outbox.rglob("*说明.txt"):
        note.unlink()
    assert differences(worked) == [("受理通知书.docx", "missing")]


@pytest.mark.parametrize("pattern", ["受理通知书.pdf", "临溪*.docx"])
def test_a_letter_as_pdf_and_an_original_are_not_to_be_changed(worked: Office, pattern: str) -> None:
    from formflow.service.audit import verify

    path = published(worked, pattern)
    path.write_bytes(path.read_bytes() + b" ")
    result = verify(worked.home, (), offices.NOW)
    assert [(one.path, one.kind) for one in result.published.differences] == [
        (path.relative_to(worked.home.outbox).as_posix(), "changed")
    ]
    assert not result.is_sound


def test_a_letter_and_the_register_changed_to_match_still_contradict_the_chain(worked: Office) -> None:
    path = published(worked, "受理通知书.pdf")
    path.write_bytes(b"forged")
    execute(worked, f"UPDATE register_publication SET sha256 = '{offices.tree(path.parent)[path.name]}' WHERE what = 'letter_pdf' AND stem = '受理通知书'")  # fmt: skip
    assert sorted(differences(worked)) == [("受理通知书.pdf", "changed"), ("受理通知书.pdf", "contradicted")]


def test_a_publication_taken_out_of_the_register_is_known_from_the_chain(worked: Office) -> None:
    execute(worked, "DELETE FROM register_publication WHERE what = 'letter_pdf' AND stem = '受理通知书'")
    assert differences(worked) == [("受理通知书.pdf", "contradicted")]


def test_a_file_that_cannot_be_read_is_said(worked: Office) -> None:
    path = published(worked, "受理通知书.pdf")
    path.unlink()
    path.mkdir()
    assert differences(worked) == [("受理通知书.pdf", "unreadable")]
    from formflow.service.audit import verify

    (one,) = verify(worked.home, (), offices.NOW).published.differences
    assert one.detail == "这是文件夹，不是文件", "the path stands beside it"


def test_entries_taken_off_the_end_are_missed_by_the_home_s_own_anchor_and_by_one_kept_elsewhere(
    worked: Office,
) -> None:
    from formflow.service import anchors
    from formflow.service.audit import verify

    kept = verify(worked.home, (), offices.NOW).verdict.anchor
    assert kept is not None
    execute(worked, f"DELETE FROM register_event WHERE id = {kept.count}")
    broken = verify(worked.home, (), offices.NOW).verdict.broken
    assert broken is not None
    assert (broken.fault, broken.entry_id) == ("truncated", kept.count)
    (worked.home.log / "anchors.jsonl").unlink()
    assert verify(worked.home, (kept,), offices.NOW).verdict.broken == broken
    assert anchors.read(worked.home) == ()


def test_a_broken_chain_is_not_sound_though_all_files_are(worked: Office) -> None:
    from formflow.service import anchors
    from formflow.service.audit import verify

    execute(worked, "UPDATE register_event SET who = '李四' WHERE id = 1")
    result = verify(worked.home, (), offices.NOW)
    assert not result.is_sound
    assert anchors.read(worked.home) == ()


@pytest.mark.parametrize(
    ("what", "kind", "is_expected"),
    [
        ("letter_docx", "changed", True),
        ("review_sheet", "changed", True),
        ("letter_pdf", "changed", False),
        ("original", "changed", False),
        ("original", "missing", True),
        ("letter_docx", "contradicted", False),
        ("letter_docx", "unreadable", False),
    ],
)
@pytest.mark.usefixtures("office")
def test_what_is_expected(what: str, kind: str, is_expected: bool) -> None:
    from formflow.service.published import Difference

    assert Difference("x", what, kind).is_expected is is_expected  # type: ignore[arg-type]


def test_a_verdict_stands_though_it_cannot_be_noted(worked: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from formflow.service import anchors
    from formflow.service.audit import verify

    def refuse(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    assert verify(worked.home, (), offices.NOW).unnoted == ""
    monkeypatch.setattr(anchors, "note", refuse)
    result = verify(worked.home, (), offices.NOW)
    assert (result.is_sound, result.unnoted) == (True, "磁盘已满")


def test_a_row_whose_name_can_be_none_is_named(worked: Office) -> None:
    from formflow.service.audit import verify

    execute(
        worked, "UPDATE register_publication SET variant = '坏' WHERE id = (SELECT max(id) FROM register_publication)"
    )
    result = verify(worked.home, (), offices.NOW)
    assert not result.is_sound
    assert [fault.table for fault in result.faults] == ["发布"]


@pytest.mark.parametrize(("table", "column", "name"), [
    ("case", "opened_on", "案卷"), ("letter", "issued_on", "文书"), ("paper", "received_at", "来件"),
])  # fmt: skip
def test_a_day_that_is_none_is_found_and_not_stumbled_over(worked: Office, table: str, column: str, name: str) -> None:
    from formflow.service.audit import verify

    execute(worked, f"UPDATE register_{table} SET {column} = '2022-02-30 00:00:00' WHERE id = 1")
    result = verify(worked.home, (), offices.NOW)
    assert [(fault.kind, fault.table, fault.key) for fault in result.faults] == [("changed", name, 1)]
