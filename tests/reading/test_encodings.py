"""Texts in every encoding a Chinese office saves them in come out the same; what is no text is refused."""

from __future__ import annotations

import codecs

import pytest

from formflow.errors import UnreadableError
from formflow.reading.encodings import decoded, unmarked_utf16

TEXT = "　　本报讯（记者 张三）青岛市总工会“心灵港湾”项目服务职工3.5万人次。\n第二段：A—b…"
MARKED = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


@pytest.mark.parametrize("name", MARKED)
def test_the_mark_says_it(name: str) -> None:
    assert decoded(MARKED[name] + TEXT.encode(name)) == TEXT


@pytest.mark.parametrize("name", ["utf-8", "gb18030", "gbk", "utf-16-le", "utf-16-be"])
def test_without_a_mark_the_bytes_say_it(name: str) -> None:
    assert decoded(TEXT.encode(name)) == TEXT


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "cp936", "utf-8", "no-such-encoding", ""])
def test_what_is_declared_is_asked_and_not_believed(declared: str) -> None:
    assert decoded("职工镕喆".encode("gb18030"), declared) == "职工镕喆"
    assert decoded("职工之家".encode(), "utf-8") == "职工之家"


def test_a_declared_encoding_of_others() -> None:
    assert decoded("總工會".encode("big5"), "big5") == "總工會"


def test_a_spoilt_character_is_no_matter_and_many_are() -> None:
    text = decoded(TEXT.encode() * 5 + b"\xe8")
    assert text.startswith(TEXT)
    with pytest.raises(UnreadableError) as caught:
        decoded(bytes(range(128, 256)) * 20)
    assert caught.value.code == "damaged"


@pytest.mark.parametrize("data", [b"abc\x00def", b"ab\x00\x00" * 30, TEXT.encode(), TEXT.encode("gb18030"), b""])
def test_no_utf16(data: bytes) -> None:
    assert unmarked_utf16(data) == ""
