"""Who saved an office file last, by its own account: a name a program was set up with, no proof.

A container comes in, a name goes out. Looks at bytes: the part is small, and what it says is only ever shown.
"""

from __future__ import annotations

import re
from xml.sax.saxutils import unescape

from formflow.reading.package import Package

_CORE, _META = "docProps/core.xml", "meta.xml"
_BY_PART = {
    _CORE: re.compile(rb"<(?:[\w.-]+:)?lastModifiedBy\b[^<>]*>([^<>]{1,800})<"),
    # In OpenDocument the creator is who saved it last, the initial-creator who began it.
    _META: re.compile(rb"<dc:creator\b[^<>]*>([^<>]{1,800})<"),
}
_LONGEST = 100
# Who the workbooks that formflow hands out say they are from. Programs that save them again keep it.
OURS = "formflow"
_CREATOR = re.compile(rb"<(?:[\w.-]+:)?creator\b[^<>]*>([^<>]{1,800})<")


def saved_by(package: Package) -> str:
    """The name on one line, "" where the file does not say."""
    for part, pattern in _BY_PART.items():
        if package.has(part) and (found := pattern.search(package.xml(part))):
            words = unescape(found[1].decode("utf-8", "replace"), {"&quot;": '"', "&apos;": "'"}).split()
            return " ".join(words)[:_LONGEST]
    return ""


def is_ours(package: Package) -> bool:
    """Whether a workbook says it was handed out by formflow: its first page is the one that is filled in, the others explain it."""
    found = _CREATOR.search(package.xml(_CORE)) if package.has(_CORE) else None
    return found is not None and found[1] == OURS.encode()
