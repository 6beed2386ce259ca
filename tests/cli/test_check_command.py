from __future__ import annotations

from pathlib import Path

from support import offices
from support.commands import Caller


def test_a_report_for_people(call: Caller) -> None:
    called = call("check", offices.INCOMPLETE)
    assert called.code == 1
    for part in (offices.INCOMPLETE.name, "需要补正", "所属行业", "依据：", "要求："):
        assert part in called.out


def test_a_complete_form(call: Caller) -> None:
    called = call("check", offices.COMPLETE)
    assert called.code == 0
    assert "材料齐全" in called.out
    assert "请核对" in called.out


def test_attachments_and_what_is_none_of_ours(call: Caller, tmp_path: Path) -> None:
    broken = tmp_path / "坏.docx"
    broken.write_bytes(b"")
    letter = offices.TEMPLATES / "nantong-service-centre/letters/补正通知书.docx"
    called = call("check", offices.PLAN, broken, letter)
    assert "附件“发展规划”" in called.out
    assert "读不了" in called.out
    assert "办法" in called.out
    assert "不是已知的申请表" in called.out
    assert called.code == 1
