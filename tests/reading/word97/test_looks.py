"""What modifiers say of paragraphs and runs."""

from __future__ import annotations

import pytest

from formflow.reading.word97.looks import ParagraphLook, RunLook, paragraph_look, run_look
from formflow.reading.word97.sprms import sprms
from support.word97 import IN_TABLE, ROW_END, inside, sprm


def paragraph(modifiers: bytes, *, cell_mark: bool = False) -> ParagraphLook:
    return paragraph_look(0, sprms(modifiers), ends_with_cell_mark=cell_mark)


def run(modifiers: bytes) -> RunLook:
    return run_look(sprms(modifiers))


def test_how_deep_in_tables() -> None:
    assert paragraph(b"").depth == 0
    assert paragraph(IN_TABLE).depth == 1  # Word 97 says no more than that
    assert paragraph(inside(3)).depth == 3
    assert paragraph(inside(1) + sprm(0x664A, 1)).depth == 2


def test_ends_of_cells_and_rows() -> None:
    cell, row_end = paragraph(inside(), cell_mark=True), paragraph(inside() + ROW_END, cell_mark=True)
    assert (cell.ends_cell, cell.ends_row) == (True, False)
    assert (row_end.ends_cell, row_end.ends_row) == (False, True)
    assert not paragraph(inside()).ends_cell
    # In a table in a table the mark is that of any paragraph, and a modifier tells.
    inner, inner_row = paragraph(inside(2) + sprm(0x244B)), paragraph(inside(2) + sprm(0x244C))
    assert (inner.ends_cell, inner.ends_row) == (True, False)
    assert (inner_row.ends_cell, inner_row.ends_row) == (False, True)
    assert not paragraph(inside(2)).ends_cell


def test_style_list_and_level() -> None:
    look = paragraph_look(4, sprms(sprm(0x460B, 2) + sprm(0x260A, 1)), ends_with_cell_mark=False)
    assert (look.style, look.list_use, look.level) == (4, 2, 1)
    assert paragraph(sprm(0x4600, 7)).style == 7
    assert paragraph(sprm(0x460B, 0)).list_use == 0
    assert paragraph(b"").list_use is None


@pytest.mark.parametrize(("leader", "draws"), [(0, False), (1, False), (3, True), (4, True)])
def test_tab_stops_that_draw_a_line(leader: int, draws: bool) -> None:
    stop = bytes([1]) + b"\x10\x10" + bytes([leader << 3])
    assert paragraph(sprm(0xC60D, bytes([1, 9, 9]) + stop)).has_underscored_tabs is draws
    assert paragraph(sprm(0xC615, bytes([1, 9, 9, 9, 9]) + stop)).has_underscored_tabs is draws
    assert not paragraph(sprm(0xC60D, b"")).has_underscored_tabs


def test_hidden_and_underlined() -> None:
    assert (run(b"").hidden, run(b"").underlined) == (None, None)
    assert run(sprm(0x083C, 1)).hidden is True
    assert run(sprm(0x083C, 0)).hidden is False
    assert run(sprm(0x083C, 0x80)).hidden is None  # as the style
    assert run(sprm(0x2A3E, 3)).underlined is True
    assert run(sprm(0x2A3E, 0)).underlined is False


def test_tracked_changes_symbols_and_pictures() -> None:
    assert run(sprm(0x0800)).is_deleted
    assert run(sprm(0x0801)).is_inserted
    symbol = run(sprm(0x6A09, b"\x02\x00\xfe\xf0"))
    assert (symbol.symbol, symbol.is_special) == ((2, 0xF0FE), True)
    picture = run(sprm(0x6A03, 77) + sprm(0x0806))
    assert (picture.picture, picture.is_data, picture.is_special) == (77, True, True)
    assert run(sprm(0x4A30, 12)).style == 12
    assert run(sprm(0x4A4F, 3)).font == 3


def test_plain_again() -> None:
    look = run(sprm(0x4A30, 12) + sprm(0x083C, 1) + sprm(0x2A3E, 1) + sprm(0x2A33))
    assert (look.hidden, look.underlined, look.style) == (None, None, 12)


@pytest.mark.parametrize(
    ("operand", "said"),
    [(1, True), (0, False), (0x81, True), (0x80, None)],
    ids=["on", "off", "not as", "as the style"],
)
def test_struck_out(operand: int, said: bool | None) -> None:
    assert run(sprm(0x0837, operand)).struck is said
    assert run(sprm(0x2A53, operand)).struck_twice is said
