from __future__ import annotations

import errno
from pathlib import Path

import pytest

from formflow.errors import FormflowError
from formflow.model.letter import LetterContent
from formflow.model.programme import LetterSpec
from formflow.service.office import Office
from formflow.service.printing import Printed
from support import offices


def work_off(office):
    from formflow.service import engine

    return engine.work_off(office)


def test_a_broken_template_stops_its_letter_only_and_is_tried_again_at_the_next_start(tmp_path: Path) -> None:
    from support.offices import BrokenPrinter

    printer = BrokenPrinter()
    with offices.office(tmp_path, print_letter=printer) as office:
        from formflow.register.models import Letter

        offices.drop(tmp_path, offices.COMPLETE)
        summary = work_off(office)
        assert [done.result for done in summary.done] == ["accepted"]
        assert "模板里的标签写错了" in summary.problems[0]
        assert summary.needs_person
        names = offices.names(office.home.outbox)
        assert [name for name in names if "受理通知书." in name] == []
        assert "_待人工处理/受理通知书未出具_2022-0001-1.说明.txt" in names
        assert any("/原件/" in name for name in names)
        assert Letter.objects.get().state == "retry"

        assert work_off(office).problems
        assert offices.names(office.home.outbox) == names

        printer.is_broken = False
        assert work_off(office).problems == ()
        names = offices.names(office.home.outbox)
        assert [Path(name).name for name in names if "受理通知书" in name] == ["受理通知书.docx", "受理通知书.pdf"]
        assert Letter.objects.get().state == "issued"


def handled(office: Office, *papers: tuple[bytes | Path, str]) -> None:
    """Has papers worked through, without delivering anything."""
    from formflow.service import casework, claims
    from formflow.service.inbox import scan

    for source, name in papers:
        offices.drop(office.home.root, source, name)
    for seen in scan(office.home.inbox, 0).papers:
        claim = claims.take(office.home, seen, offices.NOW)
        assert claim is not None
        casework.handle(office, claim)


def test_a_letter_that_cannot_be_written_has_its_note_at_once_and_is_let_be_until_it_is_asked_for(
    tmp_path: Path,
) -> None:
    """Drawn anew with every delivery, a broken template would keep a busy office from its work."""
    tried: list[LetterContent] = []
    said = "模板里的标签写错了"

    def broken(spec: LetterSpec, content: LetterContent) -> Printed:
        tried.append(content)
        raise FormflowError(said, "请改正模板。")

    with offices.office(tmp_path, print_letter=broken) as office:
        from formflow.register.models import Event, Letter
        from formflow.service import delivery

        def journal() -> list[dict[str, str]]:
            return list(Event.objects.filter(what="letter_failed").order_by("id").values_list("after", flat=True))

        handled(office, (offices.COMPLETE, "表.docx"))
        (problem,) = delivery.deliver(office)
        assert said in problem
        note = office.home.outbox / "_待人工处理/受理通知书未出具_2022-0001-1.说明.txt"
        assert said in note.read_text(encoding="utf-8-sig")
        assert (delivery.deliver(office), len(tried)) == ((), 1)
        assert (delivery.deliver(office, retry=True), len(tried)) == ((problem,), 2)
        assert journal() == [{"problem": said}], "the same again is no news"
        said = "模板缺了一个标签"
        assert said in delivery.deliver(office, retry=True)[0]
        assert [after["problem"] for after in journal()] == ["模板里的标签写错了", said]
        assert (Letter.objects.get().state, Letter.objects.get().problem) == ("retry", said)
        assert [path for path in note.parent.iterdir() if "未出具" in path.name] == [note]


def test_a_pack_that_lost_its_letter_is_said(tmp_path: Path) -> None:
    from dataclasses import replace

    with offices.office(tmp_path) as office:
        from formflow.service import casework, claims, delivery
        from formflow.service.inbox import scan

        offices.drop(tmp_path, offices.COMPLETE)
        (seen,) = scan(office.home.inbox, 0).papers
        claim = claims.take(office.home, seen, offices.NOW)
        assert claim is not None
        casework.handle(office, claim)
        without = tuple(replace(programme, letters=()) for programme in office.programmes)
        (problem, *_) = delivery.deliver(replace(office, programmes=without))
        assert "没有“受理通知书”这种文书" in problem


def test_an_original_that_somebody_took_out_of_the_state_folder_does_not_stop_the_rest(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with offices.office(tmp_path) as office:
        from formflow.register import publications
        from formflow.service import casework, claims, delivery
        from formflow.service.inbox import scan

        offices.drop(tmp_path, offices.COMPLETE)
        (seen,) = scan(office.home.inbox, 0).papers
        claim = claims.take(office.home, seen, offices.NOW)
        assert claim is not None
        casework.handle(office, claim)
        claim.path.unlink()
        assert delivery.deliver(office) == ()
        assert f"原件已不在 state 文件夹：{claim.path.stem}" in caplog.text
        assert publications.pending_bundles() == []
        assert any(name.endswith("受理通知书.pdf") for name in offices.names(office.home.outbox))


def test_letters_that_are_drawn_anew_after_an_update_replace_nothing(tmp_path: Path) -> None:
    """A kill between putting the files there and entering it, then a new version that draws other bytes."""
    from formflow.service.printing import Printed

    with offices.office(tmp_path) as office:
        from dataclasses import replace

        from formflow.register.models import Publication
        from formflow.service import delivery

        offices.drop(tmp_path, offices.COMPLETE)
        work_off(office)
        before = offices.tree(office.home.outbox)
        Publication.objects.exclude(letter=None).update(state="pending")
        newer = replace(office, print_letter=lambda spec, content: Printed(b"newer docx", b"newer pdf"))
        delivery.deliver(newer)
        after = offices.tree(office.home.outbox)
        assert before == {name: after[name] for name in before}


class PowerCut(BaseException):
    """Nothing can be done about it."""


def test_a_long_delivery_that_is_cut_short_has_got_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else one that takes longer than the time between two kills would never come to an end."""
    printed = []

    def until_the_third(spec: LetterSpec, content: LetterContent) -> Printed:
        printed.append(content)
        if len(printed) == 3:
            raise PowerCut
        return offices.print_plainly(spec, content)

    with offices.office(tmp_path, print_letter=until_the_third) as office:
        from formflow.register.models import Event, Publication
        from formflow.service import delivery, put_out

        monkeypatch.setattr(delivery, "LONGEST_UNENTERED_S", 0.0)
        units = [{offices.COMPLETE_UNIT: f"通泽区第{number}园区职工服务中心"} for number in range(4)]
        handled(office, *((offices.rewritten(offices.COMPLETE, unit), f"{n}.docx") for n, unit in enumerate(units)))
        with pytest.raises(PowerCut):
            delivery.deliver(office)
        assert Publication.objects.filter(what="letter_pdf", state="done").count() == 2
        assert delivery.deliver(office) == ()
        assert Publication.objects.filter(what="letter_pdf", state="done").count() == 4
        # Those that were entered are not made again, and none is entered twice.
        assert len(printed) == 5
        entered = [path for event in Event.objects.filter(what__in=put_out.PUBLISHED) for path in event.files]
        assert len(entered) == len(set(entered)) == Publication.objects.filter(state="done").count()


def test_a_workbook_that_is_open_in_another_program_keeps_its_name_and_the_new_one_gets_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with offices.office(tmp_path) as office:
        from formflow.register import models as rows
        from formflow.service import engine, files

        offices.drop(tmp_path, offices.COMPLETE)
        engine.work_off(office)
        held = office.home.outbox / offices.LEDGER
        before, remove = held.read_bytes(), files.remove

        def refuse(path: Path) -> None:
            if path == held:
                raise PermissionError(errno.EACCES, "sharing violation", str(path))
            remove(path)

        with monkeypatch.context() as patched:
            patched.setattr(files, "remove", refuse)
            offices.drop(tmp_path, offices.INCOMPLETE)
            assert engine.work_off(office).problems == ()
        newer = held.with_name("年度台账（2）.xlsx")
        assert held.read_bytes() == before != newer.read_bytes()
        assert "年度台账.xlsx 撤不下来" in caplog.text
        assert not rows.Publication.objects.filter(state="pending").exists()


def test_the_statements_by_which_workbooks_were_added_up_are_let_go_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with offices.office(tmp_path) as office:
        from django.db import connection

        from formflow.service import memory

        kept: list[bool] = []
        monkeypatch.setattr(memory, "give_back", lambda: kept.append(connection.connection is not None))
        offices.drop(tmp_path, offices.COMPLETE)
        assert work_off(office).problems == ()
        assert (office.home.outbox / offices.LEDGER).exists()
        assert kept == [False]


def test_a_workbook_that_another_one_replaces_is_withdrawn_in_the_register_and_in_the_journal(tmp_path: Path) -> None:
    with offices.office(tmp_path) as office:
        from formflow.register.models import Event, Publication

        offices.drop(tmp_path, offices.COMPLETE)
        work_off(office)
        offices.drop(tmp_path, offices.INCOMPLETE)
        work_off(office)
        states = Publication.objects.filter(what="workbook", stem=Path(offices.LEDGER).stem).order_by("id")
        assert list(states.values_list("state", flat=True)) == ["withdrawn", "done"]
        withdrawn = [path for event in Event.objects.filter(what="files_withdrawn") for path in event.files]
        assert offices.LEDGER in withdrawn


def test_pictures_of_a_sheet_that_stands_in_the_outbox_are_kept_no_longer(tmp_path: Path) -> None:
    with offices.office(tmp_path) as office:
        from formflow.register import publications
        from formflow.register.models import Publication, ReviewPicture
        from formflow.service import delivery

        handled(office, (offices.INCOMPLETE, "表.docx"))
        sheet = Publication.objects.get(what="review_sheet")
        publications.add_pictures(sheet, {"没有这一行": b"png"})
        assert delivery.deliver(office) == ()
        assert not ReviewPicture.objects.exists()
