"""PDF files → `Document`: from their text where they carry it, by OCR where their pages are pictures of text.

Nothing of the machinery is loaded before the first PDF comes: most papers are Word files, and pdfium costs as much as all other readers.
"""

from __future__ import annotations

from formflow.model.document import Document
from formflow.reading.contents import Scanned
from formflow.reading.limits import DEFAULT, Limits


def read_pdf(data: bytes, limits: Limits = DEFAULT) -> Document:
    """The document in a PDF file's bytes, pages without text recognised where OCR is installed and named in a remark where it is not;
    `UnreadableError` if it is none, is not sound, or shows only pictures of text that nothing here can read."""
    from formflow.reading.pdf.reader import read

    return read(data, limits)


def open_pdf(data: bytes, limits: Limits = DEFAULT) -> Document | Scanned:
    """As `read_pdf`, but a file with pages to be recognised is only told to be one."""
    from formflow.reading.pdf.reader import open_or_tell

    return open_or_tell(data, limits)
