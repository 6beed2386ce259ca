"""Papers spoiled step by step: bytes changed, cut, doubled, moved; in a container inside one of its parts, which is then packed anew."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

# What readers count by, end at, or trip over.
TOKENS = (
    *(b"", b"\x00", b"\xff" * 4, b"\x7f\xff\xff\xff", b"-1", b"0", b"99999999999", b"1e999", b"NaN", b"<", b">", b"</", b"/>", b"&", b"&#0;"),
    *(b"\r\n", b'"', b"<w:tbl>", b"</w:tc>", b'w:val="-5"', b'w:val="2000000000"', b"stream\n", b"endobj", b"[[[[", b"<<", b"%%EOF", b"PK\x03\x04"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Edit:
    """One step. `deed` names it; `at` and `size` are shares of what is edited (0 to 65535); `token` is put in."""

    deed: str
    at: int
    size: int
    token: bytes


DEEDS = ("flip", "replace", "insert", "cut", "double", "end", "swap")


def spoiled(data: bytes, edits: Sequence[Edit], part: int | None) -> bytes:
    """The paper after all edits: as a whole (`part` None), or inside the part with this number of a zip."""
    if part is None or not zipfile.is_zipfile(io.BytesIO(data)):
        return _edited(data, edits)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = [(info.filename, archive.read(info)) for info in archive.infolist()]
    chosen = part % len(entries)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, content) in enumerate(entries):
            archive.writestr(name, _edited(content, edits) if number == chosen else content)
    return buffer.getvalue()


def _edited(data: bytes, edits: Sequence[Edit]) -> bytes:
    for edit in edits:
        data = _step(data, edit)
    return data


def _step(data: bytes, edit: Edit) -> bytes:
    at = len(data) * edit.at >> 16
    end = min(len(data), at + 1 + (edit.size * edit.size * len(data) >> 34))
    before, middle, after = data[:at], data[at:end], data[end:]
    if edit.deed == "flip":
        return before + bytes(byte ^ (edit.size & 0xFF or 1) for byte in middle[:1]) + middle[1:] + after
    steps = {
        "replace": (before, edit.token, data[at + len(edit.token) :]),
        "insert": (before, edit.token, middle, after),
        "cut": (before, after),
        "double": (before, middle, middle, after),
        "end": (before,),
        "swap": (before, after[: len(middle)], middle, after[len(middle) :]),
    }
    return b"".join(steps[edit.deed])
