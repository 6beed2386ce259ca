from __future__ import annotations

import os

import pytest

from formflow.service import names


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("申请表.docx", "申请表.docx"),
        ("申请表.docx".encode("gb18030"), "申请表.docx"),
        (b"\xff\xfe\xff.docx", "\ufffd\ufffd\ufffd.docx"),
        ("e\u0301.docx", "\u00e9.docx"),
        ("换\n行.docx", "换_行.docx"),
        ("\u202excod.exe", "_xcod.exe"),
    ],
)
def test_names_of_old_systems_become_legible(raw: str | bytes, name: str) -> None:
    given = raw if isinstance(raw, str) else os.fsdecode(raw)
    assert names.legible(given) == name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a/b\\c:d*e?.docx", "a_b_c_d_e_.docx"),
        ("名\n称.docx", "名_称.docx"),
        ("结尾. ", "结尾"),
        ("CON.docx", "CON_.docx"),
        ("com1", "com1_"),
        ("console.docx", "console.docx"),
        ("...", "未命名"),
        (".docx", "_.docx"),
        ("..docx", "_..docx"),
        (".隐藏.docx", "_.隐藏.docx"),
        ("", "未命名"),
    ],
)
def test_a_safe_name_stands_on_every_system(name: str, expected: str) -> None:
    assert names.safe(name) == expected


def test_stem_and_ending() -> None:
    assert names.split("规划.v2.docx") == ("规划.v2", ".docx")
    assert names.split("没有后缀") == ("没有后缀", "")
    assert names.split("x." + "y" * 40) == ("x." + "y" * 40, "")


def test_a_variant_is_counted_before_the_ending() -> None:
    assert names.joined("补正通知书", 1, ".docx") == "补正通知书.docx"
    assert names.joined("补正通知书", 2, ".docx.说明.txt") == "补正通知书（2）.docx.说明.txt"


def test_a_long_name_gives_way_in_its_stem_and_stays_whole_text() -> None:
    name = names.joined("很长的名称" * 40, 12, ".docx")
    assert name.endswith("（12）.docx")
    assert 200 < len(name.encode()) <= names.LONGEST_BYTES
