"""Word 97–2003 files read to the end: by way of the .docx that says the same, as any Word file is."""

from __future__ import annotations

from dataclasses import replace

from formflow.model.document import Document
from formflow.reading.contents import Foreign, Scanned
from formflow.reading.docx import read_docx
from formflow.reading.limits import DEFAULT, Limits
from formflow.reading.pasted import pages_in, read_word
from formflow.reading.refusals import refuse_kind
from formflow.reading.word97.trouble import Unfamiliar
from formflow.reading.word97.writing import as_docx


def open_word97(data: bytes, kind: str, limits: Limits = DEFAULT) -> Document | Foreign | Scanned:
    """The document in the bytes of a file of that kind ("doc", "wps"); word of pages that are to be read where there is room for OCR, or of
    a file that has to be converted first; `UnreadableError` as `read_docx`."""
    try:
        word = as_docx(data, limits)
    except Unfamiliar:
        return Foreign(kind)
    document = read_docx(word, limits)
    return Scanned(kind) if any(True for _ in pages_in(document, word, limits)) else replace(document, format=kind)


def read_word97(data: bytes, kind: str, limits: Limits = DEFAULT) -> Document:
    """The document, by OCR where it holds nothing but pictures of pages; `UnreadableError` as `pasted.read_word`, and for a file that would
    have to be converted first."""
    try:
        word = as_docx(data, limits)
    except Unfamiliar as error:
        raise refuse_kind(kind) from error
    return replace(read_word(word, limits), format=kind)
