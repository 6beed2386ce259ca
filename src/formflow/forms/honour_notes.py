"""Comments and notes beside a list that say that something on it does not count: who reads the list alone would pay it.

Comes in: a document and the rows that were read. Goes out: the rows, those a note may be about held until a person has looked. A note that
names none of the projects may be about any.
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


def _held(row: RowHonour, note: str, policy: HonoursPolicy) -> RowHonour:
    reading = RowReading(policy, row.honour.locator, row.honour.project)
    words = one_line(note)
    shown = words if len(words) <= _LONGEST_SHOWN else f"{words[:_LONGEST_SHOWN]}…"
    said = f"批注或脚注写有{quoted(shown)}，请核对说的是不是这个项目"
    reading.say("inconsistent", "review", said, is_doubt=True)
    honour = replace(row.honour, doubts=(*row.honour.doubts, *reading.doubts))
    return replace(row, honour=honour, findings=(*row.findings, *reading.findings))
