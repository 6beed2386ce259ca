"""Modifiers: where one ends and the next begins."""

from __future__ import annotations

from formflow.reading.word97.sprms import sprms


def test_operands_of_every_size() -> None:
    data = bytes.fromhex(
        "162401"  # 0x2416: one byte
        "00460300"  # 0x4600: two
        "496602000000"  # 0x6649: four
        "0df6aabbcc"  # 0xF60D: three
        "0dc602aabb"  # 0xC60D: the length before it
    )
    assert list(sprms(data)) == [
        (0x2416, b"\x01"),
        (0x4600, b"\x03\0"),
        (0x6649, b"\x02\0\0\0"),
        (0xF60D, b"\xaa\xbb\xcc"),
        (0xC60D, b"\xaa\xbb"),
    ]


def test_a_row_tells_its_length_in_two_bytes_and_one_too_many() -> None:
    assert list(sprms(bytes.fromhex("08d60400aabbcc162401"))) == [(0xD608, b"\xaa\xbb\xcc"), (0x2416, b"\x01")]


def test_tab_stops_too_many_to_count_are_counted_by_what_they_hold() -> None:
    """2.9.200: 255 for a length means: by the numbers of stops deleted (four bytes each) and added (three bytes each)."""
    stops = bytes([1, 1, 1, 2, 2]) + bytes([2]) + bytes([3, 3, 4, 4, 5, 6])
    assert list(sprms(b"\x15\xc6\xff" + stops + b"\x16\x24\x01")) == [(0xC615, stops), (0x2416, b"\x01")]


def test_what_is_cut_off_is_left_out() -> None:
    assert list(sprms(bytes.fromhex("16240149660200"))) == [(0x2416, b"\x01")]
    assert list(sprms(bytes.fromhex("0dc6ff00"))) == []
    assert list(sprms(b"\x16")) == []
