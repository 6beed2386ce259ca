"""File names that stand on Windows and Linux alike, and names of old encodings made legible. Pure."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import PurePath

# Linux allows 255 bytes, Windows 255 characters; a margin is left for temporary names.
LONGEST_BYTES = 220
# Windows hides a file behind the name of a device, whatever its ending.
_DEVICES = re.compile(r"^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)", re.IGNORECASE)
# What cannot be seen, breaks a line of a table or a log, or turns the writing round (a .exe that reads like a .docx).
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\ud800-\udfff]')


def legible(name: str) -> str:
    """A name as people wrote it, on one line. Names copied from old Windows systems or zips come as raw GBK bytes."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        raw = os.fsencode(name)
        try:
            name = raw.decode("gb18030")
        except UnicodeDecodeError:
            name = raw.decode("utf-8", "replace")
    return _UNSEEN.sub("_", unicodedata.normalize("NFC", name))


def safe(name: str) -> str:
    """A single file name that every system accepts: nothing forbidden, no device, no trailing dot or blank, not
    hidden by a leading dot, never empty."""
    cleaned = _FORBIDDEN.sub("_", _UNSEEN.sub("_", name)).rstrip(" .").lstrip(" ")
    cleaned = f"_{cleaned}" if cleaned.startswith(".") else cleaned
    cleaned = _DEVICES.sub(r"\1_", cleaned)
    return cleaned or "未命名"


def folded(name: str) -> str:
    """What is the same for two names that are one on some system: capitals and small letters, and the forms of Unicode."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def split(name: str) -> tuple[str, str]:
    """Stem and ending of a safe name; an ending that is absurdly long belongs to the stem."""
    path = PurePath(safe(name))
    return (path.stem, path.suffix) if len(path.suffix.encode()) <= 16 else (path.name, "")


def joined(stem: str, variant: int, ending: str) -> str:
    """The name of a file: `variant` 2 of 补正通知书.docx is 补正通知书（2）.docx. The stem gives way if it gets too long."""
    tail = (f"（{variant}）" if variant > 1 else "") + ending
    room = LONGEST_BYTES - len(tail.encode())
    return stem.encode()[:room].decode("utf-8", "ignore").rstrip(" .") + tail
