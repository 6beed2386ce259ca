"""An archive or mail → every file in it, those of archives inside it included, once.

Bytes and their kind come in, `Member`s go out, or an `UnreadableError` that refuses the whole. An archive inside that cannot be opened
(a password, damage) stays one file, so that what lies beside it is not lost with it; one that is hostile refuses the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from formflow.errors import UnreadableError
from formflow.reading.archive.mail import read_mail
from formflow.reading.archive.zipped import read_zip
from formflow.reading.contents import Member
from formflow.reading.limits import DEFAULT, Limits
from formflow.reading.refusals import refuse_archive
from formflow.reading.sniff import sniff

Unpacker = Callable[[bytes, Limits], tuple[Member, ...]]


def _read_7z(data: bytes, limits: Limits) -> tuple[Member, ...]:
    from formflow.reading.archive.sevenzip import read_7z  # its libraries are many, and few offices get one

    return read_7z(data, limits)


def _read_rar(data: bytes, limits: Limits) -> tuple[Member, ...]:
    from formflow.reading.archive.rar import read_rar

    return read_rar(data, limits)


CONTAINERS: Mapping[str, Unpacker] = {"zip": read_zip, "7z": _read_7z, "rar": _read_rar, "eml": read_mail}


def unpack(data: bytes, kind: str, limits: Limits = DEFAULT) -> tuple[Member, ...]:
    """Every file in an archive or mail of one of the `CONTAINERS`' kinds, in its order; together within the limits of one archive."""
    members = tuple(_unpacked(data, kind, limits, 0))
    if len(members) > limits.max_members:
        raise refuse_archive("too_large", f"文件超过 {limits.max_members} 个")
    return members


def _unpacked(data: bytes, kind: str, limits: Limits, depth: int) -> Iterator[Member]:
    room = limits
    for member in CONTAINERS[kind](data, limits):
        inner_kind = sniff(member.data)
        if inner_kind not in CONTAINERS:
            room = _less(room, len(member.data))
            yield member
        elif depth >= limits.max_nesting:
            raise refuse_archive("hostile", "压缩包套了多层")
        else:
            for inner in _inside(member, inner_kind, room, depth + 1):
                room = _less(room, len(inner.data))
                yield inner


def _inside(member: Member, kind: str, limits: Limits, depth: int) -> tuple[Member, ...]:
    try:
        found = tuple(_unpacked(member.data, kind, limits, depth))
    except UnreadableError as error:
        if error.code in ("hostile", "too_large"):
            raise
        return (member,)
    return tuple(Member(f"{member.name}/{inner.name}", inner.data) for inner in found)


def _less(limits: Limits, size: int) -> Limits:
    """What is left of the limits for archives still to be opened."""
    return replace(limits, max_unpacked=max(limits.max_unpacked - size, 0))
