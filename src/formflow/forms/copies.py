"""Several filled copies of one form in one file: where each begins.

Comes in: a `Document` and the `Form` it was recognised as. Goes out: one `Document` for each copy, in order; the document itself when
it holds one copy or the copies cannot be parted.
"""

from __future__ import annotations

from dataclasses import replace

from formflow.forms.found import candidates_of, sheet_of
from formflow.forms.layout import Sheet
from formflow.model.document import Document, Paragraph
from formflow.model.programme import Form

# Of the labels found, this share must stand there more than once: a label or two that recur make no second copy.
_SHARE = 0.6
_STRONG = 0.9
_LONGEST_TITLE = 40


def copies_in(document: Document, form: Form) -> tuple[Document, ...]:
    """The copies of the form in a document."""
    sheet = sheet_of(document)
    places = _label_blocks(document, form, sheet)
    repeated = [blocks for blocks in places if len(blocks) > 1]
    if not places or len(repeated) < _SHARE * len(places):
        return (document,)
    count = max({len(blocks) for blocks in repeated}, key=[len(blocks) for blocks in repeated].count)
    whole = [blocks for blocks in repeated if len(blocks) == count]
    cuts = []
    for number in range(1, count):
        last_of_earlier = max(blocks[number - 1] for blocks in whole)
        first_of_later = min(blocks[number] for blocks in whole)
        if first_of_later <= last_of_earlier:
            return (document,)
        cuts.append(_with_title(document, last_of_earlier, first_of_later))
    ends = [*cuts, len(document.blocks)]
    return tuple(replace(document, blocks=document.blocks[a:b]) for a, b in zip([0, *cuts], ends, strict=True))


def _label_blocks(document: Document, form: Form, sheet: Sheet) -> list[list[int]]:
    """For each label: the top-level blocks in which it stands as a whole cell or opens a paragraph."""
    blocks: dict[int, list[int]] = {}
    for hit in candidates_of(document, form):
        if hit.item.fields and hit.item.kind == "label" and hit.weight >= _STRONG:
            blocks.setdefault(hit.item.order, []).append(sheet.units[hit.unit].block)
    return [sorted(found) for found in blocks.values()]


def _with_title(document: Document, last_of_earlier: int, first: int) -> int:
    """The block at which a copy begins, its title lines before the first label taken in."""
    while first - 1 > last_of_earlier:
        before = document.blocks[first - 1]
        if not isinstance(before, Paragraph) or len(before.text.strip()) > _LONGEST_TITLE:
            break
        first -= 1
    return first
