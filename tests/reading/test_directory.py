"""A container's directory told by its own bytes says what zipfile says of it, and leaves to zipfile what is unusual."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from formflow.errors import UnreadableError
from formflow.reading import directory
from formflow.reading.directory import Entry, entries, unpacked

NAMES = ("[Content_Types].xml", "xl/workbook.xml", "docProps/app.xml")


def packed(names: tuple[str, ...] = NAMES, *, comment: bytes = b"", each: bytes = b"") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number, name in enumerate(names):
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED if number % 2 else zipfile.ZIP_STORED
            info.comment = each
            archive.writestr(info, name * 50)
        archive.comment = comment
    return buffer.getvalue()


def by_zipfile(data: bytes) -> list[Entry]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [
            Entry(at.filename, at.flag_bits, at.compress_type, at.CRC, at.compress_size, at.file_size, at.header_offset)
            for at in archive.infolist()
        ]


@pytest.fixture
def _without_zipfile(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(data: bytes) -> list[Entry]:
        raise AssertionError("left to zipfile")

    monkeypatch.setattr(directory, "_any", refuse)


@pytest.mark.usefixtures("_without_zipfile")
def test_the_usual_directory_is_told_as_zipfile_tells_it() -> None:
    for data in (packed(), packed(()), packed(("a",))):
        assert list(entries(data)) == by_zipfile(data)


@pytest.mark.parametrize(
    "data",
    [
        packed(comment=b"by hand"),
        b"junk" + packed(),
        packed(each=b"noted"),
        packed(("申请表.xml", "b")),
        packed() + b"\x00" * 7,
    ],
    ids=["comment", "junk before", "comments of entries", "names in UTF-8", "more behind"],
)
def test_unusual_directories_are_left_to_zipfile(data: bytes) -> None:
    assert directory._plain(data) is None
    assert list(entries(data)) == by_zipfile(data)


def changed(data: bytes, at: int, layout: str, value: int) -> bytes:
    """The container with a number changed, counted from the end of the directory (negative) or from its start."""
    start = data.index(b"PK\x01\x02") if at >= 0 else len(data)
    bytes_ = bytearray(data)
    struct.pack_into(layout, bytes_, start + at, value)
    return bytes(bytes_)


@pytest.mark.parametrize(
    ("at", "layout", "value"),
    [
        (-14, "<H", 9),  # entries on this disk
        (-12, "<H", 9),  # entries in all
        (-10, "<I", 5),  # size of the directory
        (-6, "<I", 5),  # its start
        (0, "<I", 0),  # an entry's signature
        (6, "<H", 64),  # the version it needs
        (20, "<I", 0xFFFFFFFF),  # its size, told elsewhere
        (28, "<H", 9),  # length of its name
        (30, "<H", 60_000),  # length of its extra field
    ],
)
def test_a_directory_that_contradicts_itself_is_left_to_zipfile(at: int, layout: str, value: int) -> None:
    data = changed(packed(), at, layout, value)
    assert directory._plain(data) is None
    try:
        told = by_zipfile(data)
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        with pytest.raises(UnreadableError) as caught:
            entries(data)
        assert caught.value.code == "damaged"
    else:
        assert list(entries(data)) == told


def test_a_large_directory_announced_in_an_entry_is_left_to_zipfile() -> None:
    """ZIP64's locator stands before the end, where other programs look for it."""
    data = packed()
    end = data.rindex(b"PK\x05\x06")
    locator = b"PK\x06\x07" + bytes(16)
    moved = data[:end] + locator + data[end:]
    size = struct.unpack_from("<I", data, end + 12)[0]
    assert directory._plain(changed(moved, -10, "<I", size + len(locator))) is None


@pytest.mark.parametrize(("cut", "code"), [(1, "damaged"), (18, "damaged"), (22, "truncated"), (60, "truncated")])
def test_without_its_end_a_container_is_cut_off(cut: int, code: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        entries(packed()[:-cut])
    assert caught.value.code == code


def test_what_lies_where_an_entry_says() -> None:
    data = packed()
    assert [unpacked(data, entry).decode() for entry in entries(data)] == [name * 50 for name in NAMES]
    stored, deflated, _ = entries(data)
    with pytest.raises(struct.error):
        unpacked(data, Entry(*(getattr(stored, name) for name in Entry.__slots__[:-1]), offset=7))
    understated = Entry("x", 0, deflated.method, 0, deflated.packed_size, 10, deflated.offset)
    assert unpacked(data, understated) == (NAMES[1] * 50)[:11].encode()
