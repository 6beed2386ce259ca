"""Compound files: chains of sectors that end, and such as do not."""

from __future__ import annotations

import struct

import pytest

from formflow.errors import UnreadableError
from formflow.reading import ole
from formflow.reading.reader import read_document
from formflow.reading.sniff import sniff
from support.seeds import seed
from support.word97 import Doc, Par, container

SECTOR = 512


def with_next(data: bytes, sector: int, following: int) -> bytes:
    """The file with the table of chains saying what comes after a sector."""
    (table,) = struct.unpack_from("<I", data, 76)
    changed = bytearray(data)
    struct.pack_into("<I", changed, (table + 1) * SECTOR + 4 * sector, following)
    return bytes(changed)


@pytest.mark.parametrize("name", ["xls", "doc"])
def test_chains_of_sound_files_end(name: str) -> None:
    assert not ole.goes_in_circles(seed(name))


def test_a_stream_the_directory_or_the_table_in_circles_is_seen() -> None:
    data = seed("xls")
    first = ole.streams(data)["Workbook"]
    (directory,) = struct.unpack_from("<I", data, 48)
    assert ole.goes_in_circles(with_next(data, first, first))
    assert ole.goes_in_circles(with_next(data, first + 3, first))
    assert ole.goes_in_circles(with_next(data, directory, directory))
    further = bytearray(data)
    struct.pack_into(
        "<I", further, 68, first
    )  # further sectors of the table, of which the first names itself as the next
    struct.pack_into("<I", further, (first + 2) * SECTOR - 4, first)
    assert ole.goes_in_circles(bytes(further))


def test_a_table_of_many_more_sectors_than_the_file_has_is_seen() -> None:
    data = seed("xls")
    (table,) = struct.unpack_from("<I", data, 76)
    at = len(data) // SECTOR - 1
    # Each further sector names the sector of the table 127 times over, and the next one; the last names none.
    more = b"".join(struct.pack("<128I", *[table] * 127, at + number + 1) for number in range(9)) + b"\xff" * SECTOR
    further = bytearray(data + bytes(-len(data) % SECTOR) + more)
    struct.pack_into("<I", further, 68, at)
    assert ole.goes_in_circles(bytes(further))


def test_a_workbook_in_circles_is_refused_in_words() -> None:
    data = seed("xls")
    first = ole.streams(data)["Workbook"]
    with pytest.raises(UnreadableError) as caught:
        read_document(with_next(data, first, first))
    assert caught.value.code == "damaged"


@pytest.mark.parametrize("data", [b"", ole.MAGIC, ole.MAGIC + bytes(600), ole.MAGIC + b"\xff" * 600])
def test_what_cannot_be_followed_is_no_circle(data: bytes) -> None:
    assert not ole.goes_in_circles(data)


def test_what_an_embedded_object_holds_is_not_the_files_own() -> None:
    """A Word file with a worksheet or another Word file in it is a Word file."""
    streams = Doc([Par("甲\r")]).streams()
    sheet = {"Workbook": b"x", "WordDocument": b"other"}
    data = container(streams, storages={"ObjectPool": sheet})
    assert set(ole.streams(data)) == {*streams, "ObjectPool"}
    assert sniff(data) == "doc"
    assert read_document(data).text == "甲"


def test_where_the_root_names_nobody_all_names_count() -> None:
    data = bytearray(container({"Workbook": b"x"}))
    (directory,) = struct.unpack_from("<I", data, 48)
    struct.pack_into("<I", data, (directory + 1) * SECTOR + 76, 0xFFFFFFFF)
    assert "Workbook" in ole.streams(bytes(data))
