"""Papers typed behind a form in the same file: a 规划 or 实施方案 with its own title and text.

Comes in: the sheet and the pack's attachments. Goes out: which of them are there and the unit each begins at.
"""

from __future__ import annotations

import re

from formflow.forms.layout import Sheet, Unit
from formflow.model.programme import Attachment
from formflow.model.text import fold

_LONGEST_TITLE = 44
# A title with less text than this behind it is a line in a list of attachments, not the attachment.
_SHORTEST_TEXT = 60
_TAIL = re.compile(r"(?:\([^()]*\))$")


def titles(unit: Unit, attachments: tuple[Attachment, ...]) -> Attachment | None:
    """The attachment a line is the title of: short, ending in one of its title words, a bracket behind them allowed."""
    words = _TAIL.sub("", unit.folded).rstrip(":")
    if not words or len(words) > _LONGEST_TITLE or unit.cell is not None:
        return None
    for attachment in attachments:
        if any(words.endswith(fold(word)) for word in attachment.title_words):
            return attachment
    return None


def find_enclosed(sheet: Sheet, attachments: tuple[Attachment, ...], after: int) -> tuple[tuple[Attachment, int], ...]:
    """Attachments that begin after unit `after`, each with the unit of its title, in reading order."""
    starts = [(found, unit.index) for unit in sheet.units[after + 1 :] if (found := titles(unit, attachments))]
    ends = [*(index for _, index in starts), len(sheet.units)][1:]
    enclosed: dict[str, tuple[Attachment, int]] = {}
    for (attachment, start), end in zip(starts, ends, strict=True):
        if sum(len(unit.folded) for unit in sheet.units[start + 1 : end]) >= _SHORTEST_TEXT:
            enclosed.setdefault(attachment.id, (attachment, start))
    return tuple(enclosed.values())
