"""Lines → blocks, one for each table of marks: a workbook's sheet, or one of several tables one under the other.

Comes in: `Line`s. Goes out: `Block`s with their rows and the labels that belong to them. A repeated head does not begin a new block, a
criterion that recurs under one does; so does a new unit's name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from formflow.forms.score_labels import LabelKey
from formflow.forms.score_lines import Boundary, Break, Heads, Labels, Line, Row
from formflow.model.document import Locator


@dataclass(slots=True)
class Block:
    """One table with what stands around it. `name` is that of its sheet in a workbook; `titles` are the lines over it that say nothing
    beside a label."""

    name: str = ""
    locator: Locator | None = None
    titles: list[tuple[str, Locator]] = field(default_factory=list)
    labels: list[Labels] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def says(self, key: LabelKey) -> str:
        """What stands beside a label for the whole block, "" where nothing does."""
        return next((said.text for labels in self.labels for said in labels.said if said.key == key and said.text), "")

    def has(self, key: LabelKey) -> bool:
        return bool(self.says(key))

    def tells(self, criterion_id: str) -> bool:
        return any(row.kind == "criterion" and row.told and row.told.id == criterion_id for row in self.rows)


def blocks_in(lines: Iterable[Line]) -> tuple[Block, ...]:
    """The blocks that have rows, in order."""
    builder = _Builder()
    for line in lines:
        builder.take(line)
    builder.close()
    return tuple(block for block in builder.blocks if block.rows)


class _Builder:
    """Takes one line after the other. `pending` are the lines since the last row: whose they are is settled by what follows."""

    def __init__(self) -> None:
        self.blocks: list[Block] = [Block()]
        self.pending: list[Labels | Break | Heads] = []

    @property
    def current(self) -> Block:
        return self.blocks[-1]

    def take(self, line: Line) -> None:
        if isinstance(line, Boundary):
            self._settle()
            self.blocks.append(Block(line.name, line.locator))
        elif isinstance(line, Row):
            self._row(line)
        else:
            self.pending.append(line)

    def close(self) -> None:
        """No more lines: what is pending belongs to the last block."""
        self._settle()

    def _row(self, row: Row) -> None:
        if self.current.rows and self._begins_anew(row):
            self.pending, later = self._parted()
            self._settle()
            self.blocks.append(Block(self.current.name, self.current.locator))
            self.pending = later
        self._settle()
        self.current.rows.append(row)

    def _begins_anew(self, row: Row) -> bool:
        """Whether a row is the first of another unit's table."""
        if any(_names_unit(line) for line in self.pending):
            return True
        is_headed = any(isinstance(line, Heads) for line in self.pending)
        return is_headed and row.told is not None and row.kind == "criterion" and self.current.tells(row.told.id)

    def _parted(self) -> tuple[list[Labels | Break | Heads], list[Labels | Break | Heads]]:
        """Pending lines of the block that ends, and of the one that begins."""
        unit = next((at for at, line in enumerate(self.pending) if _names_unit(line)), None)
        heads = next((at for at, line in enumerate(self.pending) if isinstance(line, Heads)), len(self.pending))
        first = unit if unit is not None else heads
        breaks = [at for at in range(first) if isinstance(self.pending[at], Break)]
        if breaks:
            cut = breaks[-1]
            # A title or several blank rows stand before the new block's first label.
            while cut and isinstance(self.pending[cut - 1], Break):
                cut -= 1
        else:
            cut = next((at for at in range(first) if self._has_already(self.pending[at])), first)
        return self.pending[:cut], self.pending[cut:]

    def _has_already(self, line: Labels | Break | Heads) -> bool:
        """Whether the block that ends said what a line says: then the line is the next one's."""
        return isinstance(line, Labels) and any(self.current.has(said.key) for said in line.said)

    def _settle(self) -> None:
        """What is pending belongs to the current block."""
        self.current.labels.extend(line for line in self.pending if isinstance(line, Labels))
        if not self.current.rows:
            lines = [line for line in self.pending if isinstance(line, Break)]
            self.current.titles.extend((line.text, line.locator) for line in lines if line.text and line.locator)
        self.pending = []


def _names_unit(line: Labels | Break | Heads) -> bool:
    return isinstance(line, Labels) and any(said.key == "centre_name" for said in line.said)
