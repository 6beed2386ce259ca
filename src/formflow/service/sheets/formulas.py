"""Formulas that stay live and show a number before anybody has computed them: a phone's preview and our own reader compute nothing.

In: openpyxl's cells with a formula and the value it must give. Out: the workbook's bytes with those values stored beside the formulas.
"""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape

_ENTRY_TIME = (1980, 1, 1, 0, 0, 0)
_UNCOMPUTED = re.compile(rb'<c r="([A-Z]+\d+)"((?: s="\d+")?)(?: t="\w+")?><f>([^<]*)</f><v ?(?:/>|></v>)</c>')


class Formulas:
    """The values of a workbook's formulas, collected while it is written. Formulas come from this program only, never from a paper."""

    def __init__(self) -> None:
        self._values: dict[str, dict[str, Decimal | int | str]] = {}

    def put(self, cell: Any, formula: str, value: Decimal | int | str) -> Any:
        """A formula ("SUM(A1:A3)") with its value; "" for one that gives an empty text."""
        cell.value = f"={formula}"
        self._values.setdefault(cell.parent.title, {})[cell.coordinate] = value
        return cell

    def computed(self, book: Any, data: bytes) -> bytes:
        """The saved workbook with the values in it. `book` is what was saved: its sheets are the parts in order."""
        by_part = {
            f"xl/worksheets/sheet{number}.xml": self._values.get(sheet.title, {})
            for number, sheet in enumerate(book.worksheets, 1)
        }
        written = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
            for name in source.namelist():
                info = zipfile.ZipInfo(name, _ENTRY_TIME)
                info.compress_type = zipfile.ZIP_DEFLATED
                target.writestr(info, _with_values(source.read(name), by_part.get(name, {})))
        return written.getvalue()


def _with_values(part: bytes, values: dict[str, Decimal | int | str]) -> bytes:
    return _UNCOMPUTED.sub(lambda found: _computed(found, values), part) if values else part


def _computed(found: re.Match[bytes], values: dict[str, Decimal | int | str]) -> bytes:
    value = values.get(found[1].decode())
    if value is None:
        return found[0]
    kind = b' t="str"' if isinstance(value, str) else b""
    text = escape(str(value)).encode()
    return b'<c r="%b"%b%b><f>%b</f><v>%b</v></c>' % (found[1], found[2], kind, found[3], text)
