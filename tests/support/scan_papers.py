"""Whole application forms as a scanner would deliver them: printed, stamped by some, scanned or photographed; with the truth beside them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace

import pypdfium2 as pdfium
from PIL import Image, ImageDraw

from support.corpus import Paper
from support.filling import OPINION_FIELDS, fields_of
from support.invent import invent
from support.other_pdfs import by_report, plain
from support.scan_pages import DPI, Page

SCALE = DPI / 72


def scanned(
    seed: int, condition: Callable[[Image.Image], Image.Image]
) -> tuple[Paper, list[Image.Image], dict[str, bool]]:
    """A paper, its pages as seen, and by opinion whether a seal was stamped on it."""
    rng = random.Random(f"scan {seed}")
    filling = plain(invent(random.Random(f"filling {seed}")))
    paper = Paper(f"scan-{seed}", b"", fields_of(filling), ())
    pages, places = _printed(by_report(filling))
    sealed: dict[str, bool] = {}
    for name, (number, x, y) in zip(OPINION_FIELDS, places, strict=True):
        sealed[name] = rng.random() < 0.6
        if sealed[name]:
            pages[number].seal(
                x + rng.uniform(20, 90), y + rng.uniform(30, 60), rng.randint(140, 165), rng.uniform(0.45, 0.85)
            )
    return replace(paper, trail=(str(seed),)), [condition(page.image) for page in pages], sealed


def _printed(data: bytes) -> tuple[list[Page], list[tuple[int, float, float]]]:
    """The pages of a PDF, and where （盖章） is printed on them: page, x, y in pixels."""
    document = pdfium.PdfDocument(data)
    pages = []
    for page in document:
        drawn = Page()
        drawn.image = page.render(scale=SCALE).to_pil().convert("RGB")
        drawn.draw = ImageDraw.Draw(drawn.image)
        pages.append(drawn)
    places = [place for number, page in enumerate(document) for place in _asking(page, number)]
    document.close()
    return pages, places


def _asking(page: pdfium.PdfPage, number: int) -> Iterator[tuple[int, float, float]]:
    text = page.get_textpage()
    found = text.search("（盖章）")
    while (hit := found.get_next()) is not None:
        left, _, _, top = text.get_charbox(hit[0])
        yield number, left * SCALE, (page.get_height() - top) * SCALE
    text.close()
