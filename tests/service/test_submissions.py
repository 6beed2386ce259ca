"""An archive or mail is one submission: everything in it is entered together, each paper for what it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from formflow.errors import UnreadableError
from formflow.service.office import Office
from support import archives, offices
from support.archives import attached, mail, sevenzip, zipped
from support.sheets import xlsx

FOLDER = "职工服务中心赋能创优/2022年/江岚市白鹭镇职工服务中心"
OTHER = f"职工服务中心赋能创优/2022年/{offices.COMPLETE_UNIT}"
FORM, PLAN, SCHEME = (path.read_bytes() for path in (offices.WITH_ATTACHMENTS, offices.PLAN, offices.SCHEME))
COMPLETE = offices.COMPLETE.read_bytes()
EVIDENCE = xlsx({"A1": "营业额", "B1": 12})
WHOLE = {"材料/申请表.docx": FORM, "材料/规划.docx": PLAN, "材料/方案.docx": SCHEME}


def work_off(office: Office) -> dict[str, str]:
    from formflow.service import engine

    return {done.name: done.result for done in engine.work_off(office).done}


def published(office: Office) -> list[str]:
    return offices.names(office.home.outbox)


def note(office: Office, name: str) -> str:
    return (office.home.outbox / "_待人工处理" / f"{name}.说明.txt").read_bytes().decode("utf-8-sig")


def is_tidy(office: Office) -> bool:
    return not any(office.home.claimed.iterdir()) and not any(office.home.tmp.iterdir())


@pytest.mark.parametrize(
    "pack", [zipped, sevenzip, lambda files: mail(*(attached(n[3:], d) for n, d in files.items()))]
)
def test_a_form_and_its_attachments_become_one_whole_case(office: Office, tmp_path: Path, pack) -> None:
    from formflow.register import models as rows

    data = pack(WHOLE)
    offices.drop(tmp_path, data, "套件.bin")
    assert work_off(office) == {
        "套件.bin/申请表.docx": "accepted",
        "套件.bin/规划.docx": "attachment",
        "套件.bin/方案.docx": "attachment",
    }
    assert published(office) == [
        offices.LEDGER,
        f"{FOLDER}/原件/套件.bin",
        f"{FOLDER}/原件/方案.docx",
        f"{FOLDER}/原件/申请表.docx",
        f"{FOLDER}/原件/规划.docx",
        f"{FOLDER}/受理通知书.docx",
        f"{FOLDER}/受理通知书.pdf",
        f"{FOLDER}/审核表.xlsx",
    ]
    assert (office.home.outbox / FOLDER / "原件/套件.bin").read_bytes() == data
    assert (office.home.outbox / FOLDER / "原件/规划.docx").read_bytes() == PLAN
    letter = json.loads((office.home.outbox / FOLDER / "受理通知书.docx").read_bytes().split(b" ", 1)[1])
    assert list(letter["待补交材料"]) == []
    assert len(letter["收到材料"]) == 3
    assert not rows.Finding.objects.filter(code="attachment_missing").exists()
    assert rows.Letter.objects.count() == 1
    assert is_tidy(office)


def test_the_order_inside_does_not_matter(office: Office, tmp_path: Path) -> None:
    offices.drop(tmp_path, zipped(dict(reversed(WHOLE.items()))), "套件.zip")
    assert sorted(work_off(office).values()) == ["accepted", "attachment", "attachment"]


def test_the_register_knows_what_came_inside_what(office: Office, tmp_path: Path) -> None:
    from formflow.register import models as rows

    offices.drop(tmp_path, zipped(WHOLE), "白鹭/套件.zip")
    work_off(office)
    container = rows.Paper.objects.get(kind="container")
    assert (container.state, container.case.unit, container.submission) == ("filed", "江岚市白鹭镇职工服务中心", "白鹭")
    assert sorted(container.members.values_list("kind", "state")) == [
        ("application", "filed"),
        ("attachment", "filed"),
        ("attachment", "filed"),
    ]
    assert [event.what for event in rows.Event.objects.all()].count("container_received") == 1


def test_two_forms_are_two_cases_and_each_has_the_archive(office: Office, tmp_path: Path) -> None:
    data = zipped({"甲.docx": COMPLETE, "乙.docx": FORM, "乙的规划.docx": PLAN})
    offices.drop(tmp_path, data, "两份.zip")
    results = work_off(office)
    assert results == {
        "两份.zip/甲.docx": "accepted",
        "两份.zip/乙.docx": "accepted",
        "两份.zip/乙的规划.docx": "attachment",
    }
    originals = [name for name in published(office) if "/原件/" in name]
    assert originals == [
        f"{FOLDER}/原件/两份.zip",
        f"{FOLDER}/原件/乙.docx",
        f"{FOLDER}/原件/乙的规划.docx",
        f"{OTHER}/原件/两份.zip",
        f"{OTHER}/原件/甲.docx",
    ]
    copies = [office.home.outbox / name for name in originals if name.endswith("两份.zip")]
    assert [path.read_bytes() for path in copies] == [data, data]
    assert copies[0].stat().st_ino != copies[1].stat().st_ino
    assert is_tidy(office)


def test_what_cannot_be_read_is_set_aside_by_name_and_the_rest_goes_on(office: Office, tmp_path: Path) -> None:
    locked = archives.encrypted(zipped({"x.docx": b"x"}))
    offices.drop(tmp_path, zipped({**WHOLE, "坏.docx": b"bad", "内.zip": locked}), "套件.zip")
    results = work_off(office)
    assert results["套件.zip/申请表.docx"] == "accepted"
    assert (results["套件.zip/坏.docx"], results["套件.zip/内.zip"]) == ("set_aside", "set_aside")
    assert [name for name in published(office) if name.startswith("_")] == [
        "_待人工处理/内.zip",
        "_待人工处理/内.zip.说明.txt",
        "_待人工处理/坏.docx",
        "_待人工处理/坏.docx.说明.txt",
    ]
    assert "套件.zip/坏.docx" in note(office, "坏.docx")
    assert "密码" in note(office, "内.zip")
    assert (office.home.outbox / "_待人工处理/坏.docx").read_bytes() == b"bad"


def test_further_papers_go_with_the_one_case(office: Office, tmp_path: Path) -> None:
    from formflow.register import models as rows

    offices.drop(tmp_path, zipped({**WHOLE, "营业额.xlsx": EVIDENCE}), "套件.zip")
    assert work_off(office)["套件.zip/营业额.xlsx"] == "attachment"
    assert f"{FOLDER}/原件/营业额.xlsx" in published(office)
    assert rows.Paper.objects.get(original_name="营业额.xlsx").kind == "evidence"


def test_of_several_units_they_are_for_a_person(office: Office, tmp_path: Path) -> None:
    offices.drop(tmp_path, zipped({"甲.docx": COMPLETE, "乙.docx": FORM, "营业额.xlsx": EVIDENCE}), "两份.zip")
    assert work_off(office)["两份.zip/营业额.xlsx"] == "set_aside"


def test_with_nothing_of_use_inside_it_is_set_aside_whole(office: Office, tmp_path: Path) -> None:
    offices.drop(tmp_path, zipped({"坏.docx": b"bad", "营业额.xlsx": EVIDENCE, "Thumbs.db": b"x"}), "套件.zip")
    assert work_off(office) == {"套件.zip": "set_aside"}
    assert published(office) == ["_待人工处理/套件.zip", "_待人工处理/套件.zip.说明.txt"]
    said = note(office, "套件.zip")
    assert "坏.docx：" in said
    assert "营业额.xlsx：" in said
    assert "Thumbs" not in said
    assert is_tidy(office)


@pytest.mark.parametrize("data", [archives.link("x"), zipped({"../x.docx": FORM}), zipped({"Thumbs.db": b"x"})])
def test_hostile_or_empty_it_is_set_aside_whole(office: Office, tmp_path: Path, data: bytes) -> None:
    offices.drop(tmp_path, data, "套件.zip")
    assert work_off(office) == {"套件.zip": "set_aside"}
    assert (office.home.outbox / "_待人工处理/套件.zip").read_bytes() == data


def test_the_same_archive_again_is_one_duplicate(office: Office, tmp_path: Path) -> None:
    from formflow.register import models as rows

    archive = zipped(WHOLE)  # once: a zip bears the moment it was made
    offices.drop(tmp_path, archive, "套件.zip")
    work_off(office)
    offices.drop(tmp_path, archive, "再来.zip")
    assert work_off(office) == {"再来.zip": "duplicate"}
    assert f"{FOLDER}/原件/重复提交/再来.zip" in published(office)
    assert rows.Letter.objects.count() == 1


def test_the_same_papers_in_another_archive_are_duplicates(office: Office, tmp_path: Path) -> None:
    from formflow.register import models as rows

    offices.drop(tmp_path, zipped(WHOLE), "套件.zip")
    work_off(office)
    before = published(office)
    offices.drop(tmp_path, sevenzip({"申请表.docx": FORM}), "再来.7z")
    assert work_off(office) == {"再来.7z/申请表.docx": "duplicate"}
    new = sorted(set(published(office)) - set(before))
    assert new == [f"{FOLDER}/原件/重复提交/再来.7z", f"{FOLDER}/原件/重复提交/再来.7z.说明.txt"]
    assert "再来.7z" in (office.home.outbox / new[1]).read_bytes().decode("utf-8-sig")
    assert rows.Letter.objects.count() == 1
    assert is_tidy(office)


def test_a_form_that_lies_in_it_twice_is_decided_once(office: Office, tmp_path: Path) -> None:
    from formflow.register import models as rows

    offices.drop(tmp_path, zipped({"甲.docx": COMPLETE, "副本/甲.docx": COMPLETE}), "两遍.zip")
    results = work_off(office)
    assert rows.Letter.objects.count() == 1
    assert rows.Case.objects.get().version == 1
    assert set(results.values()) == {"duplicate"} or set(results.values()) == {"accepted"}
    assert is_tidy(office)


def test_attachments_alone_wait_for_their_form(office: Office, tmp_path: Path) -> None:
    from formflow.register import models as rows
    from formflow.service import casework, claims, delivery
    from formflow.service.inbox import scan

    offices.drop(tmp_path, zipped({"规划.docx": PLAN, "方案.docx": SCHEME}), "附件.zip")
    (seen,) = scan(office.home.inbox, 0).papers
    claim = claims.take(office.home, seen, offices.NOW)
    assert claim is not None
    assert {done.result for done in casework.handle(office, claim)} == {"waiting"}
    delivery.deliver(office)
    assert published(office) == []
    offices.drop(tmp_path, FORM, "申请表.docx")
    assert work_off(office) == {
        "申请表.docx": "accepted",
        "附件.zip/规划.docx": "attachment",
        "附件.zip/方案.docx": "attachment",
    }
    assert f"{FOLDER}/原件/附件.zip" in published(office)
    assert f"{FOLDER}/原件/规划.docx" in published(office)
    assert rows.Finding.objects.filter(code="attachment_missing").count() == 0
    assert is_tidy(office)


def test_attachments_whose_form_does_not_come_go_before_a_person_as_they_came(office: Office, tmp_path: Path) -> None:
    data = zipped({"规划.docx": PLAN})
    offices.drop(tmp_path, data, "附件.zip")
    assert work_off(office) == {"附件.zip": "set_aside"}
    assert published(office) == ["_待人工处理/附件.zip", "_待人工处理/附件.zip.说明.txt"]
    assert "规划.docx" in note(office, "附件.zip")
    assert is_tidy(office)


def test_attachments_in_an_archive_find_the_form_beside_it_in_the_folder(office: Office, tmp_path: Path) -> None:
    unnamed = offices.rewritten(offices.PLAN, {"江岚市白鹭镇职工服务中心": "本中心"})
    offices.drop(tmp_path, FORM, "白鹭/申请表.docx")
    offices.drop(tmp_path, zipped({"规划.docx": unnamed}), "白鹭/附件.zip", age_s=30)
    offices.drop(tmp_path, COMPLETE, "临溪/申请表.docx")
    assert work_off(office)["附件.zip/规划.docx"] == "attachment"
    assert f"{FOLDER}/原件/规划.docx" in published(office)


def test_an_attachment_beside_an_archive_finds_the_form_inside(office: Office, tmp_path: Path) -> None:
    unnamed = offices.rewritten(offices.PLAN, {"江岚市白鹭镇职工服务中心": "本中心"})
    offices.drop(tmp_path, unnamed, "白鹭/发展规划.docx")
    offices.drop(tmp_path, zipped({"申请表.docx": FORM}), "白鹭/表.zip")
    results = work_off(office)
    assert (results["表.zip/申请表.docx"], results["发展规划.docx"]) == ("accepted", "attachment")


def test_what_lies_in_one_archive_is_nearer_than_what_lies_in_the_folder(office: Office, tmp_path: Path) -> None:
    """Two units' archives in one folder: each attachment that names nobody belongs to the form it came with."""
    unnamed = offices.rewritten(offices.PLAN, {"江岚市白鹭镇职工服务中心": "本中心"})
    offices.drop(tmp_path, zipped({"申请表.docx": COMPLETE}), "本周/甲.zip", age_s=90)
    offices.drop(tmp_path, zipped({"申请表.docx": FORM, "规划.docx": unnamed}), "本周/乙.zip", age_s=60)
    work_off(office)
    assert f"{FOLDER}/原件/规划.docx" in published(office)


def test_a_member_that_kills_its_reader_costs_only_itself(tmp_path: Path) -> None:
    def read(path: Path):
        if path.name == "毒.docx":
            raise UnreadableError("crashed", "程序意外中断。", "请重新报送。")
        return offices.read_in_process(path)

    with offices.office(tmp_path, read=read) as office:
        offices.drop(tmp_path, zipped({"毒.docx": FORM, "申请表.docx": COMPLETE}), "套件.zip")
        assert work_off(office) == {"套件.zip/毒.docx": "set_aside", "套件.zip/申请表.docx": "accepted"}


def test_names_inside_become_names_outside_safely(office: Office, tmp_path: Path) -> None:
    name = "夹/CON.docx".encode("gbk")
    offices.drop(tmp_path, archives.raw_names({name: COMPLETE}), "套件.zip")
    work_off(office)
    assert f"{OTHER}/原件/CON_.docx" in published(office)


def test_a_kill_while_they_were_laid_out_leaves_nothing_behind(office: Office, tmp_path: Path) -> None:
    from formflow.service import unpacked

    unpacked.lay_out(office.home, "20220310093000-0123456789ab.001", "孤儿.docx", b"x")
    offices.drop(tmp_path, zipped(WHOLE), "套件.zip")
    work_off(office)
    assert is_tidy(office)
