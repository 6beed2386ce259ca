"""Hints a blank prints where an answer is written （长×宽，限500字）: no part of what was typed beside them. Pure text work."""

from __future__ import annotations

import re
from collections.abc import Iterable

from formflow.forms.printed import consume
from formflow.model.text import fold

_BRACKETED = re.compile(r"\([^()]+\)")


def hints_among(printed: Iterable[str]) -> list[str]:
    """The hints in brackets that printed lines (folded) begin with."""
    return [match[0] for words in printed if (match := _BRACKETED.match(words))]


def without_hint(line: str, hints: list[str]) -> str:
    """The line without a printed hint before or behind what was typed."""
    for hint in hints:
        opening = max(line.rfind("("), line.rfind("（"))
        if (end := consume(line, 0, hint)) is not None:
            line = line[end:].strip()
        elif opening > 0 and fold(line[opening:]) == hint:
            line = line[:opening].strip()
    return line
