"""What a document says beside its list: comments and notes that something on it does not count, and that a part of it was not read.

Comes in: a document and the rows that were read. Goes out: the rows, those a note may be about held until a person has looked: who reads the
list alone would pay it. A note that names none of the projects may be about any.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from formflow.forms.honour_rows import RowHonour
from formflow.forms.honour_settled import RowReading
from formflow.forms.honour_texts import one_line, says_void
from formflow.model.document import Document
from formflow.model.policy import HonoursPolicy
from formflow.model.text import fold, quoted

_NOTES = ("comment", "footnote", "endnote")
_LONGEST_SHOWN = 40


def held_by_notes(document: Document, rows: Sequence[RowHonour], policy: HonoursPolicy) -> list[RowHonour]:
    """The rows, each with what notes say of it."""
    notes = [line.text for line in document.furniture if line.locator.part.startswith(_NOTES) and says_void(line.text)]
    found = list(rows)
    for note in notes:
        named = [at for at, row in enumerate(found) if row.honour.project and fold(row.honour.project) in fold(note)]
        for at in named or range(len(found)):
            found[at] = _held(found[at], note, policy)
    return found


def told_of_gaps(document: Document, rows: Sequence[RowHonour], policy: HonoursPolicy) -> list[RowHonour]:
    """The rows, the first of which says that the list may go on where nothing was read."""
    if not (document.unread and rows):
        return list(rows)
    first, *others = rows
    reading = RowReading(policy, first.honour.locator, first.honour.project)
    for gap in document.unread:
        reading.say("low_confidence", "review", f"这份清单可能没有读全：{gap}")
    return [replace(first, findings=(*first.findings, *reading.findings)), *others]


def _held(row: RowHonour, note: str, policy: HonoursPolicy) -> RowHonour:
    reading = RowReading(policy, row.honour.locator, row.honour.project)
    words = one_line(note)
    shown = words if len(words) <= _LONGEST_SHOWN else f"{words[:_LONGEST_SHOWN]}…"
    said = f"批注或脚注写有{quoted(shown)}，请核对说的是不是这个项目"
    reading.say("inconsistent", "review", said, is_doubt=True)
    honour = replace(row.honour, doubts=(*row.honour.doubts, *reading.doubts))
    return replace(row, honour=honour, findings=(*row.findings, *reading.findings))
