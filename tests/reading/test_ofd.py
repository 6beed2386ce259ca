"""OFD: lines by where the words stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from formflow.errors import UnreadableError
from formflow.reading import Limits
from formflow.reading.ofd import read_ofd
from formflow.reading.reader import read_document
from support.ofds import ofd, text

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "real"


def lines(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in read_document(data).paragraphs()]


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


def test_gaps_in_a_line_are_blanks_and_tabs() -> None:
    page = text("时间：", 20, 50) + text("2022年", 37, 50.4) + text("盖章", 120, 49.8)
    assert lines(ofd(page)) == ["时间： 2022年\t盖章"]


def test_fake_bold_counts_once_and_what_is_off_the_page_not_at_all() -> None:
    page = text("申请表", 20, 50) + text("申请表", 20.1, 50) + text("看不见", 20, 500)
    assert lines(ofd(page)) == ["申请表"]


def test_real_files() -> None:
    found = {path.name: lines(path.read_bytes()) for path in CORPUS.glob("*/*.ofd")}
    assert len(found) == 3
    notice = next(found[name] for name in found if name.startswith("路卫发"))
    assert "关于同意张阿三同志辞职的批复" in notice
    assert notice.index("路卫发〔2011〕76号") < notice.index("区中医院：")
    permit = next(found[name] for name in found if name.startswith("矿产"))
    assert "勘查面积：1.51" in permit


def test_pages_without_text_say_so() -> None:
    assert any("没有文字" in remark for remark in read_document(ofd("")).remarks)


def test_hostile_or_broken_files_are_refused() -> None:
    cases = {
        "hostile": ofd(text("甲", 20, 50), prologue='<!DOCTYPE x [<!ENTITY a "aaaa">]>'),
        "truncated": ofd(text("甲", 20, 50))[:-30],
        "damaged": ofd().replace(b"OFD.xml", b"ofd.txt"),
    }
    for code, data in cases.items():
        with pytest.raises(UnreadableError) as caught:
            read_ofd(data)
        assert caught.value.code == code


def test_too_many_lines_are_refused() -> None:
    with pytest.raises(UnreadableError) as caught:
        read_ofd(ofd(text("甲", 20, 50) + text("乙", 20, 60)), Limits(max_blocks=1))
    assert caught.value.code == "too_large"
