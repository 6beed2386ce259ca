"""Rows: the edges of their cells, and how they are merged, whatever was done to them afterwards."""

from __future__ import annotations

import itertools
import struct

import pytest

from formflow.reading.word97.rows import RowCell, row_cells
from formflow.reading.word97.sprms import sprms
from support.word97 import row, sprm


def found(*modifiers: bytes) -> list[tuple[int, int, str, bool]]:
    return [(cell.left, cell.right, cell.down, cell.is_covered) for cell in row_cells(sprms(b"".join(modifiers)))]


def plain(*edges: int) -> list[tuple[int, int, str, bool]]:
    return [(left, right, "", False) for left, right in itertools.pairwise(edges)]


def covered(*flags: int) -> list[bool]:
    return [is_covered for *_, is_covered in found(row(range(0, 100 * len(flags) + 1, 100), flags))]


def test_edges_and_merging_down() -> None:
    assert found(row((-108, 900, 2000), (0x60, 0x20))) == [
        (-108, 900, "restart", False),
        (900, 2000, "continue", False),
    ]
    assert row_cells([]) == []


def test_a_row_may_describe_fewer_cells_than_it_has() -> None:
    assert found(row((0, 10, 20, 30))) == plain(0, 10, 20, 30)


def test_no_cell_is_without_width() -> None:
    assert found(row((0, 500, 500, 400, 900))) == plain(0, 500, 501, 502, 900)


@pytest.mark.parametrize(("first", "other"), [(1, 2), (2, 1), (3, 1)])
def test_merged_across_in_either_numbering(first: int, other: int) -> None:
    """Word's own sources, and every program met, write 1 first and 2 after it; its documentation has it the other way round."""
    assert covered(0, first, other, other) == [False, False, True, True]
    assert covered(first, other, first, other, 0, first, other) == [False, True, False, True, False, False, True]


def test_what_was_changed_after_the_row_was_drawn() -> None:
    drawn = row((0, 100, 200, 300))
    assert found(drawn, sprm(0x5624, b"\x00\x02")) == [(0, 100, "", False), (100, 200, "", True), (200, 300, "", False)]
    assert found(drawn, sprm(0x5624, b"\x00\x03"), sprm(0x5625, b"\x00\x03")) == plain(0, 100, 200, 300)
    assert found(drawn, sprm(0x7621, struct.pack("<BBH", 1, 2, 50))) == plain(0, 100, 150, 200, 300, 400)
    assert found(drawn, sprm(0x7621, struct.pack("<BBH", 3, 1, 50))) == plain(0, 100, 200, 300, 350)
    assert found(drawn, sprm(0x5622, b"\x01\x02")) == plain(0, 100, 200)
    assert found(drawn, sprm(0x7623, struct.pack("<BBH", 0, 2, 150))) == plain(0, 150, 300, 400)
    assert found(drawn, sprm(0xD62B, b"\x01\x03"))[1] == (100, 200, "restart", False)
    assert found(drawn, sprm(0xD62B, b"\x09\x03")) == plain(0, 100, 200, 300)


def test_a_change_before_the_row_is_drawn_changes_nothing() -> None:
    assert found(sprm(0x5622, b"\x00\x01"), row((0, 100))) == plain(0, 100)


def test_a_definition_that_is_cut_off_defines_nothing() -> None:
    assert row_cells([(0xD608, b"\x05\0\0\x10")]) == []
    assert row_cells([(0xD608, b"")]) == []
    assert row_cells([(0xD608, struct.pack("<Bhh", 1, 0, 5))]) == [RowCell(0, 5)]
