"""What cannot be put into the outbox for a reason of its own keeps nothing else back, is told, and goes out when it can."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from formflow.service import held_back
from formflow.service.held_back import HeldBack
from formflow.service.home import Home
from formflow.service.office import Office
from formflow.service.pulse import Pulse
from support import archives, offices
from support.serving import serving, wait_for

NOTE = "_待人工处理/发件箱等待说明.txt"
FOLDER = f"职工服务中心赋能创优/2022年/{offices.COMPLETE_UNIT}"
ONE = HeldBack(7, "项目/2022年/甲", "受理通知书.docx", offices.NOW, "名称太长", "请换一个地方", 0, 0.0)


def deliver(office: Office, **options: bool) -> tuple[str, ...]:
    from formflow.service import delivery

    return delivery.deliver(office, **options)


def work_off(office: Office) -> Any:
    from formflow.service import engine

    return engine.work_off(office)


def pending() -> list[str]:
    from formflow.register import publications

    return [bundle[0].stem for bundle in publications.pending_bundles()]


def plan(stem: str, folder: str = "项目/2022年/甲", series: str = "", text: str = "x") -> int:
    """Enters a note to be put out; the number of its row."""
    from formflow.register import books, publications
    from formflow.register.entries import PlannedBundle, PlannedFile

    with books.transaction():
        file = PlannedFile("note", ".txt", text=text)
        (row,) = publications.add_bundle(PlannedBundle(f"{stem}/{text}", folder, stem, (file,), series))
        books.add_event(offices.NOW, "letter_failed", stem)
    return int(row.pk)


def test_a_file_in_the_place_of_a_folder_keeps_one_unit_back_and_nobody_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(held_back, "FIRST_REST_S", 0.1)
    pulse, outbox = Pulse(), tmp_path / "outbox"
    in_the_way = outbox / FOLDER
    in_the_way.parent.mkdir(parents=True)
    in_the_way.write_text("a clerk's", encoding="utf-8")
    with serving(tmp_path, pulse):
        offices.drop(tmp_path, offices.COMPLETE)
        wait_for(lambda: pulse.health().reason == "held_back")
        offices.drop(tmp_path, offices.INCOMPLETE)
        wait_for(lambda: list(outbox.rglob("补正通知书.pdf")) and list(outbox.rglob("年度台账.xlsx")))
        sentence = pulse.health().sentence
        assert "放不进发件箱" in sentence
        assert "没有丢失" in sentence
        assert offices.COMPLETE_UNIT not in sentence
        assert "formflow_outbox_held_back_bundles 0" not in pulse.metrics({})
        wait_for((outbox / NOTE).is_file)
        note = (outbox / NOTE).read_text(encoding="utf-8-sig")
        assert f"{FOLDER}/受理通知书.docx" in note
        assert f"“{FOLDER}”应当是文件夹，却有一个文件占了这个名字。请把那个文件改名，或移到别处。" in note
        in_the_way.rename(outbox / "别处.txt")
        wait_for(lambda: list(outbox.rglob("受理通知书.pdf")) and pulse.health().is_well)
        wait_for(lambda: not (outbox / NOTE).exists())
    assert (outbox / "别处.txt").read_text(encoding="utf-8") == "a clerk's"
    told = [record.getMessage() for record in caplog.records if "放不进发件箱" in record.getMessage()]
    assert len(told) == len(set(told)), "each once, however often it was tried"
    assert f"放进发件箱了：{FOLDER}/受理通知书.docx" in caplog.text
    with offices.office(tmp_path) as office:
        from formflow.service.audit import verify

        result = verify(office.home, (), offices.NOW)
        assert (result.is_sound, list(result.published.differences)) == (True, [])
        assert (pending(), held_back.load(office.home)) == ([], {})


def test_a_run_says_so_and_the_next_run_tries_at_once(office: Office) -> None:
    in_the_way = office.home.outbox / FOLDER
    in_the_way.parent.mkdir(parents=True)
    in_the_way.write_bytes(b"")
    offices.drop(office.home.root, offices.COMPLETE)
    summary = work_off(office)
    assert summary.needs_person
    assert [problem for problem in summary.problems if problem.startswith(f"{FOLDER}/受理通知书.docx 放不进发件箱：")]
    assert (office.home.outbox / NOTE).is_file()
    in_the_way.unlink()
    assert work_off(office).problems == ()
    assert not (office.home.outbox / NOTE).exists()
    assert [name for name in offices.names(office.home.outbox) if name.endswith("受理通知书.pdf")]


def test_each_time_it_rests_twice_as_long_and_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held_back.time, "time", lambda: 1000.0)
    rests, held = [], None
    for minute in range(7):
        held = held_back.after(held, replace(ONE, since=offices.NOW + timedelta(minutes=minute)))
        rests.append(held.not_before - 1000)
    assert rests == [15, 30, 60, 120, 240, 300, 300]
    assert held is not None
    assert (held.tries, held.since) == (7, offices.NOW)
    assert [held.rests(now) for now in (1000.0, 1299.9, 1300.0, 0.0)] == [True, True, False, False]


def test_what_rests_is_not_tried(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from formflow.service import outbox

    tried: list[str] = []

    def refuse(folder: Path, bundle: Any, materials: Any) -> None:
        tried.append(bundle[0].stem)
        raise OSError(errno.ENAMETOOLONG, "", str(folder / "x"))

    number = plan("长")
    monkeypatch.setattr(outbox, "publish", refuse)
    deliver(office)
    assert not held_back.is_due(office.home)
    deliver(office)
    assert tried == ["长"]
    held_back.keep(office.home, replace(held_back.load(office.home)[number], not_before=1.0))
    assert held_back.is_due(office.home)
    deliver(office)
    deliver(office, retry=True)
    assert tried == ["长"] * 3
    assert held_back.load(office.home)[number].tries == 3


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.ESTALE, errno.EMFILE])
def test_what_ails_the_disk_is_not_held_against_one_file(
    office: Office, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    from formflow.service import files

    def refuse(path: Path, data: bytes) -> None:
        raise OSError(code, os.strerror(code), str(path))

    plan("甲")
    with monkeypatch.context() as patched:
        patched.setattr(files, "write_durably", refuse)
        with pytest.raises(OSError, match=os.strerror(code)):
            deliver(office)
    assert held_back.load(office.home) == {}
    deliver(office)
    assert pending() == []


@pytest.mark.parametrize("refused", ["make_folder", "write_durably", "put_without_overwriting"])
def test_an_outbox_that_takes_nothing_is_no_matter_of_one_file(
    office: Office, monkeypatch: pytest.MonkeyPatch, refused: str
) -> None:
    from formflow.service import files

    def refuse(path: Path, *more: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(office.home.outbox / "x"))

    plan("甲")
    with monkeypatch.context() as patched:
        patched.setattr(files, refused, refuse)
        with pytest.raises(PermissionError):
            deliver(office)
    assert held_back.load(office.home) == {}
    assert offices.names(office.home.outbox) == []


def test_a_state_folder_that_refuses_is_no_matter_of_one_file(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from formflow.service import outbox

    original = office.home.claimed / "1" / "x.docx"

    def refuse(folder: Path, bundle: Any, materials: Any) -> None:
        raise PermissionError(errno.EACCES, "", str(original))

    plan("甲")
    monkeypatch.setattr(outbox, "publish", refuse)
    with pytest.raises(PermissionError):
        deliver(office)
    assert held_back.load(office.home) == {}


@pytest.mark.parametrize("named", [(), ("{state}/claimed/1/x.docx", None, "{outbox}/甲/x.docx")])
def test_a_refusal_that_does_not_name_the_state_folder_alone_is_a_matter_of_one_file(
    office: Office, monkeypatch: pytest.MonkeyPatch, named: tuple[str | None, ...]
) -> None:
    """A move names both ends, and it is the outbox that refuses; some systems name nothing."""
    paths = [name and name.format(state=office.home.state, outbox=office.home.outbox) for name in named]
    number = plan("甲")
    refused_when(monkeypatch, lambda row: True, lambda: PermissionError(errno.EACCES, "refused", *paths))
    deliver(office)
    assert list(held_back.load(office.home)) == [number]


def test_why_it_is_held_back_is_logged_once_and_again_when_it_is_something_else(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def told() -> list[str]:
        found = [record.getMessage() for record in caplog.records if record.name == "formflow"]
        caplog.clear()
        return found

    caplog.set_level("INFO", "formflow")
    plan("甲")
    error: OSError = OSError(errno.ENAMETOOLONG, "x")
    refused_when(monkeypatch, lambda row: True, lambda: error)
    deliver(office, retry=True)
    first = told()
    assert (len(first), "放不进发件箱：项目/2022年/甲/甲.txt：名称或路径太长" in first[0]) == (2, True)
    assert first[1].startswith("OSError：")
    deliver(office, retry=True)
    assert told() == []
    error = PermissionError(errno.EACCES, "x")
    deliver(office, retry=True)
    second = told()
    assert ("没有写权限" in second[0], second[1].startswith("PermissionError：")) == (True, True)


def test_trying_the_outbox_leaves_nothing_there(office: Office) -> None:
    from formflow.service import outbox

    refused = OSError(errno.ENAMETOOLONG, "")
    assert not outbox.refuses_all(office.home.outbox, refused)
    assert list(office.home.outbox.iterdir()) == []
    office.home.outbox.rmdir()
    assert outbox.refuses_all(office.home.outbox, refused)
    assert not office.home.outbox.exists()


def test_of_a_pair_that_cannot_stand_together_none_stays(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the draft of a letter that is approved meanwhile would lie there for ever."""
    from formflow.service import files

    real = files.put_without_overwriting

    def refuse_pdf(source: Path, target: Path) -> None:
        if target.suffix == ".pdf":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(source), None, str(target))
        real(source, target)

    offices.drop(office.home.root, offices.COMPLETE)
    with monkeypatch.context() as patched:
        patched.setattr(files, "put_without_overwriting", refuse_pdf)
        (problem,) = work_off(office).problems
    assert "请关闭打开着的文件" in problem
    assert [path for path in office.home.outbox.rglob("*") if "受理通知书" in path.name or path.name[0] == "."] == []
    work_off(office)
    assert len(list(office.home.outbox.rglob("受理通知书.*"))) == 2


@pytest.mark.parametrize("unit", [offices.COMPLETE_UNIT, "通泽区临溪高新园区职工服务中心"])
def test_an_original_stays_where_it_is_until_every_copy_of_it_stands(office: Office, unit: str) -> None:
    """Moved away first, it would be lost to the case whose folder could not be made."""
    second = offices.rewritten(offices.COMPLETE, {"临溪科技园区": "临溪高新园区"})
    in_the_way = office.home.outbox / FOLDER.replace(offices.COMPLETE_UNIT, unit)
    in_the_way.parent.mkdir(parents=True)
    in_the_way.write_bytes(b"")
    whole = archives.zipped({"一.docx": offices.COMPLETE.read_bytes(), "二.docx": second})
    offices.drop(office.home.root, whole, "两家.zip")
    work_off(office)
    assert len(list(office.home.claimed.rglob("两家.zip"))) == 1
    in_the_way.unlink()
    assert work_off(office).problems == ()
    assert len(list(office.home.outbox.rglob("两家.zip"))) == 2
    assert list(office.home.claimed.iterdir()) == []


def refused_when(
    monkeypatch: pytest.MonkeyPatch, is_refused: Callable[[Any], bool], error: Callable[[], OSError] | None = None
) -> None:
    from formflow.service import outbox

    real = outbox.publish

    def publish(folder: Path, bundle: Any, materials: Any) -> None:
        if is_refused(bundle[0]) and error:
            raise error()
        if is_refused(bundle[0]):
            raise OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG), str(folder / "x"))
        real(folder, bundle, materials)

    monkeypatch.setattr(outbox, "publish", publish)


def test_what_is_overtaken_while_it_is_held_back_is_never_put_out(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from formflow.register import models as rows

    plan("台账", series="台账/2022", text="一")
    with monkeypatch.context() as patched:
        refused_when(patched, lambda row: True)
        deliver(office)
    plan("台账", series="台账/2022", text="二")
    deliver(office)
    (found,) = office.home.outbox.rglob("台账*")
    assert "二" in found.read_text(encoding="utf-8-sig")
    assert (pending(), held_back.load(office.home)) == ([], {})
    event = rows.Event.objects.get(what="files_withdrawn")
    assert event.after == {"unpublished": ["项目/2022年/甲/台账.txt"]}


def test_what_is_withdrawn_while_it_is_held_back_is_forgotten(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from formflow.register import books, publications

    plan("一", series="甲/")
    refused_when(monkeypatch, lambda row: True)
    deliver(office)
    assert len(held_back.load(office.home)) == 1
    with books.transaction():
        publications.take_back_series("甲/")
        books.add_event(offices.NOW, "files_withdrawn", "一")
    deliver(office)
    assert held_back.load(office.home) == {}


def test_so_many_are_no_matter_of_single_files(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held_back, "MOST", 2)
    for stem in ("一", "二", "三"):
        plan(stem)
    refused_when(monkeypatch, lambda row: True)
    with pytest.raises(OSError, match="too long"):
        deliver(office)
    assert len(held_back.load(office.home)) == 2


REASONS = {
    errno.ENAMETOOLONG: ("名称或路径太长", "路径短一些"),
    errno.EACCES: ("没有写权限，或者正被 Word、WPS", "文件夹“项目/2022年”的写权限"),
    errno.EPERM: ("没有写权限", "项目/2022年"),
    errno.EBUSY: ("没有写权限", "项目/2022年"),
    errno.EROFS: ("文件夹“项目/2022年”是只读的", "可读写"),
    errno.EISDIR: ("这是文件夹，不是文件", "项目/2022年"),
    errno.ELOOP: ("Too many", "项目/2022年"),
}


@pytest.mark.parametrize("code", REASONS)
def test_the_reason_names_the_folder_that_is_there(tmp_path: Path, code: int) -> None:
    (tmp_path / "项目/2022年").mkdir(parents=True)
    reason, remedy = held_back.reason_of(tmp_path, "项目/2022年/甲", OSError(code, os.strerror(code)))
    assert (REASONS[code][0] in reason, REASONS[code][1] in remedy) == (True, True)


def test_where_no_folder_is_there_yet_the_outbox_is_named(tmp_path: Path) -> None:
    reason, remedy = held_back.reason_of(tmp_path, "项目/2022年", OSError(errno.EROFS, "x"))
    assert (reason, remedy) == ("文件夹“outbox”是只读的", "请管理员把它改回可读写")


def test_a_refusal_without_a_number_is_told_in_its_own_words(tmp_path: Path) -> None:
    reason, remedy = held_back.reason_of(tmp_path, "项目", OSError("磁盘说了别的"))
    assert (reason, "state/log" in remedy) == ("磁盘说了别的", True)


@pytest.mark.parametrize("at", ["项目", "项目/2022年", "项目/2022年/甲"])
def test_a_file_anywhere_on_the_way_is_named(tmp_path: Path, at: str) -> None:
    (tmp_path / at).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / at).write_bytes(b"")
    reason, _ = held_back.reason_of(tmp_path, "项目/2022年/甲", NotADirectoryError(errno.ENOTDIR, ""))
    assert reason == f"“{at}”应当是文件夹，却有一个文件占了这个名字"


def test_a_link_that_leads_nowhere_is_in_the_way_like_a_file(tmp_path: Path) -> None:
    (tmp_path / "项目").symlink_to(tmp_path / "nowhere")
    reason, _ = held_back.reason_of(tmp_path, "项目/2022年", FileExistsError(errno.EEXIST, ""))
    assert reason == "“项目”应当是文件夹，却有一个文件占了这个名字"


def test_slips_are_hints_only(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert held_back.load(home) == {}
    home.prepare()
    held_back.keep(home, ONE)
    held_back.keep(home, replace(ONE, number=8, since=offices.NOW - timedelta(hours=1)))
    (home.state / "held_back" / "9.json").write_text('{"number": 9}', encoding="utf-8")
    assert list(held_back.load(home)) == [8, 7]
    assert held_back.load(home)[7] == ONE
    held_back.release(home, 7)
    held_back.release(home, 7)
    assert list(held_back.load(home)) == [8]


def test_something_is_due_as_soon_as_one_of_them_has_rested(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Home(tmp_path)
    home.prepare()
    monkeypatch.setattr(held_back.time, "time", lambda: 1000.0)
    held_back.keep(home, replace(ONE, number=1, not_before=1200.0))
    assert not held_back.is_due(home)
    held_back.keep(home, replace(ONE, number=2, not_before=1000.0))
    assert held_back.is_due(home)


def test_an_outbox_that_is_gone_is_not_made_for_the_note(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.prepare()
    held_back.keep(home, ONE)
    home.outbox.rmdir()
    assert held_back.tell(home)[0] == 1
    assert not home.outbox.exists()


def test_a_long_list_is_cut_in_the_note(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.prepare()
    for number in range(25):
        held_back.keep(home, replace(ONE, number=number, name=f"{number}.docx"))
    assert "有 25 份文件放不进发件箱" in held_back.tell(home)[1]
    note = (home.outbox / NOTE).read_text(encoding="utf-8-sig")
    assert (note.count("项目/2022年/甲/"), "共 25 份" in note) == (20, True)
