"""What modifiers say of a paragraph or a run, as far as it matters to reading: tables, lists, marks, what is shown and how.

Lists of modifiers come in, small values go out. Fonts matter only where they are made of signs, sizes and colours not at all.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass

from formflow.reading.word97 import sprms as s
from formflow.reading.word97.sprms import Sprm

# A switch that follows its style, or does the opposite of it; what styles say is told with the styles.
_AS_STYLE = 0x80
_UNDERSCORES = (3, 4)
_LEADER_SHIFT = 3


@dataclass(slots=True)
class ParagraphLook:
    """`depth` counts the tables a paragraph stands in; `ends_cell` and `ends_row` tell of its mark. `list_use` is the number (1-based) of a
    list in use, 0 for none on purpose, None where nothing is said. `table` are the modifiers of the row its mark ends."""

    style: int = 0
    depth: int = 0
    ends_cell: bool = False
    ends_row: bool = False
    list_use: int | None = None
    level: int | None = None
    has_underscored_tabs: bool = False
    table: tuple[Sprm, ...] = ()


@dataclass(slots=True)
class RunLook:
    """`underlined`, `hidden`, `struck` and `struck_twice` are None where the style decides. `picture` is a place in the data stream, `symbol`
    (font, code)."""

    style: int | None = None
    underlined: bool | None = None
    hidden: bool | None = None
    struck: bool | None = None
    struck_twice: bool | None = None
    is_special: bool = False
    is_deleted: bool = False
    is_inserted: bool = False
    is_object: bool = False
    is_data: bool = False
    picture: int | None = None
    symbol: tuple[int, int] | None = None
    font: int | None = None


def paragraph_look(style: int, modifiers: Iterable[Sprm], *, ends_with_cell_mark: bool = False) -> ParagraphLook:
    """The look of a paragraph; `ends_with_cell_mark`: its mark is the one that ends cells and rows of an outermost table."""
    look = ParagraphLook(style)
    held = list(modifiers)
    is_in_table = is_row_end = is_inner_cell_end = is_inner_row_end = False
    for code, operand in held:
        if code == s.P_IN_TABLE:
            is_in_table = bool(s.word(operand))
        elif code == s.P_ROW_END:
            is_row_end = bool(s.word(operand))
        elif code == s.P_INNER_CELL_END:
            is_inner_cell_end = bool(s.word(operand))
        elif code == s.P_INNER_ROW_END:
            is_inner_row_end = bool(s.word(operand))
        elif code in (s.P_DEPTH, s.P_DEEPER):
            (depth,) = struct.unpack("<i", operand)
            look.depth = max(0, depth if code == s.P_DEPTH else look.depth + depth)
        else:
            _other(look, code, operand)
    # A file of Word 97 knows no tables in tables, and says only that its paragraph is in one.
    look.depth = max(look.depth, int(is_in_table))
    is_inner = look.depth > 1
    look.ends_row = is_inner_row_end if is_inner else is_row_end and ends_with_cell_mark
    look.ends_cell = not look.ends_row and (is_inner_cell_end if is_inner else ends_with_cell_mark)
    if look.ends_row:
        look.table = tuple(held)
    return look


def _other(look: ParagraphLook, code: int, operand: bytes) -> None:
    if code == s.P_STYLE:
        look.style = s.word(operand)
    elif code == s.P_LIST:
        (number,) = struct.unpack("<h", operand)
        look.list_use = max(0, number)
    elif code == s.P_LEVEL:
        look.level = s.word(operand)
    elif code in (s.P_TABS, s.P_TABS_MORE) and _has_underscores(operand, 2 if code == s.P_TABS else 4):
        look.has_underscored_tabs = True


def _has_underscores(operand: bytes, deleted_size: int) -> bool:
    """Whether tab stops that are added draw a line (2.9.202): deleted stops, then places and kinds of those added."""
    if not operand:
        return False
    at = 1 + operand[0] * deleted_size
    count = operand[at] if at < len(operand) else 0
    kinds = operand[at + 1 + 2 * count : at + 1 + 3 * count]
    return any(kind >> _LEADER_SHIFT & 7 in _UNDERSCORES for kind in kinds)


def run_look(modifiers: Iterable[Sprm]) -> RunLook:
    """The look of a run."""
    look = RunLook()
    for code, operand in modifiers:
        name = _SWITCHES.get(code)
        if name is not None:
            setattr(look, name, bool(s.word(operand) & 1))
        elif code in _TOGGLES:
            value = s.word(operand)
            setattr(look, _TOGGLES[code], None if value == _AS_STYLE else bool(value & 1))
        elif code == s.C_UNDERLINE:
            look.underlined = bool(s.word(operand))
        elif code == s.C_STYLE:
            look.style = s.word(operand)
        elif code == s.C_PICTURE:
            look.picture, look.is_special = s.word(operand), True
        elif code == s.C_SYMBOL:
            font, sign = struct.unpack("<HH", operand)
            look.symbol, look.is_special = (font, sign), True
        elif code in (s.C_FONT, s.C_FONT_OTHER):
            look.font = s.word(operand)
        elif code == s.C_PLAIN:
            look = RunLook(look.style, is_special=look.is_special, picture=look.picture, is_data=look.is_data)
    return look


_SWITCHES = {
    s.C_SPECIAL: "is_special",
    s.C_DELETED: "is_deleted",
    s.C_INSERTED: "is_inserted",
    s.C_OBJECT: "is_object",
    s.C_DATA: "is_data",
}
# Those a style may have set as well.
_TOGGLES = {s.C_HIDDEN: "hidden", s.C_STRIKE: "struck", s.C_DOUBLE_STRIKE: "struck_twice"}
