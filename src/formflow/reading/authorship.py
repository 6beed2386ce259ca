"""Who saved an office file last, by its own account: a name a program was set up with, no proof.

A container comes in, a name goes out. Looks at bytes: the part is small, and what it says is only ever shown.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.sax.saxutils import unescape

from formflow.reading.package import Package

_CORE, _META = "docProps/core.xml", "meta.xml"
_SAVED_BY = re.compile(rb"<(?:[\w.-]+:)?lastModifiedBy\b[^<>]*>([^<>]{1,800})<")
# In OpenDocument the creator is who saved it last, the initial-creator who began it.
_META_SAVED_BY = re.compile(rb"<dc:creator\b[^<>]*>([^<>]{1,800})<")
_LONGEST = 100
# Who the workbooks that formflow hands out say they are from. Programs that save them again keep it.
OURS = "formflow"
_CREATOR = re.compile(rb"<(?:[\w.-]+:)?creator\b[^<>]*>([^<>]{1,800})<")


class Authorship(NamedTuple):
    """Who saved a file last, on one line, "" where it does not say; and whether it is a workbook that says it was handed out by formflow: its
    first page is the one that is filled in, the others explain it."""

    saved_by: str = ""
    is_ours: bool = False


def authorship(package: Package) -> Authorship:
    """What a container says of who made it."""
    core, meta = (package.xml(part) if package.has(part) else b"" for part in (_CORE, _META))
    found = _SAVED_BY.search(core) if b"lastModifiedBy" in core else _META_SAVED_BY.search(meta)
    creator = _CREATOR.search(core) if OURS.encode() in core else None
    return Authorship(_name(found[1]) if found else "", creator is not None and creator[1] == OURS.encode())


def _name(said: bytes) -> str:
    words = unescape(said.decode("utf-8", "replace"), {"&quot;": '"', "&apos;": "'"}).split()
    return " ".join(words)[:_LONGEST]
