"""Cells as they are written in the file: one row of a page as XML. Does not know what a sheet is about.

In: openpyxl's cells of one row, with what their formulas give. Out: the same XML as openpyxl writes, with the values beside the formulas: a
phone's preview and our own reader compute nothing. Several times quicker than openpyxl, which builds a tree for each cell. Cells hold text,
numbers, days and formulas; any other kind is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from openpyxl.compat import safe_string
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

# What a formula gives; "" for one that gives an empty text.
Value = Decimal | int | str
_MARKUP = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
# Markup, and what no XML may hold.
_ODD = re.compile("[&<>\r\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def row_xml(
    row: int, height: float | None, cells: Iterable[Any], values: Mapping[int, Value], look_of: Callable[[Any], int]
) -> bytes:
    """A row (1-based) with its height in points, None to leave that to the program that opens it. `cells` from left to right; `values` of
    formulas by their column; `look_of` gives the number of a cell's look, 0 for none."""
    tall = f' ht="{safe_string(height)}" customHeight="1"' if height is not None else ""
    written = (_cell(cell, row, values.get(cell.column), look_of(cell)) for cell in cells)
    # As the library does: a file that was made before is still made the same.
    return f'<row r="{row}"{tall}>{"".join(written)}</row>'.encode("ascii", "xmlcharrefreplace")


def _cell(cell: Any, row: int, computed: Value | None, look: int) -> str:
    """ "" for a cell without content and without a look."""
    value, kind = cell._value, cell.data_type
    if not look and value is None:
        return ""
    at = f'<c r="{get_column_letter(cell.column)}{row}"' + (f' s="{look}"' if look else "")
    if kind == "f":
        return at + _formula(value, computed)
    if value is None or value == "":
        return f'{at} t="{"inlineStr" if kind == "s" else "n"}"></c>'
    if kind == "s":
        kept = ' xml:space="preserve"' if value != value.strip() else ""
        return f'{at} t="inlineStr"><is><t{kept}>{_plain(value)}</t></is></c>'
    if kind not in ("n", "d"):
        raise TypeError(f"no cell of this kind can be written: {kind}")
    figure = to_excel(value, cell.parent.parent.epoch) if kind == "d" else value
    return f'{at} t="n"><v>{safe_string(figure)}</v></c>'


def _formula(value: str, computed: Value | None) -> str:
    kind = ' t="str"' if isinstance(computed, str) else ""
    given = "" if computed is None else _plain(str(computed))
    return f"{kind}><f>{_plain(value[1:])}</f><v>{given}</v></c>"


def _plain(text: str) -> str:
    return _ODD.sub(lambda found: _MARKUP.get(found[0], ""), text) if _ODD.search(text) else text
