"""OFD files as a whole: pages, remarks, refusals, and real ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from formflow.errors import UnreadableError
from formflow.model.document import Document, Table
from formflow.reading import Limits, scan
from formflow.reading.limits import DEFAULT
from formflow.reading.ofd import read_ofd
from formflow.reading.reader import read_document
from support.ofds import NAMESPACE, grid, ofd, page, parts, path, resources, text
from support.pictures import seal_png
from support.wordml import zipped

CORPUS = Path(__file__).parents[4] / "shared" / "corpus" / "real"


def lines(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in read_document(data).paragraphs()]


def refusal(data: bytes, limits: Limits = DEFAULT) -> str:
    with pytest.raises(UnreadableError) as caught:
        read_ofd(data, limits)
    return caught.value.code


def test_lines_from_top_to_bottom_with_page_and_box() -> None:
    document = read_document(ofd(text("第二行", 20, 60) + text("第一行", 20, 50), text("次页", 30, 40)))
    assert document.format == "ofd"
    assert [(p.text, p.locator.part, p.locator.page) for p in document.paragraphs()] == [
        ("第一行", "paragraph 1", 1),
        ("第二行", "paragraph 2", 1),
        ("次页", "paragraph 3", 2),
    ]
    box = next(document.paragraphs()).locator.box
    assert box is not None
    assert (box.x0, box.x1) == pytest.approx((20 * 72 / 25.4, 35 * 72 / 25.4), abs=0.1)
    assert box.y0 < 50 * 72 / 25.4 < box.y1


def test_gaps_in_a_line_are_spaces() -> None:
    (line,) = lines(ofd(text("时间：", 20, 50) + text("2022年", 40, 50.4) + text("盖章", 120, 49.8)))
    assert line.split() == ["时间：", "2022年", "盖章"]
    assert "      " in line


def test_a_table_goes_on_over_the_page() -> None:
    def rows(*heights: float) -> str:
        return grid((20, 60, 190), heights)

    upper = rows(200, 240, 280) + text("一", 25, 220) + text("甲", 65, 220) + text("二", 25, 260) + text("乙", 65, 260)
    document = read_document(ofd(upper, rows(20, 60, 100) + text("三", 25, 40) + text("丙", 65, 40)))
    (table,) = document.blocks
    assert isinstance(table, Table)
    assert [cell.text for cell in table.cells] == ["一", "甲", "二", "乙", "三", "丙", "", ""]
    assert table.cells[5].locator.page == 2
    assert table.cells[5].locator.part == "table 1, row 3, column 2"


def test_templates_lie_behind_their_pages() -> None:
    """The form is the template's, the answer the page's."""
    root = page(text("答案", 65, 40), '<ofd:Template TemplateID="7" ZOrder="Background"/>')
    more = {
        "Doc_0/Pages/0.xml": root.encode(),
        "Doc_0/Tpls/7.xml": page(grid((20, 60, 190), (30, 50)) + text("标签", 25, 40)).encode(),
    }
    (table,) = read_document(ofd("", more=more, common='<ofd:TemplatePage ID="7" BaseLoc="Tpls/7.xml"/>')).blocks
    assert isinstance(table, Table)
    assert [cell.text for cell in table.cells] == ["标签", "答案"]


def test_a_missing_page_is_remarked() -> None:
    whole = parts(ofd(text("甲", 20, 50), text("乙", 20, 50)))
    assert read_document(zipped(whole)).remarks == ()
    document = read_document(zipped({name: data for name, data in whole.items() if name != "Doc_0/Pages/1.xml"}))
    assert document.text == "甲"
    assert any("不完整" in remark for remark in document.remarks)
    assert any("不完整" in said for said in document.unread)


def test_a_page_size_of_its_own_and_a_corner_elsewhere() -> None:
    before = "<ofd:Area><ofd:PhysicalBox>10 10 100 50</ofd:PhysicalBox></ofd:Area>"
    content = page(text("甲", 20, 30) + text("页外", 20, 80), before).encode()
    document = read_document(ofd("", more={"Doc_0/Pages/0.xml": content}))
    assert document.text == "甲"
    box = next(document.paragraphs()).locator.box
    assert box is not None
    assert box.x0 == pytest.approx(10 * 72 / 25.4, abs=0.1)


def test_headers_and_page_numbers_are_no_part_of_the_body() -> None:
    pages = [text(f"第{n}页", 100, 290) + text(f"正文{n}", 20, 100) for n in (1, 2)]
    document = read_document(ofd(*pages))
    assert document.text == "正文1\n正文2"
    assert [beside.text for beside in document.furniture] == ["第1页", "第2页"]


def test_pages_without_text_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "available", lambda: (False, ""))
    assert any("没有文字" in remark for remark in read_document(ofd("")).remarks)
    picture = '<ofd:ImageObject ID="4" Boundary="0 0 210 297" CTM="210 0 0 297 0 0" ResourceID="100"/>'
    more = {"Doc_0/Res.xml": resources(["a.png"]), "Doc_0/Res/a.png": seal_png()}
    document = read_document(
        ofd(text("甲", 20, 50), picture, more=more, common="<ofd:PublicRes>Res.xml</ofd:PublicRes>")
    )
    assert document.text == "甲"
    assert any(remark.startswith("第2页没有文字") for remark in document.remarks)
    assert [said for said in document.unread if said.startswith("第2页没有文字")]


def test_a_page_of_fonts_without_names_is_not_taken() -> None:
    document = read_document(ofd(text("\ue123\ue124\ue125\ue126" * 5, 20, 50), text("乙", 20, 50)))
    assert document.text == "乙"
    assert any(remark.startswith("第1页的字体") for remark in document.remarks)
    assert [said for said in document.unread if said.startswith("第1页的字体")]


def test_real_files() -> None:
    found = {path.name: path.read_bytes() for path in CORPUS.glob("*/*.ofd")}
    assert len(found) == 3
    notice = read_document(next(found[name] for name in found if name.startswith("路卫发")))
    words = [paragraph.text for paragraph in notice.paragraphs()]
    assert "关于同意张阿三同志辞职的批复" in words
    assert words.index("路卫发〔2011〕76号") < words.index("区中医院：")
    assert "张阿三，男，1978年2月出生，籍贯江西新建，2001年9月参加工作，本科学历，主治医师，系区中医院职工。" in words
    assert [beside.text for beside in notice.furniture] == ["— 1 —", "— 2 —"]
    sealed = [paragraph for paragraph in notice.paragraphs() if paragraph.pictures]
    assert [(p.text, [picture.look for picture in p.pictures]) for p in sealed] == [("2011年3月10日", ["seal"])]
    assert any("签章" in remark for remark in notice.remarks)
    permit = lines(next(found[name] for name in found if name.startswith("矿产")))
    assert "勘 查 面 积：1.51" in permit
    # Lines wrapped inside one text object, by steps down and back.
    assert [line for line in permit if "拐点固定" in line] == ["范围由 4 个拐点固定\\"]
    case = read_document(next(found[name] for name in found if name.startswith("立案")))
    assert "案件编号测试数据AJBH" in "".join(table.text.replace(" ", "") for table in _tables(case))


def test_hostile_or_broken_files_are_refused() -> None:
    cases = {
        "hostile": ofd(text("甲", 20, 50), prologue='<!DOCTYPE x [<!ENTITY a "aaaa">]>'),
        "truncated": ofd(text("甲", 20, 50))[:-30],
        "damaged": ofd().replace(b"OFD.xml", b"ofd.txt"),
    }
    assert {code: refusal(data) for code, data in cases.items()} == {code: code for code in cases}


def test_floods_are_refused() -> None:
    assert refusal(ofd(text("甲", 20, 50) + text("乙", 20, 60)), Limits(max_blocks=1)) == "too_large"
    assert refusal(ofd(text("甲" * 400_001, 20, 50))) == "too_large"
    assert refusal(ofd(*[""] * 501)) == "too_large"


def test_units_that_hold_each_other_end() -> None:
    """Each draws the next twenty times: eight deep, that would be 25 milliard objects."""
    inner = "".join(
        f'<ofd:CompositeGraphicUnit ID="{n}"><ofd:Content>'
        + f'<ofd:CompositeObject ID="1" Boundary="0 0 9 9" ResourceID="{n + 1}"/>' * 20
        + "</ofd:Content></ofd:CompositeGraphicUnit>"
        for n in range(9)
    )
    units = f"<ofd:Res {NAMESPACE}><ofd:CompositeGraphicUnits>{inner}</ofd:CompositeGraphicUnits></ofd:Res>".encode()
    start = '<ofd:CompositeObject ID="1" Boundary="0 0 9 9" ResourceID="0"/>'
    data = ofd(start, more={"Doc_0/Res.xml": units}, common="<ofd:PublicRes>Res.xml</ofd:PublicRes>")
    assert refusal(data) == "too_large"


def _tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


@pytest.mark.parametrize(("at", "is_sure"), [(48.5, False), (50.5, True)])
def test_what_a_line_strikes_out_is_unsure_and_what_it_underlines_is_not(at: float, is_sure: bool) -> None:
    document = read_document(ofd(text("海燕课堂", 20, 50) + text("暖心驿站", 20, 80) + path(f"M 20 {at} L 40 {at}")))
    assert [(line.text, line.confidence >= 0.9) for line in document.paragraphs() if line.text] == [
        ("海燕课堂", is_sure),
        ("暖心驿站", True),
    ]
    assert any("删除线" in remark for remark in document.remarks) is not is_sure
