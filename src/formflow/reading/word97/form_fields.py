"""Old form fields ([MS-DOC] 2.9.78 FFData): boxes to tick and lists to choose from → the w:ffData they are in a .docx."""

from __future__ import annotations

import struct

from formflow.reading.word97.xml import value, wrapped

_HEAD, _SHORTEST = 68, 10
_CHECK_BOX, _LIST = 1, 2
_RESULT_SHIFT, _RESULT, _NOT_SET = 2, 0x1F, 25
_EXTENDED = 0xFFFF
# Texts that follow the default in a field that is no text field: format, help, status, two macros.
_TEXTS = 5


def form_field(data: bytes, place: int) -> str:
    """The w:ffData of the form field at a place of the data stream; "" for a text field, whose text stands in the document."""
    if place + _HEAD > len(data):
        return ""
    size, head = struct.unpack_from("<iH", data, place)
    field = data[place + head : place + size]
    if len(field) < _SHORTEST:
        return ""
    (bits,) = struct.unpack_from("<H", field, 4)
    kind, result = bits & 3, bits >> _RESULT_SHIFT & _RESULT
    name, at = _text(field, _SHORTEST)
    if kind not in (_CHECK_BOX, _LIST) or at + 2 > len(field):
        return ""
    (default,) = struct.unpack_from("<H", field, at)
    chosen = default if result == _NOT_SET else result
    if kind == _CHECK_BOX:
        return wrapped("ffData", value("name", name) + wrapped("checkBox", value("checked", int(chosen == 1))))
    inner = value("result", chosen) + "".join(value("listEntry", entry) for entry in _list_entries(field, at + 2))
    return wrapped("ffData", value("name", name) + wrapped("ddList", inner))


def _text(data: bytes, at: int) -> tuple[str, int]:
    """A counted text with a zero after it, and where the next thing begins."""
    if at + 2 > len(data):
        return "", len(data)
    (length,) = struct.unpack_from("<H", data, at)
    end = at + 2 + 2 * length
    return data[at + 2 : end].decode("utf-16-le", "ignore"), end + 2


def _list_entries(field: bytes, at: int) -> list[str]:
    for _ in range(_TEXTS):
        _, at = _text(field, at)
    if at + 6 > len(field) or struct.unpack_from("<H", field, at)[0] != _EXTENDED:
        return []
    count, extra = struct.unpack_from("<HH", field, at + 2)
    at += 6
    found: list[str] = []
    while len(found) < count and at + 2 <= len(field):
        (length,) = struct.unpack_from("<H", field, at)
        found.append(field[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "ignore"))
        at += 2 + 2 * length + extra
    return found
