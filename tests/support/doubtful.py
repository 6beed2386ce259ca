"""Papers that are read unsurely: a Word form whose file is named 扫描… is read as if it had been scanned, one of its answers badly."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PIL import Image

from formflow.model.document import Block, Box, Document, Locator, Paragraph
from formflow.reading.contents import Bundle
from support import offices

SCANNED = "扫描"
PLACE = Box(10, 20, 110, 60)


def read_as_scanned(*unsure: str) -> Callable[[Path], Document | Bundle]:
    """A reader; what it reads from files named 扫描… has pages and boxes, and is unsure of paragraphs that hold one of these words."""

    def read(path: Path) -> Document | Bundle:
        contents = offices.read_in_process(path)
        is_scan = isinstance(contents, Document) and path.name.startswith(SCANNED)
        return replace(contents, blocks=_scanned(contents.blocks, unsure)) if is_scan else contents

    return read


def _scanned(blocks: tuple[Block, ...], unsure: tuple[str, ...]) -> tuple[Block, ...]:
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            confidence = 0.5 if any(word in block.text for word in unsure) else 0.97
            found.append(replace(block, confidence=confidence, locator=_on_page(block.locator)))
        else:
            cells = tuple(
                replace(cell, blocks=_scanned(cell.blocks, unsure), locator=_on_page(cell.locator))
                for cell in block.cells
            )
            found.append(replace(block, cells=cells, locator=_on_page(block.locator)))
    return tuple(found)


def _on_page(locator: Locator) -> Locator:
    return replace(locator, page=1, box=PLACE)


def crop_all(path: Path, places: Sequence[tuple[int, Box]]) -> list[bytes | None]:
    """A picture of every place, one like the other; the file must still be there."""
    assert path.is_file()
    out = io.BytesIO()
    Image.new("RGB", (40, 20), (200, 30, 30)).save(out, "PNG")
    return [out.getvalue() for _ in places]
