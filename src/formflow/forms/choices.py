"""Rows of check boxes: the options a blank prints, and which of them a copy has ticked.

Boxes stand before their options (□是 □否) or behind them (男□ 女□); a tick may take the box's place (√是) or stand beside it. Pure text work.
"""

from __future__ import annotations

import re

from formflow.model.text import fold

_BOX = r"[□☐▢○◯]|[\[［(（【][ \u3000]?[\]］)）】]"
_TICK = r"[☑☒■√✓✔✅●]|[\[［(（【]\s*[√✓✔☑]\s*[\]］)）】]"
_MARK = re.compile(rf"(?P<tick>(?:{_BOX})?\s?(?:{_TICK})\s?(?:{_BOX})?)|(?P<box>{_BOX})")
_LEAD = re.compile(r"^\s*(?:[（(][^（()）]*[)）]\s*)?")
_ENDS = " \t\r\n\u3000\xa0_＿，,、；;。.：:/／"


def options_in(text: str) -> tuple[str, ...]:
    """The options printed beside boxes, in order; none if there are fewer than two."""
    found = tuple(option for option, _ in _split(text) if option)
    return found if len(found) > 1 else ()


def ticked(text: str, options: tuple[str, ...]) -> tuple[str | None, bool]:
    """The ticked options joined by 、 (None if no box is ticked), and whether that is sure: without boxes an option may be written out, and
    one that lacks its box among others that have theirs may have lost it with its tick."""
    marked = _split(text)
    folded = {fold(option): option for option in options}
    if not marked:
        parts = [part for part in re.split(r"[、，,；;\s]+", text.strip()) if part]
        if parts and all(fold(part) in folded for part in parts):
            return "、".join(folded[fold(part)] for part in parts), True
        return (text.strip(_ENDS) or None), not text.strip(_ENDS)
    chosen = [option for option, is_ticked in marked if is_ticked and option]
    run_on = any(sum(fold(word) in folded for word in option.split()) > 1 for option in chosen)
    is_sure = not run_on if chosen else len(marked) >= sum(option in fold(text) for option in folded)
    return ("、".join(chosen) or None), is_sure


def _split(text: str) -> list[tuple[str, bool]]:
    """Each option with whether it is ticked."""
    start = _LEAD.match(text)
    body = text[start.end() :] if start and not _MARK.match(text.lstrip()) else text
    marks = list(_MARK.finditer(body))
    if not marks:
        return []
    is_before = not body[: marks[0].start()].strip(_ENDS)
    if is_before:
        edges = [*(mark.start() for mark in marks[1:]), len(body)]
        pieces = [body[mark.end() : edge] for mark, edge in zip(marks, edges, strict=True)]
    else:
        edges = [0, *(mark.end() for mark in marks[:-1])]
        pieces = [body[edge : mark.start()] for edge, mark in zip(edges, marks, strict=True)]
    return [(_bare(piece), bool(mark["tick"])) for piece, mark in zip(pieces, marks, strict=True)]


def _bare(piece: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"[_＿]+", "", piece)).strip(_ENDS)
