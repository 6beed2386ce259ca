"""Boxes of text in the cells they belong to; check boxes; signatures."""

from __future__ import annotations

import pytest

pytest.importorskip("cv2", reason="formflow[ocr] is not installed")

from formflow.reading.scan.areas import Area, Pixels, whole
from formflow.reading.scan.cells import find_tables
from formflow.reading.scan.checkboxes import find_boxes, mark_boxes
from formflow.reading.scan.images import PageImage
from formflow.reading.scan.places import place
from formflow.reading.scan.ruling import find_ruling, without_rules
from formflow.reading.scan.signatures import signatures, text_lines
from support.scan_lines import line
from support.scan_pages import Page


def pixels(page: Page) -> Pixels:
    return PageImage(page.image, 1, (595, 842), 200).pixels()


def two_cells() -> Page:
    return Page().frame(200, 300, 1000, 500).rule(600, 300, 600, 500)


def placed(page: Page, *boxes: Area) -> tuple[list[list[Area]], list[Area]]:
    image = pixels(page)
    ruling = find_ruling(image)
    places = place(list(boxes), find_tables(ruling), without_rules(image, ruling)[1])
    return [list(areas) for _, _, areas in places.cells], list(places.open)


def test_a_box_over_a_rule_is_cut_there() -> None:
    page = two_cells().text(480, 350, "所属").text(640, 350, "制造")
    (left, right), outside = placed(page, Area(460, 340, 720, 400))
    assert [(box.x0, box.x1 < 605) for box in left] == [(460, True)]
    assert [(box.x0 > 595, box.x1) for box in right] == [(True, 720)]
    assert outside == []


def test_a_box_that_only_touches_a_neighbour_is_not_in_it() -> None:
    page = two_cells().text(300, 350, "所属行业服务")
    (left, right), _ = placed(page, Area(290, 340, 612, 400))
    assert len(left) == 1
    assert right == []


def test_text_outside_of_tables_is_on_the_open_page() -> None:
    (left, right), outside = placed(two_cells().text(300, 700, "说明"), Area(290, 690, 370, 745))
    assert (left, right) == ([], [])
    assert len(outside) == 1


def test_text_among_rules_that_is_in_no_cell_is_not_lost() -> None:
    page = Page().rule(200, 300, 1000, 300).rule(200, 300, 200, 700).rule(200, 500, 600, 500).rule(600, 300, 600, 700)
    page.rule(200, 700, 600, 700).rule(1000, 300, 1000, 420).text(640, 600, "所属行业")
    table_cells, outside = placed(page, Area(630, 590, 800, 640), Area(630, 400, 800, 440))
    assert Area(630, 590, 800, 640) in [*outside, *(box for cell in table_cells for box in cell)]


def test_ink_that_detection_overlooked_gets_a_box() -> None:
    page = two_cells()
    page.draw.line((300, 400, 360, 396), fill=(0, 0, 0), width=6)
    (left, right), _ = placed(page)
    assert len(left) == 1
    assert left[0].x0 < 300 < 360 < left[0].x1
    assert right == []


def test_two_lines_in_one_box_are_cut_apart() -> None:
    page = Page().text(200, 300, "第一行的文字在这里\n第二行的文字在这里")
    _, boxes = placed(page, Area(195, 295, 480, 385), Area(195, 600, 480, 645), Area(195, 700, 480, 745))
    assert len([box for box in boxes if box.y0 < 400]) == 2


def test_two_lines_that_a_signature_runs_over_are_cut_apart() -> None:
    page = Page().text(220, 300, "负责人（签名）：").text(420, 345, "2022年1月15日")
    for x in (470, 510, 540):
        page.draw.line((x, 290, x + 12, 385), fill=(20, 20, 30), width=4)
    _, outside = placed(page, Area(210, 292, 640, 388), Area(220, 600, 640, 640), Area(220, 700, 640, 740))
    assert len([box for box in outside if box.y1 < 400]) == 2


def test_what_reaches_beyond_a_line_within_a_tall_box_is_not_lost() -> None:
    page = Page().text(300, 320, "（盖章）").text(620, 330, "年月日", 70)
    _, outside = placed(page, Area(280, 290, 900, 420), Area(300, 330, 440, 366), Area(20, 600, 60, 640))
    covered = [box for box in outside if box.x0 <= 640 and box.x1 >= 820]
    assert covered, outside


def test_characters_written_downwards_are_cut_apart() -> None:
    page = Page().frame(200, 300, 600, 700).rule(280, 300, 280, 700)
    for at, sign in enumerate("申请单位"):
        page.text(225, 330 + at * 60, sign)
    (cell, _), _ = placed(page, Area(215, 320, 265, 570))
    assert len(cell) == 4
    assert [box.y0 for box in cell] == sorted(box.y0 for box in cell)


def test_boxes_that_overlap_on_a_line_are_one() -> None:
    page = Page().text(200, 300, "菱塘镇总工会")
    _, boxes = placed(page, Area(195, 295, 240, 340), Area(225, 295, 385, 340))
    assert len(boxes) == 1


def test_a_mark_behind_a_box_is_taken_in() -> None:
    page = Page().text(200, 300, "菱塘镇总工会、")
    _, (box,) = placed(page, Area(195, 295, 378, 340))
    assert box.x1 > 388


def option_page(ticked: bool) -> Page:
    page = Page()
    for at, word in enumerate(("企业", "高校")):
        x = 200 + at * 200
        page.draw.rectangle((x, 306, x + 26, 332), outline=(0, 0, 0), width=2)
        page.text(x + 34, 300, word)
    if ticked:
        page.draw.line((204, 316, 212, 327, 226, 302), fill=(0, 0, 0), width=4)
    return page


@pytest.mark.parametrize(("ticked", "expected"), [(True, "☑企业☐高校"), (False, "☐企业☐高校")])
def test_check_boxes_are_marked_in_their_line(ticked: bool, expected: str) -> None:
    boxes = find_boxes(pixels(option_page(ticked)))
    assert len(boxes) == 2
    read = line("口企业", x=196)
    rest = line("□高校", x=398)
    joined = type(read)(
        Area(190, 295, 520, 345), read.text + rest.text, read.shares + rest.shares, read.middles + rest.middles
    )
    assert mark_boxes(joined, boxes).text == expected


def test_filled_squares_are_ticks() -> None:
    page = option_page(ticked=False)
    page.draw.rectangle((200, 306, 226, 332), fill=(0, 0, 0))
    read = type(line(""))(
        Area(190, 295, 520, 345), "█企业口高校", (0.9,) * 6, (213.0, 250.0, 280.0, 413.0, 450.0, 480.0)
    )
    assert mark_boxes(read, find_boxes(pixels(page))).text == "☑企业☐高校"


def test_a_box_ocr_did_not_see_is_put_in() -> None:
    boxes = find_boxes(pixels(option_page(ticked=False)))
    read = type(line(""))(Area(190, 295, 520, 345), "企业高校", (0.9,) * 4, (250.0, 280.0, 450.0, 480.0))
    assert mark_boxes(read, boxes).text == "☐企业☐高校"


def test_characters_with_squares_in_them_are_no_check_boxes() -> None:
    page = Page().text(200, 300, "回访人口国家职工")
    read = line("回访人口国家职工", x=200, y=296)
    assert mark_boxes(read, find_boxes(pixels(page))).text == read.text


LABEL = "负责人（签名）："


def test_ink_beside_a_signature_s_label_is_a_signature() -> None:
    page = Page().text(200, 300, LABEL).signature(460, 265)
    (found,) = signatures([line(LABEL, 200, 293)], whole(pixels(page)), pixels(page))
    assert found.is_sure


def test_a_signature_on_a_faded_copy_is_one_and_its_shadows_are_none() -> None:
    for page, count in ((Page().text(200, 300, LABEL).signature(460, 265), 1), (Page().text(200, 300, LABEL), 0)):
        page.draw.rectangle((470, 290, 560, 320), outline=(225, 225, 225), width=3)
        page.image = page.image.point(lambda value: 150 + value * 105 // 255)
        assert len(signatures([line(LABEL, 200, 293)], whole(pixels(page)), pixels(page))) == count


def test_an_empty_place_is_no_signature() -> None:
    page = Page().text(200, 300, LABEL)
    assert signatures([line(LABEL, 200, 293)], whole(pixels(page)), pixels(page)) == []


@pytest.mark.parametrize("name", ["张三丰", "ルノ", "Li Ming", "711", "71 2022年3月"])
def test_a_name_that_reads_like_print_may_have_been_typed_or_written(name: str) -> None:
    page = Page().text(200, 300, LABEL + name)
    (found,) = signatures([line(LABEL + name, 200, 293)], whole(pixels(page)), pixels(page))
    assert not found.is_sure


def test_strokes_between_what_was_read_of_a_line_are_a_signature() -> None:
    page = Page().text(200, 300, LABEL).text(760, 300, "年月日")
    page.draw.line((470, 330, 500, 305, 520, 335, 560, 310), fill=(20, 20, 20), width=5)
    read = line(LABEL + "␣" * 10 + "年月日", 200, 293)
    (found,) = signatures([read], whole(pixels(page)), pixels(page))
    assert found.is_sure


def test_what_is_printed_beside_the_label_is_no_name() -> None:
    for words in ("（盖章）", "2022 年 3 月 14 日", "年 月 日", "2022-03-14", "日期：", "经办人（签字）："):
        page = Page().text(200, 300, LABEL + words)
        assert signatures([line(LABEL + words, 200, 293)], whole(pixels(page)), pixels(page)) == []


def test_a_name_in_coloured_ink_is_a_signature_however_readable() -> None:
    page = Page().text(200, 300, LABEL).text(440, 300, "张三丰", colour=(30, 50, 190))
    (found,) = signatures([line(LABEL + "张三丰", 200, 293)], whole(pixels(page)), pixels(page))
    assert found.is_sure


def test_a_signature_under_its_label_counts_and_one_far_away_does_not() -> None:
    near = Page().text(200, 300, LABEL).signature(220, 350)
    far = Page().text(200, 300, LABEL).signature(220, 900)
    lines = [line(LABEL, 200, 293)]
    assert len(signatures(lines, whole(pixels(near)), pixels(near))) == 1
    assert signatures(lines, whole(pixels(far)), pixels(far)) == []


def test_a_date_beside_the_label_is_no_signature() -> None:
    page = Page().text(200, 300, LABEL).text(600, 300, "2022年3月14日")
    lines = [line(LABEL, 200, 293), line("2022年3月14日", 600, 293)]
    assert signatures(lines, whole(pixels(page)), pixels(page)) == []


def test_scribbles_are_no_text_where_a_signature_is_expected() -> None:
    scribble = line("林", 500, 280, share=0.3)
    assert [each.text for each in text_lines([line(LABEL), scribble])] == [LABEL]
    assert [each.text for each in text_lines([line("所属行业"), scribble])] == ["所属行业", "林"]


def test_what_ocr_made_of_a_name_goes_and_the_date_behind_it_stays() -> None:
    label = line(LABEL + "木市2022年3月14日")
    shares = tuple(0.3 if sign in "木市" else 0.99 for sign in label.text)
    spoilt = type(label)(label.area, label.text, shares, label.middles)
    assert [each.text for each in text_lines([spoilt])] == [LABEL + "2022年3月14日"]
