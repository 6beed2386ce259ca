"""What a letter says before anyone draws it: the values for a Word template's Chinese keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class LetterContent:
    """One letter to be written. `context` maps the template's Chinese keys to text, or to tuples of such mappings for loops.

    `title` is the document's name (受理通知书), `file_stem` its file name without ending.
    """

    letter_id: str
    title: str
    file_stem: str
    context: Mapping[str, Any]
