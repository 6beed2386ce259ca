"""A page's characters by pdfplumber, for pages whose fonts defeat pdfium: it knows some encodings that pdfium does not.

Fifteen times slower, and so asked only then. Lines and pictures stay those that pdfium saw.
"""

from __future__ import annotations

import io
import logging
from dataclasses import replace

from formflow.reading.pdf.ink import PageInk, boxed
from formflow.reading.pdf.legible import meant


def read_page(data: bytes, page: PageInk) -> PageInk | None:
    """The page with other characters; None if pdfplumber cannot read it either."""
    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        with pdfplumber.open(io.BytesIO(data), pages=[page.number]) as document:
            found = document.pages[0].dedupe_chars()
            characters = [(c["text"], c["x0"], c["top"], c["x1"], c["bottom"]) for c in found.chars]
    # pdfminer raises whatever it stumbles over; then there is no second opinion.
    except Exception:
        return None
    glyphs = []
    is_spaced = False
    for text, x0, top, x1, bottom in characters:
        if not text.strip():
            is_spaced = True
        # A code without a character comes as "(cid:12)".
        elif not text.startswith("(cid:"):
            glyphs.append(boxed("".join(map(meant, text)), x0, top, x1, bottom, is_spaced))
            is_spaced = False
        else:
            glyphs.append(boxed("\ufffd", x0, top, x1, bottom, is_spaced))
    # pdfplumber's boxes are those of the page as shown.
    return replace(page, glyphs=tuple(glyph for glyph in glyphs if glyph.text), read=page.shown)
