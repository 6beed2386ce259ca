"""Electronic seals (GB/T 38540) on an OFD's pages → where each is stamped, and its picture.

The signatures' list comes in, for each page its stamps go out. Nothing is verified: neither the seal's certificate nor what was signed.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from formflow.model.document import PictureLook
from formflow.reading.ofd.markup import Area, area, children, find, text
from formflow.reading.pictures import look_of

if TYPE_CHECKING:
    from formflow.reading.ofd.container import Container

_MAX_STAMPS = 1_000
# SES_ESPictrueInfo: the picture's kind as IA5String, then the picture as OCTET STRING with its length in the DER way.
_PICTURE = re.compile(
    rb"\x16[\x03\x04](?i:png|jpe?g|gif|bmp|ofd)\x04(?:[\x00-\x7f]|\x81.|\x82..|\x83...|\x84....)", re.DOTALL
)
_PACKED = b"PK\x03\x04"
# A seal drawn as an OFD of its own: its colours, and how much red makes one red.
_COLOUR = re.compile(rb"Color\b[^<>]{0,200}?\bValue\s*=\s*[\"']\s*(#?\w{1,3})[ ,]+(#?\w{1,3})[ ,]+(#?\w{1,3})\s*[\"']")
_RED, _REDDER = 110, 50
_MAX_PARTS, _MAX_PART = 200, 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Stamp:
    """Where on a page something is stamped (mm), and the bytes of the seal's picture, b"" if it was not found."""

    box: Area
    picture: bytes


def stamps(container: Container, name: str) -> dict[str, tuple[Stamp, ...]]:
    """Page id → its stamps, by the file's list of signatures."""
    found: dict[str, list[Stamp]] = {}
    count = 0
    for reference in children(container.element(name), "Signature"):
        at = container.at(name, reference.get("BaseLoc"))
        signature = container.element(at)
        info = find(signature, "SignedInfo")
        picture = b""
        for stamp in children(info, "StampAnnot"):
            box = area(stamp.get("Boundary"))
            count += 1
            if box is None or at is None or count > _MAX_STAMPS:
                continue
            picture = picture or _picture_of(
                container, at, (text(info, "Seal", "BaseLoc"), text(signature, "SignedValue"))
            )
            found.setdefault((stamp.get("PageRef") or "").strip(), []).append(Stamp(box, picture))
    return {key: tuple(own) for key, own in found.items()}


def _picture_of(container: Container, base: str, locations: tuple[str, ...]) -> bytes:
    """The picture inside the seal, which lies beside the signature or inside it."""
    for location in locations:
        name = container.at(base, location)
        data = container.read(name) if name else b""
        if found := _PICTURE.search(data):
            return data[found.end() :]
    return b""


def look(stamp: Stamp, max_pixels: int) -> PictureLook | None:
    """What a stamp looks like; None if its picture cannot be shown."""
    return _look(stamp.picture, max_pixels)


# One seal over the edges of many pages is looked at once.
@lru_cache(maxsize=4)
def _look(picture: bytes, max_pixels: int) -> PictureLook | None:
    if picture.startswith(_PACKED):
        return "seal" if _is_red(picture) else None
    return look_of(picture, max_pixels) if picture else None


def _is_red(packed: bytes) -> bool:
    """Whether a seal drawn with lines is drawn in red: what is drawn in red there more often than not."""
    reds = others = 0
    # The picture is followed by the rest of the seal: what the directory says must be looked for before its end.
    end = packed.rfind(b"PK\x05\x06")
    try:
        with zipfile.ZipFile(io.BytesIO(packed[: end + 22])) as parts:
            for part in parts.infolist()[:_MAX_PARTS]:
                if part.filename.endswith("Content.xml") and part.file_size <= _MAX_PART:
                    for colour in _COLOUR.findall(parts.read(part)):
                        red, green, blue = map(_level, colour)
                        is_red = red > _RED and red - max(green, blue) > _REDDER
                        reds, others = reds + is_red, others + (not is_red)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return False
    return reds > others


def _level(written: bytes) -> int:
    """A colour's share as it is written: 238 or #ee."""
    return int(written[1:], 16) if written.startswith(b"#") else int(written)
