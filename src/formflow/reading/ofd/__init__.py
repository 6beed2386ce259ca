"""OFD files (GB/T 33190) → `Document`: what they place on their pages, read as the pages of a PDF are.

Comes in: a file's bytes. Goes out: paragraphs and tables with page and box, electronic seals as pictures where they are stamped. Pages that
are pictures of text are read as scans are; whether a signature is genuine is not verified.
"""

from __future__ import annotations

from formflow.model.document import Document
from formflow.reading.contents import Scanned
from formflow.reading.limits import DEFAULT, Limits


def read_ofd(data: bytes, limits: Limits = DEFAULT) -> Document:
    """The document in an OFD file's bytes; `UnreadableError` if it is none, or not sound."""
    from formflow.reading.ofd.reader import read

    return read(data, limits)


def open_ofd(data: bytes, limits: Limits = DEFAULT) -> Document | Scanned:
    """The document, or word of pages that are to be read where there is room for OCR; `UnreadableError` as `read_ofd`."""
    from formflow.reading.ofd.reader import open_or_tell

    return open_or_tell(data, limits)
