"""Comments and footnotes that say that an honour of the list does not count."""

from __future__ import annotations

from dataclasses import replace

import pytest

from formflow.forms.honours import honours_lists
from formflow.model.document import Locator, Paragraph
from formflow.reading import read_document
from support.honours_lists import word
from support.office import packs

LIST = word(
    "优秀项目荣誉名单",
    [
        ["项目名称", "实施单位", "级别", "命名时间"],
        ["暖心驿站", "甲中心", "省级", "2022-03-01"],
        ["海燕课堂", "乙中心", "市级", "2022-03-01"],
    ],
)


def held(note: str, part: str) -> list[bool]:
    document = replace(read_document(LIST), furniture=(Paragraph(note, Locator(part)),))
    (found,) = honours_lists(document, packs())
    assert all("批注或脚注" in finding.message for finding in found.findings)
    return [bool(honour.doubts) for honour in found.honours]


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("海燕课堂的荣誉已撤销", [False, True]),
        ("此项不予补助", [True, True]),
        ("请核对联系电话", [False, False]),
    ],
)
@pytest.mark.parametrize("part", ["comment 1, paragraph 1", "footnote 2, paragraph 1", "comment, page 1"])
def test_a_note_holds_the_project_it_names_else_all(note: str, expected: list[bool], part: str) -> None:
    assert held(note, part) == expected


def test_what_was_not_read_is_told_and_holds_nothing() -> None:
    document = replace(read_document(LIST), unread=("第2页没有识读",))
    (found,) = honours_lists(document, packs())
    (told,) = found.findings
    assert (told.code, told.label) == ("low_confidence", "暖心驿站")
    assert "第2页没有识读" in told.message
    assert [honour.doubts for honour in found.honours] == [(), ()]


def test_the_foot_of_the_page_is_no_note() -> None:
    assert held("本表作废前有效", "footer 1, paragraph 1") == [False, False]
