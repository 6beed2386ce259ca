"""A document as a row of units in reading order, so that printed words can be found in it and what stands after them taken.

A unit is one paragraph of the body, or the paragraphs of one cell (those before, between and after nested tables apart). Comes in: a
`Document`. Goes out: a `Sheet`. Knows nothing of any form.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from formflow.model.document import Block, Cell, Document, Locator, Paragraph, Picture, Table
from formflow.model.text import fold


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """Text that stands together. `lines` are its lines as typed with their offsets in `text`; `cells` are the cells around it from the
    outermost to its own (none in the body); `table` is the table of its own cell; `numbering` the automatic number before it, `block` the document's top-level block
    it is part of. `confidence`: how sure its text is
    where it was recognised from an image."""

    index: int
    text: str
    folded: str
    starts: tuple[int, ...]
    underlines: frozenset[int]
    cells: tuple[Cell, ...]
    table: Table | None
    locator: Locator
    pictures: tuple[Picture, ...]
    numbering: str | None = None
    block: int = 0
    confidence: float = 1.0

    @property
    def cell(self) -> Cell | None:
        return self.cells[-1] if self.cells else None

    @property
    def outer(self) -> Cell | None:
        """The outermost cell it is in."""
        return self.cells[0] if self.cells else None


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """All units of a document, and for each table (by identity) which units stand in each of its cells."""

    units: tuple[Unit, ...]

    def inside(self, cell: Cell) -> tuple[Unit, ...]:
        """The units of a cell, nested tables included."""
        return tuple(unit for unit in self.units if any(own is cell for own in unit.cells))


def lay_out(document: Document) -> Sheet:
    """The document's units in reading order: tables row by row, cells from left to right."""
    units: list[Unit] = []
    for number, block in enumerate(document.blocks):
        first = len(units)
        _walk((block,), (), None, units)
        units[first:] = [replace(unit, block=number) for unit in units[first:]]
    return Sheet(tuple(units))


def _walk(blocks: tuple[Block, ...], cells: tuple[Cell, ...], table: Table | None, units: list[Unit]) -> None:
    run: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            run.append(block)
            if not cells:
                _close(run, cells, table, units)
        else:
            _close(run, cells, table, units)
            for cell in block.cells:
                _walk(cell.blocks, (*cells, cell), block, units)
    # An empty cell is a unit too: it is where an answer could have been.
    if run or (cells and not blocks):
        _close(run, cells, table, units, even_if_empty=True)


def _close(
    run: list[Paragraph], cells: tuple[Cell, ...], table: Table | None, units: list[Unit], even_if_empty: bool = False
) -> None:
    if not run and not even_if_empty:
        return
    text = "\n".join(paragraph.text for paragraph in run)
    starts, underlines, offset = [0], set[int](), 0
    for paragraph in run:
        underlines.update(offset + start for start, _ in paragraph.underlined)
        offset += len(paragraph.text) + 1
    starts.extend(position + 1 for position, character in enumerate(text) if character == "\n")
    units.append(
        Unit(
            index=len(units),
            text=text,
            folded=fold(text),
            starts=tuple(starts),
            underlines=frozenset(underlines),
            cells=cells,
            table=table,
            locator=cells[-1].locator if cells else run[0].locator,
            pictures=tuple(picture for paragraph in run for picture in paragraph.pictures),
            numbering=next((p.numbering for p in run if p.numbering), None),
            confidence=min((paragraph.confidence for paragraph in run if paragraph.text.strip()), default=1.0),
        )
    )
    run.clear()
