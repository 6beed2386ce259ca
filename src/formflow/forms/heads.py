"""The rows of a sheet that could be the heads of a repeating block, and what the blank prints under them.

Comes in: a `Sheet`. Goes out: cells with their words. Decides nothing about which block they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from formflow.forms.blocks import Rows, layered_heads, open_rows_under
from formflow.forms.layout import Sheet, Unit


def is_layered(labels: Iterable[str]) -> bool:
    """Whether a block's columns are named by heads over heads ("上级-下级")."""
    return any("-" in label for label in labels)


def head_rows(sheet: Sheet, *, is_layered: bool) -> Iterator[list[tuple[Unit, str]]]:
    """The rows of cells that could be heads, each cell with its words; with `is_layered` also heads under heads ("上级-下级")."""
    rows: dict[tuple[int, int], list[Unit]] = {}
    by_cell: dict[int, Unit] = {}
    for unit in sheet.units:
        if unit.table and unit.cell:
            by_cell.setdefault(id(unit.cell), unit)
            if unit.folded:
                rows.setdefault((id(unit.table), unit.cell.row), []).append(unit)
    layered: dict[int, Rows] = {}
    for (table, row), units in rows.items():
        yield [(unit, unit.text) for unit in units]
        if is_layered and units[0].table:
            found = layered_heads(layered.setdefault(table, Rows(units[0].table)), row)
            if found:
                yield [(by_cell[id(leaf)], label) for leaf, label in zip(*found, strict=True) if id(leaf) in by_cell]


def inside_units(sheet: Sheet, heads: list[tuple[Unit, str]]) -> frozenset[int]:
    """The units of the heads and of the open rows under them: what is printed there (numbers, items) is no label."""
    table = heads[0][0].table
    leaves = tuple(unit.cell for unit, _ in heads if unit.cell)
    if table is None:
        return frozenset()
    under = open_rows_under(Rows(table), leaves)
    rows = {unit.index for unit in sheet.units if unit.table is table and unit.cell and unit.cell.row in under}
    return frozenset(rows | {unit.index for unit, _ in heads})
