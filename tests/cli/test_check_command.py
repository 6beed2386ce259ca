from __future__ import annotations

from pathlib import Path

from support import offices
from support.archives import zipped
from support.commands import Caller
from support.draw_evidence_samples import PAGE
from support.sheets import xlsx


def test_a_report_for_people(call: Caller) -> None:
    called = call("check", offices.INCOMPLETE)
    assert called.code == 1
    for part in (offices.INCOMPLETE.name, "需要补正", "所属行业", "依据：", "要求："):
        assert part in called.out


def test_a_complete_form(call: Caller) -> None:
    called = call("check", offices.COMPLETE)
    assert called.code == 0
    assert "申请表齐全" in called.out
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


def test_what_is_in_an_archive_is_reported_paper_by_paper(call: Caller, tmp_path: Path) -> None:
    path = tmp_path / "套件.zip"
    sources = {"表.docx": offices.WITH_ATTACHMENTS, "规划.docx": offices.PLAN}
    path.write_bytes(
        zipped({name: source.read_bytes() for name, source in sources.items()} | {"证明.xlsx": xlsx({"A1": "甲"})})
    )
    said = call("check", path).out
    assert "── 套件.zip/表.docx" in said
    assert "没有收到实施方案" in said
    assert "没有收到发展规划" not in said
    assert "附件“发展规划”" in said
    assert "其他材料" in said


def test_what_a_unit_says_it_has_not_met_is_told(call: Caller) -> None:
    (sample,) = (offices.TEMPLATES / "beijing-workers-home/samples").glob("附件*.docx")
    out = call("check", sample).out
    assert "供参考" in out
    assert "选的是“未达到”" in out.partition("供参考")[2]


def test_a_paper_of_evidence_shows_its_articles(call: Caller, tmp_path: Path) -> None:
    page = tmp_path / "报.txt"
    page.write_text(PAGE, encoding="utf-8")
    called = call("check", page)
    assert called.code == 1
    assert "报道等佐证材料 3 篇，能识读" in called.out
    assert "3. 《一间调解室化解百起劳动纠纷》（青岛晨讯，2021-07-03，像是关于青岛市明法法律服务中心）" in called.out
    assert "媒体“青岛晨讯”不在媒体名录里" in called.out


def test_points_that_can_be_counted_are_proposed(call: Caller) -> None:
    sample = offices.TEMPLATES / "qingdao-social-organisations/samples/法律援助直通车（二期）推荐表.docx"
    out = call("check", sample).out
    table = out.partition("评分测算")[2]
    assert "只供参考" in table
    rows = {cells[1]: cells for line in table.splitlines() if len(cells := [c.strip() for c in line.split("│")]) > 6}
    # 89.5 % lies between two steps: the lower one, and it is asked.
    assert rows["5.1"][3:5] == ["10", "8"]
    assert "介于两档之间" in rows["5.1"][6]
    assert rows["1.2"][4:6] == ["", "由评分人判断"]
    assert rows["6.1"][4] == "0"
    assert "未见材料" not in table


def test_nothing_is_proposed_where_nothing_is_counted(call: Caller) -> None:
    assert "评分测算" not in call("check", offices.COMPLETE).out
