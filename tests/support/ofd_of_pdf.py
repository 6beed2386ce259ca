"""A PDF's pages as an OFD producer would write them: text objects with the way from sign to sign, paths, pictures in the resources.

pdfplumber reads the PDF, which nothing under test does for such files. Ways of writing that producers differ in are picked by seed.
"""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from html import escape
from itertools import pairwise
from typing import Any

import pdfplumber
from pdfminer.pdftypes import resolve1
from PIL import Image, ImageOps

from support.ofds import NAMESPACE, document, resources, signed
from support.wordml import zipped

_MM = 25.4 / 72


def as_ofd(pdf: bytes, seed: int = 0) -> bytes:
    """The same pages as an OFD."""
    draw = _Writer(random.Random(f"ofd {seed}"))
    files: dict[str, bytes] = {}
    with pdfplumber.open(io.BytesIO(pdf)) as source:
        sizes = [(float(page.width) * _MM, float(page.height) * _MM) for page in source.pages]
        for number, page in enumerate(source.pages):
            body = "".join([*draw.texts(page), *draw.paths(page), *draw.images(page, number + 1)])
            files[f"Doc_0/Pages/Page_{number}/Content.xml"] = _page(body, sizes[number])
    for name, data in draw.pictures.items():
        files[f"Doc_0/Res/{name}"] = data
    common = "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>"
    files["Doc_0/DocumentRes.xml"] = resources(draw.pictures)
    body = ""
    if draw.seals:
        files |= signed(draw.seals)
        body = "<ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures>"
    files |= document([f"Pages/Page_{number}/Content.xml" for number in range(len(sizes))], common, body)
    return zipped(files)


def _page(body: str, size: tuple[float, float]) -> bytes:
    box = f"0 0 {size[0]:.4f} {size[1]:.4f}"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><ofd:Page {NAMESPACE}><ofd:Area><ofd:PhysicalBox>{box}</ofd:PhysicalBox></ofd:Area>'
        f'<ofd:Content><ofd:Layer ID="1" Type="Body">{body}</ofd:Layer></ofd:Content></ofd:Page>'
    ).encode()


class _Writer:
    def __init__(self, chance: random.Random) -> None:
        self.pictures: dict[str, bytes] = {}
        # Page, place and picture of the seals that are stamped on electronically.
        self.seals: list[tuple[int, str, bytes]] = []
        self._is_signed = chance.random() < 0.5
        # Text moved by CTM with a size of 1, or set at its size; a form's lines as paths of their own, or all in one.
        self._is_scaled = chance.random() < 0.5
        self._is_one_path = chance.random() < 0.5
        self._is_short = chance.random() < 0.5

    def texts(self, page: Any) -> Iterator[str]:
        run: list[Any] = []
        for char in page.chars:
            if not (char["upright"] and char["text"].isprintable()):
                continue
            is_next = run and abs(char["bottom"] - run[-1]["bottom"]) < 0.05 and char["x0"] >= run[-1]["x0"]
            if run and not (is_next and char["size"] == run[-1]["size"] and char["x0"] - run[-1]["x1"] < 40):
                yield self._text(page, run)
                run = []
            run.append(char)
        if run:
            yield self._text(page, run)

    def _text(self, page: Any, run: list[Any]) -> str:
        first = run[0]
        size = first["size"] * _MM
        x = first["x0"] * _MM
        base = (float(page.height) - first["matrix"][5]) * _MM
        scale = size if self._is_scaled else 1.0
        steps = " ".join(_steps([(b["x0"] - a["x0"]) * _MM / scale for a, b in pairwise(run)], self._is_short))
        moved = f'CTM="{size:.5f} 0 0 {size:.5f} 0 0" ' if self._is_scaled else ""
        words = "".join(char["text"] for char in run)
        return (
            f'<ofd:TextObject ID="2" Boundary="{x:.4f} {base - size:.4f} 100 {size * 1.3:.4f}" {moved}Font="1" Size="{size / scale:.5f}">'
            f'<ofd:FillColor Value="0 0 0"/><ofd:TextCode X="0" Y="{size / scale:.5f}" DeltaX="{steps}">{escape(words)}</ofd:TextCode>'
            "</ofd:TextObject>"
        )

    def paths(self, page: Any) -> Iterator[str]:
        strokes: list[str] = []
        for line in [*page.lines, *page.edges]:
            if line["object_type"] == "line" or line.get("orientation"):
                x0, y0, x1, y1 = (line[key] * _MM for key in ("x0", "top", "x1", "bottom"))
                strokes.append(f"M {x0:.4f} {y0:.4f} L {x1:.4f} {y1:.4f}")
        for each in [" ".join(strokes)] if self._is_one_path and strokes else strokes:
            yield (
                f'<ofd:PathObject ID="3" Boundary="0 0 210 297" LineWidth="0.2"><ofd:AbbreviatedData>{each}</ofd:AbbreviatedData>'
                "</ofd:PathObject>"
            )

    def images(self, page: Any, number: int) -> Iterator[str]:
        """The pictures; a seal may be stamped on by a signature instead."""
        for image in page.images:
            x, y, width, height = (image[key] * _MM for key in ("x0", "top", "width", "height"))
            box = f"{x:.4f} {y:.4f} {width:.4f} {height:.4f}"
            data = _png(image)
            if self._is_signed:
                self.seals.append((number, box, data))
                continue
            name = f"image_{len(self.pictures) + 100}.png"
            self.pictures[name] = data
            yield (
                f'<ofd:ImageObject ID="4" Boundary="{box}" CTM="{width:.4f} 0 0 {height:.4f} 0 0" '
                f'ResourceID="{len(self.pictures) + 99}"/>'
            )


def _png(image: Any) -> bytes:
    """A picture with its mask."""
    stream = image["stream"]
    picture = _decoded(stream)
    mask = resolve1(stream.get("SMask"))
    if mask is not None:
        alpha = _decoded(mask)
        picture.putalpha(ImageOps.invert(alpha) if mask.get("Decode") == [1, 0] else alpha)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def _decoded(stream: Any) -> Image.Image:
    if "DCTDecode" in str(stream.get("Filter")):
        return Image.open(io.BytesIO(stream.rawdata)).copy()
    size = (int(stream["Width"]), int(stream["Height"]))
    data = stream.get_data()
    return Image.frombytes("RGB" if len(data) >= 3 * size[0] * size[1] else "L", size, data)


def _steps(steps: list[float], is_short: bool) -> Iterator[str]:
    """The list, with "g" for the same step several times if the producer writes so."""
    written = [f"{step:.4f}" for step in steps]
    at = 0
    while at < len(written):
        count = next((n for n in range(1, len(written) - at) if written[at + n] != written[at]), len(written) - at)
        if is_short and count > 2:
            yield f"g {count} {written[at]}"
        else:
            yield from [written[at]] * count
        at += count
