"""What a file turns out to hold when it is not a document itself: papers packed together, a document in a foreign format, a scan."""

from __future__ import annotations

from dataclasses import dataclass

from formflow.model.document import Document


@dataclass(frozen=True, slots=True)
class Member:
    """A file out of an archive or mail. `name` is its path in there, "/" between folders and after an archive inside the archive."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Bundle:
    """An archive or mail (`kind` as `sniff` says it), unpacked; the members in its own order, folders left out, never empty."""

    kind: str
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Foreign:
    """A word-processor file that has to be converted before it can be read."""

    kind: str


@dataclass(frozen=True, slots=True)
class Scanned:
    """A file ("image", "pdf", "docx", "doc", "wps" or "ofd") with pages that are pictures of text: to be read where there is room for OCR."""

    kind: str


Contents = Document | Bundle | Foreign | Scanned
