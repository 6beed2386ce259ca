"""Any file's bytes → `Document`: finds out what the file is and hands it to the reader for that kind.

The one place where whatever a reader stumbles over becomes an `UnreadableError`. A kind without a reader is refused with a sentence
that says what it is and what to do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from formflow.model.document import Document
from formflow.reading.docx import read_docx
from formflow.reading.limits import DEFAULT, Limits
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


READERS: Mapping[str, Reader] = {
    "docx": read_docx,
    "pdf": _later("pdf:read_pdf"),
    "xlsx": _later("workbook:read_xlsx"),
    "xls": _later("workbook:read_xls"),
    "ods": _later("workbook:read_ods"),
    "ofd": _later("ofd:read_ofd"),
}


def read_document(data: bytes, limits: Limits = DEFAULT) -> Document:
    """The document in a file's bytes; `UnreadableError` for every file that does not give one."""
    if len(data) > limits.max_file:
        raise refuse("too_large", f"超过 {limits.max_file // (1024 * 1024)} MB")
    kind = sniff(data)
    reader = READERS.get(kind)
    if reader is None:
        raise refuse_kind(kind, is_protected=kind in ("doc", "wps") and is_protected_doc(data))
    try:
        return reader(data, limits)
    except RecursionError as error:
        raise refuse("hostile", "嵌套层数过多") from error
    except MemoryError as error:
        raise refuse("out_of_memory") from error
