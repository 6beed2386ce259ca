"""Text in pieces, and the properties that hang on where a piece lies."""

from __future__ import annotations

import struct

import pytest

from formflow.reading.word97.fib import streams_of
from formflow.reading.word97.text import Text
from formflow.reading.word97.trouble import Unfamiliar
from support.word97 import IN_TABLE, Doc, Par, sprm

DELETED, HIDDEN = sprm(0x0800), sprm(0x083C)


def text_of(doc: Doc) -> Text:
    return Text(streams_of(doc.bytes()))


def runs(text: Text, start: int, end: int) -> list[tuple[int, int, list[int]]]:
    return [(first, last, [code for code, _ in held]) for first, last, held in text.runs(start, end)]


def test_one_byte_and_two_bytes_a_character() -> None:
    doc = Doc([Par("Café “甲”\r"), Par("乙\r")], order=[(0, 6), (6, 11)], narrow=[0])
    assert text_of(doc).characters == "Café “甲”\r乙\r"


def test_pieces_in_any_order_keep_their_properties() -> None:
    doc = Doc(
        [Par("一二\r", sprm(0x460B, 1)), Par("三四\r", sprm(0x460B, 2))],
        [(0, 1, DELETED), (4, 5, HIDDEN)],
        [(3, 6), (0, 3)],
    )
    text = text_of(doc)
    assert text.characters == "一二\r三四\r"
    assert [text.paragraph(mark)[1] for mark in (2, 5)] == [[(0x460B, b"\x01\0")], [(0x460B, b"\x02\0")]]
    assert runs(text, 0, 6) == [(0, 1, [0x0800]), (1, 3, []), (3, 4, []), (4, 5, [0x083C]), (5, 6, [])]


def test_characters_beyond_the_basic_plane_are_two() -> None:
    text = text_of(Doc([Par("\ud842\udfb7野\r")]))
    assert len(text.characters) == 4
    assert text.characters[2] == "野"


def test_what_a_piece_says_of_all_in_it() -> None:
    short = 0x41 << 1 | 1 << 8  # "deleted", with 1
    doc = Doc([Par("一二三四\r")], order=[(0, 2), (2, 4), (4, 5)], prm={0: short, 2: 1}, lists=[HIDDEN + IN_TABLE])
    text = text_of(doc)
    assert runs(text, 0, 5) == [(0, 2, [0x0800]), (2, 4, [0x083C, 0x2416]), (4, 5, [])]


def test_modifiers_too_long_for_a_page_lie_in_the_data_stream() -> None:
    long = sprm(0xC60D, bytes(200)) * 4 + IN_TABLE
    for code in (0x6645, 0x6646, 0x646B):
        doc = Doc([Par("甲\r", sprm(code, 10))], data=bytes(10) + struct.pack("<H", len(long)) + long)
        _, held = text_of(doc).paragraph(1)
        assert held[-1] == (0x2416, b"\x01")
        assert len(held) == 6
    beyond = Doc([Par("甲\r", sprm(0x6646, 99_999))], data=bytes(10))
    assert text_of(beyond).paragraph(1)[1] == [(0x6646, struct.pack("<I", 99_999))]


def test_pieces_beyond_the_end_or_over_one_another_are_refused() -> None:
    sound = Doc([Par("一二三四\r")]).streams()
    for start, end in ((0, 100_000), (5, 0)):
        plc = struct.pack("<II", start, end) + struct.pack("<HIH", 0, 1024, 0)
        doc = Doc([Par("一二三四\r")], structures={33: b"\x02" + struct.pack("<I", len(plc)) + plc})
        with pytest.raises(Unfamiliar):
            text_of(doc)
    many = 2 + max(len(sound["WordDocument"]), 4096) // 2
    plc = struct.pack(f"<{many + 1}I", *range(many + 1)) + struct.pack("<HIH", 0, 1024, 0) * many
    doc = Doc([Par("一二三四\r")], structures={33: b"\x02" + struct.pack("<I", len(plc)) + plc})
    with pytest.raises(Unfamiliar):
        text_of(doc)


def test_a_file_without_pieces_is_none() -> None:
    with pytest.raises(Unfamiliar):
        text_of(Doc([Par("甲\r")], structures={33: b""}))
