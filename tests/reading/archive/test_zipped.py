"""Zips of every tool give legible names and whole files; hostile ones nothing at all."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib

import pytest

from formflow.errors import UnreadableError
from formflow.reading.archive.zipped import read_zip
from formflow.reading.limits import DEFAULT, Limits
from support import archives
from support.archives import raw_names, zipped


def names(data: bytes) -> list[str]:
    return [member.name for member in read_zip(data, DEFAULT)]


def refusal(data: bytes, limits: Limits = DEFAULT) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        read_zip(data, limits)
    assert "压缩包" in caught.value.message
    assert caught.value.remedy
    return caught.value


def test_files_in_order_with_their_content_and_without_folders() -> None:
    data = zipped({"乙/": b"", "乙/规划.docx": b"2", "甲.docx": b"1"})
    assert [(member.name, member.data) for member in read_zip(data, DEFAULT)] == [
        ("乙/规划.docx", b"2"),
        ("甲.docx", b"1"),
    ]


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_names_that_do_not_say_their_encoding(encoding: str) -> None:
    data = raw_names({"材料\\申请表.docx".encode(encoding): b"1", "说明.txt".encode(encoding): b"2", b"a.txt": b"3"})
    assert names(data) == ["材料/申请表.docx", "说明.txt", "a.txt"]


def test_a_gbk_name_that_happens_to_be_sound_utf_8() -> None:
    lucky = b"\xcf\xb0\xcc\xa8"
    assert lucky.decode("utf-8")
    assert names(raw_names({lucky + b".docx": b"1"})) == [lucky.decode("gbk") + ".docx"]


def test_the_name_given_again_in_unicode_counts() -> None:
    raw = b"????.docx"
    field = b"\x01" + struct.pack("<I", zlib.crc32(raw)) + "申请表.docx".encode()
    extra = struct.pack("<HH", 0x7075, len(field)) + field
    assert names(raw_names({raw: b"1"}, {raw: extra})) == ["申请表.docx"]
    stale = extra.replace(struct.pack("<I", zlib.crc32(raw)), bytes(4))
    assert names(raw_names({raw: b"1"}, {raw: stale})) == ["????.docx"]


@pytest.mark.parametrize(
    "name",
    [
        "../x.docx",
        "a/../../x",
        "/etc/passwd",
        "..\\x.docx",
        "C:\\x.docx",
        "c:x",
        "a\x07b",
        "x" * 256,
        "a/" * 40 + "x",
        "/",
    ],
)
def test_names_that_lead_out_or_are_absurd(name: str) -> None:
    assert refusal(raw_names({name.encode(): b"x", b"good.docx": b"y"})).code == "hostile"


@pytest.mark.parametrize("mode", [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFIFO, stat.S_IFSOCK, stat.S_IFBLK])
def test_links_and_devices(mode: int) -> None:
    assert refusal(archives.special("x.docx", mode)).code == "hostile"


def test_a_name_twice() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.docx", b"1")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.docx", b"2")
    assert refusal(buffer.getvalue()).code == "hostile"


def test_a_password() -> None:
    assert refusal(archives.encrypted(zipped({"甲.docx": b"1"}))).code == "encrypted"


def test_bombs_by_ratio_number_and_size() -> None:
    assert refusal(zipped({"a.bin": bytes(20_000_000)})).code == "hostile"
    many = zipped({f"{n}.txt": b"x" for n in range(6)})
    assert refusal(many, Limits(max_members=5)).code == "too_large"
    assert refusal(many, Limits(max_unpacked=5)).code == "too_large"
    assert len(read_zip(many, Limits(max_members=6, max_unpacked=6))) == 6


def test_a_bomb_of_small_files_counts_as_one() -> None:
    """No single one is large enough to look at; all together are."""
    assert refusal(zipped({f"{n}.bin": bytes(1_000_000) for n in range(20)})).code == "hostile"


def test_a_size_in_the_directory_understated() -> None:
    data = bytearray(zipped({"a.txt": b"0123456789"}, zipfile.ZIP_STORED))
    at = data.rindex(b"PK\x01\x02") + 24
    struct.pack_into("<I", data, at, 4)
    assert refusal(bytes(data)).code == "damaged"


def test_cut_broken_or_empty() -> None:
    whole = zipped({"a.txt": b"0123456789" * 50}, zipfile.ZIP_STORED)
    assert refusal(whole[:-40]).code == "truncated"
    assert refusal(whole.replace(b"0123", b"3210", 1)).code == "damaged"
    assert refusal(zipped({})).code == "empty"
    assert refusal(zipped({"leer/": b""})).code == "empty"
