"""Lines to paragraphs, and signs that look alike."""

from __future__ import annotations

import re

import pytest

pytest.importorskip("cv2", reason="formflow[ocr] is not installed")

import numpy as np

from formflow.reading.scan.areas import Area
from formflow.reading.scan.setting import set_text
from formflow.reading.scan.text import Line, settled, without_bleed
from support.scan_lines import line


def texts(*lines: Line, right: float = 1000, rules: tuple[Area, ...] = ()) -> list[str]:
    return [passage.text for passage in set_text(list(lines), right, list(rules))]


def test_a_full_line_goes_on_in_the_next() -> None:
    full = "字" * 30
    assert texts(line(full), line("其余的话。", y=150)) == [full + "其余的话。"]


def test_a_line_that_had_room_left_ends_its_paragraph() -> None:
    assert texts(line("字" * 20), line("另一段。", y=150)) == ["字" * 20, "另一段。"]


def test_a_number_that_would_not_fit_was_broken_off() -> None:
    nearly = "字" * 27
    assert texts(line(nearly), line("12345.67万元。", y=150)) == [nearly + "12345.67万元。"]
    assert texts(line(nearly), line("万元。", y=150)) == [nearly, "万元。"]


def test_a_label_begins_a_paragraph_whatever_came_before() -> None:
    full = "字" * 30
    assert texts(line(full), line("申请单位：某中心", y=150)) == [full, "申请单位：某中心"]


def test_behind_a_full_line_that_ended_a_sentence_a_heading_begins_a_paragraph() -> None:
    full = "字" * 29 + "。"
    assert texts(line(full), line("二、工作方案", y=150)) == [full, "二、工作方案"]
    assert texts(line(full), line("接着说下去，还有很多话要说，说也说不完。", y=150)) == [
        full + "接着说下去，还有很多话要说，说也说不完。"
    ]


def test_an_indented_line_begins_a_paragraph() -> None:
    full = "字" * 30
    assert texts(line(full), line("缩进的一段，话也不少，说了不止一句。", x=160, y=150))[1].startswith("缩进")


def test_a_title_of_two_lines_is_one() -> None:
    assert texts(line("白" * 30), line("方案题目", x=490, y=150)) == ["白" * 30 + "方案题目"]


def test_what_stands_far_below_is_another_paragraph() -> None:
    assert len(texts(line("字" * 30), line("远处的话。", y=240))) == 2


def test_pieces_on_one_level_are_one_line_with_their_gap() -> None:
    (text,) = texts(line("负责人：张三"), line("2022年3月", x=460, y=103))
    assert re.fullmatch("负责人：张三 {10,14}2022年3月", text)


def test_a_gap_inside_of_a_line_is_spaces() -> None:
    (text,) = texts(line("单位：甲␣␣␣时间：乙"))
    assert text == "单位：甲      时间：乙"


def test_what_stands_over_a_rule_is_underlined() -> None:
    (passage,) = set_text([line("单位名称：白鹭镇")], 1000, [Area(250, 142, 345, 145)])
    assert [passage.text[start:end] for start, end in passage.underlined] == ["白鹭镇"]


def test_a_rule_without_text_is_a_blank() -> None:
    (passage,) = set_text([line("单位名称：")], 1000, [Area(260, 142, 700, 145)])
    assert passage.text == "单位名称：________"
    assert passage.underlined == ((5, 13),)


def test_a_rule_elsewhere_underlines_nothing() -> None:
    (passage,) = set_text([line("单位名称：白鹭镇")], 1000, [Area(100, 300, 700, 303)])
    assert passage.underlined == ()


def test_characters_written_downwards_are_one_word() -> None:
    (passage,) = set_text([line(sign, y=100 + at * 60) for at, sign in enumerate("申请单位")], 140, [], is_stack=True)
    assert passage.text == "申请单位"


def test_a_paragraph_is_as_sure_as_its_least_sure_line() -> None:
    (passage,) = set_text([line("字" * 30, share=0.7), line("其余的话。", y=150)], 1000, [])
    assert passage.surety == pytest.approx(0.7)


def test_marks_count_less_than_words() -> None:
    assert Line(Area(0, 0, 9, 9), "字。", (0.99, 0.64), (1.0, 2.0)).surety == pytest.approx(0.8)
    assert Line(Area(0, 0, 9, 9), "", (), ()).surety == 0


def test_a_point_that_ends_chinese_text_may_be_a_speck() -> None:
    assert line("兼职6人.", share=0.99).surety < 0.9 < line("合计12.5", share=0.99).surety
    assert line("兼职6人。", share=0.99).surety > 0.9


def test_what_shows_through_from_the_back_is_no_text() -> None:
    image = np.full((400, 600, 3), 255, np.uint8)
    image[110:130, 120:400], image[210:230, 120:400], image[310:330, 120:400] = 20, 20, 190
    front, back = line("正面的文字"), line("面背", y=300, share=0.4)
    kept = without_bleed([front, line("正面的文字", y=200, share=0.5), back], image)
    assert [each.text for each in kept] == ["正面的文字", "正面的文字", ""]
    assert without_bleed([front, line("铅笔写的字", y=300)], image)[1].text == "铅笔写的字"


def test_a_dash_at_the_beginning_of_a_line_is_told_by_the_line_before() -> None:
    assert texts(line("字" * 27 + "1月"), line("一9月完成。", y=150)) == ["字" * 27 + "1月—9月完成。"]


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("2022年2月一2022年5月", "2022年2月—2022年5月"),
        ("2023年4月一10月", "2023年4月—10月"),
        ("2022年3月 一7月", "2022年3月 —7月"),
        ("一月一日", "一月一日"),
        ("一", "—"),
        ("一一", "——"),
        ("二〇二二年一月", "二〇二二年一月"),
        ("职工服务中心（站)", "职工服务中心（站）"),
        ("(一)工作目标", "（一）工作目标"),
        ("f(x)", "f(x)"),
        ("完善阵地:改造", "完善阵地：改造"),
        ("10:30", "10:30"),
        ("第2:1号", "第2:1号"),
    ],
)
def test_signs_that_look_alike(read: str, meant: str) -> None:
    assert settled(read) == meant
