"""The 审核表 goes out with every case and comes back: by files alone, as a clerk would do it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from formflow.service.office import Office
from support import offices, review_sheets
from support.archives import zipped
from support.doubtful import SCANNED, crop_all, read_as_scanned
from support.offices import COMPLETE, COMPLETE_UNIT, drop, rewritten

FOLDER = f"职工服务中心赋能创优/2022年/{COMPLETE_UNIT}"
SCAN = f"{SCANNED}.docx"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """What is named 扫描… is read from pictures, the industry badly."""
    with offices.office(tmp_path, read=read_as_scanned(industry()), crops=crop_all) as opened:
        yield opened


def industry() -> str:
    """What the complete sample says of its industry."""
    from formflow.forms.align import align

    programme = offices.programmes()[0]
    document = offices.read_in_process(COMPLETE)
    value = align(document, programme.forms[0], programme.id).value("industry")
    assert isinstance(value, str)
    return value


def work_off(office: Office) -> Any:
    from formflow.service import engine

    return engine.work_off(office)


def done(office: Office) -> list[tuple[str, str]]:
    return [(one.result, one.message) for one in work_off(office).done]


def sheet(office: Office, name: str = "审核表.xlsx", folder: str = FOLDER) -> bytes:
    return (office.home.outbox / folder / name).read_bytes()


def names(office: Office, folder: str = FOLDER) -> list[str]:
    return offices.names(office.home.outbox / folder)


def letter(office: Office, name: str, folder: str = FOLDER) -> dict[str, Any]:
    loaded = json.loads((office.home.outbox / folder / name).read_bytes().split(b" ", 1)[1])
    assert isinstance(loaded, dict)
    return loaded


def note(office: Office) -> str:
    [path] = (office.home.outbox / "_待人工处理").glob("*.说明.txt")
    return path.read_text(encoding="utf-8-sig")


def case() -> Any:
    from formflow.register import models as rows

    return rows.Case.objects.get()


def value(field: str) -> Any:
    from formflow.register import books

    return books.current_record(case()).answers[field]["value"]


def last_event(what: str) -> Any:
    from formflow.register import models as rows

    return rows.Event.objects.filter(what=what).last()


# What goes out -------------------------------------------------------------------------------------------------------


def test_every_case_has_a_sheet_that_says_what_was_read(office: Office, tmp_path: Path) -> None:
    drop(tmp_path, COMPLETE)
    assert [result for result, _ in done(office)] == ["accepted"]
    found = review_sheets.rows_of(sheet(office))
    assert found["industry"]["读得的内容"] == industry()
    assert found["industry"]["位置"].startswith("第")
    assert found["period_start"]["读得的内容"].endswith("月")
    assert "看不出来" in found["opinion_managing.sealed"]["问题"]
    assert "原文图" not in found["industry"]
    assert review_sheets.pictures_of(sheet(office)) == []


def test_what_was_read_unsurely_waits_for_a_person_with_pictures(office: Office, tmp_path: Path) -> None:
    from formflow.register import models as rows
    from formflow.register import overview

    drop(tmp_path, COMPLETE, SCAN)
    summary = work_off(office)
    assert [(one.result, one.message) for one in summary.done] == [("review", "待复核 1 处")]
    assert summary.needs_person
    assert names(office) == [f"原件/{SCAN}", "审核表.xlsx"]
    found = review_sheets.rows_of(sheet(office))
    assert next(iter(found)) == "industry"
    assert (found["industry"]["把握"], "把握不大" in found["industry"]["问题"]) == ("50%", True)
    assert review_sheets.row_of(sheet(office), "industry") in review_sheets.pictures_of(sheet(office))
    assert not rows.ReviewPicture.objects.exists()
    [line] = overview.case_lines(incomplete_only=True)
    assert (line.outcome, line.outcome_label, line.doubts, line.deadline) == ("review", "待复核 1 处", 1, None)


def test_pictures_survive_until_the_sheet_has_been_published(office: Office, tmp_path: Path) -> None:
    """Killed between the entry and the publication, with the paper's own file gone from the state folder by then."""
    from formflow.register import models as rows
    from formflow.service import casework, claims, delivery
    from formflow.service.inbox import scan

    drop(tmp_path, COMPLETE, SCAN)
    (seen,) = scan(office.home.inbox, 0).papers
    claim = claims.take(office.home, seen, offices.NOW)
    assert claim is not None
    casework.handle(office, claim)
    assert rows.ReviewPicture.objects.exists()
    claim.path.unlink()
    delivery.deliver(office)
    assert review_sheets.pictures_of(sheet(office))


# What comes back -----------------------------------------------------------------------------------------------------


def test_an_untouched_sheet_confirms_what_was_read(office: Office, tmp_path: Path) -> None:
    drop(tmp_path, COMPLETE, SCAN)
    work_off(office)
    drop(tmp_path, sheet(office), "审核表.xlsx")
    assert done(office) == [("accepted", "审核表已收回，核对无误；申请表齐全，已受理")]
    assert names(office) == [
        "原件/审核表.xlsx",
        f"原件/{SCAN}",
        "受理通知书.docx",
        "受理通知书.pdf",
        "审核表.xlsx",
        "审核表（第2次）.xlsx",
    ]
    assert (case().version, case().outcome, value("industry")) == (2, "accepted", industry())
    told = letter(office, "受理通知书.docx")
    assert (told["件次"], told["编号"]) == ("", "2022-0001-1")
    assert SCAN in json.dumps(told["收到材料"], ensure_ascii=False)
    assert "审核表" not in json.dumps(told["收到材料"], ensure_ascii=False)
    event = last_event("record_confirmed")
    assert (event.who, event.before["outcome"], event.after["outcome"]) == ("未署名", "review", "accepted")
    again = review_sheets.rows_of(sheet(office, "审核表（第2次）.xlsx"))
    assert again["industry"]["把握"] == "100%"


def test_a_correction_is_taken_checked_and_entered_with_who_made_it(office: Office, tmp_path: Path) -> None:
    drop(tmp_path, COMPLETE, SCAN)
    work_off(office)
    returned = review_sheets.filled(sheet(office), {"industry": "制鞋业", "period_start": "2022年2月"})
    drop(tmp_path, returned, "改好的表.xlsx")
    [(_, message)] = done(office)
    assert message.startswith("审核表已收回，更正 2 处；")
    assert (value("industry"), value("period_start")) == ("制鞋业", "2022-02")
    event = last_event("record_corrected")
    assert event.who == "王敏"
    assert event.before["fields"]["industry"] == industry()
    assert event.after["fields"] == {"industry": "制鞋业", "period_start": "2022-02"}
    assert set(event.files) == {SCAN, "改好的表.xlsx"}
    assert (office.home.outbox / FOLDER / "原件/改好的表.xlsx").read_bytes() == returned


def test_what_a_correction_leaves_wrong_is_asked_for(office: Office, tmp_path: Path) -> None:
    drop(tmp_path, COMPLETE, SCAN)
    work_off(office)
    drop(tmp_path, review_sheets.filled(sheet(office), {"industry": "（空）"}), "审核表.xlsx")
    [(result, message)] = done(office)
    assert (result, message) == ("supplement", "审核表已收回，更正 1 处；需补正 1 项")
    assert letter(office, "补正通知书.docx")["件次"] == ""
    assert value("industry") is None


def test_a_word_form_is_corrected_the_same_way_and_gets_a_second_letter(office: Office, tmp_path: Path) -> None:
    drop(tmp_path, COMPLETE)
    work_off(office)
    drop(tmp_path, review_sheets.filled(sheet(office), {"opinion_managing.sealed": "有"}), "审核表.xlsx")
    assert [result for result, _ in done(office)] == ["accepted"]
    assert value("opinion_managing")["sealed"] is True
    found = review_sheets.rows_of(sheet(office, "审核表（第2次）.xlsx"))
    assert (found["opinion_managing.sealed"]["读得的内容"], found["opinion_managing.sealed"]["问题"]) == ("有", "")
    assert letter(office, "受理通知书（第2次）.docx")["编号"] == "2022-0001-2"


def test_nothing_filled_in_and_nothing_waited_for_changes_nothing(office: Office, tmp_path: Path) -> None:
    drop(tmp_path, COMPLETE)
    work_off(office)
    before = names(office)
    drop(tmp_path, sheet(office), "审核表.xlsx")
    summary = work_off(office)
    assert [(one.result, one.message) for one in summary.done] == [("confirmed", "审核表没有填写更正，案卷照旧")]
    assert not summary.needs_person
    assert names(office) == sorted(["原件/审核表.xlsx", *before])
    assert (case().version, last_event("record_confirmed").who) == (1, "未署名")


def test_the_day_that_counts_is_the_one_the_paper_came(tmp_path: Path) -> None:
    from datetime import timedelta

    from formflow.register import models as rows

    clock = [offices.NOW]
    with offices.office(tmp_path, read=read_as_scanned(industry()), crops=crop_all, now=lambda: clock[0]) as office:
        drop(tmp_path, COMPLETE, SCAN)
        work_off(office)
        clock[0] += timedelta(days=40)
        drop(tmp_path, sheet(office), "审核表.xlsx")
        work_off(office)
        told = letter(office, "受理通知书.docx")
        assert told["收到日期"] == "2022年3月10日"
        assert rows.Letter.objects.get().issued_on.isoformat() == "2022-04-19"


# What is refused -----------------------------------------------------------------------------------------------------


def test_a_second_drop_is_a_duplicate(office: Office, tmp_path: Path) -> None:
    drop(tmp_path, COMPLETE, SCAN)
    work_off(office)
    returned = review_sheets.filled(sheet(office), {"industry": "制鞋业"})
    drop(tmp_path, returned, "一.xlsx")
    work_off(office)
    drop(tmp_path, returned, "二.xlsx")
    assert [result for result, _ in done(office)] == ["duplicate"]
    assert case().version == 2
    drop(tmp_path, COMPLETE, "又是扫描.docx")
    [(result, message)] = done(office)
    assert result == "duplicate"
    assert "案卷以按审核表核对后的内容（审核表（第2次））为准" in message


def test_a_sheet_that_was_overtaken_is_refused_with_the_name_of_the_latest(office: Office, tmp_path: Path) -> None:
    drop(tmp_path, COMPLETE, SCAN)
    work_off(office)
    old = sheet(office)
    drop(tmp_path, rewritten(COMPLETE, {industry(): "制鞋业"}), "清楚的.docx")
    work_off(office)
    assert (case().version, case().outcome) == (2, "accepted")
    drop(tmp_path, review_sheets.filled(old, {"industry": "食品业"}), "审核表.xlsx")
    assert [result for result, _ in done(office)] == ["set_aside"]
    assert "审核表（第2次）.xlsx" in note(office)
    assert (case().version, value("industry")) == (2, "制鞋业")


def test_corrections_that_make_no_sense_are_all_named_and_none_is_taken(office: Office, tmp_path: Path) -> None:
    drop(tmp_path, COMPLETE, SCAN)
    work_off(office)
    first = review_sheets.row_of(sheet(office), "industry")
    corrections = {"period_start": "去年春天", "opinion_managing.sealed": "大概", "funding_use": "培训"}
    bad = review_sheets.filled(sheet(office), corrections, changes={f"B{first}": "没有的栏目", f"I{first}": "甲"})
    drop(tmp_path, bad, "审核表.xlsx")
    assert [result for result, _ in done(office)] == ["set_aside"]
    said = note(office)
    assert "有 3 处更正看不明白" in said
    assert all(words in said for words in ("没有的栏目", "去年春天", "大概"))
    assert (case().version, case().outcome) == (1, "review")
    drop(tmp_path, review_sheets.filled(sheet(office), {"funding_use": "培训"}), "审核表.xlsx")
    assert [result for result, _ in done(office)] == ["accepted"]
    assert value("funding_use") == "培训"


@pytest.mark.parametrize(("place", "text"), [("B3", "no-such-programme"), ("D3", "2021"), ("F3", "77")])
def test_a_sheet_of_a_case_we_do_not_have(office: Office, tmp_path: Path, place: str, text: str) -> None:
    drop(tmp_path, COMPLETE, SCAN)
    work_off(office)
    drop(tmp_path, review_sheets.filled(sheet(office), {}, changes={place: text}), "审核表.xlsx")
    assert [result for result, _ in done(office)] == ["set_aside"]
    assert text in note(office)
    assert case().outcome == "review"


def test_a_correction_must_not_make_it_another_case(office: Office, tmp_path: Path) -> None:
    drop(tmp_path, COMPLETE, SCAN)
    drop(tmp_path, rewritten(COMPLETE, {COMPLETE_UNIT: "海风镇职工服务中心"}), "另一个.docx")
    work_off(office)
    for number, (correction, said) in enumerate(
        [
            ({"centre_name": "海风镇职工服务中心"}, "已有案卷（案卷号 2022-0002）"),
            ({"centre_name": "（空）", "applicant": "（空）"}, "没有单位名称"),
            ({"period_start": "2023年3月", "period_end": "2025年3月", "form_date": "2023年3月"}, "2023 年度"),
        ]
    ):
        drop(tmp_path, review_sheets.filled(sheet(office), correction), f"审核表{number}.xlsx")
        assert [result for result, _ in done(office)] == ["set_aside"]
        [path] = (office.home.outbox / "_待人工处理").glob(f"审核表{number}.xlsx.说明.txt")
        assert said in path.read_text(encoding="utf-8-sig")


def test_the_unit_s_own_name_can_be_corrected(office: Office, tmp_path: Path) -> None:
    drop(tmp_path, COMPLETE, SCAN)
    work_off(office)
    drop(tmp_path, review_sheets.filled(sheet(office), {"centre_name": "海风镇职工服务中心"}), "审核表.xlsx")
    assert [result for result, _ in done(office)] == ["accepted"]
    assert case().unit == "海风镇职工服务中心"
    assert "审核表（第2次）.xlsx" in names(office)


# What else happens while a case waits --------------------------------------------------------------------------------


def test_a_clear_paper_that_comes_while_a_case_waits_decides_it(office: Office, tmp_path: Path) -> None:
    drop(tmp_path, COMPLETE, SCAN)
    work_off(office)
    drop(tmp_path, rewritten(COMPLETE, {industry(): "制鞋业"}), "清楚的.docx")
    assert done(office) == [("accepted", "第2次提交，申请表齐全，已受理")]
    assert letter(office, "受理通知书.docx")["件次"] == ""


def test_an_attachment_does_not_end_the_wait(office: Office, tmp_path: Path) -> None:
    drop(tmp_path, offices.WITH_ATTACHMENTS, f"白鹭/{SCAN}")
    folder = "职工服务中心赋能创优/2022年/江岚市白鹭镇职工服务中心"
    with_doubt = read_as_scanned("江岚市白鹭镇职工服务中心")
    with_doubt_office = Office(
        office.home, office.programmes, with_doubt, office.print_letter, office.now, office.inbox_settings, crop_all
    )
    assert [result for result, _ in done(with_doubt_office)] == ["review"]
    drop(tmp_path, offices.PLAN, "白鹭/发展规划.docx")
    assert [result for result, _ in done(with_doubt_office)] == ["attachment"]
    assert case().outcome == "review"
    drop(tmp_path, sheet(office, folder=folder), "审核表.xlsx")
    [(result, _)] = done(with_doubt_office)
    assert result == "accepted"
    told = letter(office, "受理通知书.docx", folder)
    assert [paper["材料名称"] for paper in told["待补交材料"]] == ["实施方案"]


# How it comes back ---------------------------------------------------------------------------------------------------


def test_in_an_archive(office: Office, tmp_path: Path) -> None:
    drop(tmp_path, COMPLETE, SCAN)
    work_off(office)
    inside = {"甲/审核表.xlsx": review_sheets.filled(sheet(office), {"industry": "制鞋业"}), "说明.docx": b"bad"}
    drop(tmp_path, zipped(inside), "退回.zip")
    assert sorted(result for result, _ in done(office)) == ["accepted", "set_aside"]
    assert value("industry") == "制鞋业"
    assert "原件/退回.zip" in names(office)
    drop(tmp_path, zipped({**inside, "x.txt": b"1"}), "再退.zip")
    assert "duplicate" in [result for result, _ in done(office)]
    assert case().version == 2


def test_as_wps_saves_it(office: Office, tmp_path: Path) -> None:
    drop(tmp_path, COMPLETE, SCAN)
    work_off(office)
    drop(tmp_path, review_sheets.with_shared_texts(sheet(office)), "审核表 - 副本.xlsx")
    assert [result for result, _ in done(office)] == ["accepted"]


@pytest.mark.skipif(not review_sheets.has_calc(), reason="LibreOffice Calc is not here")
def test_as_libreoffice_saves_it(office: Office, tmp_path: Path) -> None:
    drop(tmp_path, COMPLETE, SCAN)
    work_off(office)
    filled = review_sheets.filled(sheet(office), {"industry": "制鞋业"})
    drop(tmp_path, review_sheets.resaved(filled, tmp_path), "审核表.xlsx")
    assert [result for result, _ in done(office)] == ["accepted"]
    assert value("industry") == "制鞋业"
