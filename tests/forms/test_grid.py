"""Rows of a table, cells that reach down included."""

from __future__ import annotations

from formflow.forms.grid import Grid
from support.papers import table


def test_a_cell_that_reaches_down_is_in_every_row_of_it() -> None:
    grid = Grid(table([("时间", 1, 2), "甲"], ["乙"], ["丙", "丁"]))
    assert [[cell.text for cell in grid.row(row)] for row in range(4)] == [
        ["时间", "甲"],
        ["时间", "乙"],
        ["丙", "丁"],
        [],
    ]
