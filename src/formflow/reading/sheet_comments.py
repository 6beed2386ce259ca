"""What somebody noted beside the cells of an .xlsx workbook: the texts of its comments, which are no part of the sheets.

A container and the names of its sheets' parts come in, texts go out. A part that is damaged has none: the sheets can be read without it.
"""

from __future__ import annotations

from collections.abc import Iterable

from formflow.errors import UnreadableError
from formflow.reading.package import Package

_MOST = 1_000


def comments(package: Package, sheets: Iterable[str]) -> tuple[str, ...]:
    """The comments in the order of the sheets, no more than can be looked through."""
    found: list[str] = []
    for sheet in sheets:
        try:
            found += _beside(package, sheet)
        except UnreadableError:
            continue
    return tuple(found[:_MOST])


def _beside(package: Package, sheet: str) -> list[str]:
    links = package.relationships(sheet).values()
    parts = [package.parse(link.target) for link in links if link.kind == "comments" and package.has(link.target)]
    texts = (
        "".join(piece.text or "" for piece in note.iter("{*}t")) for part in parts for note in part.iter("{*}comment")
    )
    return [text.strip() for text in texts if text.strip()]
