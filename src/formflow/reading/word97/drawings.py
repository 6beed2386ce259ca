"""What stands in the text of a Word file as a drawing: pictures in the line, and shapes that float beside it with their text boxes.

A position in the text, or a place in the data stream, comes in; the XML of the drawing goes out. Image files are collected on the way.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator

from formflow.reading.word97 import art
from formflow.reading.word97.art import Image, Shape
from formflow.reading.word97.fib import Streams, entries, positions
from formflow.reading.word97.xml import wrapped

_PICTURE_HEAD = 68
_SHAPE_FILE = 0x66  # the picture's own file name stands before it
_ANCHOR, _BOX = 26, 22
_BOX_SHAPE_AT = 14
# 16.16 fixed point → thousandths of a per cent; → sixty-thousandths of a degree.
_FIXED, _WHOLE, _DEGREE = 65_536, 100_000, 60_000

# Gives the XML of the n-th text box (0-based) of the body's or the headers' boxes.
TextBox = Callable[[bool, int], str]


class Media:
    """The image files of a document: `links` (id → name) and `files` (name → bytes). An image met again is the same file; no more than
    `most` are kept, and no more bytes than `room` (what the file itself has); further ones have a name and no file."""

    def __init__(self, most: int, room: int) -> None:
        self._most, self._room = most, room
        self._ids: dict[tuple[str, int], str] = {}
        self.links: dict[str, str] = {}
        self.files: dict[str, bytes] = {}

    def link(self, key: tuple[str, int], load: Callable[[], Image | None]) -> str:
        """The id of an image, `key` being where it comes from; "" if there is none that can be shown."""
        if key not in self._ids:
            image = load() if len(self.files) < self._most else ("", b"")
            self._ids[key] = "" if image is None else self._keep(*image)
        return self._ids[key]

    def _keep(self, ending: str, content: bytes) -> str:
        number = len(self.links) + 1
        link, name = f"rIdM{number}", f"media/image{number}.{ending}"
        self.links[link] = name
        if content and len(content) <= self._room:
            self._room -= len(content)
            self.files[name] = content
        return link


class Drawings:
    """The drawings of one document."""

    def __init__(self, streams: Streams, media: Media) -> None:
        self._streams, self._media = streams, media
        art_data = streams.structure("shapes")
        self._art = art_data
        self._stored = art.stored_images(art_data)
        self._shapes = dict(_numbered(_drawn(art_data)))
        self._anchors = {is_header: _anchors(streams, is_header) for is_header in (False, True)}
        self._boxes = {is_header: _boxes(streams, is_header) for is_header in (False, True)}

    def inline(self, place: int) -> str:
        """The picture at a place of the data stream; "" if there is none that can be shown."""
        data = self._streams.data
        if place + _PICTURE_HEAD > len(data):
            return ""
        size, head, form = struct.unpack_from("<iHh", data, place)
        start, end = place + head, min(place + size, len(data))
        if form == _SHAPE_FILE and start < end:
            start += 1 + data[start]
        shape = next(iter(art.shapes(data, start, end)), Shape(0))
        return self._picture(("data", place), lambda: art.first_image(data, start, end), shape)

    def floating(self, position: int, text_box: TextBox, *, is_header: bool) -> str:
        """The shape anchored at a position of the body or of the headers (counted from the story's beginning)."""
        shape = self._shapes.get(self._anchors[is_header].get(position, 0))
        if shape is None:
            return ""
        return "".join(self._shown(one, text_box, is_header) for one in _all(shape))

    def _shown(self, shape: Shape, text_box: TextBox, is_header: bool) -> str:
        shown = ""
        number = shape.properties.get(art.PICTURE, 0)
        if 0 < number <= len(self._stored):
            entry = self._stored[number - 1]
            shown = self._picture(("store", number), lambda: art.image(self._art, entry, self._streams.main), shape)
        # A text box stands in one place; a file that puts it into many is after something else.
        box = self._boxes[is_header].pop(shape.number, None)
        if box is not None:
            inner = wrapped("txbxContent", text_box(is_header, box))
            shown += f"<w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict>"
        return shown

    def _picture(self, key: tuple[str, int], load: Callable[[], Image | None], shape: Shape) -> str:
        link = self._media.link(key, load)
        if not link:
            return ""
        crops = [_signed(shape.properties.get(side, 0)) * _WHOLE // _FIXED for side in art.CROPS]
        turned = _signed(shape.properties.get(art.TURNED, 0)) * _DEGREE // _FIXED
        crop = "".join(f' {side}="{share}"' for side, share in zip("ltrb", crops, strict=True) if share)
        fill = f'<a:blip r:embed="{link}"/><a:srcRect{crop}/>'
        look = f'<pic:spPr><a:xfrm rot="{turned}"/></pic:spPr>' if turned else ""
        return f"<w:drawing><pic:pic><pic:blipFill>{fill}</pic:blipFill>{look}</pic:pic></w:drawing>"


def _signed(value: int) -> int:
    return value - (1 << 32) if value & 0x80000000 else value


def _drawn(data: bytes) -> list[Shape]:
    """The shapes of the drawings: after the records all share, each drawing has a byte before it that tells whose it is."""
    if len(data) < 8:
        return []
    (length,) = struct.unpack_from("<I", data, 4)
    at, found = 8 + length, []
    while at + 9 <= len(data):
        (length,) = struct.unpack_from("<I", data, at + 5)
        found += art.shapes(data, at + 1, at + 9 + length)
        at += 9 + length
    return found


def _numbered(shapes: list[Shape]) -> Iterator[tuple[int, Shape]]:
    """Every shape by its number, groups and their members alike."""
    for shape in shapes:
        for one in _all(shape):
            yield one.number, one


def _all(shape: Shape) -> Iterator[Shape]:
    yield shape
    for member in shape.members:
        yield from _all(member)


def _anchors(streams: Streams, is_header: bool) -> dict[int, int]:
    """Position in the story → number of the shape that hangs there."""
    structure = streams.structure("header drawings" if is_header else "drawings")
    numbers = (struct.unpack_from("<I", entry)[0] for entry in entries(structure, _ANCHOR))
    return dict(zip(positions(structure, _ANCHOR), numbers, strict=False))


def _boxes(streams: Streams, is_header: bool) -> dict[int, int]:
    """Number of a shape → which text box is its (0-based)."""
    structure = streams.structure("header text boxes" if is_header else "text boxes")
    found: dict[int, int] = {}
    for number, entry in enumerate(entries(structure, _BOX)):
        found.setdefault(struct.unpack_from("<I", entry, _BOX_SHAPE_AT)[0], number)
    return found
