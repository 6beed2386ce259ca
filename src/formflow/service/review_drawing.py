"""Pictures on a sheet: the parts of an Office Open XML container that show PNG files in one column, each on its row.

In: PNG bytes and rows. Out: parts by name, and how high each row has to be. Looks into a PNG no further than its head.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

DRAWING = "xl/drawings/drawing1.xml"
_EMU_PER_PIXEL, _POINTS_PER_PIXEL = 9525, 0.75
# What fits into the column, and what a row may be high; pixels at 96 to the inch.
_MOST_WIDTH, _MOST_HEIGHT = 300, 400
_GAP = 4
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture on its row (counted from 1), with the size it is shown in, in pixels."""

    row: int
    png: bytes
    width: int
    height: int

    @property
    def row_height(self) -> float:
        """How high its row has to be, in points."""
        return (self.height + 2 * _GAP) * _POINTS_PER_PIXEL


def shown(row: int, png: bytes) -> Shown:
    """A picture at the size it fits in."""
    width, height = struct.unpack_from(">II", png, 16)
    scale = min(1.0, _MOST_WIDTH / width, _MOST_HEIGHT / height)
    return Shown(row, png, max(1, round(width * scale)), max(1, round(height * scale)))


def drawing_parts(images: Sequence[Shown], column: int) -> dict[str, bytes]:
    """The drawing of sheet 1, its pictures, and what links them; `column` counts from 0."""
    anchors = "".join(_anchor(number, image, column) for number, image in enumerate(images, 1))
    drawing = (
        f'{_HEAD}<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
        f'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="{_RELATIONSHIPS}">{anchors}</xdr:wsDr>'
    )
    media = {f"xl/media/image{number}.png": image.png for number, image in enumerate(images, 1)}
    links = [("image", f"../media/image{number}.png") for number in range(1, len(images) + 1)]
    return {
        "xl/worksheets/_rels/sheet1.xml.rels": _links([("drawing", "../drawings/drawing1.xml")]),
        DRAWING: drawing.encode(),
        "xl/drawings/_rels/drawing1.xml.rels": _links(links),
        **media,
    }


def _anchor(number: int, image: Shown, column: int) -> str:
    gap = _GAP * _EMU_PER_PIXEL
    size = f'cx="{image.width * _EMU_PER_PIXEL}" cy="{image.height * _EMU_PER_PIXEL}"'
    return (
        f"<xdr:oneCellAnchor><xdr:from><xdr:col>{column}</xdr:col><xdr:colOff>{gap}</xdr:colOff>"
        f"<xdr:row>{image.row - 1}</xdr:row><xdr:rowOff>{gap}</xdr:rowOff></xdr:from><xdr:ext {size}/>"
        f'<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="{number + 1}" name="原文图{number}"/><xdr:cNvPicPr/></xdr:nvPicPr>'
        f'<xdr:blipFill><a:blip r:embed="rId{number}"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill>'
        f'<xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic><xdr:clientData/></xdr:oneCellAnchor>'
    )


def _links(links: Sequence[tuple[str, str]]) -> bytes:
    return "".join(_links_xml(links)).encode()


def _links_xml(links: Sequence[tuple[str, str]]) -> Iterator[str]:
    yield f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    for number, (kind, target) in enumerate(links, 1):
        yield f'<Relationship Id="rId{number}" Type="{_RELATIONSHIPS}/{kind}" Target="{target}"/>'
    yield "</Relationships>"
