"""Any file's bytes → what is in it: finds out what the file is and hands it to the reader for that kind.

The one place where whatever a reader stumbles over becomes an `UnreadableError`. A kind without a reader is refused with a sentence
that says what it is and what to do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TypeVar

from formflow.model.document import Document
from formflow.reading.archive import CONTAINERS, unpack
from formflow.reading.contents import Bundle, Contents, Foreign, Scanned
from formflow.reading.docx import read_docx
from formflow.reading.legacy import ENDINGS
from formflow.reading.limits import DEFAULT, Limits
from formflow.reading.pasted import pages_in, read_word
from formflow.reading.refusals import refuse, refuse_kind
from formflow.reading.sniff import is_protected_doc, sniff

Reader = Callable[[bytes, Limits], Document]


def _later(dotted: str) -> Reader:
    """A reader whose libraries are loaded when the first paper of its kind comes."""
    module, _, function = f"formflow.reading.{dotted}".partition(":")

    def read(data: bytes, limits: Limits) -> Document:
        reader: Reader = getattr(import_module(module), function)
        return reader(data, limits)

    return read


def _old_word(kind: str) -> Reader:
    def read(data: bytes, limits: Limits) -> Document:
        from formflow.reading.word97.reading import read_word97

        return read_word97(data, kind, limits)

    return read


# Files of Word 97 to 2003, whatever they are called; those of older makes are converted.
_OLD_WORD = ("doc", "wps")
READERS: Mapping[str, Reader] = {
    **{kind: _old_word(kind) for kind in _OLD_WORD},
    "docx": read_word,
    "pdf": _later("pdf:read_pdf"),
    "xlsx": _later("workbook:read_xlsx"),
    "xls": _later("workbook:read_xls"),
    "ods": _later("workbook:read_ods"),
    "ofd": _later("ofd:read_ofd"),
    "image": _later("scan:read_scan"),
    "html": _later("web:read_html"),
    "text": _later("plain:read_text"),
}


def open_file(data: bytes, limits: Limits = DEFAULT) -> Contents:
    """What is in a file: a document, the members of an archive or mail, or word of what has to be converted or recognised first;
    `UnreadableError` for every file that gives none of these."""
    return _guarded(data, limits, _open)


def read_document(data: bytes, limits: Limits = DEFAULT) -> Document:
    """The document in a file's bytes; `UnreadableError` for every file that does not give one by itself."""
    return _guarded(data, limits, _read)


# How a library in Rust says that it met what it did not expect: no Exception, and no class that could be imported.
_PANIC = "PanicException"
_Result = TypeVar("_Result")


def _guarded(data: bytes, limits: Limits, work: Callable[[bytes, str, Limits], _Result]) -> _Result:
    if len(data) > limits.max_file:
        raise refuse("too_large", f"超过 {limits.max_file // (1024 * 1024)} MB")
    try:
        return _bounded(work(data, sniff(data), limits), limits)
    except RecursionError as error:
        raise refuse("hostile", "嵌套层数过多") from error
    except MemoryError as error:
        raise refuse("out_of_memory") from error
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        raise refuse("damaged") from error


def _bounded(result: _Result, limits: Limits) -> _Result:
    """The result, unless it is a document with more text than anybody writes."""
    if isinstance(result, Document):
        size = sum(len(paragraph.text) for paragraph in (*result.paragraphs(), *result.furniture))
        if size > limits.max_text:
            raise refuse("too_large", f"文字超过 {limits.max_text // 10_000} 万字")
    return result


def _open(data: bytes, kind: str, limits: Limits) -> Contents:
    if kind in CONTAINERS:
        return Bundle(kind, unpack(data, kind, limits))
    if kind in ENDINGS and not is_protected_doc(data):
        return _open_old_word(data, kind, limits) if kind in _OLD_WORD else Foreign(kind)
    if kind == "image":
        return _open_image()
    if kind == "pdf":
        return _open_pdf(data, limits)
    if kind == "docx":
        return _open_word(data, limits)
    if kind == "ofd":
        return _open_ofd(data, limits)
    return _read(data, kind, limits)


def _open_image() -> Scanned:
    from formflow.reading.scan import require

    require()
    return Scanned("image")


def _open_pdf(data: bytes, limits: Limits) -> Document | Scanned:
    from formflow.reading.pdf import open_pdf

    return open_pdf(data, limits)


def _open_ofd(data: bytes, limits: Limits) -> Document | Scanned:
    from formflow.reading.ofd import open_ofd

    return open_ofd(data, limits)


def _open_word(data: bytes, limits: Limits) -> Document | Scanned:
    document = read_docx(data, limits)
    return Scanned("docx") if any(True for _ in pages_in(document, data, limits)) else document


def _open_old_word(data: bytes, kind: str, limits: Limits) -> Contents:
    from formflow.reading.word97.reading import open_word97

    return open_word97(data, kind, limits)


def _read(data: bytes, kind: str, limits: Limits) -> Document:
    if kind in _OLD_WORD and is_protected_doc(data):
        raise refuse_kind(kind, is_protected=True)
    reader = READERS.get(kind)
    if reader is None:
        raise refuse_kind(kind)
    return reader(data, limits)
