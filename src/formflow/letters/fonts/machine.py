"""Official fonts that this machine already has: font folders in, family name → file out.

Only TrueType outlines count (the PDF writer embeds nothing else). A file that is no font is passed over: what lies in a font folder is
not ours to judge.
"""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_FAMILY_NAMES = (1, 4, 16)
_LARGEST_HEAD = 1 << 20


@dataclass(frozen=True, slots=True)
class FontFile:
    """A font in a file; `index` is its place in a collection (.ttc), 0 otherwise."""

    path: Path
    index: int


def font_folders() -> tuple[Path, ...]:
    """Where this machine keeps its fonts: the system's and the user's folders, whether or not they exist."""
    home = Path.home()
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
        return (Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts", local / "Microsoft" / "Windows" / "Fonts")
    return (
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / ".fonts",
        home / ".local" / "share" / "fonts",
    )


@lru_cache(maxsize=8)
def installed(folders: tuple[Path, ...]) -> dict[str, FontFile]:
    """Every TrueType family under the folders by each of its names; of two files with one name the first by path counts."""
    found: dict[str, FontFile] = {}
    for folder in folders:
        if not folder.is_dir():
            continue
        for path in sorted(p for p in folder.rglob("*") if p.suffix.lower() in (".ttf", ".ttc")):
            for index, names in _families(path):
                for name in names:
                    found.setdefault(name, FontFile(path, index))
    return found


def _families(path: Path) -> Iterator[tuple[int, set[str]]]:
    """(index in the file, family names) of each TrueType font in it."""
    try:
        with path.open("rb") as file:
            for index, offset in enumerate(_font_offsets(file.read(12), file.read(4 * 64))):
                file.seek(offset)
                version, count = struct.unpack(">4sH6x", file.read(12))
                records = (struct.unpack(">4s4xLL", file.read(16)) for _ in range(count))
                tables = {tag: (start, length) for tag, start, length in records}
                if version in (b"\x00\x01\x00\x00", b"true") and b"glyf" in tables and b"name" in tables:
                    start, length = tables[b"name"]
                    file.seek(start)
                    yield index, set(_names(file.read(min(length, _LARGEST_HEAD))))
    except (OSError, struct.error):
        return


def _font_offsets(head: bytes, more: bytes) -> tuple[int, ...]:
    if head[:4] != b"ttcf":
        return (0,)
    (count,) = struct.unpack(">L", head[8:12])
    return struct.unpack(f">{min(count, len(more) // 4)}L", more[: 4 * min(count, len(more) // 4)])


def _names(table: bytes) -> Iterator[str]:
    """Family and full names, in every language the font has them in."""
    count, storage = struct.unpack(">2xHH", table[:6])
    for number in range(count):
        platform, encoding, _, name_id, length, offset = struct.unpack(">6H", table[6 + 12 * number : 18 + 12 * number])
        if name_id not in _FAMILY_NAMES:
            continue
        raw = table[storage + offset : storage + offset + length]
        codec = "utf-16-be" if platform in (0, 3) else "gb18030" if (platform, encoding) == (1, 25) else "latin-1"
        yield raw.decode(codec, "ignore").strip("\x00 ")
