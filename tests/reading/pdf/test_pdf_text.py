"""Characters to lines and paragraphs, whatever order and shape the file gives them."""

from __future__ import annotations

import pytest

from formflow.model.document import Paragraph
from formflow.reading.pdf.ink import Glyph
from formflow.reading.pdf.legible import is_legible, meant
from formflow.reading.pdf.lines import lines_of
from support.pdfs import FONT, HEIGHT, Paper, paragraphs, pdf, read, tables

SENTENCE = "镇党委政府每年专题研究职工服务工作并成立由主席任组长的领导小组与人社司法卫健等部门建立联席会议制度定期会商"


def wrapped(paper: Paper, x: float, y: float, words: str, per_line: int, indent: int = 0) -> float:
    """Words set in lines of so many characters, the first set in; the height below."""
    first = words[: per_line - indent]
    paper.text(x + 12 * indent, y, first)
    rest = words[per_line - indent :]
    while rest:
        y += 18
        paper.text(x, y, rest[:per_line])
        rest = rest[per_line:]
    return y + 18


def test_characters_are_sorted_by_place() -> None:
    def draw(paper: Paper) -> None:
        paper.text(96, 100, "其他（请写明）")
        paper.text(72, 100, "□")

    assert paragraphs(read(draw)) == ["□  其他（请写明）"]


def test_bold_made_by_printing_twice_is_read_once() -> None:
    def draw(paper: Paper) -> None:
        paper.text(72, 100, "申请单位")
        paper.text(72.4, 100, "申请单位")
        paper.text(72.4, 100.3, "申请单位")

    assert paragraphs(read(draw)) == ["申请单位"]


def test_a_doubled_character_stays_doubled() -> None:
    assert paragraphs(read(lambda paper: paper.text(72, 100, "天天 向上11"))) == ["天天 向上11"]


def test_gaps_are_spaces() -> None:
    def draw(paper: Paper) -> None:
        paper.text(72, 100, "姓名")
        paper.text(120, 100, "张三")
        paper.text(72, 130, "WeChat App")

    assert paragraphs(read(draw)) == ["姓名    张三", "WeChat App"]


def test_sizes_of_one_line_stand_on_one_line() -> None:
    def draw(paper: Paper) -> None:
        paper.text(72, 100, "单位名称", 16)
        paper.text(140, 100, "白鹭镇", 9)
        paper.text(72, 115, "下一行", 9)

    assert paragraphs(read(draw))[-1].endswith("下一行")
    assert "白鹭镇" in paragraphs(read(draw))[0]


def test_marks_with_boxes_as_small_as_the_ink_stay_in_their_line() -> None:
    """Fonts without metrics: a quotation mark's box hangs at the top of the line, a comma's lies at its foot."""
    line = [Glyph("中", 72, 100, 84, 111, 110), Glyph("“", 84, 100, 96, 103, 110), Glyph("，", 96, 108, 108, 112, 110)]
    below = [Glyph("下", 72, 116, 84, 127, 126)]
    assert [found.text for found in lines_of([*below, *line], 1)] == ["中“，", "下"]


def test_characters_without_any_size_do_no_harm() -> None:
    """As a damaged file has them."""
    points = [Glyph("中", 72, 100, 72, 100, 100), Glyph("文", 80, 100, 80, 100, 100)]
    assert [line.text.replace(" ", "") for line in lines_of(points, 1)] == ["中文"]


def test_a_paragraph_over_lines_is_one() -> None:
    def draw(paper: Paper) -> None:
        below = wrapped(paper, 72, 100, SENTENCE, 37, indent=2)
        wrapped(paper, 72, below, "第二段" + SENTENCE, 37, indent=2)

    assert paragraphs(read(draw)) == [SENTENCE, "第二段" + SENTENCE]


def test_a_short_line_ends_its_paragraph() -> None:
    def draw(paper: Paper) -> None:
        wrapped(paper, 72, 100, SENTENCE, 37)
        paper.text(72, 200, "承担单位：")
        paper.text(72, 218, "管理单位：")

    assert paragraphs(read(draw)) == [SENTENCE, "承担单位：", "管理单位："]


def test_a_number_or_label_begins_a_paragraph_behind_a_full_line() -> None:
    def draw(paper: Paper) -> None:
        paper.text(72, 100, SENTENCE[:36] + "；")
        paper.text(72, 118, "2.经费来源：工会经费")

    assert paragraphs(read(draw)) == [SENTENCE[:36] + "；", "2.经费来源：工会经费"]


def test_a_sentence_that_just_fills_its_line_hides_no_heading() -> None:
    def draw(paper: Paper) -> None:
        paper.text(72, 100, SENTENCE[:36] + "。")
        paper.text(72, 118, "承担单位、参与单位及管理单位意见")

    assert len(paragraphs(read(draw))) == 2


def test_lines_that_hang_behind_a_number_go_on() -> None:
    def draw(paper: Paper) -> None:
        paper.text(72, 100, "1.")
        paper.text(96, 100, SENTENCE[:35])
        paper.text(96, 118, SENTENCE[35:])

    assert paragraphs(read(draw)) == ["1.  " + SENTENCE]


def test_a_date_wrapped_at_the_right_goes_on() -> None:
    def draw(paper: Paper) -> None:
        paper.grid([72, 292, 515], [100, 200])
        paper.text(298, 120, "同意申报。")
        paper.text(299, 160, "负责人（签名）：张三")
        paper.text(473, 160, "2023年")
        paper.text(467, 178, "1月18日")

    (table,) = tables(read(draw))
    assert table.cells[1].text.split("\n")[-1].replace(" ", "") == "负责人（签名）：张三2023年1月18日"


def test_a_label_broken_in_a_narrow_cell_is_one_line() -> None:
    def draw(paper: Paper) -> None:
        paper.grid([72, 120, 400], [100, 200])
        for number, words in enumerate(("现状及", "应具备", "条件")):
            paper.text(78, 120 + 18 * number, words)

    (table,) = tables(read(draw))
    assert table.cells[0].text == "现状及应具备条件"


def test_words_parted_by_a_line_break_get_their_space_back() -> None:
    def draw(paper: Paper) -> None:
        paper.grid([72, 166, 400], [100, 200])
        paper.text(78, 120, "Public Service")
        paper.text(78, 138, "Centre")

    (table,) = tables(read(draw))
    assert table.cells[0].text == "Public Service Centre"


def test_standing_text_runs_down_and_to_the_left() -> None:
    """Two columns of a label set from top to bottom, in the order a program writes them."""

    def draw(paper: Paper) -> None:
        paper.grid([72, 110, 400], [100, 200])
        for x, words in ((92, "负责人"), (76, "意见栏")):
            for number, character in enumerate(words):
                paper.text(x, 120 + 16 * number, character)

    (table,) = tables(read(draw))
    assert table.cells[0].text.replace("\n", "") == "负责人意见栏"


def test_rules_under_blanks_are_underlined() -> None:
    def draw(paper: Paper) -> None:
        paper.text(72, 100, "单位名称：")
        paper.text(140, 100, "白鹭镇职工服务中心")
        paper.line(137, 102.5, 320, 102.5)
        paper.text(72, 130, "承担单位：")
        paper.line(136, 132.5, 320, 132.5)

    filled, blank = [block for block in read(draw).blocks if isinstance(block, Paragraph)]
    assert filled.text.startswith("单位名称： 白鹭镇职工服务中心")
    assert filled.underlined == ((6, len(filled.text)),)
    assert blank.text.strip() == "承担单位："
    assert blank.underlined == ((6, len(blank.text)),)
    assert len(blank.text) > 20


def test_a_rule_in_a_cell_underlines_what_stands_on_it() -> None:
    def draw(paper: Paper) -> None:
        paper.grid([72, 400], [100, 200])
        paper.text(80, 130, "经手人")
        paper.text(130, 130, "李四")
        paper.line(125, 132.5, 180, 132.5)

    (table,) = tables(read(draw))
    (paragraph,) = table.cells[0].blocks
    assert isinstance(paragraph, Paragraph)
    start, end = paragraph.underlined[0]
    assert paragraph.text[start:end].strip() == "李四"


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_pages(turn: int) -> None:
    def draw(paper: Paper) -> None:
        paper.canvas.setPageRotation(turn)
        angle = {90: 90, 180: 180, 270: 270}[turn]
        paper.canvas.translate(*{90: (595, 0), 180: (595, 842), 270: (247, 595)}[turn])
        paper.canvas.rotate(angle)
        # Drawn so that a viewer, who turns the page, sees it upright, 100 points from the top of the shown page.
        top = 842 if turn == 180 else 595
        paper.canvas.setFont(FONT, 12)
        paper.canvas.drawString(72, top - 100, "横向的页面")
        paper.canvas.rect(60, top - 150, 300, 80)

    document = read(draw)
    (table,) = tables(document)
    assert table.text == "横向的页面"
    box = table.locator.box
    assert box is not None
    assert [round(value) for value in (box.x0, box.y0, box.x1, box.y1)] == [60, 70, 360, 150]


def test_a_table_drawn_sideways_is_read_upright_and_placed_as_shown() -> None:
    def draw(paper: Paper) -> None:
        paper.canvas.translate(500, 100)
        paper.canvas.rotate(90)
        paper.canvas.setFont(FONT, 12)
        for x, y, words in ((10, 70, "姓名"), (110, 70, "张三"), (10, 40, "单位"), (110, 40, "工会")):
            paper.canvas.drawString(x, y, words)
        for x in (0, 100, 300):
            paper.canvas.line(x, 30, x, 90)
        for y in (30, 60, 90):
            paper.canvas.line(0, y, 300, y)

    (table,) = tables(read(draw))
    assert [cell.text for cell in table.cells] == ["姓名", "张三", "单位", "工会"]
    box = table.locator.box
    assert box is not None
    # Right of the lower end, going up: x 410–470, y from the top 842 - 400 to 842 - 100.
    assert [round(value) for value in (box.x0, box.y0, box.x1, box.y1)] == [410, 442, 470, 742]


def test_a_watermark_askew_is_not_read() -> None:
    def draw(paper: Paper) -> None:
        paper.text(72, 100, "正文文字在这里写着")
        paper.canvas.translate(200, 300)
        paper.canvas.rotate(45)
        paper.canvas.setFont(FONT, 40)
        paper.canvas.drawString(0, 0, "样张")

    assert paragraphs(read(draw)) == ["正文文字在这里写着"]


def test_what_lies_beside_the_page_is_not_read() -> None:
    def draw(paper: Paper) -> None:
        paper.text(72, 100, "页面内")
        paper.text(700, 100, "页面外")

    assert read(draw).text == "页面内"


def test_invisible_words_among_visible_ones_are_left_out_and_said() -> None:
    def draw(paper: Paper) -> None:
        paper.text(72, 100, "看得见")
        words = paper.canvas.beginText(72, HEIGHT - 200)
        words.setFont(FONT, 12)
        words.setTextRenderMode(3)
        words.textLine("看不见")
        paper.canvas.drawText(words)

    document = read(draw)
    assert document.text == "看得见"
    assert document.remarks == ("文件中有看不见的文字，没有作为填写内容",)


def test_a_cropped_page_is_measured_from_its_own_corner() -> None:
    data = pdf(lambda paper: paper.text(172, 200, "裁切"), cropBox=(100, 0, 595, 742))
    from formflow.reading.pdf import read_pdf

    box = read_pdf(data).blocks[0].locator.box
    assert box is not None
    assert round(box.x0) == 72
    assert 85 <= box.y0 < 100 <= box.y1 <= 105


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("⼯", "工"),
        ("⺠", "民"),
        ("⻔", "门"),
        ("豈", "豈"),
        ("A", "A"),
        ("\x02", "-"),
        ("\x01", "\ufffd"),
        ("\ufe0f", ""),
    ],
)
def test_look_alikes_are_the_characters_meant(named: str, said: str) -> None:
    assert meant(named) == said


@pytest.mark.parametrize(
    ("text", "can_be"),
    [
        ("申请单位白鹭镇职工服务中心2022年3月", True),
        ("申請單位職工服務中心應具備條件說明書", True),
        ("Application Form 2022", True),
        ("بىخەۋەر ئىشچىلار 申请", True),
        ("\ue001\ue002\ue003申请单位名称所属行业", False),
        ("\ufffd", False),
        ("坾妟朎褜趡鉜铔镆鬩髙鶨鷅鸈", False),
        ("ಕನ್ನಡಕನ್ನಡಕನ್ನಡ", False),
    ],
)
def test_garbled_text_is_told(text: str, can_be: bool) -> None:
    assert is_legible(text) is can_be
