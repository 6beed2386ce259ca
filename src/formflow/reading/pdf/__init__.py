"""PDF files that carry their text → `Document`.

Nothing of the machinery is loaded before the first PDF comes: most papers are Word files, and pdfium costs as much as all other readers.
"""

from __future__ import annotations

from formflow.model.document import Document
from formflow.reading.limits import DEFAULT, Limits


def read_pdf(data: bytes, limits: Limits = DEFAULT) -> Document:
    """The document in a PDF file's bytes; `UnreadableError` if it is none, is not sound, or shows pictures of text only."""
    from formflow.reading.pdf.reader import read

    return read(data, limits)
