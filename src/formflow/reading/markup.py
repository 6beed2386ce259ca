"""One part's tree, looked over once: which elements have properties that matter to reading, and which hold wrappers.

Most paragraphs, runs, cells and rows have neither. One pass over the tree finds those that have, so that asking the others costs no more
than a look into a dictionary; asking each of them for its properties is half the cost of reading a form.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import repeat

from lxml import etree

from formflow.reading import names as n
from formflow.reading.content import WRAPPERS, Mute, content

_HOLDERS = frozenset({n.PPR, n.RPR, n.TR_PR, n.TC_PR})
_PROPERTIES = (
    *(n.PSTYLE, n.NUM_PR, n.TABS),
    *(n.RSTYLE, n.U, n.VANISH, n.STRIKE, n.DOUBLE_STRIKE, n.VERT_ALIGN),
    *(n.GRID_SPAN, n.V_MERGE, n.H_MERGE, n.CELL_DEL, n.CELL_MERGE, n.GRID_BEFORE),
    *n.DELETIONS,
)


class Markup:
    """What the elements of one part say about themselves. Holds the elements it tells about."""

    def __init__(self, root: etree._Element) -> None:
        self._properties: dict[etree._Element, list[etree._Element]] = {}
        self._wrapping: set[etree._Element | None] = set()
        for element in root.iter(*_PROPERTIES, *WRAPPERS):
            tag = element.tag
            if tag in WRAPPERS:
                self._wrapping.add(element.getparent())
            else:
                self._note(element, tag in n.DELETIONS)

    def _note(self, element: etree._Element, is_deletion: bool) -> None:
        holder = element.getparent()
        if holder is None or holder.tag not in _HOLDERS:
            return
        owner = holder.getparent()
        if is_deletion and owner is not None and owner.tag == n.PPR:
            owner = owner.getparent()  # a deleted paragraph mark (w:pPr/w:rPr/w:del) is the paragraph's own matter
        if owner is not None:
            self._properties.setdefault(owner, []).append(element)

    def properties(self, element: etree._Element) -> Sequence[etree._Element]:
        """The properties of a paragraph, run, row or cell that matter, in order."""
        return self._properties.get(element, ())

    def content(self, parent: etree._Element, mute: Mute = None) -> Iterable[tuple[etree._Element, Mute]]:
        """The leaves inside `parent` (see `content.content`), and perhaps elements that are neither leaves nor wrappers."""
        return content(parent, mute) if mute or parent in self._wrapping else zip(parent, repeat(mute))
