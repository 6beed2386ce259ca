"""What the directory of an archive says of one file, and whether the whole may be unpacked: judged before a byte of it is.

Names are only looked at and handed on: no reader of an archive writes under them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from formflow.reading.limits import Limits
from formflow.reading.refusals import refuse_archive

_LONGEST_PART, _LONGEST_NAME, _MOST_PARTS = 255, 1024, 32
_DRIVE = re.compile(r"^[A-Za-z]:")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `is_special`: a link, device or socket. `packed` is None where entries are packed together."""

    name: str
    size: int
    packed: int | None = None
    is_folder: bool = False
    is_special: bool = False
    is_encrypted: bool = False


def vetted(entries: Iterable[Entry], packed: int, limits: Limits) -> tuple[Entry, ...]:
    """The entries that are files; `UnreadableError` if any of them, or all together, are not to be trusted. `packed`: the archive's size."""
    listed = tuple(entries)
    files = tuple(entry for entry in listed if not entry.is_folder)
    for entry in listed:
        _vet_name(entry)
        if entry.is_special:
            raise refuse_archive("hostile", "内含链接或设备文件")
    if any(entry.is_encrypted for entry in files):
        raise refuse_archive("encrypted")
    if len(listed) > limits.max_entries or len(files) > limits.max_members:
        raise refuse_archive("too_large", f"文件超过 {limits.max_members} 个")
    total = sum(entry.size for entry in files)
    if any(_is_bomb(entry.size, entry.packed, limits) for entry in files) or _is_bomb(total, packed, limits):
        raise refuse_archive("hostile", "压缩比异常")
    if total > limits.max_unpacked:
        raise refuse_archive("too_large", f"解开后超过 {limits.max_unpacked // (1024 * 1024)} MB")
    if len({entry.name for entry in files}) < len(files):
        raise refuse_archive("hostile", "内部有同名文件")
    if not files:
        raise refuse_archive("empty")
    return files


def _vet_name(entry: Entry) -> None:
    parts = entry.name.rstrip("/").split("/")
    is_climbing = entry.name.startswith("/") or ".." in parts or _DRIVE.match(entry.name) is not None
    if is_climbing or not entry.name.strip("/"):
        raise refuse_archive("hostile", "内部文件名指向压缩包以外")
    is_long = len(entry.name) > _LONGEST_NAME or len(parts) > _MOST_PARTS or any(len(p) > _LONGEST_PART for p in parts)
    if is_long or _UNPRINTABLE.search(entry.name):
        raise refuse_archive("hostile", "内部文件名异常")


def _is_bomb(size: int, packed: int | None, limits: Limits) -> bool:
    return packed is not None and size > limits.ratio_from and size > limits.max_ratio * max(packed, 1)
