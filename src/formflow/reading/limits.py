"""How much a single paper may ask for before it is refused: what every reader is bounded by."""

from __future__ import annotations

from dataclasses import dataclass

_MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for one file. Sizes in bytes. The defaults are far above any application form and far below what hurts a machine."""

    max_file: int = 50 * _MB
    # A container (docx): entries, one unpacked part, all of them by their declared sizes.
    max_entries: int = 5_000
    max_part: int = 32 * _MB
    max_total: int = 400 * _MB
    # Unpacked : packed, looked at above `ratio_from` only: short parts of one repeated row pack very well and do no harm.
    max_ratio: int = 200
    ratio_from: int = 4 * _MB
    # An archive or mail: files in it, all of them together, archives inside archives.
    max_members: int = 500
    max_unpacked: int = 200 * _MB
    max_nesting: int = 1
    # The contents.
    max_blocks: int = 200_000
    # Characters of a document. What is made of it afterwards takes time in proportion, outside the sandbox.
    max_text: int = 2_000_000
    max_columns: int = 256
    max_depth: int = 24
    max_pictures: int = 200
    max_pixels: int = 50_000_000


DEFAULT = Limits()
