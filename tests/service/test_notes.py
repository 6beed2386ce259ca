from __future__ import annotations

from datetime import timedelta

from formflow.service import notes
from support.offices import NOW


def test_notepad_and_wps_can_show_it() -> None:
    data = notes.encoded("第一行\n第二行\n")
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig") == "第一行\r\n第二行\r\n"


def test_a_note_says_what_why_and_what_to_do() -> None:
    text = notes.set_aside("坏.docx", "文件已损坏", "请重新保存", NOW)
    assert "文件已损坏。\n" in text
    assert "文件已损坏。\n" in notes.set_aside("坏.docx", "文件已损坏。", "请重新保存", NOW)
    for part in ("坏.docx", "2022年3月10日 09:30", "文件已损坏", "请重新保存", "重新放进收件箱"):
        assert part in text


def test_of_a_csv_file_the_workbook_is_asked_for() -> None:
    for name in ("评分表.csv", "评分汇总.CSV"):
        text = notes.set_aside(name, "不是已知的申请表", "请使用发放的空白表格填写", NOW)
        assert "为什么放在这里：不是已知的申请表。" in text
        assert "另存为 .xlsx" in text
        assert "空白表格" not in text
    assert ".csv" not in notes.set_aside("评分表.xlsx", "不是已知的申请表", "请使用发放的空白表格填写", NOW)


def test_a_repeat_names_both_files_and_days() -> None:
    text = notes.duplicate("又一次.docx", NOW, "申请表.docx", NOW - timedelta(days=2))
    for part in ("又一次.docx", "3月10日", "申请表.docx", "3月8日", "没有再出具文书"):
        assert part in text


def test_a_repeat_of_what_has_been_replaced_since_says_what_counts_now() -> None:
    text = notes.duplicate("又一次.docx", NOW, "申请表.docx", NOW - timedelta(days=2), later="第3次提交")
    for part in ("又一次.docx", "申请表.docx", "以第3次提交为准", "另存"):
        assert part in text
    assert "仍然有效" not in text
