"""Whole pages, drawn and spoilt, through the reader."""

from __future__ import annotations

import pytest

pytest.importorskip("cv2", reason="formflow[ocr] is not installed")
pytest.importorskip("rapidocr", reason="formflow[ocr] is not installed")

from formflow.model.document import Cell, Document, Paragraph, Table
from formflow.reading.scan import read_pages, read_scan
from formflow.reading.scan.images import PageImage
from formflow.reading.scan.networks import networks
from formflow.reading.scan.page import Piece, ReadTable, read_page
from support.scan_pages import CONDITIONS, WORK, Page, encoded, form, noisy, turned


def copied(page: Page) -> Page:
    other = Page()
    other.image.paste(page.image)
    return other


def table_of(document: Document) -> Table:
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    return table


def cell_at(table: Table, row: int, column: int) -> Cell:
    (cell,) = (cell for cell in table.cells if (cell.row, cell.column) == (row, column))
    return cell


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_page_is_read_whatever_was_done_to_it(condition: str) -> None:
    page = form().seal(700, 1420).signature(1050, 1600)
    document = read_scan(encoded(CONDITIONS[condition](page.image)))
    lines = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    assert lines == ["职工服务中心申请表", "单位名称：白鹭镇职工服务中心", "时间：2022年3月至2023年2月"]
    table = table_of(document)
    spans = {(c.row, c.column): (c.row_span, c.column_span) for c in table.cells}
    assert spans == {
        (0, 0): (1, 1), (0, 1): (1, 3), (1, 0): (1, 1), (1, 1): (1, 1), (1, 2): (1, 1), (1, 3): (1, 1),
        (2, 0): (1, 1), (2, 1): (1, 3), (3, 0): (1, 4), (4, 0): (1, 1), (4, 1): (1, 3),
    }  # fmt: skip
    assert cell_at(table, 1, 3).text == "13900001234"
    assert cell_at(table, 2, 1).text == "\n".join(WORK)
    opinion = cell_at(table, 4, 1)
    assert "情况属实，同意推荐上报。" in opinion.text
    assert "2022年3月14日" in opinion.text
    looks = [p.look for block in opinion.blocks if isinstance(block, Paragraph) for p in block.pictures]
    assert sorted(filter(None, looks)) == ["ink", "seal"]
    assert not [p for c in table.cells if c is not opinion for b in c.blocks for p in getattr(b, "pictures", ())]
    assert [p.text for p in document.furniture] == ["—1—"] or "1" in document.furniture[0].text
    assert document.shows == ("ink", "seal")


def test_an_unsigned_unsealed_page_has_no_pictures_and_says_what_it_could_show() -> None:
    page = form()
    coloured = page.text(1300, 60, "收", 40, (30, 60, 200))
    document = read_scan(coloured.png())
    assert not [picture for paragraph in document.paragraphs() for picture in paragraph.pictures]
    assert document.shows == ("ink", "seal")


def test_a_grey_scan_cannot_tell_of_seals() -> None:
    document = read_scan(encoded(form().image.convert("L")))
    assert document.shows == ("ink",)
    assert any("红色公章" in remark for remark in document.remarks)


def test_check_boxes_inside_of_a_frame() -> None:
    page = Page().frame(180, 560, 1470, 800).rule(180, 680, 1470, 680).rule(480, 560, 480, 800)
    page.text(200, 600, "单位类型").text(200, 720, "联系电话").text(500, 720, "13900001234")
    for x, word in ((520, "企业"), (760, "事业单位"), (1060, "社会组织")):
        page.draw.rectangle((x, 606, x + 26, 632), outline=(0, 0, 0), width=2)
        page.text(x + 38, 600, word)
    page.draw.line((764, 616, 772, 627, 783, 609), fill=(0, 0, 0), width=4)
    said = cell_at(table_of(read_scan(page.png())), 0, 1).text
    assert said.replace(" ", "") == "☐企业☑事业单位☐社会组织"


def test_text_whose_cell_is_not_sure_is_not_sure() -> None:
    def confidences(page: Page) -> dict[str, float]:
        found = {p.text: p.confidence for p in read_scan(page.png()).paragraphs() if p.text}
        assert {"单位名称", "所属行业", "装备制造业"} < set(found)
        return found

    def page(end: int) -> Page:
        drawn = Page().frame(180, 560, 1470, 800).rule(180, 680, 1470, 680).rule(480, 560, 480, end)
        drawn.text(200, 600, "单位名称").text(500, 600, "白鹭镇职工服务中心")
        return drawn.text(200, 720, "所属行业").text(500, 720, "装备制造业")

    whole, broken = confidences(page(800)), confidences(page(755))
    assert whole["装备制造业"] >= 0.9
    assert whole["白鹭镇职工服务中心"] >= 0.9
    assert broken["装备制造业"] < 0.9
    assert broken["所属行业"] < 0.9


def test_text_under_a_black_seal_is_not_sure() -> None:
    for ovalness in (1.0, 0.68):
        page = form().seal(700, 1260, ovalness=ovalness)
        table = table_of(read_scan(encoded(page.image.convert("L"))))
        sure = {
            (c.row, c.column): min(p.confidence for p in c.blocks if isinstance(p, Paragraph))
            for c in table.cells
            if c.blocks
        }
        assert sure[4, 1] < 0.9
        assert sure[1, 3] >= 0.9


def test_text_under_a_seal_that_is_grey_is_read_and_the_seal_s_own_is_not() -> None:
    for spoil in (lambda image: image, lambda image: turned(image, 1.2), lambda image: noisy(image, 8, 60)):
        page = form().seal(620, 1290)
        opinion = cell_at(table_of(read_scan(encoded(spoil(page.image).convert("L")))), 4, 1)
        said = [line for line in opinion.text.split("\n") if line.strip()]
        assert said[:2] == ["承担单位（盖章）：", "情况属实，同意推荐上报。"]
        assert "2022年3月14日" in said[-1]


def test_text_under_a_seal_as_dark_as_print_is_not_taken_out() -> None:
    image = form().seal(620, 1290).image.convert("L").point(lambda value: 0 if value < 150 else 255)
    opinion = cell_at(table_of(read_scan(encoded(image))), 4, 1)
    assert "负责人" in opinion.text
    assert "2022年3月14日" in opinion.text


def test_a_seal_across_two_places_leaves_open_whose_it_is() -> None:
    page = Page().frame(180, 560, 1470, 1400).rule(180, 980, 1470, 980)
    page.text(200, 600, "承担单位（盖章）：").text(200, 1000, "管理单位（盖章）：")
    looks = {}
    for y in (750, 920):
        table = table_of(read_scan(Page.seal(copied(page), 500, y).png()))
        looks[y] = [[p.look for b in cell.blocks for p in getattr(b, "pictures", ())] for cell in table.cells]
    assert looks == {750: [["seal"], []], 920: [["seal"], ["other"]]}


def test_strokes_under_a_black_seal_are_not_said_to_be_a_signature() -> None:
    looks = {}
    for x, y in ((1150, 1560), (650, 1400)):
        page = form().seal(x, y)
        document = read_scan(encoded(page.image.convert("L")))
        looks[x] = [picture.look for paragraph in document.paragraphs() for picture in paragraph.pictures]
    assert looks == {1150: ["other"], 650: []}


def test_the_blank_s_line_underlines_what_is_written_on_it() -> None:
    (line,) = (b for b in read_scan(form().png()).blocks if isinstance(b, Paragraph) and b.text.startswith("单位名称"))
    assert [line.text[start:end] for start, end in line.underlined] == ["白鹭镇职工服务中心"]


def test_what_stands_tight_on_its_line_is_read_to_its_feet() -> None:
    for words in ("滨梧县总工会", "江岚市白鹭街道"):
        page = Page().text(330, 430, f"单位名称：{words}", 34)
        feet = max(y for y in range(430, 480) if page.image.crop((500, y, 900, y + 1)).getextrema()[0][0] < 100)
        page.rule(500, feet, 1010, feet, 2)
        assert [p.text for p in read_scan(page.png()).paragraphs()] == [f"单位名称：{words}"]


def test_a_blank_left_empty_is_a_blank() -> None:
    page = Page().text(330, 430, "承担单位：", 34).rule(500, 482, 1010, 482).text(330, 600, "以上情况属实。", 34)
    line = read_scan(page.png()).blocks[0]
    assert isinstance(line, Paragraph)
    assert line.text == "承担单位：________"
    assert line.underlined == ((5, 13),)


def test_places_are_points_of_the_page_as_it_came() -> None:
    document = read_pages([PageImage(form().image, 7, (595.0, 842.0), 200)])
    cell = cell_at(table_of(document), 1, 3)
    assert cell.locator.page == 7
    assert cell.locator.part == "table 1, row 2, column 4"
    box = cell.locator.box
    assert box is not None
    expected = (1120 * 0.36, 640 * 0.36, 1470 * 0.36, 720 * 0.36)
    assert (box.x0, box.y0, box.x1, box.y1) == pytest.approx(expected, abs=2)


def test_places_of_a_photo_are_places_on_the_photo() -> None:
    seen = CONDITIONS["photographed"](form().image)
    document = read_pages([PageImage(seen, 1, (float(seen.width), float(seen.height)))])
    box = cell_at(table_of(document), 1, 3).locator.box
    assert box is not None
    # The middle of the drawn cell, seen through the same lens.
    x, y = 0.10 + (0.93 - 0.10) * 1295 / 1654, (680 / 2339)
    assert (box.x0 + box.x1) / 2 / seen.width == pytest.approx(x, abs=0.03)
    assert (box.y0 + box.y1) / 2 / seen.height == pytest.approx(0.065 + 0.87 * y, abs=0.03)


def test_clear_print_is_sure_and_spoilt_print_is_not() -> None:
    clear = read_scan(Page().text(300, 300, "白鹭镇职工服务中心").png())
    (paragraph,) = clear.paragraphs()
    assert paragraph.confidence >= 0.9
    crossed = Page().text(300, 300, "白鹭镇职工服务中心")
    for x in range(300, 580, 9):
        crossed.draw.line((x, 298, x + 12, 340), fill=(0, 0, 0), width=4)
    assert all(paragraph.confidence < 0.9 for paragraph in read_scan(crossed.png()).paragraphs())


def test_both_runtimes_read_the_same() -> None:
    pytest.importorskip("openvino")
    pytest.importorskip("onnxruntime")
    pixels = PageImage(form().image, 1, (595, 842), 200).pixels()
    one, other = (read_page(pixels, networks(name), (595, 842), 200) for name in ("openvino", "onnxruntime"))
    texts = [
        "".join(part.text if isinstance(part, Piece) else _text_of(part) for part in page.parts).replace(" ", "")
        for page in (one, other)
    ]
    assert texts[0] == texts[1]


def _text_of(table: ReadTable) -> str:
    return "".join(piece.text for cell in table.cells for piece in cell.pieces)


def test_an_empty_page_is_said_to_be_empty() -> None:
    document = read_scan(Page().png())
    assert document.blocks == ()
    assert any("第1页没有认出文字" in remark for remark in document.remarks)
