"""Zip files that come out the same every time: fixed order, fixed time stamps."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

EPOCH = (2022, 3, 7, 0, 0, 0)


def pack(parts: Mapping[str, bytes]) -> bytes:
    """The parts as a zip, in the order given (Word wants [Content_Types].xml first)."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            archive.writestr(info, data)
    return buffer.getvalue()


def unpack(data: bytes) -> dict[str, bytes]:
    """The parts of a zip, in their order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def repack(data: bytes) -> bytes:
    """The same zip without the moment it was written."""
    return pack(unpack(data))
