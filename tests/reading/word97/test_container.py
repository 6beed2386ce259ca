"""Compound files: the streams of the root, and nobody else's."""

from __future__ import annotations

import struct

import pytest

from formflow.reading.word97.container import Container
from formflow.reading.word97.trouble import Unfamiliar
from support.word97 import SECTOR, container


def test_streams_of_the_root_by_name() -> None:
    long = bytes(range(256)) * 40
    found = Container(container({"A": long, "B": b"b"}))
    assert found.stream("A") == long
    assert found.stream("B").rstrip(b"\0") == b"b"
    assert found.stream("C") == b""


def test_a_stream_of_an_embedded_object_is_not_the_documents_own() -> None:
    data = container({"WordDocument": b"own"}, storages={"ObjectPool": {"WordDocument": b"other", "1Table": b"other"}})
    found = Container(data)
    assert found.stream("WordDocument").startswith(b"own")
    assert found.stream("1Table") == b""


def test_short_streams_lie_together_in_one() -> None:
    """Under the size at which a stream gets sectors of its own, it lies in pieces of 64 bytes in the root's stream."""
    data = bytearray(container({"Many": b"".join(bytes([n]) * 64 for n in range(64)), "T": b""}))
    directory = struct.unpack_from("<I", data, 48)[0]
    root, many = ((directory + 1) * SECTOR + 128 * at for at in (0, 1))
    # The stream's sectors become the root's; the stream itself is told to be 100 bytes from its second piece on.
    data[root + 116 : root + 124] = data[many + 116 : many + 124]
    struct.pack_into("<II", data, many + 116, 1, 100)
    # The table of the pieces is put where the other stream was.
    other = struct.unpack_from("<I", data, (directory + 1) * SECTOR + 256 + 116)[0]
    struct.pack_into("<I", data, 60, other)
    struct.pack_into("<4I", data, (other + 1) * SECTOR, 0xFFFFFFFE, 5, 0xFFFFFFFF, 0xFFFFFFFF)
    struct.pack_into("<I", data, (other + 1) * SECTOR + 20, 0xFFFFFFFE)
    assert Container(bytes(data)).stream("Many") == bytes([1]) * 64 + bytes([5]) * 36


def test_a_chain_in_circles_is_not_followed() -> None:
    data = bytearray(container({"A": b"a"}))
    table = struct.unpack_from("<I", data, 76)[0]
    struct.pack_into("<I", data, (table + 1) * SECTOR, 0)
    with pytest.raises(Unfamiliar):
        Container(bytes(data)).stream("A")


def test_a_sector_size_nobody_uses() -> None:
    data = bytearray(container({"A": b"a"}))
    struct.pack_into("<H", data, 30, 20)
    with pytest.raises(Unfamiliar):
        Container(bytes(data))
