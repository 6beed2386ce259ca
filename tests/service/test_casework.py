from __future__ import annotations

import json
from pathlib import Path

import pytest

from formflow.errors import UnreadableError
from formflow.service.office import Office
from formflow.settings import InboxSettings
from support import offices

FOLDER = f"职工服务中心赋能创优/2022年/{offices.COMPLETE_UNIT}"


def work_off(office: Office):
    from formflow.service import engine

    return engine.work_off(office)


def results(summary) -> dict[str, str]:
    return {done.name: done.result for done in summary.done}


def letter(office: Office, path: str) -> dict:
    data = (office.home.outbox / path).read_bytes()
    return json.loads(data.split(b" ", 1)[1])


def without_industry() -> bytes:
    return offices.rewritten(offices.COMPLETE, {INDUSTRY: ""})


def industry_of(path: Path) -> str:
    """What the sample gives as 所属行业, as it is typed."""
    from formflow.forms.align import align
    from formflow.reading import read_document

    programme = offices.programmes()[0]
    return align(read_document(path.read_bytes()), programme.forms[0], programme.id).value("industry")


INDUSTRY = industry_of(offices.COMPLETE)


def test_a_complete_form_is_accepted_and_its_case_folder_is_whole(office: Office, tmp_path: Path) -> None:
    offices.drop(tmp_path, offices.COMPLETE)
    summary = work_off(office)
    assert results(summary) == {offices.COMPLETE.name: "accepted"}
    assert not summary.needs_person
    assert offices.names(office.home.outbox) == [
        offices.LEDGER,
        f"{FOLDER}/原件/{offices.COMPLETE.name}",
        f"{FOLDER}/受理通知书.docx",
        f"{FOLDER}/受理通知书.pdf",
        f"{FOLDER}/审核表.xlsx",
    ]
    content = letter(office, f"{FOLDER}/受理通知书.docx")
    assert content["编号"] == "2022-0001-1"
    assert content["收到日期"] == "2022年3月10日"
    assert offices.COMPLETE.name in json.dumps(content["收到材料"], ensure_ascii=False)
    original = office.home.outbox / FOLDER / "原件" / offices.COMPLETE.name
    assert original.read_bytes() == offices.COMPLETE.read_bytes()
    assert list(office.home.claimed.iterdir()) == []


def test_the_register_says_everything_that_followed(office: Office, tmp_path: Path) -> None:
    from formflow.register import models as rows

    offices.drop(tmp_path, offices.COMPLETE)
    work_off(office)
    paper = rows.Paper.objects.get()
    programme = offices.programmes()[0]
    assert (paper.kind, paper.state, paper.version_no) == ("application", "filed", 1)
    assert (paper.programme_id, paper.pack_version, paper.pack_sha256) == (
        programme.id,
        programme.version,
        programme.sha256,
    )
    assert set(paper.record.answers) == {field.id for field in programme.forms[0].fields}
    assert paper.record.answers["industry"]["value"] == INDUSTRY
    assert [event.what for event in rows.Event.objects.all()] == [
        *("form_received", "original_filed", "letter_issued", "sheet_published"),
        *("workbooks_opened", "workbook_renewed", "workbook_published"),
    ]
    assert set(rows.Event.objects.get(what="letter_issued").files) == {
        f"{FOLDER}/受理通知书.docx",
        f"{FOLDER}/受理通知书.pdf",
    }


def test_an_incomplete_form_is_told_everything_and_the_correction_becomes_the_next_version(
    office: Office, tmp_path: Path
) -> None:
    offices.drop(tmp_path, without_industry(), "初稿.docx")
    first = work_off(office)
    assert results(first) == {"初稿.docx": "supplement"}
    assert first.needs_person
    content = letter(office, f"{FOLDER}/补正通知书.docx")
    assert [item["项目"] for item in content["补正事项"]] == ["所属行业"]
    assert content["补正期限"] == "2022年3月24日"
    assert content["工作日数"] in (10, "10")

    worse = offices.rewritten(offices.COMPLETE, {INDUSTRY: "待补充"})
    offices.drop(tmp_path, worse, "二稿.docx")
    assert results(work_off(office)) == {"二稿.docx": "supplement"}
    second = letter(office, f"{FOLDER}/补正通知书（第2次）.docx")
    assert second["编号"] == "2022-0001-2"
    assert second["上次日期"] == "2022年3月10日"
    assert "二稿.docx" in str(second["收到材料"])
    assert "初稿.docx" not in str(second["收到材料"])

    offices.drop(tmp_path, offices.COMPLETE, "三稿.docx")
    assert results(work_off(office)) == {"三稿.docx": "accepted"}
    names = [name for name in offices.names(office.home.outbox) if name.endswith(".docx")]
    assert names == [
        f"{FOLDER}/原件/三稿.docx",
        f"{FOLDER}/原件/二稿.docx",
        f"{FOLDER}/原件/初稿.docx",
        next(name for name in names if "受理通知书" in name),
        f"{FOLDER}/补正通知书.docx",
        f"{FOLDER}/补正通知书（第2次）.docx",
    ]


def test_a_version_that_was_replaced_says_so_when_it_comes_again(office: Office, tmp_path: Path) -> None:
    offices.drop(tmp_path, offices.COMPLETE)
    work_off(office)
    offices.drop(tmp_path, without_industry(), "二稿.docx")
    work_off(office)
    offices.drop(tmp_path, offices.COMPLETE, "又是一稿.docx")
    (done,) = work_off(office).done
    assert (done.result, "第2次提交为准" in done.message) == ("duplicate", True)
    note = (office.home.outbox / FOLDER / "原件/重复提交/又是一稿.docx.说明.txt").read_text(encoding="utf-8")
    assert "第2次提交为准" in note


def test_the_same_file_again_makes_no_second_letter(office: Office, tmp_path: Path) -> None:
    from formflow.register import models as rows

    offices.drop(tmp_path, offices.COMPLETE)
    work_off(office)
    before = offices.tree(office.home.outbox)
    offices.drop(tmp_path, offices.COMPLETE, "再次.docx")
    summary = work_off(office)
    assert results(summary) == {"再次.docx": "duplicate"}
    after = offices.tree(office.home.outbox)
    new = sorted(set(after) - set(before))
    assert new == [f"{FOLDER}/原件/重复提交/再次.docx", f"{FOLDER}/原件/重复提交/再次.docx.说明.txt"]
    assert before.items() <= after.items()
    note = (office.home.outbox / new[1]).read_bytes().decode("utf-8-sig")
    assert offices.COMPLETE.name in note
    assert rows.Letter.objects.count() == 1
    assert rows.Case.objects.get().version == 1


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 2, 1)])
def test_attachments_find_their_case_whichever_comes_first(
    office: Office, tmp_path: Path, order: tuple[int, ...]
) -> None:
    from formflow.register import models as rows

    for age, source in zip(order, (offices.PLAN, offices.SCHEME, offices.WITH_ATTACHMENTS), strict=True):
        offices.drop(tmp_path, source, f"{age}.docx", age_s=100 * age)
    summary = work_off(office)
    assert sorted(results(summary).values()) == ["accepted", "attachment", "attachment"]
    case = rows.Case.objects.get()
    assert case.papers.filter(state="filed").count() == 3
    assert rows.Finding.objects.filter(code="attachment_missing", is_settled=False).count() == 0
    assert rows.Letter.objects.count() == 1
    originals = [name for name in offices.names(office.home.outbox) if "/原件/" in name]
    assert len(originals) == 3


def test_a_form_is_judged_with_the_attachments_that_are_there(office: Office, tmp_path: Path) -> None:
    """Files that are named like attachments go first, so that the letter does not ask for what lies in the same folder."""
    for source in (offices.WITH_ATTACHMENTS, offices.PLAN, offices.SCHEME):
        offices.drop(tmp_path, source)
    work_off(office)
    (path,) = office.home.outbox.rglob("受理通知书.docx")
    content = json.loads(path.read_bytes().split(b" ", 1)[1])
    assert list(content["待补交材料"]) == []
    assert len(content["收到材料"]) == 3


def test_an_attachment_without_a_case_ends_before_a_person(office: Office, tmp_path: Path) -> None:
    offices.drop(tmp_path, offices.PLAN)
    summary = work_off(office)
    assert results(summary) == {offices.PLAN.name: "set_aside"}
    assert offices.names(office.home.outbox) == [
        f"_待人工处理/{offices.PLAN.name}",
        f"_待人工处理/{offices.PLAN.name}.说明.txt",
    ]


def test_put_into_one_folder_with_its_form_it_finds_its_case_after_all(office: Office, tmp_path: Path) -> None:
    """As the note tells the clerk: the form that was received before does no harm."""
    unnamed = offices.rewritten(offices.PLAN, {"江岚市白鹭镇职工服务中心": "本中心"})
    offices.drop(tmp_path, offices.COMPLETE)
    offices.drop(tmp_path, unnamed, "发展规划.docx")
    assert results(work_off(office))["发展规划.docx"] == "set_aside"
    (office.home.outbox / "_待人工处理/发展规划.docx").unlink()
    offices.drop(tmp_path, offices.COMPLETE, "材料/申请表.docx")
    offices.drop(tmp_path, unnamed, "材料/发展规划.docx")
    assert results(work_off(office)) == {"申请表.docx": "duplicate", "发展规划.docx": "attachment"}
    assert f"{FOLDER}/原件/发展规划.docx" in offices.names(office.home.outbox)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "空"),
        (b"not a Word file at all", ""),
        (offices.COMPLETE.read_bytes()[:5000], ""),
    ],
)
def test_what_cannot_be_read_lies_before_a_person_with_a_note(
    office: Office, tmp_path: Path, data: bytes, reason: str
) -> None:
    offices.drop(tmp_path, data, "坏.docx")
    summary = work_off(office)
    assert results(summary) == {"坏.docx": "set_aside"}
    assert offices.names(office.home.outbox) == ["_待人工处理/坏.docx", "_待人工处理/坏.docx.说明.txt"]
    note = (office.home.outbox / "_待人工处理/坏.docx.说明.txt").read_bytes().decode("utf-8-sig")
    assert reason in note
    assert "Traceback" not in note
    assert (office.home.outbox / "_待人工处理/坏.docx").read_bytes() == data


def test_a_word_file_that_is_no_form_is_set_aside(office: Office, tmp_path: Path) -> None:
    offices.drop(tmp_path, offices.ROOT / "templates/nantong-service-centre/letters/受理通知书.docx", "通知.docx")
    (done,) = work_off(office).done
    assert done.result == "set_aside"
    assert "不是已知" in done.message


def test_a_form_of_nobody_is_set_aside(office: Office, tmp_path: Path) -> None:
    offices.drop(tmp_path, offices.TEMPLATES / "nantong-service-centre/application.docx", "空白.docx")
    (done,) = work_off(office).done
    assert done.result == "set_aside"
    assert "单位" in done.message


def test_two_packs_that_claim_one_paper_leave_it_to_a_person(tmp_path: Path) -> None:
    from dataclasses import replace

    first = offices.programmes()[0]
    twin = replace(first, id="twin", name="另一个项目")
    with offices.office(tmp_path, programmes=(first, twin)) as office:
        offices.drop(tmp_path, offices.COMPLETE)
        (done,) = work_off(office).done
    assert done.result == "set_aside"
    assert "另一个项目" in done.message


def test_our_own_fault_goes_to_the_log_and_the_service_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def read(path: Path):
        if path.name == "毒.docx":
            raise ZeroDivisionError("secret detail")
        return offices.read_in_process(path)

    with offices.office(tmp_path, read=read) as office:
        offices.drop(tmp_path, b"x", "毒.docx", age_s=100)
        offices.drop(tmp_path, offices.COMPLETE)
        assert results(work_off(office)) == {"毒.docx": "set_aside", offices.COMPLETE.name: "accepted"}
        note = (office.home.outbox / "_待人工处理/毒.docx.说明.txt").read_bytes().decode("utf-8-sig")
    assert "内部错误" in note
    assert "secret detail" not in note
    assert "ZeroDivisionError: secret detail" in caplog.text


def test_a_file_that_changed_while_it_was_read_goes_back_and_is_read_again(tmp_path: Path) -> None:
    times = []

    def read(path: Path):
        times.append(path)
        if len(times) == 1:
            path.write_bytes(offices.COMPLETE.read_bytes())
            raise UnreadableError("truncated", "文件不完整")
        return offices.read_in_process(path)

    with offices.office(tmp_path, read=read, inbox_settings=InboxSettings(settle_s=0.3)) as office:
        offices.drop(tmp_path, offices.COMPLETE.read_bytes()[:3000], "慢.docx")
        assert results(work_off(office)) == {"慢.docx": "accepted"}
    assert len(times) == 2


def test_template_syntax_in_an_answer_stays_text(office: Office, tmp_path: Path) -> None:
    hostile = "{{ 7*7 }}&lt;w:p/&gt;{% raw %}"
    offices.drop(tmp_path, offices.rewritten(offices.COMPLETE, {offices.COMPLETE_UNIT: hostile}), "x.docx")
    (done,) = work_off(office).done
    assert done.result == "supplement"
    assert "{{ 7*7 }}" in done.unit


def test_a_name_that_is_taken_in_the_case_folder_is_not_overwritten(office: Office, tmp_path: Path) -> None:
    folder = office.home.outbox / FOLDER
    folder.mkdir(parents=True)
    (folder / "受理通知书.docx").write_bytes(b"a clerk's")
    offices.drop(tmp_path, offices.COMPLETE)
    work_off(office)
    assert (folder / "受理通知书.docx").read_bytes() == b"a clerk's"
    assert (folder / "受理通知书（2）.docx").exists()
    assert (folder / "受理通知书（2）.pdf").exists()


def test_an_attachment_that_was_all_that_lacked_turns_the_decision(tmp_path: Path) -> None:
    """In a pack that holds an application back for want of an attachment, its coming makes the letter of acceptance."""
    from dataclasses import replace

    first = offices.programmes()[0]
    strict = replace(
        first, attachments=tuple(replace(attachment, severity="error") for attachment in first.attachments)
    )
    with offices.office(tmp_path, programmes=(strict,)) as office:
        from formflow.register import models as rows

        offices.drop(tmp_path, offices.WITH_ATTACHMENTS)
        assert list(results(work_off(office)).values()) == ["supplement"]
        offices.drop(tmp_path, offices.PLAN)
        work_off(office)
        assert rows.Letter.objects.count() == 1
        assert rows.Case.objects.get().outcome == "supplement"
        offices.drop(tmp_path, offices.SCHEME)
        work_off(office)
        case = rows.Case.objects.get()
        assert (case.outcome, case.version) == ("accepted", 1)
        assert list(case.letters.values_list("serial", "title")) == [
            ("2022-0001-1", "补正通知书"),
            ("2022-0001-2", "受理通知书"),
        ]
        (path,) = office.home.outbox.rglob("受理通知书.docx")
        assert len(json.loads(path.read_bytes().split(b" ", 1)[1])["收到材料"]) == 3


def test_attachments_that_came_with_an_earlier_version_are_not_asked_for_again(office: Office, tmp_path: Path) -> None:
    from formflow.register import models as rows

    for source in (offices.PLAN, offices.SCHEME, offices.WITH_ATTACHMENTS):
        offices.drop(tmp_path, source)
    work_off(office)
    unit = "江岚市白鹭镇职工服务中心"
    offices.drop(tmp_path, offices.rewritten(offices.WITH_ATTACHMENTS, {unit: f" {unit}"}), "改.docx")
    assert results(work_off(office)) == {"改.docx": "accepted"}
    case = rows.Case.objects.get()
    assert case.version == 2
    assert not rows.Finding.objects.filter(record__version_no=2, code="attachment_missing").exists()


def test_what_seems_to_lack_in_a_paper_that_was_not_read_whole_is_asked_about_and_not_asked_for(
    office: Office, tmp_path: Path
) -> None:
    """Units put a second document into the form as an object; nobody is told officially that something lacks that may stand there."""
    embedded = {"</w:body>": "<w:p><w:r><w:object/></w:r></w:p></w:body>"}
    offices.drop(tmp_path, offices.rewritten(offices.INCOMPLETE, embedded))
    assert [done.result for done in work_off(office).done] == ["review"]
    assert not any(office.home.outbox.rglob("补正通知书*"))
    offices.drop(tmp_path, offices.rewritten(offices.COMPLETE, embedded))
    assert [done.result for done in work_off(office).done] == ["accepted"]
