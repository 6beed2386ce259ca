"""Office drawings as records ([MS-ODRAW]): shapes with what matters of them, and the pictures stored with them.

Bytes come in; shapes by their number and image files (an ending and the file's bytes) go out. Nothing is drawn.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

_HEADER = 8
_CONTAINER = 0xF
_STORE, _SHAPES, _SHAPE, _ENTRY, _IDENTITY = 0xF001, 0xF003, 0xF004, 0xF007, 0xF00A
_PROPERTIES = (0xF00B, 0xF121, 0xF122)
# Images by the type of their record: the ending, the bytes between the checksum and the image.
_IMAGES = {
    0xF01D: ("jpg", 1),
    0xF02A: ("jpg", 1),
    0xF01E: ("png", 1),
    0xF01F: ("bmp", 1),
    0xF029: ("tif", 1),
    0xF01A: ("emf", 34),
    0xF01B: ("wmf", 34),
    0xF01C: ("pict", 34),
}
_CHECKSUM = 16
_ENTRY_SIZE = 36
_MOST_DEEP = 32
# A bitmap without the head it has as a file of its own: the size of that head.
_BITMAP_HEAD = 14
# Properties of a shape.
PICTURE, TEXT, TURNED = 0x0104, 0x0080, 0x0004
CROPS = (0x0102, 0x0100, 0x0103, 0x0101)  # left, top, right, bottom
_NUMBER = 0x3FFF

Image = tuple[str, bytes]


@dataclass(slots=True)
class Shape:
    """A shape: its number, its properties as whole numbers, and the shapes grouped in it, if it is a group."""

    number: int
    properties: dict[int, int] = field(default_factory=dict)
    members: list[Shape] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Record:
    """A record's own word on itself, and where its content lies."""

    instance: int
    kind: int
    is_container: bool
    start: int
    end: int


def _records(data: bytes, start: int, end: int) -> Iterator[Record]:
    while start + _HEADER <= end:
        first, kind, length = struct.unpack_from("<HHI", data, start)
        start += _HEADER
        yield Record(first >> 4, kind, first & 0xF == _CONTAINER, start, min(start + length, end))
        start += length


def shapes(data: bytes, start: int = 0, end: int | None = None) -> list[Shape]:
    """The shapes of the drawings among the records, groups holding their members."""
    return _shapes(data, start, len(data) if end is None else end, 0)


def _shapes(data: bytes, start: int, end: int, depth: int) -> list[Shape]:
    found: list[Shape] = []
    if depth > _MOST_DEEP:
        return found
    for record in _records(data, start, end):
        if record.kind == _SHAPE:
            found.append(_shape(data, record))
        elif record.kind == _SHAPES:
            # The first shape of a group stands for the group.
            group, *members = _shapes(data, record.start, record.end, depth + 1) or [Shape(0)]
            found.append(Shape(group.number, group.properties, members))
        elif record.is_container and record.kind != _STORE:
            found += _shapes(data, record.start, record.end, depth + 1)
    return found


def _shape(data: bytes, container: Record) -> Shape:
    shape = Shape(0)
    for record in _records(data, container.start, container.end):
        if record.kind == _IDENTITY and record.end - record.start >= 4:
            (shape.number,) = struct.unpack_from("<I", data, record.start)
        elif record.kind in _PROPERTIES:
            for at in range(record.start, min(record.start + 6 * record.instance, record.end - 5), 6):
                name, value = struct.unpack_from("<HI", data, at)
                shape.properties[name & _NUMBER] = value
    return shape


def stored_images(data: bytes) -> list[Record]:
    """The entries of the images all shapes share, in order, for `image`."""
    for record in _records(data, 0, len(data)):
        if not record.is_container:
            continue
        for inner in _records(data, record.start, record.end):
            if inner.kind == _STORE:
                return list(_records(data, inner.start, inner.end))
    return []


def first_image(data: bytes, start: int, end: int) -> Image | None:
    """The first image among the records."""
    for record in _records(data, start, end):
        if record.kind == _ENTRY or record.kind in _IMAGES:
            return image(data, record, b"")
    return None


def image(data: bytes, record: Record, delayed: bytes) -> Image | None:
    """The image of an entry; one not stored with the drawings lies in `delayed`, the main stream."""
    if record.kind != _ENTRY:
        return _decoded(data, record)
    if record.end - record.start < _ENTRY_SIZE:
        return None
    (place,), name = struct.unpack_from("<I", data, record.start + 28), data[record.start + 33]
    own = next(_records(data, record.start + _ENTRY_SIZE + name, record.end), None)
    if own is not None:
        return _decoded(data, own)
    stored = next(_records(delayed, place, len(delayed)), None) if place < len(delayed) else None
    return _decoded(delayed, stored) if stored is not None else None


def _decoded(data: bytes, record: Record) -> Image | None:
    if record.kind not in _IMAGES:
        return None
    ending, between = _IMAGES[record.kind]
    # An odd instance has two checksums.
    content = data[record.start + _CHECKSUM * (1 + record.instance % 2) + between : record.end]
    return ending, _bitmap(content) if ending == "bmp" else content


def _bitmap(content: bytes) -> bytes:
    """A device-independent bitmap as a file: in front comes a head that says where the pixels begin."""
    if len(content) < 40:
        return content
    size, bits, packed, used = struct.unpack_from("<I10xHI12xI", content)
    colours = used or (1 << bits if bits <= 8 else 0)
    masks = 12 if packed == 3 and size == 40 else 0
    return (
        struct.pack("<2sIHHI", b"BM", _BITMAP_HEAD + len(content), 0, 0, _BITMAP_HEAD + size + masks + 4 * colours)
        + content
    )
