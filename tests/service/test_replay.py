"""A case done once more gives the same, byte for byte; what has changed since is named at its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from formflow.errors import UsageError
from formflow.model.programme import Programme
from formflow.service.home import Home
from formflow.service.office import Office
from support import offices
from support.archives import zipped

if TYPE_CHECKING:
    from formflow.service.replay import Replay


class Clock:
    """An hour passes between one run and the next."""

    def __init__(self) -> None:
        self.at = offices.NOW

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def office(tmp_path: Path, clock: Clock) -> object:
    with offices.office(tmp_path, now=clock) as opened:
        yield opened


def run(office: Office, clock: Clock, *papers: tuple[Path | bytes, str]) -> None:
    from formflow.service import engine

    for source, name in papers:
        offices.drop(office.home.root, source, name)
    engine.work_off(office)
    clock.at += timedelta(hours=25)


def again(office: Office, text: str, programmes: tuple[Programme, ...] | None = None, **changes: object) -> Replay:
    from formflow.service.replay import replay

    current = office.programmes if programmes is None else programmes
    parts = {"programmes": current} | changes

    def make(home: Home, now: Callable[[], datetime]) -> Office:
        return replace(office, home=home, now=lambda: now().astimezone(offices.NOW.tzinfo), **parts)  # type: ignore[arg-type]

    return replay(office.home, text, current, make)


def test_a_form_a_correction_and_late_attachments(office: Office, clock: Clock) -> None:
    run(office, clock, (offices.COMPLETE, "别的.docx"))
    run(office, clock, (offices.INCOMPLETE, "草稿.docx"))
    run(office, clock, (offices.WITH_ATTACHMENTS, "白鹭/申请表.docx"))
    run(office, clock, (offices.PLAN, "规划.docx"))
    run(office, clock, (offices.SCHEME, "方案.docx"))
    run(office, clock, (offices.WITH_ATTACHMENTS, "又.docx"))
    before = offices.tree(office.home.outbox)
    for text, count in (("白鹭镇", 4), ("2022-2", 1), (offices.COMPLETE_UNIT, 1)):
        from formflow.register.setup import open_register

        open_register(office.home.register)
        result = again(office, text)
        assert result.changes == ()
        assert (result.is_same, result.files, result.packs, result.missing) == (True, count, (), ())
    assert offices.tree(office.home.outbox) == before


def test_an_archive_of_several_units(office: Office, clock: Clock) -> None:
    papers = {
        "甲.docx": offices.COMPLETE.read_bytes(),
        "乙.docx": offices.WITH_ATTACHMENTS.read_bytes(),
        "规划.docx": offices.PLAN.read_bytes(),
    }
    run(office, clock, (zipped(papers), "套件.zip"))
    result = again(office, "白鹭镇")
    assert (result.changes, result.files) == ((), 1)


def test_what_another_pack_would_find_is_said_with_the_pack(office: Office, clock: Clock) -> None:
    run(office, clock, (offices.INCOMPLETE, "草稿.docx"))
    programme = office.programme("nantong-service-centre")
    assert programme is not None
    forms = tuple(
        replace(form, fields=tuple(replace(field, is_required=False) for field in form.fields))
        for form in programme.forms
    )
    newer = replace(programme, forms=forms, version="9.9", sha256="0" * 64)
    result = again(office, "2022-1", (newer,))
    assert not result.is_same
    assert result.packs == ((programme.id, programme.version, "9.9"),)
    assert any("问题" in change.place for change in result.changes)


def test_a_pack_that_was_taken_away(office: Office, clock: Clock) -> None:
    run(office, clock, (offices.COMPLETE, "表.docx"))
    result = again(office, "2022-1", ())
    assert result.packs[0][2] == ""
    assert not result.is_same


def test_letters_that_print_differently_are_named_by_their_files(office: Office, clock: Clock) -> None:
    run(office, clock, (offices.COMPLETE, "表.docx"))

    def otherwise(spec: object, content: object) -> object:
        printed = offices.print_plainly(spec, content)  # type: ignore[arg-type]
        return replace(printed, pdf=printed.pdf + b" ")

    result = again(office, "2022-1", print_letter=otherwise)
    assert [change.place.rpartition("：")[2] for change in result.changes] == [".pdf 文件"]


def test_a_record_that_was_changed_in_the_register_is_found(office: Office, clock: Clock) -> None:
    run(office, clock, (offices.COMPLETE, "表.docx"))
    from formflow.register.models import Record

    record = Record.objects.get()
    record.answers["industry"]["value"] = "别的行业"
    record.save()
    (change,) = again(office, "2022-1").changes
    assert change.place == "第1次：industry"
    assert (change.then["value"], change.now["value"] != "别的行业") == ("别的行业", True)


def test_without_the_originals_nothing_is_done(office: Office, clock: Clock) -> None:
    run(office, clock, (offices.COMPLETE, "表.docx"))
    (original,) = office.home.outbox.rglob("原件/表.docx")
    original.write_bytes(b"changed")
    result = again(office, "2022-1")
    assert (result.missing, result.is_same, result.changes) == (("表.docx",), False, ())


@pytest.mark.parametrize(
    ("text", "says"), [("2022-9", "没有"), ("某某镇", "没有"), ("other/2022-1", "没有"), ("镇", "不止一个")]
)
def test_cases_that_are_none_or_several(office: Office, clock: Clock, text: str, says: str) -> None:
    run(office, clock, (offices.INCOMPLETE, "草稿.docx"), (offices.WITH_ATTACHMENTS, "申请表.docx"))
    with pytest.raises(UsageError, match=says):
        again(office, text)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("2022-2", [2]),
        ("2022-0002-1", [2]),
        ("202200002", [2]),
        (" nantong-service-centre/2022-0001 ", [1]),
        ("other/202200001", []),
        ("2022-0003-1", []),
        ("20220002", []),
        ("²⁰²²-1", []),
    ],
)
def test_a_case_goes_by_the_numbers_people_see(office: Office, clock: Clock, text: str, numbers: list[int]) -> None:
    run(office, clock, (offices.INCOMPLETE, "草稿.docx"), (offices.WITH_ATTACHMENTS, "申请表.docx"))
    from formflow.register import case_facts

    assert [case_facts.facts_of(key).number for key in case_facts.find(text)] == numbers
